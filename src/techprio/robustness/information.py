r"""Value of information: which uncertain figure, known exactly, would change a list, and what that is worth.

The decision is the first k of a list, its worth the sum of their scores. Best by expected scores it is worth
:math:`V = \max_S E[\sum_{i \in S} y_i]`; with figure x known exactly
:math:`V_x = E_x[\max_S E[\sum_{i \in S} y_i | x]]`. The expected value of partial perfect information is
:math:`V_x - V`, never negative. Conditional means come from a regression of the drawn scores on the drawn
figure, on the draws of the simulation itself, so that no nested simulation is needed.

References
----------
M. Strong, J. E. Oakley, A. Brennan (2014), Estimating multiparameter partial expected value of perfect
information from a probabilistic sensitivity analysis sample. Medical Decision Making 34(3), 311-326.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated

Array = NDArray[np.float64]
#: Degree of the polynomial that gives the conditional mean.
DEGREE = 3
#: Share of the variance times draws below which a figure explains no more than chance does: the 99.9 %
#: point of chi-squared with three degrees of freedom.
NOISE = 16.27
#: Slices of a figure in which probabilities of the first k are counted.
SLICES = 20


@dataclass(frozen=True)
class Information:
    """What one figure is worth for one choice.

    Parameters
    ----------
    changed : array of bool, shape (draws,)
        Whether another choice would be best if the figure had the value of the draw.
    gain : float
        Expected value of knowing the figure exactly.
    decided_gain : float
        How many fewer would be contested, on average.

    Examples
    --------
    >>> figure = np.linspace(-1, 1, 1001)
    >>> found = partial_information(figure, np.column_stack([np.zeros(1001), figure]))
    >>> round(found.p_change, 2), round(found.gain, 2)
    (0.5, 0.25)
    """

    changed: NDArray[np.bool_]
    gain: float = 0.0
    decided_gain: float = 0.0

    @property
    def p_change(self) -> float:
        """Probability that the choice would be another one."""
        return float(self.changed.mean())


@validated
def partial_information(
    figure: Array, payoffs: Array, top: int = 1, *, bounds: tuple[float, float] | None = None
) -> Information:
    """Return the expected value of knowing a drawn figure exactly, for the choice of the best k.

    Parameters
    ----------
    figure : array, shape (draws,)
        The figure in each draw.
    payoffs : array, shape (draws, m)
        What each of m choices is worth in each draw.
    top : int
        How many are chosen.
    bounds : (float, float), optional
        Firm and firmly not, for how many fewer would be contested.

    Returns
    -------
    Information

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> cost = rng.normal(0, 1, 100_000)
    >>> found = partial_information(cost, np.column_stack([np.zeros(100_000), cost]))
    >>> round(found.gain, 2), round(found.p_change, 1)  # a normal loss of 1 / sqrt(2 pi)
    (0.4, 0.5)
    """
    basis = polynomial_basis(np.asarray(figure, dtype=float))
    return information_of(basis, figure, np.asarray(payoffs, dtype=float), top, bounds)


def information_of(
    basis: Array | None, figure: Array, payoffs: Array, top: int, bounds: tuple[float, float] | None
) -> Information:
    """Return :func:`partial_information` with the basis of the figure made already."""
    count = payoffs.shape[1]
    if basis is None or top >= count:
        return Information(np.zeros(len(figure), dtype=bool))
    means = payoffs.mean(axis=0)
    centered = payoffs - means
    parts = basis.T @ centered
    explained = np.square(parts).sum(axis=0)
    whole = np.square(centered).sum(axis=0)
    telling = (whole > 0) & (len(basis) * explained > NOISE * whole)
    if not telling.any():
        return Information(np.zeros(len(figure), dtype=bool))
    fitted = np.where(telling, basis @ parts, 0.0) + means
    first = np.sort(np.argpartition(-means, top - 1)[:top])
    chosen = np.sort(np.argpartition(-fitted, top - 1, axis=1)[:, :top], axis=1)
    best = np.take_along_axis(fitted, chosen, axis=1).sum(axis=1)
    changed = (chosen != first).any(axis=1)
    gain = max(0.0, float(best.mean() - fitted[:, first].sum(axis=1).mean()))
    decided = 0.0 if bounds is None or not changed.any() else _fewer_contested(figure, payoffs, top, bounds)
    return Information(changed, gain, decided)


def polynomial_basis(figure: Array) -> Array | None:
    """Return orthonormal polynomials of a figure, without the constant; None where it does not vary."""
    spread = figure.std()
    if not spread > 0:
        return None
    x = (figure - figure.mean()) / spread
    powers = np.column_stack([np.ones_like(x), *(x**degree for degree in range(1, DEGREE + 1))])
    orthonormal, triangle = np.linalg.qr(powers)
    kept = np.abs(np.diag(triangle)) > 1e-8 * np.sqrt(len(x))
    kept[0] = False
    return np.asarray(orthonormal[:, kept])


def _fewer_contested(figure: Array, payoffs: Array, top: int, bounds: tuple[float, float]) -> float:
    firm, firmly_not = bounds
    order = np.argsort(-payoffs, axis=1, kind="stable")[:, :top]
    inside = np.zeros(payoffs.shape, dtype=bool)
    np.put_along_axis(inside, order, True, axis=1)
    slices = np.array_split(np.argsort(figure, kind="stable"), SLICES)
    now = _contested(inside.mean(axis=0), firm, firmly_not)
    later = sum(
        len(rows) * _contested(inside[rows].mean(axis=0), firm, firmly_not) for rows in slices if len(rows)
    )
    return float(now - later / len(figure))


def _contested(chance: Array, firm: float, firmly_not: float) -> int:
    return int(((chance < firm) & (chance > firmly_not)).sum())


def own_information(
    basis: Array | None, figure: Array, scores: Array, means: Array, own: int, top: int,
    bounds: tuple[float, float],
) -> Information:  # fmt: skip
    """Return what a figure is worth that moves one score and no other: against the k-th of the others."""
    if basis is None or top >= len(means):
        return Information(np.zeros(len(figure), dtype=bool))
    centered = scores[:, own] - means[own]
    parts = basis.T @ centered
    if not len(basis) * float(parts @ parts) > NOISE * float(centered @ centered):
        return Information(np.zeros(len(figure), dtype=bool))
    fitted = basis @ parts + means[own]
    line = float(np.sort(np.delete(means, own))[-top])
    inside = means[own] > line
    changed = (fitted > line) != inside
    gain = float(np.maximum(fitted - line, 0.0).mean()) - max(float(means[own]) - line, 0.0)
    decided = _fewer_contested(figure, scores, top, bounds) if changed.any() else 0.0
    return Information(changed, max(gain, 0.0), decided)
