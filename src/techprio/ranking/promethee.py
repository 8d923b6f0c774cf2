"""PROMETHEE II: how much each alternative is preferred to the others, less how much they are to it.

The net flow is a weighted sum of net flows on one criterion each, so its contributions are exact.

References
----------
Brans J.P., Mareschal B. (2005) PROMETHEE methods. In: Multiple Criteria Decision Analysis: State of the
Art Surveys. Springer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.ranking import Step
from techprio.ranking.preferences import Preference, as_preference
from techprio.ranking.weighing import weigh

Array = NDArray[np.float64]
Preferences = Preference | str | Mapping[str, Any] | Sequence[Any]


@dataclass(frozen=True)
class Promethee2:
    """Net flow, from -1 to 1.

    Parameters
    ----------
    preferences : Preference, str, mapping or sequence
        One for all criteria, one by criterion (by name; those left out are ``"usual"``), or one a
        column in its order.

    Examples
    --------
    >>> values = np.array([[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]])
    >>> Promethee2()(values, np.array([0.5, 0.3, 0.2]), np.ones(3)).round(12).tolist()
    [0.1, -0.3, 0.2]
    """

    preferences: Annotated[
        Preferences,
        Field(
            "Hàm ưu tiên",
            "Preference functions",
            (
                "promethee2: một hàm cho mọi tiêu chí, hoặc theo tiêu chí",
                "promethee2: one function for all criteria, or by criterion",
            ),
            kind="free",
            example="{F3: {type: linear, q: 1, p: 3}}",
        ),
    ] = "usual"
    functions: tuple[Preference, ...] = field(default=(), repr=False, compare=False, kw_only=True)
    bounded = True
    reversal_possible = True
    normalization = "preference functions"

    def bind(self, matrix: DecisionMatrix) -> Promethee2:
        """Return the method with one preference function a criterion of the matrix."""
        given = self.preferences
        if isinstance(given, Mapping) and "type" not in given:
            for name in given:
                if name not in matrix.criteria:
                    hint = did_you_mean(str(name), matrix.criteria)
                    raise InputError(f"preference function for unknown criterion {name!r}; {hint}")
            given = [given.get(name, "usual") for name in matrix.criteria]
        return replace(self, functions=self._functions(given, len(matrix.criteria)))

    def _functions(self, given: Any, count: int) -> tuple[Preference, ...]:
        if isinstance(given, Preference | str | Mapping):
            return (as_preference(given),) * count
        if len(given) != count:
            raise InputError(f"preferences: {count} criteria need as many functions; got {len(given)}")
        return tuple(as_preference(one) for one in given)

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the net flows, shape (..., m)."""
        positive, negative = self._flows(values, signs)
        return weigh(positive - negative, weights)

    def _flows(self, values: Array, signs: Array) -> tuple[Array, Array]:
        """Return the positive and negative flows on each criterion, shape (..., m, n)."""
        functions = self.functions or self._functions(self.preferences, values.shape[-1])
        positive, negative = np.zeros_like(values, dtype=np.float64), np.zeros_like(values, dtype=np.float64)
        others = max(values.shape[-2] - 1, 1)
        for column, function in enumerate(functions):
            gains = signs[column] * values[..., column]
            preferred = function(gains[..., :, None] - gains[..., None, :])
            positive[..., column] = preferred.sum(axis=-1) / others
            negative[..., column] = preferred.sum(axis=-2) / others
        return positive, negative

    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return one-criterion flows and the positive, negative and net flow."""
        positive, negative = self._flows(values, signs)
        plus, minus = weigh(positive, weights), weigh(negative, weights)
        return {
            "unicriterion_net_flow": Step(positive - negative),
            "positive_flow": Step(plus, ("alternative",)),
            "negative_flow": Step(minus, ("alternative",)),
            "net_flow": Step(plus - minus, ("alternative",)),
        }

    def contributions(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the weighted one-criterion net flows; rows add up to the net flow."""
        positive, negative = self._flows(values, signs)
        return (positive - negative) * weights
