r"""Dates and money of a plan under drawn lead times and costs (Monte Carlo simulation).

Every draw takes a lead time and a cost of each technology from its triangular spread and carries them
through the plan: a technology starts at its planned period, or in the first later one in which its
prerequisites are met and its drawn outlays fit the hard funds beside what has begun before it. Nothing that
has begun is stopped. (Serial schedule generation under uncertainty: Ballestin and Leus 2009, *Production
and Operations Management* 18, 459-474.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.phasing.months import spent_share

Array = NDArray[np.float64]
NOT_IN_HORIZON = np.inf
BLOCK = 5_000  # draws carried through at once


@dataclass(frozen=True)
class Need:
    """A hard prerequisite in months: any of the options; FS and SS hold back the start, FF and SF the end."""

    options: tuple[tuple[int, str, float], ...]  # (technology, timing, lag in months)


@dataclass(frozen=True)
class Purse:
    """A hard fund: what it may spend in each span of years.

    Parameters
    ----------
    share : array (technologies,)
        Of the cost of each technology.
    first, last : array of int (spans,)
        Numbers of the first and the last year of each span.
    limit : array (spans,)
    outlays : tuple of float
        Share of a cost by year of the project; empty: evenly.
    """

    share: Array
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    limit: Array
    outlays: tuple[float, ...] = ()

    def over(self, spent: Array) -> Array:
        """Return by how much the spending of each year, (years, draws), passes each limit, (spans, draws)."""
        total = np.cumsum(spent, axis=0)
        over = total[self.last]
        later = self.first > 0
        over[later] -= total[self.first[later] - 1]
        over -= self.limit[:, None]
        return over


@dataclass(frozen=True)
class Course:
    """A plan as it is carried out under draws.

    Parameters
    ----------
    order : tuple of int
        Technologies that are placed, prerequisites first.
    start : array (technologies,)
        Planned month of start, from the first month of the horizon.
    needs : tuple of tuple of Need
    purses : tuple of Purse
    year_ends : array (years,)
        Months from the first month of the horizon to the end of each year.
    period : int
        Months of a period.
    months : int
        Length of the horizon.
    """

    order: tuple[int, ...]
    start: Array
    needs: tuple[tuple[Need, ...], ...]
    purses: tuple[Purse, ...]
    year_ends: Array
    period: int
    months: int


def triangular(low: Array, mode: Array, high: Array, uniform: Array) -> Array:
    """Return triangular draws, shape (draws, m), from uniform ones; low = high is a constant."""
    width = np.where(high > low, high - low, 1.0)
    split = (mode - low) / width
    rising = low + np.sqrt(uniform * width * (mode - low))
    falling = high - np.sqrt((1 - uniform) * width * (high - mode))
    return np.where(high > low, np.where(uniform < split, rising, falling), mode)


def triangular_quantile(low: Array, mode: Array, high: Array, share: float) -> Array:
    """Return the value that is not passed with a probability, for each triangular distribution."""
    return triangular(low, mode, high, np.full(np.shape(mode), share))


def operational_months(course: Course, lead: Array, cost: Array, *, money: bool) -> Array:
    """Return when each technology is operational: months from the start of the horizon, shape (draws, m).

    Infinite where a draw finds no start inside the horizon, NaN where the plan does not place it.

    Parameters
    ----------
    course : Course
    lead, cost : array (draws, technologies)
    money : bool
        Whether a start waits for money, too.
    """
    blocks = [
        _carry_through(course, lead[begin : begin + BLOCK], cost[begin : begin + BLOCK], money=money)
        for begin in range(0, len(lead), BLOCK)
    ]
    return np.concatenate(blocks, axis=1).T if blocks else np.zeros((0, len(course.start)))


def _carry_through(course: Course, lead: Array, cost: Array, *, money: bool) -> Array:
    """Return months of operation, (technologies, draws): the draws of one are one piece of memory."""
    lead, cost = np.ascontiguousarray(lead.T), np.ascontiguousarray(cost.T)
    done = np.full(lead.shape, np.nan)
    begun = done.copy()
    spent = [np.zeros((len(course.year_ends), lead.shape[1])) for _ in course.purses]
    for i in course.order:
        start = np.full(lead.shape[1], course.start[i])
        for need in course.needs[i]:
            start = np.maximum(start, _allows(need, begun, done, "S"))
        start = np.ceil(start / course.period - 1e-9) * course.period
        paying = [place for place, purse in enumerate(course.purses) if purse.share[i] > 0]
        if money and paying:
            start = _when_paid(course, i, start, lead[i], cost[i], spent, paying)
        begun[i] = start
        end = start + lead[i]
        for need in course.needs[i]:
            end = np.maximum(end, _allows(need, begun, done, "F"))
        done[i] = end
    return done


def _allows(need: Need, begun: Array, done: Array, side: str) -> Array:
    """Return the month from which a need lets a start (S) or an end (F) through.

    An option that holds back the other side holds back nothing here.
    """
    months = [
        (begun if timing[0] == "S" else done)[j] + lag
        if timing[1] == side
        else np.where(np.isfinite(done[j]), -np.inf, np.inf)
        for j, timing, lag in need.options
    ]
    return np.min(np.where(np.isnan(months), np.inf, months), axis=0)


def _when_paid(
    course: Course,
    i: int,
    start: Array,
    lead: Array,
    cost: Array,
    spent: Sequence[Array],
    paying: Sequence[int],
) -> Array:
    """Return the first start from the given one on at which every fund holds, and book the outlays."""
    found = np.full(len(start), NOT_IN_HORIZON)
    waiting = np.flatnonzero(np.isfinite(start))
    for month in np.arange(course.start[i], course.months, course.period):
        if not len(waiting):
            break
        now = waiting[start[waiting] <= month]
        if not len(now):
            continue
        begun, outlays = _affordable(course, i, float(month), now, lead, cost, spent, paying)
        found[begun] = month
        waiting = waiting[found[waiting] > month]
        for place, one in zip(paying, outlays, strict=True):
            spent[place][:, _rows(begun, spent[place])] += one
    return found


def _affordable(
    course: Course,
    i: int,
    month: float,
    now: NDArray[np.intp],
    lead: Array,
    cost: Array,
    spent: Sequence[Array],
    paying: Sequence[int],
) -> tuple[NDArray[np.intp], list[Array]]:
    """Return those of some draws in which every fund holds at a start, and their outlays of each fund."""
    outlays: list[Array] = []
    by_year: dict[tuple[float, ...], Array] = {}
    for place in paying:
        purse = course.purses[place]
        if purse.outlays not in by_year:
            by_year[purse.outlays] = _by_year(course, purse, month, lead[_rows(now, lead)])
        own = purse.share[i] * by_year[purse.outlays]
        own *= cost[_rows(now, cost)]
        fits = (purse.over(spent[place][:, _rows(now, cost)] + own) <= 1e-9).all(axis=0)
        outlays.append(own)
        if not fits.all():
            now, outlays = now[fits], [one[:, fits] for one in outlays]
            by_year = {kind: one[:, fits] for kind, one in by_year.items()}
    return now, outlays


def _rows(draws: NDArray[np.intp], whole: Array) -> NDArray[np.intp] | slice:
    """Return what picks some draws, in order; all of them without a copy."""
    return slice(None) if len(draws) == whole.shape[-1] else draws


def _by_year(course: Course, purse: Purse, month: float, lead: Array) -> Array:
    """Return the share of a cost that falls into each year, shape (years, draws)."""
    months = np.maximum(course.year_ends - month, 0.0)
    shares = spent_share(months[:, None], lead, purse.outlays)
    shares[1:] -= shares[:-1].copy()
    return shares


def fund_use(
    course: Course, purse: Purse, starts: Array, lead: Array, cost: Array
) -> Iterator[tuple[int, Array]]:
    """Give each year with the most by which drawn use passes a limit that ends with it, at planned starts.

    Parameters
    ----------
    starts : array (technologies,)
        Planned months of start; NaN where not placed.
    """
    use = np.zeros((len(course.year_ends), len(lead)))
    for i in np.flatnonzero(np.isfinite(starts) & (purse.share > 0)):
        use += purse.share[i] * cost[:, i] * _by_year(course, purse, float(starts[i]), lead[:, i])
    over = purse.over(use)
    for year in np.unique(purse.last):
        yield int(year), over[purse.last == year].max(axis=0)
