"""Moves of a plan that nothing forced are told from those that what changed asks for."""

from dataclasses import replace

import pytest

import techprio as tp
from techprio.reporting.difference import difference_tables


@pytest.fixture
def moved(trimmed_result):
    """The run, and one whose plan places a technology later although nothing asks for it."""
    plan = trimmed_result.plan
    placed = plan.placements[plan.placements["placed"]]
    name = placed.index[placed["start"] == placed["start"].min()][-1]
    later = plan.placements.copy()
    later.loc[name, ["start", "operational"]] = ["2028-01", "2029-06"]
    return trimmed_result, replace(trimmed_result, plan=replace(plan, placements=later)), name


@pytest.mark.parametrize("step", [1, -1], ids=["in the order of the study", "in another order"])
def test_a_move_without_a_cause_is_below_the_gap(moved, step):
    """A list is in the order of its ranks; by place, moves that were forced passed for free ones."""
    before, after, name = moved
    after = replace(after, plan=replace(after.plan, placements=after.plan.placements.iloc[::step]))
    found = tp.compare_runs(before, after)
    table = found.plan.set_index("technology")
    assert table.index[table["below_gap"]].tolist() == [name]
    assert "below the gap" in found.explain(name).render("en")
    assert any("1 of the 1 moves" in note.render("en") for note in found.notes)
    tables = [(one, [column.key for column in one.columns]) for one in difference_tables(found)]
    [(sheet, keys)] = [(one, keys) for one, keys in tables if "move_below_gap" in keys]
    place = keys.index("move_below_gap")
    assert [str(row[place]) for row in sheet.rows if row[0] == name] == ["below the gap"]


def test_a_move_that_a_decision_asks_for_is_not(trimmed_result):
    """Of two studies each move is one of the fewest that the change asks for."""
    study = trimmed_result.study
    placed = trimmed_result.plan.placements.query("placed")
    name = placed.index[placed["start"] == placed["start"].min()][-1]
    decisions = replace(study.resources.decisions, fixed_start={name: "2028-07"})
    other = replace(study, resources=replace(study.resources, decisions=decisions))
    table = tp.compare_runs(trimmed_result, other).plan.set_index("technology")
    assert table.loc[name, "months_later"] > 0
    assert not table["below_gap"].any()


@pytest.mark.parametrize("step", [1, -1])
def test_a_forced_move_is_not_below_the_gap_whatever_the_order(trimmed_result, step):
    placed = trimmed_result.plan.placements.query("placed")
    name = placed.index[placed["start"] == placed["start"].min()][-1]
    study, limits = trimmed_result.study, trimmed_result.study.resources
    decisions = replace(limits.decisions, fixed_start={name: "2028-07"})
    other = replace(study, resources=replace(limits, decisions=decisions))
    plan = tp.plan_phases(other, keep=trimmed_result.plan)
    stated = replace(trimmed_result, study=other, plan=replace(plan, placements=plan.placements.iloc[::step]))
    table = tp.compare_runs(trimmed_result, stated).plan.set_index("technology")
    assert table.loc[name, "months_later"] > 0
    assert not table["below_gap"].any()


def test_starts_that_the_new_periods_lack_are_no_obstacle(trimmed_result):
    """A comparison across horizons ended in a refusal to keep the earlier plan."""
    study, limits = trimmed_result.study, trimmed_result.study.resources
    other = replace(study, resources=replace(limits, period_months=12))
    months = set(trimmed_result.plan.placements["start"]) - {""}
    assert any(month.endswith("-01") for month in months)
    table = tp.compare_runs(trimmed_result, other).plan
    assert (table["operational_new"] != "").any()
