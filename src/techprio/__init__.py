"""techprio: technology prioritisation, from survey and judgments to ranked lists.

Names are loaded when they are first used, so that ``import techprio`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Catalog": "techprio.model.catalog",
    "Consensus": "techprio.weighting.consensus",
    "CriteriaTree": "techprio.model.criteria",
    "Criterion": "techprio.model.criteria",
    "DataFileError": "techprio.errors",
    "DecisionMatrix": "techprio.model.matrix",
    "InfeasibleError": "techprio.errors",
    "InputError": "techprio.errors",
    "Judgments": "techprio.model.judgments",
    "Label": "techprio.language",
    "MethodRefusedError": "techprio.errors",
    "Plan": "techprio.model.plan",
    "Problem": "techprio.errors",
    "RankAcceptability": "techprio.model.acceptability",
    "Ranking": "techprio.model.ranking",
    "Resources": "techprio.model.resources",
    "Revisions": "techprio.weighting.revise",
    "Roles": "techprio.model.roles",
    "Scale": "techprio.model.criteria",
    "Study": "techprio.model.study",
    "TechprioError": "techprio.errors",
    "TechprioWarning": "techprio.errors",
    "Weights": "techprio.model.weights",
    "agreement_with_others": "techprio.weighting.concordance",
    "ahp": "techprio.weighting.ahp",
    "best_worst": "techprio.weighting.best_worst",
    "build_graph": "techprio.dependencies.graph",
    "check_graph": "techprio.dependencies.check",
    "check_study": "techprio.inputs.study",
    "classify": "techprio.dependencies.roles",
    "combine_weights": "techprio.weighting.combine",
    "consensus": "techprio.weighting.consensus",
    "critic_weights": "techprio.weighting.objective",
    "direct_rating": "techprio.weighting.elicited",
    "entropy_weights": "techprio.weighting.objective",
    "find_study": "techprio.inputs.shipped",
    "given_weights": "techprio.weighting.given",
    "judgments_from_matrices": "techprio.weighting.matrices",
    "kendall_w": "techprio.weighting.concordance",
    "knock_out": "techprio.dependencies.knockout",
    "merec_weights": "techprio.weighting.objective",
    "phase": "techprio.phasing.plan",
    "rank_order_centroid": "techprio.weighting.elicited",
    "rank_reciprocal": "techprio.weighting.elicited",
    "rank_sum": "techprio.weighting.elicited",
    "read_study": "techprio.inputs.study",
    "revise": "techprio.weighting.revise",
    "revised_judgments": "techprio.weighting.revise",
    "shannon_consensus": "techprio.weighting.shannon",
    "shapley": "techprio.dependencies.shapley",
    "shipped_studies": "techprio.inputs.shipped",
    "standard_deviation_weights": "techprio.weighting.objective",
    "swing": "techprio.weighting.elicited",
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
