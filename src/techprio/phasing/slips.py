"""From statements to expected months: own slips, and what they hold up through the graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from techprio.dependencies.graph import DependencyGraph
from techprio.model.plan import Plan
from techprio.phasing.months import month_number, operational_offset
from techprio.phasing.progress import Progress


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

    def _one(self, name: str, said: Progress, found: Mapping[str, Expected], unit: Sequence[str]) -> Expected:
        planned = self.planned(name)
        if said.status == "stopped":
            return Expected(None, None)
        if said.status == "done":
            late = said.operational - planned[1] if planned and said.operational is not None else 0
            return Expected(said.start, said.operational, own=late)
        if planned is None and said.status == "not started":
            return Expected(None, None)
        lead = operational_offset(int(self.plan.placements.loc[name, "lead_months"]))
        if said.status == "running" and said.start is not None:
            operational = said.operational if said.operational is not None else said.start + lead
            operational = max(operational, self.now + 1)
            own = operational - planned[1] if planned else 0
            return self._held_up(name, Expected(said.start, operational, own=own), found, unit, begun=True)
        if planned is None:
            return Expected(None, None)
        start = planned[0] if planned[0] > self.now else self.next_period
        if said.start is not None:
            start = max(start, self._on_grid(said.start))
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
        edge = self._edges[name, other]
        lag = int(edge[1])
        if edge[0] == "FF" or begun:
            return "operational", ready + (lag if edge[0] == "FF" else 0)
        return "start", ready + 1 + lag

    @property
    def _edges(self) -> dict[tuple[str, str], tuple[str, float]]:
        hard = self.graph.edges[self.graph.edges["kind"] == "hard"]
        return {(row.technology, row.requires): (row.timing, row.lag_months) for row in hard.itertuples()}

    def _on_grid(self, month: int) -> int:
        """Return the first start of a period that is not before a month."""
        first, length = month_number(self.plan.resources.start), self.plan.resources.period_months
        return first + length * ceil((month - first) / length)
