from techprio.forms.rounds import delphi_changes
from techprio.model.forms import ConsensusRule, Expert, ReturnedForms
from techprio.study.round_results import save_forms
from techprio.study.rounds import collect_forms, make_forms

__all__ = [
    "ConsensusRule",
    "Expert",
    "ReturnedForms",
    "collect_forms",
    "delphi_changes",
    "make_forms",
    "save_forms",
]
