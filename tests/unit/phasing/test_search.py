"""Exchange betters a plan and breaks nothing; the search over it finds what full enumeration finds."""

import itertools

import numpy as np
import pytest

from techprio.phasing import search
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import NEVER, Minimum, PhasingModel, Prerequisite
from techprio.phasing.rows import build_rows
from techprio.phasing.search import exchanged, search_plan, settled

SEARCH = {"node_limit": 1000, "time_limit": 10.0}


def drawn(seed, count=5, periods=3):
    """A model with two limits, prerequisites (one with a choice), a minimum and what must be placed."""
    draw = np.random.default_rng(seed)
    size = draw.integers(1, 9, count).astype(float)
    load = np.zeros((2 * periods, count, periods))
    for start in range(periods):
        load[start, :, start] = size
        load[periods + start, :, start] = draw.integers(0, 3, count)
    return PhasingModel(
        ids=tuple(f"T{i}" for i in range(count)),
        gain=draw.integers(1, 9, count)[:, None] * 0.9 ** np.arange(periods),
        earliest=np.zeros(count, dtype=int),
        latest=np.full(count, periods - 1),
        limits=tuple(("budget", "local", t) for t in range(periods))
        + tuple(("staff", t) for t in range(periods)),
        load=load,
        capacity=np.append(np.full(periods, 12.0), np.full(periods, 4.0)),
        prerequisites=(Prerequisite(1, ((0, 1),)), Prerequisite(3, ((2, 0), (4, 1)))),
        minima=(Minimum(("sector minimum", "first", "s"), (3, 4), (1, 1), 1),),
        must=(0,) if seed % 2 else (),
    )


def enumerated(model):
    every = itertools.product(range(NEVER, model.periods), repeat=len(model.ids))
    plans = (np.array(starts) for starts in every)
    return [plan for plan in plans if not model.violations(plan)]


@pytest.mark.parametrize("seed", range(4))
def test_exchange_breaks_nothing_and_ends_where_no_pair_of_moves_gains(seed):
    model = drawn(seed)
    plans = enumerated(model)
    worst = min(plans, key=model.value)
    better = exchanged(model, worst, np.zeros(6))
    assert model.violations(better) == []
    assert model.value(better) > model.value(worst)
    near = [plan for plan in plans if (plan != better).sum() == 1]
    assert all(model.value(plan) <= model.value(better) + 1e-9 for plan in near)
    assert exchanged(model, worst, np.zeros(6), enough=model.value(worst)).tolist() == worst.tolist()


@pytest.mark.parametrize("seed", range(4))
def test_the_search_finds_the_best_plan_of_all(seed):
    model = drawn(seed)
    rows = build_rows(model)
    found = search_plan(model, rows, solve_rows(rows, integer=False), gap=1e-9, **SEARCH)
    assert found.objective == pytest.approx(max(map(model.value, enumerated(model))))
    assert found.bound >= found.objective - 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_every_better_plan_lies_within_the_reduced_costs_of_the_start(seed):
    model = drawn(seed)
    rows = build_rows(model)
    relaxed = solve_rows(rows, integer=False)
    plans = sorted(enumerated(model), key=model.value)
    free = []
    for start in (plans[0], plans[len(plans) // 2], plans[-1]):
        low, high = settled(rows, rows.solution(start), relaxed)
        better = [rows.solution(one) for one in plans if model.value(one) >= model.value(start) - 1e-9]
        assert all((low <= one).all() and (one <= high).all() for one in better)
        free.append(int((low < high).sum()))
    assert free[-1] < free[0]


def test_no_branch_and_bound_starts_where_list_or_exchange_is_within_the_gap(monkeypatch):
    model = drawn(2)
    rows = build_rows(model)
    relaxed = solve_rows(rows, integer=False)
    monkeypatch.setattr(search, "solve_rows", lambda *a, **k: pytest.fail("it has started"))
    found = search_plan(model, rows, relaxed, gap=0.9, **SEARCH)
    assert (found.status, found.stopped_on, found.bound) == ("optimal", "gap", relaxed.objective)
    assert model.violations(rows.starts(found.solution)) == []
