"""What a column holds, declared once: key, headings, unit, format and explanation of a quantity.

How to use it. Beside the noun that owns the figure::

    SCORE = Quantity("score", text("Score"), text("From 0, worst, to 1, best."), "score")

A table is made of quantities; ``Column`` adds the layout where the default is not enough::

    Table.from_frame("ranking", text("Ranking"), [RANK, TECHNOLOGY, Column(SCORE, bar=True)], frame)

``P_TOP.fill(k=4)`` fills the places of a heading, ``COST.per("billion VND")`` gives the unit, and
``VALUE.each("F1")`` is the same quantity for one member of a family (a criterion, a year, a phase).
Every renderer heads a column by ``quantity.head(language)`` and writes a cell by :func:`write`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.language import (
    Label,
    Language,
    Month,
    Percent,
    Text,
    format_month,
    format_number,
    format_percent,
    resolve_language,
    text,
)

Format = Literal[
    "text",  # words, which may wrap
    "code",  # an id, which may not
    "mark",  # a sign in the middle of the cell
    "light",  # green, yellow or red
    "month",  # YYYY-MM
    "year",  # four figures, never parted
    "integer",
    "number",  # as many decimals as are needed
    "score",  # three decimals
    "weight",  # four decimals
    "money",  # one decimal
    "share",  # of 1, written as a percentage
    "change",  # with its sign
]
Place = Literal["page", "folded", "beside"]
Words = Text | Label | str

_SAID = Text | Label | Month | Percent
_YES_OR_NO = bool | np.bool_
_NO_NUMBER = (str, tuple, Text, bool, np.bool_)

NUMBERS: tuple[Format, ...] = ("year", "integer", "number", "score", "weight", "money", "share", "change")
MOST_ROWS = 40
NOTHING = "–"
_DECIMALS: dict[Format, int] = {"integer": 0, "score": 3, "weight": 4, "money": 1, "share": 0, "change": 0}
_LETTERS: dict[Format, float] = {
    "text": 30, "code": 9, "mark": 8, "light": 10, "month": 9.5, "year": 7, "integer": 8, "number": 10,
    "score": 8, "weight": 10, "money": 10, "share": 9, "change": 9,
}  # fmt: skip
_LIGHTS: dict[str, Text] = {"green": text("green"), "yellow": text("yellow"), "red": text("red")}


class Entry(ABC):
    """What a table can be made of: a quantity, or a column where the layout is not the default one.

    Examples
    --------
    >>> import techprio as tp
    >>> cost = tp.reporting.Quantity("cost", "Cost", "What it costs to build.", "money")
    >>> wide = tp.reporting.Column(cost, width=30)
    >>> all(isinstance(one, tp.reporting.Entry) for one in (cost, wide))
    True
    >>> cost.as_column().quantity is wide.quantity is cost
    True
    """

    @abstractmethod
    def as_column(self) -> Column:
        """Return it with its layout."""


@dataclass(frozen=True)
class Quantity(Entry):
    """A figure, name or word that a result states about something.

    Parameters
    ----------
    key : str
        Name of the column in frames and CSV files; English, never translated.
    heading : Text, Label or str
        Head of its column.
    explanation : Text, Label or str
        One sentence for a reader who does not know it: what it is, from where to where it goes.
    format : str
        One of :data:`Format`.
    short : Text, Label or str, optional
        Head of a narrow column; the heading by default.
    unit : Text, Label or str
        Put in parentheses behind the heading.
    decimals : int, optional
        Where the format's own number of decimals does not do.

    Examples
    --------
    >>> cost = Quantity("cost", "Cost", "Capital cost, at the prices of the study.", "money")
    >>> cost.per("billion VND").head("en")
    'Cost (billion VND)'
    >>> write(1234.5, cost, "vi"), write(None, cost, "vi")
    ('1.234,5', '')
    """

    key: str
    heading: Words
    explanation: Words
    format: Format = "text"
    short: Words | None = None
    unit: Words = ""
    decimals: int | None = None

    def as_column(self) -> Column:
        """Return the quantity with the default layout."""
        return Column(self)

    @validated
    def head(self, language: Language | None = None, *, short: bool = False) -> str:
        """Return the heading, with the unit where there is one."""
        language = resolve_language(language)
        words = render(self.short if short and self.short is not None else self.heading, language)
        unit = render(self.unit, language)
        return f"{words} ({unit})" if unit else words

    @validated
    def fill(self, **values: Any) -> Quantity:
        """Fill the places of heading, unit and explanation."""

        def put(words: Any) -> Any:
            return Text(words.template, {**words.values, **values}) if isinstance(words, Text) else words

        return replace(
            self,
            heading=put(self.heading),
            short=put(self.short),
            unit=put(self.unit),
            explanation=put(self.explanation),
        )

    @validated
    def per(self, unit: Words) -> Quantity:
        """Return the quantity in a unit."""
        return replace(self, unit=unit)

    @validated
    def each(self, member: str, heading: Words | None = None) -> Quantity:
        """Return the quantity for one member of a family: a criterion, a year, a phase.

        Its key is ``key:member``, so that no name that a user chose can meet the key of a column.
        """
        head = member if heading is None else heading
        return replace(self, key=f"{self.key}:{member}", heading=head, short=None)


NUMBER = Quantity("number", text("No."), text("Place in the list; 1 comes first."), "integer")


@dataclass(frozen=True)
class Column(Entry):
    """A quantity in a table, with its layout.

    Parameters
    ----------
    quantity : Quantity
    width : float, optional
        In letters; by the format when it is not given.
    bar : bool
        Whether the numbers carry bars: shares against 1, others against the largest of the column.
    place : {"page", "folded", "beside"}
        ``folded`` columns of a workbook are closed until they are asked for; ``beside`` ones stand
        outside the printed page. Documents leave both out.
    language : {"vi", "en"}, optional
        Of what it holds; in the other language it is folded.

    Examples
    --------
    >>> from techprio.display.quantities import Quantity
    >>> cost = Quantity("cost", "Cost", "Capital cost, at the prices of the study.", "money")
    >>> Column(cost, width=9).width
    9
    """

    quantity: Quantity
    width: float | None = None
    bar: bool = False
    place: Place = "page"
    language: Language | None = None

    def place_in(self, language: Language | None = None) -> Place:
        """Return the place in what is printed in a language."""
        return self.place if self.language in (None, resolve_language(language)) else "folded"

    def as_column(self) -> Column:
        """Return itself."""
        return self

    @property
    def key(self) -> str:
        """Key of the quantity."""
        return self.quantity.key

    @property
    def format(self) -> Format:
        """Format of the quantity."""
        return self.quantity.format

    @property
    def letters(self) -> float:
        """Width in letters."""
        return _LETTERS[self.format] if self.width is None else self.width

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers, which stand to the right."""
        return self.format in NUMBERS


@dataclass(frozen=True)
class Table:
    """Rows under declared quantities, in no language until they are rendered.

    Parameters
    ----------
    id : str
        Name of the table in its result, of its CSV file and of its anchor.
    title : Text, Label or str
    columns : tuple of Column
    rows : sequence of tuple
        One value a column; what is missing (None, "", NaN) prints nothing.
    notes : tuple of Text
        What the reader should know; printed with the table.
    name : Text, Label or str, optional
        Short, for the tab of a sheet; the title by default.
    most : int
        Rows that a notebook or a screen shows; how many more there are is stated below.

    Examples
    --------
    >>> letter = Quantity("letter", "Letter", "A letter.", "code")
    >>> share = Quantity("share", "Share", "Of all letters of a text.", "share")
    >>> frame = pd.DataFrame({"letter": ["e", "t"], "share": [0.127, 0.091]})
    >>> table = Table.from_frame("letters", "Letters", [letter, share], frame)
    >>> table.heads("en"), table.printed("en")
    (['Letter', 'Share'], [['e', '13%'], ['t', '9%']])
    """

    id: str
    title: Words
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]
    notes: tuple[Words, ...] = ()
    name: Words | None = None
    most: int = MOST_ROWS

    @classmethod
    @validated
    def of(
        cls,
        id: str,
        title: Words,
        columns: Iterable[Entry],
        rows: Iterable[Iterable[Any]],
        *,
        notes: tuple[Words, ...] = (),
        name: Words | None = None,
        most: int = MOST_ROWS,
    ) -> Table:
        """Take rows under quantities, with a layout where they need one."""
        laid = tuple(entry.as_column() for entry in columns)
        return cls(id, title, laid, [tuple(row) for row in rows], notes, name, most)

    @classmethod
    @validated
    def from_frame(
        cls,
        id: str,
        title: Words,
        columns: Iterable[Entry],
        frame: pd.DataFrame,
        *,
        notes: tuple[Words, ...] = (),
        name: Words | None = None,
        most: int = MOST_ROWS,
    ) -> Table:
        """Take the columns of a frame that have the keys of the quantities."""
        laid = [entry.as_column() for entry in columns]
        rows = zip(*(frame[column.key].tolist() for column in laid), strict=True)
        return cls.of(id, title, laid, rows, notes=notes, name=name, most=most)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows under the keys of the columns."""
        return pd.DataFrame(list(self.rows), columns=[column.key for column in self.columns])

    @validated
    def heads(self, language: Language | None = None, *, short: bool = False) -> list[str]:
        """Return the headings of the columns."""
        return [column.quantity.head(language, short=short) for column in self.columns]

    @validated
    def printed(self, language: Language | None = None, *, missing: str = "") -> list[list[str]]:
        """Return the rows as texts of the language."""
        language = resolve_language(language)
        return [
            [
                write(value, column.quantity, language, missing=missing)
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]


def is_missing(value: Any) -> bool:
    """Whether there is nothing to show."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return value == "" if isinstance(value, str) else isinstance(value, float) and value != value


def render(value: Any, language: Language | None = None) -> str:
    """Return a text, label or plain value as words of the language."""
    language = resolve_language(language)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, _SAID):
        return value.render(language)
    if isinstance(value, _YES_OR_NO):
        return (text("yes") if value else text("no")).render(language)
    return format_number(value, language) if isinstance(value, float) else str(value)


def write(value: Any, quantity: Quantity, language: Language | None = None, *, missing: str = "") -> str:
    """Return a value of a quantity as it is printed, wherever it is printed.

    Words in a column of numbers (a text that says why there is none) stay words.
    """
    if is_missing(value):
        return missing
    language = resolve_language(language)
    format = quantity.format
    if format == "month" and isinstance(value, str):
        return format_month(value, language)
    if format == "light" and value in _LIGHTS:
        return _LIGHTS[value].render(language)
    if format not in NUMBERS or isinstance(value, _NO_NUMBER):
        return render(value, language)
    if format == "year":
        return str(int(value))
    number = float(value)
    decimals = _DECIMALS.get(format) if quantity.decimals is None else quantity.decimals
    if format == "share":
        return format_percent(number, language, decimals or 0)
    if format == "change":
        sign = "+" if number > 0 else "−" if number < 0 else ""
        return f"{sign}{format_number(abs(number), language, decimals)}"
    return format_number(number, language, decimals)


def with_names(codes: Iterable[str], labels: Any) -> list[Words]:
    """Put the name after each code that has one."""
    return [_with_name(str(code), labels.get(code)) for code in codes]


def _with_name(code: str, label: Label | None) -> Words:
    if label is None or not any(label) or code in label:
        return code
    return Label(vi=f"{code} {label.render('vi')}", en=f"{code} {label.render('en')}")
