"""Tables into typed lines, each value with its place; every cell with a problem is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from techprio.errors import Edit, did_you_mean
from techprio.inputs.cells import CellProblem
from techprio.inputs.columns import Row, fold, headings_of
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.entries import read_entry
from techprio.inputs.grid import Entry, Grid, GridRow, shown
from techprio.inputs.layout import Layout, find_layout
from techprio.inputs.opening import read_grid
from techprio.language import text
from techprio.model.fields import Field, fields_of
from techprio.near_names import near_name

_STATED = ("function", "status", "staff", "evidence", "kind")
"""Columns whose defaults count in a calculation, so that they are told."""
_CODE = re.compile(r"(?<![\w.\-])[A-Za-z]{0,12}[0-9]+")
"""A code at the beginning of an entry such as ``4SS+30``."""


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
) -> TypedTable:
    """Read a table of a study.

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
    """
    grid = source if isinstance(source, Grid) else read_grid(source, file, diagnostics)
    if grid is None:
        return TypedTable(file)
    columns = (*fields_of(record), *extra)
    names = headings_of(columns)
    layout = find_layout(grid, diagnostics, known=names.keys())
    places = find_columns(layout, columns, names, diagnostics) if layout else None
    if layout is None or places is None:
        return TypedTable(file)
    lines = tuple(_typed(layout, row, places, columns, diagnostics) for row in layout.rows)
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


def find_columns(
    layout: Layout, columns: Sequence[Field], names: dict[str, str], diagnostics: Diagnostics
) -> dict[str, int] | None:
    """Find each column under its heading; None when a column that is needed is not there."""
    places: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    for place, heading in enumerate(layout.headings):
        name = names.get(fold(heading))
        if name is None:
            if heading or any(shown(row.entry(place)) for row in layout.rows):
                unknown.append((heading, place))
        elif name in places:
            _report_doubled(layout, name, places[name], place, diagnostics)
        else:
            places[name] = place
    missing = [c.name for c in columns if c.required and c.name not in places]
    for name in missing:
        headings = [heading for heading in layout.headings if heading]
        near = _meant(layout, next(c for c in columns if c.name == name), unknown)
        unknown = [
            (heading, place) for heading, place in unknown if heading != (near.replaces if near else None)
        ]
        diagnostics.add(
            "T105",
            layout.grid.location(layout.heading_row),
            field=name,
            found=text("no such column; the file has {names}", names=listed(headings)),
            allowed=listed([c.name for c in columns]),
            proposal=near or "",
        )
    free = [c for c in columns if c.name not in places and c.name not in missing]
    ids = [places[c.name] for c in columns if c.kind == "id" and c.name in places]
    for heading, place in unknown:
        if not fold(heading).startswith("x_"):
            _report_unknown(layout, heading, place, free, ids[:1], diagnostics)
    return None if missing else places


def _report_doubled(layout: Layout, name: str, first: int, second: int, diagnostics: Diagnostics) -> None:
    location = layout.grid.location(layout.heading_row, second)
    found = text("{first} and {second}", first=layout.headings[first], second=layout.headings[second])
    if layout.grid.is_workbook:
        other = layout.grid.location(layout.heading_row, first).words
        found = text("{heading}, also in {location}", heading=layout.headings[second], location=other)
    diagnostics.add("T106", location, field=name, found=found, allowed=text("each column once"))


def _report_unknown(
    layout: Layout,
    heading: str,
    place: int,
    free: Sequence[Field],
    ids: Sequence[int],
    diagnostics: Diagnostics,
) -> None:
    """Note a column that the record does not have, with the one whose name and cells it has."""
    cells = [row.entry(place) for row in layout.rows if shown(row.entry(place))]
    fitting = [column for column in free if _fits(layout, cells, column, ids)]
    near = did_you_mean(heading, [column.name for column in fitting]) if heading else ""
    telling = [column for column in fitting if cells and (column.choices or column.kind == "codes")]
    if not near and len(telling) == 1:
        near = did_you_mean(telling[0].name, [telling[0].name])
    names = listed([column.name for column in free]) or "-"
    location = layout.grid.location(layout.heading_row, place)
    diagnostics.add(
        "T107",
        location,
        field=heading,
        found=heading or text("a column without heading"),
        allowed=text("{names}; a heading that begins with x_ is not read", names=names),
        proposal=near,
    )


def _meant(layout: Layout, column: Field, unknown: Sequence[tuple[str, int]]) -> Edit | None:
    """Return the renaming of the one unknown heading that is near a missing column and holds such cells."""
    fitting = {
        heading: place
        for heading, place in unknown
        if heading and _fits(layout, [row.entry(place) for row in layout.rows], column, ())
    }
    near = near_name(column.name, list(fitting))
    if near is None:
        return None
    sentence = text("did you mean {name}?", name=near)
    return Edit.of(sentence, column.name, replaces=near)


def _fits(layout: Layout, cells: Sequence[Entry], column: Field, ids: Sequence[int]) -> bool:
    """Return whether every cell could stand in a column; codes must be ids of the table."""
    cells = [cell for cell in cells if shown(cell)]
    if column.kind != "codes":
        return not any(isinstance(read_entry(cell, column), CellProblem) for cell in cells)
    known = {shown(row.entry(place)) for place in ids for row in layout.rows}
    words = [word for cell in cells for word in _CODE.findall(shown(cell))]
    return bool(words) and sum(word in known for word in words) * 2 > len(words)


def _typed(
    layout: Layout, row: GridRow, places: dict[str, int], columns: Sequence[Field], diagnostics: Diagnostics
) -> Line:
    location = layout.grid.location(row.number)
    if layout.grid.is_workbook:
        location = location._replace(places=places)
    if is_askew(layout, row, max(places.values(), default=0), diagnostics):
        return Line(location, dict.fromkeys((c.name for c in columns), None), frozenset(places))
    values: dict[str, Any] = {}
    faulty = set()
    for column in columns:
        if column.name not in places:
            values[column.name] = column.default
            continue
        place = places[column.name]
        value = read_entry(row.entry(place), column)
        if isinstance(value, CellProblem):
            faulty.add(column.name)
            report_problem(
                value,
                layout.grid.location(row.number, place),
                column.name,
                shown(row.entry(place)),
                diagnostics,
            )
            value = None
        values[column.name] = value
    return Line(location, values, frozenset(faulty))


def is_askew(layout: Layout, row: GridRow, last: int, diagnostics: Diagnostics) -> bool:
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
    """Note the fault of a cell."""
    found = words or text("nothing")
    diagnostics.add(
        fault.code, location, field=field, found=found, allowed=fault.allowed, proposal=fault.proposal
    )
