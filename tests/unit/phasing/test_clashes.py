"""Limits that clash are named on both sides, all of them, with the least change that opens them."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InfeasibleError
from techprio.model.plan_priorities import COUNT_COLUMNS, PlanPriorities
from techprio.model.resources import Cap

ROWS = [("A", "s", 5, 6, 3), ("B", "s", 7, 6, 2), ("C", "t", 3, 6, 4), ("D", "t", 9, 6, 1)]
FOUR = [(name, name.lower(), 1 + place, 6, 0) for place, name in enumerate("ABCD")]
MINIMUM = {"sector_minimum": {"first": 1}}
# Technologies, changes of the limits, words of the message, words that are not in it. By hand: without money
# the cheapest of s and of t cost 5 and 3; without people those of the fewest need 2 and 1.
CASES = {
    "no money": (
        ROWS, MINIMUM, 0, None,
        ["budget local 2028; sector minimum first s", "budget local 2028; sector minimum first t",
         "the least extra that opens it: 8 billion VND of budget local in 2027",
         "sector minimum first s at most 0"],
        ["nor others"],
    ),
    "no people": (
        ROWS, MINIMUM, 10, 0,
        ["staff 2030; sector minimum first s", "the least extra that opens it: 3 trained people in 2027"],
        [],
    ),
    "a decision on the other side": (
        ROWS, {**MINIMUM, "must_not": ("A", "B")}, 10, None,
        ["sector minimum first s", "A (left out by decision)", "no money and no people alone open it",
         "sector minimum first s at most 0"],
        ["first t"],
    ),
    "more sets than are named": (
        FOUR, MINIMUM, 0, None, ["nor others", "the least extra that opens it: 10 billion VND"], [],
    ),
    "a cap": (
        ROWS, {**MINIMUM, "caps": [Cap(2027, 2028, 4.0)]}, 10, None,
        ["budget local 2027-2028",
         "the least extra that opens it: 4 billion VND of budget local in 2027-2028"],
        [],
    ),
    "money that is good for two years": (
        ROWS, {**MINIMUM, "carry_over": "next year"}, 0, None,
        ["in each year from 2027 on", "less may do"], ["the least extra"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("objective", ["value", "priority"])
def test_a_clash_names_both_sides_and_what_opens_it(case, objective, catalog, resources, fund, staff):
    rows, changes, money, people, there, absent = CASES[case]
    changes = dict(changes)
    settings = {key: changes.pop(key) for key in ("caps", "carry_over") if key in changes}
    limits = resources(
        funds=(fund(money, **settings),),
        staff=None if people is None else staff(people),
        objective=objective,
        **changes,
    )
    with pytest.raises(InfeasibleError) as caught:
        tp.plan_phases(catalog(rows), limits, pd.Series(dict.fromkeys("ABCD", 1.0)))
    said = str(caught.value)
    assert [words for words in there if words not in said] == []
    assert [words for words in absent if words in said] == []


@pytest.mark.parametrize(("extra", "opens"), [(8.0, True), (7.99, False)])
def test_the_least_extra_opens_it_and_less_does_not(extra, opens, catalog, resources, fund):
    given = replace(fund(0), per_year={2027: extra, 2028: 0.0, 2029: 0.0, 2030: 0.0})
    limits, values = resources(funds=(given,), **MINIMUM), pd.Series(dict.fromkeys("ABCD", 1.0))
    if opens:
        assert tp.plan_phases(catalog(ROWS), limits, values).placements["placed"].sum() == 2
    else:
        with pytest.raises(InfeasibleError, match=r"the least extra that opens it: 0\.01 billion"):
            tp.plan_phases(catalog(ROWS), limits, values)


def test_a_class_that_no_plan_reaches_is_said_so():
    """It was told as 0 of the 0 technologies that can be."""
    counts = pd.DataFrame([(5, 8, 3.0, "first", 4, 3, 0, 0, True)], columns=list(COUNT_COLUMNS))
    (said,) = PlanPriorities(pd.Series(dtype=float), counts, pd.DataFrame()).sentences()
    assert str(said).startswith("no plan within the limits has any of the 4 technologies of ranks 5 to 8")


def test_what_a_fresh_plan_wins_is_said_where_money_lies_idle_and_only_there(catalog, resources):
    study, values = catalog([("A", "s", 5, 6, 0), ("B", "s", 5, 6, 0)]), pd.Series({"A": 3.0, "B": 1.0})
    best = tp.plan_phases(study, resources(), values)
    kept = tp.plan_phases(study, resources(), values, keep=best)
    assert not any("fresh" in str(note) or "made anew" in str(note) for note in kept.notes)
    fewer = best.placements[["start", "phase"]].copy()
    fewer.loc["B"] = ["", ""]
    idle = tp.plan_phases(study, resources(), values, keep=fewer, epsilon=0.5)
    assert any("B would fit without a change" in str(note) for note in idle.notes)
    assert any("a fresh plan would be worth" in str(note) for note in idle.notes)
    anew = tp.plan_phases(study, resources(), values, keep=fewer, epsilon=0.0)
    assert anew.placements["placed"].all()
