"""The same odd texts through every way into a study: where a text is taken, it is the same number.

A CSV file and a YAML file are one face of a study, the sheets of a workbook the other. A cell that holds a
text was typed: there, and in forms and free tables, any spelling with exactly one reading is taken. Files
keep to the decimal point. A text with two readings is refused everywhere; only ``6.125``, as programs write
it, is a number in a file.
"""

import pytest

from techprio.forms.spoken import SpokenScale
from techprio.inputs.cells import CellProblem
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import read_entry
from techprio.inputs.free_cells import read_free_number
from techprio.inputs.grid import Cell, Grid, GridRow
from techprio.inputs.records import read_record
from techprio.inputs.sheet_documents import document_node
from techprio.inputs.study_sheets import DOCUMENTS
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.model.criteria import Criterion
from techprio.model.fields import field_of
from techprio.model.scale import Scale
from techprio.model.study import RoleSettings

DEPTH = field_of(RoleSettings, "depth")  # a number from 0 on
JOBS = Criterion("jobs", direction="max", scale=Scale("ratio", 0, 1e12))
# The text, what files take it for, what it is where people type: None is refused.
TEXTS = [
    ("6", 6, 6), ("6.5", 6.5, 6.5), ("0.350", 0.35, 0.35), ("1e3", 1000, 1000), (" 7 ", 7, 7), ("007", 7, 7),
    ("6.000", None, None), ("12.500", None, None), ("1,250", None, None), ("6.125", 6.125, None),
    ("1.250.000", None, 1250000), ("12,5", None, 12.5), ("1 250", None, 1250), ("７", None, 7),
    ("1.234,5", None, 1234.5), ("−2", None, None), ("-3", None, None), ("nan", None, None),
    ("inf", None, None), ("1e400", None, None), ("4*", None, None), ("1/3", None, None), ("x", None, None),
    ("1_000", None, None), ("0x10", None, None), ("--1", None, None), ("true", None, None),
]  # fmt: skip


def taken(value):
    return None if isinstance(value, CellProblem) else value


def in_csv(words):
    return taken(read_entry(words, DEPTH))


def in_table_sheet(words):
    return taken(read_entry(Cell("text", words), DEPTH))


def in_yaml(words):
    diagnostics = Diagnostics()
    value = read_yaml(f"depth: '{words}'\n".encode(), "study.yaml", diagnostics)
    found = read_record(value, RoleSettings).values.get("depth")
    assert (found is None) == bool(len(diagnostics))
    return found


def in_key_sheet(words):
    diagnostics = Diagnostics()
    rows = [["Item", "Value", "Explanation", "Key"], ["Depth", Cell("text", words), "", "roles/depth"]]
    grid = Grid("study.xlsx", "Study", [GridRow(number, row) for number, row in enumerate(rows, 1)])
    node = document_node(DOCUMENTS[0], {"study": grid}, diagnostics)
    roles = YamlValue(node, "study.xlsx", diagnostics).fields((), ("roles",))["roles"]
    found = read_record(roles, RoleSettings).values.get("depth")
    assert len(diagnostics) == (1 if found is None else 0)
    return found


def in_form(words):
    span = SpokenScale(JOBS).meant(words)
    found = None if span is None else span.value
    return None if found is None or found < 0 else found


def in_free_table(words):
    found = taken(read_free_number(Cell("text", words)))
    return None if found is None or found < 0 else found


@pytest.mark.parametrize(("words", "in_files", "typed"), TEXTS, ids=[words for words, *_ in TEXTS])
def test_a_text_has_one_meaning(words, in_files, typed):
    assert in_csv(words) == in_yaml(words) == in_files
    assert in_table_sheet(words) == in_key_sheet(words) == in_form(words) == in_free_table(words) == typed


FLAGS = [("true", True), ("True", True), ("có", True), ("yes", True), ("FALSE", False), ("không", False),
         ("sai", False), ("on", None), ("1", None), ("ture", None), ("tRUE", None)]  # fmt: skip


@pytest.mark.parametrize(("words", "flag"), FLAGS, ids=[words for words, _ in FLAGS])
def test_a_flag_is_the_same_in_a_file_and_in_a_sheet(words, flag):
    for cell in (words, Cell("text", words)):
        diagnostics = Diagnostics()
        if isinstance(cell, str):
            value = read_yaml(f"illustrative: '{words}'".encode(), "study.yaml", diagnostics)
        else:
            rows = [["Item", "Value", "Explanation", "Key"], ["Illustrative", cell, "", "illustrative"]]
            grid = Grid("study.xlsx", "Study", [GridRow(number, row) for number, row in enumerate(rows, 1)])
            value = YamlValue(
                document_node(DOCUMENTS[0], {"study": grid}, diagnostics), "study.xlsx", diagnostics
            )
        assert value.fields((), ("illustrative",))["illustrative"].flag() is flag


CHOICES = ["không được vượt", "Không được vượt", "hard", "tham khảo", "tham khao", "soft", "HARD", "weak"]


@pytest.mark.parametrize("words", CHOICES)
def test_a_word_of_a_list_is_the_same_in_every_file(words):
    from techprio.model.resources import Fund

    limit = field_of(Fund, "limit")
    diagnostics = Diagnostics()
    value = read_yaml(f"{{limit: {words}, per_year: {{}}}}".encode(), "resources.yaml", diagnostics)
    hard = read_record(value, Fund).values.get("hard")
    in_file = {True: "hard", False: "soft", None: None}[hard]
    assert taken(read_entry(words, limit)) == taken(read_entry(Cell("text", words), limit)) == in_file
