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
    return tp.Resources.from_frame(
        budgets, start="2026-01", end="2028-12", phases={"all": (2026, 2028)}, period_months=12, **changes
    )


def ask(technology, by, resources=None, **options):
    resources = resources or limits()
    plan = tp.plan_phases(TABLE, resources, VALUES, **options)
    return tp.phasing.request_date(TABLE, plan, technology, by, resources, VALUES, **options)


def test_a_date_that_the_plan_keeps_costs_nothing():
    found = ask("A", "2026-12")
    assert (found.answer, found.loss_high, len(found.others)) == ("as planned", 0.0, 0)


def test_the_last_one_takes_the_place_of_the_first_and_one_other_waits():
    """Without discount all orders are worth the same; A and C change places, B stays."""
    found = ask("C", "2026-12", limits(discount_rate=0.0))
    assert found.answer == "possible"
    assert found.others.values.tolist() == [["A", "2026-12", "2028-12", 24]]
    assert found.loss_high == pytest.approx(0.0, abs=1e-9)


def test_the_loss_is_that_of_the_best_plan_with_the_date():
    """At 10 % a year: A, B, C in order, against C, A, B; a year is counted at its last month."""
    found = ask("C", "2026-12", limits(objective="value", discount_rate=0.1))
    discount = [1.1 ** -(months / 12) for months in (11, 23, 35)]
    order = 3 * discount[0] + 2 * discount[1] + discount[2]
    turned = discount[0] + 3 * discount[1] + 2 * discount[2]
    assert found.loss_low <= order - turned + 1e-6
    assert found.loss_high >= order - turned - 0.002


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
