"""A table found among cells: its headings, its rows, and the reasons of what is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from techprio.errors import Sayable
from techprio.inputs.grid import Grid, GridRow, first_words
from techprio.inputs.roles import row_role
from techprio.language import text
from techprio.model.layout import COLUMNS, ColumnRole, Layout, RowRole, letters


@dataclass
class FoundTable:
    """A table found in a grid; ``heading_row`` is that of its first row where it has no headings."""

    grid: Grid
    headings: list[str]
    heading_row: int
    rows: list[GridRow] = field(default_factory=list)
    heading_rows: tuple[int, ...] = ()
    about: list[tuple[RowRole, GridRow]] = field(default_factory=list)
    row_reasons: dict[int, tuple[RowRole, str, Sayable]] = field(default_factory=dict)
    columns: dict[int, tuple[ColumnRole, Sayable]] = field(default_factory=dict)
    heading_parts: list[tuple[str, ...]] = field(default_factory=list)
    stated: frozenset[int] = frozenset()
    doubted: set[int] = field(default_factory=set)
    """Rows that a problem asks about already."""
    spelled: dict[int, str] = field(default_factory=dict)
    """Headings as they stand in the file, where the caller says what they stand for."""

    def set_aside(self, row: GridRow, role: RowRole, reason: Sayable) -> None:
        """Keep a row apart, with the reason."""
        self.row_reasons[row.number] = (role, first_words(row)[:60], reason)

    def column_place(self, place: int) -> str:
        """Return how the file names a column."""
        return str(self.grid.numbers[place]) if self.grid.numbers else letters(place)

    def layout(self, locale: str | None = "", kind: Sayable = "") -> Layout:
        """Return what the table was taken for."""
        roles: dict[int, tuple[RowRole, str, Sayable]] = {row.number: ("data", "", "") for row in self.rows}
        roles |= dict.fromkeys(filter(None, self.heading_rows), ("headings", "", ""))
        roles |= self.row_reasons
        parts: list[tuple[str, str, str, str, Sayable]] = []
        for first, last in _runs(roles):
            role, name, reason = roles[first]
            ends = [
                letters(end - 1) if self.grid.numbers else str(end) for end in dict.fromkeys((first, last))
            ]
            place = "-".join(ends)
            parts.append(("row", place, name, role, reason))
        for at, (held, reason) in sorted(self.columns.items()):
            heading = self.spelled.get(at) or (self.headings[at] if at < len(self.headings) else "")
            parts.append(("column", self.column_place(at), heading, held, reason))
        frame = pd.DataFrame(parts, columns=COLUMNS, dtype=object)
        grid = self.grid
        return Layout(grid.file, grid.sheet, grid.separator, locale or "", bool(grid.numbers), frame, kind)

    def take(
        self, heading_rows: Sequence[int], rows: Sequence[GridRow], columns: Mapping[int, ColumnRole]
    ) -> None:
        """State which rows are headings and data and what the columns hold; all other rows are left out."""
        self.heading_rows = tuple(number for number in heading_rows if number)
        self.rows = list(rows)
        known = {*self.heading_rows, *self.row_reasons, *(row.number for row in rows)}
        for row in self.grid.rows:
            if row.number and row.number not in known:
                is_above = row.number < max(self.heading_rows, default=0)
                said = row_role(first_words(row))
                if said is not None and not is_above:
                    self.set_aside(row, said, text("summarises or describes other rows"))
                    continue
                reason = text("stands above the headings") if is_above else text("stands below the table")
                self.set_aside(row, "title" if is_above else "note", reason)
        for place, role in columns.items():
            self.columns.setdefault(place, (role, ""))


def _runs(roles: Mapping[int, tuple[RowRole, str, Sayable]]) -> list[tuple[int, int]]:
    """Part row numbers into runs of data; every other row stands alone."""
    runs: list[tuple[int, int]] = []
    for number in sorted(roles):
        if (
            runs
            and runs[-1][1] == number - 1
            and roles[number][0] == roles[runs[-1][0]][0] in ("data", "headings")
        ):
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
