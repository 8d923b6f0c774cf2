"""Judgments from square tables of ratios, from pairs of names and from lists.

The side of a pair that is 1 or more rules and the other is exactly its inverse: 0.3333 beside 3 is an
honest rounding. What differs by more than the tolerance or the rounding is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Sayable
from techprio.language import Text, text
from techprio.model.checks import Checks, is_number
from techprio.model.criteria import CriteriaTree
from techprio.model.judgments import JUDGMENT_COLUMNS, PLAY, Judgments, are_inverse, checked_hierarchy
from techprio.model.rows import none_if_empty
from techprio.weighting.answers import LARGEST_STRENGTH, SLIP, PanelRatios, check_gaps, read_judgments
from techprio.weighting.given import clean_name

#: The node of a table or of pairs that name none, and the expert of those that name none.
GOAL, MATRIX = "goal", "matrix"
LIST_COLUMNS = ("preferred", "other", "strength", "expert", "group", "node", "note")
_LIST_COLUMNS = {"preferred", "other", "strength"}
#: Judgments, a list of them, a square table of ratios, pairs, or tables and pairs by node.
JudgmentsLike: TypeAlias = Judgments | pd.DataFrame | ArrayLike | Mapping[Any, Any]
#: Puts the place inside a table behind the expert and node that it belongs to.
Where: TypeAlias = Callable[[Sayable], Sayable]
#: Names, and the ratios of row against column, or cells that are still to be read.
Square: TypeAlias = tuple[tuple[str, ...], NDArray[Any]]


def read_panel(
    given: JudgmentsLike, criteria: CriteriaTree | None, *, tolerance: float, largest: float | None
) -> PanelRatios:
    """Return what a panel said as arrays, from whatever form it is given in, checked.

    Raises
    ------
    InputError
        The problems of the table, the pairs or the statements, all at once.
    """
    is_list = isinstance(given, pd.DataFrame) and bool(_LIST_COLUMNS & set(map(str, given.columns)))
    if not (isinstance(given, Judgments) or is_list or criteria is not None):
        squares, children = _squares({MATRIX: given}, None, tolerance, largest)
        if any(np.isfinite(ratios).sum() > len(names) for _, _, (names, ratios) in squares):
            return _panel_of_one(squares, children)
    judgments = as_judgments(given, criteria, tolerance=tolerance, largest=largest)
    return read_judgments(judgments, largest=largest)


def _panel_of_one(
    squares: list[tuple[str, str, Square]], children: Mapping[str, tuple[str, ...]]
) -> PanelRatios:
    checks = Checks(text("the judgments cannot be used"))
    _check_experts_as_nodes(checks, children)
    checks.check()
    hierarchy = checked_hierarchy(checks, _root_first(children))
    checks.check()
    ratios = {node: square[1][None] for _, node, square in squares}
    answers = PanelRatios((MATRIX,), ("panel",), hierarchy, {node: ratios[node] for node in hierarchy})
    check_gaps(checks, answers)
    checks.check()
    return answers


def _check_experts_as_nodes(checks: Checks, children: Mapping[str, tuple[str, ...]]) -> None:
    if len(children) > 1 and len({frozenset(names) for names in children.values()}) == 1:
        checks.add(
            text("nodes {names}", names=tuple(children)),
            text("tables of the same items {names}", names=next(iter(children.values()))),
            text("one table for each node of a tree"),
            text("tables of several experts: give tp.weighting.judgments_from_matrices(...)"),
        )


def as_judgments(
    given: JudgmentsLike, criteria: CriteriaTree | None, *, tolerance: float, largest: float | None
) -> Judgments:
    """Return judgments from whatever form they are given in, under a tree of criteria where there is one.

    Raises
    ------
    InputError
        The problems of the table or the pairs, all at once.
    """
    if isinstance(given, Judgments):
        judgments = given
    elif isinstance(given, pd.DataFrame) and _LIST_COLUMNS & set(map(str, given.columns)):
        judgments = _read_list(given, criteria)
    else:
        judgments = judgments_from_matrices({MATRIX: given}, tolerance=tolerance, largest=largest)
    return judgments if criteria is None else _under_tree(judgments, criteria)


def _read_list(frame: pd.DataFrame, criteria: CriteriaTree | None) -> Judgments:
    """Read ``preferred, other, strength`` of a list; ``expert``, ``group``, ``node`` may be left out."""
    checks = Checks(text("the list of judgments cannot be used"))
    for column in ("preferred", "other", "strength"):
        if column not in frame.columns:
            checks.add("judgments", text("column {column!r} is missing", column=column), LIST_COLUMNS)
    checks.check()
    table = frame.reset_index(drop=True)
    for column in table.columns[table.isna().any()]:
        if pd.api.types.is_extension_array_dtype(table[column].dtype):
            table[column] = pd.Series([none_if_empty(cell) for cell in table[column]], dtype=object)
    for column in ("preferred", "other"):
        table[column] = [clean_name(name) for name in table[column]]
    parents = (
        {child: node for node, children in criteria.hierarchy.items() for child in children}
        if criteria
        else {}
    )
    table["node"] = (
        table["node"] if "node" in table else [parents.get(name, GOAL) for name in table["preferred"]]
    )
    for column, default in (("expert", MATRIX), ("group", "panel")):
        if column not in table:
            table[column] = default
    children: dict[str, dict[str, None]] = {}
    for node, preferred, other in zip(table["node"], table["preferred"], table["other"], strict=True):
        children.setdefault(node, {}).update({preferred: None, other: None})
    columns = [*JUDGMENT_COLUMNS, *(["note"] if "note" in table else [])]
    return Judgments(table[columns], _root_first({node: tuple(names) for node, names in children.items()}))


def _under_tree(judgments: Judgments, criteria: CriteriaTree) -> Judgments:
    """Return the judgments under the nodes of a tree; a lone, unnamed table compares its heads."""
    tree = criteria.hierarchy
    statements = judgments.statements
    if GOAL not in tree:
        statements = statements.assign(node=statements["node"].replace(GOAL, criteria.root))
    labels = {name: criterion.label for name, criterion in criteria.by_id.items() if any(criterion.label)}
    return replace(judgments, statements=statements, hierarchy=tree, labels={**labels, **judgments.labels})


@validated
def judgments_from_matrices(
    matrices: Mapping[str, Any],
    groups: Mapping[str, str] | None = None,
    *,
    tolerance: float = PLAY,
    largest: float | None = LARGEST_STRENGTH,
) -> Judgments:
    """Make judgments of a panel from one matrix an expert, or one an expert and node.

    Parameters
    ----------
    matrices : mapping of expert to matrix, or of expert to a mapping of node to matrix
        A matrix is a square DataFrame or array of ratios (row against column, NaN for a pair
        that was not compared), or a mapping ``{(a, b): ratio}``. Nodes name themselves: the one
        that is no criterion of another node is the root.
    groups : mapping of str to str, optional
        The stakeholder group of each expert; without it, all are in one group.
    tolerance : float
        How far ``a_ij a_ji`` may be from 1.
    largest : float or None
        End of the scale of ratios; None: no end.

    Returns
    -------
    Judgments

    Raises
    ------
    InputError
        A ratio that is no positive number, a diagonal that is not 1, two sides of a pair that
        contradict each other, names that differ between rows and columns or between experts.

    Examples
    --------
    >>> panel = judgments_from_matrices({"e1": {("cost", "value"): 2}, "e2": {("cost", "value"): 0.5}})
    >>> panel.statements[["expert", "preferred", "other", "strength"]].values.tolist()
    [['e1', 'cost', 'value', 2.0], ['e2', 'value', 'cost', 2.0]]
    """
    if largest is not None and not (is_number(largest) and largest > 1):
        raise InputError.argument("largest", found=largest, allowed=text("a number above 1, or None"))
    squares, children = _squares(matrices, groups, tolerance, largest)
    rows = [
        (expert, (groups or {}).get(expert, "panel"), node, *pair)
        for expert, node, square in squares
        for pair in _statements(square)
    ]
    statements = pd.DataFrame(rows, columns=list(JUDGMENT_COLUMNS))
    spoken = {row[0] for row in rows}
    silent = tuple(expert for expert in matrices if expert not in spoken)
    return Judgments(statements, _root_first(children), silent=silent)


def _squares(
    matrices: Mapping[str, Any], groups: Mapping[str, str] | None, tolerance: float, largest: float | None
) -> tuple[list[tuple[str, str, Square]], dict[str, tuple[str, ...]]]:
    """Return the ratios of each expert and node, and the names that each node compares."""
    if not (is_number(tolerance) and 0 <= tolerance < 1):
        raise InputError.argument("tolerance", found=tolerance, allowed=text("from 0, below 1"))
    found: list[tuple[str, str, Square]] = []
    children: dict[str, tuple[str, ...]] = {}
    checks = Checks(text("the comparisons cannot be used"))
    for expert, given in matrices.items():
        for node, matrix in _by_node(given).items():
            place = text("expert {expert}, node {node!r}", expert=expert, node=node)
            alone = len(matrices) == 1 and node == GOAL
            square = _read(checks, None if alone else place, matrix, tolerance, largest)
            if square is None:
                continue
            names = children.setdefault(node, square[0])
            if set(names) != set(square[0]):
                found_names = text("the names {names}", names=square[0])
                checks.add(place, found_names, text("other experts compared {names}", names=names))
            found.append((expert, node, square))
        if groups and expert not in groups:
            checks.add("groups", text("{expert!r} has no group", expert=expert), text("a group for each"))
    checks.check()
    return found, children


def _by_node(given: Any) -> Mapping[str, Any]:
    if isinstance(given, Mapping) and not all(isinstance(key, tuple) for key in given):
        return given
    return {GOAL: given}


def _read(
    checks: Checks, place: Text | None, matrix: Any, tolerance: float, largest: float | None
) -> Square | None:
    """Return the ratios with equal, cleaned names on both axes; None where something is wrong with them."""
    before = len(checks.problems)

    def at(inner: Sayable) -> Sayable:
        return (
            inner if place is None else text("{place}, {inner}", place=place, inner=inner) if inner else place
        )

    square = _pairs(checks, at, matrix) if isinstance(matrix, Mapping) else _square(checks, at, matrix)
    if square is None:
        return None
    numbers = _numbers(checks, at, square, largest)
    if len(checks.problems) == before:
        numbers = _mirrored(checks, at, (square[0], numbers), tolerance)
    return (square[0], numbers) if len(checks.problems) == before else None


def _square(checks: Checks, at: Where, matrix: Any) -> Square | None:
    if isinstance(matrix, pd.DataFrame):
        rows, columns = ([clean_name(name) for name in axis] for axis in (matrix.index, matrix.columns))
        cells = matrix.to_numpy()
    else:
        cells = np.asarray(matrix)
        if cells.ndim != 2:
            found = text("{count} dimensions", count=cells.ndim)
            checks.add(at(""), found, text("a square table of ratios"))
            return None
        rows, columns = ([f"c{i + 1}" for i in range(length)] for length in cells.shape)
    if len(rows) != len(columns) or not rows:
        found = text("{rows} rows and {columns} columns", rows=len(rows), columns=len(columns))
        checks.add(at(""), found, text("a square table of ratios"))
        return None
    if rows == columns and len(set(rows)) == len(rows):
        return tuple(rows), cells
    before, same = len(checks.problems), text("rows and columns of the same names, each once")
    for name in dict.fromkeys(name for name in rows if rows.count(name) > 1):
        checks.add(at(""), text("row {name!r} stands twice", name=name), same)
    for name in dict.fromkeys(name for name in columns if columns.count(name) > 1):
        checks.add(at(""), text("column {name!r} stands twice", name=name), same)
    for name in dict.fromkeys(name for name in rows if name not in columns):
        checks.add(at(""), text("row {name!r} has no column of that name", name=name), same)
    for name in dict.fromkeys(name for name in columns if name not in rows):
        checks.add(at(""), text("column {name!r} has no row of that name", name=name), same)
    if len(checks.problems) > before:
        return None
    return tuple(rows), cells[:, [columns.index(name) for name in rows]]


def _pairs(checks: Checks, at: Where, pairs: Mapping[Any, Any]) -> Square | None:
    bad = [key for key in pairs if not (isinstance(key, tuple) and len(key) == 2)]
    if bad or not pairs:
        found = text("the key {key}", key=repr(bad[0])) if bad else text("nothing")
        checks.add(at(""), found, text("pairs of names with their ratio"))
        return None
    names = list(dict.fromkeys(clean_name(name) for pair in pairs for name in pair))
    place = {name: number for number, name in enumerate(names)}
    plain = all(type(ratio) in (int, float) for ratio in pairs.values())
    cells = np.full((len(names), len(names)), np.nan, dtype=np.float64 if plain else object)
    for (one, other), ratio in pairs.items():
        cells[place[clean_name(one)], place[clean_name(other)]] = ratio
    return tuple(names), cells


def _numbers(checks: Checks, at: Where, square: Square, largest: float | None) -> NDArray[np.float64]:
    names, cells = square
    if cells.dtype.kind in "iuf":
        values, empty = cells.astype(np.float64), np.isnan(cells)
    else:
        table = pd.DataFrame(cells)
        values = table.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=np.float64)
        empty = table.isna().to_numpy()
    end = np.inf if largest is None else largest * (1 + PLAY)
    with np.errstate(invalid="ignore"):
        sound = (values >= 1 / end) & (values <= end) & np.isfinite(values) & (values > 0)
    np.fill_diagonal(sound, np.abs(values.diagonal() - 1) <= 1e-9)
    for i, j in np.argwhere(~sound & ~(np.isnan(values) & empty)):
        place, value = at(_cell(names, int(i), int(j))), float(values[i, j])
        if i == j and not np.isnan(value):
            one = text("put 1 or leave it blank")
            checks.add(place, f"{value:g}", text("1 on the diagonal"), one)
        elif not (largest and value > 0 and are_inverse(largest, value)):
            _add_bad_ratio(checks, place, cells[i, j], value, largest)
    return values


def _add_bad_ratio(checks: Checks, place: Sayable, raw: object, number: float, largest: float | None) -> None:
    allowed = text("a positive number, row against column")
    if np.isnan(number):
        checks.add(place, repr(raw), allowed, text("no opinion is blank"))
    elif number == 0:
        checks.add(place, "0", allowed, text("no opinion is blank, equal is 1"))
    elif number < 0 or np.isinf(number) or largest is None:
        checks.add(place, f"{number:g}", allowed)
    else:
        end = text("1/{largest} to {largest}", largest=f"{largest:g}")
        checks.add(place, f"{number:g}", end, SLIP)


def _mirrored(checks: Checks, at: Where, square: Square, tolerance: float) -> NDArray[np.float64]:
    """Return the ratios with the side of 1 or more of each pair and its inverse; contradictions are noted."""
    names, values = square
    back = values.T
    product = values * back
    # A product within the tolerance needs no closer look; empty sides give NaN, which none has.
    for row, column in np.argwhere(np.triu(np.abs(product - 1) > tolerance + 1e-9, 1)):
        one, other = float(values[row, column]), float(values[column, row])
        if are_inverse(one, other, tolerance):
            continue
        cells = _cell(names, int(row), int(column)), _cell(names, int(column), int(row))
        checks.add(
            at(text("{one} and {other}", one=cells[0], other=cells[1])),
            text(
                "{one} and {other}, whose product is {product}",
                one=f"{one:g}",
                other=f"{other:g}",
                product=f"{one * other:g}",
            ),
            text("inverses of each other"),
            text("ask who filled in the form"),
        )
    # The side of 1 or more rules, of two such the larger, and any side over an empty one.
    back_rules = np.isnan(values) | ((back >= 1) & (values < 1)) | ((back > values) & (values >= 1))
    above = np.where(back_rules, 1 / back, values)
    below = np.where(back_rules, back, 1 / values)
    whole = np.where(np.triu(np.ones(values.shape, dtype=bool), 1), above, below.T)
    np.fill_diagonal(whole, 1.0)
    return whole


def _cell(names: tuple[str, ...], row: int, column: int) -> Text:
    return text("row {row!r}, column {column!r}", row=names[row], column=names[column])


def _statements(square: Square) -> list[tuple[str, str, float]]:
    found = []
    names, values = square
    for row, column in combinations(range(len(names)), 2):
        ratio = values[row, column]
        if ratio >= 1:
            found.append((names[row], names[column], float(ratio)))
        elif ratio < 1:
            found.append((names[column], names[row], float(values[column, row])))
    return found


def _root_first(children: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    below = {child for names in children.values() for child in names}
    roots = [node for node in children if node not in below]
    order = [*roots[:1], *(node for node in children if node not in roots[:1])]
    return {node: children[node] for node in order}
