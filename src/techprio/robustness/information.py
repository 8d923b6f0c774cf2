r"""Value of information: which uncertain figure, known exactly, would change a list, and what that is worth.

The decision is the first k of a list, its worth the sum of their scores. Best by expected scores it is worth
:math:`V = \max_S E[\sum_{i \in S} y_i]`; with figure x known exactly
:math:`V_x = E_x[\max_S E[\sum_{i \in S} y_i | x]]`. The expected value of partial perfect information is
:math:`V_x - V`, never negative. Conditional means come from a regression of the drawn scores on the drawn
figure, on the draws of the simulation itself, so that no nested simulation is needed.

What a technology turns out to be (among the first or not, its role, its phase) is a decision of its own, by
the most probable one; it is worth 1 where it is right. The same value is then the expected number of
technologies fewer that stand in a wrong place: :math:`E_x[\max_c P(c | x)] - \max_c P(c)`.

References
----------
M. Strong, J. E. Oakley, A. Brennan (2014), Estimating multiparameter partial expected value of perfect
information from a probabilistic sensitivity analysis sample. Medical Decision Making 34(3), 311-326.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: Degree of the polynomial that gives the conditional mean.
DEGREE = 3
#: Share of the variance times draws below which a figure explains no more than chance does: the 99.9 %
#: point of chi-squared with three degrees of freedom, and the 99.9999 % one where thousands are asked.
NOISE, RARE_NOISE = 16.27, 30.66
#: Share of the draws from which on what a technology is found to be is not in question.
SURE = 0.99
#: Slices of a figure in which probabilities of the first k are counted.
SLICES = 20
#: Margins that differ by less from 0 are on the line.
EQUAL = 1e-9


@dataclass(frozen=True)
class Information:
    """What one figure is worth for one choice.

    Parameters
    ----------
    changed : array of bool, shape (draws,)
        Whether another choice would be best if the figure had the value of the draw.
    gain : float
        Expected value of knowing the figure exactly.
    firm_gain, decided_gain : float
        How many more would be firm, and how many fewer contested, on average.
    moved : tuple of int
        Which choices would come in or leave.

    Examples
    --------
    >>> figure = np.linspace(-1, 1, 1001)
    >>> found = partial_information(figure, np.column_stack([np.zeros(1001), figure]))
    >>> round(found.p_change, 2), round(found.gain, 2)
    (0.5, 0.25)
    """

    changed: Flags
    gain: float = 0.0
    firm_gain: float = 0.0
    decided_gain: float = 0.0
    moved: tuple[int, ...] = ()

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
        Firm and firmly not, for how many more would be firm and fewer contested.

    Returns
    -------
    Information

    Raises
    ------
    InputError
        What is not finite.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> cost = rng.normal(0, 1, 100_000)
    >>> found = partial_information(cost, np.column_stack([np.zeros(100_000), cost]))
    >>> round(found.gain, 2), round(found.p_change, 1)  # a normal loss of 1 / sqrt(2 pi)
    (0.4, 0.5)
    """
    drawn, worth = np.asarray(figure, dtype=float), np.asarray(payoffs, dtype=float)
    for name, given in (("figure", drawn), ("payoffs", worth)):
        if not np.isfinite(given).all():
            found = given[~np.isfinite(given)][0]
            raise InputError.argument(name, found=f"{found:g}", allowed=text("finite numbers"))
    return DrawnList(worth, top, bounds).information(drawn, polynomial_bases(drawn[None])[0])


def polynomial_bases(figures: Array) -> Array:
    """Return orthonormal polynomials of each figure, without the constant: (f, draws) to (f, 3, draws).

    Where a figure has too few values for a power, or does not vary, that polynomial is 0.
    """
    centered = figures - figures.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(centered).sum(axis=1, keepdims=True) / figures.shape[1])
    varies = spread > 1e-12 * np.abs(figures).max(axis=1, keepdims=True, initial=0.0)
    x = np.divide(centered, spread, out=np.zeros_like(centered), where=varies)
    powers = np.empty((len(x), DEGREE, x.shape[1]))
    powers[:, 0] = x
    for degree in range(1, DEGREE):
        np.multiply(powers[:, degree - 1], x, out=powers[:, degree])
    powers -= powers.mean(axis=2, keepdims=True)
    sizes, turns = np.linalg.eigh(powers @ powers.swapaxes(1, 2))
    kept = sizes > 1e-9 * np.maximum(sizes[:, -1:], 1e-300)
    scales = np.where(kept, 1.0 / np.sqrt(np.where(kept, sizes, 1.0)), 0.0)
    return np.asarray((turns * scales[:, None, :]).swapaxes(1, 2) @ powers)


class DrawnList:
    """The drawn scores of one list, and what is known of it without any figure.

    Parameters
    ----------
    scores : array, shape (draws, m)
    top : int, optional
        The k of the first k; without it what is chosen are the scores from 0 on, which are then margins over
        a line that no other alternative moves.
    bounds : (float, float), optional
    """

    def __init__(self, scores: Array, top: int | None, bounds: tuple[float, float] | None) -> None:
        self.scores, self.top, self.bounds = scores, top, bounds
        self.means = scores.mean(axis=0)
        self.centered = scores - self.means
        self.whole = np.square(self.centered).sum(axis=0)
        self.open = top is None or top < scores.shape[1]
        if top is None:
            self.first = np.flatnonzero(self.means >= -EQUAL)
        else:
            self.first = np.sort(np.argpartition(-self.means, top - 1)[:top]) if self.open else np.arange(top)
        self.is_first = np.isin(np.arange(scores.shape[1]), self.first)
        self.inside = self.chosen(scores) if self.open else np.ones(scores.shape, dtype=bool)
        self.chance = self.inside.mean(axis=0)
        self._counted = self.inside.astype(float)

    def chosen(self, scores: Array) -> Flags:
        """Return what is chosen by scores of some draws, shape of ``scores``."""
        return np.asarray(scores >= -EQUAL) if self.top is None else first_of(scores, self.top)

    def information(self, figure: Array, basis: Array) -> Information:
        """Return what a figure is worth that may move every score."""
        nothing = Information(np.zeros(len(figure), dtype=bool))
        if not self.open:
            return nothing
        parts = basis @ self.centered
        telling = (self.whole > 0) & (len(figure) * np.square(parts).sum(axis=0) > NOISE * self.whole)
        if not telling.any():
            return nothing
        fitted = basis.T @ np.where(telling, parts, 0.0)
        fitted += self.means
        line = 0.0 if self.top is None else np.partition(fitted, -self.top, axis=1)[:, -self.top][:, None]
        chosen = fitted >= line
        # The draws of one are one piece of memory: much quicker to go through.
        other = np.ascontiguousarray((chosen != self.is_first).T)
        differs, changed = np.flatnonzero(other.any(axis=1)), np.asarray(other.any(axis=0))
        best = np.einsum("dm,dm->d", fitted, chosen)
        gain = max(0.0, float(best.mean() - fitted[:, self.first].sum(axis=1).mean()))
        return self._with_classes(figure, changed, gain, tuple(map(int, differs)))

    def own_information(self, own: int, figures: Array, bases: Array) -> list[Information]:
        """Return what figures are worth that move one score and no other: against the k-th of the others."""
        draws = figures.shape[1]
        nothing = Information(np.zeros(draws, dtype=bool))
        if not self.open:
            return [nothing] * len(figures)
        parts = bases @ self.centered[:, own]
        telling = draws * np.square(parts).sum(axis=1) > NOISE * self.whole[own]
        mean, line = float(self.means[own]), 0.0
        moved: tuple[int, ...] = (own,)
        if self.top is not None:
            order = np.argsort(-self.means, kind="stable")
            rival = int(order[order != own][self.top - 1])
            line, moved = float(self.means[rival]), (own, rival)
        found = []
        for figure, basis, part, tells in zip(figures, bases, parts, telling, strict=True):
            if not tells:
                found.append(nothing)
                continue
            fitted = part @ basis + mean
            gain = float(np.maximum(fitted - line, 0.0).mean()) - max(mean - line, 0.0)
            changed = (fitted > line) != (mean > line)
            found.append(self._with_classes(figure, changed, max(gain, 0.0), moved))
        return found

    def _with_classes(
        self, figure: Array, changed: Flags, gain: float, moved: tuple[int, ...]
    ) -> Information:
        if not changed.any():
            return Information(changed, gain)
        if self.bounds is None:
            return Information(changed, gain, moved=moved)
        starts, sizes = _slices(len(figure))
        inside = np.add.reduceat(self._counted[np.argsort(figure, kind="stable")], starts, axis=0)
        more = classes_gained(self.chance, inside / sizes[:, None], sizes / len(figure), self.bounds)
        return Information(changed, gain, *more, moved)


def _slices(draws: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the slices of some draws begin, and their sizes: as equal as can be, none empty."""
    least, more = divmod(draws, SLICES)
    sizes = np.full(SLICES, least)
    sizes[:more] += 1
    sizes = sizes[sizes > 0]
    return np.cumsum(sizes) - sizes, sizes


def classes_gained(
    now: Array, later: Array, shares: Array, bounds: tuple[float, float]
) -> tuple[float, float]:
    """Return how many more are firm, and how many fewer contested, with chances ``later`` (s, m)."""
    firm, firmly_not = bounds
    more = shares @ (later >= firm).sum(axis=1) - (now >= firm).sum()
    contested = ((now < firm) & (now > firmly_not)).sum()
    fewer = contested - shares @ ((later < firm) & (later > firmly_not)).sum(axis=1)
    return float(more), float(fewer)


def first_of(scores: Array, top: int) -> Flags:
    """Return which are among the first k of each draw, shape of ``scores``; equals by their order."""
    others = scores.shape[1] - top
    if others <= 0:
        return np.ones(scores.shape, dtype=bool)
    line = np.partition(scores, others, axis=1)[:, others]
    inside = np.asarray(scores >= line[:, None])
    if np.count_nonzero(inside) > top * len(inside):  # some share the last place
        shared = np.flatnonzero(np.count_nonzero(inside, axis=1) > top)
        order = np.argsort(-scores[shared], axis=1, kind="stable")
        inside[shared[:, None], order] = np.arange(scores.shape[1]) < top
    return inside


class Settled(NamedTuple):
    """What knowing a figure does to decisions that are each right or wrong.

    Attributes
    ----------
    fewer : float
        Expected number of wrong ones fewer.
    changed : array of bool, shape (draws,)
        Whether any of them would be another one.
    names : tuple of str
        Whose decision may be another one.
    """

    fewer: float
    changed: Flags
    names: tuple[str, ...]


class Places:
    """What each technology is found to be in each draw, ready for the regression on any figure.

    Parameters
    ----------
    drawn : DataFrame
        A row a draw, a column a technology: a class, a role or a phase, whatever it is called.
    """

    def __init__(self, drawn: pd.DataFrame) -> None:
        columns: list[Array] = []
        self.owners: list[tuple[str, slice]] = []
        for name in drawn:
            codes, found = pd.factorize(drawn[name])
            counts = np.bincount(codes, minlength=len(found))
            if counts.max() > SURE * len(codes):
                continue
            # Of two classes one says all; which is the first does not matter.
            kept = range(1) if len(found) == 2 else range(len(found))
            self.owners.append((str(name), slice(len(columns), len(columns) + len(kept))))
            columns += [(codes == code).astype(float) for code in kept]
        shares = np.column_stack(columns) if columns else np.empty((len(drawn), 0))
        self.means = shares.mean(axis=0)
        self.centered = shares - self.means
        self.whole = np.square(self.centered).sum(axis=0)

    def settled(self, bases: Array) -> list[Settled]:
        """Return what each figure settles; what the draws cannot tell from chance counts as nothing."""
        figures, degrees, draws = bases.shape
        parts = (bases.reshape(-1, draws) @ self.centered).reshape(figures, degrees, -1)
        telling = draws * np.square(parts).sum(axis=1) > RARE_NOISE * self.whole
        return [self._settle(*one) for one in zip(bases, parts, telling, strict=True)]

    def _settle(self, basis: Array, parts: Array, telling: Flags) -> Settled:
        fewer, names, changed = 0.0, [], np.zeros(basis.shape[1], dtype=bool)
        for name, own in self.owners:
            if not telling[own].any():
                continue
            means, fitted = self.means[own], parts[:, own].T @ basis
            fitted += means[:, None]
            if len(means) == 1:
                means = np.append(means, 1 - means)
                chances = (fitted[0], 1 - fitted[0])
                best = np.maximum(*chances)
                moved = (chances[0] < chances[1]) != bool(means.argmax())
            else:
                best, now = fitted.max(axis=0), int(means.argmax())
                # Of equal ones the first counts.
                moved = (fitted[now] < best) | (fitted[:now] == best).any(axis=0)
            fewer += max(0.0, float(best.mean() - means.max()))
            if moved.any():
                names.append(name)
                changed |= moved
        return Settled(fewer, changed, tuple(names))
