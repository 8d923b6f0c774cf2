from techprio.model.dominance import dominated_pairs
from techprio.model.explanation import Explanation
from techprio.model.ranking import Step
from techprio.ranking.methods import METHODS, make_method, rank
from techprio.ranking.one_by_one import OneByOne
from techprio.ranking.order import rank_scores
from techprio.ranking.preferences import Preference
from techprio.ranking.promethee import Promethee2
from techprio.ranking.protocol import Method
from techprio.ranking.pymcdm_methods import PymcdmMethod, from_pymcdm
from techprio.ranking.shares import effective_shares
from techprio.ranking.topsis import Topsis
from techprio.ranking.vikor import Compromise, Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum

__all__ = [
    "METHODS",
    "Compromise",
    "Explanation",
    "Method",
    "OneByOne",
    "Preference",
    "Promethee2",
    "PymcdmMethod",
    "Step",
    "Topsis",
    "Vikor",
    "WeightedProduct",
    "WeightedSum",
    "dominated_pairs",
    "effective_shares",
    "from_pymcdm",
    "make_method",
    "rank",
    "rank_scores",
]
