"""The sum over criteria that every kernel needs, fast and the same on every machine."""

from __future__ import annotations

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
    many = weights.reshape(-1, weights.shape[-1])
    rows = max(1, PRODUCT_LIMIT // max(parts.size, 1))
    out = np.empty((many.shape[0], parts.shape[0]))
    columns = np.ascontiguousarray(parts.T)
    for start in range(0, len(many), rows):
        np.matmul(many[start : start + rows], columns, out=out[start : start + rows])
    return out.reshape(*weights.shape[:-1], parts.shape[0])
