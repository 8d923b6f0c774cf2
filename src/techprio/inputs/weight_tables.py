"""Weights that are given as a table: one criterion a row, one unit for all."""

from __future__ import annotations

from pathlib import Path

from techprio.errors import proposed
from techprio.inputs.cells import CellProblem, clean, parse_number_freely
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import cell_problem
from techprio.inputs.grid import Cell, Entry, Grid, GridRow, shown
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.tables import report_problem
from techprio.language import text


def read_weight_table(
    path: str | Path, *, sheet: str | None = None, locale: Locale | None = None
) -> dict[str, float]:
    r"""Read the weight of each criterion from the first two columns of a table with a heading row.

    Parameters
    ----------
    path : str or Path
        CSV file or workbook.
    sheet : str, optional
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.

    Returns
    -------
    dict of str to float
        For :func:`techprio.given_weights`: shares, or percents where the table writes percents.

    Raises
    ------
    DataFileError
        A cell that is no number, a negative weight, a criterion twice, percents beside plain numbers.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "weights.csv"
    >>> _ = file.write_text("criterion,weight\ncost,0.4\nvalue,0.6\n", encoding="utf-8")
    >>> tp.given_weights(tp.inputs.read_weight_table(file)).overall.to_dict()
    {'cost': 0.4, 'value': 0.6}
    """
    source, diagnostics = Path(path), Diagnostics()
    data = read_bytes(source, diagnostics, text("a table of weights"))
    grid = read_grid(data, source.name, diagnostics, sheet=sheet)
    weights = _weights(grid, diagnostics, locale) if grid is not None else {}
    diagnostics.check()
    return weights


def _weights(grid: Grid, diagnostics: Diagnostics, locale: Locale | None) -> dict[str, float]:
    rows = [row for row in grid.rows[1:] if clean(shown(row.entry(0)))]
    read = [(clean(shown(row.entry(0))), row, _value(row.entry(1), locale)) for row in rows]
    weights: dict[str, float] = {}
    with_unit = any(_has_unit(row.entry(1)) for row in rows)
    for name, row, value in read:
        if name in weights:
            diagnostics.add("T129", grid.location(row.number, 0), found=name, allowed=text("each name once"))
        if isinstance(value, CellProblem):
            report_problem(value, grid.location(row.number, 1), name, shown(row.entry(1)), diagnostics)
            continue
        weights[name] = value
        _check(grid, name, row, value, with_unit, diagnostics)
    return weights


def _check(
    grid: Grid, name: str, row: GridRow, value: float, with_unit: bool, diagnostics: Diagnostics
) -> None:
    found = shown(row.entry(1))
    if value < 0:
        diagnostics.add(
            "J415",
            grid.location(row.number, 1),
            field=name,
            found=found,
            allowed=text("a number from 0 on"),
            proposal=text("mark a cost by the direction of its criterion, not by a minus"),
        )
    elif with_unit and not _has_unit(row.entry(1)):
        diagnostics.add(
            "T126",
            grid.location(row.number, 1),
            field=name,
            found=found,
            allowed=text("a percent, like the other weights"),
            proposal=proposed(f"{found}%") if value > 1 else "",
        )


def _has_unit(entry: Entry) -> bool:
    return shown(entry).endswith("%") or (isinstance(entry, Cell) and entry.kind == "percent")


def _value(entry: Entry, locale: Locale | None) -> float | CellProblem:
    """Return the weight; a percent as its share, so that all percents have one unit."""
    if isinstance(entry, Cell):
        fault = cell_problem(entry)
        if fault is not None:
            return fault
        if entry.kind in ("number", "percent"):
            return entry.number
        if entry.kind in ("date", "flag"):
            return CellProblem("T110", text("a number with one reading"))
    words = clean(shown(entry))
    value = parse_number_freely(words.removesuffix("%"), locale=locale)
    return value / 100 if words.endswith("%") and not isinstance(value, CellProblem) else value
