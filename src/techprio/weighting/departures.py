"""How far each comparison of one matrix departs from the others, and the change that brings it back.

A judgment stands out by its error ``a_ij w_j / w_i``, the factor by which it departs from the weights of
the whole set (Saaty 2003, *EJOR* 145, 85-91). What the other comparisons imply for the pair comes from
leaving it out (Harker 1987, *Mathematical Modelling* 9, 353-360).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.weighting.consistency import RandomIndex, measure_consistency
from techprio.weighting.priorities import (
    connected_components,
    fill_least_eigenvalue,
    least_squares_weights,
)
from techprio.weighting.priorities import priorities as priorities_of

Array = NDArray[np.float64]


def judgment_errors(ratios: Array) -> Array:
    """Return the error ``a_ij w_j / w_i`` of every judgment, shape (n, n); NaN where there is none."""
    weights = least_squares_weights(ratios) if np.isnan(ratios).any() else priorities_of(ratios)
    return np.asarray(ratios * weights[None, :] / weights[:, None])


def implied_ratio(ratios: Array, row: int, column: int) -> float | None:
    """Return what the other comparisons imply for one pair; None when nothing else joins the two.

    Harker 1987: the pair and all gaps are 0, each diagonal entry is 1 plus the gaps of its row, and the
    principal eigenvector of that matrix gives the ratio.
    """
    without = ratios.copy()
    without[row, column] = without[column, row] = np.nan
    if len(connected_components(without)) > 1:
        return None
    gaps = np.isnan(without)
    matrix = np.where(gaps, 0.0, without) + np.diag(gaps.sum(axis=1))
    weights = priorities_of(matrix)
    return float(weights[row] / weights[column])


@dataclass(frozen=True)
class Departure:
    """One judgment against the others: places of both sides, and the change that was found for it."""

    preferred: int
    other: int
    strength: float
    error: float
    implied: float | None
    proposed: float
    cr_after: float
    clears: bool
    least: float  # the lowest ratio that changing this judgment alone can reach

    @property
    def change(self) -> float:
        """How far the proposal is from what was said, in logarithms."""
        return abs(float(np.log(self.proposed / self.strength)))


def find_departures(
    ratios: Array, limit: float, random_index: RandomIndex, largest: float
) -> list[Departure]:
    """Return every judgment of one matrix, the furthest from the others first."""
    errors = judgment_errors(ratios)
    pairs = []
    for i, j in zip(*np.triu_indices(len(ratios), 1), strict=True):
        if np.isnan(ratios[i, j]):
            continue
        one, other = (int(i), int(j)) if ratios[i, j] >= 1 else (int(j), int(i))
        proposed, after, least = _best_change(ratios, one, other, limit, random_index, largest)
        pairs.append(
            Departure(
                preferred=one,
                other=other,
                strength=float(ratios[one, other]),
                error=float(max(errors[i, j], 1 / errors[i, j])),
                implied=implied_ratio(ratios, one, other),
                proposed=proposed,
                cr_after=after,
                clears=after <= limit,
                least=least,
            )
        )
    # Equal errors (always so for three items) differ by the size of the change.
    return sorted(pairs, key=lambda pair: (-round(pair.error, 9), pair.change))


def _best_change(
    ratios: Array, row: int, column: int, limit: float, random_index: RandomIndex, largest: float
) -> tuple[float, float, float]:
    """Return the value nearest to the stated one that clears, or the best one; its ratio, and the least."""

    def ratio_with(level: float) -> float:
        changed = ratios.copy()
        changed[row, column], changed[column, row] = np.exp(level), np.exp(-level)
        return measure_consistency(changed, random_index=random_index).cr

    stated = float(np.log(ratios[row, column]))
    free = ratios.copy()
    free[row, column] = free[column, row] = np.nan
    if len(connected_components(free)) > 1:
        return float(ratios[row, column]), ratio_with(stated), ratio_with(stated)
    # The value with the least λmax is that of the pair left open; λmax is convex in its logarithm, so on a
    # scale that does not reach so far the end is best.
    whole = np.log(np.arange(1, int(largest) + 1))
    best = float(np.clip(np.log(fill_least_eigenvalue(free)[row, column]), -whole[-1], whole[-1]))
    least = ratio_with(best)
    if least > limit:
        return float(np.exp(best)), least, least
    scale = np.concatenate([-whole[:0:-1], whole])
    for level in scale[np.argsort(np.abs(scale - stated), kind="stable")]:
        after = ratio_with(level)
        if after <= limit:
            return float(np.exp(level)), after, least
    return float(np.exp(best)), least, least
