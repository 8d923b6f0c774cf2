"""Tables into typed lines, each value with its place; every faulty cell is told."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.errors import did_you_mean
from techprio.inputs.cells import (
    Fault,
    clean,
    has_control_characters,
    parse_id,
    parse_integer,
    parse_list,
    parse_month,
    parse_number,
)
from techprio.inputs.columns import Column, Kind, Row, columns_of, fold
from techprio.inputs.encodings import decode
from techprio.inputs.findings import Findings, Spot, listed
from techprio.language import Label, text


@dataclass(frozen=True)
class Line:
    """A row of a table: its values by column, None where a cell could not be read."""

    spot: Spot
    values: dict[str, Any]
    faulty: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str) -> Any:
        """Return a value; None when the column is not there or the cell could not be read."""
        return self.values.get(name)


@dataclass(frozen=True)
class Table:
    """The typed lines of a file.

    Parameters
    ----------
    file : str
    columns : tuple of Column
        Those that the file has.
    lines : tuple of Line
    readable : bool
        False when the table as a whole could not be read; its lines are then empty.
    """

    file: str
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    readable: bool = False

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def frame(self, record: type[Row]) -> pd.DataFrame:
        """Return the lines as a frame with every column of the record and those the file adds.

        Lists are texts again, parted by semicolons as in the file.
        """
        known = {column.name: column for column in (*columns_of(record), *self.columns)}
        frame = pd.DataFrame([line.values for line in self.lines], columns=list(known))
        for name, column in known.items():
            if column.kind == "list":
                frame[name] = [";".join(entries) for entries in frame[name]]
        return frame


@dataclass
class RawTable:
    """Texts of a file as they stand, before they are typed."""

    headings: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    heading_line: int = 1


def read_table(
    data: bytes, file: str, record: type[Row], findings: Findings, *, extra: Sequence[Column] = ()
) -> Table:
    """Read a table of a study.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    record : type of Row
        The record whose columns the table has.
    findings : Findings
        Takes the problems.
    extra : sequence of Column
        Further columns that this study uses.
    """
    raw = _read_csv(data, file, findings)
    if raw is None:
        return Table(file)
    columns = (*columns_of(record), *extra)
    places = _find_columns(raw, file, columns, findings)
    if places is None:
        return Table(file)
    lines = tuple(_typed(raw, row, places, columns, file, findings) for row in raw.rows)
    return Table(file, tuple(c for c in columns if c.name in places), lines, readable=True)


def number_column(name: str, *, least: float | None = None, most: float | None = None) -> Column:
    """Declare a further column of numbers, which may be empty."""
    return Column(
        name, "number", Label(name, name), Label("", ""), least=least, most=most, required=False, default=None
    )


def _read_csv(data: bytes, file: str, findings: Findings) -> RawTable | None:
    words = decode(data, file, findings)
    if words is None:
        return None
    separator = _separator(words)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    raw = RawTable()
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _take(raw, start, cells)
            start = reader.line_num + 1
    except csv.Error as error:
        allowed = text("each quote that opens a text is closed; a quote inside is doubled")
        findings.add("T109", Spot(file, start), found=str(error), allowed=allowed)
        return None
    if not raw.headings:
        findings.add("T103", Spot(file), found=text("no line with text"), allowed=text("a line of headings"))
        return None
    return raw


def _take(raw: RawTable, line: int, cells: list[str]) -> None:
    if raw.headings:
        raw.rows.append((line, cells))
        return
    raw.heading_line = line
    raw.headings = [clean(cell) for cell in cells]


def _separator(words: str) -> str:
    """Return the sign that parts the cells: the one that stands most often in the headings."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)


def _find_columns(
    raw: RawTable, file: str, columns: Sequence[Column], findings: Findings
) -> dict[str, int] | None:
    """Find each column under its heading; None when a column that is needed is not there."""
    spot = Spot(file, raw.heading_line)
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(raw.headings):
        name = next((c.name for c in columns if fold(heading) in c.headings), None)
        if name is None:
            unknown.append(heading)
        elif name in places:
            findings.add(
                "T106",
                spot,
                field=name,
                found=text("{first} and {second}", first=raw.headings[places[name]], second=heading),
                allowed=text("each column once"),
            )
        else:
            places[name] = place
    missing = [c.name for c in columns if c.required and c.name not in places]
    free = [c.name for c in columns if c.name not in places]
    for name in missing:
        near = did_you_mean(name, [u for u in unknown if u])
        unknown = [u for u in unknown if did_you_mean(u, [name]) == ""]
        found = text("no such column; the file has {names}", names=listed([h for h in raw.headings if h]))
        findings.add(
            "T105", spot, field=name, found=found, allowed=listed([c.name for c in columns]), proposal=near
        )
    for heading in unknown:
        if not fold(heading).startswith("x_"):
            _report_unknown(heading, free, spot, findings)
    return None if missing else places


def _report_unknown(heading: str, free: list[str], spot: Spot, findings: Findings) -> None:
    near = did_you_mean(heading, free) if heading else ""
    proposal = near or text("take the column out, or let its heading begin with x_ to have it left alone")
    found = heading or text("a column without heading")
    findings.add("T107", spot, field=heading, found=found, allowed=listed(free) or "-", proposal=proposal)


def _typed(
    raw: RawTable,
    row: tuple[int, list[str]],
    places: dict[str, int],
    columns: Sequence[Column],
    file: str,
    findings: Findings,
) -> Line:
    start, cells = row
    spot = Spot(file, start)
    surplus = any(cell.strip() for cell in cells[len(raw.headings) :])
    if surplus or len(cells) <= max(places.values()):
        found = text("{count} cells", count=len(cells))
        allowed = text("as many cells as headings; a text that holds the separator stands in quotes")
        findings.add("T108", spot, found=found, allowed=allowed)
        values = dict.fromkeys((c.name for c in columns), None)
        return Line(spot, values, frozenset(places))
    values = {}
    faulty = set()
    for column in columns:
        if column.name not in places:
            values[column.name] = column.default
            continue
        value = _cell(clean(cells[places[column.name]]), column, spot, findings)
        if isinstance(value, Fault):
            faulty.add(column.name)
            value = None
        values[column.name] = value
    return Line(spot, values, frozenset(faulty))


_PARSERS: dict[Kind, Callable[[str], Any]] = {
    "id": parse_id,
    "text": str,
    "choice": str,
    "number": parse_number,
    "integer": parse_integer,
    "list": parse_list,
    "month": parse_month,
}


def _cell(words: str, column: Column, spot: Spot, findings: Findings) -> Any:
    value = _value(words, column)
    if isinstance(value, Fault):
        found = words if words else text("nothing")
        findings.add(
            value.code, spot, field=column.name, found=found, allowed=value.allowed, proposal=value.proposal
        )
    return value


def _value(words: str, column: Column) -> Any:
    if not words:
        if column.required:
            return Fault("T114", allowed_words(column))
        return column.default
    if has_control_characters(words):
        return Fault("T118", text("signs that can be shown"), text("take them out"))
    value = _PARSERS[column.kind](words)
    if isinstance(value, Fault):
        return value
    if column.choices and value not in column.choices:
        return Fault("T113", listed(column.choices), did_you_mean(words, column.choices))
    if column.kind in ("number", "integer") and not within(value, column.least, column.most):
        return Fault("T112", allowed_words(column))
    return value


def within(value: float, least: float | None, most: float | None) -> bool:
    """Tell whether a number is inside its limits, both included."""
    return (least is None or value >= least) and (most is None or value <= most)


def allowed_words(column: Column) -> Any:
    """Say what a column can hold."""
    if column.choices:
        return listed(column.choices)
    if column.kind not in ("number", "integer"):
        return {"id": text("an id"), "month": text("a month written YYYY-MM, such as 2028-07")}.get(
            column.kind, text("a text")
        )
    return limits_words(column.least, column.most)


def limits_words(least: float | None, most: float | None) -> Any:
    """Say what limits a number has."""
    if least is not None and most is not None:
        return text("a number from {least} to {most}", least=float(least), most=float(most))
    if least is not None:
        return text("a number from {least} on", least=float(least))
    if most is not None:
        return text("a number up to {most}", most=float(most))
    return text("a number")
