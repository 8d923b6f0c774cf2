"""A table that its reader finds by itself, as its caller says that it lies: rows, headings and columns.

The readers of comparisons and of prerequisites look for several kinds of tables. What the caller states is
done first, to the cells, so that it holds for every kind: rows are left out, columns become rows, the rows of
headings become one, columns get the headings that they stand for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from techprio.inputs.cells import clean
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.finding import TableOptions
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.headings import Evidence, counted_headings, free_headings, heading_parts
from techprio.inputs.layout import FoundTable
from techprio.inputs.table_columns import find_place
from techprio.inputs.table_rows import note_row
from techprio.language import text
from techprio.model.layout import letters

LEFT_OUT = ("left out", "none")


def as_stated(
    grid: Grid, options: TableOptions, diagnostics: Diagnostics, *, kept: Collection[str] = ()
) -> FoundTable:
    """Return a grid as the caller says that it lies, with what was left out.

    Parameters
    ----------
    grid : Grid
    options : TableOptions
        ``columns`` names what a heading stands for, as in ``{"Q1": "cost vs jobs", "Email": "left out"}``;
        or the columns that are read, beside the first.
    diagnostics : Diagnostics
        Takes problems and notes.
    kept : collection of str
        Folded headings of columns that a list of columns does not leave out, such as that of the expert.
    """
    aside = dict.fromkeys(options.skip_rows, "skipped")
    heads = [number for number, role in options.row_roles.items() if role == "headings"]
    aside |= {n: role for n, role in options.row_roles.items() if role not in ("data", "headings")}
    left = [row for row in grid.rows if row.number in aside]
    if left:
        grid = replace(grid, rows=[row for row in grid.rows if row.number not in aside])
    if options.layout == "columns":
        grid = grid.turned()
    table = FoundTable(grid, [], 0)
    for row in left:
        note_row(table, row, aside[row.number], diagnostics)  # type: ignore[arg-type]
    if grid.rows and (options.header_rows is not None or heads):
        _make_headings(table, options, heads)
    is_named = isinstance(options.columns, Mapping)  # a list beside no headings names the columns
    if grid.rows and options.columns is not None and (is_named or options.header_rows != 0):
        _name_columns(table, options, diagnostics, kept)
    return table


def _make_headings(table: FoundTable, options: TableOptions, heads: list[int]) -> None:
    """Put one row of headings in place of those that the caller counts; what stands above is a title."""
    grid = table.grid
    evidence = Evidence(grid)
    start = free_headings(grid, evidence)[0]
    if options.header_rows is None:
        start = min((n for n, row in enumerate(grid.rows) if row.number in heads), default=start)
        after = start + len(heads)
    else:
        start, after = counted_headings(grid, evidence, start, options.header_rows)
    upper, body = grid.rows[start:after], grid.rows[after:]
    width = max((len(row.cells) for row in grid.rows), default=0)
    if upper:
        parts = heading_parts(grid, upper)
        names = [part[-1] if part else "" for part in parts]
    else:
        names = [letters(place) for place in range(width)]
        given = [] if isinstance(options.columns, Mapping) else [str(name) for name in options.columns or ()]
        if len(given) in (width, width - 1):
            names = given if len(given) == width else ["", *given]
    above = grid.rows[: max(start, 0)]
    heading = GridRow(upper[-1].number if upper else 0, [*names])
    table.grid = replace(grid, rows=[*above, heading, *body])
    table.heading_row, table.heading_rows = heading.number, tuple(row.number for row in upper)
    for row in above:
        table.set_aside(row, "title", text("stands above the headings"))
    table.grid = replace(table.grid, rows=[heading, *body])


def _name_columns(
    table: FoundTable, options: TableOptions, diagnostics: Diagnostics, kept: Collection[str]
) -> None:
    """Give columns the headings that they stand for, and leave out those that are not to be read."""
    grid = table.grid
    at = _heading_row(grid, list(options.columns or ()))
    parts = heading_parts(grid, [grid.rows[at]])
    table.heading_parts, table.heading_row = parts, grid.rows[at].number
    table.headings = [part[0] if part else "" for part in parts]
    columns = options.columns or ()
    said = columns if isinstance(columns, Mapping) else {str(name): "criterion" for name in columns}
    stands: dict[int, str] = {}
    for name, role in said.items():
        place = find_place(table, str(name), diagnostics)
        if place is not None:
            stands[place] = str(role)
    if not isinstance(columns, Mapping):
        first = min(grid.rows[at].filled(), default=0)
        read = {0, first, *stands}
        stands |= {
            place: "left out"
            for place, heading in enumerate(table.headings)
            if place not in read and fold(heading) not in kept
        }
    out = {place for place, role in stands.items() if role in LEFT_OUT}
    table.spelled = {place: table.headings[place] for place in stands}
    for place in sorted(out):
        table.columns[place] = ("left out", text("left out as asked"))
    same = ("criterion", "item", "number", "text", "remark", "time stamp")
    names = {p: role for p, role in stands.items() if p not in out and role not in same}

    def cells(row: GridRow) -> GridRow:
        is_head = row.number == table.heading_row
        found = ["" if place in out else entry for place, entry in enumerate(row.cells)]
        for place, name in names.items() if is_head else ():
            found[place] = name
        return GridRow(row.number, found)

    table.grid = replace(grid, rows=[cells(row) for row in grid.rows])


def _heading_row(grid: Grid, names: list[str]) -> int:
    """Return the row that holds most of the headings that the caller names."""
    wanted = {fold(str(name)) for name in names}
    rows = grid.rows[:30]
    counts = [len({fold(clean(shown(entry))) for entry in row.cells} & wanted) for row in rows]
    return counts.index(max(counts)) if max(counts, default=0) else free_headings(grid, Evidence(grid))[0]
