"""techprio: technology prioritisation, from survey and judgments to ranked lists.

Names are loaded when they are first used, so that ``import techprio`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Catalog": "techprio.model.catalog",
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
    "Roles": "techprio.model.roles",
    "Scale": "techprio.model.criteria",
    "Study": "techprio.model.study",
    "TechprioError": "techprio.errors",
    "TechprioWarning": "techprio.errors",
    "Weights": "techprio.model.weights",
    "ahp": "techprio.weighting.ahp",
    "check_study": "techprio.inputs.study",
    "find_study": "techprio.inputs.shipped",
    "judgments_from_matrices": "techprio.weighting.matrices",
    "read_study": "techprio.inputs.study",
    "shipped_studies": "techprio.inputs.shipped",
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
