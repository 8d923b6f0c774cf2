"""techprio: technology prioritisation, from survey and judgments to ranked lists.

Names are loaded when they are first used, so that ``import techprio`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Around": "techprio.robustness.weight_sampling",
    "Assessment": "techprio.model.assessment",
    "Catalog": "techprio.model.catalog",
    "ClassBound": "techprio.model.instrument",
    "Consensus": "techprio.weighting.consensus",
    "CriteriaTree": "techprio.model.criteria",
    "Criterion": "techprio.model.criteria",
    "DataFileError": "techprio.errors",
    "DecisionMatrix": "techprio.model.matrix",
    "Explanation": "techprio.model.explanation",
    "Gate": "techprio.model.study",
    "InfeasibleError": "techprio.errors",
    "InputError": "techprio.errors",
    "Instrument": "techprio.model.instrument",
    "Intervals": "techprio.robustness.weight_sampling",
    "Judgments": "techprio.model.judgments",
    "Label": "techprio.language",
    "LabelSet": "techprio.model.instrument",
    "METHODS": "techprio.ranking.methods",
    "MethodRefusedError": "techprio.errors",
    "OneByOne": "techprio.ranking.one_by_one",
    "Ordered": "techprio.robustness.weight_sampling",
    "PairwiseFile": "techprio.inputs.pairwise",
    "Plan": "techprio.model.plan",
    "PointGroup": "techprio.model.instrument",
    "PotentialRule": "techprio.model.assessment",
    "Preference": "techprio.ranking.preferences",
    "Problem": "techprio.errors",
    "Promethee2": "techprio.ranking.promethee",
    "Question": "techprio.model.instrument",
    "RankAcceptability": "techprio.model.acceptability",
    "Ranking": "techprio.model.ranking",
    "Resources": "techprio.model.resources",
    "Revisions": "techprio.weighting.revise",
    "Roles": "techprio.model.roles",
    "Scale": "techprio.model.criteria",
    "Study": "techprio.model.study",
    "StudyResult": "techprio.study.result",
    "TechprioError": "techprio.errors",
    "TechprioWarning": "techprio.errors",
    "Topsis": "techprio.ranking.topsis",
    "Uniform": "techprio.robustness.weight_sampling",
    "Vikor": "techprio.ranking.vikor",
    "WeightedProduct": "techprio.ranking.weighted_product",
    "WeightedSum": "techprio.ranking.weighted_sum",
    "Weights": "techprio.model.weights",
    "agreement": "techprio.robustness.agreement",
    "agreement_with_others": "techprio.weighting.concordance",
    "ahp": "techprio.weighting.ahp",
    "assess": "techprio.survey.assess",
    "best_worst": "techprio.weighting.best_worst",
    "build_graph": "techprio.dependencies.graph",
    "check_graph": "techprio.dependencies.check",
    "check_study": "techprio.inputs.study",
    "classify": "techprio.dependencies.roles",
    "clone_test": "techprio.robustness.reversal",
    "combine_weights": "techprio.weighting.combine",
    "compare": "techprio.study.difference",
    "compare_methods": "techprio.robustness.agreement",
    "consensus": "techprio.weighting.consensus",
    "copy_example": "techprio.study.examples",
    "critic_weights": "techprio.weighting.objective",
    "direct_rating": "techprio.weighting.elicited",
    "dominance": "techprio.model.dominance",
    "effective_shares": "techprio.ranking.shares",
    "entropy_weights": "techprio.weighting.objective",
    "example": "techprio.study.examples",
    "find_study": "techprio.inputs.shipped",
    "from_pymcdm": "techprio.ranking.from_pymcdm",
    "given_tree_weights": "techprio.weighting.given_tree",
    "given_weights": "techprio.weighting.given",
    "judgments_from_matrices": "techprio.weighting.matrices",
    "kendall_w": "techprio.weighting.concordance",
    "knock_out": "techprio.dependencies.knockout",
    "leave_one_out": "techprio.robustness.reversal",
    "make_method": "techprio.ranking.methods",
    "merec_weights": "techprio.weighting.objective",
    "monitor": "techprio.phasing.monitor",
    "phase": "techprio.study.planning",
    "plan_onward": "techprio.study.onward",
    "rank": "techprio.ranking.methods",
    "rank_correlation": "techprio.robustness.agreement",
    "rank_order_centroid": "techprio.weighting.elicited",
    "rank_reciprocal": "techprio.weighting.elicited",
    "rank_scores": "techprio.ranking.order",
    "rank_sum": "techprio.weighting.elicited",
    "read_instrument": "techprio.inputs.instrument",
    "read_pairwise": "techprio.inputs.pairwise",
    "read_study": "techprio.inputs.study",
    "read_survey": "techprio.inputs.survey",
    "read_swot": "techprio.inputs.swot",
    "read_weight_table": "techprio.inputs.weight_tables",
    "revise": "techprio.weighting.revise",
    "revised_judgments": "techprio.weighting.revise",
    "run": "techprio.study.chain",
    "score_draws": "techprio.robustness.experiment",
    "score_from_survey": "techprio.survey.evidence",
    "shannon_consensus": "techprio.weighting.shannon",
    "shapley": "techprio.dependencies.shapley",
    "shipped_studies": "techprio.inputs.shipped",
    "simulate": "techprio.robustness.simulate",
    "stability_intervals": "techprio.robustness.walk",
    "standard_deviation_weights": "techprio.weighting.objective",
    "survey_evidence": "techprio.survey.evidence",
    "survey_tables": "techprio.survey.tables",
    "swing": "techprio.weighting.elicited",
    "swot_table": "techprio.survey.swot",
    "synchronization": "techprio.survey.synchronization",
    "tornado": "techprio.robustness.tornado",
    "walk_weight": "techprio.robustness.walk",
    "weight_changes": "techprio.robustness.weight_change",
    "weights_overview": "techprio.weighting.overview",
}

__all__ = sorted([*_HOMES, "__version__"])


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'techprio' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__doc__"]
