"""What a table was taken for: where its headings stand, which rows are data, what each column holds.

Administrative forms have titles above, headings in two rows with merged groups, and totals, notes and
signatures
below; matrices carry weights, directions and units in rows of their own. What is left out is always stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from techprio.display.quantities import Quantity, Table
from techprio.display.results import Result, tables_of
from techprio.errors import Sayable
from techprio.language import Text, joined, text

RowRole = Literal[
    "title", "headings", "data", "weights", "directions", "units", "ideal", "worst", "target", "minimum",
    "maximum", "total", "mean", "count", "spread", "numbering", "kind", "rank", "section", "note", "empty",
    "skipped", "thresholds",
]  # fmt: skip
ColumnRole = Literal[
    "id", "name", "row number", "time stamp", "address", "remark", "criterion", "words", "ranges", "text",
    "weights", "directions", "units", "ideal", "worst", "target", "minimum", "maximum", "total", "mean",
    "count", "spread", "rank", "kind", "thresholds", "empty", "left out", "not read", "none", "data",
]  # fmt: skip

NAMES: dict[str, Text] = {
    "title": text("title or note above the table"),
    "headings": text("headings"),
    "data": text("data"),
    "weights": text("weights"),
    "directions": text("directions"),
    "units": text("units"),
    "ideal": text("ideal values"),
    "worst": text("worst values"),
    "target": text("target values"),
    "minimum": text("minima"),
    "maximum": text("maxima"),
    "total": text("total"),
    "mean": text("mean"),
    "count": text("counts"),
    "spread": text("spread"),
    "numbering": text("numbers of the columns"),
    "kind": text("kind of the criteria"),
    "thresholds": text("thresholds"),
    "section": text("heading of a group of rows"),
    "note": text("note or signature"),
    "empty": text("no value"),
    "skipped": text("left out as asked"),
    "id": text("ids"),
    "name": text("names"),
    "row number": text("row numbers"),
    "time stamp": text("time stamps"),
    "address": text("addresses"),
    "remark": text("remarks"),
    "criterion": text("numbers"),
    "words": text("words of a scale"),
    "ranges": text("ranges"),
    "text": text("texts"),
    "rank": text("ranks"),
    "left out": text("left out as asked"),
    "not read": text("not read"),
    "none": text("nothing"),
}
"""What each role is called."""


PART = Quantity("part_of_table", text("Row or column"), text("Row or column of the table."))
PLACE = Quantity("place", text("Place"), text("Lines or rows, or the letter of the column."), "code")
NAME = Quantity("head_of_part", text("Head"), text("What stands at the head of it."))
ROLE = Quantity("taken_for", text("Taken for"), text("What the row or column was taken for."))
REASON = Quantity(
    "why_left_out", text("Why left out"), text("Why it was left out of the values; empty where it was not.")
)
COLUMNS = ["part", "place", "name", "role", "reason"]
_NAMED = 5
USED = ("headings", "data", "id", "criterion")
_SEPARATORS = {",": text("commas"), ";": text("semicolons"), "\t": text("tabs"), "|": text("bars")}
_NUMBERS = {"vi": text("decimal commas"), "en": text("decimal points")}


@dataclass(frozen=True)
class Layout(Result):
    r"""What a reader took a table for, so that it can be checked and overridden.

    Parameters
    ----------
    file, sheet : str
    separator : str
        Sign between the cells of a text file; empty for a workbook.
    locale : str
        How its numbers are written: ``"vi"``, ``"en"``, or empty where no number depends on it.
    turned : bool
        Whether the columns of the file were read as rows.
    parts : DataFrame
        Columns ``part`` (row or column), ``place``, ``name``, ``role``, ``reason``.
    kind : Text
        What the table as a whole was taken for, where a reader takes several kinds.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> _ = file.write_text("id,cost,value\nA,3,4\nB,2,5\nweights,0.4,0.6\n", encoding="utf-8")
    >>> layout = tp.read_score_table(file).layout
    >>> print(layout.sentence)
    scores.csv: cells parted by commas; decimal points; headings in line 1; 2 rows of data in line 2-3;
    weights in line 4; columns: A ids, B-C numbers
    >>> layout.to_frame()["role"].tolist()
    ['headings', 'data', 'weights', 'id', 'criterion', 'criterion']
    """

    file: str
    sheet: str = ""
    separator: str = ""
    locale: str = ""
    turned: bool = False
    parts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS, dtype=object))
    kind: Sayable = ""

    @classmethod
    def of_sheets(cls, layouts: Sequence[Layout]) -> Layout:
        """Join the layouts of the sheets of one workbook; places then begin with the name of the sheet."""
        if len(layouts) == 1:
            return layouts[0]
        kinds: dict[str, list[str]] = {}
        for one in layouts:
            kinds.setdefault(str(one.kind), []).append(one.sheet)
        said = [
            text("{count} sheets ({names}), each {kind}", count=len(names), names=_first(names), kind=kind)
            for kind, names in (
                (next(one.kind for one in layouts if str(one.kind) == words), names)
                for words, names in kinds.items()
            )
        ]
        parts = [one.parts.assign(place=one.sheet + "!" + one.parts["place"]) for one in layouts]
        frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS, dtype=object)
        return cls(layouts[0].file if layouts else "", parts=frame, kind=joined(said))

    @property
    def sentence(self) -> Text:
        """The layout in one sentence."""
        said: list[Sayable] = [self.kind] if self.kind else []
        if self.kind and (self.parts["place"].str.contains("!", regex=False)).any():
            return text("{file}: {layout}", file=self.file, layout=joined(said))
        if self.separator:
            sign = _SEPARATORS.get(self.separator, self.separator)
            said.append(text("cells parted by {sign}", sign=sign))
        if self.locale:
            said.append(_NUMBERS[self.locale])
        if self.turned:
            said.append(text("columns and rows exchanged"))
        rows = self.parts[self.parts["part"] == "row"]
        for role, group in rows.groupby("role", sort=False):
            said.append(self._rows_said(str(role), list(group["place"])))
        columns = self.parts[self.parts["part"] == "column"]
        held = [
            text("{places} {role}", places=", ".join(_spans(list(group["place"]))), role=NAMES[str(role)])
            for role, group in columns.groupby("role", sort=False)
        ]
        if held:
            said.append(text("columns: {columns}", columns=joined(held, ", ")))
        name = f"{self.file}!{self.sheet}" if self.sheet else self.file
        return text("{file}: {layout}", file=name, layout=joined(said))

    def _rows_said(self, role: str, places: Sequence[str]) -> Text:
        where = text("line {places}", places=", ".join(places))
        if self.turned or self.sheet:
            kind = text("column {places}") if self.turned else text("row {places}")
            where = text(kind.template, places=", ".join(places))
        if role == "data":
            ends = [[_ordinal(end) for end in place.split("-")] for place in places]
            count = sum(end[-1] - end[0] + 1 for end in ends)
            return text("{count} rows of data in {places}", count=count, places=where)
        return text("{role} in {places}", role=NAMES[role], places=where)

    @property
    def left_out(self) -> pd.DataFrame:
        """Rows and columns that are not among the values, each with the reason."""
        return self.parts[~self.parts["role"].isin(USED)].reset_index(drop=True)

    def to_frame(self) -> pd.DataFrame:
        """Return what each row and each column was taken for: ``part, place, name, role, reason``."""
        return self.parts.copy()

    def tables(self) -> dict[str, Table]:
        """Return the table of rows and columns."""
        rows = [
            (
                text("row") if row.part == "row" else text("column"),
                row.place,
                row.name,
                NAMES[row.role],
                row.reason,
            )
            for row in self.parts.itertuples(index=False)
        ]
        columns = [PART, PLACE, NAME, ROLE, REASON]
        return tables_of(Table.of("layout", text("Layout"), columns, rows))

    def _summary(self) -> str:
        return f"{self.file}, {len(self.parts)} parts, {len(self.left_out)} left out"

    def _title(self) -> Text:
        return text("Layout of {file}", file=self.file)

    def _facts(self) -> Sequence[Text]:
        return (self.sentence,)

    def __str__(self) -> str:
        return str(self.sentence)


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


def _first(names: Sequence[str]) -> Text | str:
    if len(names) <= _NAMED:
        return ", ".join(names)
    return text("{names} and {count} more", names=", ".join(names[:_NAMED]), count=len(names) - _NAMED)


def _spans(places: Sequence[str]) -> list[str]:
    """Join the letters of columns that stand side by side: ``B-Q, S``."""
    spans: list[tuple[str, str]] = []
    for place in places:
        if spans and place == _after(spans[-1][1]):
            spans[-1] = (spans[-1][0], place)
        else:
            spans.append((place, place))
    return [first if first == last else f"{first}-{last}" for first, last in spans]


def _ordinal(place: str) -> int:
    """Return the number of a row, or that of a column by its letters, from 1."""
    if place.isdigit():
        return int(place)
    number = 0
    for letter in place:
        number = number * 26 + ord(letter) - 64
    return number


def _after(place: str) -> str:
    return str(int(place) + 1) if place.isdigit() else letters(_ordinal(place))
