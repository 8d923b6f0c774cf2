"""Pairwise comparisons that people bring: square tables, forms, lists of statements, exports of surveys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.finding import LayoutLike, TableOptions
from techprio.inputs.grid import Grid
from techprio.inputs.judgments import connected_components
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import pick_sheet, read_bytes, read_grid
from techprio.inputs.pairwise_kinds import Given, Reading, forms, read_kind
from techprio.inputs.ratios import PairScale, Side
from techprio.inputs.sniffing import sniff
from techprio.inputs.stated_table import as_stated
from techprio.inputs.survey_people import KEPT
from techprio.inputs.table_columns import Columns
from techprio.inputs.workbooks import read_workbook
from techprio.language import Text, text
from techprio.model.judgments import JUDGMENT_COLUMNS, PLAY, Judgments
from techprio.model.layout import Layout

_GOAL = "goal"
_NAMED = 5  # experts that a note names before it counts the others


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
    layout : Layout
        What the file was taken for, with what each row and column holds.
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
    layout: Layout = field(default_factory=lambda: Layout(""))
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
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Columns | None = None,
    skip_rows: Collection[int] = (),
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
    layout : {"rows", "columns"} or mapping of int to str, optional
        ``"columns"`` where rows and columns are exchanged; or what single rows are, by their number in the
        file: ``{1: "title", 12: "total"}``.
    header_rows : int, optional
        How many rows of headings there are; 0: none, the columns are named by ``columns`` or A, B, C.
    columns : sequence or mapping, optional
        Headings of the comparisons, others are left out; or what headings stand for: ``{"Q1": "cost vs jobs",
        "Mã phiếu": "expert", "Email": "left out"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.

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
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    reading = Reading(locale, minus_means, scale, largest, tolerance, tree or {})
    matrices: dict[str, pd.DataFrame] = {}
    layouts: list[Layout] = []
    given = Given(dict(votes or {}))
    for grid in grids:
        name = grid.sheet if len(grids) > 1 else source.stem
        table = as_stated(grid, options, diagnostics, kept=KEPT)
        found, taken = read_kind(table, name, diagnostics, reading, given)
        for expert in found.keys() & matrices.keys():
            diagnostics.add(
                "S302", grid.location(0), field="expert", found=expert, allowed=text("each expert once")
            )
        matrices |= found
        layouts += [taken] if taken is not None else []
    if not len(diagnostics) and not any(map(_statements, matrices.values())):
        diagnostics.add(
            "T103",
            Location(source.name),
            found=text("no comparison"),
            allowed=text("at least one comparison of two criteria"),
        )
    whole = _whole_tree(given.tree or reading.tree, matrices)
    if not len(diagnostics):
        _check_tree(matrices, whole, Location(source.name), diagnostics)
    diagnostics.check()
    _note_experts(matrices, diagnostics)
    if votes is not None and set(votes) != set(matrices):
        raise InputError.argument("votes", found=sorted(votes), allowed=listed(list(matrices)))
    return PairwiseFile(
        matrices,
        tuple(diagnostics.notes),
        Layout.of_sheets(layouts),
        whole,
        given.groups,
        given.votes,
        given.attributes,
    )


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
        diagnostics.add("T103", Location(file), found=text("no sheet with text"), allowed=forms())
    return visible


def _whole_tree(
    given: Mapping[str, Sequence[str]], matrices: Mapping[str, pd.DataFrame]
) -> dict[str, tuple[str, ...]]:
    """Return the tree with what stands under no node below the goal, the root first."""
    names = list(dict.fromkeys(name for table in matrices.values() for name in table.index))
    below = {child for children in given.values() for child in children}
    rest = [name for name in names if name not in below]
    if not rest:
        roots = [node for node in given if node not in below]
        return {node: tuple(given[node]) for node in [*roots, *(node for node in given if node in below)]}
    heads = [node for node in given if node not in below and node not in rest]
    return {_GOAL: (*rest, *heads), **{node: tuple(children) for node, children in given.items()}}


def _check_tree(
    matrices: Mapping[str, pd.DataFrame],
    tree: Mapping[str, tuple[str, ...]],
    location: Location,
    diagnostics: Diagnostics,
) -> None:
    """Note pairs across nodes, and nodes whose items no comparison of anybody joins."""
    node_of = {child: node for node, children in tree.items() for child in children}
    pairs_of = {expert: _pairs(table) for expert, table in matrices.items()}
    every = list(dict.fromkeys(pair for pairs in pairs_of.values() for pair in pairs))
    for one, other in every:
        if node_of.get(one) != node_of.get(other):
            allowed = text("two criteria of one node")
            diagnostics.add("J402", location, found=f"{one} / {other}", allowed=allowed)
    for node, children in tree.items():
        inside = [pair for pair in every if node_of[pair[0]] == node]
        parts = connected_components(children, inside)
        if inside and len(parts) > 1:
            diagnostics.add(
                "J406",
                location,
                found=" | ".join(", ".join(part) for part in parts),
                allowed=text("comparisons that link all criteria of the node"),
                proposal=text(
                    "compare {first} with {second}; or, where they stand under different nodes, name the "
                    "criteria of each node (tree=, --node)",
                    first=parts[0][0],
                    second=parts[1][0],
                ),
            )
            continue
        for expert, pairs in pairs_of.items() if len(matrices) > 1 else ():
            own = [pair for pair in pairs if node_of[pair[0]] == node]
            parts = connected_components(children, own)
            if own and len(parts) > 1:
                diagnostics.note(
                    text(
                        "expert {expert} at {node}: no comparison joins {parts}",
                        expert=expert,
                        node=node,
                        parts=" | ".join(", ".join(part) for part in parts),
                    )
                )


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    names, known = list(table.index), table.notna().to_numpy()
    places = np.argwhere(np.triu(known | known.T, 1))
    return [(names[i], names[j]) for i, j in places]


def _note_experts(matrices: Mapping[str, pd.DataFrame], diagnostics: Diagnostics) -> None:
    """State who gave the same answers to everything, and whose names differ by blanks or case only."""
    alike: dict[bytes, list[str]] = {}
    spelled: dict[str, list[str]] = {}
    for expert, table in matrices.items():
        spelled.setdefault(" ".join(expert.casefold().split()), []).append(expert)
        if len(_pairs(table)) > 1:
            answers = np.round(table.to_numpy(dtype=float), 9)
            alike.setdefault(answers.tobytes() + repr(list(table.index)).encode(), []).append(expert)
    for experts in (names for names in spelled.values() if len(names) > 1):
        diagnostics.note(
            text(
                "experts {names}: the names differ by blanks or case only; one person?", names=listed(experts)
            )
        )
    same = [names for names in alike.values() if len(names) > 1]
    for experts in same[:_NAMED]:
        shown_names = listed(experts[:_NAMED])
        diagnostics.note(
            text(
                "{count} experts gave the same answers to every pair ({names}); are they copies?",
                count=len(experts),
                names=text("{names} and others", names=shown_names) if len(experts) > _NAMED else shown_names,
            )
        )
    if len(same) > _NAMED:
        diagnostics.note(
            text("{count} more groups of experts with the same answers", count=len(same) - _NAMED)
        )
