"""Square tables of ratios and pairs of names, as judgments of one expert.

The side of a pair that is 1 or more rules and the other is exactly its inverse: 0.3333 beside 3 is an
honest rounding. What differs by more than the tolerance is an error, never a guess.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from techprio.errors import InputError
from techprio.model.judgments import Judgments
from techprio.weighting.answers import LARGEST_STRENGTH, PLAY

GOAL = "goal"


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
    faults: list[str] = []
    for expert, given in matrices.items():
        for node, matrix in _by_node(given).items():
            place = f"expert {expert}, node {node!r}: " if len(matrices) > 1 or node != GOAL else ""
            table, found = _read(matrix, tolerance, largest)
            faults += [place + fault for fault in found]
            if found:
                continue
            names = children.setdefault(node, tuple(table.index))
            if set(names) != set(table.index):
                faults.append(
                    f"{place}names {', '.join(table.index)}; other experts compared {', '.join(names)}"
                )
            group = (groups or {}).get(expert, "panel")
            rows += [(expert, group, node, *pair) for pair in _statements(table)]
    faults += [f"expert {expert!r} has no group" for expert in matrices if groups and expert not in groups]
    if faults:
        raise InputError("the comparisons cannot be used:\n" + "\n".join(f"  {fault}" for fault in faults))
    columns = ["expert", "group", "node", "preferred", "other", "strength"]
    statements = pd.DataFrame(rows, columns=columns)
    silent = tuple(expert for expert in matrices if expert not in set(statements["expert"]))
    return Judgments(statements, _root_first(children), silent=silent)


def _by_node(given: Any) -> Mapping[str, Any]:
    if isinstance(given, Mapping) and not all(isinstance(key, tuple) for key in given):
        return given
    return {GOAL: given}


def _read(matrix: Any, tolerance: float, largest: float | None) -> tuple[pd.DataFrame, list[str]]:
    """Return the ratios with equal, cleaned names on both axes, and what is wrong with them."""
    table, faults = _pairs_table(matrix) if isinstance(matrix, Mapping) else _square_table(matrix)
    if faults:
        return table, faults
    numbers, faults = _numbers(table, largest)
    if faults:
        return table, faults
    return _mirrored(numbers, tolerance)


def _square_table(matrix: Any) -> tuple[pd.DataFrame, list[str]]:
    if not isinstance(matrix, pd.DataFrame):
        values = np.asarray(matrix)
        if values.ndim != 2:
            return pd.DataFrame(), [f"found {values.ndim} dimensions; allowed: a square table of ratios"]
        matrix = pd.DataFrame(values)
        names = [f"c{i + 1}" for i in range(max(matrix.shape))]
        matrix.index, matrix.columns = names[: len(matrix)], names[: matrix.shape[1]]
    table = matrix.set_axis([_clean(name) for name in matrix.index], axis=0)
    table = table.set_axis([_clean(name) for name in matrix.columns], axis=1)
    if table.shape[0] != table.shape[1] or table.empty:
        return table, [f"found {table.shape[0]} rows and {table.shape[1]} columns; allowed: a square table"]
    faults = [f"row {name!r} stands twice" for name in table.index[table.index.duplicated()]]
    faults += [f"column {name!r} stands twice" for name in table.columns[table.columns.duplicated()]]
    faults += [
        f"row {name!r} has no column of that name" for name in table.index if name not in table.columns
    ]
    faults += [
        f"column {name!r} has no row of that name" for name in table.columns if name not in table.index
    ]
    return (table, faults) if faults else (table.loc[:, list(table.index)], [])


def _pairs_table(pairs: Mapping[Any, Any]) -> tuple[pd.DataFrame, list[str]]:
    bad = [key for key in pairs if not (isinstance(key, tuple) and len(key) == 2)]
    if bad or not pairs:
        found = f"the key {bad[0]!r}" if bad else "nothing"
        return pd.DataFrame(), [f"found {found}; allowed: pairs of names, {{(a, b): ratio}}"]
    names = list(dict.fromkeys(_clean(name) for pair in pairs for name in pair))
    table = pd.DataFrame(np.nan, index=names, columns=names, dtype=object)
    for (one, other), ratio in pairs.items():
        table.loc[_clean(one), _clean(other)] = ratio
    return table, []


def _clean(name: object) -> str:
    return unicodedata.normalize("NFC", str(name)).strip()


def _numbers(table: pd.DataFrame, largest: float | None) -> tuple[pd.DataFrame, list[str]]:
    plain = all(pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes)
    numbers = (table if plain else table.apply(pd.to_numeric, errors="coerce")).astype(float)
    values = numbers.to_numpy()
    end = np.inf if largest is None else largest * (1 + PLAY)
    with np.errstate(invalid="ignore"):
        sound = (values >= 1 / end) & (values <= end) & np.isfinite(values) & (values > 0)
    np.fill_diagonal(sound, np.abs(values.diagonal() - 1) <= 1e-9)
    faults = [
        f"{_cell(table, int(i), int(j))}: {_fault(table.iat[i, j], values[i, j], bool(i == j), largest)}"
        for i, j in np.argwhere(~sound & ~(np.isnan(values) & table.isna().to_numpy()))
    ]
    return numbers, faults


def _fault(raw: object, number: float, on_diagonal: bool, largest: float | None) -> str:
    if np.isnan(number):
        return f"found {raw!r}; allowed: a positive number, blank for no opinion"
    if on_diagonal:
        return f"found {number:g}; allowed: 1 on the diagonal; put 1 or leave it blank"
    if number == 0:
        return "found 0; allowed: a positive number; no opinion is blank, equal is 1"
    if number < 0 or np.isinf(number):
        return f"found {number:g}; allowed: a positive number (row against column)"
    return (
        f"found {number:g}; allowed: 1/{largest:g} to {largest:g}; a slip of the finger? "
        "Where it is meant, say largest=None"
    )


def _mirrored(numbers: pd.DataFrame, tolerance: float) -> tuple[pd.DataFrame, list[str]]:
    values = numbers.to_numpy(copy=True)
    faults = []
    for row, column in combinations(range(len(values)), 2):
        one, other = values[row, column], values[column, row]
        if not (np.isnan(one) or np.isnan(other)) and abs(one * other - 1) > tolerance + 1e-9:
            places = f"{_cell(numbers, row, column)} and {_cell(numbers, column, row)}"
            faults.append(
                f"{places}: found {one:g} and {other:g}, whose product is {one * other:g}; allowed: "
                f"inverses of each other; put {1 / one:.6g} for the second, or leave one of the two blank"
            )
        elif np.isnan(one) or other >= 1 > one or other > one >= 1:
            values[row, column] = 1 / other
        else:
            values[column, row] = 1 / one
    np.fill_diagonal(values, 1.0)
    return pd.DataFrame(values, index=numbers.index, columns=numbers.columns), faults


def _cell(table: pd.DataFrame, row: int, column: int) -> str:
    return f"row {table.index[row]!r}, column {table.columns[column]!r}"


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
