"""The cells of one table as they stand in a file, before anything is made of them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from techprio.inputs.diagnostics import Location
from techprio.inputs.numbers import Locale
from techprio.model.layout import letters

CellKind = Literal["text", "number", "percent", "date", "flag", "error", "uncomputed"]


class Cell(NamedTuple):
    """A cell of a workbook.

    Parameters
    ----------
    kind : {"text", "number", "percent", "date", "flag", "error", "uncomputed"}
        ``uncomputed`` is a formula whose value the file does not hold.
    shown : str
        The text, the number in plain digits, the date as ``YYYY-MM-DD``.
    number : float
        The number stored; of a date its serial.
    font : str
        Name of the font, which tells texts of legacy code pages.
    """

    kind: CellKind
    shown: str
    number: float = 0.0
    font: str = ""


MOST_PLACES = 20_000_000
"""Room for the cells of one sheet: a sign in the last column of many rows would fill any memory."""

Entry = str | Cell
"""What stands in a cell: the text of a CSV file, or a cell of a workbook."""


class Box(NamedTuple):
    """A block of merged cells, first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class GridRow:
    """The cells of a row that is not empty; ``number`` is its line or row in the file."""

    number: int
    cells: list[Entry]

    def entry(self, column: int) -> Entry:
        """Return a cell by its place from 0; an empty text where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""

    def first(self) -> int:
        """Return the place of the first cell that is not empty; 0 in an empty row."""
        return next((place for place, entry in enumerate(self.cells) if shown(entry)), 0)

    def filled(self) -> list[int]:
        """Return the places of the cells that are not empty."""
        return [place for place, entry in enumerate(self.cells) if shown(entry)]


@dataclass
class Grid:
    """A table of a file: a CSV file, or one sheet of a workbook."""

    file: str
    sheet: str = ""
    rows: list[GridRow] = field(default_factory=list)
    merged: Sequence[Box] = ()
    hidden: frozenset[int] = frozenset()
    is_hidden_sheet: bool = False
    separator: str = ""
    numbers: tuple[int, ...] = ()
    locale: Locale | None = None

    def turned(self) -> Grid:
        """Return the grid with its columns as rows; its places are still those of the file."""
        wide = max((len(row.cells) for row in self.rows), default=0)
        rows = [GridRow(place + 1, [row.entry(place) for row in self.rows]) for place in range(wide)]
        kept = [row for row in rows if row.filled()]
        numbers = tuple(row.number for row in self.rows)
        return Grid(self.file, self.sheet, kept, separator=self.separator, numbers=numbers)

    @property
    def is_workbook(self) -> bool:
        """Whether the cells have addresses."""
        return bool(self.sheet)

    def location(self, row: int, column: int | None = None) -> Location:
        """Return the place of a cell, or of a row; of a turned grid in the file as it is."""
        if self.numbers:
            row, column = (self.numbers[column] if column is not None else 0), row - 1
        if not self.is_workbook:
            return Location(self.file, row, column + 1 if self.numbers and column is not None else 0)
        if not row and column is not None:
            return Location(self.file, 0, column + 1, f"{self.sheet}!{letters(column)}:{letters(column)}")
        if column is None:
            return Location(self.file, row, 0, f"{self.sheet}!{row}:{row}" if row else self.sheet)
        return Location(self.file, row, column + 1, f"{self.sheet}!{letters(column)}{row}")


def shown(entry: Entry) -> str:
    """Return what a cell shows, without blanks at its ends."""
    if not entry:
        return ""
    return (entry if isinstance(entry, str) else entry.shown).strip().strip("\u200b\ufeff\u00a0")


def first_words(row: GridRow) -> str:
    """Return what the first cell of a row shows that is not empty."""
    return next((words for entry in row.cells if (words := shown(entry))), "")


def laid_out(found: Mapping[int, Cell]) -> list[Entry]:
    """Return the cells of a row, by column from 1, as a list without gaps."""
    entries: list[Entry] = [""] * max(found)
    for column, cell in found.items():
        entries[column - 1] = cell
    return entries


@lru_cache(maxsize=65536)
def number(value: float, number_format: str = "General") -> Cell:
    """Return the cell of a number; its format tells a percent, and a code such as ``007``.

    Examples
    --------
    >>> number(0.85, "0%").shown, number(7, "000").shown, number(0.1 + 0.2).shown
    ('85%', '007', '0.3')
    """
    if not math.isfinite(value):
        return Cell("error", str(value))
    if "%" in number_format:
        return Cell("percent", f"{value * 100:.12g}%", float(value))
    plain = f"{value:.15g}"
    if number_format and set(number_format) == {"0"} and float(value).is_integer() and value >= 0:
        plain = f"{int(value):0{len(number_format)}d}"
    return Cell("number", plain, float(value))


def moment(value: Any, serial: float) -> Cell:
    """Return the cell of a date, or of a time of the day.

    Examples
    --------
    >>> moment(datetime.datetime(2026, 5, 3), 46145).shown
    '2026-05-03'
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return Cell("date", value.isoformat()[:10], float(serial))
    return Cell("date", str(value), 0.0)
