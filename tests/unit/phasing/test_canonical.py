"""The mean of continuous plans, the whole plan next to it, and what is filled in."""

import numpy as np
import pytest
from scipy.stats import qmc

from techprio.phasing.canonical import (
    MOST_KEPT,
    SEED,
    filled,
    limit_factors,
    mean_plan,
    near_order,
    nearest_plan,
    sobol_points,
)
from techprio.phasing.priority import with_most
from techprio.phasing.rows import build_rows

SOLVE = {"node_limit": 20_000, "time_limit": 30.0}


def _distance(rows, plan, mean, weights):
    return float(weights @ [abs(rows.solution(plan) - mean)[columns].sum() for columns in _columns(rows)])


def _columns(rows):
    return [slice(first, first + width) for first, width in zip(rows.first, rows.width, strict=True)]


@pytest.mark.parametrize("seed", range(8))
def test_no_plan_is_closer_to_the_mean(seed, random_model, all_plans):
    model = random_model(seed)
    rows = build_rows(model)
    mean = mean_plan(rows, limit_factors(rows.names))
    weights = np.array([8.0, 3.0, 1.0, 3.0])
    solved = nearest_plan(model, rows, mean.solution, weights, **SOLVE)
    found = _distance(rows, rows.starts(solved.solution), mean.solution, weights)
    least = min(_distance(rows, plan, mean.solution, weights) for plan in all_plans(model))
    assert found <= least + 5e-3  # the tie by id weighs a thousandth of a column


def test_every_fund_and_the_staff_has_one_factor_at_a_point(random_model):
    names = build_rows(random_model(0)).names
    factors = limit_factors(names)
    assert factors.shape == (128, len(names))
    local = [row for row, name in enumerate(names) if name[:2] == ("budget", "local")]
    assert (factors[:, local] == factors[:, local[:1]]).all()
    scaled = [row for row, name in enumerate(names) if name[0] in ("budget", "staff")]
    assert factors[:, scaled].min() >= 0.9
    assert factors[:, scaled].max() <= 1.1
    assert abs(factors[:, scaled].mean(axis=0) - 1).max() < 1e-3
    others = [row for row in range(len(names)) if row not in scaled]
    assert (factors[:, others] == 1).all()


@pytest.mark.parametrize("groups", range(1, MOST_KEPT + 2))
def test_the_points_of_the_limits_are_the_scrambled_ones_of_scipy(groups):
    points = qmc.Sobol(groups, scramble=True, seed=SEED).random(128)
    assert (sobol_points(groups, 128) == points).all()
    assert (sobol_points(groups, 32) == points[:32]).all()


def test_what_is_left_out_is_added_and_nobody_moves(random_model):
    model = random_model(1, tight=2.0)
    before = np.array([-1, int(model.earliest[1]) + 1, -1, -1])
    after = filled(model, before, [3, 2, 0])
    assert (after[before >= 0] == before[before >= 0]).all()
    assert (after >= 0).all(), "the money is enough for all; the prerequisite comes with what needs it"
    assert not model.violations(after)


@pytest.mark.parametrize("seed", range(8))
def test_the_first_group_counts_before_the_second(seed, random_model, all_plans):
    model = random_model(seed)
    rows = build_rows(model)
    last = np.full(4, 1)
    groups = [([0, 2], last), ([1, 3], last)]

    def counts(plan):
        return [sum(0 <= plan[i] <= 1 for i in members) for members, _ in groups]

    held = with_most(model, rows, groups, **SOLVE)
    solved = nearest_plan(model, held, np.zeros(len(rows.cost)), np.ones(4), **SOLVE)
    plan = rows.starts(solved.solution)
    assert not model.violations(plan)
    assert counts(plan) == max(counts(other) for other in all_plans(model))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_limits_does_not_move_the_mean(seed, random_model):
    rows = build_rows(random_model(seed))
    factors = limit_factors(rows.names)
    order = near_order(factors)
    assert sorted(order) == list(range(len(factors)))
    steps = np.abs(np.diff(factors[order], axis=0)).sum()
    assert steps < 0.5 * np.abs(np.diff(factors, axis=0)).sum()
    turned = np.random.default_rng(seed).permutation(len(factors))
    assert mean_plan(rows, factors[turned]).solution == pytest.approx(
        mean_plan(rows, factors).solution, abs=1e-9
    )


def test_no_limits_have_an_order_too():
    assert near_order(np.ones((3, 4))) == [0, 1, 2]
    assert near_order(np.ones((0, 4))) == []
