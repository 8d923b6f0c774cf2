"""Normalizations: raw values to gains, where more is always better.

Every kernel here takes arrays of shape ``(..., m, n)`` (alternatives by criteria) and works
column by column. A column that does not vary gives no gain to anyone: it cannot separate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Problem, Sayable
from techprio.language import text
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import MethodBase
from techprio.model.scale import Scale
from techprio.ranking.options import check_options

Array = NDArray[np.float64]
Normalization = Literal["vector", "minmax", "max", "sum", "none", "reference"]
#: Normalizations under which the gains of an alternative depend on nothing but itself.
FIXED = ("none", "reference")


def normalize(values: Array, signs: Array, name: str, scales: Sequence[Scale] = ()) -> Array:
    """Turn raw values into gains (more is better), column by column.

    Parameters
    ----------
    values : array, shape (..., m, n)
    signs : array, shape (n,)
        +1 for criteria to maximize, -1 for criteria to minimize.
    name : {"vector", "minmax", "max", "sum", "none", "reference"}
    scales : sequence of Scale
        One per criterion; needed by ``"reference"``.

    Returns
    -------
    array, shape (..., m, n)

    Examples
    --------
    >>> cost = np.array([[2.0], [4.0], [3.0]])
    >>> normalize(cost, np.array([-1.0]), "minmax")[:, 0].tolist()
    [1.0, 0.0, 0.5]
    """
    if name == "reference":
        return reference_shares(values, scales)
    if name in ("max", "sum"):
        return _ratios(values, signs, name)
    oriented = values * signs
    if name == "none":
        return oriented
    if name == "vector":
        return oriented / nonzero(np.sqrt(np.square(values).sum(axis=-2, keepdims=True)))
    lowest = oriented.min(axis=-2, keepdims=True)
    return (oriented - lowest) / nonzero(oriented.max(axis=-2, keepdims=True) - lowest)


def reference_shares(values: Array, scales: Sequence[Scale]) -> Array:
    """Return (x - worst) / (best - worst) on each declared scale, shape as given."""
    if len(scales) != values.shape[-1]:
        raise InputError(
            text(
                "normalization 'reference' needs the declared scale of every criterion: rank a "
                "DecisionMatrix with scales, or bind the method to it (method.bind(matrix))"
            )
        )
    shares = np.array(values, dtype=np.float64, order="K")
    for column, scale in enumerate(scales):
        shares[..., column] = scale.share(shares[..., column])
    return shares


def _ratios(values: Array, signs: Array, name: str) -> Array:
    costs = np.broadcast_to(signs < 0, values.shape)
    gains = np.divide(1.0, values, where=costs & (values != 0), out=np.array(values, dtype=np.float64))
    whole = gains.max(axis=-2, keepdims=True) if name == "max" else gains.sum(axis=-2, keepdims=True)
    return gains / nonzero(whole)


def nonzero(divisors: Array) -> Array:
    """Return the divisors with 1 for 0: a column of zeros stays a column of zeros."""
    return np.where(divisors == 0, 1.0, divisors)


@dataclass(frozen=True)
class NormalizedMethod(MethodBase):
    """The part that methods with a normalization share: binding to declared scales.

    Parameters
    ----------
    normalization : str
    scales : tuple of Scale
        Set by :meth:`bind`; not for the caller.
    """

    normalization: str = "minmax"
    scales: tuple[Scale, ...] = field(default=(), repr=False, compare=False, kw_only=True)

    def __post_init__(self) -> None:
        """Check the normalization."""
        check_options(self)

    @property
    def reversal_possible(self) -> bool:
        """Whether another candidate can swap two alternatives."""
        return self.normalization not in FIXED

    @property
    def bounded(self) -> bool:
        """Whether scores lie in 0..1, so that ties are judged on that scale."""
        return self.normalization != "none"

    @validated
    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method with the declared scales of a matrix, where it needs them.

        Raises
        ------
        InputError
            A criterion without a declared scale, or a scale that runs against its direction.
        """
        if self.normalization != "reference":
            return self
        problems = scale_problems(matrix)
        if problems:
            raise InputError(text("normalization 'reference' cannot be used"), problems)
        return replace(self, scales=tuple(matrix.scales[c] for c in matrix.criteria))


def scale_problems(matrix: DecisionMatrix) -> list[Problem]:
    """Return which criteria lack a declared scale, or have one that runs against their direction."""
    problems = []
    for criterion in matrix.criteria:
        place = text("criterion {criterion!r}", criterion=criterion)
        scale = matrix.scales.get(criterion)
        if scale is None:
            found, allowed = text("no declared scale"), text("a scale with its worst and best")
            problems.append(Problem("", "", place, "", found, allowed))
        elif (scale.best > scale.worst) != (matrix.directions[criterion] == "maximize"):
            found = text(
                "best {best} and worst {worst} contradict its direction {direction!r}",
                best=f"{scale.best:g}",
                worst=f"{scale.worst:g}",
                direction=matrix.directions[criterion],
            )
            allowed = text("best above worst to maximize, below it to minimize")
            problems.append(Problem("", "", place, "", found, allowed))
    return problems


def ratio_problems(
    matrix: DecisionMatrix, who: Sayable, *, divides_by_costs: bool = True, divides_by_columns: bool = False
) -> list[Problem]:
    """Return every value that a formula of ratios cannot take, spreads included.

    Parameters
    ----------
    matrix : DecisionMatrix
    who : str or Text
        The formula, for the words of what is allowed.
    divides_by_costs : bool
        Whether values of criteria to minimize are divided by; they must be above 0, all others 0 or more.
    divides_by_columns : bool
        Whether the greatest value or the sum of a column is divided by; a column of zeros is refused then.
    """
    lowest = matrix.values if matrix.low is None else matrix.low
    highest = matrix.values if matrix.high is None else matrix.high
    above = text("above 0: {method} divides by values of criteria to minimize", method=who)
    from_zero = text("0 or more: {method} compares by ratios", method=who)
    not_all_zero = text("a value above 0: {method} divides by the whole column", method=who)
    problems = []
    for criterion in matrix.criteria:
        divided = divides_by_costs and matrix.directions[criterion] == "minimize"
        for alternative, value in lowest[criterion].items():
            if value < 0 or (divided and value == 0):
                place = text(
                    "{alternative!r}, criterion {criterion!r}", alternative=alternative, criterion=criterion
                )
                allowed = above if divided else from_zero
                problems.append(Problem("", "", place, "", f"{value:g}", allowed))
        if divides_by_columns and not divided and (highest[criterion] == 0).all():
            place = text("criterion {criterion!r}", criterion=criterion)
            problems.append(Problem("", "", place, "", text("0 everywhere"), not_all_zero))
    return problems
