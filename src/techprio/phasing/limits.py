"""Hard limits of money and people as rows with names, and the model made of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from techprio.language import Text, text
from techprio.model.funds import Fund
from techprio.phasing.data import PhasingData
from techprio.phasing.model import Minimum, Name, PhasingModel, budget_years
from techprio.phasing.months import operational_offset, spent_share
from techprio.phasing.timing import Windows


def make_model(
    data: PhasingData, windows: Windows, *, soft: bool = False, alone: bool = True
) -> tuple[PhasingModel, dict[str, Text]]:
    """Make the model, and list what can never be paid or manned, even alone.

    Parameters
    ----------
    data, windows
    soft : bool
        Whether soft limits enter as rows too, after the hard ones; nothing is refused for them alone.
    alone : bool
        Whether what can never be paid or manned, even alone, is left out of the model.

    Returns
    -------
    model : PhasingModel
    refusals : dict of str to Text
        All refusals so far, those of the windows among them.
    """
    rows = [*_budget_rows(data, hard=True), *_staff_rows(data, hard=True)]
    hard = len(rows)
    if soft:
        rows += [*_budget_rows(data, hard=False), *_staff_rows(data, hard=False)]
    names: tuple[Name, ...] = tuple(name for name, _, _ in rows)
    shape = (len(rows), len(data.ids), data.periods)
    load = np.stack([load for _, load, _ in rows]) if rows else np.zeros(shape)
    capacity = np.array([capacity for _, _, capacity in rows])
    refusals = dict(windows.refusals)
    earliest, latest = windows.earliest.copy(), windows.latest.copy()
    if alone:
        for name, reason in _never_alone(data, names[:hard], load[:hard], capacity[:hard], earliest, latest):
            refusals[name] = reason
        _pass_on(data, refusals)
    for name in refusals:
        earliest[data.place[name]], latest[data.place[name]] = 0, -1
    placeable = {data.place[name] for name in data.ids if name not in refusals}
    decisions = data.resources.decisions
    model = PhasingModel(
        ids=data.ids,
        gain=_gains(data),
        earliest=earliest,
        latest=latest,
        limits=names,
        load=load,
        capacity=capacity,
        prerequisites=tuple(need for need in windows.prerequisites if need.dependent in placeable),
        minima=tuple(_minima(data)),
        must=tuple(data.place[name] for name in dict.fromkeys([*decisions.must, *decisions.fixed_start])),
        exclusive=tuple(tuple(data.place[name] for name in group) for group in decisions.exclusive),
        bundles=tuple(tuple(data.place[name] for name in bundle) for bundle in data.graph.bundles),
    )
    return model, refusals


def _gains(data: PhasingData) -> np.ndarray:
    """Own value, discounted from the month of operation."""
    return data.value[:, None] * discount_factors(data)


def discount_factors(data: PhasingData) -> np.ndarray:
    """Return what one unit of value is worth from each start: (technologies, periods)."""
    months = np.arange(data.periods) * data.resources.period_months + data.lead[:, None]
    return np.asarray((1 + data.resources.discount_rate) ** (-months / 12))


def yearly_shares(data: PhasingData, fund: int) -> np.ndarray:
    """Return the share of a cost that a start has a fund pay in each year: (technologies, periods, years)."""
    starts = np.arange(data.periods)[:, None] * data.resources.period_months
    ends = data.year_ends[None, :]
    if data.outlays(fund):
        months = np.maximum(ends - starts, 0.0)
        spent = spent_share(months[None, :, :], data.lead[:, None, None].astype(float), data.outlays(fund))
        return np.diff(spent, axis=2, prepend=0.0)
    lead = np.maximum(data.lead, 1)[:, None, None]
    inside = np.minimum(starts + lead, ends) - np.maximum(starts, np.maximum(ends - 12, 0))
    return _summed(int(lead.max(initial=1)))[lead, np.clip(inside, 0, None).astype(int)]


def _summed(longest: int) -> np.ndarray:
    """Return 1 / lead added up month by month: (leads, months); another rounding would move a search."""
    sums = np.zeros((longest + 1, longest + 13))
    for lead in range(1, longest + 1):
        sums[lead, 1:] = np.add.accumulate(np.full(longest + 12, 1 / lead))
    return sums


def fund_years(data: PhasingData, fund: Fund, year: int) -> list[int]:
    """Return the years whose money and spending count together up to a year."""
    if fund.carry_over in ("none", "next year"):
        return [year]
    if fund.carry_over == "whole horizon":
        return [one for one in sorted({*fund.per_year, *data.years}) if one <= year]
    phase = next(p for p in data.resources.phases if p.first_year <= year <= p.last_year)
    return list(range(phase.first_year, year + 1))


def fund_windows(data: PhasingData, fund: Fund) -> Iterator[tuple[Name, int, int, float]]:
    """Give the name, first and last year of each span in which a fund may spend no more than an amount.

    Money that is good until the end of the next year serves two years, so spending can be paid if and only
    if it exceeds in no span of years the money of that span and of the year before it (Hall's condition;
    it needs spans alone, because what a year's money serves is a span).
    """
    if fund.carry_over == "next year":
        for place, first in enumerate(data.years):
            for last in data.years[place:]:
                money = sum(fund.per_year.get(year, 0.0) for year in range(first - 1, last + 1))
                name = ("budget", fund.id, last) if first == last else ("budget", fund.id, last, first)
                yield name, first, last, float(money)
    else:
        for year in data.years:
            together = fund_years(data, fund, year)
            money = sum(fund.per_year.get(one, 0.0) for one in together)
            yield ("budget", fund.id, year), together[0], year, float(money)
    for cap in fund.caps:
        yield (
            ("budget", fund.id, cap.last_year, cap.first_year, "cap"),
            cap.first_year,
            cap.last_year,
            cap.amount,
        )


def _budget_rows(data: PhasingData, *, hard: bool) -> Iterator[tuple[Name, np.ndarray, float]]:
    for place, fund in enumerate(data.resources.funds):
        if fund.hard != hard:
            continue
        amount, shares = data.cost * data.fund_share[:, place], yearly_shares(data, place)
        for name, first, last, money in fund_windows(data, fund):
            columns = [number for number, year in enumerate(data.years) if first <= year <= last]
            if columns:
                yield name, amount[:, None] * shares[:, :, columns].sum(axis=2), money


def staff_years(data: PhasingData, year: int) -> list[int]:
    """Return the years whose trained people and needs count together up to a year."""
    staff = data.resources.staff
    if staff is None or not staff.accumulates:
        return [year]
    return [one for one in sorted({*staff.per_year, *data.years}) if one <= year]


def need_years(data: PhasingData) -> np.ndarray:
    """Return the calendar year from which each start needs its people: (technologies, periods)."""
    offset = np.array([data.need_number(i, 0) - data.first_month for i in range(len(data.ids))], dtype=int)
    months = data.first_month + np.arange(data.periods) * data.resources.period_months + offset[:, None]
    return months // 12


def _staff_rows(data: PhasingData, *, hard: bool) -> Iterator[tuple[Name, np.ndarray, float]]:
    staff = data.resources.staff
    if staff is None or staff.hard != hard:
        return
    running = need_years(data)
    for year in data.years:
        together = staff_years(data, year)
        load = data.staff[:, None] * np.isin(running, together)
        yield ("staff", year), load, float(sum(staff.per_year.get(one, 0.0) for one in together))


def _minima(data: PhasingData) -> Iterator[Minimum]:
    length = data.resources.period_months
    ends = {phase.id: phase.last_year * 12 + 11 for phase in data.resources.phases}
    for phase, count in data.resources.sector_minimum.items():
        for sector in data.plan_sectors:
            members = tuple(i for i, code in enumerate(data.sector) if code == sector)
            room = [ends[phase] - data.first_month - operational_offset(int(data.lead[i])) for i in members]
            by = tuple(min(months // length, data.periods - 1) for months in room)
            if count:
                yield Minimum(("sector minimum", phase, sector), members, by, int(count))


def _never_alone(
    data: PhasingData,
    names: tuple[Name, ...],
    load: np.ndarray,
    capacity: np.ndarray,
    earliest: np.ndarray,
    latest: np.ndarray,
) -> Iterator[tuple[str, Text]]:
    room = capacity * (1 + 1e-9) + 1e-9
    for number, name in enumerate(data.ids):
        window = slice(int(earliest[number]), int(latest[number]) + 1)
        uses = load[:, number, window]
        if not uses.size or (uses <= room[:, None]).all(axis=0).any():
            continue
        excess = np.maximum(uses - capacity[:, None], 0)
        period = int(excess.sum(axis=0).argmin())
        row = int(excess[:, period].argmax())
        yield name, _too_much(data, names[row], float(uses[row, period]), float(capacity[row]))


def _too_much(data: PhasingData, name: Name, needed: float, limit: float) -> Text:
    if name[0] == "staff":
        return text(
            "needs {needed} people, but {limit} are trained by {year}",
            needed=needed,
            limit=limit,
            year=name[1],
        )
    if len(name) > 3:
        return text(
            "can never be paid: in {years} it needs {needed} of {fund}, but the limit is {limit} {currency}",
            years=budget_years(name),
            needed=round(needed, 3),
            fund=data.fund_name(str(name[1])),
            limit=limit,
            currency=data.resources.money,
        )
    return text(
        "can never be paid: by {year} it needs {needed} of {fund}, but the limit is {limit} {currency}",
        year=name[2],
        needed=round(needed, 3),
        fund=data.fund_name(str(name[1])),
        limit=limit,
        currency=data.resources.money,
    )


def _pass_on(data: PhasingData, refusals: dict[str, Text]) -> None:
    """Refuse what needs something refused."""
    for unit in data.graph.units:
        for name in unit:
            for group in data.graph.needs[name]:
                if name not in refusals and all(other in refusals for other in group):
                    reason = text(
                        "needs {technology}, which cannot be placed: {reason}",
                        technology=" / ".join(group),
                        reason=refusals[group[0]],
                    )
                    refusals.update(dict.fromkeys(unit, reason))
