"""The sum over criteria that every kernel needs, fast and the same on every machine."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: Multiply-adds of one matrix product; above it BLAS libraries wake their threads, which is slower
#: than the product itself on a busy machine.
PRODUCT_LIMIT = 250_000


def weigh(parts: Array, weights: Array) -> Array:
    """Sum parts times weights over the criteria.

    Parameters
    ----------
    parts : array, shape (..., m, n)
    weights : array, shape (..., n)

    Returns
    -------
    array, shape (..., m)

    Examples
    --------
    >>> weigh(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.5, 0.5], [1.0, 0.0]])).tolist()
    [[1.5, 3.5], [1.0, 3.0]]
    """
    if parts.ndim > 2 or weights.ndim == 1:
        product: Array = (parts * weights[..., None, :]).sum(axis=-1)
        return product
    return weigher(parts)(weights)


def weigher(parts: Array) -> Callable[[Array], Array]:
    """Return :func:`weigh` of the parts of one matrix, shape (m, n), for many weights."""
    rows = max(1, PRODUCT_LIMIT // max(parts.size, 1))
    columns = np.ascontiguousarray(parts.T)

    def weighed(weights: Array) -> Array:
        if weights.ndim == 1:
            return np.asarray((parts * weights).sum(axis=-1), dtype=np.float64)
        many = weights.reshape(-1, weights.shape[-1])
        out = np.empty((many.shape[0], parts.shape[0]))
        for start in range(0, len(many), rows):
            np.matmul(many[start : start + rows], columns, out=out[start : start + rows])
        return out.reshape(*weights.shape[:-1], parts.shape[0])

    return weighed
