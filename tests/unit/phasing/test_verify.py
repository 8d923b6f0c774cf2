"""The second pair of eyes sees every broken rule in a plan changed by hand."""

import pandas as pd
import pytest

from techprio.language import text
from techprio.model.resources import Phase
from techprio.phasing.data import read_data
from techprio.phasing.verify import verify_plan

ROWS = [("A", "s", 10, 12, 2), ("B", "s", 10, 12, 2), ("C", "t", 5, 6, 1)]
NEEDS = [{"technology": "B", "requires": "A", "kind": "hard", "timing": "FS", "lag_months": 0, "one_of": ""}]
GOOD = {
    "A": ("2027-01", "2027-12", "first"),
    "B": ("2028-01", "2028-12", "first"),
    "C": ("2029-01", "2029-06", "second"),
}


def seen(catalog, limits, plan, *, excluded=None, rows=ROWS):
    data = read_data(
        catalog(rows, NEEDS), limits, pd.Series({"A": 1.0, "B": 1.0, "C": 1.0}), excluded=excluded or {}
    )
    table = pd.DataFrame.from_dict(plan, orient="index", columns=["start", "operational", "phase"])
    return [str(one) for one in verify_plan(data, table.assign(placed=table["start"] != ""))]


def changed(**starts):
    return {**GOOD, **starts}


NONE = ("", "", "")


def test_a_good_plan_is_quiet(catalog, resources, staff):
    limits = resources(staff=staff(2), sector_minimum={"first": 0, "second": 1}, fixed_start={"A": "2027-01"})
    assert seen(catalog, limits, GOOD) == []


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (changed(C=("2029-02", "2029-07", "second")), "C: 2029-02 is no start of a period"),
        (changed(C=("2030-12", "2031-05", "second")), "C is operational after 2030-12"),
        (changed(C=("2029-01", "2029-07", "second")), "operational month does not follow"),
        (changed(C=("2029-01", "2029-06", "first")), "phase is not that of the operational month"),
        (changed(B=("2027-07", "2028-06", "first")), "B does not wait for A"),
        (changed(A=NONE), "B does not wait for A"),
        (changed(C=("2027-01", "2027-06", "first")), "budget local 2027 is exceeded"),
    ],
)
def test_windows_prerequisites_and_money(catalog, resources, plan, said):
    assert any(said in one for one in seen(catalog, resources(), plan))


@pytest.mark.parametrize(
    ("settings", "plan", "said"),
    [
        ({"not_before": {"C": "2029-07"}}, GOOD, "C starts before its readiness allows"),
        ({"must": ("C",)}, changed(C=NONE), "C is not placed although it was decided"),
        ({"must_not": ("C",)}, GOOD, "C is placed although it was ruled out"),
        ({"exclusive": (("A", "C"),)}, GOOD, "of A, C more than one is placed"),
        ({"fixed_start": {"C": "2028-07"}}, GOOD, "C does not start in 2028-07"),
        ({"sector_minimum": {"first": 1}}, GOOD, "sector t has too few technologies by the end of first"),
    ],
)
def test_decisions_and_minima(catalog, resources, settings, plan, said):
    assert seen(catalog, resources(**settings), plan) == [said + (" as decided" if "2028-07" in said else "")]


def test_people_and_gates(catalog, resources, staff):
    assert "staff 2027 is passed" in seen(catalog, resources(staff=staff(1)), GOOD)
    gone = {"C": text("left out by decision")}
    assert "C is placed although it was screened out" in seen(catalog, resources(), GOOD, excluded=gone)


@pytest.mark.parametrize(("rule", "passed"), [("none", True), ("whole horizon", False)])
def test_carry_over_as_stated(catalog, resources, fund, rule, passed):
    """B costs 10 in 2028 and 8 are there; the 2 that A left in 2027 may stay or not."""
    limits = resources(funds=(fund(8, carry_over=rule),))
    rows = [("A", "s", 6, 12, 0), ("B", "s", 10, 12, 0), ("C", "t", 5, 6, 0)]
    found = seen(catalog, limits, changed(C=NONE), rows=rows)
    assert ("budget local 2028 is exceeded" in found) is passed


def test_phases_of_other_years(catalog, resources):
    limits = resources(phases=(Phase("one", 2027, 2027), Phase("rest", 2028, 2030)))
    found = seen(catalog, limits, {**GOOD, "A": ("2027-01", "2027-12", "one")})
    assert [one for one in found if "phase" in one] == [
        "B: phase is not that of the operational month",
        "C: phase is not that of the operational month",
    ]
