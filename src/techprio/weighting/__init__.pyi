from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.bayesian import GroupPosterior, bayesian_best_worst, bayesian_group
from techprio.weighting.best_worst import best_worst_weights
from techprio.weighting.concordance import Concordance, correlate_with_others, kendall_w
from techprio.weighting.consensus import Consensus, panel_consensus, shannon_consensus
from techprio.weighting.elicited import (
    direct_rating_weights,
    rank_order_centroid_weights,
    rank_reciprocal_weights,
    rank_sum_weights,
    swing_weights,
)
from techprio.weighting.given import combine_weights, given_tree_weights, given_weights
from techprio.weighting.group import pooled_comparisons
from techprio.weighting.matrices import judgments_from_matrices
from techprio.weighting.objective import (
    critic_weights,
    entropy_weights,
    merec_weights,
    standard_deviation_weights,
)
from techprio.weighting.overview import overview_tables
from techprio.weighting.revise import Revisions, revise_judgment, suggest_revisions

__all__ = [
    "Concordance",
    "Consensus",
    "GroupPosterior",
    "Revisions",
    "ahp",
    "bayesian_best_worst",
    "bayesian_group",
    "best_worst_weights",
    "combine_weights",
    "correlate_with_others",
    "critic_weights",
    "direct_rating_weights",
    "entropy_weights",
    "given_tree_weights",
    "given_weights",
    "judgments_from_matrices",
    "kendall_w",
    "merec_weights",
    "overview_tables",
    "panel_consensus",
    "pooled_comparisons",
    "rank_order_centroid_weights",
    "rank_reciprocal_weights",
    "rank_sum_weights",
    "revise_judgment",
    "shannon_consensus",
    "standard_deviation_weights",
    "suggest_revisions",
    "swing_weights",
]
