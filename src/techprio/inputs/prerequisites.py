"""Technologies with all their prerequisites in one cell, as people and planning tools write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from techprio.arguments import validated
from techprio.errors import DataFileError, Edit, InputError, did_you_mean
from techprio.inputs.cells import plain_letters
from techprio.inputs.columns import fold, headings_of
from techprio.inputs.dependency_networks import (
    BESIDE,
    Arrow,
    Marks,
    is_network,
    read_network,
    read_square_marks,
    relation_in,
)
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.finding import LayoutLike, TableOptions, find_known_table, state_record
from techprio.inputs.grid import Cell, Entry, Grid, GridRow, shown
from techprio.inputs.headings import no_headings, without_headings
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.predecessor_cells import Days, unit_named
from techprio.inputs.prerequisite_rows import PrerequisiteRow, RowReader
from techprio.inputs.stated_table import as_stated
from techprio.inputs.table_columns import Columns
from techprio.language import text
from techprio.model.checks import is_number
from techprio.model.fields import fields_of
from techprio.model.prerequisites import Prerequisites


@validated
def read_prerequisites(
    path: str | Path,
    *,
    none_words: Sequence[str] = (),
    sheet: str | None = None,
    days: Days = "calendar",
    lag_unit: str | None = None,
    arrow: Arrow | None = None,
    least: float = 0.0,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
    scale: Mapping[str, float] | None = None,
) -> Prerequisites:
    r"""Read what technologies need: a cell with all prerequisites, a square matrix, or a network.

    Parameters
    ----------
    path : path
        CSV file or workbook with ``technology`` (``ma``, ``ID``) or ``name`` (``Task Name``), ``requires``
        (``can_truoc``, ``Predecessors``) and, where there are, ``duration`` and ``phase``. A cell names ids,
        names or row numbers, parted by semicolons, commas, blanks, line breaks, "và" or "and"; "or" makes
        alternatives, parentheses group; ``4SS+30 days`` and ``7FF-1w`` are relations with lags. A code that
        stands twice counts once, and that is noted. Or a square matrix of marks or strengths, an edge list
        with ``source`` and ``target`` (``from``, ``to``), or a GraphML or GML file.
    none_words : sequence of str
        Words that stand for "needs nothing", such as ``"-"`` or ``"không"``. None is taken as such
        unless it is named here.
    sheet : str, optional
        Needed when a workbook has several sheets.
    days : {"calendar", "working"}
        How days and weeks become months: 30.4 days and 7 days a week, or 20 and 5 as planning tools count.
    lag_unit : str, optional
        Unit of lags that have none (``day``, ``week``, ``month``); else that of the durations.
    arrow : {"needs", "needed by"}, optional
        Of a matrix or network, needed there: "needs" where the row (the source) needs the column (the
        target), "needed by" the other way round.
    least : float
        Strengths of a matrix at or below it are no dependencies.
    locale : {"vi", "en"}, optional
        Settles numbers such as ``1,200`` that have two readings.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a technology; or what single rows are, by their number in the file:
        ``{1: "title", 40: "total"}``.
    header_rows : int, optional
        How many rows of headings there are; 0: none, the columns are named by ``columns`` or A, B, C.
    columns : sequence or mapping, optional
        Headings of the columns that are read; or what headings stand for: ``{"Vorgänger": "requires",
        "Kosten": "left out"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping of str to float, optional
        Strengths of the words in a matrix: ``{"yếu": 1, "mạnh": 3}``; 0 for a word that means none.

    Returns
    -------
    Prerequisites
        For :func:`techprio.dependencies.build_graph` and :func:`techprio.dependencies.check_phases`.

    Raises
    ------
    DataFileError
        With every problem: unknown codes, a technology in two rows, cells that hold no code, no edge at all.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "needs.csv"
    >>> _ = file.write_text("ma,can_truoc\nT1,-\nT2,T1\nT3,T1 và T2SS+3 months\n", encoding="utf-8")
    >>> found = tp.inputs.read_prerequisites(file, none_words=["-"])
    >>> found.dependencies[["technology", "requires", "timing", "lag_months"]].values.tolist()
    [['T2', 'T1', 'FS', 0.0], ['T3', 'T1', 'FS', 0.0], ['T3', 'T2', 'SS', 3.0]]
    """
    if not (is_number(least) and least >= 0):
        raise InputError.argument("least", found=least, allowed=text("a number of 0 or more"))
    diagnostics = Diagnostics()
    file = Path(path).name
    data = read_bytes(path, diagnostics, text("a file"))
    if is_network(file, data):
        return read_network(data, file, diagnostics, arrow=arrow)
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    grid = read_grid(data, file, diagnostics, sheet=sheet)
    if grid is None:
        raise DataFileError(diagnostics.problems)
    table = as_stated(grid, options, diagnostics)
    diagnostics.check()
    if _is_list_of_arrows(table.grid) or not (
        _has_column(table.grid, "requires") or _has_column(table.grid, "needed_by")
    ):
        points = {plain_letters(word).casefold(): point for word, point in (scale or {}).items()}
        unit = unit_named(lag_unit) if lag_unit else ""
        marks = Marks(arrow, least, locale, points, days, unit)
        square = read_square_marks(table, diagnostics, marks)
        if square is not None:
            return square
        if not any(_has_column(table.grid, column.name) for column in fields_of(PrerequisiteRow)):
            _report_other_table(table.grid, diagnostics)
        _report_hidden(table.grid, diagnostics)
    reader = RowReader(diagnostics, none_words, days, lag_unit, locale)
    found = find_known_table(table.grid, Diagnostics(), headings_of(fields_of(PrerequisiteRow)))
    others = _other_ids(found, headings_of(fields_of(PrerequisiteRow))) if found is not None else {}
    state_record(table, PrerequisiteRow, {"technology": "id"}, others)
    table.grid = _as_ids(_known_columns(table.grid, diagnostics), diagnostics)
    return reader.read(table, file)


def _report_other_table(grid: Grid, diagnostics: Diagnostics) -> None:
    if not grid.rows:
        no_headings(grid, diagnostics)
        diagnostics.check()
    row = max(grid.rows[:30], key=lambda one: len(one.filled()))
    found = listed([shown(row.cells[place]) for place in row.filled()[:6]])
    allowed = text(
        "technology (id, ma) or name with requires (can_truoc, Predecessors); a square matrix; "
        "a list with source and target"
    )
    seen = text("another table, with the headings {names}", names=found)
    diagnostics.add(
        "T130", grid.location(row.number), found=seen, allowed=allowed, proposal=without_headings()
    )
    diagnostics.check()


def _has_column(grid: Grid, name: str) -> bool:
    """Return whether the headings of a table have a column."""
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    return layout is not None and any(names.get(fold(heading)) == name for heading in layout.headings)


def _is_list_of_arrows(grid: Grid) -> bool:
    """Return whether a table is a list of arrows that says so itself: predecessor and successor a row.

    In a table with a row a technology the first has no predecessor, and the last no successor.
    """
    for at, row in enumerate(grid.rows[:30]):
        headings = [fold(shown(entry)) for entry in row.cells]
        if {"predecessor", "successor"} <= set(headings):
            ends = [headings.index(end) for end in ("predecessor", "successor")]
            own = headings_of(c for c in fields_of(PrerequisiteRow) if c.name in ("technology", "name"))
            below = grid.rows[at + 1 :]
            return not own.keys() & set(headings) or all(shown(r.entry(e)) for r in below for e in ends)
    return False


def _report_hidden(grid: Grid, diagnostics: Diagnostics) -> None:
    """Report predecessors under a heading that is not read because it begins with x_."""
    for row in grid.rows[:30]:
        for place, entry in enumerate(row.cells):
            words, location = shown(entry), grid.location(row.number, place)
            if words.startswith("x_") and fold(words[2:]) in headings_of(fields_of(PrerequisiteRow)[1:3]):
                diagnostics.add(
                    "T105",
                    location,
                    field=words,
                    found=text("{heading}, which is not read as it begins with x_", heading=words),
                    allowed=text("a column requires (can_truoc, Predecessors), or a square matrix"),
                    proposal=Edit.of(text("write {value}", value=words[2:]), words[2:], replaces=words),
                )
    diagnostics.check()


def _known_columns(grid: Grid, diagnostics: Diagnostics) -> Grid:
    """Return the grid with the columns of other things, such as resources and costs, set aside and noted."""
    names = headings_of(fields_of(PrerequisiteRow))
    layout = find_known_table(grid, Diagnostics(), names)
    if layout is None or not (_has_column(grid, "requires") or _has_column(grid, "needed_by")):
        return grid
    aside = {place: words for place, words in enumerate(layout.headings) if fold(words) not in names}
    aside |= _other_ids(layout, names)
    there = {names.get(fold(words)) for words in layout.headings}
    free = [column.name for column in fields_of(PrerequisiteRow) if column.name not in there]
    aside = {p: words for p, words in aside.items() if fold(words) in names or not did_you_mean(words, free)}
    if not aside:
        return grid
    _report_beside(layout, aside, diagnostics)
    unread = [words for words in aside.values() if words and not fold(words).startswith("x_")]
    if unread:
        place = grid.location(layout.heading_row).words
        diagnostics.note(
            text("{place}: columns that are not read: {names}", place=place, names=listed(unread))
        )
    rows = [
        GridRow(row.number, [f"x_{n}" if n in aside else entry for n, entry in enumerate(row.cells)])
        if row.number == layout.heading_row
        else row
        for row in grid.rows
    ]
    return replace(grid, rows=rows)


def _report_beside(table: FoundTable, aside: Mapping[int, str], diagnostics: Diagnostics) -> None:
    """Report columns of relations or lags: they stand with the prerequisite in its cell."""
    for place, heading in aside.items():
        said = [words for row in table.rows if (words := shown(row.entry(place)))]
        is_timing = fold(heading) in BESIDE["timing"] and {*map(relation_in, said)} - {"", "FS"}
        is_lag = fold(heading) in BESIDE["lag"] and any(re.search("[1-9]", words) for words in said)
        if is_timing or is_lag:
            first = listed(list(dict.fromkeys(said))[:3])
            diagnostics.add(
                "T130",
                table.grid.location(table.heading_row, place),
                field=heading,
                found=text("a column of relations or lags: {words}", words=first),
                allowed=text(
                    "relation and lag in the cell of the prerequisite, such as A SS+2 months; or a list with "
                    "predecessor and successor"
                ),
            )


def _other_ids(table: FoundTable, names: Mapping[str, str]) -> dict[int, str]:
    """Return the columns of ids that no link names: planning tools number tasks by ID and by WBS."""
    columns = [names.get(fold(heading)) for heading in table.headings]
    own = [place for place, name in enumerate(columns) if name == "technology"]
    links = [place for place, name in enumerate(columns) if name in ("requires", "needed_by")]
    if len(own) < 2 or not links:
        return {}
    said = {part for row in table.rows for place in links for part in _PARTS.findall(shown(row.entry(place)))}
    held = {place: {shown(row.entry(place)) for row in table.rows} for place in own}
    most = max(len(said & ids) for ids in held.values())
    kept = next(place for place in own if len(said & held[place]) == most)
    return {place: table.headings[place] for place in own if place != kept}


_PARTS = re.compile(r"[\w.]+?(?=(?:FS|SS|FF|SF)?(?:[^\w.]|$))")


def _as_ids(grid: Grid, diagnostics: Diagnostics) -> Grid:
    """Return the grid with ids such as 1.1 as they are written, where they stand as numbers or with a comma.

    A workbook holds 1.1 as a number, a Vietnamese Excel saves it as ``1,1``. An entry of prerequisites is
    taken for such an id only where there is one; 1.2 in a table of the ids 1 and 2 stays a problem.
    """
    names = headings_of(fields_of(PrerequisiteRow))
    table = find_known_table(grid, Diagnostics(), names)
    columns = [names.get(fold(heading)) for heading in table.headings] if table else []
    if table is None or "technology" not in columns:
        return grid
    own = columns.index("technology")
    links = [place for place, name in enumerate(columns) if name in ("requires", "needed_by")]
    stated = [row.entry(own) for row in table.rows]
    words = [shown(entry) for entry in stated]
    have_commas = any("," in word for word in words) and all(map(_NUMBERED.fullmatch, words))
    if not have_commas and not any(map(_is_fraction, stated)):
        return grid
    ids = {word.replace(",", ".") if have_commas else word for word in words}
    doubtful: list[str] = []

    def link(entry: Entry) -> Entry:
        words = shown(entry)
        if have_commas:
            words = _WITH_COMMA.sub(lambda f: d if (d := f[0].replace(",", ".")) in ids else f[0], words)
        parts = words.split(".")
        could_be_list = len(set(parts)) == len(parts) == 2 and set(parts) <= ids
        if _is_fraction(entry) and words not in ids and could_be_list:
            return entry
        doubtful.extend([words] if words in ids and could_be_list else [])
        return words if have_commas or _is_fraction(entry) else entry

    rows = []
    inside = {row.number for row in table.rows}
    for row in grid.rows:
        cells = list(row.cells)
        for place in (own, *links) if row.number in inside else ():
            if place < len(cells):
                word = shown(cells[place])
                own_id = word.replace(",", ".") if have_commas else word
                cells[place] = own_id if place == own else link(cells[place])
        rows.append(GridRow(row.number, cells))
    first = listed([word for word in sorted(ids) if "." in word][:3])
    diagnostics.note(text("numbers such as {ids} are ids here, as they are written", ids=first))
    if doubtful:
        diagnostics.note(
            text("{id} is taken for the id {id}, not for {parts}", id=doubtful[0],
                 parts=listed(doubtful[0].split(".")))
        )  # fmt: skip
    return replace(grid, rows=rows)


_NUMBERED = re.compile(r"[0-9]+([.,][0-9]+)*")
_WITH_COMMA = re.compile(r"(?<![\w.,+\-])[0-9]+(?:,[0-9]+)+(?![0-9,])")


def _is_fraction(entry: Entry) -> bool:
    return isinstance(entry, Cell) and entry.kind == "number" and not float(entry.number).is_integer()
