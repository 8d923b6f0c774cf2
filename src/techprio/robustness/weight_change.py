"""Changing one weight, the others giving way; and where pairs of alternatives then change places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.criteria import CriteriaTree
from techprio.model.ranking import Ranking
from techprio.model.weights import Weights
from techprio.ranking.order import rank_scores, ranks_of_draws

Array = NDArray[np.float64]
_PAIRS = 1_000  # pairs of alternatives that are compared at once
_CELLS = 4_000_000  # scores that are made at once while crossings are found
_STEPS, _ROOT = 60, 1e-15
Hierarchy = Weights | CriteriaTree | Mapping[str, Sequence[str]]


def check_ranking(ranking: object) -> None:
    """Refuse what is no ranking, and name the call that makes one."""
    if not isinstance(ranking, Ranking):
        raise InputError.argument(
            "ranking",
            found=text("an object of type {type}", type=type(ranking).__name__),
            allowed=text("a Ranking"),
            proposal=text("rank first: tp.rank(table, weights, method)"),
        )


def members_of(node: str, criteria: Sequence[str], hierarchy: Hierarchy | None = None) -> list[str]:
    """Return the criteria under a node of the tree; a criterion is its own.

    Raises
    ------
    InputError
        A name that is neither a criterion nor a node, or the root (its weight is always 1).

    Examples
    --------
    >>> members_of("A", ["a", "b", "c"], {"root": ["A", "c"], "A": ["a", "b"]})
    ['a', 'b']
    """
    if node in criteria:
        return [node]
    tree = hierarchy.hierarchy if isinstance(hierarchy, Weights | CriteriaTree) else hierarchy or {}
    if node not in tree:
        known = list(dict.fromkeys([*criteria, *tree]))
        raise InputError.argument(
            "criterion",
            found=text("unknown criterion or head {name!r}", name=str(node)),
            allowed=tuple(map(str, known)),
            proposal=did_you_mean(str(node), known),
        )
    below = [leaf for child in tree[node] for leaf in _leaves(child, tree)]
    members = [name for name in below if name in criteria]
    if not members or len(members) == len(criteria):
        raise InputError(
            text(
                "the weight of {name!r} cannot change: it holds {count} of {all} criteria",
                name=node,
                count=len(members),
                all=len(criteria),
            )
        )
    return members


def _leaves(node: str, tree: Mapping[str, Sequence[str]]) -> list[str]:
    if node not in tree:
        return [node]
    return [leaf for child in tree[node] for leaf in _leaves(child, tree)]


def changed_weights(
    weights: pd.Series,
    members: Sequence[str],
    new: float | Sequence[float] | Array,
    *,
    others: Literal["in_proportion", "equally"] = "in_proportion",
) -> Array:
    """Return the weights with the members together at a new weight.

    Parameters
    ----------
    weights : Series, shape (n,)
        Sums to 1.
    members : sequence of str
        They keep their proportions among themselves.
    new : float or array, shape (k,)
        Weight of the members together.
    others : {"in_proportion", "equally"}
        How the other criteria give way; ``"equally"`` takes the same amount from each and needs
        them to be large enough.

    Returns
    -------
    array, shape (n,) or (k, n)
        Each sums to 1.

    Examples
    --------
    >>> changed_weights(pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}), ["a"], 0.0).tolist()
    [0.0, 0.6, 0.4]
    """
    at = np.atleast_1d(np.asarray(new, dtype=float))
    if not ((at >= 0) & (at <= 1)).all():
        raise InputError.argument("new", found=new, allowed=text("a weight, 0 to 1"))
    inside = weights.index.isin(members)
    base = weights.to_numpy(float)
    if others == "in_proportion":
        changed = _in_proportion(at, inside, _proportions(base[inside]), _proportions(base[~inside]))
    elif others == "equally":
        changed = np.empty((len(at), len(base)))
        changed[:, inside] = at[:, None] * _proportions(base[inside])
        changed[:, ~inside] = base[~inside] - (at[:, None] - base[inside].sum()) / (~inside).sum()
        if (changed < -1e-12).any():
            raise InputError(
                text(
                    "new weight {new}: taken equally from the others, it leaves one of them below 0",
                    new=repr(new),
                )
            )
        changed = np.clip(changed, 0.0, None)
    else:
        raise InputError.argument("others", found=others, allowed=("in_proportion", "equally"))
    return changed[0] if np.ndim(new) == 0 else changed


def _in_proportion(at: Array, inside: NDArray[np.bool_], own: Array, rest: Array) -> Array:
    """Return the weights of members together at new weights, shape (k, n), from proportions of both sides."""
    changed = np.empty((len(at), len(inside)))
    changed[:, inside] = at[:, None] * own
    changed[:, ~inside] = (1.0 - at[:, None]) * rest
    return changed


def _proportions(part: Array) -> Array:
    total = part.sum()
    return part / total if total > 0 else np.full(len(part), 1.0 / max(len(part), 1))


@validated
def change_weights(
    ranking: Ranking,
    criterion: str,
    changes: Sequence[float],
    *,
    hierarchy: Hierarchy | None = None,
    others: Literal["in_proportion", "equally"] = "in_proportion",
) -> pd.DataFrame:
    """Return the ranks after relative changes of one weight.

    Parameters
    ----------
    ranking : Ranking
    criterion : str
        A criterion, or a head when ``hierarchy`` is given.
    changes : sequence of float
        0.25 is a quarter more, -0.25 a quarter less; the weight never leaves 0..1.
    hierarchy : Weights, CriteriaTree or mapping, optional
    others : {"in_proportion", "equally"}

    Returns
    -------
    DataFrame of int, shape (m, len(changes))

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> tp.robustness.change_weights(ranking, "price", [-0.5, 0.0, 0.5]).loc["B"].tolist()
    [1, 3, 3]
    """
    check_ranking(ranking)
    members = members_of(criterion, ranking.matrix.criteria, hierarchy)
    now = float(ranking.weights[members].sum())
    if not len(changes):
        raise InputError.argument("changes", found=text("nothing"), allowed=text("a sequence of numbers"))
    at = np.clip([now * (1.0 + change) for change in changes], 0.0, 1.0)
    scores = scores_at(ranking, changed_weights(ranking.weights, members, at, others=others))
    return pd.DataFrame(
        {change: _ranks(ranking, row) for change, row in zip(changes, scores, strict=True)},
        index=ranking.scores.index,
    )


def scores_at(ranking: Ranking, weights: Array) -> Array:
    """Score the matrix of a ranking under other weights, shape (k, m)."""
    found = ranking.method(ranking.matrix.values.to_numpy(), weights, ranking.matrix.signs)
    return np.asarray(found, dtype=np.float64)


def _ranks(ranking: Ranking, scores: Array) -> Array:
    return rank_scores(scores, bounded=ranking.method.bounded).to_numpy()


@dataclass(frozen=True)
class Walk:
    """Scores over the common weight of some criteria; what does not depend on weights is prepared once."""

    ranking: Ranking
    members: tuple[str, ...]
    score: Callable[[Array], Array]

    def scores(self, at: Array) -> Array:
        """Return the scores at each weight, shape (len(at), m)."""
        return np.asarray(self.score(_in_proportion(at, *self._sides)), dtype=np.float64)

    @cached_property
    def weight(self) -> float:
        """Their common weight as it stands."""
        return float(self.ranking.weights.to_numpy(float)[self._places].sum())

    @cached_property
    def _places(self) -> list[int]:
        places = {name: place for place, name in enumerate(self.ranking.weights.index)}
        return [places[name] for name in self.members]

    @cached_property
    def _sides(self) -> tuple[NDArray[np.bool_], Array, Array]:
        """Which criteria are the members, with the proportions among them and among the others."""
        base = self.ranking.weights.to_numpy(float)
        inside = np.zeros(len(base), dtype=bool)
        inside[self._places] = True
        return inside, _proportions(base[inside]), _proportions(base[~inside])

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
    turns, weights = turning_points(walk, grid, scores, pairs)
    ahead = scores[turns.low, turns.first] > scores[turns.low, turns.second]
    frame = pd.DataFrame(
        {
            "weight": weights,
            "below": names[np.where(ahead, turns.first, turns.second)],
            "above": names[np.where(ahead, turns.second, turns.first)],
        }
    )
    return frame.sort_values("weight", kind="stable", ignore_index=True)


def line_crossings(walk: Walk, grid: Array, margins: Array) -> Array:
    """Return the weights at which some margin passes 0, where a walk gives margins in place of scores."""
    flat = replace(walk, score=lambda weights: _with_zero(np.asarray(walk.score(weights), dtype=np.float64)))
    count = margins.shape[1]
    pairs = np.stack([np.arange(count), np.full(count, count)])
    return turning_points(flat, grid, _with_zero(margins), pairs)[1]


def _with_zero(margins: Array) -> Array:
    return np.column_stack([margins, np.zeros(len(margins))])


def turning_points(walk: Walk, grid: Array, scores: Array, pairs: NDArray[np.intp]) -> tuple[Turns, Array]:
    """Return which pairs change places, and at which weights."""
    turns = _turns(scores, pairs)
    block = max(1, _CELLS // scores.shape[1])
    parts = [Turns(*(side[at : at + block] for side in turns)) for at in range(0, len(turns.low), block)]
    return turns, np.concatenate([np.empty(0), *(_roots(walk, part, grid) for part in parts)])


class Turns(NamedTuple):
    """Pairs of alternatives that change places between two points of the grid."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    low: NDArray[np.intp]
    high: NDArray[np.intp]


def _turns(scores: Array, pairs: NDArray[np.intp]) -> Turns:
    noise = 1e-13 * max(1.0, float(np.abs(scores).max()))
    by_alternative = np.ascontiguousarray(scores.T)
    found = []
    for start in range(0, pairs.shape[1], _PAIRS):
        first, second = pairs[:, start : start + _PAIRS]
        difference = by_alternative[first] - by_alternative[second]
        # Only a pair in which each is ahead somewhere can change places.
        both = (difference.max(axis=1) > noise) & (difference.min(axis=1) < -noise)
        first, second, difference = first[both], second[both], difference[both]
        differs = np.abs(difference) > noise
        ahead = difference > 0
        # Points where a pair is equal say nothing: the last point before them stands for them.
        last = np.maximum.accumulate(np.where(differs, np.arange(differs.shape[1]), -1), axis=1)
        before = last[:, :-1]
        was_ahead = np.take_along_axis(ahead, np.maximum(before, 0), axis=1)
        pair, low = np.nonzero(differs[:, 1:] & (before >= 0) & (ahead[:, 1:] != was_ahead))
        low, high = before[pair, low], low + 1
        found.append(np.stack([first[pair], second[pair], low, high]))
    return Turns(*np.concatenate([np.empty((4, 0), dtype=np.intp), *found], axis=1))


def _roots(walk: Walk, turns: Turns, grid: Array) -> Array:
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


def _gap(walk: Walk, turns: Turns, at: Array) -> Array:
    scores, rows = walk.scores(at), np.arange(len(at))
    return np.asarray(scores[rows, turns.first] - scores[rows, turns.second], dtype=np.float64)
