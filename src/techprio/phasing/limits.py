"""Hard limits of money and people as rows with names, and the model made of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from techprio.language import Text, text
from techprio.model.resources import Fund
from techprio.phasing.data import PhasingData
from techprio.phasing.model import Minimum, Name, PhasingModel
from techprio.phasing.months import operational_offset
from techprio.phasing.timing import Windows


def make_model(
    data: PhasingData, windows: Windows, *, soft: bool = False
) -> tuple[PhasingModel, dict[str, Text]]:
    """Make the model, and list what can never be paid or manned, even alone.

    Parameters
    ----------
    data, windows
    soft : bool
        Whether soft limits enter as rows too, after the hard ones; nothing is refused for them alone.

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


def yearly_shares(data: PhasingData) -> np.ndarray:
    """Return the share of the cost that a start spends in each year: (technologies, periods, years)."""
    shares = np.zeros((len(data.ids), data.periods, len(data.years)))
    first_year = data.years[0]
    for lead in np.unique(data.lead):
        same = np.flatnonzero(data.lead == lead)
        for period in range(data.periods):
            for month, share in data.monthly_spending(int(same[0]), period):
                if month // 12 - first_year < len(data.years):
                    shares[same, period, month // 12 - first_year] += share
    return shares


def fund_years(data: PhasingData, fund: Fund, year: int) -> list[int]:
    """Return the years whose money and spending count together up to a year."""
    if fund.carry_over == "none":
        return [year]
    if fund.carry_over == "whole horizon":
        return [one for one in sorted({*fund.per_year, *data.years}) if one <= year]
    phase = next(p for p in data.resources.phases if p.first_year <= year <= p.last_year)
    return list(range(phase.first_year, year + 1))


def _budget_rows(data: PhasingData, *, hard: bool) -> Iterator[tuple[Name, np.ndarray, float]]:
    shares = yearly_shares(data)
    for place, fund in enumerate(data.resources.funds):
        if fund.hard != hard:
            continue
        amount = data.cost * data.fund_share[:, place]
        for year in data.years:
            together = fund_years(data, fund, year)
            columns = [one - data.years[0] for one in together if one in data.years]
            load = amount[:, None] * shares[:, :, columns].sum(axis=2)
            yield ("budget", fund.id, year), load, float(sum(fund.per_year.get(one, 0.0) for one in together))


def staff_years(data: PhasingData, year: int) -> list[int]:
    """Return the years whose trained people and needs count together up to a year."""
    staff = data.resources.staff
    if staff is None or not staff.accumulates:
        return [year]
    return [one for one in sorted({*staff.per_year, *data.years}) if one <= year]


def operation_years(data: PhasingData) -> np.ndarray:
    """Return the calendar year of operation for each start: (technologies, periods)."""
    offset = np.array([operational_offset(int(lead)) for lead in data.lead])
    months = data.first_month + np.arange(data.periods) * data.resources.period_months + offset[:, None]
    return months // 12


def _staff_rows(data: PhasingData, *, hard: bool) -> Iterator[tuple[Name, np.ndarray, float]]:
    staff = data.resources.staff
    if staff is None or staff.hard != hard:
        return
    running = operation_years(data)
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
