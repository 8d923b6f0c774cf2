"""Limits, decisions and numbers that cannot be used: every fault named, all at once."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError
from techprio.model.resources import Phase

TWO = [("A", "s", 1, 6, 0), ("B", "s", 1, 6, 0)]


def said(catalog, resources, *, rows=TWO, change=None, **settings):
    study = catalog(rows)
    if change:
        study = replace(study, technologies=change(study.technologies))
    with pytest.raises(InputError) as error:
        tp.plan_phases(study, resources(**settings), pd.Series({row[0]: 1.0 for row in rows}))
    return str(error.value)


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"start": "2027"}, ["a month must be written YYYY-MM; got '2027'"]),
        ({"end": "2026-12"}, ["end 2026-12 lies before start 2027-01"]),
        ({"period_months": 0, "discount_rate": -1}, ["period_months", "discount_rate"]),
        ({"lead_factor": {"none": 2.0}}, ["lead_factor of none: must lie between 0 and 1"]),
        ({"earliest_start_months": {3: -6}}, ["earliest_start_months of level 3"]),
        ({"sector_minimum": {"first": 1.5}}, ["sector_minimum of first: must be a whole number"]),
        (
            {"phases": (Phase("first", 2027, 2028), Phase("first", 2028, 2029))},
            ["phase first is given twice", "overlap or stand in the wrong order", "year 2030 of the horizon"],
        ),
        ({"fixed_start": {"A": "2031-01"}}, ["2031-01 lies outside 2027-01 to 2030-12"]),
        ({"fixed_start": {"A": "soon"}}, ["fixed_start of A: a month must be written"]),
        ({"not_before": {"a": "2028-01"}}, ["not_before: unknown technology 'a' (did you mean A?)"]),
        ({"exclusive": (("A", "C1"),)}, ["exclusive: unknown technology 'C1'"]),
    ],
)
def test_limits_and_decisions(catalog, resources, settings, parts):
    told = said(catalog, resources, **settings)
    for part in parts:
        assert part in told


def test_carry_over_that_is_not_known(catalog, resources, fund):
    assert "carry_over 'always'; allowed: within phase, none" in said(
        catalog, resources, funds=(fund(5, carry_over="always"),)
    )


def test_staff_without_a_year(catalog, resources, staff):
    people = staff(3)
    del people.per_year[2028]
    assert "staff: no amount for 2028; give 0 where there is none" in said(catalog, resources, staff=people)


def _drop(column):
    return lambda table: table.drop(columns=column)


def _set(name, column, value):
    def change(table):
        changed = table.astype({column: object})
        changed.loc[name, column] = value
        return changed

    return change


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (_drop("lead_mode"), "technologies have no column lead_mode (months)"),
        (_drop("fund_local"), "budget local: technologies have no column fund_local"),
        (_set("B", "fund_local", 0.5), "B: shares of the sources add up to 0.5, not 1"),
        (_set("B", "status", "partly"), "B: status 'partly' has no lead_factor; known: none, partial"),
        (_set("B", "staff", np.nan), "B: staff must be a number from 0 on"),
        (_set("B", "lead_mode", "a year"), "B: lead_mode must be a number from 0 on; got 'a year'"),
        (_set("B", "capex_mode", np.inf), "B: capex_mode must be a number from 0 on"),
    ],
)
def test_numbers_of_technologies(catalog, resources, change, part):
    assert part in said(catalog, resources, change=change)


def test_values_of_strangers_and_gaps(catalog, resources):
    with pytest.raises(InputError, match="no value for B"):
        tp.plan_phases(catalog(TWO), resources(), pd.Series({"A": 1.0}))
    with pytest.raises(InputError, match="finite and not negative"):
        tp.plan_phases(catalog(TWO), resources(), pd.Series({"A": 1.0, "B": np.nan}))


def test_a_catalogue_needs_resources_and_values(catalog):
    with pytest.raises(InputError, match="phased with resources and values"):
        tp.plan_phases(catalog(TWO))
