"""The weighted sum (simple additive weighting): gains times weights, added up.

References
----------
Fishburn P.C. (1967) Additive utilities with incomplete product set. Operations Research 15(3).
"""

from __future__ import annotations

from collections.abc import Mapping
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
class WeightedSum(NormalizedMethod):
    """The sum of weighted gains; exactly the sum of its contributions.

    Parameters
    ----------
    normalization : {"minmax", "max", "sum", "vector", "none", "reference"}
        ``"max"`` and ``"sum"`` turn a cost round as 1/x: costs must be above 0 and no value below it.
        ``"none"`` takes the values as they are, costs as negative numbers.

    Examples
    --------
    >>> values = np.array([[25.0, 20.0], [10.0, 30.0]])
    >>> WeightedSum(normalization="none")(values, np.array([0.5, 0.5]), np.array([1.0, 1.0])).tolist()
    [22.5, 20.0]
    """

    normalization: Annotated[
        str, normalization_field(("minmax", "max", "sum", "vector", "none", "reference"))
    ] = "minmax"

    @property
    def bounded(self) -> bool:
        """Whether scores lie in 0..1."""
        return self.normalization in ("minmax", "max", "sum", "reference")

    @validated
    def problems(self, matrix: DecisionMatrix) -> list[Problem]:
        """Return the values that the normalization cannot take."""
        if self.normalization not in ("max", "sum"):
            return []
        return ratio_problems(matrix, text("normalization {name!r}", name=self.normalization))

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the weighted sums, shape (..., m)."""
        return weigh(normalize(values, signs, self.normalization, self.scales), weights)

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the paper: normalized, weighted, score."""
        gains = normalize(values, signs, self.normalization, self.scales)
        return {
            "normalized": Step(gains),
            "weighted": Step(gains * weights),
            "score": Step(weigh(gains, weights), ("alternative",)),
        }

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the weighted gains; rows add up to the score, shape (m, n)."""
        return normalize(values, signs, self.normalization, self.scales) * weights
