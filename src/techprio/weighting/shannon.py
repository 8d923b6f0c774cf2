"""Shannon consensus of priorities (Goepel 2013, *ISAHP*; word scale by the same author, 2022).

With the experts' priorities
p_k and their mean, H_α is the mean entropy of the experts, H_γ the entropy of the mean, and
exp(H_α - H_γ) the homogeneity. It is stretched so that 1 is full agreement and 0 is what the panel would
show if each expert put the whole scale behind another criterion. Below 0.5 very low, 0.625 low, 0.75
moderate, 0.875 high, above very high.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.errors import InputError

Array = NDArray[np.float64]

BANDS = ((0.5, "very low"), (0.625, "low"), (0.75, "moderate"), (0.875, "high"))


def shannon_consensus(priorities: ArrayLike, *, largest: float | None = 9.0) -> float:
    """Return the Shannon consensus of priorities, 0 to 1.

    Parameters
    ----------
    priorities : array_like, shape (k, n)
        One row an expert, each summing to 1.
    largest : float or None
        End of the scale of comparisons; None when priorities are free, as overall weights are.

    Raises
    ------
    InputError
        Fewer than two experts or criteria, or rows that are no shares.

    Examples
    --------
    >>> shannon_consensus([[0.9, 0.1], [0.9, 0.1]])
    1.0
    >>> round(shannon_consensus([[0.9, 0.1], [0.1, 0.9]]), 9)
    0.0
    """
    p = np.asarray(priorities, dtype=np.float64)
    if p.ndim != 2 or p.shape[0] < 2 or p.shape[1] < 2:
        raise InputError(
            f"priorities: found the shape {p.shape}; allowed: two experts and two criteria or more"
        )
    if not ((p >= 0).all() and np.allclose(p.sum(axis=1), 1.0, atol=1e-6)):
        raise InputError("priorities: each row must be shares of 0 or more that sum to 1")
    k, n = p.shape
    homogeneity = np.exp(_entropy(p).mean() - _entropy(p.mean(axis=0)))
    lowest_alpha, highest_gamma = _ends(k, n, largest)
    floor = np.exp(lowest_alpha - highest_gamma)
    return float(np.clip((homogeneity - floor) / (1.0 - floor), 0.0, 1.0))


def consensus_band(value: float) -> str:
    """Return the word for a Shannon consensus.

    Examples
    --------
    >>> consensus_band(0.64)
    'moderate'
    """
    return next((word for bound, word in BANDS if value < bound), "very high")


def _entropy(p: Array) -> Array:
    return np.asarray(-(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=-1))


def _ends(experts: int, n: int, largest: float | None) -> tuple[float, float]:
    """Return the least mean entropy and the largest entropy of the mean that the scale allows."""
    k = min(experts, n)
    if largest is None:
        return 0.0, float(np.log(k))
    top, rest = largest / (n + largest - 1), 1 / (n + largest - 1)
    favorite = (largest + k - 1) / (k * (n + largest - 1))
    lowest_alpha = -top * np.log(top) - (n - 1) * rest * np.log(rest)
    highest_gamma = -k * favorite * np.log(favorite) - (n - k) * rest * np.log(rest)
    return float(lowest_alpha), float(highest_gamma)
