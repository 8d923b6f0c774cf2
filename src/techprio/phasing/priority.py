r"""Rank classes: what a place among the first of a sector is worth to the plan.

The weight of a technology is its expected class, :math:`\sum_c w_c \, P(\text{rank in } c)`, from the draws
of its ranking, rounded to one decimal so that no digit that nobody can defend moves a plan. Classes and
weights are a stated policy of the study, not an estimate: by default 8 for ranks 1 to 4, 3 for 5 to 8,
1 beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from techprio.model.limits import RANK_CLASSES, RankClass
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]


def class_of_ranks(
    ranks: NDArray[np.int64], classes: Sequence[RankClass] = RANK_CLASSES
) -> NDArray[np.int64]:
    """Return the number of the class of each rank."""
    bounds = np.array([one.up_to for one in classes if one.up_to is not None], dtype=float)
    return np.searchsorted(bounds, np.asarray(ranks, dtype=float), side="left")


def expected_weights(index: Array, classes: Sequence[RankClass] = RANK_CLASSES) -> Array:
    """Return the expected class weight of each alternative, rounded to one decimal.

    Parameters
    ----------
    index : array (alternatives, ranks)
        Rank acceptability: the probability of each rank; rows sum to 1.
    classes : sequence of RankClass
    """
    of_rank = class_of_ranks(np.arange(1, index.shape[1] + 1), classes)
    weight = np.array([one.weight for one in classes])[of_rank]
    return np.round(index @ weight, 1)


def drawn_weights(scores: Array, classes: Sequence[RankClass] = RANK_CLASSES) -> Array:
    """Return the class weight of each alternative in each draw, shape (draws, m), from drawn scores."""
    ranks = 1 + (-scores).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return np.array([one.weight for one in classes])[class_of_ranks(ranks, classes)]


@dataclass(frozen=True)
class ClassCount:
    """How many of a class are operational by the end of a phase.

    Parameters
    ----------
    members, by_windows : int
        Of the class, and of these the ones whose windows allow it.
    reached : int
        In the plan.
    most : int
        No plan that keeps the limits has more.
    is_proved : bool
        Whether a plan has that many.
    """

    members: int
    by_windows: int
    reached: int
    most: int
    is_proved: bool


def count_class(
    model: PhasingModel,
    rows: Rows,
    starts: NDArray[np.int64],
    members: Sequence[int],
    last_start: NDArray[np.int64],
    *,
    node_limit: int,
    time_limit: float,
) -> ClassCount:
    """Count a class by the end of a phase, beside the proven maximum: a small integer programme of its own.

    Parameters
    ----------
    members : sequence of int
    last_start : array (technologies,)
        Last period whose start is operational by the end of the phase; -1 for none.
    """
    cost = _counting(model, rows, members, last_start)
    possible = int(cost.sum())
    reached = sum(0 <= starts[i] <= last_start[i] for i in members)
    if reached == possible:
        return ClassCount(len(members), possible, reached, possible, True)
    solved = solve_rows(rows, cost=cost, absolute_gap=0.9, node_limit=node_limit, time_limit=time_limit)
    most = possible if solved.solution is None else int(np.floor(solved.bound + 1e-6))
    found = reached if solved.solution is None else round(float(cost @ solved.solution))
    return ClassCount(len(members), possible, reached, max(most, reached), max(found, reached) >= most)


def _counting(
    model: PhasingModel, rows: Rows, members: Sequence[int], last_start: NDArray[np.int64]
) -> Array:
    """Return the costs that count the members that have started in time."""
    cost = np.zeros(len(rows.cost))
    for i in members:
        last = min(int(last_start[i]), int(model.latest[i]))
        if rows.width[i] and last >= model.earliest[i]:
            cost[rows.first[i] + last - model.earliest[i]] = 1.0
    return cost


def with_most(
    model: PhasingModel,
    rows: Rows,
    groups: Sequence[tuple[Sequence[int], NDArray[np.int64]]],
    *,
    node_limit: int,
    time_limit: float,
) -> Rows:
    """Return rows that hold the greatest count of each group in turn (lexicographic maximum).

    Parameters
    ----------
    groups : sequence of (members, last start)
        The first is counted first; each later one among the plans that keep the counts before it.
    """
    for number, (members, last_start) in enumerate(groups):
        cost = _counting(model, rows, members, last_start)
        if not cost.any():
            continue
        solved = solve_rows(rows, cost=cost, absolute_gap=0.9, node_limit=node_limit, time_limit=time_limit)
        if solved.solution is None:
            return rows
        rows = replace(
            rows,
            matrix=sparse.vstack([rows.matrix, sparse.csr_matrix(cost[None, :])]).tocsr(),
            lower=np.append(rows.lower, float(round(float(cost @ solved.solution)))),
            upper=np.append(rows.upper, np.inf),
            names=(*rows.names, ("count", number)),
        )
    return rows
