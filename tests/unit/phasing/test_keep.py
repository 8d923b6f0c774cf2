"""Fewest changes against an earlier plan, held against every plan there is."""

from dataclasses import replace

import numpy as np
import pytest

from techprio.phasing.continuous import ContinuousPlans
from techprio.phasing.keep import keep_plan
from techprio.phasing.rows import build_rows

SOLVE = {"node_limit": 20_000, "time_limit": 30.0}
HALVES = np.tile([0, 0, 1, 1], (4, 1))


def _changes(plan, earlier):
    phases = sum(_phase(plan, i) != _phase(earlier, i) for i in range(len(plan)))
    return phases, int((plan != earlier).sum())


def _phase(plan, i):
    return -1 if plan[i] < 0 else HALVES[i, plan[i]]


def _phases(plan):
    return np.array([_phase(plan, i) for i in range(len(plan))])


@pytest.mark.parametrize("seed", range(12))
def test_changes_are_the_fewest_that_enumeration_finds(seed, random_model, all_plans):
    model = random_model(seed)
    best = max(all_plans(model), key=model.value)
    tighter = replace(model, capacity=np.floor(0.7 * model.capacity))
    rows = build_rows(tighter)
    kept = keep_plan(tighter, rows, best, _phases(best), HALVES, epsilon=0.25, **SOLVE)
    allowed = all_plans(tighter)
    greatest = max(map(tighter.value, allowed))
    assert kept.bound == pytest.approx(ContinuousPlans(rows).solve()[0])
    floor = 0.75 * (greatest if kept.by_fresh else kept.bound)
    worth = [plan for plan in allowed if tighter.value(plan) >= floor - 1e-6]
    assert not tighter.violations(kept.starts)
    assert kept.is_proved
    assert (kept.phase_changes, kept.start_changes) == min(_changes(plan, best) for plan in worth)
    assert _changes(kept.starts, best) == (kept.phase_changes, kept.start_changes)


@pytest.mark.parametrize("seed", range(12))
def test_no_value_is_given_away_where_whole_plans_stay_below_the_continuous_bound(
    seed, random_model, all_plans
):
    """One that kept every start whatever it cost lost an eighth of the value at half the money."""
    model = random_model(seed)
    worst = min(all_plans(model), key=model.value)  # nothing is placed
    kept = keep_plan(model, build_rows(model), worst, _phases(worst), HALVES, epsilon=0.001, **SOLVE)
    greatest = max(map(model.value, all_plans(model)))
    assert model.value(kept.starts) >= 0.999 * greatest - 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_made_anew_stays_the_next_time(seed, random_model, all_plans):
    """Where whole plans stay far below the continuous bound, it lost a start on the same study again."""
    model = random_model(seed)
    plans = sorted(all_plans(model), key=model.value)
    own = plans[-2]  # as a plan that is made for more than its value
    kept = keep_plan(
        model, build_rows(model), own, _phases(own), HALVES, epsilon=0.001, fresh=lambda: own, **SOLVE
    )
    assert (kept.starts == own).all()
    assert kept.is_proved


def test_a_plan_that_is_good_enough_stays_as_it_is(random_model, all_plans):
    model = random_model(3)
    best = max(all_plans(model), key=model.value)
    richer = replace(model, capacity=1.05 * model.capacity)
    kept = keep_plan(richer, build_rows(richer), best, _phases(best), HALVES, epsilon=0.9, **SOLVE)
    assert (kept.starts == best).all()
    assert kept.start_changes == 0


def test_a_change_names_what_going_back_would_break(random_model, all_plans):
    model = random_model(3)
    best = max(all_plans(model), key=model.value)
    moved = int(np.flatnonzero(best >= 0)[0])
    later = replace(model, earliest=np.where(np.arange(4) == moved, best[moved] + 1, model.earliest))
    kept = keep_plan(later, build_rows(later), best, _phases(best), HALVES, epsilon=0.9, **SOLVE)
    assert ("window", model.ids[moved]) in kept.forced[moved]
