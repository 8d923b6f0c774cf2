from techprio.model.assessment import Assessment, PotentialRule
from techprio.model.instrument import ClassBound, Instrument, LabelSet, PointGroup, Question
from techprio.survey.assess import assess_survey
from techprio.survey.evidence import score_from_survey, tabulate_evidence
from techprio.survey.profiles import measure_synchronization
from techprio.survey.swot import swot_table
from techprio.survey.tables import tabulate_survey

__all__ = [
    "Assessment",
    "ClassBound",
    "Instrument",
    "LabelSet",
    "PointGroup",
    "PotentialRule",
    "Question",
    "assess_survey",
    "measure_synchronization",
    "score_from_survey",
    "swot_table",
    "tabulate_evidence",
    "tabulate_survey",
]
