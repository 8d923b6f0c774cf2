"""One weight at a time from 0 to 1: where the order changes, and how far the weight may move.

The other criteria keep their proportions. For methods that are linear in the weights the crossing
points are exact; for the others they are found as roots between the points of a fine grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import check_count, validated
from techprio.display.quantities import Quantity, Table, Words, with_names
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.criteria import CriteriaTree
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.run import LEADER_HIGH, LEADER_LOW, TOP_HIGH, TOP_LOW
from techprio.model.scale import CRITERION
from techprio.model.weights import WEIGHT, Weights
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.weight_change import (
    Hierarchy,
    Walk,
    check_ranking,
    crossings_of,
    line_crossings,
    members_of,
    prepared,
    turning_points,
)

Array = NDArray[np.float64]
GRID = 1001
_EDGE = 1e-9
INTERVAL_COLUMNS = ["criterion", "weight", "leader_low", "leader_high", "top_low", "top_high"]
CROSSING_COLUMNS = ["criterion", "weight", "below", "above"]
CROSSING = Quantity(
    "weight_at", text("Weight at the crossing"), text("Weight at which the two change places."), "weight"
)
PASSES = Quantity("above", text("Passes"), text("The alternative that is ahead at larger weights."))
PASSED = Quantity("below", text("Is passed"), text("The alternative that is ahead at smaller weights."))


@dataclass(frozen=True)
class WeightSensitivity(Result):
    """What happens while the weight of one criterion at a time goes from 0 to 1.

    Parameters
    ----------
    table : DataFrame
        One row a criterion or head: ``criterion, weight, leader_low, leader_high, top_low, top_high``:
        its weight as it stands, and the weights around it between which the leader stays first and the
        first ``top`` stay the first ``top``.
    crossings : DataFrame
        ``criterion, weight, below, above``: at this weight ``above`` passes ``below``; ``below`` is ahead
        at smaller weights, ``above`` at larger ones.
    ranking : Ranking
        What the weights were changed in.
    members : mapping of str to tuple of str
        The criteria that move together under each name; a criterion moves alone.
    top : int
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> ranking = tp.rank(cars, [0.6, 0.4], tp.Topsis("minmax"), directions=["min", "max"])
    >>> tp.weight_sensitivity(ranking, "price", top=1)
    WeightSensitivity(1 criterion, first 1, 2 crossings)
    """

    table: pd.DataFrame
    crossings: pd.DataFrame
    ranking: Ranking = field(repr=False)
    members: Mapping[str, tuple[str, ...]]
    top: int
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return ``criterion, weight, leader_low, leader_high, top_low, top_high``, a row a criterion."""
        return self.table.copy()

    def scores(self, criterion: str | None = None) -> pd.DataFrame:
        """Return the scores over the weight of one criterion.

        Parameters
        ----------
        criterion : str, optional
            Needed where there are several.

        Returns
        -------
        DataFrame, shape (1001, m)
            Index is the weight, columns are alternatives.

        Raises
        ------
        InputError
            A criterion that was not changed, or none named where there are several.
        """
        name = self._one(criterion)
        grid = np.linspace(0.0, 1.0, GRID)
        scores = Walk(self.ranking, self.members[name], prepared(self.ranking)).scores(grid)
        index = pd.Index(grid, name="weight")
        return pd.DataFrame(scores, index=index, columns=self.ranking.scores.index)

    def plot(self, ax: Any = None, *, criterion: str | None = None, language: Language | None = None) -> Any:
        """Draw the scores over the weight of one criterion.

        Parameters
        ----------
        ax : Axes, optional
        criterion : str, optional
            Needed where there are several.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes
        """
        from techprio.charts.weight_sensitivity import draw_weight_sensitivity

        name = self._one(criterion)
        return draw_weight_sensitivity(
            self.scores(name),
            node=name,
            weight=float(self.table.set_index("criterion")["weight"][name]),
            crossings=self.crossings.loc[self.crossings["criterion"] == name, "weight"].tolist(),
            top=self.top,
            labels=self.labels,
            ax=ax,
            language=resolve_language(language),
        )

    def tables(self) -> dict[str, Table]:
        """Return the tables ``intervals`` and ``crossings``."""
        ends = [
            replace(end.fill(k=self.top), format="weight")
            for end in (LEADER_LOW, LEADER_HIGH, TOP_LOW, TOP_HIGH)
        ]
        intervals = self.table.assign(criterion=with_names(self.table["criterion"], self.labels))
        crossings = self.crossings.assign(
            criterion=with_names(self.crossings["criterion"], self.labels),
            weight_at=self.crossings["weight"],
            above=with_names(self.crossings["above"], self.labels),
            below=with_names(self.crossings["below"], self.labels),
        )
        columns = [CRITERION, CROSSING, PASSES, PASSED]
        return tables_of(
            Table.from_frame("intervals", self._title(), [CRITERION, WEIGHT, *ends], intervals),
            Table.from_frame("crossings", text("Where two change places"), columns, crossings),
        )

    def _one(self, criterion: str | None) -> str:
        names = list(self.members)
        if criterion is None and len(names) == 1:
            return names[0]
        if criterion is None or criterion not in self.members:
            raise InputError.argument("criterion", found=criterion, allowed=names)
        return criterion

    def _summary(self) -> str:
        count = len(self.table)
        criteria = "1 criterion" if count == 1 else f"{count} criteria"
        return f"{criteria}, first {self.top}, {len(self.crossings)} crossings"

    def _title(self) -> Words:
        return text("How far one weight may move, the others in proportion")


@validated
def weight_sensitivity(
    ranking: Ranking,
    criteria: str | Sequence[str] | None = None,
    *,
    hierarchy: Hierarchy | None = None,
    top: int = 4,
) -> WeightSensitivity:
    """Move one weight at a time from 0 to 1, the others in proportion, and see where the order changes.

    Parameters
    ----------
    ranking : Ranking
    criteria : str or sequence of str, optional
        Criteria, and heads when ``hierarchy`` is given; default all criteria.
    hierarchy : Weights, CriteriaTree or mapping, optional
        Where heads are looked up; a head moves with all its criteria.
    top : int
        The k of the first k.

    Returns
    -------
    WeightSensitivity

    Raises
    ------
    InputError
        No ranking, a name that is neither a criterion nor a head, or a ``top`` below 1.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["X", "Y"])
    >>> ranking = tp.rank(table, [0.7, 0.3], tp.WeightedSum("none"), directions=["max", "max"])
    >>> found = weight_sensitivity(ranking, "a", top=1)
    >>> found.crossings.values.tolist()
    [['a', 0.5, 'Y', 'X']]
    >>> found.to_frame()[["criterion", "weight", "leader_low", "leader_high"]].values.tolist()
    [['a', 0.7, 0.5, 1.0]]
    """
    check_ranking(ranking)
    check_count("top", top, least=1)
    members = _moved(ranking, criteria, hierarchy)
    rows, crossings, score = [], [], prepared(ranking)
    pairs, grid = np.stack(np.triu_indices(len(ranking.scores), k=1)), np.linspace(0.0, 1.0, GRID)
    for name, moved in members.items():
        walk = Walk(ranking, moved, score)
        crossed = crossings_of(walk, grid, walk.scores(grid), pairs)
        rows.append((name, walk.weight, *_intervals(walk, top, crossed["weight"].to_numpy(dtype=np.float64))))
        crossings.append(crossed.assign(criterion=name)[CROSSING_COLUMNS])
    return WeightSensitivity(
        table=pd.DataFrame(rows, columns=INTERVAL_COLUMNS),
        crossings=pd.concat(crossings, ignore_index=True),
        ranking=ranking,
        members=members,
        top=top,
        labels={**_head_labels(hierarchy), **ranking.matrix.labels},
        provenance=ranking.provenance,
    )


@validated
def stability_intervals(
    ranking: Ranking,
    criteria: str | Sequence[str] | None = None,
    *,
    hierarchy: Hierarchy | None = None,
    top: int = 4,
) -> pd.DataFrame:
    """Return the table of :func:`weight_sensitivity` alone, without the crossings.

    Only pairs that can change the leader or the first ``top`` are followed, so a thousand alternatives
    take seconds where all of their half million pairs take minutes.

    Parameters
    ----------
    ranking, criteria, hierarchy, top
        As for :func:`weight_sensitivity`.

    Returns
    -------
    DataFrame
        Columns ``criterion, weight, leader_low, leader_high, top_low, top_high``.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0]}, index=["X", "Y"])
    >>> ranking = tp.rank(table, [0.7, 0.3], tp.WeightedSum("none"), directions=["max", "max"])
    >>> stability_intervals(ranking, "a", top=1)[["leader_low", "leader_high"]].values.tolist()
    [[0.5, 1.0]]
    """
    check_ranking(ranking)
    score, grid, rows = prepared(ranking), np.linspace(0.0, 1.0, GRID), []
    for name, moved in _moved(ranking, criteria, hierarchy).items():
        walk = Walk(ranking, moved, score)
        _, crossings = turning_points(walk, grid, walk.scores(grid), _deciding(walk, top))
        rows.append((name, walk.weight, *_intervals(walk, top, crossings)))
    return pd.DataFrame(rows, columns=INTERVAL_COLUMNS)


def _moved(
    ranking: Ranking, criteria: str | Sequence[str] | None, hierarchy: Hierarchy | None
) -> dict[str, tuple[str, ...]]:
    given = ranking.matrix.criteria if criteria is None else criteria
    if not len(given):
        raise InputError.argument("criteria", found=text("nothing"), allowed=ranking.matrix.criteria)
    names = [given] if isinstance(given, str) else list(dict.fromkeys(given))
    return {name: tuple(members_of(name, ranking.matrix.criteria, hierarchy)) for name in names}


def _deciding(walk: Walk, top: int) -> NDArray[np.intp]:
    """Return the pairs of what is first, or among the first ``top``, as the weight stands and any other."""
    ranks = walk.ranks(np.array([walk.weight]))[0]
    first, second = np.triu_indices(len(ranks), k=1)
    ahead = ranks <= top
    chosen = (ahead[first] != ahead[second]) | (ranks[first] == 1) | (ranks[second] == 1)
    return np.stack([first[chosen], second[chosen]])


def profile_intervals(
    ranking: Ranking, criteria: Sequence[str], rule: PriorityRule, *, hierarchy: Hierarchy | None = None
) -> pd.DataFrame:
    """Return between which weights the same alternatives reach the reference profile.

    Parameters
    ----------
    ranking : Ranking
    criteria : sequence of str
        Criteria, and heads when ``hierarchy`` is given.
    rule : PriorityRule
        With a profile.
    hierarchy : Weights, CriteriaTree or mapping, optional

    Returns
    -------
    DataFrame
        Columns ``criterion, top_low, top_high``.
    """
    method, rows = rule.method(ranking.method, ranking.matrix), []
    margin = method.prepared(ranking.matrix.values.to_numpy(dtype=float), ranking.matrix.signs)
    grid = np.linspace(0.0, 1.0, GRID)
    for name, moved in _moved(ranking, criteria, hierarchy).items():
        walk = Walk(ranking, moved, margin)
        down, up, middles = _stops(walk.weight, line_crossings(walk, grid, walk.scores(grid)))
        inside = rule.inside(walk.scores(middles))
        rows.append((name, *_interval(down, up, np.all(inside[1:] == inside[0], axis=1))))
    return pd.DataFrame(rows, columns=["criterion", "top_low", "top_high"])


def _intervals(walk: Walk, top: int, crossings: Array) -> list[float]:
    """Return between which weights the leader, and the first ``top``, stay."""
    down, up, middles = _stops(walk.weight, crossings)
    ranks = walk.ranks(middles)
    intervals: list[float] = []
    for k in (1, top):
        first: NDArray[np.bool_] = ranks <= k
        intervals += _interval(down, up, np.all(first[1:, first[0]], axis=1))
    return intervals


def _stops(weight: float, crossings: Array) -> tuple[Array, Array, Array]:
    """Return the crossings down to 0 and up to 1, and the weight with the middles between them.

    The order between two crossings is that of their middle; all middles are scored together.
    """
    points = np.unique(crossings)
    down = np.array([weight, *points[points < weight - _EDGE][::-1], 0.0])
    up = np.array([weight, *points[points > weight + _EDGE], 1.0])
    return down, up, np.array([weight, *(down[:-1] + down[1:]) / 2, *(up[:-1] + up[1:]) / 2])


def _interval(down: Array, up: Array, stands: NDArray[np.bool_]) -> tuple[float, float]:
    return _reach(down, stands[: len(down) - 1]), _reach(up, stands[len(down) - 1 :])


def _reach(stops: Array, stands: NDArray[np.bool_]) -> float:
    """Return the last stop that is reached while every middle before it stands."""
    return float(stops[int(np.logical_and.accumulate(stands).sum())])


def _head_labels(hierarchy: Hierarchy | None) -> Mapping[str, Label]:
    if isinstance(hierarchy, Weights):
        return hierarchy.labels
    if isinstance(hierarchy, CriteriaTree):
        return {name: criterion.label for name, criterion in hierarchy.by_id.items()}
    return {}
