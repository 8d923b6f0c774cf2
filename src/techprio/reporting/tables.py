"""A table as it is to be printed: heading, kind and width of each column, rows, notes.

The workbook, the Word document and the page print the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from techprio.csv_text import clean
from techprio.language import (
    Label,
    Language,
    Month,
    Percent,
    Text,
    format_month,
    format_number,
    format_percent,
    text,
)

Place = Literal["page", "folded", "beside"]
Kind = Literal["text", "code", "integer", "score", "weight", "share", "money", "month", "mark"]

DECIMALS: dict[str, int] = {"integer": 0, "score": 3, "weight": 4, "money": 1}
NUMBERS = ("integer", "score", "weight", "share", "money")


@dataclass(frozen=True)
class Column:
    """A column of a printed table.

    Parameters
    ----------
    heading : Text, Label or str
    kind : str
        ``text`` wraps, ``code`` does not; ``share`` is printed as a percentage, ``month`` is
        ``YYYY-MM``, ``mark`` a sign in the middle.
    width : float
        In letters.
    bar : bool
        Whether the numbers carry bars.
    place : str
        ``folded`` columns of a workbook are closed until they are asked for; ``beside`` ones stand
        outside the printed page. Documents leave both out.
    language : {"vi", "en"}, optional
        Of what it holds; in the other language it is folded.
    """

    heading: Text | Label | str
    kind: Kind = "text"
    width: float = 10
    bar: bool = False
    place: Place = "page"
    language: Language | None = None

    def place_in(self, language: Language) -> Place:
        """Return the place in the workbook of a language."""
        return self.place if self.language in (None, language) else "folded"


@dataclass(frozen=True)
class Table:
    """A printed table.

    Parameters
    ----------
    id : str
    name : Text
        Short, for the tab of the sheet.
    title : Text
    columns : tuple of Column
    rows : sequence of tuple
        One value a column; None or "" prints nothing.
    notes : tuple of Text
        What the reader should know; printed below the title.
    """

    id: str
    name: Text | Label
    title: Text | Label
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    notes: tuple[Text | Label, ...] = ()

    def printed(self, language: Language) -> list[list[str]]:
        """Return the rows as texts of the language."""
        return [
            [show(value, column.kind, language) for value, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


def say(value: Any, language: Language) -> str:
    """Return a text, label or plain value in the language."""
    if isinstance(value, Text | Label | Month | Percent):
        return value.render(language)
    return format_number(value, language) if isinstance(value, float) else str(value)


def nothing(table: Table, language: Language) -> str:
    """Return what stands in place of a table without rows: its only note, or that there is none."""
    if len(table.notes) == 1:
        return clean(say(table.notes[0], language))
    return clean(text("{title}: none.", title=table.title).render(language))


def show(value: Any, kind: Kind, language: Language) -> str:
    """Return a value as it is printed in running text and documents."""
    if value is None or (isinstance(value, str) and not value):
        return ""
    if kind == "share":
        return format_percent(float(value), language)
    if kind in NUMBERS:
        return format_number(float(value), language, DECIMALS[kind])
    if kind == "month":
        return format_month(str(value), language)
    return say(value, language)
