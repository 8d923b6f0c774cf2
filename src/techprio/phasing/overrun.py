r"""The least by which soft limits must be passed.

Soft limits enter a plan as limits. Only where no plan keeps them, the least overrun is sought first,

.. math:: \min \sum_g o_g, \qquad \text{use}_r \le \text{limit}_r + o_{g(r)},

one amount for all years whose money counts together, people before money; the limits are then capped there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from techprio.errors import InfeasibleError
from techprio.phasing.highs import NO_PLAN_YET, solve_rows
from techprio.phasing.lists import list_schedule
from techprio.phasing.model import Name, PhasingModel
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]
ROOM = 1e-6  # on top of a cap, for the tolerance of the solver


@dataclass(frozen=True)
class Overrun:
    """By how much each group of soft limits is passed, and the limits with that on top.

    Parameters
    ----------
    amounts : dict of Name to float
        By group; empty when the limits can be kept.
    model, rows
        With capped limits.
    is_proved : bool
        Whether no less does; False where a search stopped.
    """

    amounts: dict[Name, float]
    model: PhasingModel
    rows: Rows
    is_proved: bool = True


def cap_soft_limits(
    model: PhasingModel, rows: Rows, groups: Mapping[Name, Name], *, node_limit: int, time_limit: float
) -> Overrun | None:
    """Raise soft limits by the least that lets a plan exist; None where the hard ones allow none.

    Parameters
    ----------
    model, rows
        With the soft limits as rows.
    groups : mapping of Name to Name
        Group of each soft limit; its first word is ``"staff"`` or ``"budget"``.

    Raises
    ------
    InfeasibleError
        The search stopped before it found a plan.
    """
    if _can_be_kept(model, rows):
        return Overrun({}, model, rows)
    amounts: dict[Name, float] = {}
    is_proved = True
    order = list(dict.fromkeys(groups.values()))
    for kind in ("staff", "budget"):
        sought = [group for group in order if group[0] == kind]
        if not sought:
            continue
        later = [group for group in order if group[0] == "budget"] if kind == "staff" else []
        extended = _with_amounts(rows, groups, [*sought, *later], amounts)
        cost = np.zeros(extended.matrix.shape[1])
        cost[len(rows.cost) : len(rows.cost) + len(sought)] = -1.0
        solved = solve_rows(extended, cost=cost, gap=1e-6, node_limit=node_limit, time_limit=time_limit)
        if solved.status == "infeasible":
            return None
        if solved.solution is None:
            raise InfeasibleError(NO_PLAN_YET)
        is_proved &= solved.status == "optimal"
        passed = solved.solution[len(rows.cost) : len(rows.cost) + len(sought)]
        amounts |= {
            group: float(amount) for group, amount in zip(sought, passed, strict=True) if amount > ROOM
        }
    return Overrun(amounts, *_capped(model, rows, groups, amounts), is_proved)


def _can_be_kept(model: PhasingModel, rows: Rows) -> bool:
    """Whether a list schedule keeps all limits, the soft ones too; False does not say that no plan does."""
    starts = list_schedule(model, -model.gain.max(axis=1, initial=0.0), np.ones(len(model.ids), dtype=bool))
    activity = rows.matrix @ rows.solution(starts)
    return not model.violations(starts) and bool(
        ((activity <= rows.upper + ROOM) & (activity >= rows.lower - ROOM)).all()
    )


def _with_amounts(
    rows: Rows, groups: Mapping[Name, Name], sought: Sequence[Name], settled: Mapping[Name, float]
) -> Rows:
    """Add a column for each group that may be passed; groups that are settled are capped."""
    column = {group: place for place, group in enumerate(sought)}
    upper = rows.upper.copy()
    entries = []
    for row, name in enumerate(rows.names):
        group = groups.get(name)
        if group in column:
            entries.append((row, column[group]))
        elif group is not None and group in settled:
            upper[row] += settled[group] + ROOM
    extra = sparse.coo_matrix(
        (-np.ones(len(entries)), ([row for row, _ in entries], [place for _, place in entries])),
        shape=(len(rows.names), len(sought)),
    )
    return replace(
        rows,
        matrix=sparse.hstack([rows.matrix, extra]).tocsr(),
        cost=np.append(rows.cost, np.zeros(len(sought))),
        upper=upper,
        amounts=len(sought),
    )


def _capped(
    model: PhasingModel, rows: Rows, groups: Mapping[Name, Name], amounts: Mapping[Name, float]
) -> tuple[PhasingModel, Rows]:
    def on_top(name: Name) -> float:
        amount = amounts.get(groups.get(name, ()), 0.0)
        return amount + ROOM * (1 + abs(amount)) if amount else 0.0

    capacity = model.capacity + np.array([on_top(name) for name in model.limits])
    upper = rows.upper + np.array([on_top(name) for name in rows.names])
    return replace(model, capacity=capacity), replace(rows, upper=upper)
