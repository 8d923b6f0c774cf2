"""The plan from here on keeps what has begun and starts nothing in the past."""

import pandas as pd
import pytest

import techprio as tp
from techprio.phasing.onward import plan_onward

COLUMNS = ["year", "technology", "status", "start", "operational"]


@pytest.fixture(scope="module")
def plans():
    study = tp.example("lai-chau")
    old = tp.plan_phases(study)
    begun = old.placements[old.placements["placed"] & (old.placements["start"] <= "2028-07")]
    rows = [(2028, "MIN01", "stopped", "2028-01", "")]
    for name, row in begun.iterrows():
        if name == "MIN01":
            continue
        done = row["operational"] <= "2028-12"
        rows.append(
            (2028, name, "done" if done else "running", row["start"], row["operational"] if done else "")
        )
    report = tp.monitor_plan(old, pd.DataFrame(rows, columns=COLUMNS))
    return old, report, plan_onward(study, report)


def test_begun_work_keeps_its_months(plans):
    old, report, new = plans
    table = report.technologies.set_index("technology")
    begun = table.index[table["status"].isin(["done", "running"]) & (table["operational_expected"] != "")]
    assert len(begun) > 20
    assert (new.placements.loc[begun, "operational"] == table.loc[begun, "operational_expected"]).all()
    assert (new.placements.loc[begun, "start"] == old.placements.loc[begun, "start"]).all()


def test_the_rest_starts_after_the_report(plans):
    _, report, new = plans
    waiting = report.technologies.loc[report.technologies["status"] == "not started", "technology"]
    placed = new.placements.loc[waiting]
    assert (placed.loc[placed["placed"], "start"] >= "2029-01").all()
    assert placed["placed"].any()


def test_stopped_and_what_needs_it_stay_out(plans):
    *_, new = plans
    assert not new.placements.loc[["MIN01", "MIN02"], "placed"].any()


def test_work_that_took_a_time_outside_its_spread(trimmed_result):
    """A catalogue whose most likely lead time lay outside its spread was refused, and nothing was planned."""
    study, plan = trimmed_result.study, trimmed_result.plan
    months = float(study.catalog.technologies.loc["CRS05", "lead_high"])
    factor = study.resources.lead_factor[study.catalog.technologies.loc["CRS05", "status"]]
    assert 18 / factor > months, "18 months are more than the spread says"
    rows = [(2028, "CRS05", "done", "2027-07", "2028-12")]
    report = tp.monitor_plan(plan, pd.DataFrame(rows, columns=COLUMNS))
    new = plan_onward(study, report)
    assert new.placements.loc["CRS05", ["start", "operational"]].tolist() == ["2027-07", "2028-12"]
