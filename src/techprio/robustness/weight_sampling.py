"""Where the drawn weights of a Monte Carlo simulation come from.

Every distribution is a frozen description; ``source(weights, criteria)`` turns it into something
with ``criteria`` and ``draw(generator, count)`` (:class:`~techprio.model.weights.WeightSource`).
Draws take their randomness from the generator they are given and keep nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Problem, did_you_mean
from techprio.language import text
from techprio.model.weights import Weights, WeightSource
from techprio.ranking.validation import WeightsLike, weight_shares
from techprio.robustness.weight_sources import (
    BoundedWeights,
    Constant,
    Neighborhood,
    NodeSimplex,
    OrderedSimplex,
    Simplex,
)
from techprio.weighting.group import ExpertPanel

Array = NDArray[np.float64]


@runtime_checkable
class WeightDistribution(Protocol):
    """A description of a weight distribution that still needs the weights and criteria at hand.

    Examples
    --------
    >>> import techprio as tp
    >>> around: tp.robustness.WeightDistribution = tp.robustness.Around(spread=0.25)
    >>> hasattr(around, "source")
    True
    """

    @validated
    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return what draws are taken from."""


@dataclass(frozen=True)
class Fixed:
    """The given weights in every draw."""

    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return a source of one vector."""
        return Constant(tuple(criteria), tuple(_given(weights, criteria, "fixed")))


@dataclass(frozen=True)
class PanelBootstrap:
    """The panel of experts: whatever ``Weights.panel`` draws (a bootstrap of its experts)."""

    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the panel of the weights."""
        panel = weights.panel if isinstance(weights, Weights) else None
        if panel is None:
            raise InputError(
                text(
                    'weight_distribution "panel" needs weights made from judgments (Weights.panel); for '
                    'given weights take "fixed", "uniform", Around(), Ordered(...) or Intervals(...)'
                )
            )
        return panel


@dataclass(frozen=True)
class PanelPosterior:
    """The posterior of the panel (``bayesian_group``), an alternative to its bootstrap."""

    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the posterior of the weights."""
        panel = weights.panel if isinstance(weights, Weights) else None
        if not isinstance(panel, ExpertPanel):
            raise InputError(
                text(
                    'weight_distribution "bayesian" needs weights made from the judgments of two experts or '
                    'more; for given weights take "fixed", "uniform", Around(), Ordered(...) or '
                    "Intervals(...)"
                )
            )
        return panel.posterior


@dataclass(frozen=True)
class Uniform:
    """Every weight vector equally likely.

    Parameters
    ----------
    by_node : bool
        Flat inside each node of the criteria tree (``Weights.hierarchy``) instead of flat over
        all leaves, so that a head with many leaves does not count for more.

    Notes
    -----
    Flat on the simplex by normalized exponentials; normalized uniforms would shun the corners.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> robust = tp.simulate(
    ...     matrix,
    ...     {"price": 0.6, "range": 0.4},
    ...     tp.WeightedSum("minmax"),
    ...     draws=1000,
    ...     seed=1,
    ...     weight_distribution=tp.robustness.Uniform(),
    ... )
    >>> robust.p_top(1).round(1).to_dict()
    {'A': 0.6, 'B': 0.4, 'C': 0.0}
    """

    by_node: bool = False

    @validated
    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the flat source."""
        if not self.by_node:
            return Simplex(tuple(criteria))
        hierarchy = weights.hierarchy if isinstance(weights, Weights) else {}
        if not hierarchy:
            raise InputError(text("Uniform(by_node=True) needs Weights with a hierarchy"))
        return NodeSimplex({node: tuple(children) for node, children in hierarchy.items()})


@dataclass(frozen=True)
class Ordered:
    """Weights of which only the order of importance is known.

    Parameters
    ----------
    order : sequence of str or of sequences of str
        Most important first; names in an inner sequence come in no order among themselves.

    Examples
    --------
    >>> source = Ordered(["a", ["b", "c"]]).source(None, ["a", "b", "c"])
    >>> drawn = source.draw(np.random.default_rng(0), 4)
    >>> bool((drawn[:, 0] >= drawn[:, 1:].max(axis=1)).all())
    True
    """

    order: Sequence[str | Sequence[str]]

    @validated
    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the source that keeps the order."""
        groups = tuple((item,) if isinstance(item, str) else tuple(item) for item in self.order)
        _check_names([name for group in groups for name in group], criteria, "Ordered")
        return OrderedSimplex(groups)


@dataclass(frozen=True)
class Around:
    """Weights around given ones: each times a factor within 1 - spread .. 1 + spread, then rescaled.

    Parameters
    ----------
    weights : Weights, Series, mapping or array, optional
        Default: the weights of the call.
    spread : float
        0.25 means 25 % less to 25 % more, every factor equally likely.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> robust = tp.simulate(
    ...     matrix,
    ...     {"price": 0.6, "range": 0.4},
    ...     tp.WeightedSum("minmax"),
    ...     draws=1000,
    ...     seed=1,
    ...     weight_distribution=tp.robustness.Around(spread=0.2),
    ... )
    >>> robust.p_top(1).round(2).to_dict()
    {'A': 1.0, 'B': 0.0, 'C': 0.0}
    """

    weights: WeightsLike | None = None
    spread: float = 0.25

    def __post_init__(self) -> None:
        """Check the spread."""
        if not 0 <= self.spread <= 1:
            raise InputError.argument(
                "Around, spread", found=self.spread, allowed=text("0 to 1 (0.25 is 25 % either way)")
            )

    @validated
    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the source around the weights."""
        given = weights if self.weights is None else self.weights
        return Neighborhood(tuple(criteria), tuple(_given(given, criteria, "Around")), self.spread)


@dataclass(frozen=True)
class Intervals:
    """Weights between bounds, every vector that sums to 1 equally likely.

    Parameters
    ----------
    bounds : mapping of str to (low, high)
        Criteria left out lie between 0 and 1.

    Notes
    -----
    Each draw is the end of its own chain of pairwise Gibbs steps from the middle of the region
    (60 sweeps over random pairs), so draws are independent of each other.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> robust = tp.simulate(
    ...     matrix,
    ...     {"price": 0.6, "range": 0.4},
    ...     tp.WeightedSum("minmax"),
    ...     draws=1000,
    ...     seed=1,
    ...     weight_distribution=tp.robustness.Intervals({"price": (0.6, 0.9), "range": (0.1, 0.4)}),
    ... )
    >>> robust.p_top(1).round(2).to_dict()
    {'A': 1.0, 'B': 0.0, 'C': 0.0}
    """

    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @validated
    def source(self, weights: WeightsLike | None, criteria: Sequence[str]) -> WeightSource:
        """Return the source between the bounds."""
        pairs = [self.bounds.get(name, (0.0, 1.0)) for name in criteria]
        problems = [_unknown("Intervals", name, criteria) for name in self.bounds if name not in criteria]
        problems += [
            Problem("", "", "Intervals", repr(name), f"{low!r}, {high!r}", "0 <= low <= high <= 1")
            for name, (low, high) in zip(criteria, pairs, strict=True)
            if not 0 <= low <= high <= 1
        ]
        if problems:
            raise InputError(text("the bounds of the weights cannot be used"), problems)
        lowest, highest = sum(low for low, _ in pairs), sum(high for _, high in pairs)
        if lowest > 1 + 1e-12 or highest < 1 - 1e-12:
            raise InputError(
                text(
                    "Intervals: no weights fit; the low bounds sum to {lowest} (at most 1), the high ones to "
                    "{highest} (at least 1)",
                    lowest=float(lowest),
                    highest=float(highest),
                )
            )
        return BoundedWeights(
            tuple(criteria), tuple(low for low, _ in pairs), tuple(high for _, high in pairs)
        )


NAMED: dict[str, WeightDistribution] = {
    "panel": PanelBootstrap(),
    "bayesian": PanelPosterior(),
    "uniform": Uniform(),
    "uniform_by_node": Uniform(by_node=True),
    "around": Around(),
    "fixed": Fixed(),
}


#: A name, a description, or anything with ``criteria`` and ``draw(generator, count)``.
Distribution: TypeAlias = str | WeightDistribution | WeightSource
_DISTRIBUTIONS = text("{names}, Ordered(...), Around(...) or Intervals(...)", names=tuple(NAMED))


def default_distribution(weights: WeightsLike | None) -> WeightDistribution:
    """Return where weights are drawn from when nobody says: their panel, else a quarter around them."""
    return PanelBootstrap() if isinstance(weights, Weights) and weights.panel is not None else Around()


def weight_source(
    distribution: Distribution,
    weights: WeightsLike | None,
    criteria: Sequence[str],
) -> WeightSource:
    """Return the source of a named or described distribution, or one that is passed in."""
    if isinstance(distribution, str):
        if distribution not in NAMED:
            raise InputError.argument(
                "weight_distribution",
                found=distribution,
                allowed=_DISTRIBUTIONS,
                proposal=did_you_mean(distribution, list(NAMED)),
            )
        distribution = NAMED[distribution]
    if isinstance(distribution, WeightDistribution):
        return distribution.source(weights, criteria)
    if isinstance(distribution, WeightSource):
        return distribution
    raise InputError.argument("weight_distribution", found=distribution, allowed=_DISTRIBUTIONS)


def _given(weights: WeightsLike | None, criteria: Sequence[str], what: str) -> list[float]:
    if weights is None:
        raise InputError(
            text(
                'weight_distribution {name!r} needs weights; without any, take "uniform" or Ordered(...)',
                name=what,
            )
        )
    series, _ = weight_shares(weights, criteria)
    return [float(x) for x in series]


def _check_names(names: Sequence[str], criteria: Sequence[str], what: str) -> None:
    doubled = sorted({name for name in names if list(names).count(name) > 1})
    missing = [name for name in criteria if name not in names]
    unknown = [name for name in names if name not in criteria]
    once = text("every criterion once")
    problems = [
        Problem("", "", what, "", text("unknown: {criterion}", criterion=str(name)), once,
                did_you_mean(str(name), list(criteria)))
        for name in unknown
    ]  # fmt: skip
    problems += [Problem("", "", what, "", text("missing: {criterion}", criterion=n), once) for n in missing]
    problems += [Problem("", "", what, "", text("twice: {criterion}", criterion=n), once) for n in doubled]
    if problems:
        raise InputError(text("the order of the criteria cannot be used"), problems)


def _unknown(what: str, name: object, criteria: Sequence[str]) -> Problem:
    found = text("unknown criterion {criterion!r}", criterion=str(name))
    allowed, near = ", ".join(map(str, criteria)), did_you_mean(str(name), list(criteria))
    return Problem("", "", what, "", found, allowed, near)
