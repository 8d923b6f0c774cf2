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
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.language import text
from techprio.model.weights import Weights
from techprio.weighting.given import Figures, check_figures, make_weights, name_figures

Ranks: TypeAlias = Mapping[str, float] | pd.Series | Sequence[str]


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


def rank_order_centroid_weights(ranks: Ranks) -> Weights:
    """Weigh by rank: the center of all weights that keep the order.

    Parameters
    ----------
    ranks : sequence of str, or mapping of str to number
        The criteria from the most important down, or the rank of each (1 is the most important;
        equal ranks share their places).

    Raises
    ------
    InputError
        A rank below 1 or no number, a name that stands twice.

    Examples
    --------
    >>> rank_order_centroid_weights(["cost", "risk", "jobs"]).overall.round(4).tolist()
    [0.6111, 0.2778, 0.1111]
    """
    return _by_rank(ranks, _centroid, "rank_order_centroid_weights()")


def rank_sum_weights(ranks: Ranks) -> Weights:
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
    return _by_rank(ranks, _sum, "rank_sum_weights()")


def rank_reciprocal_weights(ranks: Ranks) -> Weights:
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
    return _by_rank(ranks, _reciprocal, "rank_reciprocal_weights()")


def _by_points(points: Figures, method: str) -> Weights:
    numbers = check_figures(name_figures(points), text("the points cannot be used"))
    if numbers.sum() == 0:
        raise InputError(text("the points cannot be used: all are 0; at least one must be above 0"))
    return make_weights(numbers / numbers.sum(), method)


def _by_rank(ranks: Ranks, place_weights: Callable[[int], NDArray[np.float64]], method: str) -> Weights:
    if isinstance(ranks, str):
        raise InputError.argument(
            "ranks",
            found=text("the text {found!r}", found=ranks),
            allowed=text("a list of names, or a mapping of criterion to rank"),
        )
    if isinstance(ranks, Mapping | pd.Series):
        numbers = check_figures(name_figures(ranks), text("the ranks cannot be used"), least=1.0)
    else:
        names = name_figures(range(1, len(ranks) + 1), list(ranks))
        numbers = names.astype(float)
    places = numbers.sort_values(kind="stable")
    weights = pd.Series(place_weights(len(places)), index=places.index)
    shared = weights.groupby(places).transform("mean")
    return make_weights(shared.loc[numbers.index], method)


def _centroid(n: int) -> NDArray[np.float64]:
    return np.asarray(np.cumsum(1.0 / np.arange(n, 0, -1))[::-1] / n)


def _sum(n: int) -> NDArray[np.float64]:
    return np.arange(n, 0, -1) * 2.0 / (n * (n + 1))


def _reciprocal(n: int) -> NDArray[np.float64]:
    points = 1.0 / np.arange(1, n + 1)
    return np.asarray(points / points.sum())
