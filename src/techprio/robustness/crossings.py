"""Where pairs of alternatives change places while the common weight of some criteria goes from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.model.ranking import Ranking
from techprio.ranking.order import ranks_of_draws
from techprio.robustness.weight_change import changed_weights

Array = NDArray[np.float64]
_PAIRS = 1_000  # pairs of alternatives that are compared at once
_CELLS = 4_000_000  # scores that are made at once while crossings are found
_STEPS, _ROOT = 60, 1e-15


@dataclass(frozen=True)
class Walk:
    """Scores over the common weight of some criteria; what does not depend on weights is prepared once."""

    ranking: Ranking
    members: tuple[str, ...]
    score: Callable[[Array], Array]

    def scores(self, at: Array) -> Array:
        """Return the scores at each weight, shape (len(at), m)."""
        weights = changed_weights(self.ranking.weights, self.members, at)
        return np.asarray(self.score(weights), dtype=np.float64)

    def ranks(self, at: Array) -> NDArray[np.intp]:
        """Return the ranks at each weight, shape (len(at), m)."""
        return ranks_of_draws(self.scores(at), bounded=self.ranking.method.bounded)


def prepared(ranking: Ranking) -> Callable[[Array], Array]:
    """Return the scores of a ranking as a function of its weights."""
    return ranking.method.prepared(ranking.matrix.values.to_numpy(), ranking.matrix.signs)


def crossings_of(walk: Walk, grid: Array, scores: Array, pairs: NDArray[np.intp]) -> pd.DataFrame:
    """Find where pairs change places, between the points of a grid.

    Parameters
    ----------
    walk : Walk
    grid : array (points,)
    scores : array (points, alternatives)
        At the points of the grid.
    pairs : array (2, pairs)
        Numbers of the alternatives that are compared.

    Returns
    -------
    DataFrame
        Columns ``weight, below, above``, by weight.
    """
    names = walk.ranking.scores.index
    turns = _turns(scores, pairs)
    block = max(1, _CELLS // scores.shape[1])
    parts = [_Turns(*(side[at : at + block] for side in turns)) for at in range(0, len(turns.low), block)]
    weights = np.concatenate([np.empty(0), *(_roots(walk, part, grid) for part in parts)])
    ahead = scores[turns.low, turns.first] > scores[turns.low, turns.second]
    frame = pd.DataFrame(
        {
            "weight": weights,
            "below": names[np.where(ahead, turns.first, turns.second)],
            "above": names[np.where(ahead, turns.second, turns.first)],
        }
    )
    return frame.sort_values("weight", kind="stable", ignore_index=True)


class _Turns(NamedTuple):
    """Pairs of alternatives that change places between two points of the grid."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    low: NDArray[np.intp]
    high: NDArray[np.intp]


def _turns(scores: Array, pairs: NDArray[np.intp]) -> _Turns:
    noise = 1e-13 * max(1.0, float(np.abs(scores).max()))
    by_alternative = np.ascontiguousarray(scores.T)
    found = []
    for start in range(0, pairs.shape[1], _PAIRS):
        first, second = pairs[:, start : start + _PAIRS]
        difference = by_alternative[first] - by_alternative[second]
        differs = np.abs(difference) > noise
        ahead = difference > 0
        # Points where a pair is equal say nothing: the last point before them stands for them.
        last = np.maximum.accumulate(np.where(differs, np.arange(differs.shape[1]), -1), axis=1)
        before = last[:, :-1]
        was_ahead = np.take_along_axis(ahead, np.maximum(before, 0), axis=1)
        pair, low = np.nonzero(differs[:, 1:] & (before >= 0) & (ahead[:, 1:] != was_ahead))
        low, high = before[pair, low], low + 1
        found.append(np.stack([first[pair], second[pair], low, high]))
    return _Turns(*np.concatenate([np.empty((4, 0), dtype=np.intp), *found], axis=1))


def _roots(walk: Walk, turns: _Turns, grid: Array) -> Array:
    """Find where the pairs are equal, all pairs at once: the Illinois form of false position.

    A straight line is met in one step; elsewhere the bracket always holds the root.

    References
    ----------
    Dowell, M. and Jarratt, P. (1971). A modified regula falsi method for computing the root of an
    equation. BIT 11, 168-174.
    """
    if not len(turns.first):
        return np.empty(0)
    left, right = grid[turns.low].copy(), grid[turns.high].copy()
    at_left, at_right = _gap(walk, turns, left), _gap(walk, turns, right)
    side = np.zeros(len(left), dtype=np.int64)
    guess = left + (right - left) * at_left / (at_left - at_right)
    for _ in range(_STEPS):
        gap = _gap(walk, turns, guess)
        open_pairs = (np.abs(gap) > _ROOT) & (right - left > _ROOT)
        if not open_pairs.any():
            break
        before = open_pairs & ((gap > 0) == (at_left > 0))
        behind = open_pairs & ~before
        at_right = np.where(before & (side == 1), at_right / 2, at_right)
        at_left = np.where(behind & (side == -1), at_left / 2, at_left)
        left, at_left = np.where(before, guess, left), np.where(before, gap, at_left)
        right, at_right = np.where(behind, guess, right), np.where(behind, gap, at_right)
        side = np.where(before, 1, np.where(behind, -1, side))
        guess = np.where(open_pairs, left + (right - left) * at_left / (at_left - at_right), guess)
    return guess


def _gap(walk: Walk, turns: _Turns, at: Array) -> Array:
    scores, rows = walk.scores(at), np.arange(len(at))
    return np.asarray(scores[rows, turns.first] - scores[rows, turns.second], dtype=np.float64)
