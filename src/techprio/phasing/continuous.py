r"""Continuous plans, solved again and again with other limits, costs or bounds, each from the last basis.

The columns are those of :class:`~techprio.phasing.rows.Rows` between 0 and 1: how much of a technology has
started by a period. The dual simplex of HiGHS keeps its basis between solves, so a further solve costs a few
pivots.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import TechprioError
from techprio.language import text
from techprio.phasing.highs import make_solver
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]


class ContinuousPlans:
    """The linear programme of some rows, kept in the solver.

    Parameters
    ----------
    rows : Rows
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._cost = np.asarray(rows.cost, dtype=float)
        self._upper = np.asarray(rows.upper, dtype=float)
        self._columns = np.arange(rows.matrix.shape[1], dtype=np.int32)
        self._solver: Any = make_solver(rows, integer=False) if rows.matrix.shape[1] else None

    def solve(
        self,
        *,
        cost: Array | None = None,
        upper: Array | None = None,
        column_bounds: tuple[Array, Array] | None = None,
    ) -> tuple[float, Array | None]:
        """Return the greatest value and a solution; minus infinity and None where there is none.

        The value is computed again from the solution; where the two differ, it is solved again from scratch.

        Parameters
        ----------
        cost : array (columns,), optional
            In place of ``rows.cost``; it stays for the solves that follow, like the other two.
        upper : array (rows,), optional
            Upper sides of the rows.
        column_bounds : pair of arrays (columns,), optional
            Least and greatest value of each column.
        """
        if self._solver is None:
            met = bool(
                (self.rows.lower <= 0).all() and ((self.rows.upper if upper is None else upper) >= 0).all()
            )
            return (0.0, np.zeros(0)) if met else (-np.inf, None)
        import highspy

        if cost is not None:
            self._cost = np.asarray(cost, dtype=float)
            self._solver.changeColsCost(len(self._columns), self._columns, self._cost)
        if upper is not None:
            self._change_rows(np.asarray(upper, dtype=float))
        if column_bounds is not None:
            low, high = (np.asarray(side, dtype=float) for side in column_bounds)
            self._solver.changeColsBounds(len(self._columns), self._columns, low, high)
        for basis in (True, False):
            if not basis:  # what the last basis led to is not worth what it states: once more without it
                self._solver.clearSolver()
            self._solver.run()
            if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return -np.inf, None
            solution = np.array(self._solver.getSolution().col_value)
            value = float(self._solver.getInfo().objective_function_value)
            if abs(float(self._cost @ solution) - value) <= 1e-6 * max(1.0, abs(value)):
                return value, solution
        raise TechprioError(text("the solver returned a plan that is not worth what it states"))

    def _change_rows(self, upper: Array) -> None:
        import highspy

        changed = np.flatnonzero(upper != self._upper).astype(np.int32)
        self._upper = upper
        endless, lower = highspy.kHighsInf, self.rows.lower[changed]
        low = np.where(np.isneginf(lower), -endless, lower)
        high = np.where(np.isposinf(upper[changed]), endless, upper[changed])
        self._solver.changeRowsBounds(len(changed), changed, low, high)
