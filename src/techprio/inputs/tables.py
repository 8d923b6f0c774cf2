"""Tables into typed lines, each value with its place; every cell with a problem is listed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.errors import Sayable
from techprio.inputs.cells import CellProblem, name_key, tidy
from techprio.inputs.column_places import find_columns
from techprio.inputs.columns import Row, headings_of
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.entries import in_limits, read_entry
from techprio.inputs.finding import TableOptions, find_known_table
from techprio.inputs.free_cells import typed_number
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, locale_of
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.stated_table import as_stated
from techprio.inputs.units import converted
from techprio.language import text
from techprio.model.fields import Field, fields_of
from techprio.model.layout import Layout

_STATED = ("function", "status", "staff", "evidence", "kind")
"""Columns whose defaults count in a calculation, so that they are noted."""


@dataclass(frozen=True)
class Line:
    """A row of a table: its values by column, None where a cell could not be read."""

    location: Location
    values: dict[str, Any]
    faulty: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str) -> Any:
        """Return a value; None when the column is not there or the cell could not be read."""
        return self.values.get(name)


@dataclass(frozen=True)
class TypedTable:
    """The typed lines of a file.

    Parameters
    ----------
    file : str
    columns : tuple of Field
        Those that the file has.
    lines : tuple of Line
    readable : bool
        False when the table as a whole could not be read; its lines are then empty.
    """

    file: str
    columns: tuple[Field, ...] = ()
    lines: tuple[Line, ...] = ()
    readable: bool = False

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def frame(self, record: type[Row]) -> pd.DataFrame:
        """Return the lines as a frame with every column of the record and those the file adds.

        Lists are texts again, parted by semicolons as in the file; one that could not be read is empty.
        """
        known = {column.name: column for column in (*fields_of(record), *self.columns)}
        frame = pd.DataFrame([line.values for line in self.lines], columns=list(known))
        for name, column in known.items():
            if column.kind == "list":
                frame[name] = [";".join(entries or ()) for entries in frame[name]]
        return frame


def read_table(
    source: bytes | Grid,
    file: str,
    record: type[Row],
    diagnostics: Diagnostics,
    *,
    extra: Sequence[Field] = (),
    locale: Locale | None = None,
) -> TypedTable:
    """Read a table of a study.

    Numbers have a decimal point. A file whose numbers all have a decimal comma, as a Vietnamese Excel saves
    it,
    is read too, and that is noted. A heading may state another unit of the same kind, which is converted.

    Parameters
    ----------
    source : bytes or Grid
        A file, or the cells of a sheet.
    file : str
        Name for the problems.
    record : type of Row
        The record whose columns the table has.
    diagnostics : Diagnostics
        Takes the problems.
    extra : sequence of Field
        Further columns that this study uses.
    locale : {"vi", "en"}, optional
        How numbers are written; without it that of the study, else the numbers of the file say it.
    """
    grid = source if isinstance(source, Grid) else read_grid(source, file, diagnostics)
    if grid is None:
        return TypedTable(file)
    columns = (*fields_of(record), *extra)
    names = headings_of(columns)
    layout = find_known_table(grid, diagnostics, names.keys())
    factors: dict[str, Fraction] = {}
    places = find_columns(layout, columns, names, diagnostics, factors=factors) if layout else None
    if layout is None or places is None:
        return TypedTable(file)
    locale = locale or grid.locale or _written(layout, places, columns, diagnostics)
    reading = _Reading(layout, places, columns, factors, locale)
    lines = tuple(_typed(reading, row, diagnostics) for row in layout.rows)
    return TypedTable(file, tuple(c for c in columns if c.name in places), lines, readable=True)


def note_defaults(table: TypedTable, record: type[Row], diagnostics: Diagnostics) -> None:
    """Note columns that a calculation uses, that the table does not have, and what stands in for them."""
    have = {column.name for column in table.columns}
    taken = [
        f"{column.name}: {column.default:g}"
        if column.kind == "number"
        else f"{column.name}: {column.default}"
        for column in fields_of(record)
        if column.name in _STATED and column.name not in have
    ]
    if table.readable and taken:
        diagnostics.note(text("{file}: no such columns; taken as {columns}", file=table.file, columns=taken))


def read_record_table(
    path: str | Path,
    record: type[Row],
    diagnostics: Diagnostics,
    options: TableOptions,
    allowed: Sayable,
    *,
    extra: Sequence[Field] = (),
    points: Mapping[str, float] | None = None,
) -> tuple[TypedTable, Layout]:
    """Read a table with declared columns as people bring it; columns beside them are left out and listed.

    With further columns of a study, which may be misspelled, a column beside the declared ones is a problem.

    Parameters
    ----------
    path : str or Path
    record : type of Row
    diagnostics : Diagnostics
        Takes problems and notes.
    options : TableOptions
        ``columns`` names the column of the record that a heading stands for, as in ``{"Họ tên": "name"}``.
    allowed : Text
        What the file should be, for the problem of a missing one.
    extra : sequence of Field
        Further columns of numbers.
    points : mapping of str to float, optional
        What words stand for in the further columns.
    """
    file = tidy(Path(path).name)
    grid = read_grid(read_bytes(path, diagnostics, allowed), file, diagnostics, sheet=options.sheet)
    columns = (*fields_of(record), *extra)
    names = headings_of(columns)
    if grid is None:
        return TypedTable(file), Layout(file)
    stated = as_stated(grid, options, diagnostics, kept=frozenset(names))
    layout = find_known_table(stated.grid, diagnostics, names.keys())
    if layout is None:
        return TypedTable(file), Layout(file)
    layout.row_reasons |= stated.row_reasons
    layout.columns |= stated.columns
    layout.spelled = stated.spelled
    layout.heading_rows = stated.heading_rows or layout.heading_rows
    factors: dict[str, Fraction] = {}
    left = {place for place, (role, _) in stated.columns.items() if role == "left out"}
    layout.headings = [f"x_{n}" if n in left else heading for n, heading in enumerate(layout.headings)]
    places = find_columns(layout, columns, names, diagnostics, factors=factors, only_known=bool(extra))
    if places is None:
        return TypedTable(file), layout.layout()
    if points:
        _give_points(layout, {places[column.name] for column in extra if column.name in places}, points)
    locale = options.locale or _written(layout, places, columns, diagnostics)
    reading = _Reading(layout, places, columns, factors, locale)
    lines = tuple(_typed(reading, row, diagnostics) for row in layout.rows)
    layout.columns |= dict.fromkeys(places.values(), ("data", ""))
    return TypedTable(
        file, tuple(c for c in columns if c.name in places), lines, readable=True
    ), layout.layout(locale)


def _give_points(layout: FoundTable, places: Collection[int], points: Mapping[str, float]) -> None:
    """Put the points of words in their place."""
    known = {name_key(word): f"{point:.15g}" for word, point in points.items()}
    for row in layout.rows:
        for place in places:
            if place < len(row.cells):
                row.cells[place] = known.get(name_key(shown(row.cells[place])), row.cells[place])


@dataclass(frozen=True)
class _Reading:
    """How the rows of a table are read: places and units of its columns, and its numbers."""

    layout: FoundTable
    places: dict[str, int]
    columns: Sequence[Field]
    factors: dict[str, Fraction]
    locale: Locale | None

    def value(self, row: GridRow, column: Field) -> Any:
        """Return the value of a cell in the unit of its column, or a :class:`CellProblem`."""
        entry = row.entry(self.places[column.name])
        by = self.factors.get(column.name)
        if by is None:
            return read_entry(entry, column, locale=self.locale)
        free = replace(column, least=None, most=None, kind="number", choices=())
        value = read_entry(entry, free, locale=self.locale)
        return in_limits(converted(value, by), column) if isinstance(value, float) else value


def _written(
    layout: FoundTable, places: dict[str, int], columns: Sequence[Field], diagnostics: Diagnostics
) -> Locale | None:
    """Return ``"vi"`` for a file whose numbers all have decimal commas, and say so."""
    at = [places[c.name] for c in columns if c.kind in ("number", "integer") and c.name in places]
    entries = [row.entry(place) for row in layout.rows for place in at]
    words = [words for entry in entries if (words := typed_number(entry)) and ("," in words or "." in words)]
    if not any("," in word for word in words) or locale_of(words) != "vi":
        return None
    diagnostics.note(
        text(
            "{file}: numbers are read with decimal commas",
            file=layout.grid.location(0).words or layout.grid.file,
        )
    )
    return "vi"


def _typed(reading: _Reading, row: GridRow, diagnostics: Diagnostics) -> Line:
    layout, places = reading.layout, reading.places
    location = layout.grid.location(row.number)
    if layout.grid.is_workbook:
        location = location._replace(places=places)
    if is_askew(layout, row, max(places.values(), default=0), diagnostics):
        names = (column.name for column in reading.columns)
        return Line(location, dict.fromkeys(names, None), frozenset(places))
    values: dict[str, Any] = {}
    faulty = set()
    for column in reading.columns:
        if column.name not in places:
            values[column.name] = column.default
            continue
        value = reading.value(row, column)
        if isinstance(value, CellProblem):
            faulty.add(column.name)
            place = places[column.name]
            words = shown(row.entry(place))
            report_problem(value, layout.grid.location(row.number, place), column.name, words, diagnostics)
            value = None
        values[column.name] = value
    return Line(location, values, frozenset(faulty))


def is_askew(layout: FoundTable, row: GridRow, last: int, diagnostics: Diagnostics) -> bool:
    """Report a row of a text file with cells beyond the headings, or that ends before the last column."""
    beyond = any(shown(entry) for entry in row.cells[len(layout.headings) :])
    if layout.grid.is_workbook or not (beyond or len(row.cells) <= last):
        return False
    found = text("{count} cells", count=len(row.cells))
    allowed = text("as many cells as headings; a text that holds the separator stands in quotes")
    diagnostics.add("T108", layout.grid.location(row.number), found=found, allowed=allowed)
    return True


def report_problem(
    fault: CellProblem, location: Location, field: str, words: str, diagnostics: Diagnostics
) -> None:
    """Note the problem of a cell."""
    found = words or text("nothing")
    diagnostics.add(
        fault.code, location, field=field, found=found, allowed=fault.allowed, proposal=fault.proposal
    )
