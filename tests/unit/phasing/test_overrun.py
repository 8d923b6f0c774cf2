"""Soft limits are passed by the least that lets a plan exist."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from techprio.phasing.model import Minimum
from techprio.phasing.overrun import cap_soft_limits
from techprio.phasing.rows import build_rows

SOLVE = {"node_limit": 20_000, "time_limit": 30.0}


def _demanding(model, count):
    """Ask for some technologies whatever the money: all limits are soft."""
    return replace(model, minima=(Minimum(("sector minimum", "first", "s"), (0, 1, 2, 3), (3,) * 4, count),))


def _groups(model):
    return {name: (name[0], name[1] if name[0] == "budget" else "") for name in model.limits}


def test_limits_that_can_be_kept_are_kept(random_model):
    model = random_model(2, tight=2.0)
    found = cap_soft_limits(model, build_rows(model), _groups(model), **SOLVE)
    assert found.amounts == {}
    assert (found.model.capacity == model.capacity).all()


@pytest.mark.parametrize("seed", range(8))
def test_people_then_money_are_the_least_that_enumeration_finds(seed, random_model):
    model = _demanding(random_model(seed, tight=0.4), 3)
    found = cap_soft_limits(model, build_rows(model), _groups(model), **SOLVE)
    free = replace(model, capacity=np.full(len(model.limits), 1e6))
    spans = [[-1, *range(a, b + 1)] for a, b in zip(model.earliest, model.latest, strict=True)]
    plans = [np.array(plan) for plan in itertools.product(*spans)]
    passed = [_passed(model, plan) for plan in plans if not free.violations(plan)]
    least = min(passed)
    people = sum(amount for group, amount in found.amounts.items() if group[0] == "staff")
    money = sum(amount for group, amount in found.amounts.items() if group[0] == "budget")
    assert (people, money) == pytest.approx(least, abs=1e-4)


def _passed(model, plan):
    over = np.maximum(model.used(plan) - model.capacity, 0)
    most = {}
    for name, amount in zip(model.limits, over, strict=True):
        group = _groups(model)[name]
        most[group] = max(most.get(group, 0.0), float(amount))
    money = sum(amount for group, amount in most.items() if group[0] == "budget")
    return most[("staff", "")], money
