"""A table of technologies by criteria, as people have it: codes, names and one column a criterion."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import Sayable
from techprio.inputs.answer_scales import AnswerScale, ScaleLike, Scales
from techprio.inputs.cells import CellProblem, name_key, tidy
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.finding import LayoutLike, TableOptions, columns_of, open_free_table
from techprio.inputs.free_cells import is_number, read_free_text
from techprio.inputs.grid import shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.long_table import report_long_table
from techprio.inputs.numbers import Locale
from techprio.inputs.roles import LABELS
from techprio.inputs.score_columns import (
    ColumnReader,
    SpeakingRows,
    stated_directions,
    stated_units,
    stated_weights,
)
from techprio.inputs.score_table_problems import (
    check_comparisons,
    check_contents,
    check_headings,
    check_index,
    check_links,
    check_side_by_side,
    report_codes_twice,
)
from techprio.inputs.table_columns import (
    Columns,
    check_sums,
    column_roles,
    find_place,
    pick_names,
    state_columns,
)
from techprio.inputs.tables import is_askew, report_problem
from techprio.language import Text, text
from techprio.model.direction import DirectionLike
from techprio.model.gates import Gate
from techprio.model.layout import ColumnRole, Layout
from techprio.model.matrix import DecisionMatrix

LeaveOut = Literal["empty"]


def _no_frame() -> pd.DataFrame:
    return pd.DataFrame()


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
    layout : Layout
        What each row and column was taken for.
    weights : dict of str to float
        By criterion, where a row of the table holds weights; empty otherwise.
    directions : dict of str to str
        ``maximize`` or ``minimize`` by criterion, where a row of the table holds them.
    units : dict of str to str
        By criterion, from a row of units or from the heading.
    about : DataFrame
        Further rows about the criteria (ideal, target, minimum, maximum, thresholds), criteria as columns.
    low, high : DataFrame, shape (m, r)
        Ends of the criteria whose cells are triples ``(5, 7, 9)``, and of ranges ``5-9``, which have no
        value.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> lines = ["id,name,cost,value", "T1,Solar,3.5,4", "T2,Biogas,2.5,5", "Weight,,0.5,0.5"]
    >>> lines.append("Type,,min,max")
    >>> _ = file.write_text("\n".join(lines), encoding="utf-8")
    >>> table = tp.read_score_table(file)
    >>> table.scores.loc["T1"].to_dict()
    {'cost': 3.5, 'value': 4.0}
    >>> table.weights, table.directions
    ({'cost': 0.5, 'value': 0.5}, {'cost': 'minimize', 'value': 'maximize'})
    >>> tp.rank(table.scores, table.weights, tp.Topsis("minmax"), directions=table.directions).ranks.to_dict()
    {'T1': 2, 'T2': 1}
    """

    scores: pd.DataFrame
    texts: pd.DataFrame
    notes: tuple[Text, ...] = ()
    layout: Layout = field(default_factory=lambda: Layout(""))
    weights: Mapping[str, float] = field(default_factory=dict)
    directions: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    about: pd.DataFrame = field(default_factory=_no_frame)
    low: pd.DataFrame = field(default_factory=_no_frame)
    high: pd.DataFrame = field(default_factory=_no_frame)

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Requirements that the table states in rows of minima and maxima, to be used as gates.

        Rows that only repeat the least or the greatest values of the table state nothing.
        """
        found: list[Gate] = []
        for role, own in (("minimum", self.scores.min()), ("maximum", self.scores.max())):
            limits = self.about.loc[role].dropna() if role in self.about.index else pd.Series(dtype=float)
            if len(limits) and not np.allclose(limits, own[limits.index]):
                for name, limit in limits.items():
                    low, high = (limit, None) if role == "minimum" else (None, limit)
                    found.append(Gate(str(name), at_least=low, at_most=high))
        return tuple(found)

    @property
    def ideals(self) -> dict[str, tuple[float, ...]]:
        """Best values inside the scale by criterion, from a row of ideal or target values.

        To be stated in :class:`~techprio.Scale` (``ideal=``); they say nothing of the ends of the scale.
        """
        rows = [role for role in ("ideal", "target") if role in self.about.index]
        values = self.about.loc[rows[0]].dropna() if rows else pd.Series(dtype=float)
        return {str(name): (float(value),) for name, value in values.items()}

    @validated
    def decision_matrix(self, directions: Mapping[str, DirectionLike] | None = None) -> DecisionMatrix:
        """Return the scores with all that the table says of them: directions, units, names and triples.

        Parameters
        ----------
        directions : mapping, optional
            By criterion; those of the table without it.

        Raises
        ------
        InputError
            A criterion without a direction, a name that is unknown.
        """
        names = next((name for name in self.texts if fold(name) in LABELS), None)
        labels = {} if names is None else self.texts[names].dropna().to_dict()
        spread = [name for name in self.low if name in self.scores]
        low, high = self.scores.copy(), self.scores.copy()
        low[spread], high[spread] = self.low[spread], self.high[spread]
        units = {name: unit for name, unit in self.units.items() if name in self.scores}
        return DecisionMatrix(
            self.scores,
            dict(directions or self.directions),
            units=units,
            low=low if spread else None,
            high=high if spread else None,
            labels=labels,
        )


@validated
def read_score_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    code: str | None = None,
    texts: Collection[str] = (),
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
    scale: ScaleLike | None = None,
    leave_out: LeaveOut | None = None,
) -> ScoreTable:
    r"""Read a table with one technology a row and one criterion a column, from a CSV file or a workbook.

    The layout is recognised from the whole sheet: title rows, headings in one or several rows, rows of
    weights,
    directions, units, ideal or target values, totals and means, columns of ids, names, row numbers, time
    stamps
    and remarks. It stands in :attr:`ScoreTable.layout`, and every argument below overrides it. A column is a
    criterion when any of its cells is a number; every other cell of it must then be one. Nothing is guessed:
    what has two readings, such as ``12.500`` or a first row that may be data, is reported, not taken.

    Parameters
    ----------
    path : str or Path
    sheet : str, optional
        Needed when a workbook has several sheets.
    locale : {"vi", "en"}, optional
        How numbers are written; without it the other numbers of a column, then of the file, settle those with
        two readings.
    code : str, optional
        Heading of the column of codes; without it one called ``Mã``, ``id`` or the like, else the first.
    texts : collection of str
        Headings of columns that hold texts, though some of their cells look like numbers.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a technology; or what single rows are, by their number in the file:
        ``{8: "weights", 9: "data"}``.
    header_rows : int, optional
        How many rows of headings there are; 0: the first row is data, the columns are named A, B, C.
    columns : sequence or mapping, optional
        Headings of the criteria, others are left out; or what columns hold: ``{"C1": "criterion", "C2":
        "text"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping, (float, float) or Scale, optional
        Points of words: ``{"Thấp": 1, "Cao": 3}``; or ``{"C1": {...}, "C2": (1, 5)}`` for single criteria.
    leave_out : {"empty"}, optional
        Leave out rows and columns without any value, and list them; without it they are problems.

    Returns
    -------
    ScoreTable

    Raises
    ------
    DataFileError
        With every problem of the file, each with its cell or line; also where no column holds numbers.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "scores.csv"
    >>> _ = file.write_text("mã;chi_phi\nT1;12.500\nT2;900\n", encoding="utf-8")
    >>> read_score_table(file, locale="vi").scores["chi_phi"].to_dict()
    {'T1': 12500.0, 'T2': 900.0}
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    found = open_free_table(
        path, diagnostics, options, text("a table of technologies and criteria"), over_criteria=True
    )
    if report_long_table(found, diagnostics):
        diagnostics.check()
    table = _Reader(found, diagnostics, options, Scales(scale), leave_out).read(code, texts)
    diagnostics.check()
    return table


class _Reader:
    """Reads the columns of a table that was found."""

    def __init__(
        self,
        table: FoundTable,
        diagnostics: Diagnostics,
        options: TableOptions,
        scales: Scales,
        leave_out: LeaveOut | None,
    ) -> None:
        self.table = table
        self.diagnostics = diagnostics
        self.options = options
        self.scales = scales
        self.leave_out = leave_out
        self.twice: list[tuple[str, Location, Location]] = []

    def read(self, code: str | None, texts: Collection[str]) -> ScoreTable:
        table, diagnostics = self.table, self.diagnostics
        roles = column_roles(table, columns_of(table, self.options), is_number, diagnostics)
        for name in texts:
            place = find_place(table, name, diagnostics)
            if place is not None:
                roles[place] = "text"
        names_at = pick_names(table, roles, code, diagnostics)
        for name in self.scales.names:
            place = find_place(table, name, diagnostics)
            if place is not None:
                roles[place] = "criterion"
        check_sums(table, roles, diagnostics)
        if self.options.columns is None:
            check_side_by_side(table, roles, diagnostics)
        check_headings(table, roles, diagnostics, only_stated=self.options.columns is not None)
        last = max((place for place, role in roles.items() if role != "none"), default=0)
        table.rows = [row for row in table.rows if not is_askew(table, row, last, diagnostics)]
        self._doubt_few_numbers(roles)
        self._leave_out_empty(roles, names_at)
        codes = self._codes(names_at)
        reader = ColumnReader(table, codes, diagnostics, self.options.locale, self.scales)
        reader.read(roles)
        if not report_codes_twice(table, roles, names_at, codes, self.twice, diagnostics):
            check_contents(table, roles, reader, diagnostics)
            if self.options.columns is None:
                check_index(table, reader, diagnostics)
                check_comparisons(table, reader, diagnostics)
                check_links(table, roles, diagnostics)
        state_columns(table, roles)
        speaking = SpeakingRows(table, roles, reader, diagnostics)
        index = pd.Index(codes, dtype=object)
        numbers = pd.DataFrame(reader.numbers, index=index, dtype=object)
        return ScoreTable(
            numbers.astype(float) if not len(diagnostics) else numbers,
            pd.DataFrame(reader.texts, index=index, dtype=object),
            tuple(diagnostics.notes),
            table.layout(self.options.locale or reader.file_locale),
            speaking.weights or stated_weights(table, roles),
            stated_directions(table, roles) | speaking.directions,
            stated_units(table, roles) | speaking.units,
            speaking.about,
            pd.DataFrame(reader.low, index=index, dtype=float),
            pd.DataFrame(reader.high, index=index, dtype=float),
        )

    def _doubt_few_numbers(self, roles: dict[int, ColumnRole]) -> None:
        """Take a sheet for no table of scores where no column has a number in half of its rows."""
        places = [place for place, role in roles.items() if role == "criterion"]
        counts = [sum(is_number(row.entry(place)) for row in self.table.rows) for place in places]
        if self.options.columns is None and all(2 * count < len(self.table.rows) for count in counts):
            roles |= dict.fromkeys((p for p in places if self._scale_at(p) is None), "text")

    def _scale_at(self, place: int) -> AnswerScale | None:
        return self.scales.of((self.table.headings[place],))

    def _leave_out_empty(self, roles: dict[int, ColumnRole], names_at: int | None) -> None:
        """Report columns and rows without any value as one finding each, or leave them out where asked to."""
        table = self.table
        values = [place for place, role in roles.items() if role in ("criterion", "words", "ranges")]
        if "criterion" not in roles.values() and self.scales.one is None:
            return
        for place, role in roles.items():
            if role == "empty" and self.leave_out is None and table.rows:
                location = table.grid.location(table.heading_row, place)
                self._report_empty(location, table.headings[place], text("a column without any value"))
        kept = []
        for row in table.rows:
            if len(values) < 2 or any(shown(row.entry(place)) for place in values):
                kept.append(row)
                continue
            name = tidy(shown(row.entry(names_at))) if names_at is not None else ""
            if self.leave_out is None:
                location = table.grid.location(row.number)
                self._report_empty(location, name, text("a row without any value"))
            else:
                table.set_aside(row, "empty", text("without any value"))
                self.diagnostics.note(
                    text(
                        "{place}: {name} has no value and is left out",
                        place=table.grid.location(row.number).words,
                        name=name,
                    )
                )
        if self.leave_out is not None:
            for place, role in roles.items():
                if role == "empty":
                    where = table.grid.location(table.heading_row, place).words
                    name = table.headings[place]
                    self.diagnostics.note(
                        text("{place}: column {name} has no value and is left out", place=where, name=name)
                    )
        table.rows = kept

    def _report_empty(self, location: Location, name: str, found: Sayable) -> None:
        self.diagnostics.add(
            "T138", location, field=name, found=found, allowed=text("numbers"),
            proposal=text("leave_out=empty leaves out what holds no value, and lists it"),
        )  # fmt: skip

    def _codes(self, names_at: int | None) -> list[str]:
        """Return the codes as texts; an empty cell or a code in two rows is reported."""
        if names_at is None:
            self.diagnostics.note(
                text(
                    "{file}: no column names the rows; they are named by their lines",
                    file=self.table.grid.file,
                )
            )
            return [str(row.number) for row in self.table.rows]
        codes, locations = [], dict[str, Location]()
        for row in self.table.rows:
            entry, location = row.entry(names_at), self.table.grid.location(row.number, names_at)
            value = read_free_text(entry)
            if (isinstance(value, CellProblem) or value is None) and row.number not in self.table.doubted:
                fault = value or CellProblem("T114", text("a code"))
                report_problem(fault, location, self.table.headings[names_at], shown(entry), self.diagnostics)
                value = None
            elif isinstance(value, CellProblem) or value is None:
                value = None
            elif name_key(value) in locations:
                self.twice.append((value, location, locations[name_key(value)]))
            codes.append(tidy(value or ""))
            locations.setdefault(name_key(value or ""), location)
        return codes
