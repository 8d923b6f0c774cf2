"""What another placement costs, held against every plan there is."""

import numpy as np
import pytest

from techprio.phasing.placement_costs import option_costs
from techprio.phasing.rows import build_rows

HALVES = np.tile([0, 0, 1, 1], (4, 1))
SOLVE = {"gap": 1e-6, "node_limit": 20_000, "time_limit": 30.0}


def _options(plan):
    return [2 if start < 0 else HALVES[i, start] for i, start in enumerate(plan)]


def _true_losses(model, plans):
    best = max(map(model.value, plans))
    losses = np.full((len(model.ids), 3), np.inf)
    for plan in plans:
        for i, option in enumerate(_options(plan)):
            losses[i, option] = min(losses[i, option], best - model.value(plan))
    return losses


@pytest.mark.parametrize("seed", range(10))
def test_every_interval_holds_the_loss_that_enumeration_finds(seed, random_model, all_plans):
    model = random_model(seed)
    plans = all_plans(model)
    true = _true_losses(model, plans)
    start = max(plans, key=model.value)
    found = option_costs(model, build_rows(model), HALVES, 2, [start], np.full(4, 1.0), **SOLVE)
    assert (found.low <= true + 1e-6).all()
    assert (found.high >= true - 1e-6).all()
    assert found.best == pytest.approx(model.value(start))
    assert found.stopped == 0


@pytest.mark.parametrize("seed", range(10))
def test_every_question_is_settled_on_one_side_of_the_tolerance(seed, random_model, all_plans):
    model = random_model(seed)
    start = max(all_plans(model), key=model.value)
    tolerance = np.full(4, 1.0)
    found = option_costs(model, build_rows(model), HALVES, 2, [start], tolerance, **SOLVE)
    settled = (found.low >= tolerance[:, None] - 1e-6) | (found.high <= tolerance[:, None] + 1e-6)
    assert settled.all()


def test_workers_change_nothing(random_model, all_plans):
    model = random_model(5)
    start = max(all_plans(model), key=model.value)
    one, two = (
        option_costs(model, build_rows(model), HALVES, 2, [start], np.full(4, 0.5), jobs=jobs, **SOLVE)
        for jobs in (1, 2)
    )
    assert (one.low == two.low).all()
    assert (one.high == two.high).all()
