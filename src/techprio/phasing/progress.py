"""What a status table reports of each technology, and the months that are to be expected from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import pandas as pd

from techprio.dependencies.graph import DependencyGraph
from techprio.language import Text, text
from techprio.model.checks import Checks, as_written, is_month, is_number
from techprio.model.plan import Plan
from techprio.model.rows import check_columns
from techprio.phasing.months import month_number, operational_offset

STATUSES = ("not started", "running", "done", "stopped")
PAST = text("a month up to that of the report")
FUTURE = text("a month after that of the report")


@dataclass(frozen=True)
class Progress:
    """The latest report on a technology; months as numbers, None where nothing is reported."""

    status: str
    start: int | None = None
    operational: int | None = None


def check_status(status: pd.DataFrame) -> None:
    """Refuse a table without the columns that every report has, or with a year that is none."""
    checks = Checks(text("the status table cannot be used"))
    check_columns(checks, status.columns, needed=("year", "technology", "status"))
    checks.check()
    for number, year in enumerate(status["year"].tolist(), start=1):
        if not is_number(year) or year != int(year):
            checks.add(text("row {row}, year", row=number), as_written(year), text("a year"))
    checks.check()


def read_progress(status: pd.DataFrame, plan: Plan, as_of: str) -> dict[str, Progress]:
    """Return the latest report on each technology that has one.

    Raises
    ------
    InputError
        Unknown technologies or words, dates that contradict each other or the status, reports of one
        year twice: all at once.
    """
    checks = Checks(text("the status table cannot be used"))
    known = [str(name) for name in plan.placements.index]
    for _, row in status.iterrows():
        _check_row(checks, row, known, month_number(as_of))
    keys = [(row["technology"], row["year"]) for _, row in status.iterrows()]
    for name, year in dict.fromkeys(keys):
        if keys.count((name, year)) > 1:
            checks.add(str(name), text("{year} twice", year=year), text("each year once"))
    if not checks.problems:
        _check_order(checks, status)
    checks.check()
    latest = status.sort_values("year", kind="stable").groupby("technology", sort=False).tail(1)
    return {
        str(row["technology"]): Progress(str(row["status"]), _month(row, "start"), _month(row, "operational"))
        for _, row in latest.iterrows()
    }


def _check_row(checks: Checks, row: pd.Series, known: Sequence[str], now: int) -> None:
    name, word = str(row["technology"]), str(row["status"])
    if name not in known:
        checks.unknown(text("technology"), name, known)
        return
    if word not in STATUSES:
        checks.add(text("status of {technology}", technology=name), repr(word), STATUSES)
        return
    for column in ("start", "operational"):
        month = row.get(column, "")
        if isinstance(month, str) and month and not is_month(month):
            checks.add(
                text("{what} of {technology}", what=column, technology=name), month, text("a month YYYY-MM")
            )
            return
    for found, allowed in _contradictions(row, word, now):
        checks.add(name, found, allowed)


def _contradictions(row: pd.Series, word: str, now: int) -> Iterator[tuple[Text, Text]]:
    start, operational = _month(row, "start"), _month(row, "operational")
    begins, ends = row.get("start", ""), row.get("operational", "")
    if start is not None and operational is not None and operational < start:
        yield (
            text("operational {operational}, before its start {start}", operational=ends, start=begins),
            text("an operation after the start"),
        )
    if word == "done" and operational is None:
        yield text("done, without a month of operation"), text("the month in which it became operational")
    if word == "done" and operational is not None and operational > now:
        yield text("done, but operational only in {month}", month=ends), PAST
    if word == "running" and start is None:
        yield text("running, without a month of its start"), text("the month of its start")
    if word == "running" and start is not None and start > now:
        yield text("running, but with its start in {month}", month=begins), PAST
    if word == "not started" and start is not None and start <= now:
        yield text("not started, but with its start in {month}", month=begins), FUTURE
    if word == "not started" and operational is not None and operational <= now:
        yield text("not started, but operational since {month}", month=ends), FUTURE


def _check_order(checks: Checks, status: pd.DataFrame) -> None:
    """Note technologies that were done, or running, in one year and less than that later."""
    order = {"not started": 0, "running": 1, "done": 2}
    for name, rows in status.sort_values("year", kind="stable").groupby("technology", sort=False):
        highest = 0
        for _, row in rows.iterrows():
            rank = order.get(str(row["status"]), highest)
            if rank < highest:
                found = text("{status} in {year}", status=row["status"], year=row["year"])
                checks.add(str(name), found, text("at least as far as in an earlier year"))
            highest = max(highest, rank)


def _month(row: pd.Series, column: str) -> int | None:
    value = row.get(column, "")
    return month_number(str(value)) if isinstance(value, str) and value else None


@dataclass(frozen=True)
class Expected:
    """Expected start and operation as month numbers; None when it cannot happen any more.

    ``own`` are the months that its own start or work adds to the planned operation; ``through`` is
    the prerequisite that holds it up.
    """

    start: int | None
    operational: int | None
    own: int = 0
    through: str = ""


@dataclass(frozen=True)
class Outlook:
    """What is needed to look ahead: the plan, the graph, and the month of the report."""

    plan: Plan
    graph: DependencyGraph
    now: int

    @property
    def next_period(self) -> int:
        """First month of the first period after the month of the report."""
        resources = self.plan.resources
        first, length = month_number(resources.start), resources.period_months
        return first + length * max(ceil((self.now + 1 - first) / length), 0)

    def planned(self, name: str) -> tuple[int, int] | None:
        """Return planned start and operation; None when the plan leaves it out."""
        row = self.plan.placements.loc[name]
        return (month_number(row["start"]), month_number(row["operational"])) if row["placed"] else None

    def expect(self, progress: Mapping[str, Progress]) -> dict[str, Expected]:
        """Return what is to be expected of each technology, prerequisites first.

        A technology not yet begun starts when it is planned, but not before the next period, and
        waits for its prerequisites as the plan would make it wait. What runs keeps its start and
        takes the planned time unless a month of operation is stated.
        """
        found: dict[str, Expected] = {}
        for unit in self.graph.units:
            for name in unit:
                found[name] = self._one(name, progress.get(name, Progress("not started")), found, unit)
            if len(unit) > 1:
                found.update(self._together(unit, progress, found))
        return found

    def _together(
        self, unit: Sequence[str], progress: Mapping[str, Progress], found: Mapping[str, Expected]
    ) -> dict[str, Expected]:
        """Let the members of a bundle wait for one another: they start together or not at all."""
        waiting = [name for name in unit if name not in progress or progress[name].status == "not started"]
        lost = [name for name in unit if found[name].operational is None]
        if lost:
            return {
                name: Expected(None, None, own=found[name].own, through=lost[0])
                for name in unit
                if name not in lost and (name not in progress or progress[name].status != "done")
            }
        last = max(waiting, key=lambda name: found[name].start or 0, default=None)
        start = None if last is None else found[last].start
        if last is None or start is None:
            return {}
        moved = {}
        for name in waiting:
            own = found[name]
            if own.start is not None and own.operational is not None and own.start < start:
                moved[name] = Expected(start, own.operational + start - own.start, own.own, last)
        return moved

    def _one(
        self, name: str, reported: Progress, found: Mapping[str, Expected], unit: Sequence[str]
    ) -> Expected:
        planned = self.planned(name)
        if reported.status == "stopped":
            return Expected(None, None)
        if reported.status == "done":
            late = reported.operational - planned[1] if planned and reported.operational is not None else 0
            return Expected(reported.start, reported.operational, own=late)
        if planned is None and reported.status == "not started":
            return Expected(None, None)
        lead = operational_offset(int(self.plan.placements.loc[name, "lead_months"]))
        if reported.status == "running" and reported.start is not None:
            operational = reported.operational if reported.operational is not None else reported.start + lead
            operational = max(operational, self.now + 1)
            own = operational - planned[1] if planned else 0
            return self._held_up(
                name, Expected(reported.start, operational, own=own), found, unit, begun=True
            )
        if planned is None:
            return Expected(None, None)
        start = planned[0] if planned[0] > self.now else self.next_period
        if reported.start is not None:
            start = max(start, self._on_grid(reported.start))
        expected = Expected(start, start + lead, own=start - planned[0])
        return self._held_up(name, expected, found, unit, begun=False)

    def _held_up(
        self, name: str, own: Expected, found: Mapping[str, Expected], unit: Sequence[str], *, begun: bool
    ) -> Expected:
        """Let a technology wait for its prerequisites; one that has begun waits with operation only."""
        start, operational, through = own.start, own.operational, ""
        if start is None or operational is None:
            return own
        lead = operational - start
        for group in self.graph.needs[name]:
            if not set(group).isdisjoint(unit):
                continue
            options = [
                (bound, other)
                for other in group
                if (bound := self._bound(name, other, found, begun=begun)) is not None
            ]
            if not options:
                return Expected(None, None, own=own.own, through=group[0])
            (kind, month), other = min(options, key=lambda option: (option[0][1], option[1]))
            if kind == "start" and month > start:
                start, through = self._on_grid(month), other
                operational = start + lead
            elif kind == "operational" and month > operational:
                if begun:
                    operational, through = month, other
                else:
                    start, through = self._on_grid(month - lead), other
                    operational = start + lead
        return Expected(start, operational, own.own, through)

    def _bound(
        self, name: str, other: str, found: Mapping[str, Expected], *, begun: bool
    ) -> tuple[str, int] | None:
        """Return which month a prerequisite bounds from below, and that month."""
        ready = found[other].operational
        if ready is None:
            return None
        timing, months = self._edges[name, other]
        lag, start = ceil(months - 1e-9), found[other].start
        if timing[0] == "S" and start is not None:
            if timing[1] == "F":
                return "operational", start + lag - 1
            return ("operational", start) if begun else ("start", start + lag)
        if timing[1] == "F" or begun:
            return "operational", ready + (lag if timing == "FF" else 0)
        return "start", ready + 1 + (lag if timing == "FS" else 0)

    @cached_property
    def _edges(self) -> dict[tuple[str, str], tuple[str, float]]:
        hard = self.graph.edges[self.graph.edges["kind"] == "hard"]
        return {(row.technology, row.requires): (row.timing, row.lag_months) for row in hard.itertuples()}

    def _on_grid(self, month: int) -> int:
        """Return the first start of a period that is not before a month."""
        first, length = month_number(self.plan.resources.start), self.plan.resources.period_months
        return first + length * ceil((month - first) / length)
