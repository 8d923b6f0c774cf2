"""How consistent judgments are (λmax, CI, CR with a named random index, GCI), and which of them departs.

CI = (λmax - n) / (n - 1) and CR = CI / RI(n) (Saaty 1980, *The Analytic Hierarchy Process*). CR is 0
by definition for n <= 2, which proves nothing. The geometric consistency index is the mean square of
``log a_ij - log(w_i / w_j)`` over the redundant comparisons, w by geometric mean (Aguarón and
Moreno-Jiménez 2003, *EJOR* 147, 137-145). Gaps lower the random index: RI(n, m) =
RI(n) (1 - 2m / ((n - 1)(n - 2))) for m gaps (Ágoston and Csató 2022, *Omega* 108, 102576); without a
redundant comparison nothing can contradict, and CR is not defined.

A judgment stands out by its error ``a_ij w_j / w_i``, the factor by which it departs from the weights of
the whole set (Saaty 2003, *EJOR* 145, 85-91). What the other comparisons imply for the pair comes from
leaving it out (Harker 1987, *Mathematical Modelling* 9, 353-360).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.weighting.priorities import (
    connected_components,
    fill_least_eigenvalue,
    largest_eigenvalues,
    least_squares_weights,
    priorities,
)

Array = NDArray[np.float64]

#: The bound that Saaty proposed for matrices of five items and more, used for all.
ACCEPTED_RATIO = 0.10

#: Mean CI of random matrices for n = 1, 2, 3 ... by the name of the table.
RANDOM_INDICES: Mapping[str, tuple[float, ...]] = {
    # Saaty 1980
    "saaty": (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    # Saaty and Tran 2007, Mathematical and Computer Modelling 46, 962-975
    "saaty2007": (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    # Alonso and Lamata 2006, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 14, 445-459
    "alonso_lamata": (
        *(0, 0, 0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499, 1.4854),
        *(1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}

RandomIndex = str | float | Mapping[int, float]


@dataclass(frozen=True)
class Consistency:
    """The figures of one set of comparisons; ``cr`` is NaN where it is not defined."""

    n: int
    lambda_max: float
    ci: float
    cr: float
    gci: float
    complete: bool

    @property
    def verdict(self) -> str:
        """``consistent``, ``look again`` (CR above 0.10), ``trivial`` (n <= 2) or ``not defined``."""
        if self.n <= 2:
            return "trivial"
        if np.isnan(self.cr):
            return "not defined"
        return "consistent" if self.cr <= ACCEPTED_RATIO else "look again"


def measure_consistency(ratios: Array, *, random_index: RandomIndex = "saaty") -> Consistency:
    """Measure one connected set of comparisons.

    Parameters
    ----------
    ratios : ndarray, shape (n, n)
        Ratios, row against column; NaN where a pair was not compared.
    random_index : str, float or mapping of int to float
        Name of a table of :data:`RANDOM_INDICES`, the figure for this n, or a table by n.

    Returns
    -------
    Consistency

    Examples
    --------
    >>> import numpy as np
    >>> loop = np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]])
    >>> round(measure_consistency(loop).cr, 4)
    1.1494
    """
    return measure_each(ratios[None], random_index=random_index)[0]


def measure_each(ratios: Array, *, random_index: RandomIndex = "saaty") -> list[Consistency]:
    """Measure every connected set of a stack, shape (m, n, n); the complete ones in one go."""
    n = ratios.shape[-1]
    missing = np.isnan(ratios).sum(axis=(-2, -1)) // 2
    if n <= 2:
        return [Consistency(n, float(n), 0.0, 0.0, 0.0, gaps == 0) for gaps in missing]
    whole = ratios.copy()
    for place in np.flatnonzero(missing):
        whole[place] = fill_least_eigenvalue(ratios[place])
    possible = (n - 1) * (n - 2) / 2
    redundant = possible - missing
    largest = largest_eigenvalues(whole)
    # λmax >= n always; rounding must not make a consistent matrix look better than consistent.
    index = np.where(redundant > 0, np.maximum(largest - n, 0.0) / (n - 1), 0.0)
    scale = (random_index_of(n, random_index) or 0.0) * redundant / possible
    ratio = np.divide(index, scale, out=np.full_like(index, np.nan), where=scale > 0)
    geometric = _geometric_indices(ratios, redundant)
    figures = zip(largest, index, ratio, geometric, missing, strict=True)
    return [
        Consistency(n, float(level), float(ci), float(cr), float(gci), bool(gaps == 0))
        for level, ci, cr, gci, gaps in figures
    ]


def random_index_of(n: int, random_index: RandomIndex) -> float | None:
    """Return the random index for n items; None beyond the end of its table."""
    if isinstance(random_index, str):
        if random_index not in RANDOM_INDICES:
            known = list(RANDOM_INDICES)
            raise InputError.argument(
                "random_index",
                found=random_index,
                allowed=text("{names}, a number, or a table by n", names=tuple(known)),
                proposal=did_you_mean(random_index, known),
            )
        table = RANDOM_INDICES[random_index]
        return table[n - 1] if n <= len(table) else None
    figure = random_index.get(n) if isinstance(random_index, Mapping) else random_index
    if figure is not None and not (np.isfinite(figure) and figure > 0):
        raise InputError.argument(
            "random_index", found=text("{figure} for {n} items", figure=repr(figure), n=n),
            allowed=text("a number above 0"),
        )  # fmt: skip
    return None if figure is None else float(figure)


def _geometric_indices(ratios: Array, redundant: Array) -> Array:
    weights = least_squares_weights(ratios)
    misfit = np.log(ratios * weights[..., None, :] / weights[..., :, None])
    squares = np.nansum(np.triu(misfit, 1) ** 2, axis=(-2, -1))
    return np.divide(squares, redundant, out=np.full(len(ratios), np.nan), where=redundant > 0)


def judgment_errors(ratios: Array) -> Array:
    """Return the error ``a_ij w_j / w_i`` of every judgment, shape (n, n); NaN where there is none."""
    weights = least_squares_weights(ratios) if np.isnan(ratios).any() else priorities(ratios)
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
    weights = priorities(matrix)
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
