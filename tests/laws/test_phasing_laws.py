"""What must hold for every plan: limits, and what more money or fewer rules can do."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.language import NO_LABEL
from techprio.model.catalog import Catalog, Sector
from techprio.model.resources import Decisions, Fund, Phase, Resources, Staff

YEARS = range(2027, 2031)
PHASES = (Phase("first", 2027, 2028), Phase("second", 2029, 2030))
EDGE = ["technology", "requires", "kind", "timing", "lag_months", "share", "one_of", "confidence"]

# Each example is a few integer programmes: 25 of them keep the suite short, the night takes 400.
quick = settings(max_examples=25, deadline=None, derandomize=True)
long = settings(max_examples=400, deadline=None)


@st.composite
def questions(draw):
    """A small study with two funds, staff, prerequisites and decisions."""
    count = draw(st.integers(2, 8))
    names = [f"T{number}" for number in range(count)]
    whole = st.integers(0, 12)
    frame = pd.DataFrame(
        {
            "sector": [draw(st.sampled_from(["s", "t"])) for _ in names],
            "capex_mode": [float(draw(whole)) for _ in names],
            "lead_mode": [float(draw(st.integers(0, 30))) for _ in names],
            "staff": [float(draw(st.integers(0, 3))) for _ in names],
            "trl_local": [draw(st.sampled_from([3, 6, 9])) for _ in names],
            "status": [draw(st.sampled_from(["none", "partial", "operational"])) for _ in names],
            "function": "production_or_application",
            "fund_local": [draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in names],
        },
        index=pd.Index(names, name="id"),
    )
    frame["fund_other"] = 1 - frame["fund_local"]
    edges = [
        (
            names[after], names[before], draw(st.sampled_from(["hard", "hard", "soft"])),
            draw(st.sampled_from(["FS", "FF"])), draw(st.integers(0, 7)), np.nan, "", np.nan,
        )
        for after in range(count) for before in range(after) if draw(st.integers(0, 3)) == 0
    ]  # fmt: skip
    sectors = tuple(Sector(code, NO_LABEL) for code in dict.fromkeys(frame["sector"]))
    catalog = Catalog(None, sectors, frame, pd.DataFrame(), pd.DataFrame(edges, columns=EDGE))
    rule = st.sampled_from(["within phase", "none", "whole horizon"])
    funds = tuple(
        Fund(name, NO_LABEL, {year: float(draw(whole)) for year in YEARS}, carry_over=draw(rule))
        for name in ("local", "other")
    )
    limits = Resources(
        id="small", start="2027-01", end="2030-12", phases=PHASES, funds=funds,
        staff=Staff(NO_LABEL, {year: float(draw(st.integers(0, 3))) for year in YEARS}),
        discount_rate=0.1, objective="value", lead_factor={"none": 1.0, "partial": 0.5, "operational": 0.0},
        earliest_start_months={3: 18, 6: 6},
        decisions=Decisions(exclusive=((names[0], names[1]),) if draw(st.booleans()) else ()),
    )  # fmt: skip
    values = pd.Series([draw(st.integers(0, 20)) / 10 for _ in names], index=names)
    return catalog, limits, values


def _each_plan_keeps_its_limits(question):
    catalog, limits, values = question
    plan = tp.plan_phases(catalog, limits, values)
    placed = plan.placements[plan.placements["placed"]]
    _money(plan, placed, limits)
    _people(placed, catalog, limits)
    _prerequisites(placed, catalog)
    for group in limits.decisions.exclusive:
        assert sum(name in placed.index for name in group) <= 1
    ready = {3: 18, 6: 6, 9: 0}
    for name, row in placed.iterrows():
        assert (
            _month(row["start"]) - _month(limits.start) >= ready[catalog.technologies.loc[name, "trl_local"]]
        )
        assert _month(row["operational"]) <= _month(limits.end)
        years = next(phase for phase in PHASES if phase.id == row["phase"])
        assert years.first_year <= int(row["operational"][:4]) <= years.last_year
    assert plan.value <= plan.bound + 1e-9
    assert all(plan.reasons[name].render("vi") for name in catalog.technologies.index)


def _month(month):
    return 12 * int(month[:4]) + int(month[5:])


def _money(plan, placed, limits):
    """The spending that leaves the house, year by year, against the money that was there."""
    spent = plan.spending.assign(year=plan.spending["period"].astype(str).str[:4].astype(int))
    assert spent["amount"].sum() == pytest.approx(placed["cost"].sum())
    for fund in limits.funds:
        used = spent[spent["fund"] == fund.id].groupby("year")["amount"].sum()
        purse = 0.0
        for year in YEARS:
            fresh = fund.carry_over == "none" or (fund.carry_over == "within phase" and year == 2029)
            purse = (0.0 if fresh else purse) + fund.per_year[year] - used.get(year, 0.0)
            assert purse >= -1e-6, (fund.id, year)


def _people(placed, catalog, limits):
    """People trained so far against those that what is in operation needs."""
    needed = catalog.technologies["staff"].reindex(placed.index)
    running = placed["operational"].str[:4].astype(int)
    for year in YEARS:
        trained = sum(limits.staff.per_year[one] for one in YEARS if one <= year)
        assert needed[running <= year].sum() <= trained + 1e-6, year


def _prerequisites(placed, catalog):
    lead = placed["lead_months"]
    for edge in catalog.dependencies[catalog.dependencies["kind"] == "hard"].itertuples():
        if edge.technology not in placed.index:
            continue
        assert edge.requires in placed.index, edge
        begun = _month(placed.loc[edge.technology, "start"])
        reached = begun + (lead[edge.technology] if edge.timing == "FF" else 0)
        ended = _month(placed.loc[edge.requires, "start"]) + lead[edge.requires]
        assert reached >= ended + edge.lag_months, edge


@given(questions())
@quick
def test_no_plan_breaks_a_limit(question):
    _each_plan_keeps_its_limits(question)


@given(questions(), st.sampled_from(["priority", "counts"]))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_no_canonical_plan_breaks_a_limit(question, objective):
    """And each count that is printed as proved is one that the plan does not pass."""
    catalog, limits, values = question
    limits = replace(limits, objective=objective)
    _each_plan_keeps_its_limits((catalog, limits, values))
    counts = tp.plan_phases(catalog, limits, values).priorities.counts
    assert (counts["reached"] <= counts["most"]).all()
    assert (counts["most"] <= counts["possible"]).all()


@pytest.mark.nightly
@given(questions())
@long
def test_no_plan_breaks_a_limit_in_many_more(question):
    _each_plan_keeps_its_limits(question)


@given(questions(), st.sampled_from(["local", "other"]), st.sampled_from(YEARS), st.integers(1, 10))
@quick
def test_more_money_never_lowers_the_optimum(question, fund, year, extra):
    catalog, limits, values = question
    richer = tuple(
        replace(one, per_year={**one.per_year, year: one.per_year[year] + extra}) if one.id == fund else one
        for one in limits.funds
    )
    before = tp.plan_phases(catalog, limits, values, gap=0.0).value
    after = tp.plan_phases(catalog, replace(limits, funds=richer), values, gap=0.0).value
    assert after >= before - 1e-9


@given(questions())
@quick
def test_dropping_prerequisites_never_lowers_the_optimum(question):
    catalog, limits, values = question
    before = tp.plan_phases(catalog, limits, values, gap=0.0).value
    for row in catalog.dependencies.index[:2]:
        free = replace(catalog, dependencies=catalog.dependencies.drop(index=row))
        assert tp.plan_phases(free, limits, values, gap=0.0).value >= before - 1e-9
    free = replace(catalog, dependencies=catalog.dependencies.iloc[:0])
    assert tp.plan_phases(free, limits, values, gap=0.0).value >= before - 1e-9


@given(questions())
@quick
def test_a_technology_ruled_out_never_raises_the_optimum(question):
    catalog, limits, values = question
    before = tp.plan_phases(catalog, limits, values, gap=0.0).value
    ruled_out = replace(limits, decisions=replace(limits.decisions, must_not=(values.index[0],)))
    plan = tp.plan_phases(catalog, ruled_out, values, gap=0.0)
    assert plan.value <= before + 1e-9
    assert values.index[0] in plan.unplaced


@given(questions(), st.integers(2, 9))
@quick
def test_the_unit_of_the_values_changes_nothing(question, unit):
    catalog, limits, values = question
    one = tp.plan_phases(catalog, limits, values, gap=0.0)
    other = tp.plan_phases(catalog, limits, values * unit, gap=0.0)
    assert other.value == pytest.approx(one.value * unit, rel=1e-9, abs=1e-9)
    assert other.bound == pytest.approx(one.bound * unit, rel=1e-6, abs=1e-6)


@given(questions(), st.randoms(use_true_random=False))
@quick
def test_the_order_of_the_file_changes_no_optimum(question, random):
    catalog, limits, values = question
    order = list(values.index)
    random.shuffle(order)
    shuffled = replace(catalog, technologies=catalog.technologies.loc[order])
    one = tp.plan_phases(catalog, limits, values, gap=0.0)
    other = tp.plan_phases(shuffled, limits, values, gap=0.0)
    assert other.value == pytest.approx(one.value, rel=1e-9, abs=1e-9)
