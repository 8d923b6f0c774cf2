"""Checks of limits, decisions and the numbers of technologies: every problem, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pandas as pd

from techprio.errors import Sayable, did_you_mean
from techprio.language import Month, text
from techprio.model.checks import Faults, is_month, is_number, numbers_between
from techprio.model.resources import CarryOver, Resources
from techprio.phasing.months import month_number, month_text

WHOLE = text("a whole number from {least} on", least=0)
AMOUNT = text("a finite number, not negative")
MONTH = text("a month YYYY-MM")


def check_resources(faults: Faults, resources: Resources) -> None:
    """Note everything that is wrong with the limits themselves."""
    unreadable = [key for key in ("start", "end") if not is_month(getattr(resources, key))]
    for key in unreadable:
        faults.add(key, repr(getattr(resources, key)), MONTH)
    if unreadable:
        return
    first, last = month_number(resources.start), month_number(resources.end)
    if last < first:
        faults.add(
            "resources",
            text("end {end} before start {start}", end=resources.end, start=resources.start),
            text("an end after the start"),
        )
        return
    years = range(first // 12, last // 12 + 1)
    _check_constants(faults, resources)
    _check_phases(faults, resources, years)
    _check_minima(faults, resources)
    for fund in resources.funds:
        _check_yearly(faults, text("budget {fund}", fund=fund.id), fund.per_year, years)
        if fund.carry_over not in get_args(CarryOver):
            place = text("budget {fund}", fund=fund.id)
            faults.add(place, f"carry_over {fund.carry_over!r}", get_args(CarryOver))
    if resources.staff is not None:
        _check_yearly(faults, text("staff"), resources.staff.per_year, years)


def _check_constants(faults: Faults, resources: Resources) -> None:
    length = resources.period_months
    if not (isinstance(length, int) and length >= 1):
        faults.add("period_months", repr(length), text("a whole number from {least} on", least=1))
    if not 0 <= resources.discount_rate < 1:
        faults.add("discount_rate", repr(resources.discount_rate), text("from 0 to below 1"))
    for status, factor in resources.lead_factor.items():
        if not 0 <= factor <= 1:
            place = text("lead_factor of {status}", status=status)
            faults.add(place, repr(factor), numbers_between(0, 1))
    for level, months in resources.earliest_start_months.items():
        if not months >= 0:
            place = text("earliest_start_months of level {level}", level=level)
            faults.add(place, repr(months), numbers_between(0, None))


def _check_minima(faults: Faults, resources: Resources) -> None:
    known = [phase.id for phase in resources.phases]
    for phase, count in resources.sector_minimum.items():
        if phase not in known:
            faults.unknown("sector_minimum", phase, known)
        if count < 0 or int(count) != count:
            faults.add(text("sector_minimum of {phase}", phase=phase), repr(count), WHOLE)


def _check_phases(faults: Faults, resources: Resources, years: range) -> None:
    names = [phase.id for phase in resources.phases]
    for name in sorted({name for name in names if names.count(name) > 1}):
        faults.add("phases", text("{name} twice", name=name), text("each name once"))
    for before, after in pairwise(resources.phases):
        if after.first_year <= before.last_year:
            faults.add(
                "phases",
                text("{before} and {after} that overlap", before=before.id, after=after.id),
                text("phases one after the other"),
            )
    for year in years:
        if not any(phase.first_year <= year <= phase.last_year for phase in resources.phases):
            faults.add(
                "phases", text("none with {year}", year=year), text("a phase for each year of the horizon")
            )


def _check_yearly(faults: Faults, place: Sayable, per_year: Mapping[int, float], years: range) -> None:
    missing = tuple(str(year) for year in years if year not in per_year)
    if missing:
        found = text("no amount for {years}", years=missing)
        faults.add(
            place, found, text("an amount for each year of the horizon"), text("give 0 where there is none")
        )
    for year, amount in per_year.items():
        if not np.isfinite(amount) or amount < 0:
            faults.add(text("{place} {year}", place=place, year=year), repr(amount), AMOUNT)


def check_decisions(faults: Faults, resources: Resources, ids: Sequence[str]) -> None:
    """Note decisions that name nobody or contradict each other."""
    decisions = resources.decisions
    named: list[tuple[str, Iterable[str]]] = [
        ("fixed_start", decisions.fixed_start),
        ("must", decisions.must),
        ("must_not", decisions.must_not),
        ("not_before", decisions.not_before),
        *(("exclusive", group) for group in decisions.exclusive),
    ]
    for key, names in named:
        for name in names:
            if name not in ids:
                faults.unknown(key, name, ids)
    wanted = {*decisions.must, *decisions.fixed_start}
    for name in decisions.must_not:
        if name in wanted:
            found = text("{technology}, which is wanted as well", technology=name)
            faults.add("must_not", found, text("either must or fixed_start, or must_not"))
    for group in decisions.exclusive:
        both = tuple(name for name in group if name in wanted)
        if len(both) > 1:
            allowed = text("at most one of {group}", group=tuple(group))
            faults.add("exclusive", text("{technologies} are wanted", technologies=both), allowed)
    for name, month in decisions.fixed_start.items():
        _check_fixed(faults, resources, name, month)


def _check_fixed(faults: Faults, resources: Resources, name: str, month: str) -> None:
    place = text("fixed_start of {technology}", technology=name)
    if not is_month(month):
        faults.add(place, repr(month), MONTH)
    if not all(map(is_month, (month, resources.start, resources.end))):
        return
    first, last = month_number(resources.start), month_number(resources.end)
    offset = month_number(month) - first
    step = max(resources.period_months, 1)
    if not 0 <= offset <= last - first:
        allowed = text("{first} to {last}", first=Month(resources.start), last=Month(resources.end))
        faults.add(place, month, allowed)
    elif offset % step:
        nearest = [Month(month_text(first + (offset // step + more) * step)) for more in (0, 1)]
        faults.add(
            place,
            month,
            text("the start of a period"),
            text("nearest: {before}, {after}", before=nearest[0], after=nearest[1]),
        )


def check_technologies(faults: Faults, technologies: pd.DataFrame, resources: Resources) -> None:
    """Note costs, leads, people and sources that cannot be used."""
    for column in ("capex_mode", "lead_mode", "staff"):
        _check_column(faults, technologies, column)
    columns = [str(column) for column in technologies if str(column).startswith("fund_")]
    for column in columns:
        _check_column(faults, technologies, column)
    known = {f"fund_{fund.id}" for fund in resources.funds}
    for column in columns:
        users = technologies.index[pd.to_numeric(technologies[column], errors="coerce") > 0]
        if column not in known and len(users):
            found = text("money of {technology} from a source without a budget", technology=users[0])
            faults.add(column, found, sorted(known), did_you_mean(column, sorted(known)))
    for column in sorted(known - set(columns)):
        found = text("technologies without the column {column}", column=column)
        place = text("budget {fund}", fund=column[5:])
        faults.add(place, found, text("a share of each technology"), did_you_mean(column, columns))
    _check_shares(faults, technologies, [column for column in columns if column in known])
    if "status" in technologies and resources.lead_factor:
        words = list(resources.lead_factor)
        for name, word in technologies["status"].items():
            if str(word) not in words:
                place = text("status of {technology}", technology=name)
                faults.add(place, repr(word), text("one with a lead_factor: {words}", words=tuple(words)))


def _check_shares(faults: Faults, technologies: pd.DataFrame, columns: Sequence[str]) -> None:
    if not columns:
        return
    shares = technologies[list(columns)].apply(pd.to_numeric, errors="coerce").sum(axis=1)
    costs = pd.to_numeric(technologies.get("capex_mode", pd.Series(0.0, technologies.index)), errors="coerce")
    for name in technologies.index[((shares - 1).abs() > 1e-6) & (costs > 0)]:
        found = text("shares of the sources that add up to {sum}", sum=f"{shares[name]:.6g}")
        faults.add(str(name), found, "1")


def _check_column(faults: Faults, technologies: pd.DataFrame, column: str) -> None:
    if column not in technologies:
        if column == "lead_mode":
            faults.add("technologies", text("no column lead_mode"), text("the months of each technology"))
        return
    numbers = pd.to_numeric(technologies[column], errors="coerce")
    for name in technologies.index[~np.isfinite(numbers) | (numbers < 0)]:
        value: Any = technologies.loc[name, column]
        seen = value if is_number(value) else repr(value)
        faults.add(text("{what} of {technology}", what=column, technology=name), str(seen), AMOUNT)
