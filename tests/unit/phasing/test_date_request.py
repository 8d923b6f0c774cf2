"""One technology asks for a date: the answer is that of all plans, written down one by one."""

import pandas as pd
import pytest

import techprio as tp

NAMES = ["A", "B", "C"]
VALUES = pd.Series([3.0, 2.0, 1.0], index=NAMES)
TABLE = pd.DataFrame({"sector": "s", "cost": 5.0, "months": 12}, index=NAMES)
YEARS = range(2026, 2029)


def limits(amount=5.0, **changes):
    budgets = pd.DataFrame({"local": amount}, index=YEARS)
    settings = {"period_months": 12, "objective": "value", "discount_rate": 0.1, **changes}
    return tp.Resources.from_frame(
        budgets, start="2026-01", end="2028-12", phases={"all": (2026, 2028)}, **settings
    )


def ask(technology, by, resources=None, **options):
    resources = resources or limits()
    plan = tp.plan_phases(TABLE, resources, VALUES, **options)
    return tp.phasing.request_date(TABLE, plan, technology, by, resources, VALUES, **options)


def test_a_date_that_the_plan_keeps_costs_nothing():
    found = ask("A", "2026-12")
    assert (found.answer, found.loss_high, len(found.others)) == ("as planned", 0.0, 0)


def worth(order):
    """Each is operational a year after it starts; 10 % a year."""
    return sum(VALUES[name] * 1.1 ** -(year + 1) for year, name in enumerate(order))


def test_the_last_one_takes_the_place_of_the_first_and_one_other_waits():
    """A and C change places and B stays: one start of another changes, with C, A, B two would."""
    found = ask("C", "2026-12")
    assert found.answer == "possible"
    assert found.others.values.tolist() == [["A", "2026-12", "2028-12", 24]]
    assert found.share == pytest.approx(1 - worth("CBA") / worth("ABC"))


def test_the_loss_is_that_of_the_best_plan_with_the_date():
    found = ask("C", "2026-12")
    assert found.loss_low == pytest.approx(worth("ABC") - worth("CAB"), abs=0.005)
    assert found.loss_high == pytest.approx(worth("ABC") - worth("CAB"), abs=0.005)
    assert found.loss_low <= found.loss_high


def test_what_no_longer_fits_would_be_left_out():
    found = ask("C", "2026-12", limits([5.0, 5.0, 0.0]))
    assert found.answer == "possible"
    assert (found.others["operational_then"] == "").sum() == 1
    assert "1 would be left out" in str(found.explain())


def test_a_prerequisite_names_the_month_it_allows():
    needs = pd.DataFrame({"technology": ["C"], "requires": ["A"]})
    found = ask("C", "2026-12", dependencies=needs)
    assert found.answer == "impossible"
    assert str(found.obstacle) == "prerequisites: A cannot be there sooner, so it is operational from 2027-12"


def test_money_that_is_not_there_is_named():
    found = ask("C", "2026-12", limits([0.0, 5.0, 5.0]))
    assert found.answer == "impossible"
    assert "budget local 2026" in str(found.obstacle)


@pytest.mark.parametrize("by", ["2031-01", "2025-12", "2027", "soon", ""])
def test_a_month_outside_the_plan_is_refused_in_words(by):
    with pytest.raises(tp.InputError, match="from 2026-01 to 2028-12"):
        ask("C", by)


def test_an_unknown_technology_is_refused():
    with pytest.raises(tp.InputError, match="technology"):
        ask("X", "2026-12")
