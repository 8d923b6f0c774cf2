"""Money as offices have it: outlays by year, caps over years, money good until the next year, grants."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InfeasibleError, InputError
from techprio.language import NO_LABEL
from techprio.model.funds import Cap, Fund
from techprio.phasing.data import read_data
from techprio.phasing.months import spent_share
from techprio.phasing.plan_tables import placements_table
from techprio.phasing.verify import verify_plan

ONE = pd.Series({"T1": 1.0})


def money(amounts, **settings):
    return Fund("local", NO_LABEL, dict(zip(range(2027, 2031), amounts, strict=True)), **settings)


def test_outlays_fall_into_the_years_of_a_project():
    years = np.array([12.0, 24.0, 36.0])
    assert spent_share(years, np.array(36.0), (0.2, 0.5, 0.3)).tolist() == pytest.approx([0.2, 0.7, 1.0])
    assert spent_share(years, np.array(18.0), (0.2, 0.5, 0.3)).tolist() == pytest.approx([0.2, 1.0, 1.0])
    assert spent_share(years, np.array(36.0), (1.0,)).tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert spent_share(years, np.array(24.0)).tolist() == pytest.approx([0.5, 1.0, 1.0])


def test_outlays_are_those_of_the_fund_else_those_of_all(catalog, resources):
    """A cost of 20 over two years: a fifth and the rest, or all of it at once where the fund says so."""
    study, values = catalog([("T1", "s", 20, 24, 0)]), ONE
    fixed = {"T1": "2027-01"}

    def spent(plan):
        return plan.budget_use.set_index("year")["used"].tolist()

    stated = resources(funds=(money([20] * 4),), outlays=[0.2, 0.8], fixed_start=fixed)
    assert spent(tp.plan_phases(study, stated, values)) == pytest.approx([4, 16, 0, 0])
    own = replace(stated, funds=(money([20] * 4, outlays=[1.0]),))
    plan = tp.plan_phases(study, own, values)
    assert spent(plan) == pytest.approx([20, 0, 0, 0])
    assert not [note for note in plan.notes if "outlays" in note.render("en")]
    table = pd.DataFrame({"sector": "s", "cost": [20.0], "months": 24}, index=["T1"])
    for given in ([0.2, 0.8], {"local": [0.2, 0.8]}):
        frame = pd.DataFrame({"local": [20.0] * 2}, index=[2027, 2028])
        limits = tp.Resources.from_frame(
            frame, start="2027-01", end="2028-12", phases={"all": (2027, 2028)}, outlays=given,
            objective="value",
        )  # fmt: skip
        assert spent(tp.plan_phases(table, limits, values)) == pytest.approx([4, 16])
    with pytest.raises(InputError, match=r"add up to 0\.9"):
        resources(outlays=[0.5, 0.4])


@pytest.mark.parametrize(("start", "is_paid"), [("2027-01", True), ("2028-01", True), ("2029-01", False)])
def test_money_of_a_year_is_gone_after_the_next(catalog, resources, start, is_paid):
    study = catalog([("T1", "s", 100, 6, 0)])
    funds = (money([100, 0, 0, 0], carry_over="next year"),)
    limits = resources(funds=funds, fixed_start={"T1": start})
    if not is_paid:
        with pytest.raises(InfeasibleError, match="T1"):
            tp.plan_phases(study, limits, ONE)
        return
    use = tp.plan_phases(study, limits, ONE).budget_use.set_index("year")
    assert use["used"].sum() == pytest.approx(100)
    assert use["cumulative_limit"].tolist() == [100, 0 if start == "2027-01" else 100, 0, 0]


@pytest.mark.parametrize("rule", ["within phase", "whole horizon"])
@pytest.mark.parametrize(("start", "is_late"), [("2027-01", False), ("2028-01", False), ("2030-01", True)])
def test_money_spent_after_the_next_year_is_told(catalog, resources, rule, start, is_late):
    """Public money lapses at the end of the next year; a fund that states otherwise is used, with a note."""
    funds = (money([0, 100, 0, 0] if is_late else [100, 0, 0, 0], carry_over="whole horizon"),)
    funds = (money([100, 0, 0, 0], carry_over=rule),) if not is_late or rule != "within phase" else funds
    plan = tp.plan_phases(
        catalog([("T1", "s", 100, 6, 0)]), resources(funds=funds, fixed_start={"T1": start}), ONE
    )
    told = [str(note) for note in plan.notes if "year after that which brought them" in str(note)]
    assert [words.split(" ")[0] for words in told] == (["100"] if is_late else [])


def test_new_money_pays_only_what_old_money_leaves(catalog, resources):
    """60 of 2027 wait for 2028, where 50 are spent; the rest expires, the 40 of 2028 reach 2029, not 2030."""
    study = catalog([("A", "s", 50, 12, 0), ("B", "s", 40, 12, 0), ("C", "s", 1, 12, 0)])
    funds = (money([60, 40, 0, 0], carry_over="next year"),)
    starts = {"A": "2028-01", "B": "2029-01"}
    values = pd.Series({"A": 1.0, "B": 1.0, "C": 1.0})
    plan = tp.plan_phases(study, resources(funds=funds, fixed_start=starts), values)
    assert plan.placements.loc["C", "start"] == "2027-01"
    assert plan.budget_use["cumulative_limit"].tolist() == [60, 99, 40, 0]
    with pytest.raises(InfeasibleError):
        tp.plan_phases(study, resources(funds=funds, fixed_start={**starts, "C": "2030-01"}), values)


@pytest.mark.parametrize("seed", range(4))
def test_uneven_outlays_with_a_cap_over_three_years_equal_enumeration(seed, catalog, resources):
    generator = np.random.default_rng(seed)
    names = list("ABCD")
    rows = [(n, "s", float(generator.integers(4, 16)), int(generator.choice([12, 24, 30])), 0) for n in names]
    rule = ["next year", "none", "within phase", "whole horizon"][seed]
    fund = money([9, 9, 9, 9], carry_over=rule, outlays=[0.2, 0.5, 0.3], caps=[Cap(2028, 2030, 16.0)])
    limits = resources(period_months=12, funds=(fund,))
    study, values = catalog(rows), pd.Series(generator.random(4).round(3), index=names)
    data = read_data(study, limits, values, excluded={})

    def worth(starts):
        months = [(values.iloc[i], 12 * s + int(data.lead[i])) for i, s in enumerate(starts) if s >= 0]
        return sum(value * 1.1 ** -(month / 12) for value, month in months)

    def is_kept(starts):
        inside = all(s < 0 or 12 * s + data.lead[i] <= 48 for i, s in enumerate(starts))
        return inside and not verify_plan(data, placements_table(data, np.array(starts)))

    plans = sorted(itertools.product(range(-1, 4), repeat=4), key=worth, reverse=True)
    best = worth(next(starts for starts in plans if is_kept(starts)))
    plan = tp.plan_phases(study, limits, values, gap=0.0)
    assert plan.value == pytest.approx(best, rel=1e-9)
    spent = plan.budget_use.set_index("year")["used"]
    assert spent.loc[2028:2030].sum() <= 16 + 1e-6
    assert spent.sum() == pytest.approx(plan.spending["amount"].sum())


def test_a_grant_pays_only_what_it_is_tied_to(catalog, resources):
    study = catalog([("A", "s", 5, 6, 0), ("B", "t", 5, 6, 0)])
    values = pd.Series({"A": 1.0, "B": 1.0})
    assert tp.plan_phases(study, resources(funds=(money([10] * 4, only_for=["s", "B"]),)), values)
    with pytest.raises(InputError) as caught:
        tp.plan_phases(study, resources(funds=(money([10] * 4, only_for=["s", "C"]),)), values)
    words = str(caught.value)
    assert "only_for of local" in words
    assert "B" in words
    assert "C" in words


def test_people_are_needed_from_the_start_where_that_is_stated(catalog, resources, staff):
    study = catalog([("T1", "s", 5, 18, 3)])
    people = replace(staff(0), per_year={2027: 0, 2028: 3, 2029: 0, 2030: 0})
    assert tp.plan_phases(study, resources(staff=people), ONE).placements.loc["T1", "start"] == "2027-01"
    later = tp.plan_phases(study, resources(staff=people, staff_needed="from_start"), ONE)
    assert later.placements.loc["T1", "start"] == "2028-01"
    assert later.staff["period"].tolist() == ["2028-01"]


@pytest.mark.parametrize(
    ("basis", "cost"), [("mode", 4.0), ("mean", 5.0), ("P80", 10 - np.sqrt(0.2 * 9 * 6))]
)
def test_a_plan_is_made_with_the_stated_cost(catalog, resources, basis, cost):
    study = catalog([("T1", "s", 4.0, 6, 0)])
    study = replace(study, technologies=study.technologies.assign(capex_low=1.0, capex_high=10.0))
    plan = tp.plan_phases(study, resources(cost_basis=basis), ONE)
    assert plan.placements.loc["T1", "cost"] == pytest.approx(cost)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"outlays": [0.5, 0.4]}, "outlays; found shares that add up to 0.9"),
        ({"outlays": [1.5, -0.5]}, "outlays"),
        ({"carry_over": "two years"}, "carry_over"),
    ],
)
def test_money_that_cannot_be_used_is_named(settings, words):
    with pytest.raises(InputError, match=words):
        money([1, 1, 1, 1], **settings)
    with pytest.raises(InputError, match="last_year"):
        Cap(2030, 2028, 5)
