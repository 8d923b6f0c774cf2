"""How the weights of a panel answer to one judgment that is a step weaker or stronger than stated.

A judgment on Saaty's scale is a step of it: 3 may have been meant as 2 or as 4, and 1 as a half or as 2. The
weights of the panel are computed again with that one judgment at points of its range, all others as stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.model.judgments import Judgments
from techprio.model.weights import Weights
from techprio.weighting.answers import LARGEST_STRENGTH
from techprio.weighting.group import ExpertPanel, NodeAnswers, spread_down
from techprio.weighting.priorities import least_squares_weights, priority_method

Array = NDArray[np.float64]
#: Equally likely points of a judgment between its ends.
POINTS = 20


class JudgmentResponses(NamedTuple):
    """Each judgment with its range, and the weights of the panel over that range.

    Attributes
    ----------
    table : DataFrame
        ``expert, group, node, preferred, other, low, value, high``: ratios of the preferred to the other.
    weights : array, shape (judgments, POINTS + 2, n)
        Overall weights at equally likely points of the triangle of low, value and high; the last two are
        those of its ends.
    stated : array, shape (n,)
        With every judgment as stated.
    """

    table: pd.DataFrame
    weights: Array
    stated: Array


def judgment_responses(
    weights: Weights, judgments: Judgments, *, steps: float = 1.0
) -> JudgmentResponses | None:
    """Return the weights over the range of every judgment of a panel; None without one."""
    panel = weights.panel
    if not isinstance(panel, ExpertPanel):
        return None
    experts = {name: place for place, name in enumerate(weights.group_of)}
    everyone = np.ones(len(experts))
    stated = {node: panel.local(node, everyone) for node in panel.nodes}
    tables, responses = [], []
    statements = judgments.statements
    for node, said in panel.nodes.items():
        items = {name: place for place, name in enumerate(panel.hierarchy[node])}
        rows = statements[(statements["node"] == node) & statements["expert"].isin(experts)]
        rows = rows[rows["preferred"].isin(items) & rows["other"].isin(items)]
        if len(items) < 2 or not len(rows):
            continue
        low, value, high = _range(rows["strength"].to_numpy(dtype=float), steps)
        ratios = _ratio(_points(low, value, high))
        places = np.column_stack(
            [rows["expert"].map(experts), rows["preferred"].map(items), rows["other"].map(items)]
        )
        votes = panel.members.votes(said.answered, everyone)
        local = np.array(
            [_local(said, votes, place, row, panel) for place, row in zip(places, ratios, strict=True)]
        )
        whole = {
            other: np.broadcast_to(known, (*local.shape[:2], len(known))) for other, known in stated.items()
        }
        responses.append(spread_down(panel.hierarchy, {**whole, node: local}))
        tables.append(
            rows[["expert", "group", "node", "preferred", "other"]].assign(
                low=_ratio(low), value=_ratio(value), high=_ratio(high)
            )
        )
    if not tables:
        return None
    overall = spread_down(panel.hierarchy, stated)
    return JudgmentResponses(pd.concat(tables, ignore_index=True), np.concatenate(responses), overall)


def _range(strengths: Array, steps: float) -> tuple[Array, Array, Array]:
    """Return steps from equal: 0 is equal, 2 is three times, -1 is half."""
    value = strengths - 1.0
    most = np.maximum(value, LARGEST_STRENGTH - 1.0)
    return value - steps, value, np.minimum(value + steps, most)


def _points(low: Array, value: Array, high: Array) -> Array:
    """Return equally likely points of each triangle, and its two ends, shape (judgments, POINTS + 2)."""
    shares = (np.arange(POINTS) + 0.5) / POINTS
    low, value, high = low[:, None], value[:, None], high[:, None]
    rising = low + np.sqrt(shares * (high - low) * (value - low))
    falling = high - np.sqrt((1 - shares) * (high - low) * (high - value))
    inside = np.where(shares < (value - low) / (high - low), rising, falling)
    return np.hstack([inside, low, high])


def _ratio(steps: Array) -> Array:
    return np.where(steps >= 0, 1.0 + np.abs(steps), 1.0 / (1.0 + np.abs(steps)))


def _local(said: NodeAnswers, votes: Array, place: Array, ratios: Array, panel: ExpertPanel) -> Array:
    """Return the local weights of the panel where one expert answers one pair otherwise, (points, n)."""
    expert, one, other = map(int, place)
    if panel.aggregate in ("judgments", "pairs"):
        known = ~np.isnan(said.completed[:, one, other])
        share = votes[expert] / float(votes @ known) if known[expert] else 0.0
        moved = np.repeat(said.pool_ratios(votes)[None], len(ratios), axis=0)
        factor = (ratios / said.completed[expert, one, other]) ** share if share else np.ones(len(ratios))
        moved[:, one, other] *= factor
        moved[:, other, one] /= factor
        return least_squares_weights(moved) if np.isnan(moved).any() else priority_method(panel.method)(moved)
    own = np.repeat(said.completed[expert][None], len(ratios), axis=0)
    own[:, one, other], own[:, other, one] = ratios, 1.0 / ratios
    return np.stack(list(_pooled(said, votes, expert, priority_method(panel.method)(own), panel)))


def _pooled(said: NodeAnswers, votes: Array, expert: int, own: Array, panel: ExpertPanel) -> Iterator[Array]:
    for priorities in own:
        local = said.local.copy()
        local[expert] = priorities
        changed = NodeAnswers(said.answered, said.joined, local, said.completed)
        yield changed.pool(votes, panel.aggregate, panel.method)
