"""Money of the plan, as printed tables: by technology, source and year, by phase, against the limits.

In a workbook the sums, what is left and the cumulative figures are formulas, which follow a changed figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum
from typing import Any

from techprio.display.quantities import Column, Table, Words
from techprio.language import Text, text
from techprio.model.catalog import SECTOR_NAME, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.funds import SPENT_IN_ALL, SPENT_IN_YEAR
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.plan import (
    CUMULATIVE_LIMIT,
    CUMULATIVE_USED,
    LIMIT,
    LIMIT_KIND,
    LIMIT_OF_PHASE,
    SPENT_OF_LIMIT,
    USED,
    USED_IN_ALL,
    USED_IN_PHASE,
    Plan,
)
from techprio.model.resources import FUND, PHASE, YEAR
from techprio.model.run import RunData
from techprio.reporting.live_figures import (
    Live,
    across,
    begun,
    difference,
    gathered,
    of_all,
    of_source,
    share_of,
)
from techprio.reporting.words import currency, joined

_BEFORE = 5  # columns before those of the years
_CARRIED_OVER = {
    "within phase": text("Unspent money is carried over inside a phase, so the cumulative columns bind."),
    "whole horizon": text(
        "Unspent money is carried over to the end of the plan, so the cumulative columns bind."
    ),
    "next year": text(
        "Unspent money can be used until the end of the next year, oldest first; the cumulative columns hold"
        " what a year has at hand."
    ),
    "none": text("Unspent money of a year cannot be used later, so the columns of the year bind."),
}


def spending_table(run: RunData) -> Table:
    """Return money by technology, source and year, with need, limit and what is left of each source."""
    plan = run.plan
    money = currency(run)
    spent = None if plan is None else plan.spending
    years: list[int] = []
    rows: list[tuple[Any, ...]] = []
    if plan is not None and spent is not None and not spent.empty:
        dated = spent.assign(year=spent["period"].astype(str).str[:4].astype(int))
        years = sorted({*dated["year"], *plan.budget_use["year"].astype(int)})
        sums = dated.groupby(["technology", "fund", "year"], sort=False)["amount"].sum().to_dict()
        rows = _of_technologies(run, plan, years, sums)
        count = len(rows)
        for fund in plan.resources.funds:
            rows += _of_fund(plan, fund, years, rows[:count])
        rows.append(_in_all(years, rows[:count]))
    columns = [
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 33),
        Column(SECTOR_NAME, 18),
        Column(LEAD_AGENCY, 24),
        Column(FUND, 34),
        *(Column(SPENT_IN_YEAR.each(str(year)), 11) for year in years),
        Column(SPENT_IN_ALL, 13),
    ]
    notes = (
        text("In {currency}.", currency=money),
        text("Sums, limits left and totals are formulas: they follow a changed figure."),
    )
    title, name = text("Money by technology, source of funds and year"), text("Money by year")
    return Table.of("finance", title, columns, rows, notes=notes, name=name)


def _of_technologies(
    run: RunData, plan: Plan, years: list[int], sums: dict[Any, float]
) -> list[tuple[Any, ...]]:
    agencies = run.study.catalog.technologies["lead_agency"]
    rows: list[tuple[Any, ...]] = []
    for name in plan.placements.index:
        for fund in plan.resources.funds:
            cells = [sums.get((name, fund.id, year)) for year in years]
            if any(cells):
                whole = Live(fsum(one or 0.0 for one in cells), across(len(years)))
                sector = run.study.catalog.sector(plan.placements.loc[name, "sector"]).label
                label = run.study.catalog.label(name)
                rows.append((name, label, sector, agencies[name], fund.label, *cells, whole))
    return rows


def _of_fund(plan: Plan, fund: Any, years: list[int], rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return need, limit and what is left of a source of funds, below all technologies."""
    use = plan.budget_use[plan.budget_use["fund"] == fund.id]
    own = use.groupby(use["year"].astype(int))["limit"].sum().to_dict()
    of_fund = [row for row in rows if row[_BEFORE - 1] is fund.label]
    need = [_column(of_fund, place) for place in range(len(years))]
    limit = [float(own.get(year, 0.0)) for year in years]
    left = [have - want for have, want in zip(limit, need, strict=True)]
    return [
        _line(
            text("Money needed"), fund.label, [Live(one, of_source(len(rows), _BEFORE - 1)) for one in need]
        ),
        _line(text("Limit"), fund.label, list(limit)),
        _line(text("Left"), fund.label, [Live(one, difference) for one in left]),
    ]


def _in_all(years: list[int], rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    cells = [Live(_column(rows, place), of_all(len(rows))) for place in range(len(years))]
    return _line(text("Money needed"), text("all sources"), cells)


def _column(rows: list[tuple[Any, ...]], place: int) -> float:
    return fsum(row[_BEFORE + place] or 0.0 for row in rows)


def _line(words: Words, source: Words, cells: list[Any]) -> tuple[Any, ...]:
    whole = Live(fsum(map(float, cells)), across(len(cells)))
    return (None, words, None, None, source, *cells, whole)


def phase_costs(run: RunData, plan: Plan) -> Table:
    """Return spending by phase and source of funds, with the limit beside it."""
    use = plan.budget_use.groupby(["fund", "phase"], sort=False)[["used", "limit"]].sum()
    phases = [phase.id for phase in plan.resources.phases]
    rows: list[tuple[Any, ...]] = []
    for fund in plan.resources.funds:
        cells = [float(x) for phase in phases for x in use.loc[(fund.id, phase), ["used", "limit"]]]
        rows.append((fund.label, *cells, sum(cells[::2])))
    totals = [sum(row[1 + place] for row in rows) for place in range(2 * len(phases))]
    rows.append((text("Total"), *totals, sum(totals[::2])))
    columns = [Column(FUND, 40)]
    for phase in phases:
        used = USED_IN_PHASE.each(phase, text("{phase}: used", phase=phase))
        limit = LIMIT_OF_PHASE.each(phase, text("{phase}: limit", phase=phase))
        columns += [Column(used, 13), Column(limit, 13)]
    columns.append(Column(USED_IN_ALL, 13))
    title = text("Resources by phase and source of funds ({currency})", currency=plan.resources.money)
    note = text("Spending is counted in the year in which the money is used.")
    return Table.of("phase-costs", title, columns, rows, notes=(note,))


def budget_table(run: RunData) -> Table:
    """Return money by source of funds and year, used against the limit, in the year and cumulative."""
    columns = [
        Column(FUND, 42),
        Column(PHASE, 11),
        YEAR,
        *(Column(quantity, 13) for quantity in (LIMIT, USED, CUMULATIVE_LIMIT, CUMULATIVE_USED)),
        Column(SPENT_OF_LIMIT, 12, bar=True),
        Column(LIMIT_KIND, 9),
    ]
    soft = text("A soft limit is reported when it is passed; a hard one is kept.")
    notes = (text("In {currency}.", currency=currency(run)), *_carried_over(run), soft)
    title, name = text("Use of the budgets by source of funds"), text("Budget use")
    rows = [] if run.plan is None else list(_budget_rows(run.plan))
    return Table.of("budget", title, columns, rows, notes=notes, name=name)


def _budget_rows(plan: Plan) -> Iterator[tuple[Any, ...]]:
    """Give the rows; cumulative figures as formulas where they are the sum of the years before."""
    labels = {fund.id: fund.label for fund in plan.resources.funds}
    before, fund = (0.0, 0.0), ""
    for row in plan.budget_use.itertuples(index=False):
        first = row.fund != fund
        fund = row.fund
        pairs = (
            (row.limit, row.cumulative_limit, before[0]),
            (row.used, row.cumulative_used, before[1]),
        )
        limit, used = (_cumulative(own, stated, 0.0 if first else have) for own, stated, have in pairs)
        before = (float(limit), float(used))
        share = Live(float(used) / float(limit), share_of) if limit > 0 else None
        kind = text("not to be passed") if row.hard else text("for orientation")
        label = labels.get(row.fund, row.fund)
        yield label, row.phase, int(row.year), float(row.limit), float(row.used), limit, used, share, kind


def _cumulative(own: float, stated: float, before: float) -> float:
    """Return a cumulative figure with its formula: begun anew, or what was there and the year's own."""
    if abs(stated - own) <= 1e-9 * max(abs(stated), 1.0):
        return Live(own, begun)
    whole = before + own
    if abs(stated - whole) <= 1e-9 * max(abs(stated), 1.0):
        return Live(whole, gathered)
    return float(stated)


def _carried_over(run: RunData) -> Iterator[Text]:
    """Give what becomes of unspent money, by funds where they differ."""
    funds = () if run.study.resources is None else run.study.resources.funds
    kinds = list(dict.fromkeys(fund.carry_over for fund in funds))
    for kind in kinds:
        if len(kinds) == 1:
            yield _CARRIED_OVER[kind]
        else:
            named = joined(fund.label for fund in funds if fund.carry_over == kind)
            yield text("{funds}: {note}", funds=named, note=_CARRIED_OVER[kind])
