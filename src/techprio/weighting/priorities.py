"""Priorities of one or many matrices of ratios, on arrays and without checks.

A matrix holds in row i, column j how many times i outweighs j. Three ways to read weights from it:

eigenvector
    the principal right eigenvector, A w = λmax w (Saaty 1977, *J. Math. Psychology* 15, 234-281);
geometric_mean
    w_i proportional to the geometric mean of row i, which is the logarithmic least squares
    solution (Crawford and Williams 1985, *J. Math. Psychology* 29, 387-405);
normalized_columns
    the mean over the columns, each scaled to sum 1: the textbook's approximation by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.errors import InputError, did_you_mean

Array = NDArray[np.float64]
PriorityMethod = Literal["eigenvector", "geometric_mean", "normalized_columns"]

# Squaring doubles the power, so this many reach A^(2^64): enough for any positive matrix.
_MOST_SQUARINGS = 64
_POLISHING_STEPS = 3
_STILL = 1e-14


def priorities(matrices: ArrayLike, method: PriorityMethod = "eigenvector") -> Array:
    """Return the weights of every matrix of a stack in one vectorised call.

    Parameters
    ----------
    matrices : array_like, shape (..., n, n)
        Complete positive ratios, row against column. They are not checked here;
        :func:`techprio.ahp` is the face that checks.
    method : {"eigenvector", "geometric_mean", "normalized_columns"}

    Returns
    -------
    ndarray, shape (..., n)
        Each vector sums to 1.

    Raises
    ------
    InputError
        An unknown method.

    Examples
    --------
    >>> priorities([[1, 3], [1 / 3, 1]]).round(2).tolist()
    [0.75, 0.25]
    """
    return priority_method(method)(np.asarray(matrices, dtype=np.float64))


def priority_method(name: str) -> Callable[[Array], Array]:
    """Return the kernel of that name, or say which names there are."""
    if name not in PRIORITY_METHODS:
        known = list(PRIORITY_METHODS)
        raise InputError.argument(
            "priorities", found=name, allowed=known, proposal=did_you_mean(str(name), known)
        )
    return PRIORITY_METHODS[name]


def largest_eigenvalues(matrices: Array, vectors: Array | None = None) -> Array:
    """Return λmax of every matrix, shape (...); ``vectors`` are their eigenvectors when known."""
    weights = _eigenvector(matrices) if vectors is None else vectors
    return np.asarray((matrices @ weights[..., None])[..., 0].sum(axis=-1) / weights.sum(axis=-1))


def _eigenvector(matrices: Array) -> Array:
    power = matrices
    before = _share(power.sum(axis=-1))
    for _ in range(_MOST_SQUARINGS):
        power = power / power.max(axis=(-2, -1), keepdims=True)
        power = power @ power
        weights = _share(power.sum(axis=-1))
        if np.abs(weights - before).max(initial=0.0) < _STILL:
            break
        before = weights
    # Steps with the matrix itself take away the rounding that the squarings have left.
    for _ in range(_POLISHING_STEPS):
        weights = _share((matrices @ weights[..., None])[..., 0])
    return weights


def _geometric_mean(matrices: Array) -> Array:
    return _share(np.exp(np.log(matrices).mean(axis=-1)))


def _normalized_columns(matrices: Array) -> Array:
    return np.asarray((matrices / matrices.sum(axis=-2, keepdims=True)).mean(axis=-1))


def _share(points: Array) -> Array:
    return np.asarray(points / points.sum(axis=-1, keepdims=True))


PRIORITY_METHODS: Mapping[str, Callable[[Array], Array]] = {
    "eigenvector": _eigenvector,
    "geometric_mean": _geometric_mean,
    "normalized_columns": _normalized_columns,
}
