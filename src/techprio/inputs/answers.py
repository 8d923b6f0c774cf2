"""Answers on a scale, as returned by experts: words, numbers, both, or ticks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from techprio.errors import Sayable, did_you_mean
from techprio.inputs.cells import CellProblem, clean, name_key, parse_number_freely, tidy
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.entries import limits_words, within
from techprio.inputs.free_cells import read_free_text
from techprio.inputs.grid import Cell, Entry, GridRow, shown
from techprio.inputs.layout import Layout
from techprio.inputs.numbers import readings
from techprio.inputs.opening import open_free_table
from techprio.inputs.tables import is_askew, report_problem
from techprio.language import Text, text

Scale = Mapping[str, float] | tuple[float, float]
"""The words of a scale with their points, or its lowest and its highest point."""
_BOTH = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*[-\u2013:.=]\s*(\D.*)")
_NO_ANSWER = {0, -1, -9, -99, -999, 77, 88, 97, 98, 99, 777, 888, 977, 988, 997, 998, 999}
"""Numbers by which questionnaires code that there is no answer."""
_TICKS = {"x", "v", "\u2713", "\u2714", "\u2611", "\u221a"}


@dataclass(frozen=True)
class Answers:
    """What experts answered.

    Parameters
    ----------
    table : DataFrame, shape (m, n)
        Points, experts in rows, what they judged in columns; NaN where there is no answer.
    notes : tuple of Text
        Each blank and each "don't know", apart, with its cell.

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

    @property
    def counted(self) -> pd.Series:
        """How many answered, shape (n,)."""
        return self.table.notna().sum()

    @property
    def mean(self) -> pd.Series:
        """Mean over those who answered, shape (n,); to be shown beside :attr:`counted`."""
        return self.table.mean()


def read_answers(
    path: str | Path, *, scale: Scale, no_answer: Sequence[str] = (), sheet: str | None = None
) -> Answers:
    r"""Read a table of answers with one expert a row and one item a column.

    Parameters
    ----------
    path : str or Path
        CSV file or workbook.
    scale : mapping of str to float, or (float, float)
        ``{"Thấp": 2, "Cao": 4}``: a cell holds a word, its point or both (``4 - Cao``); ``(1, 5)``: a
        number from 1 to 5.
    no_answer : sequence of str
        Words for "don't know". An empty cell is no answer either, and is kept apart.
    sheet : str, optional

    Returns
    -------
    Answers

    Raises
    ------
    DataFileError
        Every answer that is not on the scale, such as 99 or 0 for "none", with its cell.

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
    layout = open_free_table(path, diagnostics, sheet=sheet, allowed=text("a table of answers"))
    silent = {name_key(word) for word in no_answer}
    items = {place: name for place, name in enumerate(layout.headings) if place and name}
    rows = _rows(layout, max(items, default=0), diagnostics)
    table = {
        name: [_answer(layout, row, place, scale, silent, diagnostics) for row in rows.values()]
        for place, name in items.items()
    }
    if len(table) < len(items):
        names = sorted({name for name in items.values() if list(items.values()).count(name) > 1})
        location = layout.grid.location(layout.heading_row)
        diagnostics.add("T106", location, found=listed(names), allowed=text("each column once"))
    diagnostics.check()
    return Answers(pd.DataFrame(table, index=list(rows), dtype=float), tuple(diagnostics.notes))


def read_ticks(path: str | Path, *, sheet: str | None = None) -> pd.Series:
    r"""Read a form in which one column a point is ticked, with one item a row.

    Parameters
    ----------
    path : str or Path
        The headings are the points; a tick is ``x``, ``v`` or a check mark.
    sheet : str, optional

    Returns
    -------
    Series, shape (m,)
        The point of each item.

    Raises
    ------
    DataFileError
        A row with two ticks or none, something else than a tick.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "form.csv"
    >>> _ = file.write_text("item,1,2,3\nT1,,x,\nT2,,,X\n", encoding="utf-8")
    >>> read_ticks(file).to_dict()
    {'T1': 2.0, 'T2': 3.0}
    """
    diagnostics = Diagnostics()
    layout = open_free_table(path, diagnostics, sheet=sheet, allowed=text("a form with ticks"))
    points = {
        place: found[0]
        for place, heading in enumerate(layout.headings)
        if place and len(found := readings(heading)) == 1
    }
    rows = _rows(layout, max(points, default=0), diagnostics)
    ticked = {name: _ticked(layout, name, row, points, diagnostics) for name, row in rows.items()}
    diagnostics.check()
    return pd.Series(ticked, dtype=float, name="point")


def _rows(layout: Layout, last: int, diagnostics: Diagnostics) -> dict[str, GridRow]:
    """Return the rows by the name at their left; one without name or with that of another is reported."""
    rows: dict[str, GridRow] = {}
    keys: dict[str, Location] = {}
    for row in layout.rows:
        location = layout.grid.location(row.number, 0)
        name = read_free_text(row.entry(0))
        if is_askew(layout, row, last, diagnostics):
            continue
        if isinstance(name, CellProblem) or name is None:
            report_problem(
                name or CellProblem("T114", text("a name")), location, "", shown(row.entry(0)), diagnostics
            )
        elif name_key(name) in keys:
            found = text("{id}, also in {location}", id=name, location=keys[name_key(name)].words)
            diagnostics.add("T129", location, found=found, allowed=text("each name once"))
        else:
            keys[name_key(name)] = location
            rows[tidy(name)] = row
    return rows


def _answer(
    layout: Layout, row: GridRow, place: int, scale: Scale, silent: set[str], diagnostics: Diagnostics
) -> float:
    entry, location = row.entry(place), layout.grid.location(row.number, place)
    who, item = tidy(shown(row.entry(0))), layout.headings[place]
    words = tidy(shown(entry))
    if not words:
        diagnostics.note(text("{place}: {who} left {item} empty", place=location.words, who=who, item=item))
        return np.nan
    if name_key(words) in silent:
        diagnostics.note(
            text(
                "{place}: {who} gave no answer on {item}: {words}",
                place=location.words,
                who=who,
                item=item,
                words=words,
            )
        )
        return np.nan
    value = read_point(entry, scale)
    if isinstance(value, CellProblem):
        report_problem(value, location, f"{who}: {item}", words, diagnostics)
        return np.nan
    return value


def read_point(entry: Entry, scale: Scale) -> float | CellProblem:
    """Return the point of an answer: a number of the scale, one of its words, or both if they agree.

    Examples
    --------
    >>> scale = {"Cao": 4, "Rất cao": 5}
    >>> read_point("rất  cao", scale), read_point("5 - Rất cao", scale), read_point("4.0", scale)
    (5, 5.0, 4.0)
    >>> read_point("4 - Rất cao", scale).code, read_point("99", (1, 5)).code
    ('T113', 'T112')
    """
    if isinstance(entry, Cell) and entry.kind in ("number", "percent"):
        return _on_scale(entry.number, scale)
    words = read_free_text(entry)
    if isinstance(words, CellProblem) or words is None:
        return words or CellProblem("T114", _allowed(scale))
    points = {name_key(word): point for word, point in scale.items()} if isinstance(scale, Mapping) else {}
    if name_key(words) in points:
        return points[name_key(words)]
    both = _BOTH.fullmatch(tidy(words))
    if both and points.get(name_key(both[2])) in readings(both[1]):
        return readings(both[1])[0]
    value = parse_number_freely(clean(words))
    if isinstance(value, CellProblem):
        near = did_you_mean(words, [*scale]) if isinstance(scale, Mapping) else value.proposal
        return CellProblem("T113", _allowed(scale), near)
    return _on_scale(value, scale)


def _on_scale(value: float, scale: Scale) -> float | CellProblem:
    if value in scale.values() if isinstance(scale, Mapping) else within(value, scale[0], scale[1]):
        return value
    silent = text("if {value} stands for no answer, name it in no_answer", value=f"{value:g}")
    return CellProblem("T112", _allowed(scale), silent if value in _NO_ANSWER else "")


def _allowed(scale: Scale) -> Sayable:
    if isinstance(scale, Mapping):
        return listed([f"{point:g} - {word}" for word, point in scale.items()])
    return limits_words(scale[0], scale[1])


def _ticked(
    layout: Layout, name: str, row: GridRow, points: dict[int, float], diagnostics: Diagnostics
) -> float:
    ticks = []
    for place, point in points.items():
        entry = row.entry(place)
        words = tidy(shown(entry))
        if words.casefold() in _TICKS:
            ticks.append(point)
        elif words:
            diagnostics.add(
                "T113",
                layout.grid.location(row.number, place),
                field=name,
                found=words,
                allowed=text("x, or empty"),
            )
            return np.nan
    if len(ticks) == 1:
        return ticks[0]
    found = text("ticks at {points}", points=", ".join(f"{point:g}" for point in ticks))
    diagnostics.add(
        "T132",
        layout.grid.location(row.number),
        field=name,
        found=found if ticks else text("no tick"),
        allowed=text("one tick in the row"),
        proposal=text("ask who filled in the form"),
    )
    return np.nan
