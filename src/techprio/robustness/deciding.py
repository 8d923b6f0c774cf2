"""What decides on which side of the line a technology stands: which criterion, which group, which score.

Each is held against the nearest one on the other side of the line: the contested one there that is most
likely to change sides, else the one next to the line; where priority is to reach the reference profile,
against that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.deciding import Deciding
from techprio.model.explanation import is_ahead, is_equal, split_of
from techprio.model.matrix import DecisionMatrix
from techprio.model.priority_classes import PriorityClasses
from techprio.model.ranking import Ranking
from techprio.model.reference import PROFILE, ReferenceProfile, with_profile
from techprio.model.run import RunData, derived
from techprio.model.weights import Weights
from techprio.ranking.electre_tri import Profiles
from techprio.ranking.rank_table import rank
from techprio.robustness.certainty_of_places import run_classes
from techprio.robustness.priority_rule import profile_sorter

Array = NDArray[np.float64]
#: Criteria named on each side.
NAMED = 3
#: Share of the largest part below which a criterion is not named.
SMALL = 0.01
COLUMNS = [
    "sector", "technology", "rank", "in_first", "p_top", "priority_class",
    "against", "margin", "equal", "speaks_for", "speaks_against", "groups_for",
    "groups_against", "score_of", "score_on", "low", "value", "high", "flips_at",
]  # fmt: skip
_STANDING = ["rank", "in_first", "p_top", "priority_class"]


@validated
def what_decides(
    rankings: Mapping[str, Ranking],
    classes: PriorityClasses,
    *,
    weights: Weights | None = None,
    profile: ReferenceProfile | None = None,
    ahead: Mapping[str, pd.DataFrame] | None = None,
) -> Deciding:
    """Return, for each technology, what decides on which side of the line it stands.

    Parameters
    ----------
    rankings : mapping of str to Ranking
    classes : PriorityClasses
        Of the same lists.
    weights : Weights, optional
        Of a panel with groups, whose groups are named for and against.
    profile : ReferenceProfile, optional
        Needed where the classes are by a profile.
    ahead : mapping of str to DataFrame, optional
        By list, the share of the draws in which the row is ahead of the column
        (``RankAcceptability.pairwise``); without it the spreads of the scores say what is equal.

    Returns
    -------
    Deciding
        A row a technology.

    Raises
    ------
    InputError
        Classes of other lists, or classes by a profile without it.

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20.0, 25.0, 21.0]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> ranking = tp.rank(matrix, [1.0], tp.WeightedSum("minmax"))
    >>> sure = tp.simulate(matrix, [1.0], draws=1000, top=1, weight_distribution="fixed")
    >>> classes = tp.robustness.priority_classes({"cars": ranking}, {"cars": sure})
    >>> found = what_decides({"cars": ranking}, classes)
    >>> found.table[["technology", "against", "flips_at"]].values.tolist()
    [['A', 'C', 19.0], ['C', 'A', 19.0], ['B', 'A', nan]]
    """
    if classes.rule != "top" and profile is None:
        allowed = text("the reference profile of the classes")
        raise InputError.argument("profile", found=text("nothing"), allowed=allowed)
    groups = () if weights is None or weights.by_group is None else tuple(map(str, weights.by_group.index))
    rows: list[tuple[object, ...]] = []
    for code, rows_of in classes.table.groupby("sector", sort=False):
        if code not in rankings:
            raise InputError.argument("rankings", found=list(rankings), allowed=list(classes.counts.index))
        ranking = rankings[str(code)]
        line = _line(ranking, classes.rule, profile)
        pairs = None if ahead is None else ahead.get(str(code))
        beyond = {inside: _other_side(rows_of, inside=inside) for inside in (False, True)}
        for one in rows_of[["technology", *_STANDING, "in_favor"]].itertuples(index=False):
            name, standing, favor = str(one[0]), one[1:-1], tuple(map(str, one.in_favor))
            against = PROFILE if classes.rule != "top" else beyond[bool(one.in_first)]
            sides = (favor, tuple(group for group in groups if group not in favor))
            rows.append((code, name, *standing, against, *_decided(line, name, against, sides, pairs)))
    table = pd.DataFrame(rows, columns=COLUMNS)
    labels = {name: label for ranking in rankings.values() for name, label in ranking.matrix.labels.items()}
    return Deciding(table, classes.top, classes.rule, labels, provenance=classes.provenance)


@derived
def run_deciding(run: RunData) -> Deciding:
    """Return what decides the place of each technology of a run."""
    classes = run_classes(run)
    return what_decides(
        run.rankings,
        classes,
        weights=run.weights,
        profile=run.study.reference if classes.rule != "top" else None,
        ahead={code: drawn.pairwise for code, drawn in run.acceptability.items()},
    )


@dataclass(frozen=True)
class _LineOf:
    """A list with what gives margins in it: scores, with the profile where one is reached, or credibility."""

    ranking: Ranking
    outranks: Profiles | None = None
    cut: float = 0.0

    @property
    def matrix(self) -> DecisionMatrix:
        return self.ranking.matrix

    def margin(self, name: str, against: str) -> Callable[[Array], Array]:
        """Return the function from values (draws, m, n) to the margin of a technology (draws,)."""
        weights = self.ranking.weights.to_numpy(float)
        own = self.matrix.alternatives.index(name)
        if self.outranks is not None:
            sorter, cut = self.outranks, self.cut
            return lambda values: (
                sorter.credibility(values[:, [own]], np.tile(weights, (len(values), 1)))[0][:, 0, 0] - cut
            )
        method, signs = self.ranking.method, self.matrix.signs
        rows = [own, self.matrix.alternatives.index(against)]

        def of_scores(values: Array) -> Array:
            # Where no other can move them, the two are enough.
            seen = values if method.reversal_possible else values[:, rows]
            scores = np.asarray(method(seen, np.tile(weights, (len(values), 1)), signs))
            first, second = rows if method.reversal_possible else (0, 1)
            return np.asarray(scores[:, first] - scores[:, second])

        return of_scores

    @cached_property
    def split(self) -> Callable[[int, int], Array]:
        return split_of(self.ranking)[0]

    def parts(self, name: str, against: str) -> Array:
        """Return the part of each criterion in the margin; above 0 it speaks for the technology."""
        if self.outranks is not None:
            weights = self.ranking.weights.to_numpy(float)
            values = self.matrix.values.loc[[name]].to_numpy(float)
            agrees = [float(self.outranks.credibility(values, one)[0][0, 0]) for one in np.eye(len(weights))]
            return np.asarray(weights * (np.array(agrees) - self.cut))
        own, other = map(self.matrix.alternatives.index, (name, against))
        ahead = is_ahead(self.ranking, name, against)
        return self.split(own, other) if ahead else -self.split(other, own)


def _line(ranking: Ranking, rule: str, profile: ReferenceProfile | None) -> _LineOf:
    if rule == "top" or profile is None:
        return _LineOf(ranking)
    if rule == "score":
        return _LineOf(rank(with_profile(ranking.matrix, profile), ranking.weights, ranking.method))
    sorter = profile_sorter(ranking.matrix, profile)
    seen = (
        rank(sorter.matrix, ranking.weights, "weighted_sum")
        if sorter.matrix is not ranking.matrix
        else ranking
    )
    return _LineOf(seen, sorter.profiles, profile.cut)


def _other_side(table: pd.DataFrame, *, inside: bool) -> str:
    """Return the nearest one on the other side of the cut: contested first, then next to it by rank."""
    others = table[table["in_first"] != inside]
    contested = others[others["priority_class"] == "contested"]
    if len(contested):
        likely = contested.sort_values("p_top", ascending=not inside, kind="stable")
        return str(likely["technology"].iloc[0])
    if len(others):
        return str(others.sort_values("rank", ascending=inside, kind="stable")["technology"].iloc[0])
    return ""


def _decided(
    line: _LineOf,
    name: str,
    against: str,
    sides: tuple[Sequence[str], Sequence[str]],
    pairs: pd.DataFrame | None,
) -> tuple[object, ...]:
    nothing = ("", "", np.nan, np.nan, np.nan, np.nan)
    if not against:
        return (np.nan, False, (), (), *sides, *nothing)
    margin = line.margin(name, against)
    stated = float(margin(line.matrix.values.to_numpy(float)[None])[0])
    parts = line.parts(name, against)
    strong, weak = (_largest(way * parts, line.matrix.criteria) for way in (1.0, -1.0))
    swings = _swings(line, margin, [name] if line.outranks is not None else [name, against])
    spread = float(np.sqrt((swings.sd**2).sum())) if swings else 0.0
    share = (
        None
        if pairs is None or line.outranks is not None or against not in pairs
        else pairs.loc[name, against]
    )
    # A normal share of 60 % lies .2533 standard deviations from the middle.
    equal = abs(stated) < 0.2533 * spread if share is None else is_equal(share)
    score = _telling(swings, stated) if swings else nothing
    return (stated, bool(equal), strong, weak, *sides, *score)


def _largest(parts: Array, criteria: Sequence[str]) -> tuple[str, ...]:
    """Return the criteria with the largest parts, unless they are small beside the largest of any sign."""
    least = SMALL * max(float(np.abs(parts).max()), 1e-300)
    order = np.argsort(-parts, kind="stable")[:NAMED]
    return tuple(criteria[place] for place in order if parts[place] > least)


@dataclass(frozen=True)
class _Swings:
    """Uncertain scores, with the margin at both ends of each and its standard deviation by that score."""

    of: tuple[str, ...]
    on: tuple[str, ...]
    low: Array
    value: Array
    high: Array
    at_ends: Array
    sd: Array


def _swings(line: _LineOf, margin: Callable[[Array], Array], names: Sequence[str]) -> _Swings | None:
    """Return the swings of each uncertain score of some alternatives, all else as stated."""
    matrix = line.matrix
    if matrix.low is None or matrix.high is None:
        return None
    rows = np.array([matrix.alternatives.index(name) for name in names])
    values, low, high = (part.to_numpy(float) for part in (matrix.values, matrix.low, matrix.high))
    places, columns = np.nonzero(low[rows] < high[rows])
    if not len(places):
        return None
    cells = rows[places], columns
    a, c, b = low[cells], values[cells], high[cells]
    ends = np.repeat(values[None], 2 * len(places), axis=0)
    ends[(np.arange(0, len(ends), 2), *cells)] = a
    ends[(np.arange(1, len(ends), 2), *cells)] = b
    found = margin(ends).reshape(-1, 2)
    variance = np.maximum(a * a + b * b + c * c - a * b - a * c - b * c, 0.0) / 18
    triangular = np.sqrt(variance) / (b - a)
    criteria = matrix.criteria
    return _Swings(
        of=tuple(names[int(place)] for place in places), on=tuple(criteria[column] for column in columns),
        low=a, value=c, high=b, at_ends=found, sd=np.abs(found[:, 1] - found[:, 0]) * triangular,
    )  # fmt: skip


def _telling(swings: _Swings, stated: float) -> tuple[object, ...]:
    """Return the score that moves the margin most: one that changes the sides alone before any other."""
    other = swings.at_ends < 0 if stated >= 0 else swings.at_ends >= 0
    flips = np.any(other, axis=1)
    chosen = np.flatnonzero(flips) if flips.any() else np.arange(len(flips))
    # Of equal ones the first, on every machine.
    equal = swings.sd[chosen] >= swings.sd[chosen].max() * (1 - 1e-9)
    row = int(chosen[equal.argmax()])
    low, value, high = (float(one[row]) for one in (swings.low, swings.value, swings.high))
    at = np.nan
    if flips.any():
        at = low if other[row, 0] else high
    return (swings.of[row], swings.on[row], low, value, high, at)
