from techprio.model.explanation import Explanation
from techprio.model.method import Method, MethodBase, Step
from techprio.model.ranking import dominated_pairs
from techprio.model.sorting import Sorting
from techprio.ranking.electre_tri import electre_tri_b
from techprio.ranking.ideal_range import closeness_to_ideal
from techprio.ranking.methods import METHODS, FunctionMethod, make_method
from techprio.ranking.order import rank_scores
from techprio.ranking.promethee import Preference, Promethee2
from techprio.ranking.pymcdm_methods import OneByOne, PymcdmMethod, from_pymcdm
from techprio.ranking.rank_table import rank
from techprio.ranking.shares import effective_shares
from techprio.ranking.topsis import Topsis
from techprio.ranking.vikor import Compromise, Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum
from techprio.ranking.worth import RawValues

__all__ = [
    "METHODS",
    "Compromise",
    "Explanation",
    "FunctionMethod",
    "Method",
    "MethodBase",
    "OneByOne",
    "Preference",
    "Promethee2",
    "PymcdmMethod",
    "RawValues",
    "Sorting",
    "Step",
    "Topsis",
    "Vikor",
    "WeightedProduct",
    "WeightedSum",
    "closeness_to_ideal",
    "dominated_pairs",
    "effective_shares",
    "electre_tri_b",
    "from_pymcdm",
    "make_method",
    "rank",
    "rank_scores",
]
