"""A pool of good plans: the feasible set does not depend on the values, so each plan serves every draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from techprio.phasing.highs import solve_rows
from techprio.phasing.lists import polish
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows, step_costs

Array = NDArray[np.float64]
#: Plans of one batch start from plans of earlier batches only: the pool does not depend on the workers.
BATCH = 8


def discounts(model: PhasingModel, values: Array) -> Array:
    """Return what one unit of value is worth from each start: (technologies, periods)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = model.gain / values[:, None]
    return np.where(values[:, None] > 0, shares, 0.0)


def worth_of(starts: NDArray[np.int64], discount: Array) -> Array:
    """Return the discount of each technology in each plan, 0 where not placed: (plans, technologies)."""
    placed = starts >= 0
    taken = discount[np.arange(starts.shape[1]), np.where(placed, starts, 0)]
    return np.where(placed, taken, 0.0)


def make_pool(
    model: PhasingModel,
    rows: Rows,
    discount: Array,
    wanted: Array,
    first: NDArray[np.int64],
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
    jobs: int | None,
) -> tuple[NDArray[np.int64], Array]:
    """Solve for each row of values and return the plans, the given one first, and the gaps.

    Parameters
    ----------
    wanted : array (plans, technologies)
        Values to solve for.
    first : array (technologies,)
        A plan that is known already.

    Returns
    -------
    starts : array (1 + plans, technologies)
    gaps : array (plans,)
    """
    pool = [first]
    gaps: list[float] = []
    for begin in range(0, len(wanted), BATCH):
        batch = wanted[begin : begin + BATCH]
        worth = worth_of(np.array(pool), discount)
        starts = [pool[int((worth @ values).argmax())] for values in batch]
        tasks = [
            (replace(model, gain=values[:, None] * discount), rows, start, gap, node_limit, time_limit)
            for values, start in zip(batch, starts, strict=True)
        ]
        for plan, found in _solved(tasks, jobs):
            pool.append(plan)
            gaps.append(found)
    return np.array(pool), np.array(gaps)


def _solved(
    tasks: Sequence[tuple[PhasingModel, Rows, NDArray[np.int64], float, int, float]], jobs: int | None
) -> Iterator[tuple[NDArray[np.int64], float]]:
    if jobs == 1:
        yield from (solve_for(*task) for task in tasks)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs)(delayed(solve_for)(*task) for task in tasks)


def solve_for(
    model: PhasingModel,
    rows: Rows,
    start: NDArray[np.int64],
    gap: float,
    node_limit: int,
    time_limit: float,
) -> tuple[NDArray[np.int64], float]:
    """Solve for the values of a model, from a plan that is known; return the plan and its gap."""
    solved = solve_rows(
        rows,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        start=rows.solution(start),
        cost=step_costs(model),
    )
    found = start if solved.solution is None else rows.starts(solved.solution)
    plan = polish(model, found)
    value = model.value(plan)
    return plan, max(solved.bound, value) / value - 1 if value > 0 else 0.0
