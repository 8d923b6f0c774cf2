"""Limits, decisions and numbers that cannot be used: every problem named, all at once."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError
from techprio.model.resources import Phase

TWO = [("A", "s", 1, 6, 0), ("B", "s", 1, 6, 0)]


def said(catalog, resources, *, rows=TWO, change=None, **settings):
    study, values = catalog(rows), pd.Series({row[0]: 1.0 for row in rows})

    def plan():
        changed = replace(study, technologies=change(study.technologies)) if change else study
        tp.plan_phases(changed, resources(**settings), values)

    with pytest.raises(InputError) as error:
        plan()
    return str(error.value)


@pytest.mark.parametrize(
    ("settings", "parts"),
    [
        ({"start": "2027"}, ["start; found '2027'; allowed: a month YYYY-MM"]),
        ({"end": "2026-12"}, ["found end 2026-12 before start 2027-01"]),
        ({"period_months": 0, "discount_rate": -1}, ["period_months", "discount_rate"]),
        ({"lead_factor": {"none": 2.0}}, ["lead_factor of none; found 2.0; allowed: a number from 0 to 1"]),
        ({"earliest_start_months": {3: -6}}, ["earliest_start_months of 3; found -6"]),
        ({"sector_minimum": {"first": 1.5}}, ["sector_minimum of first; found 1.5; allowed: a whole number"]),
        (
            {"phases": (Phase("first", 2027, 2028), Phase("first", 2028, 2029))},
            ["found first twice", "first and first that overlap", "found none with 2030"],
        ),
        ({"fixed_start": {"A": "2031-01"}}, ["found 2031-01; allowed: 2027-01 to 2030-12"]),
        ({"fixed_start": {"A": "soon"}}, ["fixed_start of A; found 'soon'; allowed: a month YYYY-MM"]),
        (
            {"not_before": {"a": "2028-01"}},
            ["not_before; found 'a'; allowed: A, B; proposal: did you mean A?"],
        ),
        ({"exclusive": (("A", "C1"),)}, ["exclusive; found 'C1'; allowed: A, B"]),
    ],
)
def test_limits_and_decisions(catalog, resources, settings, parts):
    told = said(catalog, resources, **settings)
    for part in parts:
        assert part in told


def test_carry_over_that_is_not_known(fund):
    with pytest.raises(InputError, match="carry_over; found 'always'; allowed: within phase, none"):
        fund(5, carry_over="always")


def test_staff_without_a_year(catalog, resources, staff):
    people = staff(3)
    del people.per_year[2028]
    assert (
        "staff; found no amount for 2028; allowed: an amount for each year of the horizon; proposal: give 0"
        in said(catalog, resources, staff=people)
    )


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
        (_drop("lead_mode"), "technologies; found no column lead_mode"),
        (_set("B", "fund_local", 0.5), "B; found shares of the sources that add up to 0.5; allowed: 1"),
        (
            _set("B", "status", "partly"),
            "technologies, B, status; found 'partly'; allowed: none, pilot, partial, operational",
        ),
        (
            _set("B", "status", "pilot"),
            "status of B; found 'pilot'; allowed: one with a lead_factor: none, partial",
        ),
        (_set("B", "staff", -1), "technologies, B, staff; found -1; allowed: a number from 0 on"),
        (
            _set("B", "lead_mode", np.nan),
            "lead_mode of B; found nothing; allowed: a finite number, not negative",
        ),
        (
            _set("B", "lead_mode", "a year"),
            "technologies, B, lead_mode; found 'a year'; allowed: a finite number",
        ),
        (
            _set("B", "capex_mode", np.inf),
            "technologies, B, capex_mode; found inf; allowed: a finite number",
        ),
    ],
)
def test_numbers_of_technologies(catalog, resources, change, part):
    assert part in said(catalog, resources, change=change)


def test_two_budgets_need_a_share_each(catalog, resources, fund):
    funds = (fund(5), replace(fund(5), id="other"))
    told = said(catalog, resources, change=_drop("fund_local"), funds=funds)
    for name in ("local", "other"):
        assert f"budget {name}; found technologies without the column fund_{name}" in told


def test_one_budget_pays_for_technologies_that_name_none(catalog, resources):
    bare = catalog(TWO)
    bare = replace(bare, technologies=bare.technologies.drop(columns="fund_local"))
    plan = tp.plan_phases(bare, resources(), pd.Series({"A": 1.0, "B": 1.0}))
    assert plan.spending.groupby("fund")["amount"].sum().to_dict() == pytest.approx({"local": 2.0})


def test_values_of_strangers_and_gaps(catalog, resources):
    with pytest.raises(InputError, match="no value for B"):
        tp.plan_phases(catalog(TWO), resources(), pd.Series({"A": 1.0}))
    with pytest.raises(InputError, match="finite and not negative"):
        tp.plan_phases(catalog(TWO), resources(), pd.Series({"A": 1.0, "B": np.nan}))


def test_a_catalogue_needs_resources_and_values(catalog):
    with pytest.raises(InputError, match="phased with resources and values"):
        tp.plan_phases(catalog(TWO))
