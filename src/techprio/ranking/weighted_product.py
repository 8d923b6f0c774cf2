"""The weighted product: gains to the power of their weights, multiplied.

References
----------
Bridgman P.W. (1922) Dimensional Analysis. Yale University Press;
Miller D.W., Starr M.K. (1969) Executive Decisions and Operations Research. Prentice-Hall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import Problem
from techprio.language import text
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Step
from techprio.ranking.normalization import NormalizedMethod, normalize, ratio_problems
from techprio.ranking.options import normalization_field, weigh

Array = NDArray[np.float64]


@dataclass(frozen=True)
class WeightedProduct(NormalizedMethod):
    """The product of gains, each to the power of its weight: one gain of zero makes the whole zero.

    Parameters
    ----------
    normalization : {"max", "sum", "none", "reference"}
        All but ``"reference"`` turn a cost round as 1/x, so costs must be above 0 and no value below it.

    Examples
    --------
    >>> values = np.array([[2.0, 4.0], [4.0, 8.0]])
    >>> WeightedProduct()(values, np.array([0.5, 0.5]), np.array([1.0, -1.0])).round(4).tolist()
    [0.7071, 0.7071]
    """

    normalization: Annotated[str, normalization_field(("max", "sum", "none", "reference"))] = "max"

    @validated
    def problems(self, matrix: DecisionMatrix) -> list[Problem]:
        """Return the values that the normalization cannot take."""
        if self.normalization == "reference":
            return []
        return ratio_problems(matrix, text("the weighted product"))

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the weighted products, shape (..., m)."""
        return _product(self._gains(values, signs), weights)

    def _gains(self, values: Array, signs: Array) -> Array:
        if self.normalization == "none":
            return np.where(signs > 0, values, 1.0 / values)
        return normalize(values, signs, self.normalization, self.scales)

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the paper: normalized, powers, score."""
        gains = self._gains(values, signs)
        return {
            "normalized": Step(gains),
            "powers": Step(gains**weights),
            "score": Step(_product(gains, weights), ("alternative",)),
        }

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]]:
        """Return the gains and the score of any row of gains, everything else held still."""
        return self._gains(values, signs), lambda rows: _product(rows, weights)


def _product(gains: Array, weights: Array) -> Array:
    logs = np.log(np.where(gains > 0, gains, 1.0))
    nothing = weigh((gains <= 0).astype(np.float64), weights) > 0
    return np.where(nothing, 0.0, np.exp(weigh(logs, weights)))
