"""TOPSIS: how close to the best and how far from the worst.

Each alternative is a point of weighted gains; its closeness is d- / (d+ + d-), with the
distances to the ideal (the best of every criterion) and to the anti-ideal (the worst).

References
----------
Hwang C.L., Yoon K. (1981) Multiple Attribute Decision Making. Springer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.model.method import Step
from techprio.ranking.normalization import NormalizedMethod, nonzero, normalize
from techprio.ranking.options import normalization_field, weigh, weigher

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Topsis(NormalizedMethod):
    """Closeness to the ideal.

    Parameters
    ----------
    normalization : {"vector", "minmax", "reference"}
        ``"vector"`` divides each column by its length (the textbook); ``"minmax"`` stretches it
        between the candidates at hand; ``"reference"`` measures it on the declared, fixed scale,
        with ideal 1 and anti-ideal 0 everywhere, so that no candidate can move another one's score.

    Notes
    -----
    Distances square the weights, so a criterion counts by w**2: see
    :func:`techprio.ranking.shares.effective_shares`. Where nothing separates the alternatives
    (both distances 0) the closeness is 0.5.

    Examples
    --------
    >>> values = np.array([[7.0, 3.0], [9.0, 5.0]])
    >>> Topsis()(values, np.array([0.5, 0.5]), np.array([1.0, -1.0])).round(4).tolist()
    [0.6616, 0.3384]
    """

    normalization: Annotated[str, normalization_field(("vector", "minmax", "reference"))] = "vector"

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the closeness, shape (..., m)."""
        if values.ndim > 2:
            return _closeness(*self._distances_by_criterion(values, weights, signs))
        return self.prepared(values, signs)(weights)

    @validated
    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the closeness of one matrix as a function of the weights, (..., n) to (..., m).

        What does not depend on the weights is done once, for a simulation in which only they vary.
        """
        gaps = self._gaps(normalize(values, signs, self.normalization, self.scales))
        to_best, to_worst = (weigher(np.square(gap)) for gap in gaps)

        def closeness(weights: Array) -> Array:
            squared = np.square(weights)
            far, near = to_best(squared), to_worst(squared)
            return _closeness(np.sqrt(far, out=far), np.sqrt(near, out=near))

        return closeness

    @validated
    def place_keys(self, values: Array, signs: Array) -> Callable[[Array], Array | None] | None:
        r"""Return :math:`4 + d_+^2 / (d_+^2 + d_-^2)`: it sorts as the closeness does, and needs no root.

        As a function of the closeness c it is :math:`4 + (1 - c)^2 / (c^2 + (1 - c)^2)`, nowhere steeper
        than 2.
        """
        if type(self) is not Topsis:
            return None
        if values.ndim > 2:
            return lambda weights: _place_keys(*self._squares_by_criterion(values, weights, signs))
        far, near = (
            np.square(gap) for gap in self._gaps(normalize(values, signs, self.normalization, self.scales))
        )
        to_best, whole = weigher(5.0 * far + 4.0 * near, reuse=True), weigher(far + near, reuse=True)

        def keys(weights: Array) -> Array | None:
            squared = np.square(weights)
            found, divisor = to_best(squared), whole(squared)
            return np.divide(found, divisor, out=found) if divisor.min() > 0 else None

        return keys

    def _distances_by_criterion(self, values: Array, weights: Array, signs: Array) -> tuple[Array, Array]:
        far, near = self._squares_by_criterion(values, weights, signs)
        return np.sqrt(far, out=far), np.sqrt(near, out=near)

    def _squares_by_criterion(self, values: Array, weights: Array, signs: Array) -> tuple[Array, Array]:
        # One criterion of all draws stays in the cache, all of them at once do not.
        draws = np.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
        values = np.broadcast_to(values, (*draws, *values.shape[-2:]))
        weights = np.broadcast_to(weights, (*draws, weights.shape[-1]))
        gap = np.empty_like(values[..., 0])
        far, near = np.zeros_like(gap), np.zeros_like(gap)
        for column in range(values.shape[-1]):
            gains, best, worst = self._weighted_column(values, weights[..., column, None], signs, column)
            for total, edge in ((far, best), (near, worst)):
                from_edge = gains if edge is None else np.subtract(gains, edge, out=gap)
                np.add(total, np.square(from_edge, out=gap), out=total)
        return far, near

    def _weighted_column(
        self, values: Array, weight: Array, signs: Array, column: int
    ) -> tuple[Array, Array, Array | None]:
        """Return weighted gains of one criterion with its best and worst; None is 0."""
        raw = values[..., column]
        if self.normalization == "reference":
            share = self.scales[column].share(raw)
            return np.multiply(share, weight, out=share), weight, None
        if self.normalization == "vector":
            length = np.sqrt(np.einsum("...m,...m->...", raw, raw))[..., None]
            gains = raw * (signs[column] * weight / nonzero(length))
        else:
            lowest, highest = raw.min(axis=-1, keepdims=True), raw.max(axis=-1, keepdims=True)
            gains = (raw - lowest) * (signs[column] * weight / nonzero(highest - lowest))
        return gains, gains.max(axis=-1, keepdims=True), gains.min(axis=-1, keepdims=True)

    def _gaps(self, gains: Array) -> tuple[Array, Array]:
        if self.normalization == "reference":
            return 1.0 - gains, gains
        best, worst = gains.max(axis=-2, keepdims=True), gains.min(axis=-2, keepdims=True)
        return best - gains, gains - worst

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the paper: normalized, weighted, ideals, distances, closeness."""
        gains = normalize(values, signs, self.normalization, self.scales)
        to_best, to_worst = self._gaps(gains)
        # The vector normalization keeps the sign of a cost, as the paper prints it.
        turn = signs if self.normalization == "vector" else np.ones_like(signs)
        shown = weights * turn
        far, near = _distances(to_best, to_worst, weights)
        return {
            "normalized": Step(gains * turn),
            "weighted": Step(gains * shown),
            "ideal": Step((gains + to_best)[0] * shown, ("criterion",)),
            "anti_ideal": Step((gains - to_worst)[0] * shown, ("criterion",)),
            "distance_to_ideal": Step(far, ("alternative",)),
            "distance_to_anti_ideal": Step(near, ("alternative",)),
            "closeness": Step(_closeness(far, near), ("alternative",)),
        }

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]]:
        """Return the gains and the closeness of any row of gains, both ideals held still."""
        gains = normalize(values, signs, self.normalization, self.scales)
        to_best, to_worst = self._gaps(gains)
        best, worst = (gains + to_best)[0], (gains - to_worst)[0]
        return gains, lambda rows: _closeness(*_distances(best - rows, rows - worst, weights))

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array:
        """Split the closeness by criterion: its share in both squared distances, shape (m, n).

        A closeness is not a sum. The part of a criterion is its share
        ``w**2 * gap_worst**2 / d-**2`` in the squared distance to the anti-ideal, times the closeness;
        parts add up to the closeness and say what holds the alternative away from the worst.
        """
        gains = normalize(values, signs, self.normalization, self.scales)
        _, to_worst = self._gaps(gains)
        squared = np.square(to_worst * weights)
        whole = squared.sum(axis=-1, keepdims=True)
        shares = np.divide(squared, whole, out=np.zeros_like(squared), where=whole > 0)
        return shares * self(values, weights, signs)[..., None]


def _distances(to_best: Array, to_worst: Array, weights: Array) -> tuple[Array, Array]:
    squared = np.square(weights)
    far, near = weigh(np.square(to_best), squared), weigh(np.square(to_worst), squared)
    return np.sqrt(far, out=far), np.sqrt(near, out=near)


def _place_keys(far: Array, near: Array) -> Array | None:
    near += far
    if not near.min() > 0:
        return None
    far /= near
    return np.add(far, 4.0, order="C")


def _closeness(far: Array, near: Array) -> Array:
    whole = far + near
    if whole.min() > 0:
        return np.divide(near, whole, out=whole)
    return np.divide(near, whole, out=np.full_like(whole, 0.5), where=whole > 0)
