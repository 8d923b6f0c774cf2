"""Answers on a scale, as returned by experts: words, numbers or both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.inputs.answer_scales import AnswerScale, ScaleLike, Scales
from techprio.inputs.cells import CellProblem, name_key, tidy
from techprio.inputs.column_problems import ColumnProblems
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.finding import LayoutLike, TableOptions, columns_of, open_free_table
from techprio.inputs.free_cells import read_free_text
from techprio.inputs.grid import Entry, GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.table_columns import (
    Columns,
    are_words,
    column_roles,
    find_place,
    pick_names,
    state_columns,
)
from techprio.inputs.tables import is_askew, report_problem
from techprio.language import Text, text
from techprio.model.layout import ColumnRole, Layout


@dataclass(frozen=True)
class Answers:
    """What experts answered.

    Parameters
    ----------
    table : DataFrame, shape (m, n)
        Points, experts in rows, what they judged in columns; NaN where there is no answer.
    notes : tuple of Text
        Each blank and each "don't know", apart, with its cell.
    layout : Layout
        What each row and column was taken for.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> answers = tp.inputs.Answers(pd.DataFrame({"T1": [5.0, 4.0], "T2": [3.0, None]}, index=["e1", "e2"]))
    >>> answers.mean.to_dict()
    {'T1': 4.5, 'T2': 3.0}
    >>> answers.counted.to_dict()
    {'T1': 2, 'T2': 1}
    """

    table: pd.DataFrame
    notes: tuple[Text, ...] = ()
    layout: Layout = field(default_factory=lambda: Layout(""))

    @property
    def counted(self) -> pd.Series:
        """How many answered, shape (n,)."""
        return self.table.notna().sum()

    @property
    def mean(self) -> pd.Series:
        """Mean over those who answered, shape (n,); to be shown beside :attr:`counted`."""
        return self.table.mean()


@validated
def read_answers(
    path: str | Path,
    *,
    scale: ScaleLike,
    no_answer: Sequence[str] = (),
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
) -> Answers:
    r"""Read a table of answers with one expert a row and one item a column.

    Time stamps, addresses and remarks of an online form, and rows of means or totals below the answers, are
    recognised and kept apart; the layout of the result says so.

    Parameters
    ----------
    path : str or Path
        CSV file or workbook.
    scale : mapping of str to float, (float, float) or Scale
        ``{"Thấp": 2, "Cao": 4}``: a cell holds a word, its point or both (``4 - Cao``); ``(1, 5)``: a
        number from 1 to 5, with or without words behind it; ``{1: "Not important", 5: "Very important"}``:
        words at the ends, numbers between; ``{"Q1": (1, 5), "Q2": {...}}``: a scale for each item.
    no_answer : sequence of str
        Words for "don't know". An empty cell is no answer either, and is kept apart.
    sheet : str, optional
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is an expert; or what single rows are, by their number in the file.
    header_rows : int, optional
        How many rows of headings there are; 0 for none.
    columns : sequence or mapping, optional
        Headings of the items, others are left out; or what columns hold: ``{"Email": "id", "Q1": "item"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.

    Returns
    -------
    Answers

    Raises
    ------
    DataFileError
        Every answer that is not on the scale, such as 99 or 0 for "none", with its cell; a column without one
        answer on the scale; a file without answers.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "answers.csv"
    >>> _ = file.write_text("expert,T1,T2\nE1,5,Cao\nE2,4 - Cao,?\n", encoding="utf-8")
    >>> answers = read_answers(file, scale={"Cao": 4, "Rất cao": 5}, no_answer=["?"])
    >>> answers.mean.to_dict(), answers.counted.to_dict()
    ({'T1': 4.5, 'T2': 4.0}, {'T1': 2, 'T2': 1})
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    table = open_free_table(path, diagnostics, options, text("a table of answers"), over_items=True)
    scales = Scales(scale)
    silent = {name_key(word) for word in no_answer}
    roles = _answer_roles(table, options, scales, silent, diagnostics)
    names_at = pick_names(table, roles, None, diagnostics)
    items = {place: table.headings[place] for place, role in roles.items() if role == "criterion"}
    _check_items(table, items, diagnostics)
    rows = named_rows(table, max(items, default=0), names_at, diagnostics)
    found = {
        name: _answers(table, rows, place, _scale_of(table, place, scales), silent, locale, diagnostics)
        for place, name in items.items()
    }
    _check_answers(table, found, diagnostics)
    diagnostics.check()
    state_columns(table, roles)
    frame = pd.DataFrame(found, index=list(rows), dtype=float)
    return Answers(frame, tuple(diagnostics.notes), table.layout(locale))


def _scale_of(table: FoundTable, place: int, scales: Scales) -> AnswerScale | None:
    parts = table.heading_parts[place] if place < len(table.heading_parts) else ()
    return scales.of((table.headings[place], *parts))


def _answer_roles(
    table: FoundTable, options: TableOptions, scales: Scales, silent: set[str], diagnostics: Diagnostics
) -> dict[int, ColumnRole]:
    """Return what each column holds; one without an answer on the scale is a text, if not a problem."""
    loose = AnswerScale({}, -np.inf, np.inf, is_open=True)

    def is_answer(entry: Entry) -> bool:
        one = scales.one or loose
        return isinstance(one.point(entry), float | int) or isinstance(loose.point(entry), float | int)

    columns = columns_of(table, options)
    roles = column_roles(table, columns, is_answer, diagnostics)
    for name in scales.names:
        place = find_place(table, name, diagnostics)
        if place is not None:
            roles[place] = "criterion"
    named = next((place for place, role in roles.items() if role in ("id", "name")), None)
    first = next((place for place, role in roles.items() if role in ("text", "words", "ranges")), None)
    leads = named if named is not None else (first if first == min(roles, default=0) else None)
    for place, role in roles.items():
        if role in ("words", "text", "ranges") and place != leads and columns is None:
            said = [
                e for row in table.rows if shown(e := row.entry(place)) and name_key(shown(e)) not in silent
            ]
            scale = _scale_of(table, place, scales)
            on_scale = [entry for entry in said if scale and isinstance(scale.point(entry), float | int)]
            if (
                on_scale
                or (said and scale is not None and are_words(said))
                or len(said) == len(table.rows) < 4
            ):
                roles[place] = "criterion"
        elif role == "criterion" and _scale_of(table, place, scales) is None:
            roles[place] = "left out"
        elif role == "empty":
            roles[place] = "criterion"  # an item that nobody answered is counted 0, and noted cell by cell
    return roles


def _check_items(table: FoundTable, items: dict[int, str], diagnostics: Diagnostics) -> None:
    location = table.grid.location(table.heading_row)
    names = list(items.values())
    if len(set(names)) < len(names):
        doubled = sorted({name for name in names if names.count(name) > 1})
        diagnostics.add("T106", location, found=listed(doubled), allowed=text("each column once"))
    if not items:
        held = listed([heading for heading in table.headings if heading]) or "-"
        diagnostics.add(
            "T130",
            location,
            found=text("no column with answers on the scale, among {columns}", columns=held),
            allowed=text("one expert a row, one item a column, answers on the scale"),
            proposal=text("name the items in columns=, or give the scale of the answers"),
        )


def _check_answers(table: FoundTable, found: Mapping[str, Sequence[float]], diagnostics: Diagnostics) -> None:
    if (
        found
        and not len(diagnostics)
        and all(np.isnan(value) for values in found.values() for value in values)
    ):
        diagnostics.add(
            "T130",
            table.grid.location(table.heading_row),
            found=text("a table without any answer"),
            allowed=text("one expert a row, one item a column, answers on the scale"),
        )


def named_rows(
    table: FoundTable, last: int, names_at: int | None, diagnostics: Diagnostics
) -> dict[str, GridRow]:
    """Return the rows by their names; one without name or with that of another is reported."""
    rows: dict[str, GridRow] = {}
    keys: dict[str, Location] = {}
    if names_at is None:
        diagnostics.note(
            text("{file}: no column names the rows; they are named by their lines", file=table.grid.file)
        )
    for row in table.rows:
        if is_askew(table, row, last, diagnostics):
            continue
        if names_at is None:
            rows[str(row.number)] = row
            continue
        location = table.grid.location(row.number, names_at)
        name = read_free_text(row.entry(names_at))
        if isinstance(name, CellProblem) or name is None:
            words = shown(row.entry(names_at))
            report_problem(name or CellProblem("T114", text("a name")), location, "", words, diagnostics)
        elif name_key(name) in keys:
            found = text("{id}, also in {location}", id=name, location=keys[name_key(name)].words)
            diagnostics.add("T129", location, found=found, allowed=text("each name once"))
        else:
            keys[name_key(name)] = location
            rows[tidy(name)] = row
    return rows


def _answers(
    table: FoundTable,
    rows: Mapping[str, GridRow],
    place: int,
    scale: AnswerScale | None,
    silent: set[str],
    locale: Locale | None,
    diagnostics: Diagnostics,
) -> list[float]:
    item = table.headings[place]
    problems = ColumnProblems(item)
    values = []
    for who, row in rows.items():
        entry, location = row.entry(place), table.grid.location(row.number, place)
        words = tidy(shown(entry))
        value: float | CellProblem = np.nan
        if not words:
            diagnostics.note(
                text("{place}: {who} left {item} empty", place=location.words, who=who, item=item)
            )
        elif name_key(words) in silent:
            diagnostics.note(
                text(
                    "{place}: {who} gave no answer on {item}: {words}",
                    place=location.words,
                    who=who,
                    item=item,
                    words=words,
                )
            )
        elif scale is not None:
            value = scale.point(entry, locale=locale)
        if isinstance(value, CellProblem):
            problems.add(value, location, who, words)
            value = np.nan
        values.append(float(value))
    problems.report(diagnostics, len(values))
    return values
