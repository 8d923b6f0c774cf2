"""The cells of one table as they stand in a file, before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from techprio.inputs.diagnostics import Location, letters

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

    @property
    def is_workbook(self) -> bool:
        """Whether the cells have addresses."""
        return bool(self.sheet)

    def location(self, row: int, column: int | None = None) -> Location:
        """Return the place of a cell, or of a row."""
        if not self.is_workbook:
            return Location(self.file, row)
        if column is None:
            return Location(self.file, row, 0, f"{self.sheet}!{row}:{row}" if row else self.sheet)
        return Location(self.file, row, column + 1, f"{self.sheet}!{letters(column)}{row}")


def shown(entry: Entry) -> str:
    """Return what a cell shows, without blanks at its ends."""
    return (entry if isinstance(entry, str) else entry.shown).strip().strip("\u200b\ufeff\u00a0")


def laid_out(found: Mapping[int, Cell]) -> list[Entry]:
    """Return the cells of a row, by column from 1, as a list without gaps."""
    entries: list[Entry] = [""] * max(found)
    for column, cell in found.items():
        entries[column - 1] = cell
    return entries
