"""Why not earlier: what a date that is asked for one technology would cost, and who would wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Month, Percent, Text, joined, text
from techprio.model.checks import unknown_name
from techprio.model.date_request import DateRequest
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.case import Case
from techprio.phasing.clashes import irreducible_infeasible_subset, limit_name
from techprio.phasing.highs import solve_rows
from techprio.phasing.keep import keep_plan
from techprio.phasing.kept_plan import earlier_starts
from techprio.phasing.model import PhasingModel
from techprio.phasing.months import month_number
from techprio.phasing.priority_plan import phase_numbers, weighed_case
from techprio.phasing.rows import build_rows
from techprio.phasing.source import Priorities, Source, find_basis

Starts = NDArray[np.int64]
COLUMNS = ("technology", "operational", "operational_then", "waits")
GAP: float = 0.0005
NODES: int = 20_000
SECONDS: float = 20.0
EPSILON = 0.02  # of the bound with the date kept, so that few others move


@validated
def request_date(
    source: Source,
    plan: Plan,
    technology: str,
    by: str,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    priorities: Priorities | None = None,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
) -> DateRequest:
    """Answer why a technology is not operational by a month, and what that would cost.

    Two questions are solved with the date as a rule: what the best plan is worth then, which gives the
    loss as an interval, and which plan changes the fewest phases and starts of the others.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, priorities
        As for :func:`techprio.plan_phases`.
    plan : Plan
        The plan in question.
    technology : str
    by : str
        Month ``YYYY-MM`` inside the plan by whose end it is to be operational.
    node_limit, time_limit
        Of each search.

    Returns
    -------
    DateRequest

    Raises
    ------
    InputError
        An unknown technology, a month outside the plan, or a plan of other technologies.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5.0, 5.0], "months": 12}, index=["A", "B"])
    >>> budgets = pd.DataFrame({"local": [5.0, 5.0]}, index=[2026, 2027])
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2027-12", phases={"all": (2026, 2027)}
    ... )
    >>> values = pd.Series({"A": 3.0, "B": 1.0})
    >>> plan = tp.plan_phases(table, limits, values)
    >>> asked = request_date(table, plan, "B", "2026-12", limits, values)
    >>> asked.answer, asked.others[["technology", "waits"]].values.tolist()
    ('possible', [['A', 12]])
    """
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies, priorities=priorities)
    case = weighed_case(basis, node_limit=node_limit, time_limit=time_limit)
    data = case.data
    if technology not in data.place:
        raise unknown_name(text("technology"), technology, data.ids)
    i, last = data.place[technology], _last_start(case, data.place[technology], by)
    starts = earlier_starts(data, plan.placements)
    if 0 <= starts[i] <= last:
        return _answer(case, plan, technology, by, "as planned")
    obstacle = _obstacle(case, i, last)
    if obstacle is not None:
        return _answer(case, plan, technology, by, "impossible", obstacle=obstacle)
    return _searched(case, plan, starts, i, last, by, node_limit=node_limit, time_limit=time_limit)


def _last_start(case: Case, i: int, by: str) -> int:
    data = case.data
    first, end = data.resources.start, data.resources.end
    allowed = text("a month YYYY-MM from {first} to {last}", first=Month(first), last=Month(end))
    try:
        month = month_number(by)
    except InputError:
        raise InputError.argument("by", found=by, allowed=allowed) from None
    if not month_number(first) <= month <= month_number(end):
        raise InputError.argument("by", found=by, allowed=allowed)
    fitting = [period for period in range(data.periods) if data.operational_number(i, period) <= month]
    return max(fitting, default=-1)


def _obstacle(case: Case, i: int, last: int) -> Text | None:
    """Return what keeps a technology from a start by a period whatever the money; None where nothing does."""
    data, model = case.data, case.model
    name = data.ids[i]
    if name in case.refusals:
        return case.refusals[name]
    earliest = int(model.earliest[i])
    if last >= earliest:
        return None
    month = Month(data.operational_month(i, earliest))
    if int(case.ready[i]) > last:
        return text(
            "readiness: level {level} and its lead time allow operation from {month}",
            level=int(data.level[i]),
            month=month,
        )
    needed = (j for need in model.needs[i] for j, lag in need.options if model.earliest[j] + lag > last)
    others = tuple(dict.fromkeys(data.ids[j] for j in needed))
    if others:
        return text(
            "prerequisites: {others} cannot be there sooner, so it is operational from {month}",
            others=others,
            month=month,
        )
    return text("its lead time allows operation from {month}", month=month)


def _searched(
    case: Case, plan: Plan, starts: Starts, i: int, last: int, by: str, *, node_limit: int, time_limit: float
) -> DateRequest:
    name = case.data.ids[i]
    model = _forced(case.model, i, last)
    rows = build_rows(model)
    best = solve_rows(rows, gap=GAP, node_limit=node_limit, time_limit=time_limit)
    if best.status == "infeasible":
        names = [one for one in irreducible_infeasible_subset(model) if one != ("must", name)]
        return _answer(
            case, plan, name, by, "impossible", obstacle=joined(limit_name(one, case.data) for one in names)
        )
    numbers = phase_numbers(case.data)
    placed = starts >= 0
    phases = np.where(placed, numbers[np.arange(len(starts)), np.where(placed, starts, 0)], -1)
    kept = keep_plan(
        model, rows, starts, phases, numbers, epsilon=EPSILON, node_limit=node_limit, time_limit=time_limit
    )
    if best.solution is None or kept is None:
        return _answer(case, plan, name, by, "not settled")
    worth = case.model.value(starts)
    reached = max(case.model.value(rows.starts(best.solution)), case.model.value(kept.starts))
    few = (
        text(
            "no plan with the date and within {share} of {measure} changes fewer phases",
            share=Percent(EPSILON),
            measure=text("the best one that is known") if kept.by_fresh else text("its bound"),
        )
        if kept.is_proved
        else text("the search stopped before it proved that fewer changes are impossible")
    )
    return replace(
        _answer(case, plan, name, by, "possible"),
        loss_low=max(worth - best.bound, 0.0),
        loss_high=max(worth - reached, 0.0),
        share=max(1 - case.model.value(kept.starts) / worth, 0.0) if worth > 0 else 0.0,
        others=_others(case, starts, kept.starts, i),
        notes=(few,),
    )


def _forced(model: PhasingModel, i: int, last: int) -> PhasingModel:
    """Return the model in which a technology, and what starts with it, starts by a period."""
    latest = model.latest.copy()
    for member in next((unit for unit in model.units if i in unit), (i,)):
        latest[member] = min(int(latest[member]), last)
    return replace(model, latest=latest, must=tuple(dict.fromkeys((*model.must, i))))


def _others(case: Case, before: Starts, after: Starts, asked: int) -> pd.DataFrame:
    data = case.data
    rows: list[tuple[str, str, str, object]] = []
    for j in np.flatnonzero((before >= 0) & ((after < 0) | (after > before))):
        if j == asked:
            continue
        old = data.operational_number(int(j), int(before[j]))
        then, waits = "", pd.NA
        if after[j] >= 0:
            then = data.operational_month(int(j), int(after[j]))
            waits = data.operational_number(int(j), int(after[j])) - old
        rows.append((data.ids[j], data.operational_month(int(j), int(before[j])), then, waits))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"waits": "Int64"})


def _answer(
    case: Case, plan: Plan, technology: str, by: str, answer: str, *, obstacle: Text | None = None
) -> DateRequest:
    unknown = 0.0 if answer == "as planned" else float("inf")
    return DateRequest(
        technology=technology,
        by=by,
        planned=str(plan.placements.loc[technology, "operational"]),
        answer=answer,
        obstacle=obstacle,
        loss_low=0.0,
        loss_high=unknown,
        share=unknown,
        others=pd.DataFrame(columns=list(COLUMNS)),
        labels=plan.labels,
        provenance=Provenance.of(f"request_date({technology!r}, {by!r})"),
    )
