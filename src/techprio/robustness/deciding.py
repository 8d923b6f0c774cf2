"""What decides on which side of the line a technology stands: which criterion, which group, which score.

Each is held against the nearest one on the other side of the line: the contested one there that is most
likely to change sides, else the one next to the line; where priority is to reach the reference profile,
against that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.deciding import Deciding
from techprio.model.explanation import explain, is_equal
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
        for one in rows_of[["technology", *_STANDING, "in_favor"]].itertuples(index=False):
            name, standing, favor = str(one[0]), one[1:-1], tuple(map(str, one.in_favor))
            against = PROFILE if classes.rule != "top" else _other_side(rows_of, inside=bool(one.in_first))
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

    def parts(self, name: str, against: str) -> pd.Series:
        """Return the part of each criterion in the margin; above 0 it speaks for the technology."""
        if self.outranks is not None:
            weights = self.ranking.weights.to_numpy(float)
            values = self.matrix.values.loc[[name]].to_numpy(float)
            agrees = [float(self.outranks.credibility(values, one)[0][0, 0]) for one in np.eye(len(weights))]
            return pd.Series(weights * (np.array(agrees) - self.cut), list(self.matrix.criteria))
        found = explain(self.ranking, name, against)
        parts = found.table.set_index("criterion")["part"]
        return parts if found.ahead == name else -parts


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
    largest = max(float(parts.abs().max()), 1e-300)
    strong = parts[parts > SMALL * largest].sort_values(ascending=False, kind="stable").index[:NAMED]
    weak = parts[parts < -SMALL * largest].sort_values(kind="stable").index[:NAMED]
    swings = _swings(line, margin, [name] if line.outranks is not None else [name, against])
    spread = float(np.sqrt((swings["sd"] ** 2).sum())) if len(swings) else 0.0
    share = (
        None
        if pairs is None or line.outranks is not None or against not in pairs
        else pairs.loc[name, against]
    )
    # A normal share of 60 % lies .2533 standard deviations from the middle.
    equal = abs(stated) < 0.2533 * spread if share is None else is_equal(share)
    score = nothing if not len(swings) else _telling(swings, stated)
    return (stated, bool(equal), tuple(strong), tuple(weak), *sides, *score)


def _swings(line: _LineOf, margin: Callable[[Array], Array], names: Sequence[str]) -> pd.DataFrame:
    """Return the margin at both ends of each uncertain score of some alternatives, all else as stated."""
    matrix = line.matrix
    if matrix.low is None or matrix.high is None:
        return pd.DataFrame()
    values, places = matrix.values.to_numpy(float), []
    for name in names:
        row = matrix.alternatives.index(name)
        for column in range(values.shape[1]):
            low, high = float(matrix.low.iat[row, column]), float(matrix.high.iat[row, column])
            if low < high:
                places.append((name, matrix.criteria[column], row, column, low, values[row, column], high))
    if not places:
        return pd.DataFrame()
    ends = np.repeat(values[None], 2 * len(places), axis=0)
    for place, (_, _, row, column, low, _, high) in enumerate(places):
        ends[2 * place, row, column], ends[2 * place + 1, row, column] = low, high
    found = margin(ends).reshape(-1, 2)
    frame = pd.DataFrame(
        [(name, criterion, low, value, high) for name, criterion, _, _, low, value, high in places],
        columns=["of", "on", "low", "value", "high"],
    )
    a, c, b = (frame[end].to_numpy() for end in ("low", "value", "high"))
    triangular = np.sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18) / (b - a)
    return frame.assign(
        at_low=found[:, 0], at_high=found[:, 1], sd=np.abs(found[:, 1] - found[:, 0]) * triangular
    )


def _telling(swings: pd.DataFrame, stated: float) -> tuple[object, ...]:
    """Return the score that moves the margin most: one that changes the sides alone before any other."""
    other = swings[["at_low", "at_high"]].lt(0) if stated >= 0 else swings[["at_low", "at_high"]].ge(0)
    flips = other.any(axis=1)
    chosen = swings[flips] if flips.any() else swings
    equal = chosen["sd"] >= chosen["sd"].max() * (1 - 1e-9)  # of equal ones the first, on every machine
    row = chosen.loc[equal.idxmax()]
    at = np.nan
    if flips.any():
        at = float(row["low"] if bool(other.loc[row.name, "at_low"]) else row["high"])
    return (row["of"], row["on"], float(row["low"]), float(row["value"]), float(row["high"]), at)
