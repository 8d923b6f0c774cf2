"""What finance works with: money by technology, source and year, with sums that Excel adds itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Self

from techprio.display.quantities import Column, Table, Words
from techprio.language import text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.funds import SPENT_IN_ALL, SPENT_IN_YEAR
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.resources import FUND
from techprio.model.run import RunData
from techprio.reporting.words import currency

_BEFORE = 5  # columns before those of the years


class Live(float):
    """A figure with the formula that gives it in a workbook.

    Parameters
    ----------
    value : float
    formula : callable
        Of the row and column of its cell and the row of the headings, all counted from 0.
    """

    formula: Callable[[int, int, int], str]

    def __new__(cls, value: float, formula: Callable[[int, int, int], str]) -> Self:
        """Make the figure."""
        made = super().__new__(cls, value)
        made.formula = formula
        return made

    def __getnewargs__(self) -> tuple[float, Callable[[int, int, int], str]]:  # type: ignore[override]
        """Return what makes it again in another process."""
        return (float(self), self.formula)


def finance_tables(run: RunData) -> tuple[Table, ...]:
    """Return money by technology, source and year; nothing without a plan."""
    plan = run.plan
    if plan is None or plan.spending.empty:
        return ()
    dated = plan.spending.assign(year=plan.spending["period"].astype(str).str[:4].astype(int))
    years = sorted({*dated["year"], *plan.budget_use["year"].astype(int)})
    sums = dated.groupby(["technology", "fund", "year"], sort=False)["amount"].sum().to_dict()
    agencies = run.study.catalog.technologies["lead_agency"]
    rows: list[tuple[Any, ...]] = []
    for name in plan.placements.index:
        for fund in plan.resources.funds:
            cells = [sums.get((name, fund.id, year)) for year in years]
            if any(cells):
                whole = Live(sum(one or 0.0 for one in cells), _across(len(years)))
                label = run.study.catalog.label(name)
                sector = plan.placements.loc[name, "sector"]
                rows.append((sector, name, label, agencies[name], fund.label, *cells, whole))
    count = len(rows)
    for fund in plan.resources.funds:
        rows += _of_fund(run, fund, years, sums, count)
    money = currency(run)
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 40),
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
    return (Table.of("finance", title, columns, rows, notes=notes, name=name),)


def _of_fund(
    run: RunData, fund: Any, years: list[int], sums: dict[Any, float], count: int
) -> list[tuple[Any, ...]]:
    """Return need, limit and what is left of a source of funds, below all technologies."""
    assert run.plan is not None
    use = run.plan.budget_use
    own = use[use["fund"] == fund.id].groupby(use["year"].astype(int))["limit"].sum().to_dict()
    need = [sum(v for (_, f, y), v in sums.items() if f == fund.id and y == year) for year in years]
    limit = [float(own.get(year, 0.0)) for year in years]
    left = [have - want for have, want in zip(limit, need, strict=True)]

    def line(words: Words, cells: list[Any]) -> tuple[Any, ...]:
        return (
            None,
            None,
            words,
            None,
            fund.label,
            *cells,
            Live(sum(map(float, cells)), _across(len(years))),
        )

    return [
        line(text("Money needed"), [Live(one, _of_source(count)) for one in need]),
        line(text("Limit"), list(limit)),
        line(text("Left"), [Live(one, _difference) for one in left]),
    ]


def _across(years: int) -> Callable[[int, int, int], str]:
    return partial(_sum_of_row, years)


def _sum_of_row(years: int, row: int, column: int, head: int) -> str:
    return f"=SUM({_cell(row, column - years)}:{_cell(row, column - 1)})"


def _of_source(count: int) -> Callable[[int, int, int], str]:
    return partial(_sum_of_source, count)


def _sum_of_source(count: int, row: int, column: int, head: int) -> str:
    first, last = head + 1, head + count
    fund = f"{_cell(first, _BEFORE - 1, fixed=True)}:{_cell(last, _BEFORE - 1, fixed=True)}"
    amounts = f"{_cell(first, column)}:{_cell(last, column)}"
    return f"=SUMIF({fund},{_cell(row, _BEFORE - 1, fixed=True)},{amounts})"


def _difference(row: int, column: int, head: int) -> str:
    return f"={_cell(row - 1, column)}-{_cell(row - 2, column)}"


def _cell(row: int, column: int, *, fixed: bool = False) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, col_abs=fixed))
