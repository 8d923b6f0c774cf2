from techprio.model.frontier import Frontier
from techprio.model.monitoring import Monitoring
from techprio.model.plan_robustness import PlanRobustness
from techprio.phasing.indicators import judge_indicators
from techprio.phasing.monitor import monitor_plan
from techprio.study.onward import plan_onward
from techprio.study.planning import plan_phases
from techprio.study.scenarios import plan_frontier, plan_robustness

__all__ = [
    "Frontier",
    "Monitoring",
    "PlanRobustness",
    "judge_indicators",
    "monitor_plan",
    "plan_frontier",
    "plan_onward",
    "plan_phases",
    "plan_robustness",
]
