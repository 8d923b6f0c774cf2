"""A second pair of eyes: the plan against every rule, month by month, without solver or rows.

It reads the printed months of the plan, so what it finds holds for the output alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from techprio.language import Month, Text, text
from techprio.model.funds import Fund
from techprio.model.prerequisites import start_gap
from techprio.phasing.data import PhasingData
from techprio.phasing.months import month_number, month_text, operational_offset

TOLERANCE = 1e-6


def verify_plan(data: PhasingData, placements: pd.DataFrame) -> tuple[Text, ...]:
    """List everything that a plan breaks; empty when it keeps all limits.

    Parameters
    ----------
    data : PhasingData
    placements : DataFrame
        Columns ``start, operational, phase, placed`` by technology, months as ``YYYY-MM``.

    Returns
    -------
    tuple of Text
    """
    start = {name: month_number(row.start) for name, row in placements.iterrows() if row.placed}
    return (
        *_windows(data, placements, start),
        *_prerequisites(data, start),
        *_money(data, start),
        *_people(data, start),
        *_minima(data, start),
        *_decisions(data, start),
    )


def _running(data: PhasingData, name: str, start: Mapping[str, int]) -> int:
    return start[name] + operational_offset(int(data.lead[data.place[name]]))


def _windows(data: PhasingData, placements: pd.DataFrame, start: Mapping[str, int]) -> Iterator[Text]:
    end = month_number(data.resources.end)
    for name, month in start.items():
        place = data.place[name]
        operational = _running(data, name, start)
        if (month - data.first_month) % data.resources.period_months or month < data.first_month:
            yield text(
                "{technology}: {month} is no start of a period",
                technology=name,
                month=Month(month_text(month)),
            )
        if month - data.first_month < data.ready[place]:
            yield text("{technology} starts before its readiness allows", technology=name)
        if operational > end:
            yield text(
                "{technology} is operational after {end}", technology=name, end=Month(data.resources.end)
            )
        if month_text(operational) != placements.loc[name, "operational"]:
            yield text("{technology}: operational month does not follow from start and lead", technology=name)
        elif operational <= end and data.phase_of(operational) != placements.loc[name, "phase"]:
            yield text("{technology}: phase is not that of the operational month", technology=name)
        if name in data.excluded:
            yield text("{technology} is placed although it was screened out", technology=name)


def _prerequisites(data: PhasingData, start: Mapping[str, int]) -> Iterator[Text]:
    bundle = {name: unit for unit in data.graph.bundles for name in unit}
    met: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in data.graph.edges[data.graph.edges["kind"] == "hard"].itertuples():
        name, other = row.technology, row.requires
        if name not in start:
            continue
        if other in bundle.get(name, ()):
            waited = start.get(other) == start[name]
        elif other not in start:
            waited = False
        else:
            gap = start_gap(
                row.timing, row.lag_months, data.lead[data.place[other]], data.lead[data.place[name]]
            )
            waited = start[name] >= start[other] + gap - TOLERANCE
        met[name, row.one_of or f" {other}"].append(waited)
    for (name, group), fine in met.items():
        if not any(fine):
            yield text("{technology} does not wait for {other}", technology=name, other=group.strip())


def _money(data: PhasingData, start: Mapping[str, int]) -> Iterator[Text]:
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for name, month in start.items():
        place = data.place[name]
        for fund, share in zip(data.resources.funds, data.fund_share[place], strict=True):
            if share:
                outlays = fund.outlays or data.resources.outlays
                for step, part in enumerate(_parts(max(int(data.lead[place]), 1), outlays)):
                    spent[fund.id, (month + step) // 12] += data.cost[place] * share * part
    for fund in data.resources.funds:
        if fund.hard:
            yield from _fund(data, fund, spent)
            for cap in fund.caps:
                years = range(cap.first_year, cap.last_year + 1)
                if sum(spent.get((fund.id, year), 0.0) for year in years) > cap.amount + TOLERANCE:
                    said = f"{years[0]}-{years[-1]}"
                    yield text("{fund} {year} is exceeded", fund=data.fund_name(fund.id), year=said)


def _parts(lead: int, outlays: Sequence[float]) -> Sequence[float]:
    """Return the share of a cost that is spent in each month of a project."""
    if not outlays:
        return [1 / lead] * lead
    years = -(-lead // 12)
    by_year = [*outlays[: years - 1], sum(outlays[years - 1 :])] + [0.0] * max(years - len(outlays), 0)
    return [by_year[month // 12] / min(12, lead - month // 12 * 12) for month in range(lead)]


def _fund(data: PhasingData, fund: Fund, spent: Mapping[tuple[str, int], float]) -> Iterator[Text]:
    purse = earlier = 0.0
    begins = {phase.first_year for phase in data.resources.phases}
    years = range(min([*fund.per_year, *data.years]), max(data.years) + 1)
    for year in years:
        money, used = float(fund.per_year.get(year, 0.0)), spent.get((fund.id, year), 0.0)
        if fund.carry_over == "next year":
            earlier, purse = money - max(used - earlier, 0.0), earlier + money - used
        else:
            if fund.carry_over == "none" or (fund.carry_over == "within phase" and year in begins):
                purse = 0.0
            purse += money - used
        if purse < -TOLERANCE * max(1.0, money):
            yield text("{fund} {year} is exceeded", fund=data.fund_name(fund.id), year=year)


def _people(data: PhasingData, start: Mapping[str, int]) -> Iterator[Text]:
    staff = data.resources.staff
    if staff is None or not staff.hard:
        return
    needed: dict[int, float] = defaultdict(float)
    for name, month in start.items():
        begins = data.resources.staff_needed == "from_start"
        needed[(month if begins else _running(data, name, start)) // 12] += float(
            data.staff[data.place[name]]
        )
    free = 0.0
    for year in range(min([*staff.per_year, *data.years]), max(data.years) + 1):
        free = (free if staff.accumulates else 0.0) + float(staff.per_year.get(year, 0.0)) - needed[year]
        if free < -TOLERANCE:
            yield text("staff {year} is passed", year=year)


def _minima(data: PhasingData, start: Mapping[str, int]) -> Iterator[Text]:
    last = {phase.id: phase.last_year for phase in data.resources.phases}
    for phase, count in data.resources.sector_minimum.items():
        for sector in data.plan_sectors:
            running = [
                name
                for name in start
                if data.sector[data.place[name]] == sector
                and _running(data, name, start) // 12 <= last[phase]
            ]
            if len(running) < count:
                yield text(
                    "sector {sector} has too few technologies by the end of {phase}",
                    sector=sector,
                    phase=phase,
                )


def _decisions(data: PhasingData, start: Mapping[str, int]) -> Iterator[Text]:
    decisions = data.resources.decisions
    for name, month in decisions.fixed_start.items():
        if start.get(name) != month_number(month):
            yield text(
                "{technology} does not start in {month} as decided", technology=name, month=Month(month)
            )
    for name in decisions.must:
        if name not in start:
            yield text("{technology} is not placed although it was decided", technology=name)
    for name in decisions.must_not:
        if name in start:
            yield text("{technology} is placed although it was ruled out", technology=name)
    for group in decisions.exclusive:
        placed = [name for name in group if name in start]
        if len(placed) > 1:
            yield text("of {group} more than one is placed", group=", ".join(group))
