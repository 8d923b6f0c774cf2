"""Weights that people state without pairs: points, swings, ranks.

Points and swings are divided by their sum (von Winterfeldt and Edwards 1986, *Decision Analysis and
Behavioral Research*). For n criteria, the weight of place k by rank is

rank-order centroid   (1/n) Σ_{i=k..n} 1/i          (Barron and Barrett 1996, *Management Science* 42)
rank sum              2 (n + 1 - k) / (n (n + 1))   (Stillwell, Seaver and Edwards 1981)
rank reciprocal       (1/k) / Σ_i 1/i               (Stillwell, Seaver and Edwards 1981)

Criteria that share a place get the mean of the places they cover.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.checks import Checks
from techprio.model.weights import Weights
from techprio.weighting.answers import check_weights
from techprio.weighting.given import Figures, check_figures, make_weights, name_figures
from techprio.weighting.group import ExpertPanel, NodeAnswers, membership
from techprio.weighting.matrices import GOAL

Ranks: TypeAlias = Mapping[str, float] | pd.Series | Sequence[str] | pd.DataFrame


@validated
def direct_rating_weights(points: Figures) -> Weights:
    """Weigh by points given directly to each criterion.

    Parameters
    ----------
    points : mapping or Series
        Points of each criterion, 0 or more, on any scale that starts at 0.

    Raises
    ------
    InputError
        A figure that is no finite number of 0 or more, or all are 0.

    Examples
    --------
    >>> direct_rating_weights({"price": 35, "area": 25, "commute": 25, "district": 15}).overall.tolist()
    [0.35, 0.25, 0.25, 0.15]
    """
    return _by_points(points, "direct_rating_weights()")


@validated
def swing_weights(points: Figures) -> Weights:
    """Weigh by swings: what it is worth to move each criterion from its worst to its best level.

    Parameters
    ----------
    points : mapping or Series
        Points of each swing, by custom 100 for the one that is worth most and 0 or more for the others.

    Raises
    ------
    InputError
        A figure that is no finite number of 0 or more, or all are 0.

    Examples
    --------
    >>> swing_weights({"price": 100, "area": 60, "commute": 40}).overall.tolist()
    [0.5, 0.3, 0.2]
    """
    return _by_points(points, "swing_weights()")


@validated
def rank_order_centroid_weights(ranks: Ranks, *, votes: Mapping[str, float] | None = None) -> Weights:
    """Weigh by rank: the center of all weights that keep the order.

    Parameters
    ----------
    ranks : sequence of str, mapping of str to number, or DataFrame
        The criteria from the most important down, or the rank of each (1 is the most important;
        equal ranks share their places). A DataFrame has a row a criterion and a column of ranks a person:
        the weights are the mean of theirs, and a simulation draws the persons.
    votes : mapping of str to float, optional
        Of a DataFrame: how much each person counts.

    Raises
    ------
    InputError
        A rank below 1 or no number, a name that stands twice.

    Examples
    --------
    >>> rank_order_centroid_weights(["cost", "risk", "jobs"]).overall.round(4).tolist()
    [0.6111, 0.2778, 0.1111]
    >>> two = pd.DataFrame({"An": [1, 2], "Binh": [2, 1]}, index=["cost", "jobs"])
    >>> rank_order_centroid_weights(two, votes={"An": 3, "Binh": 1}).overall.tolist()
    [0.625, 0.375]
    """
    return _by_rank(ranks, _centroid, "rank_order_centroid_weights()", votes)


@validated
def rank_sum_weights(ranks: Ranks, *, votes: Mapping[str, float] | None = None) -> Weights:
    """Weigh by rank, falling in equal steps; parameters as :func:`rank_order_centroid_weights`.

    Raises
    ------
    InputError
        A rank below 1 or no number, a name that stands twice.

    Examples
    --------
    >>> rank_sum_weights({"cost": 1, "risk": 2, "jobs": 2}).overall.round(4).tolist()
    [0.5, 0.25, 0.25]
    """
    return _by_rank(ranks, _sum, "rank_sum_weights()", votes)


@validated
def rank_reciprocal_weights(ranks: Ranks, *, votes: Mapping[str, float] | None = None) -> Weights:
    """Weigh by one over the rank; parameters as :func:`rank_order_centroid_weights`.

    Raises
    ------
    InputError
        A rank below 1 or no number, a name that stands twice.

    Examples
    --------
    >>> rank_reciprocal_weights(["cost", "risk", "jobs"]).overall.round(4).tolist()
    [0.5455, 0.2727, 0.1818]
    """
    return _by_rank(ranks, _reciprocal, "rank_reciprocal_weights()", votes)


def _by_points(points: Figures, method: str) -> Weights:
    numbers = check_figures(name_figures(points), text("the points cannot be used"))
    if numbers.sum() == 0:
        raise InputError(text("the points cannot be used: all are 0; at least one must be above 0"))
    return make_weights(numbers / numbers.sum(), method)


def _by_rank(
    ranks: Ranks,
    place_weights: Callable[[int], NDArray[np.float64]],
    method: str,
    votes: Mapping[str, float] | None,
) -> Weights:
    if isinstance(ranks, str):
        raise InputError.argument(
            "ranks",
            found=text("the text {found!r}", found=ranks),
            allowed=text("a list of names, or a mapping of criterion to rank"),
        )
    if isinstance(ranks, pd.DataFrame):
        return _by_people(ranks, place_weights, method, votes)
    if votes is not None:
        raise InputError.argument("votes", found=dict(votes), allowed=text("nothing for one ranking"))
    return make_weights(_rank_weights(ranks, place_weights), method)


def _rank_weights(
    ranks: Mapping[str, float] | pd.Series | Sequence[str],
    place_weights: Callable[[int], NDArray[np.float64]],
) -> pd.Series:
    if isinstance(ranks, Mapping | pd.Series):
        numbers = check_figures(name_figures(ranks), text("the ranks cannot be used"), least=1.0)
    else:
        names = name_figures(range(1, len(ranks) + 1), list(ranks))
        numbers = names.astype(float)
    places = numbers.sort_values(kind="stable")
    weights = pd.Series(place_weights(len(places)), index=places.index)
    return weights.groupby(places).transform("mean").loc[numbers.index]


def _by_people(
    ranks: pd.DataFrame,
    place_weights: Callable[[int], NDArray[np.float64]],
    method: str,
    votes: Mapping[str, float] | None,
) -> Weights:
    """Average the weights of several people, each ranked alone; the panel is theirs."""
    checks = Checks(text("the votes cannot be used"))
    people = tuple(str(name) for name in ranks.columns)
    check_weights(checks, "expert", votes or {}, people)
    checks.check()
    own = [_rank_weights(ranks[column], place_weights) for column in ranks.columns]
    criteria = tuple(own[0].index) if own else ()
    if not criteria:
        raise InputError.argument("ranks", found=text("nothing"), allowed=text("a column of ranks a person"))
    shares = np.array([one.to_numpy(dtype=float) / one.sum() for one in own])
    everyone = np.ones(len(people), dtype=bool)
    n = len(criteria)
    said = NodeAnswers(everyone, everyone, shares, np.ones((len(people), n, n)))
    members = membership(people, ("panel",) * len(people), expert_weights=votes or {}, group_weights={})
    tree = {GOAL: criteria}
    panel = ExpertPanel(criteria, tree, {GOAL: said}, members, "priorities_arithmetic", "eigenvector")
    overall = pd.Series(panel.overall(np.ones(len(people))), index=list(criteria))
    table = pd.DataFrame(shares, index=pd.Index(people, name="expert"), columns=list(criteria))
    places = pd.MultiIndex.from_product([[GOAL], criteria], names=["node", "criterion"])
    return replace(
        make_weights(overall, method),
        local=pd.Series(overall.to_numpy(), index=places, name="local"),
        by_expert=table.rename_axis(columns="criterion"),
        local_by_expert=table.set_axis(places, axis=1),
        group_of=dict.fromkeys(people, "panel"),
        panel=panel if len(people) > 1 else None,
        hierarchy=tree,
    )


def _centroid(n: int) -> NDArray[np.float64]:
    return np.asarray(np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n)


def _sum(n: int) -> NDArray[np.float64]:
    return np.arange(n, 0, -1) * 2.0 / (n * (n + 1))


def _reciprocal(n: int) -> NDArray[np.float64]:
    points = 1.0 / np.arange(1, n + 1)
    return np.asarray(points / points.sum())
