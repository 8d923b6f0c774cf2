"""The search for a plan: list schedules and exchange first, branch and bound where they are not enough."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techprio.phasing.exchange import exchanged
from techprio.phasing.highs import Solved, solve_rows
from techprio.phasing.lists import polish, rounded
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]
EXCHANGED = 3  # list schedules that are bettered


def search_plan(
    model: PhasingModel,
    rows: Rows,
    relaxed: Solved,
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
) -> Solved:
    """Return a plan within a gap of the bound; where a list schedule is, no branch and bound starts.

    Parameters
    ----------
    model : PhasingModel
    rows : Rows
        Of the model, and more rows where there are any.
    relaxed : Solved
        The continuous relaxation of the rows.
    gap, node_limit, time_limit
        As for :func:`~techprio.phasing.highs.solve_rows`.
    """
    start = None
    if relaxed.solution is not None and not rows.amounts:
        listed = rounded(model, rows, relaxed.solution)
        start = _best(rows, listed, None)
        if not _has_won(rows, start, relaxed, gap):
            prices, enough = _prices(model, rows, relaxed), relaxed.objective / (1 + gap)
            better = (exchanged(model, plan, prices, enough=enough) for plan in listed[:EXCHANGED])
            start = _best(rows, [polish(model, plan) for plan in better], start)
        if start is not None and _has_won(rows, start, relaxed, gap):
            worth = float(rows.cost @ start)
            return Solved(start, worth, relaxed.objective, "optimal", "gap", relaxed.row_prices)
    return solve_rows(rows, gap=gap, node_limit=node_limit, time_limit=time_limit, start=start)


def _best(rows: Rows, plans: list[NDArray[np.int64]], known: Array | None) -> Array | None:
    """Return the most valuable solution that keeps all rows."""
    best = known
    for plan in plans:
        solution = rows.solution(plan)
        activity = rows.matrix @ solution
        keeps = ((activity <= rows.upper + 1e-6) & (activity >= rows.lower - 1e-6)).all()
        if keeps and (best is None or rows.cost @ solution > rows.cost @ best):
            best = solution
    return best


def _has_won(rows: Rows, solution: Array | None, relaxed: Solved, gap: float) -> bool:
    worth = 0.0 if solution is None else float(rows.cost @ solution)
    return worth > 0 and relaxed.objective - worth <= gap * worth


def _prices(model: PhasingModel, rows: Rows, relaxed: Solved) -> Array:
    """Return the prices of the limits of a model."""
    of_row = dict(zip(rows.names, np.abs(relaxed.row_prices), strict=True))
    return np.array([of_row.get(name, 0.0) for name in model.limits])
