r"""Planning again with as few changes as possible.

The earlier plan stays where it is feasible and worth at least :math:`(1 - \varepsilon)` of the bound.
Otherwise the plan with the fewest changes of phase is sought, of these the one with the fewest changes of
start, of these the most valuable one, among all plans worth at least :math:`(1 - \varepsilon)` of the bound:

.. math:: \max_x \sum_i (n + 1) [\text{phase}_i = \text{phase}^0_i] + [\text{start}_i = \text{start}^0_i]
          + \delta \, v(x), \qquad 0 \le \delta \, v(x) < \tfrac12,

solved until the bound is within 1/2, which proves both counts least: the first two terms are whole numbers,
and n + 1 exceeds all changes of start together. Where whole plans stay further below the continuous
bound, a plan made anew takes its place: keeping gives up no more than :math:`\varepsilon` against that one.
(Minimum perturbation: El Sakkout and Wallace 2000,
*Constraints* 5, 359-388.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from techprio.phasing.continuous import ContinuousPlans
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import NEVER, Name, PhasingModel
from techprio.phasing.rows import Rows, step_costs

Array = NDArray[np.float64]
Starts = NDArray[np.int64]
EPSILON = 0.01
LEAST_GAP = 5e-4
FREE = -2  # a technology that no earlier plan says anything about


@dataclass(frozen=True)
class Kept:
    """A plan that changes an earlier one as little as it can.

    Parameters
    ----------
    starts : array (technologies,)
    bound : float
        No plan is worth more.
    phase_changes, start_changes : int
        Technologies whose phase, whose start differs from the earlier plan.
    stop : tuple of str
        Status and reason of the stop of the search; ``"optimal"``: no plan that is worth enough has fewer
        changes.
    by_fresh : bool
        Whether what keeping may cost was measured against a fresh plan, because whole plans stay further
        below the bound.
    anew : float or None
        Value of the plan made anew, where one was made.
    forced : dict of int to tuple of Name
        What each changed technology would break if it alone went back; empty where only the value asks
        for the change.
    """

    starts: Starts
    bound: float
    phase_changes: int
    start_changes: int
    stop: tuple[str, str]
    by_fresh: bool
    forced: dict[int, tuple[Name, ...]]
    anew: float | None = None

    @property
    def is_proved(self) -> bool:
        """Whether no plan that is worth enough has fewer changes."""
        return self.stop[0] == "optimal"


def keep_plan(
    model: PhasingModel,
    rows: Rows,
    earlier: Starts,
    earlier_phase: NDArray[np.int64],
    phase_of: NDArray[np.int64],
    *,
    epsilon: float = EPSILON,
    node_limit: int,
    time_limit: float,
    fresh: Callable[[], Starts | None] | None = None,
) -> Kept | None:
    """Return the plan with the fewest changes against an earlier one; None where no plan keeps the limits.

    Parameters
    ----------
    model : PhasingModel
    rows : Rows
        Of the model.
    earlier : array (technologies,)
        Periods of the earlier starts; -1 where not placed, -2 where nothing is to be kept.
    earlier_phase : array (technologies,)
        Number of the earlier phase; -1 where not placed.
    phase_of : array (technologies, periods)
        Number of the phase in which a start becomes operational.
    epsilon : float
        Share of the bound that keeping may cost.
    node_limit, time_limit
        Of the search; a search that stops proves nothing.
    fresh : callable, optional
        Makes the plan that would be made without an earlier one; by default the most valuable plan.
    """
    bound, _ = ContinuousPlans(rows).solve()
    floor = (1 - epsilon) * bound
    held = earlier > FREE
    stands = bool(held.all()) and not model.violations(earlier)
    search: dict[str, Any] = {"node_limit": node_limit, "time_limit": time_limit}
    agreement = _agreement(model, earlier, earlier_phase, phase_of)
    cost = step_costs(replace(model, gain=agreement + _share_of_value(model)))
    solved = None
    if not stands:
        solved = solve_rows(_with_floor(rows, floor), cost=cost, absolute_gap=0.5, **search)
    by_fresh, worth = False, None
    if (stands and model.value(earlier) < floor) or (solved is not None and solved.solution is None):
        # Whole plans may stay further below the continuous bound: the share is that of a fresh one.
        anew = (fresh or _best_plan(model, rows, epsilon, search))()
        if anew is None:
            return None
        worth = model.value(anew)
        fresh_floor = (1 - epsilon) * worth - 1e-9 * abs(bound)
        by_fresh, floor = fresh_floor < floor, min(fresh_floor, floor)
        if not stands or model.value(earlier) < floor:
            solved = solve_rows(
                _with_floor(rows, floor), cost=cost, absolute_gap=0.5, start=rows.solution(anew), **search
            )
    if stands and model.value(earlier) >= floor:
        moved = sum(_phase(phase_of, earlier, i) != earlier_phase[i] for i in range(len(earlier)))
        return Kept(earlier, bound, int(moved), 0, ("optimal", "gap"), by_fresh, {}, worth)
    if solved is None or solved.solution is None:
        return None
    starts = rows.starts(solved.solution)
    changed = np.flatnonzero(held & (starts != earlier))
    return Kept(
        starts=starts,
        bound=bound,
        phase_changes=sum(_phase(phase_of, starts, int(i)) != earlier_phase[i] for i in np.flatnonzero(held)),
        start_changes=len(changed),
        stop=(solved.status, solved.stopped_on),
        by_fresh=by_fresh,
        forced={int(i): _broken_by_going_back(model, starts, earlier, int(i)) for i in changed},
        anew=worth,
    )


def _best_plan(
    model: PhasingModel, rows: Rows, epsilon: float, search: dict[str, Any]
) -> Callable[[], Starts | None]:
    def make() -> Starts | None:
        best = solve_rows(rows, gap=max(epsilon / 4, LEAST_GAP), **search)
        return None if best.solution is None else rows.starts(best.solution)

    return make


def _phase(phase_of: NDArray[np.int64], starts: Starts, i: int) -> int:
    return NEVER if starts[i] < 0 else int(phase_of[i, starts[i]])


def _agreement(
    model: PhasingModel, earlier: Starts, earlier_phase: NDArray[np.int64], phase_of: NDArray[np.int64]
) -> Array:
    """Return what each start keeps of the earlier plan, shape (technologies, periods)."""
    count = len(model.ids)
    kept = np.full((count, model.periods), -(count + 2.0))
    kept[earlier == FREE] = 0.0
    for i in np.flatnonzero(earlier >= 0):
        kept[i] = (count + 1) * (phase_of[i] == earlier_phase[i])
        kept[i, earlier[i]] += 1
    return kept


def _share_of_value(model: PhasingModel) -> Array:
    """Return the gains scaled so that those of a whole plan sum to less than one half."""
    total = float(model.gain.max(axis=1, initial=0.0).clip(min=0.0).sum())
    return 0.49 * model.gain / total if total > 0 else np.zeros_like(model.gain)


def _with_floor(rows: Rows, floor: float) -> Rows:
    return replace(
        rows,
        matrix=sparse.vstack([rows.matrix, sparse.csr_matrix(rows.cost[None, :])]).tocsr(),
        lower=np.append(rows.lower, floor),
        upper=np.append(rows.upper, np.inf),
        names=(*rows.names, ("value",)),
    )


def _broken_by_going_back(model: PhasingModel, starts: Starts, earlier: Starts, i: int) -> tuple[Name, ...]:
    unit = next(unit for unit in model.units if i in unit)
    back = starts.copy()
    back[list(unit)] = earlier[list(unit)]
    return tuple(dict.fromkeys(model.violations(back)))
