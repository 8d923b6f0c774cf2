"""What decides a plan: ranks that cannot matter change nothing, ranks that must decide change all."""

import pandas as pd
import pytest

import techprio as tp

NAMES = ["A", "B", "C", "D"]
VALUES = pd.Series([4.0, 3.0, 2.0, 1.0], index=NAMES)
TABLE = pd.DataFrame({"sector": "s", "cost": 5.0, "months": 12}, index=NAMES)


def limits(amount, **changes):
    settings = {
        "objective": "priority",
        "rank_classes": [{"up_to": 2, "weight": 8}, {"weight": 1}],
        **changes,
    }
    budgets = pd.DataFrame({"local": amount}, index=[2026, 2027])
    phases = {"first": (2026, 2026), "second": (2027, 2027)}
    return tp.Resources.from_frame(budgets, start="2026-01", end="2027-12", phases=phases, **settings)


def influence(resources, dependencies=None):
    plan = tp.plan_phases(TABLE, resources, VALUES, dependencies=dependencies)
    return plan, tp.phasing.plan_influence(TABLE, plan, resources, VALUES, dependencies=dependencies)


def test_with_money_for_all_ranks_decide_nothing():
    _, found = influence(limits(20.0))
    assert found.table.to_numpy().sum() == 0
    assert (found.placed, found.held) == (4, 0)


def test_where_half_fits_into_each_phase_reversed_ranks_turn_the_plan_round():
    plan, found = influence(limits(10.0))
    assert plan.placements["phase"].tolist() == ["first", "first", "second", "second"]
    assert found.table.loc["reversed"].tolist() == [4, 4]


def test_what_a_prerequisite_keeps_out_of_the_first_phase_is_held():
    needs = pd.DataFrame({"technology": ["C", "D"], "requires": ["A", "A"]})
    _, found = influence(limits(20.0), needs)
    assert found.held == 2
    assert "2 of 4 placed" in str(found.sentences()[1])


def test_values_that_are_summed_leave_ranks_out():
    resources = limits(10.0, objective="value")
    plan = tp.plan_phases(TABLE, resources, VALUES)
    with pytest.raises(tp.InputError, match="does not go by ranks"):
        tp.phasing.plan_influence(TABLE, plan, resources, VALUES)
