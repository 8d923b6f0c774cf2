"""The columns of a table of scores: numbers, words, ranges, texts; and the rows that speak of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from techprio.inputs.answer_scales import AnswerScale, Scales
from techprio.inputs.cells import CellProblem
from techprio.inputs.column_problems import ColumnProblems
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import (
    is_number,
    read_free_number,
    read_free_text,
    says_percent,
    typed_number,
)
from techprio.inputs.grid import Cell, Entry, GridRow, first_words, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, locale_of, readings
from techprio.inputs.ranges import read_range
from techprio.inputs.roles import clear_direction, direction_in, stated_direction
from techprio.inputs.table_columns import is_moment
from techprio.inputs.table_doubts import whole_of_weights
from techprio.inputs.units import part_unit
from techprio.language import joined, text
from techprio.model.layout import NAMES, ColumnRole


class ColumnReader:
    """Reads every column as what it was taken for.

    Attributes
    ----------
    numbers, texts : dict of str to list
        Values by heading.
    low, high : dict of str to list
        Ends of triples and of ranges.
    file_locale : {"vi", "en"} or None
        How the numbers of the file are written, where they tell it.
    """

    def __init__(
        self,
        table: FoundTable,
        codes: Sequence[str],
        diagnostics: Diagnostics,
        locale: Locale | None,
        scales: Scales,
    ) -> None:
        self.table = table
        self.codes = list(codes)
        self.diagnostics = diagnostics
        self.locale = locale
        self.scales = scales
        self.numbers: dict[str, list[object]] = {}
        self.texts: dict[str, list[object]] = {}
        self.low: dict[str, list[object]] = {}
        self.high: dict[str, list[object]] = {}
        self.file_locale: Locale | None = None

    def read(self, roles: dict[int, ColumnRole]) -> None:
        """Read the columns; a column of words on the scale becomes a criterion."""
        numeric = [place for place, role in roles.items() if role in ("criterion", "ranges")]
        # a row of weights or units shows as well as the data how the file writes its numbers
        rows = [*self.table.rows, *(row for _, row in self.table.about)]
        typed = (typed_number(row.entry(place)) for row in rows for place in numeric)
        self.file_locale = locale_of(words for words in typed if words)
        for place, role in list(roles.items()):
            if role in ("none", "left out", "empty", "id", "row number") or place >= len(self.table.headings):
                continue
            heading = self.table.headings[place]
            scale = self.scale_of(place, role)
            if scale is not None:
                roles[place] = "criterion"
                self._read_points(place, scale)
            elif role == "criterion":
                self._read_numbers(place)
            elif role == "ranges" and self._read_ranges(place):
                roles[place] = "criterion"
            else:
                self.texts[heading] = self._read_texts(place)
                self._say_words(place, role)
                if role in ("total", "mean", "rank"):
                    self._say_aside(place, role)

    def column(self, place: int) -> list[Entry]:
        """Return the cells of a column."""
        return [row.entry(place) for row in self.table.rows]

    def scale_of(self, place: int, role: ColumnRole) -> AnswerScale | None:
        """Return the scale of a column: its own, or the one of all where its cells hold words of it."""
        parts = self.table.heading_parts
        names = (self.table.headings[place], *(parts[place] if place < len(parts) else ()))
        scale = self.scales.of(names)
        if scale is None or scale is not self.scales.one:
            return scale
        if role not in ("words", "text", "criterion", "ranges"):
            return None
        entries = [entry for entry in self.column(place) if shown(entry)]
        said = [entry for entry in entries if not is_number(entry) and isinstance(scale.point(entry), float)]
        return scale if said else None

    def locale_of_column(self, entries: Sequence[Entry]) -> Locale | None:
        """Return how the numbers of a column are written: as the caller says, else as they show together.

        A column that does not show it follows a file whose other numbers have decimal commas.
        """
        if self.locale is not None:
            return self.locale
        if any(isinstance(entry, Cell) and entry.kind in ("number", "percent") for entry in entries):
            return None  # numbers typed as text among numbers are odd ones: nothing is concluded from them
        own = [words for entry in entries if (words := typed_number(entry))]
        return locale_of(own) or ("vi" if self.file_locale == "vi" and not _has_both(own) else None)

    def _read_numbers(self, place: int) -> None:
        heading, entries = self.table.headings[place], self.column(place)
        if "%" not in heading and all(
            isinstance(entry, Cell) and entry.kind == "number" for entry in entries
        ):
            self.numbers[heading] = [entry.number for entry in entries if isinstance(entry, Cell)]
            return
        percent = says_percent(heading, entries)
        locale = self.locale_of_column(entries)
        problems = ColumnProblems(heading)
        values: list[object] = []
        for row, entry, code in zip(self.table.rows, entries, self.codes, strict=True):
            value = read_free_number(entry, locale=locale, percent=percent)
            if isinstance(value, CellProblem):
                problems.add(value, self.table.grid.location(row.number, place), code, shown(entry))
                value = None
            values.append(value)
        problems.report(self.diagnostics, len(entries))
        self.numbers[heading] = values

    def _read_points(self, place: int, scale: AnswerScale) -> None:
        heading = self.table.headings[place]
        problems = ColumnProblems(heading)
        values: list[object] = []
        for row, entry, code in zip(self.table.rows, self.column(place), self.codes, strict=True):
            value = scale.point(entry, locale=self.locale)
            if isinstance(value, CellProblem):
                problems.add(value, self.table.grid.location(row.number, place), code, shown(entry))
            values.append(None if isinstance(value, CellProblem) else value)
        problems.report(self.diagnostics, len(values))
        self.numbers[heading] = values

    def _read_ranges(self, place: int) -> bool:
        """Read triples as values with their ends; ranges give ends only. Returns whether there are values.

        A number among them is its own value and both ends.
        """
        heading, entries = self.table.headings[place], self.column(place)
        locale = self.locale_of_column(entries)
        found = [self._span(entry, locale) for entry in entries]
        ends = [part or (None, None) for part in found]
        self.low[heading] = [part[0] for part in ends]
        self.high[heading] = [part[-1] for part in ends]
        problems = ColumnProblems(heading)
        for row, entry, part, code in zip(self.table.rows, entries, found, self.codes, strict=True):
            if part is None and shown(entry):
                allowed = text("a range (5-9) or a triple (low, value, high), in order")
                location = self.table.grid.location(row.number, place)
                problems.add(CellProblem("T110", allowed), location, code, shown(entry))
        problems.report(self.diagnostics, len(entries))
        if all(part is not None and len(part) != 2 for part in found):
            self.numbers[heading] = [part[len(part) // 2] for part in found if part]
            return True
        return False

    def _span(self, entry: Entry, locale: Locale | None) -> tuple[float, ...] | None:
        if not is_number(entry):
            return read_range(shown(entry), locale=self.locale)
        value = read_free_number(entry, locale=locale)
        return (value,) if isinstance(value, float | int) else None

    def _read_texts(self, place: int) -> list[object]:
        heading, entries = self.table.headings[place], self.column(place)
        dates = all(isinstance(entry, Cell) and entry.kind == "date" for entry in entries if shown(entry))
        dates = dates or all(is_moment(entry) for entry in entries if shown(entry))
        problems = ColumnProblems(heading)
        values: list[object] = []
        empty = []
        for row, entry, code in zip(self.table.rows, entries, self.codes, strict=True):
            value = read_free_text(entry, dates=dates)
            if isinstance(value, CellProblem):
                problems.add(value, self.table.grid.location(row.number, place), code, shown(entry))
                value = None
            elif value is None:
                empty.append(self.table.grid.location(row.number, place))
            values.append(value)
        problems.report(self.diagnostics, len(entries))
        if len(empty) > 3:
            self.diagnostics.note(
                text(
                    "{place}: {heading} is empty in {count} of {rows} rows",
                    place=empty[0].words, heading=heading, count=len(empty), rows=len(entries),
                )
            )  # fmt: skip
        else:
            for location in empty:
                self.diagnostics.note(
                    text("{place}: {heading} is empty", place=location.words, heading=heading)
                )
        return values

    def _say_aside(self, place: int, role: ColumnRole) -> None:
        self.diagnostics.note(
            text(
                "{place}: column {name} holds {what} and is no criterion",
                place=self.table.grid.location(self.table.heading_row, place).words,
                name=self.table.headings[place],
                what=NAMES[role],
            )
        )

    def _say_words(self, place: int, role: ColumnRole) -> None:
        """Say that a column of words or ranges is no criterion as it stands."""
        heading = self.table.headings[place]
        location = self.table.grid.location(self.table.heading_row, place)
        if role == "words":
            words = list(dict.fromkeys(w for entry in self.column(place) if (w := shown(entry))))
            self.diagnostics.note(
                text(
                    "{place}: {heading} holds the words {words} and is no criterion; "
                    "scale= gives them points",
                    place=location.words,
                    heading=heading,
                    words=joined(words, ", "),
                )
            )
        elif role == "ranges":
            self.diagnostics.note(
                text(
                    "{place}: {heading} holds ranges; they stand in low and high, and give no value",
                    place=location.words,
                    heading=heading,
                )
            )


def _has_both(words: Sequence[str]) -> bool:
    return locale_of([*words, "0,5"]) is None


class SpeakingRows:
    """Weights, directions, units and the like, from the rows that speak about the criteria."""

    def __init__(
        self,
        table: FoundTable,
        roles: Mapping[int, ColumnRole],
        reader: ColumnReader,
        diagnostics: Diagnostics,
    ) -> None:
        self.places = {place: table.headings[place] for place, role in roles.items() if role == "criterion"}
        self.table = table
        self.locale = reader.locale or reader.file_locale
        self.diagnostics = diagnostics
        self.weights: dict[str, float] = {}
        self.directions: dict[str, str] = {}
        self.units: dict[str, str] = {}
        others: dict[str, dict[str, float]] = {}
        for role, row in table.about:
            if role == "weights":
                self.weights = self._numbers(row, self.weights)
            elif role == "directions":
                self.directions = self._directions(row)
            elif role == "units":
                self.units = {
                    name: w
                    for place, name in self.places.items()
                    if (w := shown(row.entry(place)).strip("()[]"))
                }
            else:
                name = first_words(row) if role == "thresholds" else role
                others[name] = self._numbers(row, {})
        self.about = pd.DataFrame(others, dtype=float).T

    def _numbers(self, row: GridRow, known: Mapping[str, float]) -> dict[str, float]:
        entries = [row.entry(place) for place in self.places]
        percent = says_percent("", entries)
        found: dict[str, float] = dict(known)
        for place, name in self.places.items():
            entry = row.entry(place)
            if not shown(entry):
                continue
            value = read_free_number(entry, locale=self.locale, percent=percent)
            if isinstance(value, float | int):
                found[name] = float(value)
            else:
                self._say(row, place, name)
        return found

    def _directions(self, row: GridRow) -> dict[str, str]:
        found: dict[str, str] = {}
        for place, name in self.places.items():
            words = shown(row.entry(place))
            direction = stated_direction(words) if words else None
            if direction is not None:
                found[name] = direction
            elif words:
                self._say(row, place, name)
        return found

    def _say(self, row: GridRow, place: int, name: str) -> None:
        self.diagnostics.note(
            text(
                "{place}: {words} says nothing of {name} that can be read",
                place=self.table.grid.location(row.number, place).words,
                words=repr(shown(row.entry(place))),
                name=name,
            )
        )


def stated_units(table: FoundTable, roles: Mapping[int, ColumnRole]) -> dict[str, str]:
    """Return the units that headings state."""
    if stated_weights(table, roles) or _signed(table, roles):
        return {}
    parts = table.heading_parts
    units = {
        table.headings[place]: part_unit((parts[place][-1:] or ("",))[0])[1]
        for place, role in roles.items()
        if role == "criterion" and place < len(parts)
    }
    return {heading: unit for heading, unit in units.items() if unit and not clear_direction(unit)}


def stated_weights(table: FoundTable, roles: Mapping[int, ColumnRole]) -> dict[str, float]:
    """Return the weights that all headings state in brackets, ``cost (0.4)``; they sum up to 1 or 100."""
    inside = _in_brackets(table, roles)
    found = {name: readings(_WEIGHT.sub("", words)) for name, words in inside.items()}
    weights = {name: values[0] for name, values in found.items() if len(values) == 1}
    return weights if len(weights) == len(inside) and whole_of_weights(list(weights.values())) else {}


_WEIGHT = re.compile(r"^\s*(?:w|weight|trọng số|ts)\s*[=:]?\s*|\s*%\s*$", re.IGNORECASE)


def _in_brackets(table: FoundTable, roles: Mapping[int, ColumnRole]) -> dict[str, str]:
    headings = [table.headings[place] for place, role in roles.items() if role == "criterion"]
    return {heading: part_unit(heading)[1] for heading in headings}


def _signed(table: FoundTable, roles: Mapping[int, ColumnRole]) -> dict[str, str]:
    """Return directions where every heading ends in (+) or (-), and both occur; (-) alone is no unit."""
    inside = _in_brackets(table, roles)
    found = {name: direction_in(sign) for name, sign in inside.items() if sign in _SIGNS}
    both = set(found.values()) == {"maximize", "minimize"}
    return {name: str(said) for name, said in found.items()} if both and len(found) == len(inside) else {}


_SIGNS = ("+", "-", "\u2212", "\u2013")


def stated_directions(table: FoundTable, roles: Mapping[int, ColumnRole]) -> dict[str, str]:
    """Return the directions that headings state: ``C1 (max)``, ``C2 ↓``, ``C3 (+)`` beside ``C4 (-)``."""
    found: dict[str, str] = _signed(table, roles)
    for heading, inside in _in_brackets(table, roles).items():
        words = inside or heading[-1:]
        direction = direction_in(words) if clear_direction(words) else None
        if direction is not None:
            found[heading] = direction
    return found
