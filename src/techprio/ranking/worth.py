"""Transforms and value functions of criteria, applied before any method sees a value.

A criterion whose scale declares a transform, an ideal range, points of worth or a mid-value enters every
method by its worth: 0 at the worst end of the scale, 1 at the best, always to be maximized. So what a
criterion means does not depend on the normalization. All other criteria enter by their raw values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import Problem
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Method, MethodBase, Step
from techprio.model.scale import Scale

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Around(MethodBase):
    """A method around another one: whatever is not its own is that of the inner method.

    Parameters
    ----------
    method : Method
    """

    method: Any

    @property
    def normalization(self) -> str:
        """Name of what is done to values."""
        return str(self.method.normalization)

    @property
    def bounded(self) -> bool | None:
        """Whether scores lie in 0..1."""
        found: bool | None = self.method.bounded
        return found

    @property
    def reversal_possible(self) -> bool:
        """Whether another candidate can swap two alternatives."""
        return bool(self.method.reversal_possible)

    @validated
    def seen(self, values: Array, signs: Array) -> tuple[Array, Array]:
        """Return what the inner method sees of the values, and the directions."""
        return values, signs

    def seen_matrix(self, matrix: DecisionMatrix) -> DecisionMatrix:
        """Return the matrix that the inner method sees."""
        return matrix

    @validated
    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method, its inner one bound to the matrix that it sees."""
        return replace(self, method=self.method.bind(self.seen_matrix(matrix)))

    @validated
    def problems(self, matrix: DecisionMatrix) -> Sequence[Problem]:
        """Return the values that the inner method cannot take."""
        found: Sequence[Problem] = self.method.problems(self.seen_matrix(matrix))
        return found

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores of the inner method, shape (..., m)."""
        seen, turned = self.seen(values, signs)
        return np.asarray(self.method(seen, weights, turned))

    @validated
    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the scores of one matrix as a function of the weights."""
        found: Callable[[Array], Array] = self.method.prepared(*self.seen(values, signs))
        return found

    @validated
    def place_keys(self, values: Array, signs: Array) -> Callable[[Array], Array | None] | None:
        """Return what sorts like the scores of the inner method."""
        found: Callable[[Array], Array | None] | None = self.method.place_keys(*self.seen(values, signs))
        return found

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the inner method."""
        seen, turned = self.seen(values, signs)
        found: Mapping[str, Step] = self.method.steps(seen, weights, turned)
        return found

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array | None:
        """Return the part of each criterion in each score."""
        seen, turned = self.seen(values, signs)
        found: Array | None = self.method.contributions(seen, weights, turned)
        return found

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]] | None:
        """Return the gains and the score of any row of gains."""
        seen, turned = self.seen(values, signs)
        found: tuple[Array, Callable[[Array], Array]] | None = self.method.row_score(seen, weights, turned)
        return found

    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Return what the inner method says of the matrix that it sees."""
        found: Sequence[Text] = self.method.notes(self.seen_matrix(matrix), weights)
        return found


@dataclass(frozen=True)
class RawValues(Around):
    """A method that takes every criterion as it was measured, without transforms and value functions.

    Parameters
    ----------
    method : method, function or str
        As in :func:`techprio.rank`.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> energy, weights = study.catalog.decision_matrix("ENE"), tp.ahp(study.judgments)
    >>> fixed = tp.rank(energy, weights, tp.Topsis("reference")).ranks
    >>> by_worth = tp.rank(energy, weights, tp.Topsis("vector")).ranks
    >>> as_measured = tp.rank(energy, weights, tp.ranking.RawValues(tp.Topsis("vector"))).ranks
    >>> [round(tp.robustness.rank_correlation(fixed, x, "tau_b"), 1) for x in (by_worth, as_measured)]
    [0.8, 0.1]
    """

    @validated
    def seen_matrix(self, matrix: DecisionMatrix) -> DecisionMatrix:
        """Return the matrix with straight scales."""
        shaped = shaped_criteria(matrix)
        return replace(matrix, scales={**matrix.scales, **{n: matrix.scales[n].straight() for n in shaped}})

    @validated
    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Name the criteria whose transform or value function is left out."""
        own, names = super().notes(matrix, weights), shaped_criteria(matrix)
        if not names:
            return own
        return [text("Taken as measured, without transform or value function: {names}.", names=names), *own]


@dataclass(frozen=True)
class OnWorth(Around):
    """A method that sees some criteria by their worth; made where a method is bound to a matrix.

    Parameters
    ----------
    method : Method
    scales : tuple of (int, Scale)
        Column and scale of each criterion that is seen by its worth.
    """

    scales: tuple[tuple[int, Scale], ...] = ()

    def __repr__(self) -> str:
        """Name the inner method: transforms belong to the criteria, not to the method."""
        return repr(self.method)

    def seen(self, values: Array, signs: Array) -> tuple[Array, Array]:
        """Return the values with worth in place of what was measured, and +1 as its direction."""
        worth, turned = np.array(values, dtype=np.float64, order="K"), np.array(signs, dtype=np.float64)
        for column, scale in self.scales:
            worth[..., column] = scale.share(worth[..., column])
            turned[column] = 1.0
        return worth, turned

    def seen_matrix(self, matrix: DecisionMatrix) -> DecisionMatrix:
        """Return the matrix with worth in place of what was measured."""
        return matrix.by_worth()

    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the inner method, before them the values that it sees."""
        return {"worth": Step(self.seen(values, signs)[0]), **super().steps(values, weights, signs)}

    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Name the criteria that enter by their worth."""
        stated = text(
            "Seen by their worth on the declared scale, 0 to 1, before the normalization: {names}.",
            names=shaped_criteria(matrix),
        )
        return [stated, *super().notes(matrix, weights)]


def shaped_criteria(matrix: DecisionMatrix) -> tuple[str, ...]:
    """Return the criteria whose scale has a transform or a value function."""
    scales = matrix.scales
    return tuple(name for name in matrix.criteria if name in scales and not scales[name].is_straight)


def on_worth(method: Method, matrix: DecisionMatrix) -> Method:
    """Return the method as it must see a matrix: by worth, where it would not look at the scales itself."""
    shaped = shaped_criteria(matrix)
    if not shaped or isinstance(method, RawValues) or method.normalization == "reference":
        return method
    columns = {name: place for place, name in enumerate(matrix.criteria)}
    return OnWorth(method, tuple((columns[name], matrix.scales[name]) for name in shaped))


def inner_method(method: Method) -> Method:
    """Return the method that computes, without what is around it."""
    while isinstance(method, Around):
        method = method.method
    return method
