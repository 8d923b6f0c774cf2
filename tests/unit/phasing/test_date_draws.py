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
    table = found.technologies
    table = table.set_index("technology") if "technology" in table else table
    assert table.loc["SOON", "p_in_phase"] == 1.0
    assert table.loc["LATE", "p_in_phase"] < 0.05


def test_at_the_same_start_what_counts_more_is_paid_first(catalog, resources):
    study = catalog([("LESS", "s", 10, 12, 0), ("MORE", "s", 10, 12, 0)])
    study.technologies["capex_low"], study.technologies["capex_high"] = 10.0, 14.0
    limits = resources(
        funds=(Fund("local", NO_LABEL, {**PER_YEAR, 2029: 30.0}),),
        fixed_start={"LESS": "2027-01", "MORE": "2027-01"},
    )
    values = pd.Series({"LESS": 1.0, "MORE": 2.0})
    plan = tp.plan_phases(study, limits, values)
    table = tp.phasing.date_certainty(study, plan, limits, values, draws=200, seed=1).technologies
    table = table.set_index("technology") if "technology" in table else table
    assert table.loc["MORE", "p_in_phase"] == 1.0
    assert table.loc["LESS", "p_in_phase"] < 0.05
