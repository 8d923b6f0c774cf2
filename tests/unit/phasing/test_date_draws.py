"""Which technology waits when drawn costs use up the money: the one planned later, in any file order."""

import pandas as pd
import pytest

import techprio as tp
from techprio.language import NO_LABEL
from techprio.model.resources import Fund

PER_YEAR = {2027: 20.0, 2028: 0.0, 2029: 10.0, 2030: 10.0}


@pytest.mark.parametrize("names", [("SOON", "LATE"), ("LATE", "SOON")])
def test_who_is_planned_later_waits_for_money(names, catalog, resources):
    study = catalog([(name, "s", 10, 12, 0) for name in names])
    study.technologies["capex_low"] = 10.0
    study.technologies["capex_high"] = [20.0 if name == "SOON" else 10.0 for name in names]
    limits = resources(
        funds=(Fund("local", NO_LABEL, PER_YEAR),), fixed_start={"SOON": "2027-01", "LATE": "2028-01"}
    )
    values = pd.Series(1.0, index=list(names))
    plan = tp.plan_phases(study, limits, values)
    found = tp.phasing.date_certainty(study, plan, limits, values, draws=200, seed=1)
    in_phase = found.by_technology("p_in_phase")
    assert pd.isna(in_phase["SOON"]), "no draw moves it, and its lead time has no spread"
    assert in_phase["LATE"] < 0.05


def test_at_the_same_start_what_counts_more_is_paid_first(catalog, resources):
    study = catalog([("LESS", "s", 10, 12, 0), ("MORE", "s", 10, 12, 0)])
    study.technologies["capex_low"], study.technologies["capex_high"] = 10.0, 14.0
    limits = resources(
        funds=(Fund("local", NO_LABEL, {**PER_YEAR, 2029: 30.0}),),
        fixed_start={"LESS": "2027-01", "MORE": "2027-01"},
    )
    values = pd.Series({"LESS": 1.0, "MORE": 2.0})
    plan = tp.plan_phases(study, limits, values)
    found = tp.phasing.date_certainty(study, plan, limits, values, draws=200, seed=1)
    in_phase = found.by_technology("p_in_phase")
    assert pd.isna(in_phase["MORE"]), "no draw moves it, and its lead time has no spread"
    assert in_phase["LESS"] < 0.05


def hard(technology, requires, one_of=""):
    needed = {"technology": technology, "requires": requires, "kind": "hard", "timing": "FS"}
    return {**needed, "lag_months": 0, "one_of": one_of}


# Lead times with a spread, dependencies, who is said to have a probability.
SPREADS = {
    "none": ([], [hard("B", "A")], []),
    "its own": (["B"], [hard("B", "A")], ["B"]),
    "what it waits for": (["A"], [hard("B", "A")], ["A", "B"]),
    "what that waits for": (["A"], [hard("B", "A"), hard("C", "B")], ["A", "B", "C"]),
    "one of two": (["A"], [hard("B", "A", "x"), hard("B", "C", "x")], ["A", "B"]),
    "all": (["A", "B", "C"], [], ["A", "B", "C"]),
}


@pytest.mark.parametrize("case", SPREADS)
def test_a_date_has_a_probability_where_something_of_it_was_drawn(case, catalog, resources):
    """A single lead time was printed as a date that holds in all draws."""
    spread, needs, known = SPREADS[case]
    study = catalog([(name, "s", 1, 6, 0) for name in "ABC"], needs)
    study.technologies["lead_low"] = study.technologies["lead_high"] = study.technologies["lead_mode"]
    study.technologies.loc[spread, ["lead_low", "lead_high"]] = [5.0, 12.0]
    values = pd.Series(1.0, index=list("ABC"))
    plan = tp.plan_phases(study, resources(), values)
    found = tp.phasing.date_certainty(study, plan, resources(), values, draws=50, seed=1)
    table = found.technologies.set_index("technology")
    assert list(table.index[table["p_in_phase"].notna()]) == known
    assert list(table.index[(table["p50"] != "") & (table["p80"] != "")]) == known
    assert found.drawn == len(known)
    assert found.expected_in_phase == pytest.approx(table["p_in_phase"].sum())
    said = [str(note) for note in found.notes]
    assert any(f"of {len(known)} technologies are expected" in note for note in said) == bool(known)
    assert any(f"for {3 - len(known)} of 3 technologies" in note for note in said) == (len(known) < 3)
