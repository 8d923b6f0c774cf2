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


def test_a_move_without_a_cause_is_below_the_gap(moved):
    before, after, name = moved
    found = tp.compare_runs(before, after)
    table = found.plan.set_index("technology")
    assert table.index[table["below_gap"]].tolist() == [name]
    assert "below the gap" in found.explain(name).render("en")
    assert any("1 of the 1 moves" in note.render("en") for note in found.notes)
    sheet = difference_tables(found)[-1]
    place = [column.quantity.key for column in sheet.columns].index("move_below_gap")
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
