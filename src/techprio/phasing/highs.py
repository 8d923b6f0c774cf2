"""The MILP solver HiGHS, one thread, fixed seed: the same rows give the same plan.

The thread pool of HiGHS belongs to the process, so it is reset before every solve; a solve with
another number of threads would else answer "Not Set". A start is passed with ``setSolution``,
because HiGHS keeps none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from techprio.errors import TechprioError
from techprio.language import text
from techprio.phasing.rows import Rows

SEED = 0
NO_PLAN_YET = text("no plan was found before the search stopped; allow more nodes or time")
ROW_TOLERANCE = 1e-5  # of the sum of what stands in a row; the tolerance of HiGHS is 1e-6 a column


@dataclass(frozen=True)
class Solved:
    """The answer of the solver.

    Parameters
    ----------
    solution : array or None
        None when no plan was found.
    objective, bound : float
    status : str
        ``"optimal"``, ``"stopped"``, ``"infeasible"``.
    stopped_on : str
        ``"gap"``, ``"nodes"``, ``"time"``.
    row_prices, column_prices : array
        Duals of the rows and reduced costs of the columns, of a continuous solve only.
    """

    solution: np.ndarray | None
    objective: float
    bound: float
    status: str
    stopped_on: str
    row_prices: np.ndarray
    column_prices: np.ndarray = field(default_factory=lambda: np.zeros(0))


def solve_rows(
    rows: Rows,
    *,
    integer: bool = True,
    gap: float = 0.0,
    time_limit: float = 60.0,
    node_limit: int | None = None,
    start: np.ndarray | None = None,
    cost: np.ndarray | None = None,
    column_bounds: tuple[np.ndarray, np.ndarray] | None = None,
    absolute_gap: float = 1e-9,
    options: Mapping[str, float | int | str | bool] | None = None,
) -> Solved:
    """Solve the rows, or their continuous relaxation.

    Parameters
    ----------
    rows : Rows
    integer : bool
        Whether columns are 0 or 1, or anything between.
    gap : float
        Relative gap to the bound at which the search stops.
    time_limit : float
        Seconds; a safety, because a search that stops on time may differ on another run.
    node_limit : int, optional
        Nodes of the search tree.
    start : array, optional
        A solution to start from.
    cost : array, optional
        In place of ``rows.cost``.
    column_bounds : pair of arrays, optional
        Least and greatest value of each column, 0 and 1 by default.
    absolute_gap : float
        Gap to the bound, in the units of the objective, at which the search stops.
    options : mapping, optional
        Further options of HiGHS.

    Notes
    -----
    The objective is computed again from the solution that comes back. HiGHS 1.16.0 can return the start
    beside the objective of the optimum; such a solve is made again without a start.
    """
    if not rows.matrix.shape[1]:
        return _without_columns(rows)
    sought = rows.cost if cost is None else np.asarray(cost, dtype=float)
    settings: dict[str, Any] = {
        "mip_rel_gap": gap, "mip_abs_gap": absolute_gap, "time_limit": float(time_limit), **(options or {})
    }  # fmt: skip
    if node_limit is not None:
        settings["mip_max_nodes"] = int(node_limit)
    solved = _solve(rows, integer, sought, column_bounds, settings, start)
    if start is not None and _is_mismatched(rows, solved, sought):
        solved = _solve(rows, integer, sought, column_bounds, settings, None)
    if _is_mismatched(rows, solved, sought):
        raise TechprioError(text("the solver returned a plan that is not worth what it states"))
    return solved


def _is_mismatched(rows: Rows, solved: Solved, cost: np.ndarray) -> bool:
    """Whether the solution that came back is not worth the objective beside it, or breaks a row."""
    if solved.solution is None:
        return False
    worth = float(cost @ solved.solution)
    if abs(worth - solved.objective) > 1e-6 * max(1.0, abs(worth), abs(solved.objective)):
        return True
    activity = rows.matrix @ solved.solution
    room = ROW_TOLERANCE * np.maximum(1.0, abs(rows.matrix) @ np.abs(solved.solution))
    return bool(((activity > rows.upper + room) | (activity < rows.lower - room)).any())


def _solve(
    rows: Rows,
    integer: bool,
    cost: np.ndarray,
    column_bounds: tuple[np.ndarray, np.ndarray] | None,
    settings: Mapping[str, Any],
    start: np.ndarray | None,
) -> Solved:
    import highspy

    solver = make_solver(rows, integer=integer, cost=cost, column_bounds=column_bounds, settings=settings)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = [float(value) for value in start]
        given.value_valid = True
        solver.setSolution(given)
    solver.run()
    return _read(solver, integer)


def _silent_solver() -> Any:
    """Return a solver that writes nothing; HiGHS writes its name as soon as callbacks are enabled."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - the name of HiGHS
            self.silent()
            enable: Any = super().enableCallbacks
            enable()

    make: Any = Silent
    solver = make()
    solver.silent()
    return solver


def make_solver(
    rows: Rows,
    *,
    integer: bool,
    cost: np.ndarray | None = None,
    column_bounds: tuple[np.ndarray, np.ndarray] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Any:
    """Return a solver of HiGHS that holds the rows: one thread, fixed seed, silent."""
    import highspy

    solver = _silent_solver()
    solver.resetGlobalScheduler(True)
    for name, value in {"threads": 1, "random_seed": SEED, **(settings or {})}.items():
        solver.setOptionValue(name, value)
    model = _as_model(rows, integer, rows.cost if cost is None else cost, column_bounds)
    if solver.passModel(model) == highspy.HighsStatus.kError:
        raise TechprioError(text("the solver refused the model, please report this"))
    return solver


def _without_columns(rows: Rows) -> Solved:
    met = bool((rows.lower <= 0).all() and (rows.upper >= 0).all())
    nothing = np.zeros(0) if met else None
    return Solved(nothing, 0.0, 0.0, "optimal" if met else "infeasible", "gap", np.zeros(len(rows.names)))


def _as_model(
    rows: Rows, integer: bool, cost: np.ndarray, column_bounds: tuple[np.ndarray, np.ndarray] | None
) -> Any:
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.asarray(cost, dtype=float)
    whole = model.num_col_ - rows.amounts
    low, high = column_bounds or (
        np.zeros(model.num_col_),
        np.append(np.ones(whole), np.full(rows.amounts, np.inf)),
    )
    model.col_lower_, model.col_upper_ = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    endless = highspy.kHighsInf
    model.row_lower_ = np.where(np.isneginf(rows.lower), -endless, rows.lower)
    model.row_upper_ = np.where(np.isposinf(rows.upper), endless, rows.upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.matrix.indptr
    model.a_matrix_.index_ = rows.matrix.indices
    model.a_matrix_.value_ = rows.matrix.data
    if integer:
        kinds = highspy.HighsVarType
        model.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * rows.amounts
    return model


def _read(solver: Any, integer: bool) -> Solved:
    import highspy

    status = solver.getModelStatus()
    info = solver.getInfo()
    answer = solver.getSolution()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Solved(None, 0.0, 0.0, "infeasible", "gap", np.zeros(0))
    stops = {
        kinds.kOptimal: "gap",
        kinds.kSolutionLimit: "nodes",
        kinds.kTimeLimit: "time",
        kinds.kIterationLimit: "nodes",
    }
    if status not in stops:
        raise TechprioError(text("the solver gave up: {status}", status=solver.modelStatusToString(status)))
    found = info.primal_solution_status == 2  # a feasible point is at hand
    solution = np.array(answer.col_value) if found else None
    value = float(info.objective_function_value) if found else 0.0
    return Solved(
        solution=solution,
        objective=value,
        bound=float(info.mip_dual_bound) if integer else value,
        status="optimal" if status == kinds.kOptimal else "stopped",
        stopped_on=stops[status],
        row_prices=np.zeros(0) if integer else np.array(answer.row_dual),
        column_prices=np.zeros(0) if integer else np.array(answer.col_dual),
    )
