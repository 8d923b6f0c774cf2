"""What can be wrong with limits, decisions and the numbers of technologies: all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.model.resources import Resources
from techprio.phasing.months import month_number, month_text

CARRY_OVER = ("within phase", "none", "whole horizon")


def unknown_name(name: str, ids: Sequence[str]) -> str:
    """Say that a name is unknown, with the nearest that is known."""
    return f"unknown technology {name!r}" + _near(name, ids)


def _near(name: str, names: Iterable[str]) -> str:
    near = did_you_mean(name, sorted(names))
    return f" ({near})" if near else ""


def resource_faults(resources: Resources) -> list[str]:
    """Say everything that is wrong with the limits themselves."""
    try:
        first, last = month_number(resources.start), month_number(resources.end)
    except InputError as fault:
        return [f"resources: {fault}"]
    if last < first:
        return [f"resources: end {resources.end} lies before start {resources.start}"]
    years = range(first // 12, last // 12 + 1)
    return [
        *_constant_faults(resources),
        *_phase_faults(resources, years),
        *_minimum_faults(resources),
        *_fund_faults(resources, years),
    ]


def _constant_faults(resources: Resources) -> Iterator[str]:
    length = resources.period_months
    if not (isinstance(length, int) and length >= 1):
        yield f"resources: period_months must be a whole number from 1 on; got {length!r}"
    if not 0 <= resources.discount_rate < 1:
        yield f"resources: discount_rate must lie from 0 to below 1; got {resources.discount_rate}"
    for status, factor in resources.lead_factor.items():
        if not 0 <= factor <= 1:
            yield f"lead_factor of {status}: must lie between 0 and 1; got {factor}"
    for level, months in resources.earliest_start_months.items():
        if not months >= 0:
            yield f"earliest_start_months of level {level}: must not be negative; got {months}"


def _minimum_faults(resources: Resources) -> Iterator[str]:
    known = [phase.id for phase in resources.phases]
    for phase, count in resources.sector_minimum.items():
        if phase not in known:
            yield f"sector_minimum: unknown phase {phase!r}; known: {', '.join(known)}"
        if count < 0 or int(count) != count:
            yield f"sector_minimum of {phase}: must be a whole number from 0 on; got {count}"


def _fund_faults(resources: Resources, years: range) -> Iterator[str]:
    for fund in resources.funds:
        yield from _yearly_faults(f"budget {fund.id}", fund.per_year, years)
        if fund.carry_over not in CARRY_OVER:
            yield f"budget {fund.id}: carry_over {fund.carry_over!r}; allowed: {', '.join(CARRY_OVER)}"
    if resources.staff is not None:
        yield from _yearly_faults("staff", resources.staff.per_year, years)


def _phase_faults(resources: Resources, years: range) -> Iterator[str]:
    names = [phase.id for phase in resources.phases]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"phase {name} is given twice"
    for before, after in pairwise(resources.phases):
        if after.first_year <= before.last_year:
            yield f"phases {before.id} and {after.id} overlap or stand in the wrong order"
    for year in years:
        if not any(phase.first_year <= year <= phase.last_year for phase in resources.phases):
            yield f"year {year} of the horizon belongs to no phase"


def _yearly_faults(name: str, per_year: Mapping[int, float], years: range) -> Iterator[str]:
    missing = [str(year) for year in years if year not in per_year]
    if missing:
        yield f"{name}: no amount for {', '.join(missing)}; give 0 where there is none"
    for year, amount in per_year.items():
        if not np.isfinite(amount) or amount < 0:
            yield f"{name} {year}: must be finite and not negative; got {amount}"


def decision_faults(resources: Resources, ids: Sequence[str]) -> Iterator[str]:
    """Say which decisions name nobody or contradict each other."""
    decisions = resources.decisions
    named = [
        ("fixed_start", decisions.fixed_start),
        ("must", decisions.must),
        ("must_not", decisions.must_not),
        ("not_before", decisions.not_before),
    ]
    named += [("exclusive", group) for group in decisions.exclusive]
    for field_name, names in named:
        for name in names:
            if name not in ids:
                yield f"{field_name}: {unknown_name(name, ids)}"
    for name in decisions.must_not:
        if name in decisions.must or name in decisions.fixed_start:
            yield f"{name} is both wanted (must or fixed_start) and left out (must_not)"
    for group in decisions.exclusive:
        wanted = [name for name in group if name in decisions.must or name in decisions.fixed_start]
        if len(wanted) > 1:
            told = f"of {', '.join(group)} at most one can be placed"
            yield f"exclusive: {told}, but {', '.join(wanted)} are wanted"
    for name, month in decisions.fixed_start.items():
        yield from _fixed_faults(resources, name, month)


def _fixed_faults(resources: Resources, name: str, month: str) -> Iterator[str]:
    try:
        first, last = month_number(resources.start), month_number(resources.end)
        offset = month_number(month) - first
    except InputError as fault:
        yield f"fixed_start of {name}: {fault}"
        return
    step = max(resources.period_months, 1)
    if not 0 <= offset <= last - first:
        yield f"fixed_start of {name}: {month} lies outside {resources.start} to {resources.end}"
    elif offset % step:
        near = month_text(first + offset // step * step), month_text(first + (offset // step + 1) * step)
        yield f"fixed_start of {name}: {month} is no start of a period; nearest: {near[0]}, {near[1]}"


def technology_faults(technologies: pd.DataFrame, resources: Resources) -> Iterator[str]:
    """Say which costs, leads, people and sources cannot be used."""
    for column in ("capex_mode", "lead_mode", "staff"):
        yield from _column_faults(technologies, column)
    columns = [column for column in technologies if str(column).startswith("fund_")]
    for column in columns:
        yield from _column_faults(technologies, column)
    known = {f"fund_{fund.id}" for fund in resources.funds}
    for column in columns:
        users = technologies.index[pd.to_numeric(technologies[column], errors="coerce") > 0]
        if column not in known and len(users):
            yield f"{column}: money of {users[0]} comes from a source without a budget" + _near(column, known)
    for column in sorted(known - set(columns)):
        yield f"budget {column[5:]}: technologies have no column {column}" + _near(column, map(str, columns))
    shares = (
        technologies[[c for c in columns if c in known]].apply(pd.to_numeric, errors="coerce").sum(axis=1)
    )
    costs = pd.to_numeric(technologies.get("capex_mode", pd.Series(0.0, technologies.index)), errors="coerce")
    for name in technologies.index[((shares - 1).abs() > 1e-6) & (costs > 0)]:
        if known:
            yield f"{name}: shares of the sources add up to {shares[name]:.6g}, not 1"
    if "status" in technologies and resources.lead_factor:
        words = list(resources.lead_factor)
        for name, word in technologies["status"].items():
            if str(word) not in words:
                yield f"{name}: status {word!r} has no lead_factor; known: {', '.join(words)}"


def _column_faults(technologies: pd.DataFrame, column: str) -> Iterator[str]:
    if column not in technologies:
        if column == "lead_mode":
            yield "technologies have no column lead_mode (months)"
        return
    numbers = pd.to_numeric(technologies[column], errors="coerce")
    for name in technologies.index[~np.isfinite(numbers) | (numbers < 0)]:
        yield f"{name}: {column} must be a number from 0 on; got {technologies.loc[name, column]!r}"
