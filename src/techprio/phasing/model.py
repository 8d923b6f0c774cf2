"""The choice of starts as a model: windows, prerequisites, limits, decisions.

It knows periods and rows only, no months and no names of funds, so published scheduling and
portfolio instances can be stated in it as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from techprio.errors import InputError
from techprio.language import text

NEVER = -1
Name = tuple[str | int, ...]  # of a limit: ("budget", "local", 2028)


def budget_years(name: Name) -> str:
    """Return the year of a limit of money, or the first and last of several, as people read it."""
    return f"{name[3]}-{name[2]}" if len(name) > 3 else str(name[2])


@dataclass(frozen=True)
class Prerequisite:
    """``dependent`` starts at the earliest ``lag`` periods after one of the ``options`` has started.

    A lag may be negative: the dependent may start first.
    """

    dependent: int
    options: tuple[tuple[int, int], ...]  # (technology, lag)


@dataclass(frozen=True)
class Minimum:
    """At least ``count`` of the members start at or before the period beside them."""

    name: Name
    members: tuple[int, ...]
    by: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class PhasingModel:
    """Which of n technologies starts in which of T periods, or never.

    Parameters
    ----------
    ids : tuple of str
    gain : array (n, T)
        What a start in a period is worth.
    earliest, latest : array of int (n,)
        Window of the start, both included; latest below earliest: never.
    limits : tuple of Name
    load : array (limits, n, T)
        What a start in a period uses of each limit.
    capacity : array (limits,)
    prerequisites : tuple of Prerequisite
    minima : tuple of Minimum
    must : tuple of int
    exclusive : tuple of tuple of int
        Of each group at most one is placed.
    bundles : tuple of tuple of int
        The members of each start in the same period, or none of them does.
    """

    ids: tuple[str, ...]
    gain: np.ndarray
    earliest: np.ndarray
    latest: np.ndarray
    limits: tuple[Name, ...]
    load: np.ndarray
    capacity: np.ndarray
    prerequisites: tuple[Prerequisite, ...] = ()
    minima: tuple[Minimum, ...] = ()
    must: tuple[int, ...] = ()
    exclusive: tuple[tuple[int, ...], ...] = ()
    bundles: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        count, periods = self.gain.shape
        if len(self.ids) != count or len(self.earliest) != count or len(self.latest) != count:
            raise InputError(text("ids, gain, earliest and latest must have one entry for each technology"))
        if self.load.shape != (len(self.limits), count, periods) or self.capacity.shape != (
            len(self.limits),
        ):
            raise InputError(text("load must have shape (limits, technologies, periods), capacity (limits,)"))
        if not (
            np.isfinite(self.gain).all() and np.isfinite(self.load).all() and np.isfinite(self.capacity).all()
        ):
            raise InputError(text("gain, load and capacity must be finite"))
        if (self.earliest < 0).any() or (self.latest >= periods).any():
            raise InputError(text("windows must lie inside the {count} periods", count=periods))

    @property
    def periods(self) -> int:
        """Number of periods."""
        return self.gain.shape[1]

    @cached_property
    def room(self) -> np.ndarray:
        """Capacity with room for the rounding of sums."""
        return self.capacity + 1e-9 * np.maximum(1.0, np.abs(self.capacity))

    @cached_property
    def needs(self) -> tuple[tuple[Prerequisite, ...], ...]:
        """Prerequisites by technology."""
        found: list[list[Prerequisite]] = [[] for _ in self.ids]
        for prerequisite in self.prerequisites:
            found[prerequisite.dependent].append(prerequisite)
        return tuple(tuple(group) for group in found)

    @cached_property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """What starts as one: bundles, and every other technology by itself."""
        bundled = {i: bundle for bundle in self.bundles for i in bundle}
        return tuple(dict.fromkeys(bundled.get(i, (i,)) for i in range(len(self.ids))))

    def value(self, starts: np.ndarray) -> float:
        """Return the worth of a plan."""
        placed = np.flatnonzero(starts >= 0)
        return float(self.gain[placed, starts[placed]].sum())

    def used(self, starts: np.ndarray) -> np.ndarray:
        """Return what a plan uses of each limit."""
        placed = np.flatnonzero(starts >= 0)
        return self.load[:, placed, starts[placed]].sum(axis=1)

    def allowed_from(self, technology: int, starts: np.ndarray) -> int | None:
        """Return the first period that the prerequisites allow; None while one of them is not placed."""
        first = int(self.earliest[technology])
        for need in self.needs[technology]:
            options = [int(starts[other]) + lag for other, lag in need.options if starts[other] >= 0]
            if not options:
                return None
            first = max(first, min(options))
        return first

    def violations(self, starts: np.ndarray) -> list[Name]:
        """Return the names of everything that a plan breaks."""
        return list(self._broken(np.asarray(starts)))

    def _broken(self, starts: np.ndarray) -> Iterator[Name]:
        for i in map(int, np.flatnonzero(starts >= 0)):
            if not self.earliest[i] <= starts[i] <= self.latest[i]:
                yield ("window", self.ids[i])
            first = self.allowed_from(i, starts)
            if first is None or starts[i] < first > self.earliest[i]:
                yield ("prerequisite", self.ids[i])
        for row in np.flatnonzero(self.used(starts) > self.room):
            yield self.limits[row]
        yield from self._decisions_broken(starts)

    def _decisions_broken(self, starts: np.ndarray) -> Iterator[Name]:
        for minimum in self.minima:
            met = sum(0 <= starts[i] <= by for i, by in zip(minimum.members, minimum.by, strict=True))
            if met < minimum.count:
                yield minimum.name
        for i in self.must:
            if starts[i] < 0:
                yield ("must", self.ids[i])
        for group in self.exclusive:
            if sum(starts[i] >= 0 for i in group) > 1:
                yield ("exclusive", *(self.ids[i] for i in group))
        for bundle in self.bundles:
            if len({int(starts[i]) for i in bundle}) > 1:
                yield ("bundle", *(self.ids[i] for i in bundle))
