"""A table of technologies by criteria, as people have it: codes, names and one column a criterion."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from techprio.inputs.cells import CellProblem, clean, name_key, tidy
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.free_cells import is_number_like, read_free_number, read_free_text, says_percent
from techprio.inputs.grid import Cell, Entry, GridRow, shown
from techprio.inputs.layout import Layout
from techprio.inputs.long_table import report_long_table
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import open_free_table
from techprio.inputs.tables import is_askew, report_problem
from techprio.language import Text, text

_CODES = {"ma", "ma_so", "ma_cong_nghe", "id", "code", "technology", "cong_nghe", "alternative"}
_NAMES = {"ten", "ten_cong_nghe", "name", "technology_name"}


@dataclass(frozen=True)
class ScoreTable:
    r"""Scores of technologies by criterion, and the texts beside them.

    Parameters
    ----------
    scores : DataFrame, shape (m, n)
        Index are the codes, columns the criteria; every value is a finite number.
    texts : DataFrame, shape (m, t)
        The other columns; None where a cell is empty.
    notes : tuple of Text
        What was left out, filled from a merged cell or found empty.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> _ = file.write_text("id,name,cost,value\nT1,Solar,3.5,4\nT2,Biogas,2.5,5\n", encoding="utf-8")
    >>> table = tp.read_score_table(file)
    >>> table.scores.loc["T1"].to_dict()
    {'cost': 3.5, 'value': 4.0}
    >>> tp.rank(
    ...     table.scores,
    ...     {"cost": 0.5, "value": 0.5},
    ...     tp.Topsis("minmax"),
    ...     directions={"cost": "minimize", "value": "maximize"},
    ... ).ranks.to_dict()
    {'T1': 2, 'T2': 1}
    """

    scores: pd.DataFrame
    texts: pd.DataFrame
    notes: tuple[Text, ...] = ()


@dataclass
class _Reading:
    """What is known of a table while it is read."""

    layout: Layout
    diagnostics: Diagnostics
    locale: Locale | None
    codes: int
    values: dict[str, list[object]] = field(default_factory=dict)

    def column(self, place: int) -> list[Entry]:
        return [row.entry(place) for row in self.layout.rows]

    def location(self, row: GridRow, place: int) -> Location:
        return self.layout.grid.location(row.number, place)


def read_score_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    code: str | None = None,
    texts: Collection[str] = (),
) -> ScoreTable:
    r"""Read a table with one technology a row and one criterion a column, from a CSV file or a workbook.

    Title rows, headings in two rows with merged groups, totals, notes and signatures are kept apart from the
    table. A column is a criterion when any of its cells is a number; every other cell of it must then be
    one. Nothing is guessed: ``12.500`` and a date are reported, not taken.

    Parameters
    ----------
    path : str or Path
    sheet : str, optional
        Needed when a workbook has several sheets.
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings; it has no default.
    code : str, optional
        Heading of the column of codes; without it one called ``Mã``, ``id`` or the like, else the first.
    texts : collection of str
        Headings of columns that hold texts, though some of their cells look like numbers.

    Returns
    -------
    ScoreTable

    Raises
    ------
    DataFileError
        Every problem of the file, with its cell or line.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> _ = file.write_text("Mã;Tên;Chi phí\nCN01;Pin;3,5\nCN02;Biogas;1.250,5\n", encoding="utf-8")
    >>> read_score_table(file, locale="vi").scores["Chi phí"].to_dict()
    {'CN01': 3.5, 'CN02': 1250.5}
    """
    diagnostics = Diagnostics()
    layout = open_free_table(path, diagnostics, sheet=sheet, allowed=text("a table of scores"))
    if report_long_table(layout, diagnostics):
        diagnostics.check()
    table = _read(layout, diagnostics, locale, code, texts)
    diagnostics.check()
    return table


def _read(
    layout: Layout, diagnostics: Diagnostics, locale: Locale | None, code: str | None, texts: Collection[str]
) -> ScoreTable:
    columns = _columns(layout, diagnostics)
    last = max(columns.values(), default=0)
    layout.rows = [row for row in layout.rows if not is_askew(layout, row, last, diagnostics)]
    reading = _Reading(layout, diagnostics, locale, _code_place(layout, columns, code, diagnostics))
    columns.pop(layout.headings[reading.codes], None)
    codes = _codes(reading)
    as_texts = {name_key(name) for name in texts}
    numbers = [
        name
        for name, place in columns.items()
        if name_key(name) not in as_texts and is_number_like(reading.column(place))
    ]
    for name in texts:
        if name_key(name) not in {name_key(heading) for heading in layout.headings}:
            diagnostics.unknown(
                "T105", layout.grid.location(layout.heading_row), field=name, found=name, name=name,
                known=list(columns),
            )  # fmt: skip
    for name, place in columns.items():
        _read_column(reading, name, place, codes, is_number=name in numbers)
    if not layout.rows:
        location = layout.grid.location(layout.heading_row)
        diagnostics.add(
            "T103", location, found=text("no technology"), allowed=text("at least one technology")
        )
    frame = pd.DataFrame(reading.values, index=pd.Index(codes, dtype=object), dtype=object)
    is_sound = len(diagnostics) == 0
    return ScoreTable(
        frame[numbers].astype(float) if is_sound else frame[numbers],
        frame[[name for name in columns if name not in numbers]],
        tuple(diagnostics.notes),
    )


def _columns(layout: Layout, diagnostics: Diagnostics) -> dict[str, int]:
    """Return the place of each heading; one that stands twice or is missing over cells is reported."""
    columns: dict[str, int] = {}
    first: dict[str, int] = {}
    for place, heading in enumerate(layout.headings):
        location = layout.grid.location(layout.heading_row, place)
        if not heading:
            if any(shown(row.entry(place)) for row in layout.rows):
                found = text("a column without heading")
                diagnostics.add("T107", location, found=found, allowed=text("a heading over each column"))
        elif name_key(heading) in first:
            other = layout.grid.location(layout.heading_row, first[name_key(heading)])
            found = text("{heading}, also in {location}", heading=heading, location=other.words)
            diagnostics.add("T106", location, field=heading, found=found, allowed=text("each column once"))
        else:
            first[name_key(heading)] = place
            columns[heading] = place
    return columns


def _code_place(layout: Layout, columns: dict[str, int], code: str | None, diagnostics: Diagnostics) -> int:
    if code is not None:
        place = next((place for name, place in columns.items() if name_key(name) == name_key(code)), None)
        if place is not None:
            return place
        location = layout.grid.location(layout.heading_row)
        diagnostics.unknown("T105", location, field=code, found=code, name=code, known=list(columns))
    named = [place for name, place in columns.items() if fold(name) in _CODES]
    return named[0] if named else min(columns.values(), default=0)


def _codes(reading: _Reading) -> list[str]:
    """Return the codes as texts; an empty cell or a code in two rows is reported."""
    codes, locations = [], dict[str, Location]()
    for row in reading.layout.rows:
        entry, location = row.entry(reading.codes), reading.location(row, reading.codes)
        value = read_free_text(entry)
        if isinstance(value, CellProblem) or value is None:
            fault = value or CellProblem("T114", text("a code"))
            report_problem(
                fault, location, reading.layout.headings[reading.codes], shown(entry), reading.diagnostics
            )
            value = None
        elif name_key(value) in locations:
            found = text("{id}, also in {location}", id=value, location=locations[name_key(value)].words)
            reading.diagnostics.add("S302", location, found=found, allowed=text("each id once"))
        codes.append(tidy(value or ""))
        locations.setdefault(name_key(value or ""), location)
    return codes


def _read_column(reading: _Reading, name: str, place: int, codes: Sequence[str], *, is_number: bool) -> None:
    entries = reading.column(place)
    percent = says_percent(name, entries) if is_number else ""
    dates = not is_number and all(_is_date(entry) for entry in entries if shown(entry))
    values: list[object] = []
    for row, entry, code in zip(reading.layout.rows, entries, codes, strict=True):
        value = (
            read_free_number(entry, locale=reading.locale, percent=percent)
            if is_number
            else read_free_text(entry, dates=dates)
        )
        if isinstance(value, CellProblem):
            report_problem(
                value, reading.location(row, place), f"{code}: {name}", shown(entry), reading.diagnostics
            )
            value = None
        elif value is None:
            location = reading.location(row, place)
            reading.diagnostics.note(text("{place}: {heading} is empty", place=location.words, heading=name))
        values.append(value)
    reading.values[name] = values
    if fold(name) in _NAMES:
        _check_names(reading, place, codes)


def _is_date(entry: Entry) -> bool:
    return isinstance(entry, Cell) and entry.kind == "date"


def _check_names(reading: _Reading, place: int, codes: Sequence[str]) -> None:
    """Report names that look alike on the screen: one technology must not take two places."""
    groups: dict[str, list[int]] = {}
    for number, entry in enumerate(reading.column(place)):
        groups.setdefault(name_key(shown(entry)), []).append(number)
    for key, numbers in groups.items():
        if not key or len(numbers) < 2:
            continue
        rows = [reading.layout.rows[number] for number in numbers]
        who = ", ".join(codes[number] for number in numbers)
        found = text("{name} in {names}", name=clean(shown(rows[0].entry(place))), names=who)
        allowed = text("each technology once")
        proposal = text("tell the technologies apart by their names")
        reading.diagnostics.add(
            "T129", reading.location(rows[1], place), found=found, allowed=allowed, proposal=proposal
        )
