"""The MILP solver HiGHS, one thread, fixed seed: the same rows give the same plan.

The thread pool of HiGHS belongs to the process, so it is reset before every solve; a solve with
another number of threads would else answer "Not Set". A start is passed with ``setSolution``,
because HiGHS keeps none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from techprio.errors import TechprioError
from techprio.language import text
from techprio.phasing.rows import Rows

SEED = 0


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
    row_prices : array
        Duals of the rows, of a continuous solve only.
    """

    solution: np.ndarray | None
    objective: float
    bound: float
    status: str
    stopped_on: str
    row_prices: np.ndarray


def solve_rows(
    rows: Rows,
    *,
    integer: bool = True,
    gap: float = 0.0,
    time_limit: float = 60.0,
    node_limit: int | None = None,
    start: np.ndarray | None = None,
    cost: np.ndarray | None = None,
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
    options : mapping, optional
        Further options of HiGHS.
    """
    import highspy

    if not rows.matrix.shape[1]:
        return _without_columns(rows)
    solver = _silent_solver()
    solver.resetGlobalScheduler(True)
    settings: dict[str, Any] = {"threads": 1, "random_seed": SEED, "mip_rel_gap": gap, "mip_abs_gap": 1e-9}
    settings |= {"time_limit": float(time_limit), **(options or {})}
    if node_limit is not None:
        settings["mip_max_nodes"] = int(node_limit)
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    if (
        solver.passModel(_as_model(rows, integer, rows.cost if cost is None else cost))
        == highspy.HighsStatus.kError
    ):
        raise TechprioError(text("the solver refused the model, please report this"))
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


def _without_columns(rows: Rows) -> Solved:
    met = bool((rows.lower <= 0).all() and (rows.upper >= 0).all())
    nothing = np.zeros(0) if met else None
    return Solved(nothing, 0.0, 0.0, "optimal" if met else "infeasible", "gap", np.zeros(len(rows.names)))


def _as_model(rows: Rows, integer: bool, cost: np.ndarray) -> Any:
    import highspy

    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = rows.matrix.shape
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = np.asarray(cost, dtype=float)
    model.col_lower_, model.col_upper_ = np.zeros(model.num_col_), np.ones(model.num_col_)
    endless = highspy.kHighsInf
    model.row_lower_ = np.where(np.isneginf(rows.lower), -endless, rows.lower)
    model.row_upper_ = np.where(np.isposinf(rows.upper), endless, rows.upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.matrix.indptr
    model.a_matrix_.index_ = rows.matrix.indices
    model.a_matrix_.value_ = rows.matrix.data
    if integer:
        model.integrality_ = [highspy.HighsVarType.kInteger] * model.num_col_
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
    )
