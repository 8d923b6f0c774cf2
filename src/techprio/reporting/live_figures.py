"""Figures that a workbook computes itself: each with its value and the formula that gives it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Self

Formula = Callable[[int, int, int], str]
"""Of the row and column of its cell and the row of the headings, all counted from 0."""


class Live(float):
    """A figure with the formula that gives it in a workbook.

    Parameters
    ----------
    value : float
    formula : callable
        Of the row and column of its cell and the row of the headings, all counted from 0.
    """

    formula: Formula

    def __new__(cls, value: float, formula: Formula) -> Self:
        """Make the figure."""
        made = super().__new__(cls, value)
        made.formula = formula
        return made

    def __getnewargs__(self) -> tuple[float, Formula]:  # type: ignore[override]
        """Return what makes it again in another process."""
        return (float(self), self.formula)


def across(years: int) -> Formula:
    """Return the sum of so many cells before it."""
    return partial(_sum_of_row, years)


def _sum_of_row(years: int, row: int, column: int, head: int) -> str:
    return f"=SUM({_cell(row, column - years)}:{_cell(row, column - 1)})"


def of_source(count: int, source: int) -> Formula:
    """Return the sum of the rows of one source of funds, whose name stands in a column."""
    return partial(_sum_of_source, count, source)


def _sum_of_source(count: int, source: int, row: int, column: int, head: int) -> str:
    first, last = head + 1, head + count
    fund = f"{_cell(first, source, fixed=True)}:{_cell(last, source, fixed=True)}"
    amounts = f"{_cell(first, column)}:{_cell(last, column)}"
    return f"=SUMIF({fund},{_cell(row, source, fixed=True)},{amounts})"


def of_all(count: int) -> Formula:
    """Return the sum of so many rows below the headings."""
    return partial(_sum_of_all, count)


def _sum_of_all(count: int, row: int, column: int, head: int) -> str:
    return f"=SUM({_cell(head + 1, column)}:{_cell(head + count, column)})"


def difference(row: int, column: int, head: int) -> str:
    """Return the cell above less the one above that."""
    return f"={_cell(row - 1, column)}-{_cell(row - 2, column)}"


def begun(row: int, column: int, head: int) -> str:
    """Return the figure of the year, two cells before: the sum begins here."""
    return f"={_cell(row, column - 2)}"


def gathered(row: int, column: int, head: int) -> str:
    """Return the cell above and the figure of the year, two cells before."""
    return f"={_cell(row - 1, column)}+{_cell(row, column - 2)}"


def share_of(row: int, column: int, head: int) -> str:
    """Return the cell before over the one before that."""
    return f"={_cell(row, column - 1)}/{_cell(row, column - 2)}"


def _cell(row: int, column: int, *, fixed: bool = False) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, col_abs=fixed))
