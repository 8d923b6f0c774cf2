"""Circular triads: a is preferred to b, b to c, and c to a."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray


def circular_triads(ratios: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """Return every loop of three strict preferences, each read "first over second over third over first".

    Parameters
    ----------
    ratios : ndarray, shape (n, n)
        Ratios, row against column; NaN where a pair was not compared.

    Returns
    -------
    list of tuple of int
        Places of the three items; the first has the lowest place.

    References
    ----------
    Kendall and Babington Smith 1940, *Biometrika* 31, 324-345.

    Examples
    --------
    >>> circular_triads(np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]]))
    [(0, 1, 2)]
    """
    with np.errstate(invalid="ignore"):
        over = ratios > 1
    loops = []
    for a, b, c in combinations(range(len(ratios)), 3):
        if over[a, b] and over[b, c] and over[c, a]:
            loops.append((a, b, c))
        elif over[a, c] and over[c, b] and over[b, a]:
            loops.append((a, c, b))
    return loops
