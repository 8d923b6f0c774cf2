"""A plan of a study, a catalogue, or a table with its dependencies."""

import pandas as pd
import pytest

import techprio as tp

NEEDS = pd.DataFrame({"technology": ["Dairy", "Export"], "requires": ["Data", "Dairy"]})
TABLE = pd.DataFrame(
    {"sector": ["crs", "agr", "agr"], "cost": [5.0, 10.0, 20.0], "months": [6, 12, 18]},
    index=["Data", "Dairy", "Export"],
)
VALUES = pd.Series({"Data": 1.0, "Dairy": 2.0, "Export": 3.0})


@pytest.fixture(scope="module")
def limits():
    budgets = pd.DataFrame({"local": [5.0] * 10}, index=range(2026, 2036))
    phases = {"2026-2030": (2026, 2030), "2031-2035": (2031, 2035)}
    return tp.Resources.from_frame(budgets, start="2026-01", end="2035-12", phases=phases)


def test_a_table_with_its_dependencies_is_enough(limits):
    """5 a year: Data takes the first year, Dairy needs two years' money, Export waits for the next phase."""
    plan = tp.plan_phases(TABLE, limits, VALUES, dependencies=NEEDS)
    assert plan.placements["start"].to_dict() == {"Data": "2026-01", "Dairy": "2027-07", "Export": "2033-01"}
    assert plan.budget_use["fund"].unique().tolist() == ["local"]
    assert "a start in 2027-01 lacks 5 billion VND" in str(plan.explain("Dairy"))
    assert plan.edges[["technology", "requires"]].equals(NEEDS)


def test_a_catalogue_of_the_same_table_gives_the_same_plan(limits):
    catalog = tp.Catalog.from_frame(TABLE, dependencies=NEEDS)
    one, two = (
        tp.plan_phases(TABLE, limits, VALUES, dependencies=NEEDS),
        tp.plan_phases(catalog, limits, VALUES),
    )
    assert one == two


def test_scenarios_and_frontier_of_a_table(limits):
    found = tp.compare_scenarios(TABLE, ["budget=0.5"], limits, VALUES, dependencies=NEEDS)
    assert list(found.plans) == ["as stated", "budget=0.5"]
    known = tp.compare_scenarios(
        TABLE, ["budget=0.5"], limits, VALUES, dependencies=NEEDS, stated=found.plans["as stated"]
    )
    assert known.plans["as stated"] is found.plans["as stated"]
    assert known.summary.equals(found.summary)
    frontier = tp.phasing.plan_frontier(TABLE, limits, VALUES, dependencies=NEEDS, factors=[1.0, 2.0])
    assert frontier.table["value"].is_monotonic_increasing


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("lai-chau",), "source: found 'lai-chau'; allowed: a study, a catalogue, or a table"),
        ((TABLE,), "with resources and values"),
        ((TABLE, VALUES, VALUES), "resources: found an object of kind Series; allowed: Resources"),
        ((TABLE.drop(columns="months"), ..., VALUES), "no column lead_mode"),
        ((TABLE, ..., VALUES.drop("Dairy")), "no value for Dairy"),
    ],
)
def test_what_cannot_be_planned_is_named(arguments, words, limits):
    given = [limits if argument is ... else argument for argument in arguments]
    with pytest.raises(tp.InputError, match=words):
        tp.plan_phases(*given)


def test_edges_as_from_and_to_are_named(limits):
    edges = NEEDS.rename(columns={"technology": "to", "requires": "from"})
    with pytest.raises(tp.InputError, match="found no such column; the table has to, from"):
        tp.plan_phases(TABLE, limits, VALUES, dependencies=edges)
