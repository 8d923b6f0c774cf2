"""Why each technology stands where it stands: a reason that can be checked from the plan alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from techprio.language import Month, Text, text
from techprio.phasing.data import PhasingData
from techprio.phasing.limits import fund_years
from techprio.phasing.model import NEVER, Name, PhasingModel, budget_years

MEAN = text("an earlier start would fit as well; under limits up to 10 % lower it mostly starts then")
KEPT = text("an earlier start would fit as well; the earlier plan, which is kept, starts it then")


def explain(
    data: PhasingData,
    model: PhasingModel,
    starts: np.ndarray,
    refusals: dict[str, Text],
    ready: np.ndarray,
    *,
    fits: Text = MEAN,
) -> dict[str, Text]:
    """Give every technology its reason.

    Parameters
    ----------
    data, model
    starts : array
        A polished plan.
    refusals : dict of str to Text
        What was refused before the solve.
    ready : array
        First period of each technology by readiness alone.
    fits : Text
        Why a technology starts later than it could.
    """
    unit_of = {i: unit for unit in model.units for i in unit}
    used = model.used(starts)
    reasons: dict[str, Text] = {}
    for i, name in enumerate(data.ids):
        if name in refusals:
            reasons[name] = refusals[name]
        elif starts[i] >= 0:
            reasons[name] = _placed(data, model, starts, used, i, unit_of[i], ready, fits)
        else:
            reasons[name] = _left_out(data, model, starts, used, i, unit_of[i])
    return reasons


def _placed(
    data: PhasingData,
    model: PhasingModel,
    starts: np.ndarray,
    used: np.ndarray,
    i: int,
    unit: Sequence[int],
    ready: np.ndarray,
    fits: Text,
) -> Text:
    now = int(starts[i])
    binding: list[Text] = []
    for member in sorted(unit, key=lambda member: member != i):
        if data.ids[member] in data.resources.decisions.fixed_start:
            return _for_member(data, i, member, text("start fixed by decision"))
        binding += (
            _for_member(data, i, member, reason)
            for reason in _own_bounds(data, model, starts, member, now, ready)
        )
    if now == 0 and not binding:
        return text("already operational") if data.lead[i] == 0 else text("as early as possible")
    if now > 0:
        binding += _short(data, model, used, unit, now)
    if binding:
        return reduce(lambda before, after: text("{before}; {after}", before=before, after=after), binding)
    members = list(unit)
    if model.gain[members, now - 1].sum() > model.gain[members, now].sum():
        return fits
    return text("an earlier start would be worth less")


def _for_member(data: PhasingData, i: int, member: int, reason: Text) -> Text:
    if member == i:
        return reason
    return text("starts together with {technology}: {reason}", technology=data.ids[member], reason=reason)


def _own_bounds(
    data: PhasingData, model: PhasingModel, starts: np.ndarray, member: int, now: int, ready: np.ndarray
) -> Iterator[Text]:
    """Give what forbids an earlier start whatever the money: readiness, and every prerequisite that binds."""
    if ready[member] == now > 0:
        yield text(
            "readiness: level {level} allows work from {month}",
            level=int(data.level[member]),
            month=Month(data.start_month(now)),
        )
    for need in model.needs[member]:
        allowed, other = min((int(starts[j]) + lag, j) for j, lag in need.options if starts[j] >= 0)
        if allowed == now > 0:
            yield text(
                "waits for {technology} (operational {month})",
                technology=data.ids[other],
                month=Month(data.operational_month(other, int(starts[other]))),
            )


def _short(
    data: PhasingData, model: PhasingModel, used: np.ndarray, unit: Sequence[int], now: int
) -> Iterator[Text]:
    """Give every limit that a start one period earlier would break, each fund where it lacks most."""
    members = list(unit)
    needed = used - model.load[:, members, now].sum(axis=1) + model.load[:, members, now - 1].sum(axis=1)
    excess = np.where(needed > model.room, needed - model.capacity, 0.0)
    worst: dict[Name, int] = {}
    for row in map(int, np.flatnonzero(excess)):
        pool = _pool(data, model.limits[row])
        if pool not in worst or excess[row] > excess[worst[pool]]:
            worst[pool] = row
    for row in worst.values():
        yield limit_text(data, model.limits[row], float(excess[row]), data.start_month(now - 1))


def limit_text(data: PhasingData, name: Name, lacking: float, month: str) -> Text:
    """State which limit binds, and what a start in ``month`` would lack."""
    if name[0] == "staff":
        people = int(np.ceil(lacking - 1e-9))
        return text(
            "staff {year}: a start in {month} lacks {people} people",
            year=name[1],
            month=Month(month),
            people=people,
        )
    return text(
        "{fund} {year}: a start in {month} lacks {amount} {currency}",
        fund=data.fund_name(str(name[1])),
        year=budget_years(name),
        month=Month(month),
        amount=rounded_up(lacking),
        currency=data.resources.money,
    )


def rounded_up(amount: float) -> float:
    """Round an amount up to two decimals, so that what is printed is enough."""
    return float(np.ceil(round(amount * 100, 6)) / 100)


def _left_out(
    data: PhasingData, model: PhasingModel, starts: np.ndarray, used: np.ndarray, i: int, unit: Sequence[int]
) -> Text:
    missing = _missing(model, starts, unit)
    if missing:
        others = [" / ".join(data.ids[j] for j in group) for group in missing]
        return text("needs {technology}, which is not placed", technology=", ".join(others))
    for group in model.exclusive:
        rivals = [data.ids[j] for j in group if starts[j] >= 0]
        if i in group and rivals:
            return text("excluded by {technology}, which is placed", technology=", ".join(rivals))
    begin = max(int(first) for first in (model.allowed_from(j, starts) for j in unit) if first is not None)
    last = min(int(model.latest[j]) for j in unit)
    if begin > last:
        return _prerequisite_too_late(data, model, starts, unit, last)
    if model.gain[list(unit)].max() <= 0:
        return text("adds no value")
    return _least_extra(data, model, used, unit, range(begin, last + 1))


def _missing(model: PhasingModel, starts: np.ndarray, unit: Sequence[int]) -> list[tuple[int, ...]]:
    found = []
    for member in unit:
        for need in model.needs[member]:
            options = tuple(j for j, _ in need.options)
            if all(starts[j] == NEVER for j in options):
                found.append(options)
    return found


def _prerequisite_too_late(
    data: PhasingData, model: PhasingModel, starts: np.ndarray, unit: Sequence[int], last: int
) -> Text:
    for member in unit:
        for need in model.needs[member]:
            begun, other = min((int(starts[j]) + lag, j) for j, lag in need.options if starts[j] >= 0)
            if begun > last:
                return text(
                    "{technology} is operational in {month}, too late for operation by {end};"
                    " it would have to start by {start}",
                    technology=data.ids[other],
                    month=Month(data.operational_month(other, int(starts[other]))),
                    end=Month(data.resources.end),
                    start=Month(data.start_month(max(last - (begun - int(starts[other])), 0))),
                )
    return text("cannot be operational in time")


def _least_extra(
    data: PhasingData, model: PhasingModel, used: np.ndarray, unit: Sequence[int], periods: range
) -> Text:
    """State the least money or staff beyond the limits that would place a unit beside the plan."""
    options = [_extra_of(data, model, used, unit, period) for period in periods]
    # The cheapest start; of equal ones the first.
    money, people, period, parts = min(options, key=lambda option: (option[0], option[1], option[2]))
    del money, people
    if not parts:
        return text(
            "it would fit from {month}; the earlier plan, which is kept, leaves it out",
            month=Month(data.start_month(period)),
        )
    extra = reduce(lambda before, after: text("{before} and {after}", before=before, after=after), parts)
    return text(
        "no room: {extra} more would place it from {month}",
        extra=extra,
        month=Month(data.start_month(period)),
    )


def _extra_of(
    data: PhasingData, model: PhasingModel, used: np.ndarray, unit: Sequence[int], period: int
) -> tuple[float, float, int, list[Text]]:
    """Extra of each fund (by what counts together) and of staff for a start in a period."""
    needed = used + model.load[:, list(unit), period].sum(axis=1)
    short: dict[Name, float] = {}
    for row in np.flatnonzero(needed > model.room):
        pool = _pool(data, model.limits[row])
        short[pool] = max(short.get(pool, 0.0), float(needed[row] - model.capacity[row]))
    parts = [_amount(data, pool, lacking) for pool, lacking in short.items()]
    money = sum(lacking for pool, lacking in short.items() if pool[0] == "budget")
    people = sum(lacking for pool, lacking in short.items() if pool[0] == "staff")
    return money, people, period, parts


def _pool(data: PhasingData, name: Name) -> Name:
    """Return the first year of what counts together with a row: money there lifts all its rows."""
    if name[0] != "budget":
        return (
            ("staff", name[1])
            if data.resources.staff and not data.resources.staff.accumulates
            else ("staff", "")
        )
    fund = data.resources.fund(str(name[1]))
    if len(name) > 3:
        return name
    together = [year for year in fund_years(data, fund, int(name[2])) if year in data.years]
    return ("budget", fund.id, together[0])


def _amount(data: PhasingData, pool: Name, lacking: float) -> Text:
    if pool[0] == "staff":
        people = int(np.ceil(lacking - 1e-9))
        if pool[1] == "":
            return text("{people} trained people", people=people)
        return text("{people} trained people in {year}", people=people, year=pool[1])
    return text(
        "{amount} {currency} of {fund} in {year}",
        amount=rounded_up(lacking),
        currency=data.resources.money,
        fund=data.fund_name(str(pool[1])),
        year=budget_years(pool),
    )
