"""Priorities of one or many matrices of ratios, on arrays and without checks.

A matrix holds in row i, column j how many times i outweighs j. Three ways to read weights from it:

eigenvector
    the principal right eigenvector, A w = λmax w (Saaty 1977, *J. Math. Psychology* 15, 234-281);
geometric_mean
    w_i proportional to the geometric mean of row i, which is the logarithmic least squares
    solution (Crawford and Williams 1985, *J. Math. Psychology* 29, 387-405);
normalized_columns
    the mean over the columns, each scaled to sum 1: the textbook's approximation by hand.

Comparisons with gaps are completed first. The weights of an incomplete set minimise the sum of squares of
``log a_ij - log(w_i / w_j)`` over the pairs that were compared: a linear system with the Laplacian of the
graph of comparisons, with one solution exactly when that graph is connected (Bozóki, Fülöp and Rónyai
2010, *Mathematical and Computer Modelling* 52, 318-333). The same paper fills gaps so that λmax is least.
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


_MOST_SWEEPS = 10_000
_SETTLED = 1e-13


def connected_components(ratios: Array) -> list[list[int]]:
    """Return the connected components of the graph of comparisons; one when a chain joins all items."""
    compared = ~np.isnan(ratios)
    unseen = list(range(len(ratios)))
    found = []
    while unseen:
        group = [unseen.pop(0)]
        for item in group:
            neighbors = [other for other in unseen if compared[item, other]]
            group += neighbors
            unseen = [other for other in unseen if other not in neighbors]
        found.append(sorted(group))
    return found


def least_squares_weights(ratios: Array) -> Array:
    """Return the logarithmic least squares weights of connected sets, shape (..., n); NaN is a gap."""
    n = ratios.shape[-1]
    compared = ~np.isnan(ratios) & ~np.eye(n, dtype=bool)
    logs = np.where(compared, np.log(np.where(compared, ratios, 1.0)), 0.0)
    laplacian = compared.sum(axis=-1, dtype=float)[..., None] * np.eye(n) - compared
    # The Laplacian knows differences only; fixing the mean of the logarithms at 0 makes it regular.
    levels = np.linalg.solve(laplacian + 1.0 / n, logs.sum(axis=-1)[..., None])[..., 0]
    weights = np.exp(levels - levels.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def fill_inside(ratios: Array) -> Array:
    """Fill the gaps inside each connected component by its own weights; between components they stay."""
    filled = ratios.copy()
    for part in connected_components(ratios):
        inside = np.ix_(part, part)
        filled[inside] = fill_with(ratios[inside], least_squares_weights(ratios[inside]))
    return filled


def fill_with(ratios: Array, weights: Array) -> Array:
    """Fill the gaps with the ratios of given weights, so that they add no opinion of their own."""
    return np.where(np.isnan(ratios), weights[..., :, None] / weights[..., None, :], ratios)


def fill_least_eigenvalue(ratios: Array) -> Array:
    """Fill the gaps of a connected set so that λmax is least.

    At the minimum every filled entry is ``sqrt((w_i / w_j) (v_j / v_i))`` with the right and left
    eigenvectors w and v; the problem is convex in the logarithms, so this fixed point is the answer.

    Parameters
    ----------
    ratios : ndarray, shape (n, n)
        Ratios, NaN where a pair was not compared.

    Returns
    -------
    ndarray, shape (n, n)
    """
    gaps = np.isnan(ratios)
    filled = fill_with(ratios, least_squares_weights(ratios))
    if not gaps.any():
        return filled
    for _ in range(_MOST_SWEEPS):
        right, left = priorities(filled), priorities(filled.T)
        level = np.sqrt(right / left)
        after = np.where(gaps, level[:, None] / level[None, :], ratios)
        if np.abs(np.log(after / filled)).max() < _SETTLED:
            return after
        filled = after
    return filled
