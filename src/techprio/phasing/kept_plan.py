"""The labelled plan that changes an earlier one as little as it can, with what forced each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, Problem
from techprio.language import Percent, Text, joined, text
from techprio.model.plan import Plan
from techprio.model.plan_priorities import OVERRUN_COLUMNS
from techprio.phasing.canonical import filled
from techprio.phasing.case import Case
from techprio.phasing.clashes import infeasible, limit_name
from techprio.phasing.data import PhasingData
from techprio.phasing.explain import KEPT
from techprio.phasing.highs import Solved
from techprio.phasing.keep import FREE, Kept, keep_plan
from techprio.phasing.model import NEVER, Name
from techprio.phasing.months import month_number
from techprio.phasing.plan_tables import make_plan, with_notes
from techprio.phasing.priority_plan import (
    canonical_starts,
    capped_case,
    phase_numbers,
    priority_plan,
    weighed,
)
from techprio.phasing.source import Priorities

CHANGE_COLUMNS = ("technology", "phase_before", "start_before", "phase", "start", "forced_by")


def kept_plan(
    case: Case,
    earlier: pd.DataFrame,
    priorities: Priorities | None,
    *,
    epsilon: float,
    node_limit: int,
    time_limit: float,
) -> Plan:
    """Plan again with the fewest changes of phase, then of start, against earlier placements.

    Parameters
    ----------
    case : Case
    earlier : DataFrame
        Index technology, columns ``phase, start``; a missing start (NaN) is free.
    priorities : Priorities, optional
    epsilon, node_limit, time_limit

    Raises
    ------
    InputError
        A share out of range, or placements of other technologies or another grid of periods.
    InfeasibleError
        No plan keeps the limits, with an irreducible infeasible subset of them.
    """
    before = earlier_starts(case.data, earlier)
    numbers = phase_numbers(case.data)
    overrun = pd.DataFrame(columns=list(OVERRUN_COLUMNS))
    if priorities is not None:
        case, overrun = capped_case(case, node_limit=node_limit, time_limit=time_limit)
        case = weighed(case, priorities.weights.reindex(list(case.data.ids)).to_numpy(dtype=float))
    kept = keep_plan(
        case.model,
        case.rows,
        before,
        _earlier_phases(case.data, earlier, before, numbers),
        numbers,
        epsilon=epsilon,
        node_limit=node_limit,
        time_limit=time_limit,
        fresh=None
        if priorities is None
        else partial(_anew, case, priorities, node_limit=node_limit, time_limit=time_limit),
    )
    if kept is None:
        raise infeasible(case.data, case.model)
    value = case.model.value(kept.starts)
    solved = Solved(None, value, max(kept.bound, value), *kept.stop, np.zeros(0))
    method = f"plan_phases(keep=..., epsilon={epsilon})"
    if priorities is None:
        plan = make_plan(case, kept.starts, solved, method=method, fits=KEPT)
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
            fits=KEPT,
        )
    changes = _changes(earlier, plan, kept, case.data)
    notes = _notes(case, before, kept, plan, epsilon)
    return replace(plan, changes=changes, notes=with_notes(plan, notes))


def _anew(case: Case, priorities: Priorities, *, node_limit: int, time_limit: float) -> NDArray[np.int64]:
    """Return the starts of the plan that would be made without an earlier one."""
    return canonical_starts(case, priorities, node_limit=node_limit, time_limit=time_limit)[0]


def earlier_starts(data: PhasingData, earlier: pd.DataFrame) -> NDArray[np.int64]:
    """Return the periods of the earlier starts; -1 where not placed, -2 where a start is missing.

    Raises
    ------
    InputError
        Technologies that only one side knows, or months that are no start of a period: all of them.
    """
    problems = list(_problems(data, earlier))
    if problems:
        raise InputError(text("the earlier plan cannot be kept in this study"), problems)
    starts = np.full(len(data.ids), NEVER)
    for i, month in enumerate(earlier["start"].reindex(list(data.ids))):
        if month != month:
            starts[i] = FREE
        elif month:
            starts[i] = (month_number(str(month)) - data.first_month) // data.resources.period_months
    return starts


def _earlier_phases(
    data: PhasingData, earlier: pd.DataFrame, starts: NDArray[np.int64], numbers: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the number of each earlier phase; of one that the study does not know, that of its start now."""
    known = {phase.id: number for number, phase in enumerate(data.resources.phases)}
    placed = starts >= 0
    now = np.where(placed, numbers[np.arange(len(starts)), np.where(placed, starts, 0)], NEVER)
    said = earlier["phase"].reindex(list(data.ids)) if "phase" in earlier else [""] * len(starts)
    return np.array(
        [known.get(str(name), own) if own >= 0 else own for name, own in zip(said, now, strict=True)]
    )


def _problems(data: PhasingData, earlier: pd.DataFrame) -> Iterator[Problem]:
    if "start" not in earlier or not earlier.index.is_unique:
        found = text("columns {names}", names=tuple(map(str, earlier.columns)))
        allowed = text("one row a technology, with a column start")
        yield Problem("", "", "", "keep", found, allowed)
        return
    known, there = set(data.ids), {str(name) for name in earlier.index}
    for name in sorted(there - known):
        yield Problem("", "", "", name, text("in the earlier plan"), text("a technology of the study"))
    for name in sorted(known - there):
        yield Problem("", "", "", name, text("not in the earlier plan"), text("a technology of both"))
    grid = {data.start_month(period) for period in range(data.periods)}
    for name in sorted(known & there):
        month = earlier.loc[name, "start"]
        if month == month and month and str(month) not in grid:
            first, last = data.start_month(0), data.start_month(data.periods - 1)
            allowed = text("the start of a period, {first} to {last}", first=first, last=last)
            yield Problem("", "", "", name, text("a start in {month}", month=month), allowed)


def _changes(earlier: pd.DataFrame, plan: Plan, kept: Kept, data: PhasingData) -> pd.DataFrame:
    rows = []
    for i, names in sorted(kept.forced.items()):
        name = data.ids[i]
        before, after = earlier.loc[name], plan.placements.loc[name]
        phase = before.get("phase", "")
        rows.append((name, phase, before["start"], after["phase"], after["start"], _forced_by(names, data)))
    return pd.DataFrame(rows, columns=list(CHANGE_COLUMNS))


def _forced_by(names: tuple[Name, ...], data: PhasingData) -> Text:
    if not names:
        return text("a plan with this one as before would be worth less than is allowed")
    return joined(_broken(name, data) for name in names)


def _broken(name: Name, data: PhasingData) -> Text | str:
    if name[0] == "window":
        return text("the start of {technology} is no longer possible", technology=name[1])
    if name[0] == "prerequisite" and len(name) == 2:
        return text("a prerequisite of {technology} comes later", technology=name[1])
    return limit_name(name, data)


def _notes(case: Case, before: NDArray[np.int64], kept: Kept, plan: Plan, epsilon: float) -> Iterator[Text]:
    broken = tuple(dict.fromkeys(case.model.violations(before)))
    share = Percent(epsilon, 2)
    measure = text("a plan made anew") if kept.by_fresh else text("the bound")
    if broken:
        yield text(
            "the earlier plan as it stands breaks: {limits}",
            limits=joined(_broken(name, case.data) for name in broken),
        )
    if kept.start_changes == 0:
        yield text("the earlier plan is kept without a change")
    elif kept.is_proved:
        yield text(
            "the earlier plan is kept but for {phases} phases and {starts} starts; no plan within {share} of"
            " {measure} has fewer changes",
            phases=kept.phase_changes,
            starts=kept.start_changes,
            share=share,
            measure=measure,
        )
    else:
        yield text(
            "the earlier plan is kept but for {phases} phases and {starts} starts; the search stopped before"
            " it proved that fewer changes are impossible",
            phases=kept.phase_changes,
            starts=kept.start_changes,
        )
    if kept.by_fresh:
        yield text(
            "whole plans stay further than {share} below the bound, so what keeping may cost is measured"
            " against a plan made anew",
            share=share,
        )
    yield from _idle(case, kept, plan, epsilon)


def _idle(case: Case, kept: Kept, plan: Plan, epsilon: float) -> Iterator[Text]:
    """State what a fresh plan would win where keeping leaves it lying: more than allowed, or idle limits."""
    more = filled(case.model, kept.starts, range(len(kept.starts)))
    fitting = tuple(case.data.ids[i] for i in np.flatnonzero(more != kept.starts))
    if fitting:
        yield text(
            "money and people lie idle beside the kept plan: {technologies} would fit without a change",
            technologies=fitting,
        )
    lost = 0.0 if kept.bound <= 0 else 1 - plan.value / kept.bound
    if kept.anew is not None:
        won = max(kept.anew / plan.value - 1, 0.0) if plan.value > 0 else 0.0
        yield text(
            "a plan made anew is worth {share} more than the kept one; no plan is worth more than {most}"
            " more",
            share=Percent(won, 2),
            most=Percent(plan.gap, 2),
        )
    elif fitting or lost > epsilon:
        yield text("a fresh plan would be worth {share} more at most", share=Percent(plan.gap, 2))
