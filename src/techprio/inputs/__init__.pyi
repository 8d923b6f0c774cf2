from techprio.errors import Problem
from techprio.inputs.answers import Answers, read_answers
from techprio.inputs.asked import read_asked
from techprio.inputs.document_tables import read_legal
from techprio.inputs.experts import Experts, read_experts
from techprio.inputs.instrument import read_instrument
from techprio.inputs.long_table import CatalogueTable, read_catalogue
from techprio.inputs.pairwise import PairwiseFile, read_pairwise
from techprio.inputs.prerequisites import read_prerequisites
from techprio.inputs.rank_lists import read_rank_lists
from techprio.inputs.report_tables import read_comments, read_indicators, read_swot
from techprio.inputs.score_table import ScoreTable, read_score_table
from techprio.inputs.shipped import find_study, shipped_studies
from techprio.inputs.study import check_study, read_study
from techprio.inputs.survey import SurveyedFirms, read_survey
from techprio.inputs.ticks import TickedPoints, read_ticks
from techprio.inputs.weight_tables import WeightTable, read_weight_table
from techprio.model.layout import Layout
from techprio.model.prerequisites import Prerequisites
from techprio.templates.writing import convert_study, new_study

__all__ = [
    "Answers",
    "CatalogueTable",
    "Experts",
    "Layout",
    "PairwiseFile",
    "Prerequisites",
    "Problem",
    "ScoreTable",
    "SurveyedFirms",
    "TickedPoints",
    "WeightTable",
    "check_study",
    "convert_study",
    "find_study",
    "new_study",
    "read_answers",
    "read_asked",
    "read_catalogue",
    "read_comments",
    "read_experts",
    "read_indicators",
    "read_instrument",
    "read_legal",
    "read_pairwise",
    "read_prerequisites",
    "read_rank_lists",
    "read_score_table",
    "read_study",
    "read_survey",
    "read_swot",
    "read_ticks",
    "read_weight_table",
    "shipped_studies",
]
