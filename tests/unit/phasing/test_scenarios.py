"""The same study under other limits."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError
from techprio.phasing.scenarios import compare_scenarios, plan_frontier, scaled, scenario_resources

VALUES = pd.Series({"A": 3.0, "B": 2.0, "C": 1.0})


@pytest.fixture
def study(catalog, resources):
    return catalog([("A", "s", 20, 6, 0), ("B", "s", 10, 6, 5), ("C", "s", 10, 6, 0)]), resources()


def test_half_the_money_places_less_and_a_forced_technology_stands(study):
    technologies, limits = study
    wanted = {words: scenario_resources(limits, words) for words in ("budget=0.5", "budget=0.5, must=C")}
    found = compare_scenarios(technologies, wanted, limits, VALUES, gap=0.0)
    assert list(found.plans) == ["as stated", "budget=0.5", "budget=0.5, must=C"]
    placed = {
        name: set(plan.placements.index[plan.placements["placed"]]) for name, plan in found.plans.items()
    }
    # 10 a phase: B and C, or one of them in each phase; A costs 20 in one year
    assert placed["as stated"] == {"A", "B", "C"}
    assert placed["budget=0.5"] == {"B", "C"}
    assert "C" in placed["budget=0.5, must=C"]
    table = found.to_frame().set_index("technology")
    assert table.loc["A", "differs"]
    assert table.loc["A", "budget=0.5"] == ""
    summary = found.summary.set_index("scenario")
    assert summary.loc["as stated", "cost"] == 40
    assert summary["not placed"].tolist() == [0, 1, 1]


def test_what_no_plan_can_keep_is_listed_with_the_clash(study):
    technologies, limits = study
    wanted = {"poor": scenario_resources(limits, "budget=0.1, must=A")}
    found = compare_scenarios(technologies, wanted, limits, VALUES)
    assert list(found.plans) == ["as stated"]
    reason = found.infeasible["poor"]
    assert "A is to be placed by decision" in reason.render("en")
    assert "A phải được bố trí theo quyết định" in reason.render("vi")


def test_frontier_never_falls_with_money(study):
    technologies, limits = study
    table = plan_frontier(technologies, limits, VALUES, factors=(0, 0.5, 1, 2), gap=0.0).to_frame()
    assert table["budget"].tolist() == [0, 20, 40, 80]
    assert table["value"].is_monotonic_increasing
    assert table["placed"].tolist() == [0, 2, 3, 3]


def test_a_factor_that_no_plan_can_keep_is_told_beside_the_others(study):
    technologies, limits = study
    limits = scenario_resources(limits, "must=A")
    found = plan_frontier(technologies, limits, VALUES, factors=(0.1, 1), gap=0.0)
    assert found.table["placed"].tolist() == [pd.NA, 3]
    assert found.table["value"].isna().tolist() == [True, False]
    assert list(found.infeasible) == [0.1]
    words = found.tables()["frontier"].notes[-1]
    assert "A is to be placed by decision" in words.render("en")
    assert "10%" in words.render("en")
    alone = plan_frontier(technologies, limits, VALUES, factors=(0.1,))
    assert alone.plot().get_ylabel()
    for wrong in ([], [-1.0], [float("nan")]):
        with pytest.raises(InputError, match="factor"):
            plan_frontier(technologies, limits, VALUES, factors=wrong)


def test_differences_below_the_gap_are_marked(study):
    technologies, limits = study
    table = plan_frontier(technologies, limits, VALUES, factors=(0.5, 1, 1.01), gap=0.0).to_frame()
    assert table["below_gap"].tolist() == [False, False, True]  # 1 % more money buys nothing
    found = compare_scenarios(technologies, ["budget=1.01", "budget=0.5"], limits, VALUES, gap=0.0)
    assert found.summary["below_gap"].tolist() == [None, True, False]
    assert found.summary["value_change"].iloc[1] == 0
    assert found.summary["value_change"].iloc[2] < 0
    marks = [row[4] for row in found.tables()["scenarios"].rows]
    assert [str(mark) for mark in marks] == ["", "below the gap", ""]


def test_a_scenario_of_another_objective_is_planned_for_it_and_not_compared_by_value(study):
    technologies, limits = study
    other = replace(limits, objective="priority")
    found = compare_scenarios(technologies, {"ranks": other}, limits, VALUES)
    assert found.plans["as stated"].priorities is None
    assert found.plans["ranks"].priorities is not None
    assert found.summary["below_gap"].tolist() == [None, None]
    assert found.summary["value_change"].isna().all()


def test_one_fund_staff_and_a_fixed_start(study, resources, fund, staff):
    limits = resources(funds=(fund(10),), staff=staff(8))
    changed = scenario_resources(limits, "local=2, staff=0.5, start:B=2028-01, must_not=C")
    assert changed.fund("local").per_year[2028] == 20
    assert changed.staff.per_year[2028] == 4
    plan = tp.plan_phases(study[0], changed, VALUES)
    assert plan.placements.loc["B", "start"] == "2028-01"
    assert "C" in plan.unplaced


@pytest.mark.parametrize(
    "words", ["", "budget", "budget=", "budgt=0.8", "budget=-1", "budget=viel", "staff=1", "budget=nan"]
)
def test_words_that_cannot_be_read(study, words):
    with pytest.raises(InputError, match="scenario"):
        scenario_resources(study[1], words)


def test_unknown_fund_and_reserved_name(study):
    technologies, limits = study
    with pytest.raises(InputError, match="did you mean local"):
        scaled(limits, 0.5, ["locl"])
    with pytest.raises(InputError, match="as stated"):
        compare_scenarios(technologies, {"as stated": limits}, limits, VALUES)
