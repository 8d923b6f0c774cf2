"""Comparisons with gaps: connectedness, logarithmic least squares, completion.

The weights of an incomplete set minimise the sum of squares of ``log a_ij - log(w_i / w_j)`` over the
pairs that were compared: a linear system with the Laplacian of the graph of comparisons, with one
solution exactly when that graph is connected (Bozóki, Fülöp and Rónyai 2010, *Mathematical and
Computer Modelling* 52, 318-333). The same paper fills gaps so that λmax is least.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from techprio.weighting.priorities import priorities

Array = NDArray[np.float64]

_MOST_SWEEPS = 10_000
_STILL = 1e-13


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
    """Return the logarithmic least squares weights of a connected set, shape (n,); NaN is a gap."""
    compared = ~np.isnan(ratios)
    np.fill_diagonal(compared, False)
    logs = np.where(compared, np.log(np.where(compared, ratios, 1.0)), 0.0)
    laplacian = np.diag(compared.sum(axis=1).astype(float)) - compared
    # The Laplacian knows differences only; fixing the mean of the logarithms at 0 makes it regular.
    levels = np.linalg.solve(laplacian + 1.0 / len(ratios), logs.sum(axis=1))
    weights = np.exp(levels - levels.max())
    return np.asarray(weights / weights.sum())


def fill_with(ratios: Array, weights: Array) -> Array:
    """Fill the gaps with the ratios of given weights, so that they add no opinion of their own."""
    return np.where(np.isnan(ratios), weights[:, None] / weights[None, :], ratios)


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
        if np.abs(np.log(after / filled)).max() < _STILL:
            return after
        filled = after
    return filled
