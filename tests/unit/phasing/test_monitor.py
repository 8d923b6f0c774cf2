"""A year of invented entries on Lai Chau, with the slips that a calculation by hand gives."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp

# Placements of the chains that the calculation follows; the rest of the plan does not matter to them.
PLANNED = {
    "CRS01": ("2027-07", "2028-06", 12),
    "CRS05": ("2027-07", "2027-12", 6),
    "CRS02": ("2028-07", "2029-03", 9),
    "LOG01": ("2028-07", "2029-06", 12),
    "LOG02": ("2029-07", "2029-12", 6),
    "LOG08": ("2030-01", "2030-08", 8),
    "AGR01": ("2029-01", "2029-06", 6),
    "MIN01": ("2028-01", "2028-12", 12),
    "MIN02": ("2029-07", "2031-06", 24),
}
COLUMNS = ["year", "technology", "status", "start", "operational", "spent_local"]
ENTRIES = pd.DataFrame(
    [
        (2028, "CRS01", "running", "2028-01", "", 4.0),
        (2028, "CRS05", "done", "2027-07", "2027-12", 3.0),
        (2028, "LOG01", "running", "2028-07", "", 1.0),
        (2028, "MIN01", "stopped", "2028-01", "", 0.5),
    ],
    columns=COLUMNS,
)


@pytest.fixture(scope="module")
def study():
    return tp.example("lai-chau")


@pytest.fixture(scope="module")
def plan(study):
    plan = tp.plan_phases(study)
    placements = plan.placements.copy()
    for name, (start, operational, lead) in PLANNED.items():
        placements.loc[name, ["start", "operational", "lead_months", "placed"]] = [
            start,
            operational,
            lead,
            True,
        ]
    spending = pd.DataFrame(
        [("CRS01", "2027-07", "local", 6.0), ("CRS05", "2027-07", "local", 3.0),
         ("LOG01", "2028-07", "local", 2.5), ("LOG02", "2029-07", "local", 7.0)],
        columns=["technology", "period", "fund", "amount"],
    )  # fmt: skip
    return replace(plan, placements=placements, spending=spending)


@pytest.fixture(scope="module")
def seen(study, plan):
    return tp.monitor_plan(plan, ENTRIES)


# Report at the end of 2028-12. CRS01 began in 2028-01 and takes 12 months, so 2028-12; it is not done, so
# 2029-01 at the earliest: 7 months late. CRS02 has not begun in 2028-07; the next half-year is 2029-01, nine
# months end in 2029-09 (CRS01 allows 2029-04): 6 months. LOG01 has begun and would end in 2029-06, but CRS02
# and three months are 2029-12: 6 months. LOG02 may be operational from 2030-03, six months before that is
# 2029-10, the next half-year 2030-01, so 2030-06: 6 months. LOG08 from 2030-09, so begin after 2030-02, in
# 2030-07, and 8 months end in 2031-02: 6 months. AGR01 from 2029-12, begin 2029-07: 6 months.
BY_HAND = {
    "CRS01": ("late", "2028-01", "2029-01", 7, 7, ""),
    "CRS05": ("done", "2027-07", "2027-12", 0, 0, ""),
    "CRS02": ("late", "2029-01", "2029-09", 6, 6, ""),
    "LOG01": ("at risk", "2028-07", "2029-12", 6, 0, "CRS02"),
    "LOG02": ("at risk", "2030-01", "2030-06", 6, 0, "LOG01"),
    "LOG08": ("at risk", "2030-07", "2031-02", 6, 0, "LOG02"),
    "AGR01": ("at risk", "2029-07", "2029-12", 6, 0, "CRS02"),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_slips_of_the_year(seen, name):
    row = seen.technologies.set_index("technology").loc[name]
    columns = ["state", "start_expected", "operational_expected", "months_late", "own_months", "through"]
    assert tuple(row[columns]) == BY_HAND[name]


def test_what_needs_a_stopped_technology_is_blocked(seen):
    table = seen.technologies.set_index("technology")
    assert tuple(table.loc["MIN01", ["state", "light"]]) == ("stopped", "red")
    assert tuple(table.loc["MIN02", ["state", "light", "through"]]) == ("blocked", "red", "MIN01")
    assert "needs MIN01" in seen.explain("MIN02").render("en")


def test_what_each_slip_delays_by_itself(seen):
    alone = {(row.cause, row.technology): row.months for row in seen.delays.itertuples()}
    # CRS01 in 2029-01 and three months are 2029-04, one month past CRS02's: one half-year, 2029-09.
    for cause in ("CRS01", "CRS02"):
        for name in ("LOG01", "LOG02", "LOG08", "AGR01"):
            assert alone[cause, name] == 6
    assert alone["CRS01", "CRS02"] == 6
    assert alone["MIN01", "MIN02"] is pd.NA
    assert not [cause for cause, _ in alone if cause in ("CRS05", "LOG01", "LOG02")]


def test_money_up_to_the_month(seen):
    money = seen.money[seen.money["fund"] == "local"].set_index("year")
    assert tuple(money.loc[2027, ["planned", "spent", "difference"]]) == (9.0, 0.0, -9.0)
    assert tuple(money.loc[2028, ["planned", "spent", "difference"]]) == (2.5, 8.5, 6.0)
    spending = seen.spending.set_index("technology")
    assert tuple(spending.loc["CRS01"]) == (6.0, 4.0, -2.0)
    assert "LOG02" not in spending.index


def test_lights_are_counted_by_agency(seen, study):
    lit = seen.technologies[seen.technologies["light"] != ""]
    assert seen.agencies["technologies"].sum() == len(lit)
    assert set(seen.agencies["lead_agency"]) <= set(study.catalog.technologies["lead_agency"])


def test_without_slips_all_stay_where_they_are(study, plan):
    begun = [(2027, name, "not started", "", "", 0.0) for name in ("LOG08", "MIN02")]
    calm = tp.monitor_plan(plan, pd.DataFrame(begun, columns=COLUMNS), as_of="2027-06")
    told = calm.technologies.set_index("technology").loc[["LOG08", "MIN02", "AGR01"]]
    assert list(told["state"]) == ["on time"] * 3


def test_contradictions_are_told_at_once(study, plan):
    wrong = pd.DataFrame(
        [
            (2028, "CRS0l", "running", "2028-01", "", 0.0),
            (2028, "CRS05", "done", "2028-01", "2027-12", 0.0),
            (2028, "CRS02", "done", "2028-01", "", 0.0),
            (2028, "LOG01", "running", "2029-02", "", 0.0),
            (2028, "LOG02", "finished", "", "", 0.0),
            (2028, "MIN01", "not started", "2028-01", "", 0.0),
            (2028, "MIN01", "not started", "", "", 0.0),
        ],
        columns=COLUMNS,
    )
    with pytest.raises(tp.InputError) as caught:
        tp.monitor_plan(plan, wrong)
    said = str(caught.value)
    for fault in ("technology; found 'CRS0l'", "CRS05; found operational 2027-12, before its start 2028-01",
                  "CRS02; found done, without a month", "LOG01; found running, but with its start in 2029-02",
                  "status of LOG02; found 'finished'", "MIN01; found 2028 twice",
                  "MIN01; found not started, but with its start in 2028-01"):  # fmt: skip
        assert fault in said


def test_a_technology_that_goes_back_is_told(study, plan):
    rows = [
        (2027, "CRS05", "done", "2027-07", "2027-12", 0.0),
        (2028, "CRS05", "running", "2027-07", "", 0.0),
    ]
    with pytest.raises(tp.InputError, match="CRS05; found running in 2028; allowed: at least as far"):
        tp.monitor_plan(plan, pd.DataFrame(rows, columns=COLUMNS))


def test_spending_that_nobody_states_is_not_spending_of_nothing(trimmed_result):
    plan = trimmed_result.plan
    name = plan.placements.query("placed").index[0]
    row = {"year": 2028, "technology": name, "status": "running", "start": "2028-01", "operational": ""}
    silent = tp.monitor_plan(plan, pd.DataFrame([row]))
    assert silent.money["spent"].isna().all()
    assert silent.money["difference"].isna().all()
    assert silent.spending["spent"].isna().all()
    assert "no spending of" in silent.notes[-1].render("en")
    told = tp.monitor_plan(plan, pd.DataFrame([{**row, "spent_local": 1.5}]))
    assert told.money.groupby("fund")["spent"].sum(min_count=1)["local"] == 1.5
    assert told.money.loc[told.money["fund"] == "programmes", "spent"].isna().all()
    assert "programmes" not in silent.notes[-1].render("vi")


def test_a_study_that_is_written_again_says_no_more_of_spending(trimmed_study, tmp_path):
    row = {"year": 2028, "technology": "CRS01", "status": "running", "start": "2028-01", "operational": ""}
    told = pd.DataFrame([{**row, "spent_local": 1.5, "spent_other": float("nan")}])
    replace(trimmed_study, status=told).save(tmp_path / "study")
    again = tp.read_study(tmp_path / "study").status
    assert again["spent_local"].tolist() == [1.5]
    assert again[["spent_other", "spent_programmes"]].isna().all(axis=None)
