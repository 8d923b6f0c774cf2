"""The kinds of tables of comparisons, each recognised by its headings, and what it was taken for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.inputs.cells import CellProblem, clean, parse_number_freely
from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.finding import state_record
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.headings import without_headings
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import Locale
from techprio.inputs.pairwise_forms import (
    StatementRow,
    ab_pair,
    find_ab_form,
    list_record,
    read_ab_form,
    read_pair_list,
    read_statement_list,
)
from techprio.inputs.pairwise_survey import PairColumns, find_pair_columns, read_pair_columns
from techprio.inputs.ratios import SCALES, PairScale, Side
from techprio.inputs.square_tables import Square, find_square, read_square
from techprio.inputs.survey_people import split_attributes
from techprio.language import Text, text
from techprio.model.checks import is_number
from techprio.model.layout import ColumnRole, Layout


@dataclass(frozen=True)
class Reading:
    """How a file is to be read."""

    locale: Locale | None
    minus_means: Side | None
    scale: PairScale | None
    largest: float
    tolerance: float
    tree: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        """Stop on numbers that no file can be read by."""
        if not (is_number(self.largest) and self.largest > 1):
            raise InputError.argument("largest", found=self.largest, allowed=text("a number above 1"))
        if not (is_number(self.tolerance) and 0 <= self.tolerance < 1):
            raise InputError.argument("tolerance", found=self.tolerance, allowed=text("from 0, below 1"))


@dataclass
class Given:
    """What a file gives beside the ratios."""

    votes: dict[str, float]
    groups: dict[str, str] = field(default_factory=dict)
    tree: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)


def read_kind(
    table: FoundTable, name: str, diagnostics: Diagnostics, reading: Reading, given: Given
) -> tuple[dict[str, pd.DataFrame], Layout | None]:
    """Return the ratios of a table by expert, and what the table was taken for."""
    grid, locale, largest = table.grid, reading.locale, reading.largest
    form = find_ab_form(grid)
    record = list_record(grid) if form is None else None
    if record is not None:
        tables, kind = _read_list(grid, record, name, diagnostics, reading, given)
        state_record(table, record, {"strength": "criterion", "value": "criterion", "expert": "id"})
        return tables, table.layout(locale, kind)
    if form is not None:
        tables = read_ab_form(grid, form, name, diagnostics, locale=locale, largest=largest)
        places: dict[int, ColumnRole] = {form.first: "data", form.second: "data", form.side: "data"}
        places[form.degree] = "criterion"
        if form.expert is not None:
            places[form.expert] = "id"
        rows = [row for row in grid.rows if row.number > form.heading.number and ab_pair(row, form)]
        _leave_others(table, form.heading, places)
        table.take([form.heading.number], rows, places)
        return tables, table.layout(locale, text("a form with two items, a side and a degree a row"))
    square = find_square(grid)
    columns = find_pair_columns(grid, [one for names in reading.tree.values() for one in names])
    if columns is not None and not _is_square(square):
        return _read_survey(table, columns, diagnostics, reading, given)
    if square is None:
        number = grid.rows[0].number if grid.rows else 0
        diagnostics.add(
            "T130", grid.location(number), found=_seen(grid), allowed=forms(), proposal=without_headings()
        )
        return {}, None
    ratios = read_square(
        grid, square, diagnostics, locale=locale, largest=largest, tolerance=reading.tolerance
    )
    held: dict[int, ColumnRole] = {0: "id", **dict.fromkeys(square.columns.values(), "criterion")}
    _leave_others(table, square.heading, held)
    table.take([square.heading.number], [row for _, row in square.rows], held)
    kind = text("a square table of ratios, row against column")
    return {name: ratios.astype(np.float64)}, table.layout(locale, kind)


def _read_survey(
    table: FoundTable, columns: PairColumns, diagnostics: Diagnostics, reading: Reading, given: Given
) -> tuple[dict[str, pd.DataFrame], Layout]:
    grid = table.grid
    answers = read_pair_columns(
        grid,
        columns,
        diagnostics,
        locale=reading.locale,
        minus_means=reading.minus_means,
        scale=reading.scale,
        largest=reading.largest,
    )
    groups, votes = split_attributes(answers.attributes)
    given.groups |= {expert: group for expert, group in groups.items() if group}
    given.attributes = pd.concat([given.attributes, answers.attributes])
    if votes and not given.votes:
        diagnostics.note(text("the weights of the experts are those of their column in the survey"))
        given.votes |= _votes(votes, grid.location(columns.heading.number), diagnostics)
    places: dict[int, ColumnRole] = dict.fromkeys(columns.pairs, "criterion")
    places |= dict.fromkeys(columns.degrees.values(), "criterion")
    places |= {columns.expert: "id"} if columns.expert is not None else {}
    for place in columns.kept:
        table.columns.setdefault(place, ("text", text("kept as an attribute of the expert")))
    table.headings = [shown(entry) for entry in columns.heading.cells]
    table.take([columns.heading.number], answers.rows, places)
    return answers.matrices, table.layout(reading.locale, answers.layout)


def _leave_others(table: FoundTable, heading: GridRow, places: Mapping[int, ColumnRole]) -> None:
    """List the columns that are not among those that are read."""
    table.headings = [clean(shown(entry)) for entry in heading.cells]
    for place in heading.filled():
        if place not in places:
            table.columns.setdefault(place, ("not read", text("not a column that is read")))


def _is_square(square: Square | None) -> bool:
    return square is not None and bool({name for name, _ in square.rows} & set(square.columns))


def _read_list(
    grid: Grid, record: type[Row], name: str, diagnostics: Diagnostics, reading: Reading, given: Given
) -> tuple[dict[str, pd.DataFrame], Text]:
    largest, locale = reading.largest, reading.locale
    if record is StatementRow:
        kind = text("a list of comparisons")
        statements, votes = read_statement_list(grid, name, diagnostics, largest=largest, locale=locale)
    else:
        statements, votes, scale = read_pair_list(
            grid, name, diagnostics, largest=largest, locale=locale, minus_means=reading.minus_means,
            scale=reading.scale,
        )  # fmt: skip
        kind = text("a list with two items and a number a row; numbers: {kind}", kind=SCALES[scale])
    given.votes = given.votes or dict(votes)
    tables: dict[str, pd.DataFrame] = {}
    names = list(dict.fromkeys(pd.concat([statements["preferred"], statements["other"]])))
    for expert, group, node, preferred, other, strength in statements.itertuples(index=False, name=None):
        table = tables.setdefault(expert, pd.DataFrame(np.nan, index=names, columns=names))
        if preferred == other or not np.isnan(table.loc[preferred, other]):
            found, code = f"{expert}: {preferred} / {other}", "J404" if preferred == other else "J405"
            allowed = text("two different criteria, each pair once for an expert")
            diagnostics.add(code, grid.location(0), found=found, allowed=allowed)
            continue
        table.loc[preferred, other], table.loc[other, preferred] = strength, 1 / strength
        given.groups[expert] = group
        children = dict.fromkeys([*given.tree.get(node, ()), preferred, other])
        given.tree[node] = tuple(children)
    return tables, kind


def _votes(written: Mapping[str, str], location: Location, diagnostics: Diagnostics) -> dict[str, float]:
    votes = {}
    for expert, words in written.items():
        value = parse_number_freely(words)
        if isinstance(value, CellProblem) or value < 0:
            found = text("{expert}: {words}", expert=expert, words=words or text("empty cell"))
            allowed = text("a weight of 0 or more for each expert")
            diagnostics.add("T112", location, field="weight", found=found, allowed=allowed)
        else:
            votes[expert] = value
    return votes


def _seen(grid: Grid) -> Text:
    """Return the first headings, so that the reader knows which table was looked at."""
    row = max(grid.rows[:30], key=lambda one: len(one.filled()), default=None)
    words = [shown(row.cells[place]) for place in row.filled()[:6]] if row is not None else []
    return (
        text("another table, with the headings {names}", names=listed(words)) if words else text("no table")
    )


def forms() -> Text:
    """Return what a file of comparisons can be, for a problem."""
    return text(
        "a square table of ratios (the same names above and at the left); a form with two items, a side and "
        "a degree a row; a list with preferred, other, strength, or with two items and a number; or a survey "
        "with a column a pair, whose heading names both items (A vs B, A - B, A_B), or two, the side and the "
        "degree"
    )
