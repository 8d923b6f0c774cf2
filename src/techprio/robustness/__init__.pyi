from techprio.model.deciding import Deciding
from techprio.model.dissent import Dissent
from techprio.model.priority_classes import PriorityClasses
from techprio.model.sorting import CategoryAcceptability
from techprio.model.value_of_information import ValueOfInformation
from techprio.model.weights import WeightSource
from techprio.robustness.agreement import MethodComparison, compare_methods, rank_agreement, rank_correlation
from techprio.robustness.certainty_of_places import priority_classes
from techprio.robustness.deciding import what_decides
from techprio.robustness.experiment import draw_scores
from techprio.robustness.information import Information, partial_information
from techprio.robustness.one_weight import WeightSensitivity, weight_sensitivity
from techprio.robustness.opinions import panel_dissent, panel_rankings
from techprio.robustness.rank_lists import RankAggregation, rank_aggregation
from techprio.robustness.reversal import clone_test, leave_one_out
from techprio.robustness.simulation import simulate
from techprio.robustness.sorting import reach_profile, smaa_tri
from techprio.robustness.telling_figures import value_of_information
from techprio.robustness.tornado import ScoreSensitivity, score_sensitivity
from techprio.robustness.weight_change import change_weights
from techprio.robustness.weight_sampling import Around, Intervals, Ordered, Uniform, WeightDistribution

__all__ = [
    "Around",
    "CategoryAcceptability",
    "Deciding",
    "Dissent",
    "Information",
    "Intervals",
    "MethodComparison",
    "Ordered",
    "PriorityClasses",
    "RankAggregation",
    "ScoreSensitivity",
    "Uniform",
    "ValueOfInformation",
    "WeightDistribution",
    "WeightSensitivity",
    "WeightSource",
    "change_weights",
    "clone_test",
    "compare_methods",
    "draw_scores",
    "leave_one_out",
    "panel_dissent",
    "panel_rankings",
    "partial_information",
    "priority_classes",
    "rank_aggregation",
    "rank_agreement",
    "rank_correlation",
    "reach_profile",
    "score_sensitivity",
    "simulate",
    "smaa_tri",
    "value_of_information",
    "weight_sensitivity",
    "what_decides",
]
