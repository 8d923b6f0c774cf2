from techprio.model.date_request import DateRequest
from techprio.model.monitoring import LightRule, Monitoring
from techprio.model.plan_certainty import DateCertainty, ReplacementCosts
from techprio.model.plan_influence import PlanInfluence
from techprio.model.scenarios import Frontier
from techprio.phasing.date_draws import date_certainty
from techprio.phasing.date_request import request_date
from techprio.phasing.indicators import judge_indicators
from techprio.phasing.influence import plan_influence
from techprio.phasing.monitor import monitor_plan
from techprio.phasing.onward import plan_onward
from techprio.phasing.placement_costs import replacement_costs
from techprio.phasing.plan import plan_phases
from techprio.phasing.scenarios import plan_frontier
from techprio.phasing.source import Priorities, rank_priorities

__all__ = [
    "DateCertainty",
    "DateRequest",
    "Frontier",
    "LightRule",
    "Monitoring",
    "PlanInfluence",
    "Priorities",
    "ReplacementCosts",
    "date_certainty",
    "judge_indicators",
    "monitor_plan",
    "plan_frontier",
    "plan_influence",
    "plan_onward",
    "plan_phases",
    "rank_priorities",
    "replacement_costs",
    "request_date",
]
