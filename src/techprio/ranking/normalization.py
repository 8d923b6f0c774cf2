"""Normalizations: raw values to gains, where more is always better.

Every kernel here takes arrays of shape ``(..., m, n)`` (alternatives by criteria) and works
column by column. A column that does not vary gives no gain to anyone: it cannot separate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.language import text
from techprio.model.scale import Scale

Array = NDArray[np.float64]
Normalization = Literal["vector", "minmax", "max", "sum", "none", "reference"]
#: Normalizations under which the gains of an alternative depend on nothing but itself.
FIXED = ("none", "reference")


def normalize(values: Array, signs: Array, name: str, scales: Sequence[Scale] = ()) -> Array:
    """Turn raw values into gains (more is better), column by column.

    Parameters
    ----------
    values : array, shape (..., m, n)
    signs : array, shape (n,)
        +1 for criteria to maximize, -1 for criteria to minimize.
    name : {"vector", "minmax", "max", "sum", "none", "reference"}
    scales : sequence of Scale
        One per criterion; needed by ``"reference"``.

    Returns
    -------
    array, shape (..., m, n)

    Examples
    --------
    >>> cost = np.array([[2.0], [4.0], [3.0]])
    >>> normalize(cost, np.array([-1.0]), "minmax")[:, 0].tolist()
    [1.0, 0.0, 0.5]
    """
    if name == "reference":
        return reference_shares(values, scales)
    if name in ("max", "sum"):
        return _ratios(values, signs, name)
    oriented = values * signs
    if name == "none":
        return oriented
    if name == "vector":
        return oriented / nonzero(np.sqrt(np.square(values).sum(axis=-2, keepdims=True)))
    lowest = oriented.min(axis=-2, keepdims=True)
    return (oriented - lowest) / nonzero(oriented.max(axis=-2, keepdims=True) - lowest)


def reference_shares(values: Array, scales: Sequence[Scale]) -> Array:
    """Return (x - worst) / (best - worst) on each declared scale, shape as given."""
    if len(scales) != values.shape[-1]:
        raise InputError(
            text(
                "normalization 'reference' needs the declared scale of every criterion: rank a "
                "DecisionMatrix with scales, or bind the method to it (method.bind(matrix))"
            )
        )
    shares = np.array(values, dtype=np.float64, order="K")
    for column, scale in enumerate(scales):
        shares[..., column] = scale.share(shares[..., column])
    return shares


def _ratios(values: Array, signs: Array, name: str) -> Array:
    costs = np.broadcast_to(signs < 0, values.shape)
    gains = np.divide(1.0, values, where=costs & (values != 0), out=np.array(values, dtype=np.float64))
    whole = gains.max(axis=-2, keepdims=True) if name == "max" else gains.sum(axis=-2, keepdims=True)
    return gains / nonzero(whole)


def nonzero(divisors: Array) -> Array:
    """Return the divisors with 1 for 0: a column of zeros stays a column of zeros."""
    return np.where(divisors == 0, 1.0, divisors)
