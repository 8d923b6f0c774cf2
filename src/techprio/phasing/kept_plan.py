"""The labelled plan that changes an earlier one as little as it can, with what forced each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, Problem
from techprio.language import Text, joined, text
from techprio.model.plan import Plan
from techprio.phasing.case import Case, limit_name
from techprio.phasing.data import PhasingData
from techprio.phasing.highs import Solved
from techprio.phasing.keep import Kept, keep_plan
from techprio.phasing.months import month_number
from techprio.phasing.plan_tables import make_plan
from techprio.phasing.priority_plan import capped_case, phase_numbers, priority_plan, weighed
from techprio.phasing.source import Priorities

CHANGE_COLUMNS = ("technology", "phase_before", "start_before", "phase", "start", "forced_by")


def kept_plan(
    case: Case,
    earlier: Plan,
    priorities: Priorities | None,
    *,
    epsilon: float,
    node_limit: int,
    time_limit: float,
) -> Plan:
    """Plan again with the fewest changes of phase, then of start, against an earlier plan.

    Raises
    ------
    InputError
        A share out of range, or an earlier plan of other technologies or another grid of periods.
    InfeasibleError
        No plan keeps the limits.
    """
    if not 0 <= epsilon < 1:
        raise InputError.argument("epsilon", found=epsilon, allowed=text("from 0 to below 1"))
    before = earlier_starts(case.data, earlier)
    overrun = pd.DataFrame(columns=["limit", "year", "amount"])
    if priorities is not None:
        case, overrun = capped_case(case, node_limit=node_limit, time_limit=time_limit)
        case = weighed(case, priorities.weights.reindex(list(case.data.ids)).to_numpy(dtype=float))
    kept = keep_plan(
        case.model,
        case.rows,
        before,
        phase_numbers(case.data),
        epsilon=epsilon,
        node_limit=node_limit,
        time_limit=time_limit,
    )
    value = case.model.value(kept.starts)
    status, stop = ("optimal", "gap") if kept.is_proved else ("stopped", "nodes")
    solved = Solved(None, value, max(kept.bound, value), status, stop, np.zeros(0))
    method = f"plan_phases(keep=..., epsilon={epsilon})"
    if priorities is None:
        plan = make_plan(case, kept.starts, solved, method=method)
    else:
        plan = priority_plan(
            case,
            priorities,
            kept.starts,
            solved,
            overrun,
            node_limit=node_limit,
            time_limit=time_limit,
            method=method,
        )
    changes = _changes(earlier, plan, kept, case.data)
    return replace(plan, changes=changes, notes=(*_notes(kept, plan, epsilon), *plan.notes))


def earlier_starts(data: PhasingData, earlier: Plan) -> NDArray[np.int64]:
    """Return the periods of the earlier starts; -1 where not placed.

    Raises
    ------
    InputError
        Technologies that only one side knows, or months that are no start of a period: all of them.
    """
    problems = list(_problems(data, earlier))
    if problems:
        raise InputError(text("the earlier plan cannot be kept in this study"), problems)
    starts = np.full(len(data.ids), -1)
    for i, name in enumerate(data.ids):
        month = str(earlier.placements.loc[name, "start"])
        if month:
            starts[i] = (month_number(month) - data.first_month) // data.resources.period_months
    return starts


def _problems(data: PhasingData, earlier: Plan) -> Iterator[Problem]:
    known, there = set(data.ids), {str(name) for name in earlier.placements.index}
    for name in sorted(there - known):
        yield Problem("", "", "", name, text("in the earlier plan"), text("a technology of the study"))
    for name in sorted(known - there):
        yield Problem("", "", "", name, text("not in the earlier plan"), text("a technology of both"))
    grid = {data.start_month(period) for period in range(data.periods)}
    for name in sorted(known & there):
        month = str(earlier.placements.loc[name, "start"])
        if month and month not in grid:
            first, last = data.start_month(0), data.start_month(data.periods - 1)
            allowed = text("the start of a period, {first} to {last}", first=first, last=last)
            yield Problem("", "", "", name, text("a start in {month}", month=month), allowed)


def _changes(earlier: Plan, plan: Plan, kept: Kept, data: PhasingData) -> pd.DataFrame:
    rows = []
    for i, names in sorted(kept.forced.items()):
        name = data.ids[i]
        before, after = earlier.placements.loc[name], plan.placements.loc[name]
        rows.append(
            (name, before["phase"], before["start"], after["phase"], after["start"], _forced_by(names))
        )
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))


def _forced_by(names: tuple[tuple[str | int, ...], ...]) -> Text:
    if not names:
        return text("a plan with this one as before would be worth less than is allowed")
    return joined(_broken(name) for name in names)


def _broken(name: tuple[str | int, ...]) -> Text | str:
    if name[0] == "window":
        return text("the start of {technology} is no longer possible", technology=name[1])
    if name[0] == "prerequisite" and len(name) == 2:
        return text("a prerequisite of {technology} comes later", technology=name[1])
    return limit_name(name)


def _notes(kept: Kept, plan: Plan, epsilon: float) -> Iterator[Text]:
    if kept.start_changes == 0:
        yield text("the earlier plan is kept without a change")
    elif kept.is_proved:
        yield text(
            "the earlier plan is kept but for {phases} phases and {starts} starts; no plan within {share} %"
            " of the bound has fewer changes",
            phases=kept.phase_changes,
            starts=kept.start_changes,
            share=round(100 * epsilon, 2),
        )
    else:
        yield text(
            "the earlier plan is kept but for {phases} phases and {starts} starts; the search stopped before"
            " it proved that fewer changes are impossible",
            phases=kept.phase_changes,
            starts=kept.start_changes,
        )
    if plan.gap > 0:
        yield text("a fresh plan would win {share} % of the value at most", share=round(100 * plan.gap, 2))
