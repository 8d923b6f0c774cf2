"""Tables that come in as data frames: their columns checked, their empty cells made None."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from techprio.errors import did_you_mean
from techprio.language import Text, text
from techprio.model.checks import Checks, as_written


def with_key(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return a table with its key as a column, also where the key stands in the index.

    Examples
    --------
    >>> with_key(pd.DataFrame({"cost": [2.0]}, index=["T1"]), "technology").columns.tolist()
    ['technology', 'cost']
    """
    if key in frame.columns:
        return frame.reset_index(drop=True)
    return frame.rename_axis(index=key).reset_index()


def check_columns(
    checks: Checks,
    columns: Iterable[object],
    *,
    needed: Sequence[str] = (),
    known: Sequence[str] = (),
    place: Text | str = "",
) -> None:
    """Note columns that are missing, that stand twice, or that no column is called."""
    there = list(columns)
    taken = list(dict.fromkeys([*needed, *known]))
    free = [str(name) for name in there if name not in taken]
    for name in needed:
        if name not in there:
            found = text("no such column; the table has {names}", names=", ".join(map(str, there)))
            near = did_you_mean(name, free)
            checks.add(_column(place, name), found, needed, near)
    for doubled in dict.fromkeys(name for name in there if there.count(name) > 1):
        found = text("{name} twice", name=str(doubled))
        checks.add(_column(place, doubled), found, text("each name once"))
    for name in free if known else ():
        checks.unknown(
            text("{noun}, {name}", noun=place, name=text("columns")) if place else text("columns"),
            name,
            taken,
        )


def _column(place: Text | str, name: object) -> Text:
    column = text("column {name}", name=repr(name))
    return text("{noun}, {name}", noun=place, name=column) if place else column


def read_rows(
    checks: Checks, frame: object, known: Sequence[str], *, key: str, needed: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return the rows of a table with every known column; a cell that is empty or not there is None.

    Parameters
    ----------
    checks : Checks
        Takes what is wrong with the table as a whole.
    frame : DataFrame
    known : sequence of str
        The columns that are taken.
    key : str
        The column that names each row; the index stands in where it is not there.
    needed : sequence of str
        Further columns that must be there.
    """
    if not isinstance(frame, pd.DataFrame):
        checks.add(text("the table"), as_written(frame), text("a DataFrame"))
        return []
    table = with_key(frame, key)
    check_columns(checks, table.columns, needed=(key, *needed), known=known)
    if checks.problems:
        return []
    records: list[dict[Hashable, Any]] = table.to_dict("records")
    empty = dict.fromkeys(known)
    return [empty | {str(name): none_if_empty(cell) for name, cell in row.items()} for row in records]


def none_if_empty(cell: Any) -> Any:
    """Return None for what stands for an empty cell, anything else as it is.

    Examples
    --------
    >>> [none_if_empty(cell) for cell in (float("nan"), pd.NA, " ", "x", 0)]
    [None, None, None, 'x', 0]
    """
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return None
    if isinstance(cell, str):
        return cell if cell.strip() else None
    return None if isinstance(cell, float) and cell != cell else cell


def check_parents(checks: Checks, parents: Mapping[str, str], root: str) -> None:
    """Note parents that are a slip of another name, or that lead back to the criterion itself."""
    named = [root, *parents, *dict.fromkeys(parents.values())]
    for name, parent in parents.items():
        place = text("criterion {name}, parent", name=repr(name))
        others = [one for one in dict.fromkeys(named) if one not in (parent, name)]
        if parent not in parents and parent != root and (near := did_you_mean(parent, others)):
            checks.add(place, repr(parent), text("a criterion with a row of its own"), near)
        above, seen = parent, {name}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above in seen:
            checks.add(place, repr(parent), text("a criterion that does not stand below it"))


def children_of(parents: Mapping[str, str], root: str) -> dict[str, list[str]]:
    """Return the children of each node; parents without a row stand under the root."""
    implied = [
        parent for parent in dict.fromkeys(parents.values()) if parent not in parents and parent != root
    ]
    children: dict[str, list[str]] = {}
    for name, parent in [*((name, root) for name in implied), *parents.items()]:
        children.setdefault(parent, []).append(name)
    return children
