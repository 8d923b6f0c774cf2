"""What the limits of a plan must agree on: horizon, phases, years, periods, outlays."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from techprio.language import Month, text
from techprio.model.checks import Checks, check_named_once
from techprio.model.funds import check_outlays
from techprio.model.limits import check_classes

if TYPE_CHECKING:
    from techprio.model.resources import Resources


def check_horizon(checks: Checks, resources: Resources) -> None:
    """Note what contradicts horizon, phases, years and periods; shares of outlays that are no whole."""
    start, end = resources.start, resources.end
    if end < start:
        found = text("end {end} before start {start}", end=end, start=start)
        checks.add("resources", found, text("an end after the start"))
        return
    years = range(int(start[:4]), int(end[:4]) + 1)
    if not resources.discount_rate < 1:
        checks.add("discount_rate", repr(resources.discount_rate), text("from 0 to below 1"))
    _check_phases(checks, resources, years)
    limits = [(text("budget {fund}", fund=fund.id), fund.per_year) for fund in resources.funds]
    if resources.staff is not None:
        limits.append((text("staff"), resources.staff.per_year))
    for place, per_year in limits:
        if lacking := tuple(str(year) for year in years if year not in per_year):
            found = text("no amount for {years}", years=lacking)
            allowed = text("an amount for each year of the horizon")
            checks.add(place, found, allowed, text("give 0 where there is none"))
    check_classes(checks, resources.rank_classes)
    check_outlays(checks, resources.outlays)
    for name, month in resources.decisions.fixed_start.items():
        _check_start(checks, resources, name, month)


def _check_phases(checks: Checks, resources: Resources, years: range) -> None:
    phases = resources.phases
    check_named_once(checks, "phases", [phase.id for phase in phases])
    check_named_once(checks, "funds", [fund.id for fund in resources.funds])
    for before, after in pairwise(phases):
        if after.first_year <= before.last_year:
            found = text("{before} and {after} that overlap", before=before.id, after=after.id)
            checks.add("phases", found, text("phases one after the other"))
    for year in years:
        if not any(phase.first_year <= year <= phase.last_year for phase in phases):
            allowed = text("a phase for each year of the horizon")
            checks.add("phases", text("none with {year}", year=year), allowed)
    for name in resources.sector_minimum:
        if name not in [phase.id for phase in phases]:
            checks.unknown("sector_minimum", name, [phase.id for phase in phases])


def _check_start(checks: Checks, resources: Resources, name: str, month: str) -> None:
    place = text("{what} of {name}", what="fixed_start", name=name)
    first, last, given = (_number_of(one) for one in (resources.start, resources.end, month))
    step = resources.period_months
    if not first <= given <= last:
        allowed = text("{first} to {last}", first=Month(resources.start), last=Month(resources.end))
        checks.add(place, month, allowed)
    elif (given - first) % step:
        near = [Month(_month_of(first + ((given - first) // step + more) * step)) for more in (0, 1)]
        proposal = text("nearest: {before}, {after}", before=near[0], after=near[1])
        checks.add(place, month, text("the start of a period"), proposal)


def _number_of(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:]) - 1


def _month_of(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
