"""What a table was taken for: where its headings stand, which rows are data, what each column holds.

Administrative forms have titles above, headings in two rows with merged groups, and totals, notes and
signatures
below; matrices carry weights, directions and units in rows of their own. What is left out is always stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Quantity, Table
from techprio.display.results import Result, tables_of
from techprio.errors import Sayable
from techprio.inputs.diagnostics import letters
from techprio.inputs.grid import Grid, GridRow, first_words
from techprio.inputs.roles import NAMES, ColumnRole, RowRole
from techprio.language import Text, joined, text

PART = Quantity("part_of_table", text("Row or column"), text("Row or column of the table."))
PLACE = Quantity("place", text("Place"), text("Lines or rows, or the letter of the column."), "code")
NAME = Quantity("head_of_part", text("Head"), text("What stands at the head of it."))
ROLE = Quantity("taken_for", text("Taken for"), text("What the row or column was taken for."))
REASON = Quantity(
    "why_left_out", text("Why left out"), text("Why it was left out of the values; empty where it was not.")
)
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

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> _ = file.write_text("id,cost,value\nA,3,4\nB,2,5\nweights,0.4,0.6\n", encoding="utf-8")
    >>> layout = tp.read_score_table(file).layout
    >>> print(layout.sentence)
    scores.csv: cells parted by commas; headings in line 1; 2 rows of data in line 2-3; weights in line 4;
    columns: A ids, B-C numbers
    >>> layout.to_frame()["role"].tolist()
    ['headings', 'data', 'weights', 'id', 'criterion', 'criterion']
    """

    file: str
    sheet: str = ""
    separator: str = ""
    locale: str = ""
    turned: bool = False
    parts: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def sentence(self) -> Text:
        """The layout in one sentence."""
        said: list[Sayable] = []
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

    def set_aside(self, row: GridRow, role: RowRole, reason: Sayable) -> None:
        """Keep a row apart, with the reason."""
        self.row_reasons[row.number] = (role, first_words(row)[:60], reason)

    def column_place(self, place: int) -> str:
        """Return how the file names a column."""
        return str(self.grid.numbers[place]) if self.grid.numbers else letters(place)

    def layout(self, locale: str | None = "") -> Layout:
        """Return what the table was taken for."""
        roles: dict[int, tuple[RowRole, str, Sayable]] = {row.number: ("data", "", "") for row in self.rows}
        roles |= dict.fromkeys(self.heading_rows, ("headings", "", ""))
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
            heading = self.headings[at] if at < len(self.headings) else ""
            parts.append(("column", self.column_place(at), heading, held, reason))
        frame = pd.DataFrame(parts, columns=["part", "place", "name", "role", "reason"], dtype=object)
        grid = self.grid
        return Layout(grid.file, grid.sheet, grid.separator, locale or "", bool(grid.numbers), frame)


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
