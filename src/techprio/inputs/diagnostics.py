"""Collect problems with their places, so that a study tells all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from techprio.errors import DataFileError, Problem, Sayable, did_you_mean
from techprio.inputs.codes import CODES
from techprio.language import Text, text

NO_PLACES: Mapping[str, int] = {}


def letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    Examples
    --------
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Location(NamedTuple):
    """A place in a file: a line, a line and column, or the address of a cell.

    The row of a workbook also knows in which column each field stands, so that a problem of one
    field names its cell.
    """

    file: str
    line: int = 0
    column: int = 0
    address: str = ""
    places: Mapping[str, int] = NO_PLACES

    def of(self, field: Sayable) -> Location:
        """Return the cell of a field; the row itself when the field is not in one cell."""
        place = self.places.get(field) if isinstance(field, str) else None
        if place is None:
            return self
        sheet = self.address.rpartition("!")[0]
        return Location(self.file, self.line, place + 1, f"{sheet}!{letters(place)}{self.line}")

    @property
    def place(self) -> Text | str:
        """The place in words; empty when the whole file is meant."""
        if self.address or not self.line:
            return self.address
        if self.column:
            return text("line {line}, column {column}", line=self.line, column=self.column)
        return text("line {line}", line=self.line)

    @property
    def words(self) -> Text | str:
        """File and place in words, to point at a second spot from within a problem."""
        return text("{file}, {place}", file=self.file, place=self.place) if self.place else self.file


class Diagnostics:
    """The problems of a study, in the order of its files and lines."""

    def __init__(self) -> None:
        self._found: list[tuple[Location, Problem]] = []
        self.notes: list[Text] = []

    def add(
        self,
        code: str,
        location: Location,
        *,
        field: Sayable = "",
        found: Sayable,
        allowed: Sayable,
        proposal: Sayable = "",
    ) -> None:
        """Note a problem under a code that :data:`~techprio.inputs.codes.CODES` knows."""
        if code not in CODES:
            raise KeyError(code)
        location = location.of(field)
        problem = Problem(code, location.file, location.place, field, found, allowed, proposal)
        self._found.append((location, problem))

    def note(self, words: Text) -> None:
        """Keep a sentence about what was left out or taken as it is: no problem, but to be said."""
        if words not in self.notes:
            self.notes.append(words)

    def unknown(
        self,
        code: str,
        location: Location,
        *,
        field: str,
        found: Sayable,
        name: str,
        known: list[str] | tuple[str, ...],
    ) -> None:
        """Note a name that is not among the known ones, with the nearest of them."""
        self.add(
            code,
            location,
            field=field,
            found=found,
            allowed=listed(known),
            proposal=did_you_mean(name, known),
        )

    def __len__(self) -> int:
        return len(self._found)

    @property
    def problems(self) -> list[Problem]:
        """All problems, sorted by file, sheet, line and column."""
        order = sorted(self._found, key=lambda item: _order(item[0]))
        return [problem for _, problem in order]

    def check(self) -> None:
        """Stop with all problems, if there is any.

        Raises
        ------
        DataFileError
        """
        if self._found:
            raise DataFileError(self.problems)


def _order(location: Location) -> tuple[str, str, int, int]:
    return (
        location.file,
        location.address.rpartition("!")[0] or location.address,
        location.line,
        location.column,
    )


def listed(names: list[str] | tuple[str, ...], most: int = 12) -> Text | str:
    """Give the names as a list that stays readable."""
    if len(names) <= most:
        return ", ".join(names)
    return text("{names} and {count} more", names=", ".join(names[:most]), count=len(names) - most)
