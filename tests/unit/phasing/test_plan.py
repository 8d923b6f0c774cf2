"""Plans that can be counted by hand: dates, money, people, prerequisites, decisions, reasons."""

import itertools

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InfeasibleError, InputError
from techprio.language import text
from techprio.phasing.data import read_data
from techprio.phasing.months import month_number
from techprio.phasing.plan_tables import placements_table
from techprio.phasing.verify import verify_plan


def placed(plan, name):
    row = plan.placements.loc[name]
    return row["start"], row["operational"], row["phase"]


def reason(plan, name):
    return plan.reasons[name].render("en")


def plan_of(catalog, resources, values, **options):
    return tp.plan_phases(catalog, resources, pd.Series(values, dtype=float), gap=0.0, **options)


def test_horizon_and_phase_count_the_month_of_the_start(catalog, resources):
    """24 months from 2027-01 end in 2028-12: still the first phase; 48 months still fit."""
    plan = plan_of(catalog([("A", "s", 0, 24, 0), ("B", "s", 0, 48, 0)]), resources(), {"A": 1, "B": 1})
    assert placed(plan, "A") == ("2027-01", "2028-12", "first")
    assert placed(plan, "B") == ("2027-01", "2030-12", "second")
    assert not plan.placements.loc["A", "straddles"]
    assert plan.placements.loc["B", "straddles"]
    assert reason(plan, "A") == "as early as possible"


def test_lead_beyond_the_horizon_is_refused_with_its_months(catalog, resources):
    plan = plan_of(catalog([("A", "s", 0, 49, 0)]), resources(), {"A": 1})
    assert plan.unplaced == ("A",)
    assert "takes 49 months" in reason(plan, "A")
    assert plan.value == plan.bound == plan.gap == 0


def test_money_is_spent_evenly_over_the_lead(catalog, resources):
    technologies = catalog([("A", "s", 9, 9, 0)])
    plan = plan_of(technologies, resources(fixed_start={"A": "2028-01"}), {"A": 1})
    assert plan.spending.to_dict("records") == [
        {"technology": "A", "period": "2028-01", "fund": "local", "amount": pytest.approx(6.0)},
        {"technology": "A", "period": "2028-07", "fund": "local", "amount": pytest.approx(3.0)},
    ]
    assert reason(plan, "A") == "start fixed by decision"


def test_status_shortens_the_lead_and_a_lead_of_zero_pays_at_the_start(catalog, resources):
    technologies = catalog([("A", "s", 4, 15, 0), ("B", "s", 4, 15, 0)])
    technologies.technologies["status"] = ["partial", "operational"]
    plan = plan_of(technologies, resources(), {"A": 1, "B": 1})
    assert plan.placements["lead_months"].tolist() == [8, 0]
    assert placed(plan, "B") == ("2027-01", "2027-01", "first")
    assert plan.spending[plan.spending["technology"] == "B"]["period"].tolist() == ["2027-01"]
    assert reason(plan, "B") == "already operational"


def test_unspent_money_stays_inside_its_phase(catalog, resources, fund):
    """A costs 18 within a year: the second year of a phase can pay it with carry-over only."""
    technologies = catalog([("A", "s", 18, 6, 0)])
    carried = plan_of(technologies, resources(), {"A": 1})
    assert placed(carried, "A")[0] == "2028-01"
    assert reason(carried, "A").startswith("budget local 2027")
    rigid = plan_of(technologies, resources(funds=(fund(10, carry_over="none"),)), {"A": 1})
    assert rigid.unplaced == ("A",)
    assert reason(rigid, "A").startswith("can never be paid: by 2027 it needs 18 of budget local")
    across = catalog([("A", "s", 30, 6, 0)])
    assert plan_of(across, resources(), {"A": 1}).unplaced == ("A",)
    whole = plan_of(across, resources(funds=(fund(10, carry_over="whole horizon"),)), {"A": 1})
    assert placed(whole, "A")[0] == "2029-01"


def test_soft_limit_is_told_and_does_not_bind(catalog, resources, fund):
    plan = plan_of(catalog([("A", "s", 18, 6, 0)]), resources(funds=(fund(10, hard=False),)), {"A": 1})
    assert placed(plan, "A")[0] == "2027-01"
    assert [str(warning) for warning in plan.notes] == [
        "budget local is exceeded by 8 billion VND at the end of 2027; the limit is soft",
        "no outlays by year are stated: costs are taken as spent evenly over the lead time",
        "a single cost, without a spread: 1 of 1 technologies",
    ]


def test_staff_binds_from_the_year_of_operation_on(catalog, resources, staff):
    technologies = catalog([("A", "s", 0, 12, 5), ("B", "s", 0, 12, 5)])
    plan = plan_of(technologies, resources(staff=staff(5)), {"A": 2, "B": 1})
    assert placed(plan, "A")[1] == "2027-12"
    assert placed(plan, "B") == ("2027-07", "2028-06", "first")
    assert reason(plan, "B") == "staff 2027: a start in 2027-01 lacks 5 people"
    assert plan.staff_use["needed"].tolist() == [5, 10, 10, 10]
    assert plan.staff_use["available"].tolist() == [5, 10, 15, 20]


def test_staff_that_does_not_accumulate(catalog, resources, staff):
    technologies = catalog([("A", "s", 0, 12, 8), ("B", "s", 0, 12, 8)])
    plan = plan_of(technologies, resources(staff=staff(8, accumulates=False)), {"A": 2, "B": 1})
    assert plan.staff_use["needed"].tolist() == [8, 8, 0, 0]


@pytest.mark.parametrize(
    ("timing", "lag", "start"),
    [("FS", 0, "2028-01"), ("FS", 3, "2028-07"), ("FF", 3, "2027-07"), ("FF", 9, "2028-01")],
)
def test_timing_of_prerequisites(catalog, resources, timing, lag, start):
    """A runs after 12 months, B takes 9: FS waits for 12 + lag, FF for 12 + lag - 9."""
    needs = [{"technology": "B", "requires": "A", "kind": "hard", "timing": timing, "lag_months": lag}]
    plan = plan_of(
        catalog([("A", "s", 0, 12, 0), ("B", "s", 0, 9, 0)], needs), resources(), {"A": 0.1, "B": 1}
    )
    assert placed(plan, "B")[0] == start
    assert reason(plan, "B") == "waits for A (operational 2027-12)"


def test_dependent_with_a_long_lead_may_start_first(catalog, resources):
    needs = [{"technology": "B", "requires": "A", "kind": "hard", "timing": "FF", "lag_months": 0}]
    technologies = catalog([("A", "s", 0, 6, 0), ("B", "s", 0, 24, 0)], needs)
    plan = plan_of(technologies, resources(fixed_start={"A": "2028-07"}), {"A": 1, "B": 1})
    assert placed(plan, "B") == ("2027-01", "2028-12", "first")


def test_one_of_two_is_enough(catalog, resources):
    needs = [
        {"technology": "C", "requires": other, "kind": "hard", "timing": "FS", "lag_months": 0, "one_of": "g"}
        for other in ("A", "B")
    ]
    technologies = catalog([("A", "s", 100, 6, 0), ("B", "s", 5, 12, 0), ("C", "s", 1, 6, 0)], needs)
    plan = plan_of(technologies, resources(), {"A": 1, "B": 0.1, "C": 1})
    assert plan.unplaced == ("A",)
    assert reason(plan, "C") == "waits for B (operational 2027-12)"


def test_readiness(catalog, resources):
    technologies = catalog([("A", "s", 0, 6, 0)])
    technologies.technologies["trl_local"] = 5
    plan = plan_of(technologies, resources(earliest_start_months={5: 12}), {"A": 1})
    assert placed(plan, "A")[0] == "2028-01"
    assert reason(plan, "A") == "readiness: level 5 allows work from 2028-01"


def test_screened_technology_takes_its_dependents_along(catalog, resources):
    needs = [{"technology": "B", "requires": "A", "kind": "hard", "timing": "FS", "lag_months": 0}]
    technologies = catalog([("A", "s", 0, 6, 0), ("B", "s", 0, 6, 0)], needs)
    plan = plan_of(technologies, resources(), {"A": 1, "B": 1}, excluded={"A": text("left out by decision")})
    assert plan.unplaced == ("A", "B")
    assert reason(plan, "A") == "screened out: left out by decision"
    assert reason(plan, "B") == "needs A, which cannot be placed: screened out: left out by decision"


def test_chain_that_does_not_fit_is_told_as_a_chain(catalog, resources):
    needs = [
        {"technology": after, "requires": before, "kind": "hard", "timing": "FS", "lag_months": 0}
        for before, after in (("A", "B"), ("B", "C"))
    ]
    technologies = catalog([(name, "s", 0, 24, 0) for name in "ABC"], needs)
    plan = plan_of(technologies, resources(), {"A": 1, "B": 1, "C": 1})
    assert plan.unplaced == ("C",)
    assert "the chain A - B - C leads to 2032-12" in reason(plan, "C")


def test_refusal_names_the_least_extra_and_it_is_true(catalog, resources, fund):
    technologies = catalog([("A", "s", 18, 6, 0), ("B", "s", 18, 6, 0), ("C", "s", 10, 6, 0)])
    plan = plan_of(technologies, resources(), {"A": 3, "B": 2, "C": 1})
    assert plan.unplaced == ("C",)
    room = "8 billion VND of budget local in 2027"
    assert reason(plan, "C") == f"no room: {room} more would place it from 2027-01"
    more = resources(funds=(fund(10),))
    more.funds[0].per_year[2027] = 18.0
    assert not plan_of(technologies, more, {"A": 3, "B": 2, "C": 1}).unplaced


def test_refusal_names_the_missing_prerequisite(catalog, resources):
    needs = [{"technology": "B", "requires": "A", "kind": "hard", "timing": "FS", "lag_months": 0}]
    technologies = catalog(
        [("A", "s", 19, 6, 0), ("B", "s", 1, 6, 0), ("C", "s", 19, 6, 0), ("D", "s", 19, 6, 0)], needs
    )
    plan = plan_of(technologies, resources(), {"A": 0.1, "B": 0.1, "C": 5, "D": 5})
    assert plan.unplaced == ("A", "B")
    assert reason(plan, "B") == "needs A, which is not placed"


def test_decisions(catalog, resources):
    technologies = catalog([(name, "s", 6, 6, 0) for name in "ABCD"])
    decided = resources(must=("A",), must_not=("B",), exclusive=(("C", "D"),))
    plan = plan_of(technologies, decided, {"A": 0, "B": 9, "C": 2, "D": 1})
    assert plan.unplaced == ("B", "D")
    assert reason(plan, "B") == "left out by decision"
    assert reason(plan, "D") == "excluded by C, which is placed"


def test_sector_minimum_brings_a_weak_sector_in(catalog, resources):
    technologies = catalog([("A", "s", 20, 6, 0), ("B", "t", 20, 6, 0)])
    strong = plan_of(technologies, resources(), {"A": 5, "B": 1})
    assert placed(strong, "A")[2] == "first"
    plan = plan_of(technologies, resources(sector_minimum={"second": 1}), {"A": 5, "B": 1})
    assert not plan.unplaced


def test_bundle_starts_in_one_period(catalog, resources):
    needs = [
        {"technology": one, "requires": two, "kind": "hard", "timing": "FS", "lag_months": 0}
        for one, two in (("A", "B"), ("B", "A"))
    ]
    technologies = catalog([("A", "s", 8, 6, 0), ("B", "s", 8, 12, 0)], needs)
    technologies.technologies["trl_local"] = [9, 5]
    plan = plan_of(technologies, resources(earliest_start_months={5: 12}), {"A": 1, "B": 1}, cycles="bundle")
    assert placed(plan, "A")[0] == placed(plan, "B")[0] == "2028-01"
    assert reason(plan, "A").startswith("starts together with B: readiness")


def test_clash_is_named(catalog, resources):
    technologies = catalog([("A", "s", 20, 6, 0), ("B", "s", 20, 6, 0), ("C", "s", 1, 6, 0)])
    wanted = resources(fixed_start={"A": "2028-01", "B": "2028-01"})
    with pytest.raises(InfeasibleError) as error:
        plan_of(technologies, wanted, {"A": 1, "B": 1, "C": 1})
    said = str(error.value)
    assert "must A" in said
    assert "must B" in said
    assert "budget local 2028" in said
    assert "C" not in said.replace("no plan can", "")


@pytest.mark.parametrize("objective", ["value", "priority"])
def test_a_minimum_without_money_names_the_money(catalog, resources, fund, objective):
    """Budgets of 0 were told as a clash of the minimum with itself."""
    study = catalog([("A", "s", 5, 6, 0), ("B", "t", 0, 6, 0)])
    limits = resources(funds=(fund(0),), sector_minimum={"first": 1}, objective=objective)
    with pytest.raises(InfeasibleError) as caught:
        tp.plan_phases(study, limits, pd.Series({"A": 1.0, "B": 1.0}))
    assert "sector minimum first s" in str(caught.value)
    assert "budget local 2028" in str(caught.value)
    assert "the least extra that opens it: 5 billion VND of budget local in 2027" in str(caught.value)
    assert ("sector minimum", "first", "s") in caught.value.rules


def test_fixed_start_before_its_prerequisite(catalog, resources):
    needs = [{"technology": "B", "requires": "A", "kind": "hard", "timing": "FS", "lag_months": 0}]
    technologies = catalog([("A", "s", 0, 12, 0), ("B", "s", 0, 6, 0)], needs)
    with pytest.raises(InfeasibleError, match="fixed_start of B in 2027-01"):
        plan_of(technologies, resources(fixed_start={"B": "2027-01"}), {"A": 1, "B": 1})
    late = resources(fixed_start={"A": "2029-01", "B": "2028-01"})
    with pytest.raises(InfeasibleError) as error:
        plan_of(technologies, late, {"A": 1, "B": 1})
    assert "B needs A" in str(error.value) or "fixed_start of B" in str(error.value)


def test_every_fault_at_once(catalog, resources, fund):
    wrong = {"fixed_start": {"A": "2027-02"}, "sector_minimum": {"third": 1}}
    for make, parts in (
        (lambda: fund(-5), ["per_year of 2027; found -5.0; allowed: a number from 0 on"]),
        (lambda: resources(discount_rate=8), ["discount_rate"]),
        (
            lambda: catalog([("A", "s", 1, 6, 0), ("B", "s", -1, 6, 0)]),
            ["technologies, B, capex_mode; found -1"],
        ),
        (
            lambda: resources(**wrong),
            [
                "fixed_start of A; found 2027-02; allowed: the start of a period",
                "proposal: nearest: 2027-01, 2027-07",
                "sector_minimum; found 'third'; allowed: first, second",
            ],
        ),
    ):
        with pytest.raises(InputError) as error:
            make()
        for part in parts:
            assert part in str(error.value)
    technologies = catalog([("A", "s", 1, 6, 0), ("B", "s", 1, 6, 0)])
    technologies.technologies["fund_programme"] = 0.5
    with pytest.raises(InputError) as error:
        plan_of(
            technologies,
            resources(must=("Z",)),
            {"A": 1, "B": 1},
            excluded={"Y": text("left out by decision")},
        )
    for part in (
        "must; found 'Z'; allowed: A, B",
        "fund_programme; found money of A from a source without a budget; allowed: fund_local",
        "excluded; found 'Y'; allowed: A, B",
    ):
        assert part in str(error.value)


def test_missing_years_and_contradicting_decisions(resources, fund):
    short = fund(5)
    del short.per_year[2029]
    with pytest.raises(InputError, match="budget local; found no amount for 2029"):
        resources(funds=(short,))
    with pytest.raises(InputError) as error:
        resources(must=("A", "B"), must_not=("A",), exclusive=(("A", "B"),))
    assert "must_not; found A, which is wanted as well" in str(error.value)
    assert "exclusive; found A, B are wanted; allowed: at most one of A, B" in str(error.value)


@pytest.mark.parametrize("option", [{"gap": -1}, {"node_limit": 0}, {"time_limit": 0}])
def test_options_that_cannot_be_used(catalog, resources, option):
    with pytest.raises(InputError, match=next(iter(option))):
        tp.plan_phases(catalog([("A", "s", 1, 6, 0)]), resources(), pd.Series({"A": 1.0}), **option)


def random_study(generator, catalog, resources, fund, staff):
    names = list("ABCDE")
    rows = [
        (
            name,
            str(generator.choice(["s", "t"])),
            float(generator.integers(0, 15)),
            int(generator.integers(0, 20)),
            1,
        )
        for name in names
    ]
    needs = [
        {
            "technology": names[after],
            "requires": names[before],
            "kind": "hard",
            "timing": str(generator.choice(["FS", "FF"])),
            "lag_months": int(generator.integers(0, 7)),
            "one_of": "g" if generator.random() < 0.3 else "",
        }
        for after in range(5)
        for before in range(after)
        if generator.random() < 0.3
    ]
    rule = str(generator.choice(["within phase", "none", "whole horizon"]))
    limits = resources(
        end="2028-12",
        funds=(fund(10, carry_over=rule),),
        staff=staff(2, accumulates=bool(generator.random() < 0.7)),
        exclusive=(("A", "C"),) if generator.random() < 0.3 else (),
    )
    values = pd.Series(generator.random(5).round(3), index=names)
    return catalog(rows, needs), limits, values


@pytest.mark.parametrize("seed", range(8))
def test_best_plan_equals_enumeration(seed, catalog, resources, fund, staff):
    """All plans of 5 technologies in 4 half-years, judged by the code that knows no solver."""
    study, limits, values = random_study(np.random.default_rng(seed), catalog, resources, fund, staff)
    plan = tp.plan_phases(study, limits, values, gap=0.0)
    data = read_data(study, limits, values, excluded={})

    def worth(starts):
        months = [(values.iloc[i], 6 * s + int(data.lead[i])) for i, s in enumerate(starts) if s >= 0]
        return sum(value * 1.1 ** -(month / 12) for value, month in months)

    def is_kept(starts):
        end = month_number(limits.end)
        late = any(s >= 0 and data.operational_number(i, s) > end for i, s in enumerate(starts))
        return not late and not verify_plan(data, placements_table(data, np.array(starts)))

    plans = sorted(itertools.product(range(-1, 4), repeat=5), key=worth, reverse=True)
    best = worth(next(starts for starts in plans if is_kept(starts)))
    assert plan.value == pytest.approx(best, rel=1e-9)
    assert plan.bound == pytest.approx(best, rel=1e-6)


def test_same_plan_on_every_run(catalog, resources, fund, staff):
    study, limits, values = random_study(np.random.default_rng(7), catalog, resources, fund, staff)
    one, two = (tp.plan_phases(study, limits, values) for _ in range(2))
    assert one.to_frame().equals(two.to_frame())
    assert one.spending.equals(two.spending)
    assert (one.value, one.bound) == (two.value, two.bound)
