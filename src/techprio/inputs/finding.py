"""Find a table among cells: by its declared headings, or recognised from the whole sheet.

Every reader of a table without declared columns takes the same :class:`TableOptions`; what is recognised
and what is left out stands in the :class:`~techprio.model.layout.Layout` of the result.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from techprio.errors import DataFileError, InputError, Sayable
from techprio.inputs.cells import tidy
from techprio.inputs.columns import Row, fold, headings_of
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import plain_value
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.headings import (
    Evidence,
    counted_headings,
    free_headings,
    further_headings,
    heading_parts,
    joined_parts,
    known_headings,
    no_headings,
    report_legacy,
)
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.roles import CRITERIA, ITEMS, bare, row_role
from techprio.inputs.table_columns import Columns
from techprio.inputs.table_doubts import ask_of_row, whole_of_weights
from techprio.inputs.table_rows import ABOUT, free_rows, keep_about, known_rows, note_row
from techprio.language import Text, joined, text
from techprio.model.fields import fields_of
from techprio.model.layout import NAMES, ColumnRole, RowRole, letters

Direction = Literal["rows", "columns"]
LayoutLike = Direction | Mapping[int, str]
"""Where the alternatives stand, or what single rows are: ``{8: "weights", 9: "data"}``."""


@dataclass(frozen=True)
class TableOptions:
    """What a caller says of a table; whatever is not said is recognised.

    Parameters
    ----------
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is an alternative, expert or item; or what rows of the file are, by
        their number: ``"data"``, ``"weights"``, ``"directions"``, ``"units"``, ``"total"`` and so on.
    header_rows : int, optional
        Rows of headings; 0: the first row is data.
    columns : sequence or mapping, optional
        Headings (or letters) of the columns of values, or what columns hold.
    skip_rows : collection of int
        Lines or rows of the file that are left out.
    sheet : str, optional
    locale : {"vi", "en"}, optional
    """

    layout: LayoutLike | None = None
    header_rows: int | None = None
    columns: Columns | None = None
    skip_rows: Collection[int] = ()
    sheet: str | None = None
    locale: Locale | None = None

    def __post_init__(self) -> None:
        """Check the words and numbers."""
        if isinstance(self.layout, str) and self.layout not in ("rows", "columns"):
            raise InputError(
                text(
                    "layout: found {found}; allowed: {allowed}",
                    found=repr(self.layout),
                    allowed=["rows", "columns"],
                )
            )
        wrong = [role for role in self.row_roles.values() if role not in NAMES]
        if wrong:
            raise InputError(
                text("layout: found {found}; allowed: {allowed}", found=wrong, allowed=list(NAMES))
            )
        if self.header_rows is not None and not 0 <= self.header_rows <= 20:
            raise InputError(text("header_rows: found {found}; allowed: 0 to 20", found=self.header_rows))

    @property
    def row_roles(self) -> Mapping[int, RowRole]:
        """What the caller says of single rows."""
        return cast("Mapping[int, RowRole]", self.layout) if isinstance(self.layout, Mapping) else {}


def open_free_table(
    path: str | Path,
    diagnostics: Diagnostics,
    options: TableOptions,
    allowed: Sayable,
    *,
    over_criteria: bool = False,
    over_items: bool = False,
) -> FoundTable:
    """Return the headings and rows of a table without declared columns.

    Parameters
    ----------
    path : str or Path
    diagnostics : Diagnostics
        Takes problems and notes.
    options : TableOptions
    allowed : Text
        What the file should be, for the problem of a missing one.
    over_criteria : bool
        Whether a column of criteria at the left tells that rows and columns are exchanged.
    over_items : bool
        Whether a column of questions at the left does, for a table with an expert a row.

    Raises
    ------
    DataFileError
        The file cannot be read, no table is in it, or two layouts are possible.
    """
    data = read_bytes(path, diagnostics, allowed)
    grid = read_grid(data, tidy(Path(path).name), diagnostics, sheet=options.sheet)
    table = (
        find_free_table(grid, diagnostics, options, over_criteria=over_criteria) if grid is not None else None
    )
    if table is None:
        raise DataFileError(diagnostics.problems)
    if over_items and options.layout is None and bare((table.headings or [""])[0]) in ITEMS | CRITERIA:
        _ask_for_experts(table, diagnostics)
        raise DataFileError(diagnostics.problems)
    return table


def find_known_table(grid: Grid, diagnostics: Diagnostics, known: Collection[str]) -> FoundTable | None:
    """Find the headings that are looked for, and the rows below them; None in an empty grid.

    Parameters
    ----------
    grid : Grid
    diagnostics : Diagnostics
        Takes problems and notes.
    known : collection of str
        Folded headings.
    """
    start = known_headings(grid, known)
    if start is None:
        no_headings(grid, diagnostics)
        return None
    head = grid.rows[start]
    parts = heading_parts(grid, [head])
    table = FoundTable(
        grid,
        [joined_parts(part) for part in parts],
        head.number,
        heading_rows=(head.number,),
        heading_parts=parts,
    )
    for row in grid.rows[:start]:
        note_row(table, row, "title", diagnostics)
    report_legacy(grid, [head], diagnostics)
    known_rows(table, grid.rows[start + 1 :], diagnostics)
    return table


def state_record(
    table: FoundTable, record: type[Row], roles: Mapping[str, ColumnRole], unread: Collection[int] = ()
) -> None:
    """State what the rows and columns of a table with declared columns were taken for.

    Parameters
    ----------
    table : FoundTable
    record : type of Row
    roles : mapping of str to ColumnRole
        What some columns of the record hold; the others hold data.
    unread : collection of int
        Places of columns that are declared and not read.
    """
    names = headings_of(fields_of(record))
    found = find_known_table(table.grid, Diagnostics(), names)
    if found is None:
        return
    table.headings = found.headings
    places: dict[int, ColumnRole] = {}
    for place, heading in enumerate(found.headings):
        name = names.get(fold(heading))
        if name is not None and place not in unread:
            places[place] = roles.get(name, "data")
        elif heading:
            table.columns.setdefault(place, ("not read", text("not a column that is read")))
    table.take(found.heading_rows, found.rows, places)


def find_free_table(
    grid: Grid, diagnostics: Diagnostics, options: TableOptions, *, over_criteria: bool = False
) -> FoundTable | None:
    """Find headings and rows among the cells; None, with the reason noted, where there is no table."""
    skipped = [row for row in grid.rows if row.number in set(options.skip_rows)]
    grid = replace(grid, rows=[row for row in grid.rows if row not in skipped]) if skipped else grid
    if not grid.rows:
        no_headings(grid, diagnostics)
        return None
    first = Diagnostics()
    table = _find(grid, first, options, skipped)
    turned = options.layout == "columns"
    if table is not None and over_criteria and options.layout is None:
        reading = _is_turned(table)
        if reading is None:
            _ask_for_layout(table, diagnostics)
            return None
        turned = reading
    if turned:
        return _find(_turned(grid, table), diagnostics, replace(options, layout=None), skipped)
    diagnostics.extend(first)
    return table


def _turned(grid: Grid, table: FoundTable | None) -> Grid:
    """Exchange rows and columns of the table proper, without what stands above and below it."""
    if table is None:
        return grid.turned()
    apart = {
        number for number, (role, _, _) in table.row_reasons.items() if role in ("title", "note", "total")
    }
    rows = [row for row in grid.rows if row.number not in apart]
    return replace(grid, rows=rows).turned()


def _find(
    grid: Grid, diagnostics: Diagnostics, options: TableOptions, skipped: list[GridRow]
) -> FoundTable | None:
    evidence = Evidence(grid)
    start, is_heading = free_headings(grid, evidence)
    if options.header_rows is not None:
        is_heading = options.header_rows > 0
    if is_heading is None:
        _ask_for_headings(grid, start, diagnostics)
        return None
    last = start - 1
    if options.header_rows is not None:
        start, after = counted_headings(grid, evidence, start, options.header_rows)
        last = after - 1
    elif is_heading:
        last = further_headings(grid, start, evidence)
    upper = grid.rows[start : last + 1]
    body = grid.rows[last + 1 :]
    parts = heading_parts(grid, upper) if upper else []
    headings = [joined_parts(part) for part in parts]
    if not upper:
        headings = _given_headings(body, options)
    first = (upper or body or grid.rows[start:])[0].number
    table = FoundTable(
        grid, headings, first, heading_parts=parts, heading_rows=tuple(row.number for row in upper)
    )
    for row in skipped:
        note_row(table, row, "skipped", diagnostics)
    for row in grid.rows[:start]:
        role = options.row_roles.get(row.number) or (row_role_above(row, evidence) or "title")
        if role in ABOUT:
            keep_about(table, row, role, diagnostics)
        elif whole := (0 if row.number in options.row_roles else _whole(row, evidence)):
            found = text("a row above the headings whose numbers sum up to {whole}", whole=whole)
            ask_of_row(table, row, found, "weights", diagnostics, first="title")
        else:
            note_row(table, row, role, diagnostics)
    report_legacy(grid, upper, diagnostics)
    if not upper:
        diagnostics.note(
            text(
                "{place}: the first row looks like data; the columns are named {names}",
                place=grid.location(first).words,
                names=headings,
            )
        )
    free_rows(table, body, evidence, options.row_roles, diagnostics)
    return table


def _whole(row: GridRow, evidence: Evidence) -> int:
    """Return 1 or 100 where a row has a number over every column of numbers, and they sum up to it."""
    places = [place for place in evidence.numeric if place]
    values = [value for place in places if (value := plain_value(row.entry(place))) is not None]
    return whole_of_weights(values) if len(values) == len(places) else 0


def row_role_above(row: GridRow, evidence: Evidence) -> RowRole | None:
    """Return what a row above the headings speaks of; None for a title."""
    return row_role(shown(row.entry(row.filled()[0]))) if evidence.speaks(row) else None


def _given_headings(body: list[GridRow], options: TableOptions) -> list[str]:
    """Name the columns of a table without headings: as the caller lists them, else by their letters."""
    width = max((len(row.cells) for row in body), default=0)
    names = [letters(place) for place in range(width)]
    if not isinstance(options.columns, Mapping) and options.columns is not None:
        given = [str(name) for name in options.columns]
        if len(given) in (width, width - 1) and not set(given) <= set(names):
            return given if len(given) == width else [names[0], *given]
    return names


def _is_turned(table: FoundTable) -> bool | None:
    """Tell whether the rows are criteria: a column of weights says so, a corner alone does not."""
    if not table.headings or any(r in ABOUT for r, _ in table.about):
        return False
    if not table.headings[0] and _are_options(table):
        return None
    if bare(table.headings[0]) not in CRITERIA:
        return False
    beside = [row_role(heading) for heading in table.headings[1:]]
    if any(role in ("weights", "directions", "units") for role in beside):
        return True
    return None if len(table.headings) > 2 else False


_OPTIONS = re.compile(r"(t|cn|pa|da|alt|opt|option|tech|a|x)[ _.-]?[0-9]+", re.IGNORECASE)
"""Codes of what is ranked; criteria are rather called C1, K2 or TC3."""


def _are_options(table: FoundTable) -> bool:
    """Whether headings are codes of alternatives beside rows that have names only."""
    heads = [heading for heading in table.headings[1:] if heading]
    names = [shown(row.entry(0)) for row in table.rows]
    return (
        len(heads) > 1
        and all(_OPTIONS.fullmatch(heading) for heading in heads)
        and bool(names)
        and not any(sign.isdigit() for name in names for sign in name)
    )


def _ask_for_layout(table: FoundTable, diagnostics: Diagnostics) -> None:
    names = ", ".join(first_names(table))
    diagnostics.add(
        "T137",
        table.grid.location(table.heading_row),
        found=text(
            "two layouts: a row is a criterion ({rows}), or a row is what is ranked "
            "and {columns} are criteria",
            rows=names,
            columns=", ".join(heading for heading in table.headings[1:4] if heading),
        ),
        allowed=text("the layout"),
        proposal=text("layout=columns where each column is ranked, layout=rows where each row is"),
    )


def columns_of(table: FoundTable, options: TableOptions) -> Columns | None:
    """Return what the caller says of columns; names for a table without headings say no more."""
    columns = options.columns
    if options.header_rows == 0 and not isinstance(columns, Mapping) and columns is not None:
        names = {str(name) for name in columns}
        if names <= set(table.headings) and len(columns) >= len(table.headings) - 1:
            return None
    return columns


def _ask_for_experts(table: FoundTable, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "T137",
        table.grid.location(table.heading_row),
        found=text(
            "two layouts: a row is a question ({rows}) and {columns} are experts, or a row is an expert",
            rows=", ".join(first_names(table)),
            columns=", ".join(heading for heading in table.headings[1:4] if heading),
        ),
        allowed=text("the layout"),
        proposal=text("layout=columns where each column is an expert, layout=rows where each row is"),
    )


def first_names(table: FoundTable) -> list[str]:
    """Return the names at the left of the first rows."""
    return [shown(row.entry(0)) for row in table.rows[:3]]


def _ask_for_headings(grid: Grid, start: int, diagnostics: Diagnostics) -> None:
    shown_rows = [_shown_row(row) for row in grid.rows[start : start + 3]]
    after = joined(shown_rows[1:], " / ")
    diagnostics.add(
        "T137",
        grid.location(grid.rows[start].number),
        found=text(
            "two layouts: headings {first}, then data {after}; or no headings, and data {first} / {after}",
            first=shown_rows[0],
            after=after,
        ),
        allowed=text("the number of heading rows"),
        proposal=text("header_rows=1 where the row holds headings, header_rows=0 where it is data"),
    )


def _shown_row(row: GridRow) -> Text | str:
    return " | ".join(shown(entry) for entry in row.cells[:6]) + (" | …" if len(row.cells) > 6 else "")
