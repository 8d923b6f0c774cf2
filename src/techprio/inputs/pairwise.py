"""Pairwise comparisons that people bring: square tables, forms, lists of statements, exports of surveys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.inputs.cells import CellProblem, parse_number_freely
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.grid import Grid
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import pick_sheet, read_bytes, read_grid
from techprio.inputs.pairwise_forms import find_ab_form, is_statement_list, read_ab_form, read_statement_list
from techprio.inputs.pairwise_panel import check_tree, note_experts, whole_tree
from techprio.inputs.pairwise_survey import (
    PairScale,
    Side,
    find_pair_columns,
    read_pair_columns,
    split_attributes,
)
from techprio.inputs.sniffing import sniff
from techprio.inputs.square_tables import find_square, read_square
from techprio.inputs.workbooks import read_workbook
from techprio.language import Text, text
from techprio.model.judgments import JUDGMENT_COLUMNS, PLAY, Judgments


@dataclass(frozen=True)
class PairwiseFile:
    r"""The comparisons of a file.

    Parameters
    ----------
    matrices : dict of str to DataFrame
        By expert, or by the name of the file when it holds one table: ratios, row against column,
        NaN for a pair that was not compared. An expert who answered nothing has an empty table.
    notes : tuple of Text
        What was left out or taken as it is.
    layout : Text
        What the file was taken for.
    tree : dict of str to tuple of str
        The criteria of each node, the root first.
    groups, votes : dict
        Stakeholder group and weight of each expert, where the file gives them.
    attributes : DataFrame
        Further columns of a survey, by expert.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "panel.csv"
    >>> _ = file.write_text("expert,sex,cost vs value\ne1,f,1/3\ne2,m,2\n", encoding="utf-8")
    >>> found = tp.inputs.read_pairwise(file)
    >>> found.matrices["e1"].round(3).values.tolist(), found.attributes["sex"].to_dict()
    ([[nan, 0.333], [3.0, nan]], {'e1': 'f', 'e2': 'm'})
    >>> tp.ahp(found.judgments).overall.round(3).to_dict()
    {'cost': 0.449, 'value': 0.551}
    """

    matrices: dict[str, pd.DataFrame]
    notes: tuple[Text, ...] = ()
    layout: Text = field(default_factory=lambda: text("no table"))
    tree: dict[str, tuple[str, ...]] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    votes: dict[str, float] = field(default_factory=dict)
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def judgments(self) -> Judgments:
        """The judgments of the panel, with groups, votes and the experts who answered nothing."""
        rows: list[tuple[object, ...]] = []
        # Groups of one expert each are no groups; weights of the experts would count for nothing in them.
        is_grouped = not self.votes or len(set(self.groups.values())) < len(self.groups)
        for expert, table in self.matrices.items():
            group = self.groups.get(expert, "panel") if is_grouped else "panel"
            for node, children in self.tree.items():
                inside = [name for name in children if name in table.index]
                rows += [(expert, group, node, *said) for said in _statements(table.loc[inside, inside])]
        spoken = {row[0] for row in rows}
        silent = tuple(expert for expert in self.matrices if expert not in spoken)
        votes = {expert: vote for expert, vote in self.votes.items() if expert in spoken}
        statements = pd.DataFrame(rows, columns=list(JUDGMENT_COLUMNS))
        return Judgments(statements, self.tree, expert_weights=votes, silent=silent)


def _statements(table: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Return preferred, other and strength of every pair; the side of 1 or more rules."""
    names, values = list(table.index), table.to_numpy(dtype=float)
    found = []
    for i, j in zip(*np.triu_indices(len(names), 1), strict=True):
        there, back = values[i, j], values[j, i]
        strength = np.nanmax([there, back, 1 / there, 1 / back]) if not np.isnan([there, back]).all() else 0.0
        if strength:
            first = there >= 1 if not np.isnan(there) else back <= 1
            one, other = (names[i], names[j]) if first else (names[j], names[i])
            sides = [side for side in (there, back) if side >= 1]
            found.append((one, other, float(max(sides) if sides else strength)))
    return found


@validated
def read_pairwise(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    minus_means: Side | None = None,
    scale: PairScale | None = None,
    largest: float = 9,
    tolerance: float = PLAY,
    tree: Mapping[str, Sequence[str]] | None = None,
    votes: Mapping[str, float] | None = None,
) -> PairwiseFile:
    r"""Read pairwise comparisons from a CSV file or a workbook.

    Parameters
    ----------
    path : str or Path
        A square table of ratios; a workbook with one such sheet an expert; a form "A or B, and how much";
        a list of statements (``expert, preferred, other, strength``); or an export of a survey with a row an
        expert and one column a pair, or two, the side and the degree (headings such as ``A vs B``, ``A - B``,
        ``A_B``).
    sheet : str, optional
        One sheet of a workbook; without it every visible sheet with text is one expert.
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.
    minus_means : {"left", "right"}, optional
        Which item of a pair a minus sign favours in a survey; needed where a minus occurs, never guessed.
    scale : {"ratio", "signed", "positions"}, optional
        What the answers of a survey are: ratios, degrees with a sign, or places on the line from the item
        named first (1) over equal (9) to the second (17). Without it the answers decide: a minus tells a
        sign, a whole number above the end of the scale a place.
    largest : float
        End of the scale.
    tolerance : float
        How far the product of the two sides of a pair may be from 1; inverses rounded to two decimals or more
        are taken beyond it, 0 takes exact ones only.
    tree : mapping of str to sequence of str, optional
        The criteria under each node, where a file compares those of several nodes; what stands under none
        belongs to the goal.
    votes : mapping of str to float, optional
        Weight of each expert, in place of a column of the file.

    Returns
    -------
    PairwiseFile

    Raises
    ------
    DataFileError
        Every problem of the file, with its cell or line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> file = Path(tempfile.mkdtemp()) / "matrix.csv"
    >>> _ = file.write_text(",cost,value\ncost,1,1/3\nvalue,3,1\n", encoding="utf-8")
    >>> tp.ahp(read_pairwise(file).matrices["matrix"]).overall.round(9).tolist()
    [0.25, 0.75]
    """
    source, diagnostics = Path(path), Diagnostics()
    grids = _grids(source, sheet, diagnostics)
    reading = _Reading(locale, minus_means, scale, largest, tolerance, tree or {})
    matrices: dict[str, pd.DataFrame] = {}
    layouts: list[Text] = []
    given = _Given(dict(votes or {}))
    for grid in grids:
        name = grid.sheet if len(grids) > 1 else source.stem
        found, layout = _read(grid, name, diagnostics, reading, given)
        for expert in found.keys() & matrices.keys():
            diagnostics.add(
                "S302", grid.location(0), field="expert", found=expert, allowed=text("each expert once")
            )
        matrices |= found
        layouts += [layout] if layout is not None and layout not in layouts else []
    whole = whole_tree(given.tree or reading.tree, matrices)
    if not len(diagnostics):
        check_tree(matrices, whole, Location(source.name), diagnostics)
    diagnostics.check()
    note_experts(matrices, diagnostics)
    if votes is not None and set(votes) != set(matrices):
        raise InputError.argument("votes", found=sorted(votes), allowed=listed(list(matrices)))
    return PairwiseFile(
        matrices,
        tuple(diagnostics.notes),
        layouts[0] if layouts else text("no table"),
        whole,
        given.groups,
        given.votes,
        given.attributes,
    )


@dataclass(frozen=True)
class _Reading:
    """How the file is to be read."""

    locale: Locale | None
    minus_means: Side | None
    scale: PairScale | None
    largest: float
    tolerance: float
    tree: Mapping[str, Sequence[str]]


@dataclass
class _Given:
    """What a file gives beside the ratios."""

    votes: dict[str, float]
    groups: dict[str, str] = field(default_factory=dict)
    tree: dict[str, tuple[str, ...]] = field(default_factory=dict)
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)


def _grids(source: Path, sheet: str | None, diagnostics: Diagnostics) -> Sequence[Grid]:
    data = read_bytes(source, diagnostics, text("a file of comparisons"))
    kind = sniff(data, source.name, diagnostics)
    if kind is None:
        return ()
    if kind == "text":
        grid = read_grid(data, source.name, diagnostics)
        return () if grid is None else (grid,)
    found_grids = read_workbook(data, source.name, kind, diagnostics)
    if sheet is not None:
        chosen = pick_sheet(found_grids, source.name, diagnostics, sheet=sheet)
        return () if chosen is None else (chosen,)
    return _shown_sheets(found_grids, source.name, diagnostics)


def _shown_sheets(grids: Sequence[Grid], file: str, diagnostics: Diagnostics) -> Sequence[Grid]:
    for grid in grids:
        if grid.rows and grid.is_hidden_sheet:
            diagnostics.note(text("{file}: hidden sheet {sheet} is left out", file=file, sheet=grid.sheet))
    visible = [grid for grid in grids if grid.rows and not grid.is_hidden_sheet]
    if not visible and not len(diagnostics):
        diagnostics.add("T103", Location(file), found=text("no sheet with text"), allowed=_forms())
    return visible


def _read(
    grid: Grid, name: str, diagnostics: Diagnostics, reading: _Reading, given: _Given
) -> tuple[dict[str, pd.DataFrame], Text | None]:
    """Return the ratios of a table by expert, and what the table was taken for."""
    locale, largest = reading.locale, reading.largest
    if is_statement_list(grid):
        return _read_statements(grid, name, diagnostics, largest, given), text("a list of comparisons")
    form = find_ab_form(grid)
    if form is not None:
        tables = read_ab_form(grid, form, name, diagnostics, locale=locale, largest=largest)
        return tables, text("a form with two items, a side and a degree a row")
    square = find_square(grid)
    columns = find_pair_columns(grid, [one for names in reading.tree.values() for one in names])
    if columns is not None and not _is_square(square):
        answers = read_pair_columns(
            grid,
            columns,
            diagnostics,
            locale=locale,
            minus_means=reading.minus_means,
            scale=reading.scale,
            largest=largest,
        )
        groups, votes = split_attributes(answers.attributes)
        given.groups |= {expert: group for expert, group in groups.items() if group}
        given.attributes = pd.concat([given.attributes, answers.attributes])
        if votes and not given.votes:
            diagnostics.note(text("the weights of the experts are those of their column in the survey"))
            given.votes |= _votes(votes, grid.location(columns.heading.number), diagnostics)
        return answers.matrices, answers.layout
    if square is None:
        number = grid.rows[0].number if grid.rows else 0
        diagnostics.add("T130", grid.location(number), found=_seen(grid), allowed=_forms())
        return {}, None
    table = read_square(
        grid, square, diagnostics, locale=locale, largest=largest, tolerance=reading.tolerance
    )
    return {name: table.astype(np.float64)}, text("a square table of ratios, row against column")


def _is_square(square: object) -> bool:
    from techprio.inputs.square_tables import Square

    return isinstance(square, Square) and bool({name for name, _ in square.rows} & set(square.columns))


def _read_statements(
    grid: Grid, name: str, diagnostics: Diagnostics, largest: float, given: _Given
) -> dict[str, pd.DataFrame]:
    statements, votes = read_statement_list(grid, name, diagnostics, largest=largest)
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
    return tables


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
    from techprio.inputs.grid import shown

    row = max(grid.rows[:30], key=lambda one: len(one.filled()), default=None)
    words = [shown(row.cells[place]) for place in row.filled()[:6]] if row is not None else []
    return (
        text("another table, with the headings {names}", names=listed(words)) if words else text("no table")
    )


def _forms() -> Text:
    return text(
        "a square table of ratios (the same names above and at the left); a form with two items, a side and "
        "a degree a row; a list with preferred, other, strength; or a survey with a column a pair, whose "
        "heading names both items (A vs B, A - B, A_B), or two, the side and the degree"
    )
