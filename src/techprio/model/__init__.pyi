from techprio.language import Label, Text
from techprio.model.acceptability import RankAcceptability
from techprio.model.assessment import Assessment
from techprio.model.bisection import bisected_points, mid_value
from techprio.model.catalog import Catalog
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.critical_chain import CriticalChain
from techprio.model.difference import Difference
from techprio.model.explanation import Explanation
from techprio.model.funds import Cap, Fund
from techprio.model.gates import Gate
from techprio.model.judgments import Judgments
from techprio.model.limits import Decisions, Phase, RankClass, Staff
from techprio.model.matrix import DecisionMatrix
from techprio.model.monitoring import Monitoring
from techprio.model.plan import Plan
from techprio.model.plan_priorities import PlanPriorities
from techprio.model.products import Letterhead, Signer
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.reference import ReferenceProfile
from techprio.model.report_material import ReportMaterial
from techprio.model.resources import Resources
from techprio.model.roles import Roles
from techprio.model.run import RunData
from techprio.model.scale import Scale
from techprio.model.scenarios import Frontier, ScenarioComparison
from techprio.model.sectors import Sector
from techprio.model.settings import (
    RankingSettings,
    RobustnessSettings,
    RoleSettings,
    ValueSettings,
    WeightSettings,
)
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.study.result import StudyResult
from techprio.study.variants import WhatIf

__all__ = [
    "Assessment",
    "Cap",
    "Catalog",
    "CriteriaTree",
    "Criterion",
    "CriticalChain",
    "DecisionMatrix",
    "Decisions",
    "Difference",
    "Explanation",
    "Frontier",
    "Fund",
    "Gate",
    "Judgments",
    "Label",
    "Letterhead",
    "Monitoring",
    "Phase",
    "Plan",
    "PlanPriorities",
    "Provenance",
    "RankAcceptability",
    "RankClass",
    "Ranking",
    "RankingSettings",
    "ReferenceProfile",
    "ReportMaterial",
    "Resources",
    "RobustnessSettings",
    "RoleSettings",
    "Roles",
    "RunData",
    "Scale",
    "ScenarioComparison",
    "Sector",
    "Signer",
    "Staff",
    "Study",
    "StudyResult",
    "Text",
    "ValueSettings",
    "WeightSettings",
    "Weights",
    "WhatIf",
    "bisected_points",
    "mid_value",
]
