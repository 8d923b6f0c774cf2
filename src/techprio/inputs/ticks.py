"""Forms in which one column a point is ticked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.inputs.answers import named_rows
from techprio.inputs.cells import name_key, tidy
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.finding import LayoutLike, TableOptions, columns_of, open_free_table
from techprio.inputs.grid import GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.table_columns import Columns, column_roles, pick_names, state_columns
from techprio.language import Text, text
from techprio.model.layout import Layout

_NO_TICKS = {"\u2610", "\u25a1", "\u25cb", "\u25fb"}
_TICKS = {"x", "v", "\u2713", "\u2714", "\u2611", "\u221a"}


class TickedPoints(pd.Series):  # type: ignore[misc] # the stubs of pandas are not used
    r"""The point of each item of a form with ticks, and the layout of the form.

    Attributes
    ----------
    layout : Layout
    notes : tuple of Text

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> file = Path(tempfile.mkdtemp()) / "form.csv"
    >>> _ = file.write_text("item,1,2,3\nT1,,x,\nT2,,,x\n", encoding="utf-8")
    >>> points = tp.inputs.read_ticks(file)
    >>> points.to_dict(), points.layout.turned
    ({'T1': 2.0, 'T2': 3.0}, False)
    """

    _metadata: list[str] = ["layout", "notes"]  # noqa: RUF012 (pandas reads it)
    layout: Layout
    notes: tuple[Text, ...]

    @property
    def _constructor(self) -> Callable[..., Any]:
        return pd.Series


@validated
def read_ticks(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
    scale: Mapping[str, float] | None = None,
) -> TickedPoints:
    r"""Read a form in which one column a point is ticked, with one item a row.

    Parameters
    ----------
    path : str or Path
        The headings are the points; a tick is ``x``, ``v`` or a check mark.
    sheet : str, optional
    locale : {"vi", "en"}, optional
        Settles points such as ``1,5`` that have two readings.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is an item; or what single rows are, by their number in the file.
    header_rows : int, optional
    columns : sequence or mapping, optional
        Headings of the columns with ticks, or what columns hold.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping of str to float, optional
        Points of headings that are words: ``{"Thấp": 1, "Cao": 5}``.

    Returns
    -------
    Series, shape (m,)
        The point of each item; its ``layout`` says what each row and column was taken for.

    Raises
    ------
    DataFileError
        A row with two ticks or none, something else than a tick, no column for ticks.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "form.csv"
    >>> _ = file.write_text("item,1,2,3\nT1,,x,\nT2,,,X\n", encoding="utf-8")
    >>> read_ticks(file).to_dict()
    {'T1': 2.0, 'T2': 3.0}
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    table = open_free_table(path, diagnostics, options, text("a form with ticks"))
    is_tick = lambda entry: tidy(shown(entry)).casefold() in _TICKS  # noqa: E731
    roles = column_roles(table, columns_of(table, options), is_tick, diagnostics)
    words = {name_key(word): float(point) for word, point in (scale or {}).items()}
    names_at = pick_names(
        table, {p: "text" if r == "criterion" and p == 0 else r for p, r in roles.items()}, None, diagnostics
    )
    points: dict[int, float] = {}
    for place, heading in enumerate(table.headings):
        found = readings(heading, locale=locale)
        if place != names_at and (name_key(heading) in words or len(found) == 1):
            points[place] = words.get(name_key(heading), found[0] if found else np.nan)
            roles[place] = "criterion"
        elif place != names_at and roles.get(place) == "criterion":
            diagnostics.add(
                "T130", table.grid.location(table.heading_row, place), field=heading,
                found=text("ticks under {heading}, which is no point", heading=repr(heading)),
                allowed=text("a number over each column of ticks"),
                proposal=text("scale= gives headings that are words their points"),
            )  # fmt: skip
    if not points and not len(diagnostics):
        diagnostics.add(
            "T130", table.grid.location(table.heading_row), found=text("no column for ticks"),
            allowed=text("one item a row, one column a point, and a tick in each row"),
        )  # fmt: skip
    rows = named_rows(table, max(points, default=0), names_at, diagnostics)
    if any(problem.code == "T130" for problem in diagnostics.problems):
        diagnostics.check()
    ticked = {name: _ticked(table, name, row, points, diagnostics) for name, row in rows.items()}
    if not ticked and not len(diagnostics):
        location = table.grid.location(table.heading_row)
        diagnostics.add("T103", location, found=text("no row with a tick"), allowed=text("one item a row"))
    diagnostics.check()
    if names_at is not None:
        roles[names_at] = "id"
    state_columns(table, roles)
    series = TickedPoints(ticked, dtype=float, name="point")
    series.layout, series.notes = table.layout(locale), tuple(diagnostics.notes)
    return series


def _ticked(
    table: FoundTable, name: str, row: GridRow, points: dict[int, float], diagnostics: Diagnostics
) -> float:
    ticks = []
    for place, point in points.items():
        entry = row.entry(place)
        words = tidy(shown(entry))
        if words.casefold() in _TICKS:
            ticks.append(point)
        elif words and words not in _NO_TICKS:
            diagnostics.add(
                "T113",
                table.grid.location(row.number, place),
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
        table.grid.location(row.number),
        field=name,
        found=found if ticks else text("no tick"),
        allowed=text("one tick in the row"),
        proposal=text("ask who filled in the form"),
    )
    return np.nan
