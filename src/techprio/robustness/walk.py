"""Walk one weight from 0 to 1 and see where the order changes.

The other criteria keep their proportions. For methods that are linear in the weights the crossing
points are exact; for the others they are found as roots between the points of a fine grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.display.quantities import Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.language import Label, Language, resolve_language, text
from techprio.model.criteria import CriteriaTree
from techprio.model.ranking import Ranking
from techprio.model.weights import Weights
from techprio.ranking.order import rank_scores
from techprio.robustness.weight_change import Hierarchy, changed_weights, members_of, scores_at

if TYPE_CHECKING:
    from collections.abc import Mapping

Array = NDArray[np.float64]
GRID = 1001
_HALVINGS = 60
_EDGE = 1e-9
CROSSING = Quantity(
    "weight_at", text("Weight at the crossing"), text("Weight at which the two change places."), "weight"
)
PASSES = Quantity("above", text("Passes"), text("The alternative that is ahead at larger weights."))
PASSED = Quantity("below", text("Is passed"), text("The alternative that is ahead at smaller weights."))


@dataclass(frozen=True)
class WeightSensitivity(Result):
    """What happens while the weight of one node goes from 0 to 1.

    Parameters
    ----------
    node : str
    weight : float
        Of the node as it stands.
    scores : DataFrame
        Index is the weight of the node, columns are alternatives.
    crossings : DataFrame
        ``weight, below, above``: at this weight ``above`` passes ``below``; ``below`` is ahead at smaller
        weights, ``above`` at larger ones.
    leader_interval, top_interval : tuple of float
        Weights around the present one between which the leader stays first, the first ``top`` stay
        the first ``top``.
    top : int
    labels : mapping of str to Label
    """

    node: str
    weight: float
    scores: pd.DataFrame
    crossings: pd.DataFrame
    leader_interval: tuple[float, float]
    top_interval: tuple[float, float]
    top: int
    labels: Mapping[str, Label] = field(default_factory=dict)

    def to_frame(self) -> pd.DataFrame:
        """Return the crossings."""
        return self.crossings

    def plot(self, ax: Any = None, *, language: Language | None = None) -> Any:
        """Draw the scores over the weight."""
        from techprio.charts.weight_sensitivity import draw_weight_sensitivity

        return draw_weight_sensitivity(
            self.scores,
            node=self.node,
            weight=self.weight,
            crossings=self.crossings["weight"].tolist(),
            top=self.top,
            labels=self.labels,
            ax=ax,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return the table ``crossings``."""
        frame = self.crossings.assign(
            weight_at=self.crossings["weight"],
            above=with_names(self.crossings["above"], self.labels),
            below=with_names(self.crossings["below"], self.labels),
        )
        return tables_of(Table.from_frame("crossings", self._title(), [CROSSING, PASSES, PASSED], frame))

    def _summary(self) -> str:
        low, high = self.leader_interval
        crossings = f"{len(self.crossings)} crossings"
        return f"{self.node}, weight {self.weight:.3f}, leader from {low:.3f} to {high:.3f}, {crossings}"

    def _title(self) -> Words:
        return text("Walking the weight of {node} from 0 to 1", node=self.node)

    def _facts(self) -> tuple[Words, ...]:
        return (
            text("weight now: {weight}", weight=round(self.weight, 4)),
            text(
                "the leader stays first between {low} and {high}",
                low=round(float(self.leader_interval[0]), 4),
                high=round(float(self.leader_interval[1]), 4),
            ),
            text(
                "the first {top} stay the first {top} between {low} and {high}",
                top=self.top,
                low=round(float(self.top_interval[0]), 4),
                high=round(float(self.top_interval[1]), 4),
            ),
        )


def weight_sensitivity(
    ranking: Ranking, node: str, *, hierarchy: Hierarchy | None = None, top: int = 4
) -> WeightSensitivity:
    """Walk the weight of a criterion or head from 0 to 1, the others in proportion.

    Parameters
    ----------
    ranking : Ranking
    node : str
        A criterion, or a head when ``hierarchy`` is given.
    hierarchy : Weights, CriteriaTree or mapping, optional
    top : int
        The k of the top-k interval.

    Returns
    -------
    WeightSensitivity

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["X", "Y"])
    >>> ranking = tp.rank(table, [0.7, 0.3], tp.WeightedSum("none"), directions=["maximize"] * 2)
    >>> weight_sensitivity(ranking, "a").crossings.values.tolist()
    [[0.5, 'Y', 'X']]
    """
    members = members_of(node, ranking.matrix.criteria, hierarchy)
    weight = float(ranking.weights[members].sum())
    walk = _Walk(ranking, tuple(members))
    grid = np.linspace(0.0, 1.0, GRID)
    scores = walk.scores(grid)
    crossings = _crossings(walk, grid, scores)
    points = sorted({float(x) for x in crossings["weight"]})
    leaders = _first(walk, weight, 1)
    firsts = _first(walk, weight, top)
    return WeightSensitivity(
        node=node,
        weight=weight,
        scores=pd.DataFrame(scores, index=pd.Index(grid, name="weight"), columns=ranking.scores.index),
        crossings=crossings,
        leader_interval=_interval(walk, weight, points, leaders, 1),
        top_interval=_interval(walk, weight, points, firsts, top),
        top=top,
        labels={**_head_labels(hierarchy), **ranking.matrix.labels},
    )


def _head_labels(hierarchy: Hierarchy | None) -> Mapping[str, Label]:
    if isinstance(hierarchy, Weights):
        return hierarchy.labels
    if isinstance(hierarchy, CriteriaTree):
        return {name: criterion.label for name, criterion in hierarchy.by_id.items()}
    return {}


def stability_intervals(
    ranking: Ranking,
    *,
    nodes: Sequence[str] | None = None,
    hierarchy: Hierarchy | None = None,
    top: int = 4,
) -> pd.DataFrame:
    """Return for each weight how far it may move before the leader, or the first k, change.

    Parameters
    ----------
    ranking : Ranking
    nodes : sequence of str, optional
        Criteria and heads; default all criteria.
    hierarchy : Weights, CriteriaTree or mapping, optional
        Needed for heads.
    top : int

    Returns
    -------
    DataFrame
        One row a node: ``node, weight, leader_low, leader_high, top_low, top_high``.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> tp.robustness.stability_intervals(ranking, top=1).round(3).values.tolist()
    [['price', 0.6, 0.479, 1.0, 0.479, 1.0], ['range', 0.4, 0.0, 0.521, 0.0, 0.521]]
    """
    rows = []
    for node in ranking.matrix.criteria if nodes is None else nodes:
        walk = weight_sensitivity(ranking, node, hierarchy=hierarchy, top=top)
        rows.append((node, walk.weight, *walk.leader_interval, *walk.top_interval))
    columns = ["node", "weight", "leader_low", "leader_high", "top_low", "top_high"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True)
class _Walk:
    ranking: Ranking
    members: tuple[str, ...]

    def scores(self, at: Array) -> Array:
        return scores_at(self.ranking, changed_weights(self.ranking.weights, self.members, at))

    def ranks(self, at: float) -> Array:
        scores = self.scores(np.array([at]))[0]
        return rank_scores(scores, bounded=self.ranking.method.bounded).to_numpy()


def _crossings(walk: _Walk, grid: Array, scores: Array) -> pd.DataFrame:
    names = walk.ranking.scores.index
    turns = _turns(scores)
    weights = _roots(walk, turns, grid)
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


def _turns(scores: Array) -> _Turns:
    noise = 1e-13 * max(1.0, float(np.abs(scores).max()))
    found = []
    for first in range(scores.shape[1]):
        for second in range(first + 1, scores.shape[1]):
            difference = scores[:, first] - scores[:, second]
            kept = np.flatnonzero(np.abs(difference) > noise)
            signs = np.sign(difference[kept])
            found += [(first, second, kept[t], kept[t + 1]) for t in np.flatnonzero(signs[:-1] != signs[1:])]
    return _Turns(*np.array(found, dtype=np.intp).reshape(-1, 4).T)


def _roots(walk: _Walk, turns: _Turns, grid: Array) -> Array:
    """Find where the pairs are equal: exact on a straight line, else by halving, all pairs at once."""
    if not len(turns.first):
        return np.empty(0)
    left, right = grid[turns.low].copy(), grid[turns.high].copy()
    at_left, at_right = _gap(walk, turns, left), _gap(walk, turns, right)
    guess = left + (right - left) * at_left / (at_left - at_right)
    for _ in range(_HALVINGS):
        gap = _gap(walk, turns, guess)
        open_pairs = (np.abs(gap) > 1e-15) & (right - left > 1e-15)
        if not open_pairs.any():
            break
        before = (gap > 0) == (at_left > 0)
        left = np.where(open_pairs & before, guess, left)
        right = np.where(open_pairs & ~before, guess, right)
        guess = np.where(open_pairs, (left + right) / 2, guess)
    return guess


def _gap(walk: _Walk, turns: _Turns, at: Array) -> Array:
    scores, rows = walk.scores(at), np.arange(len(at))
    return np.asarray(scores[rows, turns.first] - scores[rows, turns.second], dtype=np.float64)


def _first(walk: _Walk, at: float, top: int) -> set[int]:
    return set(np.flatnonzero(walk.ranks(at) <= top).tolist())


def _interval(
    walk: _Walk, weight: float, points: Sequence[float], members: set[int], top: int
) -> tuple[float, float]:
    below = [p for p in points if p < weight - _EDGE]
    above = [p for p in points if p > weight + _EDGE]
    return (
        _reach(walk, weight, [*reversed(below), 0.0], members, top),
        _reach(walk, weight, [*above, 1.0], members, top),
    )


def _reach(walk: _Walk, weight: float, stops: Sequence[float], members: set[int], top: int) -> float:
    """Go from stop to stop as long as the members are still the first."""
    reached = weight
    for stop in stops:
        if not members <= _first(walk, (reached + stop) / 2, top):
            return reached
        reached = stop
    return reached
