"""A method that knows only one matrix at a time, made to take batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class OneByOne:
    """Call a function for each draw: slow, but any function will do.

    Parameters
    ----------
    function : callable
        ``(m, n), (n,), (n,) -> (m,)``, higher is better.

    Examples
    --------
    >>> def product(values, weights, signs):
    ...     return values @ (weights * signs)
    >>> OneByOne(product)(np.ones((3, 2)), np.full((5, 2), 0.5), np.ones(2)).shape
    (5, 3)
    """

    function: Callable[[Array, Array, Array], Array]

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores, shape (..., m)."""
        return each(self.function, values, weights, signs)


def each(
    function: Callable[[Array, Array, Array], Array], values: Array, weights: Array, signs: Array
) -> Array:
    """Apply a one-matrix function to every matrix of a batch."""
    batch = np.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    if not batch:
        return np.asarray(function(values, weights, signs), dtype=np.float64)
    many_values = np.broadcast_to(values, batch + values.shape[-2:]).reshape(-1, *values.shape[-2:])
    many_weights = np.broadcast_to(weights, batch + weights.shape[-1:]).reshape(-1, weights.shape[-1])
    scores = [function(one, w, signs) for one, w in zip(many_values, many_weights, strict=True)]
    return np.asarray(scores, dtype=np.float64).reshape(*batch, values.shape[-2])
