"""Weights that are given as a table: one criterion a row, or one a column; one unit for all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise
from pathlib import Path

from techprio.arguments import validated
from techprio.errors import proposed
from techprio.inputs.answer_scales import AnswerScale, OneScale
from techprio.inputs.cells import CellProblem, clean, name_key, tidy
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.finding import LayoutLike, TableOptions, columns_of, open_free_table
from techprio.inputs.free_cells import is_number, plain_value, read_free_number, typed_number
from techprio.inputs.grid import Cell, Entry, GridRow, shown
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale, locale_of
from techprio.inputs.roles import CRITERIA, bare, beginning_role, direction_in, row_role
from techprio.inputs.score_table_problems import check_links
from techprio.inputs.table_columns import Columns, column_roles, pick_names, state_columns
from techprio.inputs.table_rows import note_row
from techprio.inputs.tables import report_problem
from techprio.language import Text, text
from techprio.model.layout import ColumnRole, Layout


class WeightTable(dict[str, float]):
    r"""The weight of each criterion, with what else the table says.

    Attributes
    ----------
    directions : dict of str to str
        ``maximize`` or ``minimize`` by criterion, where the table has a column for it.
    layout : Layout
        What each row and column was taken for.
    notes : tuple of Text

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> file = Path(tempfile.mkdtemp()) / "weights.csv"
    >>> _ = file.write_text("criterion,weight,direction\ncost,0.4,min\nvalue,0.6,max\n", encoding="utf-8")
    >>> weights = tp.inputs.read_weight_table(file)
    >>> weights["cost"], weights.directions
    (0.4, {'cost': 'minimize', 'value': 'maximize'})
    """

    directions: dict[str, str]
    layout: Layout
    notes: tuple[Text, ...]


@validated
def read_weight_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
    scale: OneScale | None = None,
) -> WeightTable:
    r"""Read the weight of each criterion from a table with one criterion a row, or one a column.

    The column of weights is the one called so (``trọng số``, ``weight``), else the only one with numbers.
    Totals are left out; a column of directions is kept apart.

    Parameters
    ----------
    path : str or Path
        CSV file or workbook.
    sheet : str, optional
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings; without it the other weights do, where they can.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a criterion; or what single rows are, by their number in the file.
    header_rows : int, optional
        How many rows of headings there are; 0 for none.
    columns : sequence or mapping, optional
        Heading of the column of weights, or what columns hold: ``{"Name": "id", "Share": "criterion"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping, (float, float) or Scale, optional
        Points of the words by which the table says how much a criterion counts, ``{"ít": 1, "rất": 5}``; to
        be divided by their sum with ``given_weights(..., normalize=True)``.

    Returns
    -------
    WeightTable
        A dict for :func:`techprio.given_weights`: shares, or percents where the table writes percents; it
        carries ``directions``, ``layout`` and ``notes``.

    Raises
    ------
    DataFileError
        A cell that is no number, a negative weight, a criterion twice, percents beside plain numbers, several
        columns that may hold the weights, no weight at all.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "weights.csv"
    >>> _ = file.write_text("criterion,weight\ncost,0.4\nvalue,0.6\ntotal,1\n", encoding="utf-8")
    >>> weights = tp.inputs.read_weight_table(file)
    >>> tp.given_weights(weights).overall.to_dict()
    {'cost': 0.4, 'value': 0.6}
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    table = open_free_table(path, diagnostics, options, text("a table of weights"))
    if layout is None and _lies(table):
        diagnostics = Diagnostics()
        options = TableOptions("columns", header_rows, columns, skip_rows, sheet, locale)
        table = open_free_table(path, diagnostics, options, text("a table of weights"))
    weights = _read(table, options, None if scale is None else AnswerScale.of(scale), diagnostics)
    diagnostics.check()
    return weights


def _lies(table: FoundTable) -> bool:
    """Whether the criteria stand side by side: one row of weights below their names."""
    roles = [role for role, _ in table.about]
    if "weights" in roles and not table.rows:
        return True
    rows = [row for row in table.rows if any(is_number(entry) for entry in row.cells)]
    beside = [bare(heading) for heading in table.headings]
    numbers = len(rows) == 1 and sum(is_number(entry) for entry in rows[0].cells) > 1
    return numbers and not any(row_role(heading) == "weights" for heading in beside)


def _read(
    table: FoundTable, options: TableOptions, scale: AnswerScale | None, diagnostics: Diagnostics
) -> WeightTable:
    if table.grid.numbers:
        table.headings = [heading or ("" if place else "-") for place, heading in enumerate(table.headings)]

    def is_weight(entry: Entry) -> bool:
        return is_number(entry) if scale is None else isinstance(scale.point(entry), float)

    roles = column_roles(table, columns_of(table, options), is_weight, diagnostics)
    for place, heading in enumerate(table.headings):
        said = row_role(heading) or beginning_role(heading)
        if said in ("weights", "directions") and not isinstance(options.columns, Mapping):
            roles[place] = said
    check_links(table, roles, diagnostics)
    at = _weights_at(table, roles, diagnostics)
    if at is not None:
        roles[at] = "weights"
    criteria_at = next(
        (p for p, head in enumerate(table.headings) if bare(head) in CRITERIA and p != at), None
    )
    if criteria_at is not None and not isinstance(options.columns, Mapping):
        roles[criteria_at] = "id"
    names_at = pick_names(table, roles, None, diagnostics) if at is not None else None
    directions_at = next((place for place, role in roles.items() if role == "directions"), None)
    weights = WeightTable()
    weights.directions = {}
    if at is not None and names_at is not None:
        rows = [row for row in table.rows if clean(shown(row.entry(names_at)))]
        rows = _without_groups(table, rows, (names_at, at), diagnostics)
        _take(table, rows, (names_at, at), weights, (options.locale, scale), diagnostics)
        if directions_at is not None:
            for row in rows:
                direction = direction_in(shown(row.entry(directions_at)))
                if direction is not None:
                    weights.directions[tidy(shown(row.entry(names_at)))] = direction
    if not weights and not len(diagnostics):
        diagnostics.add(
            "T130", table.grid.location(table.heading_row), found=text("no weight"),
            allowed=text("one criterion a row with its weight beside it"),
        )  # fmt: skip
    others = {p: "not read" if role == "criterion" else role for p, role in roles.items() if p != at}
    state_columns(table, others | ({} if at is None else {at: "criterion"}))
    weights.layout, weights.notes = table.layout(options.locale), tuple(diagnostics.notes)
    return weights


_ORDINAL = re.compile(r"(?:[IVX]+|[A-Z])\s*[.)]\s+\S.*|[IVX]+\s+\S.*", re.DOTALL)


def _without_groups(
    table: FoundTable, rows: list[GridRow], places: tuple[int, int], diagnostics: Diagnostics
) -> list[GridRow]:
    """Leave out rows of groups, ``I. Economy``, whose weights are those of the rows below them together.

    With other numbers they are weights of an upper level, which is a problem here: both are in one column.
    """
    names_at, at = places
    heads = [n for n, row in enumerate(rows) if _ORDINAL.fullmatch(tidy(shown(row.entry(names_at))))]
    if not heads or heads[0] != 0 or len(heads) == len(rows) or [*range(len(rows))] == heads:
        return rows
    parts = [range(first + 1, last) for first, last in pairwise([*heads, len(rows)])]
    whole = [plain_value(rows[n].entry(at)) for n in heads]
    sums = [sum(plain_value(rows[n].entry(at)) or 0.0 for n in part) for part in parts]
    if all(value is None or abs(value - total) <= 0.005 for value, total in zip(whole, sums, strict=True)):
        for n in heads:
            note_row(table, rows[n], "section", diagnostics)
        return [row for n, row in enumerate(rows) if n not in heads]
    names = [tidy(shown(rows[n].entry(names_at))) for n in heads]
    diagnostics.add(
        "T137",
        table.grid.location(rows[0].number, names_at),
        found=text("two levels in one column: groups {groups} and criteria below them", groups=names),
        allowed=text("one level"),
        proposal=text("skip_rows={rows} leaves the groups out", rows=[rows[n].number for n in heads]),
    )
    return rows


def _weights_at(table: FoundTable, roles: dict[int, ColumnRole], diagnostics: Diagnostics) -> int | None:
    """Return the column of weights: the one called so, else the only one with numbers but the first."""
    named = [place for place, role in roles.items() if role == "weights"]
    numbers = [place for place, role in roles.items() if role == "criterion"]
    found = named or ([place for place in numbers if place] or numbers)
    if not named and not found:  # a column in which every weight is wrong is still the second one
        found = [place for place in roles if place][:1]
    if len(found) == 1:
        return found[0]
    names = [table.headings[place] for place in found]
    diagnostics.add(
        "T137",
        table.grid.location(table.heading_row),
        found=text("{count} columns that may hold the weights: {names}", count=len(found), names=names),
        allowed=text("one column of weights"),
        proposal=text("name it in columns=") if names else "",
    )
    return None


def _take(
    table: FoundTable,
    rows: list[GridRow],
    places: tuple[int, int],
    weights: WeightTable,
    reading: tuple[Locale | None, AnswerScale | None],
    diagnostics: Diagnostics,
) -> None:
    (names_at, at), (locale, scale) = places, reading
    grid = table.grid
    entries = [row.entry(at) for row in rows]
    locale = locale or locale_of(words for entry in entries if (words := typed_number(entry)))
    with_unit = any(_has_unit(entry) for entry in entries)
    for row, entry in zip(rows, entries, strict=True):
        name = tidy(shown(row.entry(names_at)))
        value = read_free_number(entry, locale=locale) if scale is None else scale.point(entry, locale=locale)
        if name_key(name) in map(name_key, weights):
            diagnostics.add(
                "T129", grid.location(row.number, names_at), found=name, allowed=text("each name once")
            )
        if isinstance(value, CellProblem) or value is None:
            fault = value or CellProblem("T114", text("a number"))
            fault = fault._replace(
                proposal=""
                if scale is None and fault.code == "T110" and not is_number(entry)
                else fault.proposal
            )
            report_problem(fault, grid.location(row.number, at), name, shown(entry), diagnostics)
            continue
        weights[name] = value
        _check(table, row, at, value, with_unit, diagnostics)


def _check(
    table: FoundTable, row: GridRow, at: int, value: float, with_unit: bool, diagnostics: Diagnostics
) -> None:
    found, location = shown(row.entry(at)), table.grid.location(row.number, at)
    name = next((words for entry in row.cells if (words := shown(entry))), "")
    if value < 0:
        diagnostics.add(
            "J415",
            location,
            field=name,
            found=found,
            allowed=text("a number from 0 on"),
            proposal=text("mark a cost by the direction of its criterion, not by a minus"),
        )
    elif with_unit and not _has_unit(row.entry(at)):
        diagnostics.add(
            "T126",
            location,
            field=name,
            found=found,
            allowed=text("a percent, like the other weights"),
            proposal=proposed(f"{found}%") if value > 1 else "",
        )


def _has_unit(entry: Entry) -> bool:
    return shown(entry).endswith("%") or (isinstance(entry, Cell) and entry.kind == "percent")
