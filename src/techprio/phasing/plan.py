"""``phase``: which technology starts when, under budgets, staff and prerequisites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from techprio.errors import InfeasibleError, InputError, TechprioError
from techprio.language import Text, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.clash import clashing_set, say_name
from techprio.phasing.data import PhasingData, read_data
from techprio.phasing.explain import explain
from techprio.phasing.highs import Solved, solve_rows
from techprio.phasing.limits import make_model
from techprio.phasing.lists import polish, rounded
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows, build_rows
from techprio.phasing.shadow import shadow_table
from techprio.phasing.tables import (
    budget_use_table,
    placements_table,
    spending_table,
    staff_table,
    staff_use_table,
)
from techprio.phasing.timing import make_windows
from techprio.phasing.verify import verify_plan

NODES = 20_000


def phase(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    *,
    excluded: Mapping[str, Text] | None = None,
    gap: float = 0.005,
    node_limit: int = NODES,
    time_limit: float = 60.0,
    cycles: CyclePolicy | None = None,
) -> Plan:
    """Choose for every technology a start, or none.

    Maximises the sum of own values, discounted from the month of operation, under budgets by source,
    staff, prerequisites, readiness, sector minima and decisions already taken.

    Parameters
    ----------
    catalog : Catalog
        Technologies with ``sector, status, trl_local, capex_mode, lead_mode, staff, fund_<id>``;
        sectors; dependencies.
    resources : Resources
    values : Series
        Value of each technology, finite and not negative.
    excluded : mapping of str to Text, optional
        Technologies that a gate has screened out, with the reason; what needs them is not placed.
    gap : float
        Relative gap to the proven bound at which the search stops.
    node_limit : int
        Nodes of the search tree; like the gap it gives the same plan on every run.
    time_limit : float
        Seconds, as a safety; a plan that stopped on time says so.
    cycles : {"error", "bundle"}, optional
        Whether technologies that need each other are an error, or start together; by default what the
        catalogue says.

    Returns
    -------
    Plan

    Raises
    ------
    InputError, DataFileError
        Values, limits, costs, decisions or dependencies that cannot be used: all faults at once.
    InfeasibleError
        Limits that no plan can keep, with the smallest set that clashes.
    """
    _check_options(gap, node_limit, time_limit)
    case = make_case(catalog, resources, values, excluded=excluded or {}, cycles=cycles)
    start = case.warm_start()
    solved = solve_rows(
        case.rows,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        start=None if start is None else case.rows.solution(start),
    )
    starts = case.starts_of(solved)
    return make_plan(
        case,
        starts,
        solved,
        method=f"phase(gap={gap}, node_limit={node_limit}, cycles={cycles or catalog.cycles!r})",
    )


@dataclass(frozen=True)
class Case:
    """A phasing question, ready to be solved.

    Parameters
    ----------
    data : PhasingData
    model : PhasingModel
    rows : Rows
    refusals : dict of str to Text
        What was refused before the solve.
    ready : array
    relaxed : Solved
        The continuous relaxation.
    """

    data: PhasingData
    model: PhasingModel
    rows: Rows
    refusals: dict[str, Text]
    ready: np.ndarray
    relaxed: Solved

    def warm_start(self) -> np.ndarray | None:
        """Return the best plan of the list schedules; None when each breaks a sector minimum."""
        if self.relaxed.solution is None:
            return None
        return rounded(self.model, self.rows, self.relaxed.solution)

    def starts_of(self, solved: Solved) -> np.ndarray:
        """Read and polish the plan of a solve, or say what clashes."""
        if solved.status == "infeasible":
            names = clashing_set(self.model)
            raise InfeasibleError("no plan can keep all of: " + "; ".join(map(say_name, names)))
        if solved.solution is None:
            raise InfeasibleError("no plan was found before the search stopped; allow more nodes or time")
        return polish(self.model, self.rows.starts(solved.solution))


def make_case(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    *,
    excluded: Mapping[str, Text],
    cycles: CyclePolicy | None = None,
) -> Case:
    """Check a study's data and make the model of it."""
    data = read_data(catalog, resources, values, excluded=excluded, cycles=cycles)
    windows = make_windows(data)
    model, refusals = make_model(data, windows)
    _check_wanted(model, refusals)
    rows = build_rows(model)
    return Case(data, model, rows, refusals, windows.ready, solve_rows(rows, integer=False))


def _check_options(gap: float, node_limit: int, time_limit: float) -> None:
    faults = []
    if not 0 <= gap < 1:
        faults.append(f"gap must lie from 0 to below 1; got {gap}")
    if not node_limit >= 1:
        faults.append(f"node_limit must be at least 1; got {node_limit}")
    if not time_limit > 0:
        faults.append(f"time_limit must be above 0 seconds; got {time_limit}")
    if faults:
        raise InputError("; ".join(faults))


def _check_wanted(model: PhasingModel, refusals: Mapping[str, Text]) -> None:
    wanted = [model.ids[i] for i in model.must if model.ids[i] in refusals]
    if wanted:
        told = "; ".join(f"{name} is to be placed by decision, but: {refusals[name]}" for name in wanted)
        raise InfeasibleError(told)


def make_plan(case: Case, starts: np.ndarray, solved: Solved, *, method: str) -> Plan:
    """Make the labelled plan, checked once more by code that knows no solver."""
    data = case.data
    placements = placements_table(data, starts)
    broken = verify_plan(data, placements)
    if broken:
        raise TechprioError(
            "the plan breaks its own rules, please report this: " + "; ".join(map(str, broken))
        )
    value = case.model.value(starts)
    bound = max(solved.bound, value)
    budget_use = budget_use_table(data, starts)
    return Plan(
        placements=placements,
        reasons=explain(data, case.model, starts, case.refusals, case.ready),
        spending=spending_table(data, starts),
        staff=staff_table(data, starts),
        budget_use=budget_use,
        staff_use=staff_use_table(data, starts),
        value=value,
        bound=bound,
        gap=bound / value - 1 if value > 0 else (0.0 if bound <= 1e-9 else float("inf")),
        status=solved.status,
        stopped_on=solved.stopped_on,
        resources=data.resources,
        shadow=shadow_table(case.rows, case.relaxed),
        warnings=_warnings(data, budget_use, solved),
        provenance=_provenance(method),
    )


def _warnings(data: PhasingData, budget_use: pd.DataFrame, solved: Solved) -> tuple[Text, ...]:
    found = []
    for row in budget_use[~budget_use["hard"]].itertuples():
        if row.cumulative_used > row.cumulative_limit * (1 + 1e-9):
            found.append(
                text(
                    "budget {fund} is passed by {amount} {currency} at the end of {year}; the limit is soft",
                    fund=data.fund_name(row.fund),
                    amount=round(row.cumulative_used - row.cumulative_limit, 2),
                    currency=data.resources.money,
                    year=row.year,
                )
            )
    if solved.stopped_on == "time":
        found.append(text("the search stopped on time, so another run may give another plan"))
    return tuple(found)


def _provenance(method: str) -> Provenance:
    from techprio import __version__

    return Provenance(version=__version__, method=method)
