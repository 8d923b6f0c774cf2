r"""Rank classes: what a place among the first of a sector is worth to the plan.

The weight of a technology is its expected class, :math:`\sum_c w_c \, P(\text{rank in } c)`, from the draws
of its ranking, rounded to one decimal so that no digit that nobody can defend moves a plan. Classes and
weights are a stated policy of the study, not an estimate: by default 8 for ranks 1 to 4, 3 for 5 to 8,
1 beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.model.limits import RANK_CLASSES, RankClass
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import Rows

Array = NDArray[np.float64]


def class_of_ranks(
    ranks: NDArray[np.int64], classes: Sequence[RankClass] = RANK_CLASSES
) -> NDArray[np.int64]:
    """Return the number of the class of each rank."""
    bounds = np.array([np.inf if one.up_to is None else one.up_to for one in classes])
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
    cost = np.zeros(len(rows.cost))
    possible = 0
    for i in members:
        last = min(int(last_start[i]), int(model.latest[i]))
        if rows.width[i] and last >= model.earliest[i]:
            cost[rows.first[i] + last - model.earliest[i]] = 1.0
            possible += 1
    reached = sum(0 <= starts[i] <= last_start[i] for i in members)
    if reached == possible:
        return ClassCount(len(members), possible, reached, possible, True)
    solved = solve_rows(rows, cost=cost, absolute_gap=0.9, node_limit=node_limit, time_limit=time_limit)
    most = possible if solved.solution is None else int(np.floor(solved.bound + 1e-6))
    found = reached if solved.solution is None else round(float(cost @ solved.solution))
    return ClassCount(len(members), possible, reached, max(most, reached), max(found, reached) >= most)
