"""A range, an open end or a level off the scale is explained with the scale, never read as something else."""

import pytest

from techprio.inputs.catalog_rows import ScoreRow
from techprio.inputs.cells import CellProblem
from techprio.inputs.entries import read_entry
from techprio.inputs.technology_row import TechnologyRow
from techprio.model.fields import fields_of

TRL = next(field for field in fields_of(TechnologyRow) if field.name == "trl_local")
VALUE = next(field for field in fields_of(ScoreRow) if field.name == "value")


@pytest.mark.parametrize(
    ("words", "proposal"),
    [("5-6", "write one of the two, 5"), ("7 – 8", "7 where both"), ("9+", "write 9"), (">= 7", "write 7"),
     ("10", ""), ("0", ""), ("4.5", "")],
)  # fmt: skip
def test_readiness(words, proposal):
    fault = read_entry(words, TRL)
    assert isinstance(fault, CellProblem)
    assert proposal in str(fault.proposal)
    if words in ("10", "0", "5-6", "9+"):
        assert "from 1 (basic principles) to 9" in str(fault.allowed)


@pytest.mark.parametrize(
    ("words", "numbers"), [("5-6", "5.5 as the value, 5 as low, 6 as high"), ("2 to 4", "3 as")]
)
def test_a_range_of_a_score_becomes_low_and_high(words, numbers):
    assert numbers in str(read_entry(words, VALUE).proposal)


@pytest.mark.parametrize("words", ["6-5", "2026-05", "-5", "n/a"])
def test_what_is_no_range_has_no_such_proposal(words):
    found = read_entry(words, VALUE)
    assert not isinstance(found, CellProblem) or "range" not in str(found.proposal)
