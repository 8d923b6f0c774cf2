"""Judgments from square tables of ratios, from pairs of names and from lists.

The side of a pair that is 1 or more rules and the other is exactly its inverse: 0.3333 beside 3 is an
honest rounding. What differs by more than the tolerance is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from techprio.errors import Sayable
from techprio.language import Text, text
from techprio.model.checks import Faults
from techprio.model.criteria import CriteriaTree
from techprio.model.judgments import JUDGMENT_COLUMNS, Judgments
from techprio.weighting.answers import LARGEST_STRENGTH, PLAY, SLIP
from techprio.weighting.given import clean_name

#: The node of a table or of pairs that name none, and the expert of those that name none.
GOAL, MATRIX = "goal", "matrix"
LIST_COLUMNS = ("preferred", "other", "strength", "expert", "group", "node", "note")
_LIST_COLUMNS = {"preferred", "other", "strength"}
#: Judgments, a list of them, a square table of ratios, pairs, or tables and pairs by node.
JudgmentsLike: TypeAlias = Judgments | pd.DataFrame | ArrayLike | Mapping[Any, Any]
#: Puts the place inside a table behind the expert and node that it belongs to.
Where: TypeAlias = Callable[[Sayable], Sayable]


def as_judgments(
    given: JudgmentsLike, criteria: CriteriaTree | None, *, tolerance: float, largest: float | None
) -> Judgments:
    """Return judgments from whatever form they are given in, under a tree of criteria where there is one.

    Raises
    ------
    InputError
        The faults of the table or the pairs, all at once.
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
    faults = Faults(text("the list of judgments cannot be used"))
    for column in ("preferred", "other", "strength"):
        if column not in frame.columns:
            faults.add("judgments", text("column {column!r} is missing", column=column), LIST_COLUMNS)
    faults.check()
    table = frame.reset_index(drop=True)
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
    rows: list[tuple[str, str, str, str, str, float]] = []
    children: dict[str, tuple[str, ...]] = {}
    faults = Faults(text("the comparisons cannot be used"))
    for expert, given in matrices.items():
        for node, matrix in _by_node(given).items():
            place = text("expert {expert}, node {node!r}", expert=expert, node=node)
            alone = len(matrices) == 1 and node == GOAL
            table = _read(faults, None if alone else place, matrix, tolerance, largest)
            if table is None:
                continue
            names = children.setdefault(node, tuple(table.index))
            if set(names) != set(table.index):
                found = text("the names {names}", names=tuple(table.index))
                faults.add(place, found, text("other experts compared {names}", names=names))
            group = (groups or {}).get(expert, "panel")
            rows += [(expert, group, node, *pair) for pair in _statements(table)]
        if groups and expert not in groups:
            faults.add("groups", text("{expert!r} has no group", expert=expert), text("a group for each"))
    faults.check()
    statements = pd.DataFrame(rows, columns=list(JUDGMENT_COLUMNS))
    silent = tuple(expert for expert in matrices if expert not in set(statements["expert"]))
    return Judgments(statements, _root_first(children), silent=silent)


def _by_node(given: Any) -> Mapping[str, Any]:
    if isinstance(given, Mapping) and not all(isinstance(key, tuple) for key in given):
        return given
    return {GOAL: given}


def _read(
    faults: Faults, place: Text | None, matrix: Any, tolerance: float, largest: float | None
) -> pd.DataFrame | None:
    """Return the ratios with equal, cleaned names on both axes; None where something is wrong with them."""
    before = len(faults.problems)

    def at(inner: Sayable) -> Sayable:
        return (
            inner if place is None else text("{place}, {inner}", place=place, inner=inner) if inner else place
        )

    table = (
        _pairs_table(faults, at, matrix) if isinstance(matrix, Mapping) else _square_table(faults, at, matrix)
    )
    numbers = _numbers(faults, at, table, largest) if len(faults.problems) == before else table
    whole = _mirrored(faults, at, numbers, tolerance) if len(faults.problems) == before else numbers
    return whole if len(faults.problems) == before else None


def _square_table(faults: Faults, at: Where, matrix: Any) -> pd.DataFrame:
    if not isinstance(matrix, pd.DataFrame):
        values = np.asarray(matrix)
        if values.ndim != 2:
            found = text("{count} dimensions", count=values.ndim)
            faults.add(at(""), found, text("a square table of ratios"))
            return pd.DataFrame()
        matrix = pd.DataFrame(values)
        names = [f"c{i + 1}" for i in range(max(matrix.shape))]
        matrix.index, matrix.columns = names[: len(matrix)], names[: matrix.shape[1]]
    table = matrix.set_axis([clean_name(name) for name in matrix.index], axis=0)
    table = table.set_axis([clean_name(name) for name in matrix.columns], axis=1)
    if table.shape[0] != table.shape[1] or table.empty:
        found = text("{rows} rows and {columns} columns", rows=table.shape[0], columns=table.shape[1])
        faults.add(at(""), found, text("a square table of ratios"))
        return table
    before, same = len(faults.problems), text("rows and columns of the same names, each once")
    for name in table.index[table.index.duplicated()]:
        faults.add(at(""), text("row {name!r} stands twice", name=name), same)
    for name in table.columns[table.columns.duplicated()]:
        faults.add(at(""), text("column {name!r} stands twice", name=name), same)
    for name in table.index.difference(table.columns, sort=False):
        faults.add(at(""), text("row {name!r} has no column of that name", name=name), same)
    for name in table.columns.difference(table.index, sort=False):
        faults.add(at(""), text("column {name!r} has no row of that name", name=name), same)
    return table if len(faults.problems) > before else table.loc[:, list(table.index)]


def _pairs_table(faults: Faults, at: Where, pairs: Mapping[Any, Any]) -> pd.DataFrame:
    bad = [key for key in pairs if not (isinstance(key, tuple) and len(key) == 2)]
    if bad or not pairs:
        found = text("the key {key}", key=repr(bad[0])) if bad else text("nothing")
        faults.add(at(""), found, text("pairs of names with their ratio"))
        return pd.DataFrame()
    names = list(dict.fromkeys(clean_name(name) for pair in pairs for name in pair))
    table = pd.DataFrame(np.nan, index=names, columns=names, dtype=object)
    for (one, other), ratio in pairs.items():
        table.loc[clean_name(one), clean_name(other)] = ratio
    return table


def _numbers(faults: Faults, at: Where, table: pd.DataFrame, largest: float | None) -> pd.DataFrame:
    plain = all(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes)
    numbers = (table if plain else table.apply(pd.to_numeric, errors="coerce")).astype(float)
    values = numbers.to_numpy()
    end = np.inf if largest is None else largest * (1 + PLAY)
    with np.errstate(invalid="ignore"):
        sound = (values >= 1 / end) & (values <= end) & np.isfinite(values) & (values > 0)
    np.fill_diagonal(sound, np.abs(values.diagonal() - 1) <= 1e-9)
    for i, j in np.argwhere(~sound & ~(np.isnan(values) & table.isna().to_numpy())):
        place = at(_cell(table, int(i), int(j)))
        if i == j and not np.isnan(values[i, j]):
            one = text("put 1 or leave it blank")
            faults.add(place, f"{values[i, j]:g}", text("1 on the diagonal"), one)
        else:
            _add_bad_ratio(faults, place, table.iat[i, j], float(values[i, j]), largest)
    return numbers


def _add_bad_ratio(faults: Faults, place: Sayable, raw: object, number: float, largest: float | None) -> None:
    allowed = text("a positive number, row against column")
    if np.isnan(number):
        faults.add(place, repr(raw), allowed, text("no opinion is blank"))
    elif number == 0:
        faults.add(place, "0", allowed, text("no opinion is blank, equal is 1"))
    elif number < 0 or np.isinf(number) or largest is None:
        faults.add(place, f"{number:g}", allowed)
    else:
        end = text("1/{largest} to {largest}", largest=f"{largest:g}")
        faults.add(place, f"{number:g}", end, SLIP)


def _mirrored(faults: Faults, at: Where, numbers: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    values = numbers.to_numpy(copy=True)
    for row, column in combinations(range(len(values)), 2):
        one, other = values[row, column], values[column, row]
        if not (np.isnan(one) or np.isnan(other)) and abs(one * other - 1) > tolerance + 1e-9:
            cells = _cell(numbers, row, column), _cell(numbers, column, row)
            faults.add(
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
        elif np.isnan(one) or other >= 1 > one or other > one >= 1:
            values[row, column] = 1 / other
        else:
            values[column, row] = 1 / one
    np.fill_diagonal(values, 1.0)
    return pd.DataFrame(values, index=numbers.index, columns=numbers.columns)


def _cell(table: pd.DataFrame, row: int, column: int) -> Text:
    return text("row {row!r}, column {column!r}", row=table.index[row], column=table.columns[column])


def _statements(table: pd.DataFrame) -> list[tuple[str, str, float]]:
    found = []
    names, values = list(table.index), table.to_numpy()
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
