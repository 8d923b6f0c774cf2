from techprio.dependencies.roles import classify_roles
from techprio.errors import DataFileError, InfeasibleError, InputError, TechprioError, TechprioWarning
from techprio.inputs.score_table import read_score_table
from techprio.inputs.study import check_study, read_study
from techprio.language import Label, set_language
from techprio.model.acceptability import RankAcceptability
from techprio.model.catalog import Catalog
from techprio.model.criteria import CriteriaTree, Criterion
from techprio.model.judgments import Judgments
from techprio.model.matrix import DecisionMatrix
from techprio.model.plan import Plan
from techprio.model.ranking import Ranking
from techprio.model.resources import Resources
from techprio.model.roles import Roles
from techprio.model.scale import Scale
from techprio.model.study import Gate, Study
from techprio.model.weights import Weights
from techprio.phasing.monitor import monitor_plan
from techprio.phasing.plan import plan_phases
from techprio.phasing.scenarios import compare_scenarios
from techprio.ranking.methods import METHODS
from techprio.ranking.rank_table import rank
from techprio.ranking.topsis import Topsis
from techprio.ranking.weighted_sum import WeightedSum
from techprio.robustness.agreement import compare_methods
from techprio.robustness.one_weight import weight_sensitivity
from techprio.robustness.simulation import simulate
from techprio.sliders.panel import explore
from techprio.study.chain import run
from techprio.study.difference import compare_runs
from techprio.study.examples import copy_example, example
from techprio.study.many import run_many
from techprio.study.result import StudyResult
from techprio.study.variants import what_if
from techprio.survey.assess import assess_survey
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.given import given_weights

from . import dependencies as dependencies
from . import errors as errors
from . import forms as forms
from . import inputs as inputs
from . import model as model
from . import phasing as phasing
from . import ranking as ranking
from . import reporting as reporting
from . import robustness as robustness
from . import survey as survey
from . import weighting as weighting

__version__: str

__all__ = [
    "METHODS",
    "Catalog",
    "CriteriaTree",
    "Criterion",
    "DataFileError",
    "DecisionMatrix",
    "Gate",
    "InfeasibleError",
    "InputError",
    "Judgments",
    "Label",
    "Plan",
    "RankAcceptability",
    "Ranking",
    "Resources",
    "Roles",
    "Scale",
    "Study",
    "StudyResult",
    "TechprioError",
    "TechprioWarning",
    "Topsis",
    "WeightedSum",
    "Weights",
    "__version__",
    "ahp",
    "assess_survey",
    "check_study",
    "classify_roles",
    "compare_methods",
    "compare_runs",
    "compare_scenarios",
    "copy_example",
    "dependencies",
    "errors",
    "example",
    "explore",
    "forms",
    "given_weights",
    "inputs",
    "model",
    "monitor_plan",
    "phasing",
    "plan_phases",
    "rank",
    "ranking",
    "read_score_table",
    "read_study",
    "reporting",
    "robustness",
    "run",
    "run_many",
    "set_language",
    "simulate",
    "survey",
    "weight_sensitivity",
    "weighting",
    "what_if",
]
