"""A square table of ratios: names above and at the left, row against column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from techprio.errors import did_you_mean
from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.ratios import read_ratio
from techprio.inputs.roles import row_role
from techprio.inputs.tables import report_problem
from techprio.language import text
from techprio.model.judgments import PLAY, are_inverse
from techprio.near_names import near_name

_ASIDE = ("total", "mean", "count", "spread", "minimum", "maximum", "weights", "rank")


@dataclass(frozen=True)
class Square:
    """Where a square table stands: its heading row, names by column, rows by name."""

    heading: GridRow
    columns: dict[str, int]
    rows: tuple[tuple[str, GridRow], ...]


def find_square(grid: Grid) -> Square | None:
    """Find the heading row whose names come again at the left of the rows below it.

    Rows and columns that sum up the others, and columns of weights, are no names.
    """
    best: Square | None = None
    for place, heading in enumerate(grid.rows):
        columns = _names(heading)
        if len(columns) < 2:
            continue
        rows = _labelled(grid.rows[place + 1 :])
        if {name for name, _ in rows} & set(columns):
            return _without_sums(Square(heading, columns, tuple(rows[: _last_row(rows, columns)])))
        # Other names on the two sides are two spellings of the same only where the table is square.
        if best is None and 2 <= len(rows) == len(columns) and _may_be_spelled_otherwise(columns, rows):
            best = Square(heading, columns, tuple(rows))
    return best


def _may_be_spelled_otherwise(columns: dict[str, int], rows: Sequence[tuple[str, GridRow]]) -> bool:
    """Whether two sets of names may name the same: most are near, or every item stands against itself."""
    near = {near_name(name, list(columns)) for name, _ in rows} - {None}
    if 2 * len(near) > len(rows):
        return True
    diagonal = [clean(shown(row.entry(at))) for at, (_, row) in zip(columns.values(), rows, strict=True)]
    return len(set(diagonal)) == 1 and readings(diagonal[0]) in ((1.0,), (0.0,))


def _last_row(rows: Sequence[tuple[str, GridRow]], columns: dict[str, int]) -> int:
    """Return how many rows belong to the matrix: those up to the last known name, and those with marks."""
    last = max((place + 1 for place, (name, _) in enumerate(rows) if name in columns), default=0)
    last = max(last, min(len(columns), len(rows)))
    while last < len(rows):
        words = [w for at in columns.values() if (w := clean(shown(rows[last][1].entry(at))))]
        if len(words) < 2 and all(readings(one) for one in words):
            break  # a note, or a figure such as the consistency ratio
        last += 1
    return last


def _without_sums(square: Square) -> Square:
    """Leave out what sums up: by its name on one side, by its name and its numbers on both."""
    names = [name for name, _ in square.rows]
    both = {name for name in names if name in square.columns}
    out = {
        name
        for name in (*names, *square.columns)
        if row_role(name) in _ASIDE and (name not in both or _adds_up(square, name))
    }
    columns = {name: place for name, place in square.columns.items() if name not in out}
    return replace(square, columns=columns, rows=tuple(row for row in square.rows if row[0] not in out))


def _adds_up(square: Square, name: str) -> bool:
    """Whether the row of a name holds the totals of the columns above it."""
    rows = dict(square.rows)
    for other, place in square.columns.items():
        if other == name:
            continue
        values = [readings(clean(shown(row.entry(place)))) for key, row in rows.items() if key != name]
        whole = readings(clean(shown(rows[name].entry(place)))) or (0.0,)
        if abs(sum(value[0] for value in values if value) - whole[0]) > 0.051:
            return False
    return row_role(name) == "total"


def read_square(
    grid: Grid,
    square: Square,
    diagnostics: Diagnostics,
    *,
    locale: Locale | None,
    largest: float,
    tolerance: float = PLAY,
) -> pd.DataFrame:
    """Return the ratios with rows and columns in the order of the rows; NaN where a cell is empty."""
    names = [name for name, _ in square.rows]
    if not same_names(grid, square, diagnostics):
        return pd.DataFrame(index=names, columns=names, dtype=float)
    table = pd.DataFrame(np.nan, index=names, columns=names)
    before = len(diagnostics)
    for name, row in square.rows:
        for other in names:
            value = _value(grid, square, row, (name, other), diagnostics, locale, largest)
            if value is not None:
                table.loc[name, other] = value
    if len(diagnostics) == before:
        _check_pairs(grid, square, table, diagnostics, tolerance)
    return table


def _names(row: GridRow) -> dict[str, int]:
    names = {}
    for place, entry in enumerate(row.cells[1:], start=1):
        words = clean(shown(entry))
        if words and not readings(words):
            names[words] = place
    return names


def _labelled(rows: list[GridRow]) -> list[tuple[str, GridRow]]:
    return [(clean(shown(row.entry(0))), row) for row in rows if clean(shown(row.entry(0)))]


def same_names(grid: Grid, square: Square, diagnostics: Diagnostics) -> bool:
    """Return whether rows and columns have the same names, each once; the others are noted as problems."""
    names = [name for name, _ in square.rows]
    before = len(diagnostics)
    above = [name for name in square.columns if name not in names]
    spelled = {
        name: near for name in names if name not in square.columns and (near := near_name(name, above))
    }
    for name, row in square.rows:
        if name in spelled:  # one thing under two spellings: which is right, the table does not say
            diagnostics.add(
                "J412",
                grid.location(row.number, 0),
                found=text("{left} at the left, {above} above", left=name, above=spelled[name]),
                allowed=text("the same names at the left and above"),
                proposal=text(
                    "did you mean {above}? If {left} is right, write it above too",
                    above=spelled[name],
                    left=name,
                ),
            )
        elif name not in square.columns:
            diagnostics.add(
                "J412",
                grid.location(row.number, 0),
                found=name,
                allowed=listed(list(square.columns)),
                proposal=did_you_mean(name, list(square.columns)),
            )
        if names.count(name) > 1:
            diagnostics.add("T129", grid.location(row.number, 0), found=name, allowed=text("each name once"))
    for name, place in square.columns.items():
        if name not in names and name not in spelled.values():
            diagnostics.add(
                "J412",
                grid.location(square.heading.number, place),
                found=name,
                allowed=listed(names),
                proposal=did_you_mean(name, names),
            )
    return len(diagnostics) == before


def _value(
    grid: Grid,
    square: Square,
    row: GridRow,
    pair: tuple[str, str],
    diagnostics: Diagnostics,
    locale: Locale | None,
    largest: float,
) -> float | None:
    place = square.columns[pair[1]]
    entry = row.entry(place)
    value = read_ratio(entry, locale=locale, largest=largest)
    field = f"{pair[0]} / {pair[1]}"
    if isinstance(value, CellProblem):
        report_problem(value, grid.location(row.number, place), field, shown(entry), diagnostics)
        return None
    if pair[0] == pair[1] and value is not None and value != 1:
        diagnostics.add(
            "J410",
            grid.location(row.number, place),
            field=field,
            found=shown(entry),
            allowed=text("1, or an empty cell: an item compared with itself"),
        )
        return None
    return value


def _check_pairs(
    grid: Grid, square: Square, table: pd.DataFrame, diagnostics: Diagnostics, tolerance: float
) -> None:
    rows, rounded = dict(square.rows), []
    for first, name in enumerate(table.index):
        for other in table.index[first + 1 :]:
            there, back = float(table.loc[name, other]), float(table.loc[other, name])
            if np.isnan(there) or np.isnan(back):
                continue
            if are_inverse(there, back, tolerance):
                if abs(there * back - 1) > 1e-9:
                    rounded.append((abs(there * back - 1), f"{name} / {other}"))
                continue
            mirror = grid.location(rows[other].number, square.columns[name])
            diagnostics.add(
                "J411",
                grid.location(rows[name].number, square.columns[other]),
                field=f"{name} / {other}",
                found=text("{there}, and {back} at {mirror}", there=there, back=back, mirror=mirror.words),
                allowed=text("one the inverse of the other"),
                proposal=text("ask who filled in the form"),
            )
    if rounded and max(rounded)[0] > PLAY / 10:
        furthest, pair = max(rounded)
        diagnostics.note(
            text(
                "{place}: {count} pairs are inverses but for rounding, {pair} the furthest (product off by "
                "{percent} %); the side of 1 or more counts",
                place=grid.location(square.heading.number).words,
                count=len(rounded),
                pair=pair,
                percent=round(100 * furthest, 1),
            )
        )
