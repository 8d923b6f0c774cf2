"""Limits that no plan can keep: the smallest clashing set, by name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from techprio.phasing.highs import solve_rows
from techprio.phasing.model import Name, PhasingModel
from techprio.phasing.rows import Rows, build_rows

SECONDS = 5.0  # for each question whether a plan exists
ALWAYS = ("once", "bundle")


def clashing_set(model: PhasingModel) -> tuple[Name, ...]:
    """Return a set of limits and rules that clash, none of which can be left out of it.

    Rules are dropped one after the other; what can be dropped while the rest still clashes is no
    part of the set.
    """
    rows = build_rows(model)
    names = list(dict.fromkeys(name for name in rows.names if name[0] not in ALWAYS))
    kept = _reduced(rows, names, _chunk(len(names)))
    return tuple(_reduced(rows, kept, 1))


def _chunk(count: int) -> int:
    return max(1, int(np.sqrt(count)))


def _reduced(rows: Rows, names: Sequence[Name], size: int) -> list[Name]:
    kept = list(names)
    for begin in range(0, len(names), size):
        part = set(names[begin : begin + size])
        rest = [name for name in kept if name not in part]
        if _clashes(rows, set(rest)):
            kept = rest
    return kept


def _clashes(rows: Rows, names: set[Name]) -> bool:
    chosen = np.array([name in names or name[0] in ALWAYS for name in rows.names], dtype=bool)
    part = Rows(
        matrix=rows.matrix[chosen],
        lower=rows.lower[chosen],
        upper=rows.upper[chosen],
        names=tuple(name for name, keep in zip(rows.names, chosen, strict=True) if keep),
        cost=np.zeros_like(rows.cost),
        first=rows.first,
        width=rows.width,
        earliest=rows.earliest,
    )
    return solve_rows(part, time_limit=SECONDS, gap=1.0).status == "infeasible"


def say_name(name: Name) -> str:
    """Say the name of a limit or rule."""
    if name[0] == "prerequisite":
        return f"{name[1]} needs {name[2]}"
    if name[0] == "exclusive":
        return "only one of " + ", ".join(map(str, name[1:]))
    return " ".join(map(str, name))
