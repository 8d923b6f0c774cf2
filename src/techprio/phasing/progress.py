"""What a status table says of each technology, checked against the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.model.plan import Plan
from techprio.phasing.months import month_number

STATUSES = ("not started", "running", "done", "stopped")


@dataclass(frozen=True)
class Progress:
    """The latest statement on a technology; months as numbers, None where nothing is said."""

    status: str
    start: int | None = None
    operational: int | None = None


def read_progress(status: pd.DataFrame, plan: Plan, as_of: str) -> dict[str, Progress]:
    """Return the latest statement on each technology that has one.

    Raises
    ------
    InputError
        Unknown technologies or words, dates that contradict each other or the status, statements of
        one year twice: all at once.
    """
    missing = [name for name in ("year", "technology", "status") if name not in status.columns]
    if missing:
        raise InputError(
            f"the status table lacks {', '.join(missing)}; it has {', '.join(map(str, status.columns))}"
        )
    faults = [fault for _, row in status.iterrows() for fault in _faults(row, plan, month_number(as_of))]
    keys = [(row["technology"], row["year"]) for _, row in status.iterrows()]
    faults += [
        f"{name}: twice in {year}" for name, year in dict.fromkeys(keys) if keys.count((name, year)) > 1
    ]
    faults = faults or list(_went_back(status))
    if faults:
        raise InputError("the status table cannot be used:\n" + "\n".join(f"  {fault}" for fault in faults))
    latest = status.sort_values("year", kind="stable").groupby("technology", sort=False).tail(1)
    return {
        str(row["technology"]): Progress(str(row["status"]), _month(row, "start"), _month(row, "operational"))
        for _, row in latest.iterrows()
    }


def _faults(row: pd.Series, plan: Plan, now: int) -> Iterator[str]:
    name, word = str(row["technology"]), str(row["status"])
    if name not in plan.placements.index:
        yield f"unknown technology {name!r} {did_you_mean(name, [str(i) for i in plan.placements.index])}"
        return
    if word not in STATUSES:
        yield f"{name}: status {word!r}; allowed: {', '.join(STATUSES)}"
        return
    try:
        start, operational = _month(row, "start"), _month(row, "operational")
    except InputError as fault:
        yield f"{name}: {fault}"
        return
    if start is not None and operational is not None and operational < start:
        yield f"{name}: operational {row['operational']} lies before its start {row['start']}"
    if word == "done" and operational is None:
        yield f"{name}: done, but without the month in which it became operational"
    if word == "done" and operational is not None and operational > now:
        yield f"{name}: done, but operational only in {row['operational']}, after the month of the report"
    if word == "running" and start is None:
        yield f"{name}: running, but without the month of its start"
    if word == "running" and start is not None and start > now:
        yield f"{name}: running, but its start {row['start']} lies after the month of the report"
    if word == "not started" and start is not None and start <= now:
        yield f"{name}: not started, but its start {row['start']} is past"
    if word == "not started" and operational is not None and operational <= now:
        yield f"{name}: not started, but operational since {row['operational']}"


def _went_back(status: pd.DataFrame) -> Iterator[str]:
    """Name technologies that were done, or running, in one year and less than that later."""
    order = {"not started": 0, "running": 1, "done": 2}
    for name, rows in status.sort_values("year", kind="stable").groupby("technology", sort=False):
        highest = 0
        for _, row in rows.iterrows():
            rank = order.get(str(row["status"]), highest)
            if rank < highest:
                yield f"{name}: {row['status']} in {row['year']}, though it was further in an earlier year"
            highest = max(highest, rank)


def _month(row: pd.Series, column: str) -> int | None:
    value = row.get(column, "")
    return month_number(str(value)) if isinstance(value, str) and value else None
