r"""The plan that stands still: the whole plan closest to the mean of many continuous plans.

Near the best value there are very many plans, and which of them a solver returns turns on the last digit of
the input. The mean :math:`\bar z` of the continuous plans under limits drawn around the stated ones (every
fund and the staff scaled by 1 ± 10 %, the same Sobol points every time) moves little when an input moves
little. The canonical plan is the whole plan under the true limits that is closest to it,

.. math:: \max_z \sum_i w_i \sum_t z_{it} (2 \bar z_{it} - 1),

where :math:`z_{it} = 1` when technology i has started by period t and :math:`w_i` is its weight: a weighted
:math:`L_1` projection, in which a start before the mean one counts a little for itself. What it leaves
out is then added by rank at the earliest start that fits; nobody moves for it. (Averages over perturbed
optima: Berthet et al. 2020, *NeurIPS* 33, 9508-9519; projection of a mean onto feasible plans as a
consensus, or median, plan: Kemeny and Snell 1962.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from techprio.phasing.continuous import ContinuousPlans
from techprio.phasing.highs import Solved, solve_rows
from techprio.phasing.lists import first_fit
from techprio.phasing.model import NEVER, Name, PhasingModel
from techprio.phasing.rows import Rows
from techprio.phasing.search import search_plan

Array = NDArray[np.float64]
Starts = NDArray[np.int64]
SAMPLES = 128  # a power of two, as Sobol points want
WIDTH = 0.10
#: Closest means closest: at 0.05 % the slack moves up to nine starts when staff changes by 1 %.
GAP = 1e-6
#: From a hundred technologies on the slack grows with them, to one start or two in a thousand: else a search
#: over thousands ends on time.
GAP_OF_EACH = 1e-8
#: What a start before the mean one is worth, as a share of the weight. Of the pairs inside a sector of the
#: shipped study, 39 have the better-ranked one later without it, 35 with it; at 0.2, 1 % of staff moves nine.
EARLY = 0.12
SEED = 5  # of the scrambling: part of what the canonical plan means
#: The Sobol points of one to eight groups of limits, one below the other, as whole numbers of 2 ** 30: the
#: plan does not wait for the import of scipy.stats, a second of processor time on a slow laptop.
KEPT = Path(__file__).with_name("limit_points.npy")
MOST_KEPT = 8


@dataclass(frozen=True)
class MeanPlan:
    """The mean of continuous plans.

    Parameters
    ----------
    solution : array (columns,)
        How much of each technology has started by each period, on average.
    used : int
        Continuous plans in the mean; points under whose limits no plan exists are left out.
    """

    solution: Array
    used: int


def limit_groups(names: Sequence[Name]) -> list[str]:
    """Return what is scaled together: each fund, and the staff."""
    return sorted({_group(name) for name in names if name[0] in ("budget", "staff")})


def _group(name: Name) -> str:
    return f"budget {name[1]}" if name[0] == "budget" else str(name[0])


def limit_factors(names: Sequence[Name], *, samples: int = SAMPLES, width: float = WIDTH) -> Array:
    """Return the factor of every row at each Sobol point, shape (samples, rows); 1 for what is not scaled."""
    groups = limit_groups(names)
    factors = np.ones((samples, len(names)))
    if not groups:
        return factors
    points = sobol_points(len(groups), samples)
    column = {group: 1 + width * (2 * points[:, place] - 1) for place, group in enumerate(groups)}
    for row, name in enumerate(names):
        if name[0] in ("budget", "staff"):
            factors[:, row] = column[_group(name)]
    return factors


def sobol_points(groups: int, samples: int) -> Array:
    """Return the first scrambled Sobol points in the unit cube, shape (samples, groups)."""
    if groups <= MOST_KEPT and samples <= SAMPLES:
        first = groups * (groups - 1) // 2
        kept: Array = np.load(KEPT)[first : first + groups, :samples].T / 2.0**30
        return kept
    from scipy.stats import qmc

    drawn: Array = qmc.Sobol(groups, scramble=True, seed=SEED).random(samples)
    return drawn


def mean_plan(rows: Rows, factors: Array, costs: Array | None = None) -> MeanPlan:
    """Return the mean of the continuous plans under scaled limits.

    Parameters
    ----------
    rows : Rows
    factors : array (samples, rows)
        Of the upper sides of the rows.
    costs : array (samples, columns), optional
        Other objectives, one for each point.
    """
    engine = ContinuousPlans(rows)
    total, used = np.zeros(rows.matrix.shape[1]), 0
    finite = np.isfinite(rows.upper)
    for place in near_order(factors):
        upper = np.where(finite, rows.upper * np.where(finite, factors[place], 1.0), rows.upper)
        _, solution = engine.solve(cost=None if costs is None else costs[place], upper=upper)
        if solution is not None:
            total, used = total + solution, used + 1
    return MeanPlan(total / max(used, 1), used)


def near_order(points: Array) -> list[int]:
    """Return the order in which each point follows the one before it closely, from the point nearest to 1.

    Every continuous plan begins at the basis of the one before; between near limits there are half as many
    pivots as in the order of Sobol points, which lie far apart.

    Parameters
    ----------
    points : array (samples, coordinates)
    """
    # Rows of a group are scaled alike: what remains of thousands of columns is one for each group.
    different = {column.tobytes(): place for place, column in enumerate(np.ascontiguousarray(points.T))}
    left = np.unique(points[:, np.array([*different.values()], dtype=np.intp)], axis=1)
    order = [int(((left - 1) ** 2).sum(axis=1).argmin())] if len(left) else []
    free = np.ones(len(left), dtype=bool)
    for _ in range(len(left) - 1):
        free[order[-1]] = False
        far = ((left - left[order[-1]]) ** 2).sum(axis=1)
        order.append(int(np.where(free, far, np.inf).argmin()))
    return order


def nearest_plan(
    model: PhasingModel, rows: Rows, mean: Array, weights: Array, *, node_limit: int, time_limit: float
) -> Solved:
    """Return the whole plan that is closest to a mean plan; of equal ones that of the first ids.

    Parameters
    ----------
    model, rows
    mean : array (columns,)
    weights : array (technologies,)
    """
    order = np.argsort(np.argsort(np.array(model.ids)))
    tie = 1e-3 * (len(order) - order) / max(len(order), 1)
    of_column = np.repeat(np.arange(len(model.ids)), rows.width)
    cost = weights[of_column] * (2 * mean - 1 + EARLY) + tie[of_column]
    sought, rows = replace(model, gain=_gains(model, rows, cost)), replace(rows, cost=cost)
    return search_plan(
        sought,
        rows,
        solve_rows(rows, integer=False),
        gap=max(GAP, GAP_OF_EACH * len(order)),
        node_limit=node_limit,
        time_limit=time_limit,
    )


def _gains(model: PhasingModel, rows: Rows, cost: Array) -> Array:
    """Return what each start is worth at the costs of the columns; very little where it cannot be."""
    gains = np.full(model.gain.shape, -1.0 - np.abs(cost).sum(initial=0.0))
    for i in np.flatnonzero(rows.width):
        first, width, earliest = int(rows.first[i]), int(rows.width[i]), int(model.earliest[i])
        gains[i, earliest : earliest + width] = np.cumsum(cost[first : first + width][::-1])[::-1]
    return gains


def filled(model: PhasingModel, starts: Starts, order: Sequence[int]) -> Starts:
    """Add what is left out, in order, at the earliest start that fits beside the plan; nobody else moves.

    A technology brings its missing prerequisites with it, or stays out with them.
    """
    starts = np.array(starts)
    unit_of = {i: unit for unit in model.units for i in unit}
    for i in order:
        if starts[i] >= 0:
            continue
        tried = starts.copy()
        if _add(model, tried, unit_of, i, set()):
            starts = tried
    return starts


def _add(
    model: PhasingModel, starts: Starts, unit_of: dict[int, tuple[int, ...]], i: int, waiting: set[int]
) -> bool:
    """Place a unit after what it lacks; False, and starts no longer of use, where that cannot be done."""
    unit = unit_of[i]
    waiting = waiting | set(unit)
    for member in unit:
        for need in model.needs[member]:
            if any(starts[j] >= 0 for j, _ in need.options):
                continue
            for j, _ in need.options:
                before = starts.copy()
                if j not in waiting and _add(model, starts, unit_of, j, waiting):
                    break
                starts[:] = before
            else:
                return False
    period = first_fit(model, unit, starts, model.used(starts))
    if period == NEVER:
        return False
    starts[list(unit)] = period
    return True


def priority_bound(rows: Rows) -> float:
    """Return the value that no plan, whole or in parts, can pass."""
    return ContinuousPlans(rows).solve()[0]
