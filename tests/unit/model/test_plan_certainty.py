"""What another placement costs, as sentences: the cheapest other one, never that of the plan."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.plan_certainty import ReplacementCosts

COLUMNS = ["technology", "option", "loss_low", "loss_high", "share_of_own", "placement"]
ROWS = [
    ("A", "first", 0.0, 0.1, 0.0, "firm"),
    ("A", "second", 2.0, 2.2, 0.5, "firm"),
    ("A", "not placed", 4.0, np.inf, 1.0, "firm"),
    ("B", "first", np.inf, np.inf, np.inf, "free"),
    ("B", "second", 0.0, 0.1, 0.0, "free"),
    ("B", "not placed", 0.01, 0.02, 0.02, "free"),
]


@pytest.fixture
def costs():
    table = pd.DataFrame(ROWS, columns=COLUMNS)
    return ReplacementCosts(table, (("A", "B"),), 0.1, 9.0, 9.0, planned={"A": "first", "B": "second"})


def test_the_cheapest_other_placement_is_not_the_one_of_the_plan(costs):
    found = costs.cheapest
    assert found["option"].to_dict() == {"A": "second", "B": "not placed"}
    assert found["high"].to_dict() == pytest.approx({"A": 0.55, "B": 0.04})


def test_sentences_count_verdicts_and_name_what_moves_together(costs):
    first, together = map(str, costs.sentences())
    assert first.startswith("1 of 2 placements stand firm")
    assert "1 are free to move, 0 are not settled" in first
    assert together == "these change their phase together: A, B"


def test_each_is_explained_and_an_unknown_one_is_refused(costs):
    assert str(costs.explain("A")) == (
        "second instead would cost 50% of what it counts at least, 22.22% of the plan: stands firm"
    )
    with pytest.raises(tp.InputError, match="technology"):
        costs.explain("X")
