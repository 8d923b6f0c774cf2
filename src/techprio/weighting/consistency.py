"""How consistent judgments are: λmax, CI, CR with a named random index, geometric index.

CI = (λmax - n) / (n - 1) and CR = CI / RI(n) (Saaty 1980, *The Analytic Hierarchy Process*). CR is 0
by definition for n <= 2, which proves nothing. The geometric consistency index is the mean square of
``log a_ij - log(w_i / w_j)`` over the redundant comparisons, w by geometric mean (Aguarón and
Moreno-Jiménez 2003, *EJOR* 147, 137-145). Gaps lower the random index: RI(n, m) =
RI(n) (1 - 2m / ((n - 1)(n - 2))) for m gaps (Ágoston and Csató 2022, *Omega* 108, 102576); without a
redundant comparison nothing can contradict, and CR is not defined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.weighting.priorities import fill_least_eigenvalue, largest_eigenvalues, least_squares_weights

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
