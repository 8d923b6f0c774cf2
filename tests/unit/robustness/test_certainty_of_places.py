"""Priority with its certainty: the classes, what is one question, vetoes, bounds that cannot be used."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.robustness import priority_classes

TABLE = pd.DataFrame({"a": [9.0, 7.0, 6.9, 1.0], "risk": [1.0, 2.0, 5.0, 3.0]}, index=list("WXYZ"))
MATRIX = tp.DecisionMatrix(
    TABLE, {"a": "max", "risk": "min"}, low=TABLE - [0.5, 0.0], high=TABLE.add([0.5, 0.0])
)


@pytest.fixture(scope="module")
def lists():
    ranking = tp.rank(MATRIX, [1.0, 0.0], tp.WeightedSum("none"))
    drawn = tp.simulate(
        MATRIX, [1.0, 0.0], tp.WeightedSum("none"), draws=4000, seed=1, top=2, weight_distribution="fixed"
    )
    return {"S": ranking}, {"S": drawn}


def test_a_place_is_firm_contested_or_firmly_not(lists):
    classes = priority_classes(*lists)
    assert {name: classes.of(name) for name in "WXYZ"} == {
        "W": "firm", "X": "contested", "Y": "contested", "Z": "firmly_not"
    }  # fmt: skip
    row = classes.table.set_index("technology").loc["Y"]
    # Of two triangles of half-width .5 that lie .1 apart, the higher wins in .6263 of the draws.
    drawn = np.random.default_rng(5).triangular([6.5, 6.4], [7, 6.9], [7.5, 7.4], size=(400_000, 2))
    exact = float((drawn[:, 1] > drawn[:, 0]).mean())
    assert row["p_top"] == pytest.approx(exact, abs=4 * row["standard_error"])
    assert row["standard_error"] == pytest.approx((row["p_top"] * (1 - row["p_top"]) / 4000) ** 0.5)
    assert not row["in_first"]
    assert str(classes.questions()[0]).startswith("S: 1 of 2 places are firm; contested: X (")


def test_classes_follow_the_bounds_and_say_whether_the_draws_settle_them(lists):
    chance = float(lists[1]["S"].p_top()["X"])
    at_bound = priority_classes(*lists, firm=chance, firmly_not=0.05)
    assert at_bound.of("X") == "firm"
    assert not at_bound.table.set_index("technology").loc["X", "settled"]
    assert priority_classes(*lists, firm=0.97, firmly_not=0.9).counts.loc["S"].tolist() == [1, 0, 3]


def test_a_veto_keeps_from_firm_only(lists):
    veto = tp.Gate("risk", at_least=2, reason="outside provincial control", keeps_from="firm")
    classes = priority_classes(*lists, gates=[veto])
    assert classes.of("W") == "contested"
    why = classes.table.set_index("technology").loc["W", "kept_out"]
    assert "outside provincial control" in str(why)
    assert tp.rank(MATRIX, [1.0, 0.0], tp.WeightedSum("none"), gates=[veto]).screened == {}
    assert set(
        tp.rank(MATRIX, [0.5, 0.5], "topsis", gates=[replace(veto, keeps_from="ranking")]).screened
    ) == {"W"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"firm": 0.3, "firmly_not": 0.6}, "firmly_not < firm"),
        ({"firm": 1.2}, "firmly_not < firm"),
        ({"top": 5}, "a whole number from 1 to 4"),
        ({"top": 0}, "a whole number from 1 to 4"),
        ({"gates": [tp.Gate("rsk", at_most=2, keeps_from="firm")]}, "rsk"),
    ],
)
def test_what_cannot_be_used_is_refused(lists, options, said):
    with pytest.raises(tp.InputError, match=said):
        priority_classes(*lists, **options)


def test_a_single_alternative_has_no_certainty_of_rank():
    alone = tp.DecisionMatrix(TABLE.iloc[:1], {"a": "max", "risk": "min"})
    assert not any("swap" in str(note) for note in tp.rank(alone, [0.5, 0.5]).notes)
    notes = tp.simulate(alone, [0.5, 0.5], draws=10).notes
    assert any("one alternative" in str(note) for note in notes)


def test_groups_in_favor_and_a_class_without_members(trimmed_result):
    result = trimmed_result
    classes = priority_classes(
        result.rankings, result.acceptability, weights=result.weights, firm=1.0, firmly_not=0.0
    )
    assert set(classes.counts.columns) == {"firm", "contested", "firmly_not"}
    groups = set(result.weights.by_group.index)
    assert all(set(names) <= groups for names in classes.table["in_favor"])
    assert any(classes.table["in_favor"])


def test_lists_and_report_state_the_class(trimmed_result):
    frame = trimmed_result.to_frame()
    assert set(frame["priority_class"]) <= {"firm", "contested", "firmly_not", ""}
    first = trimmed_result.tables()["priorities"]
    assert "priority_class" in [column.key for column in first.columns]


def test_where_all_are_among_the_first_the_class_says_nothing_and_that_is_said(lists):
    drawn = tp.simulate(MATRIX, [1.0, 0.0], tp.WeightedSum("none"), draws=50, top=4)
    notes = [str(note) for note in priority_classes(lists[0], {"S": drawn}).notes]
    assert "All technologies of S are among the first 4; firm says nothing there." in notes
