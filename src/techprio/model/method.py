"""What a ranking method is: the members that are looked for, and their defaults."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import Problem
from techprio.language import Text
from techprio.model.matrix import DecisionMatrix

Array = NDArray[np.float64]


class Step(NamedTuple):
    """One intermediate table of a method, under its name from the paper.

    Attributes
    ----------
    values : array
    axes : tuple of {"alternative", "criterion"}
        What the rows and columns are.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> steps = tp.rank(matrix, [0.6, 0.4]).steps
    >>> steps["closeness"].round(3).to_dict()
    {'A': 0.552, 'B': 0.489, 'C': 0.367}
    """

    values: NDArray[Any]
    axes: tuple[str, ...] = ("alternative", "criterion")


class Method(Protocol):
    """A ranking method: arrays in, scores out, higher is better.

    Every member that is looked for stands here. :class:`MethodBase` has a default for all but the call,
    so a method of one's own inherits from it and writes what differs; a bare function
    ``(values, weights, signs) -> scores`` is taken too and gets the defaults.

    Examples
    --------
    >>> import techprio as tp
    >>> method: Method = tp.Topsis("minmax")
    >>> method.reversal_possible, method.bounded
    (True, True)
    """

    @property
    def normalization(self) -> str:
        """Name of what is done to raw values."""

    @property
    def bounded(self) -> bool | None:
        """Whether scores lie in 0..1 (or -1..1), so that ties are judged on that scale; None: unknown."""

    @property
    def reversal_possible(self) -> bool:
        """Whether another alternative that comes or goes can swap two others."""

    @validated
    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method with what it takes from a matrix, for example its scales."""

    @validated
    def problems(self, matrix: DecisionMatrix) -> Sequence[Problem]:
        """Return every value of the matrix that the method cannot take."""

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Score ``(..., m, n), (..., n), (n,)`` as ``(..., m)``."""

    @validated
    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the scores of one matrix as a function of the weights, (k, n) to (k, m)."""

    @validated
    def place_keys(self, values: Array, signs: Array) -> Callable[[Array], Array | None] | None:
        """Return what sorts like the scores and is quicker, as a function of the weights; None: no such.

        Values are one matrix or k of them; keys, (k, m), lie in 4..8 and rise from the best to the worst.
        Scores are on 0..1; where keys differ by more than 2.1e-9 the scores differ by more than 1e-9.
        Where some draws have no such keys the function returns None.
        """

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the intermediate tables under their names from the paper; empty: it shows none."""

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array | None:
        """Return the part of each criterion in each score, shape (m, n); None: no such split."""

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]] | None:
        """Return the gains, and the score of any row of gains with all else held still; None: no such."""

    @validated
    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Return what the analyst should know of this method on this matrix."""


class MethodBase(ABC):
    """The defaults of :class:`Method`: everything but the call.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> class WorstGain(MethodBase):
    ...     def __call__(self, values, weights, signs):
    ...         return (values * signs * weights[..., None, :]).min(axis=-1)
    >>> table = pd.DataFrame({"a": [1, 4], "b": [3, 2]}, index=["X", "Y"])
    >>> tp.rank(table, [0.5, 0.5], WorstGain(), directions=["max", "max"]).scores.to_dict()
    {'X': 0.5, 'Y': 1.0}
    """

    @property
    def normalization(self) -> str:
        """Name of what is done to raw values: nothing."""
        return "none"

    @property
    def bounded(self) -> bool | None:
        """Whether scores lie in 0..1: not known, the numbers say so."""
        return None

    @property
    def reversal_possible(self) -> bool:
        """Whether another alternative can swap two others: yes, until a method states otherwise."""
        return True

    @validated
    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method as it is: it takes nothing from the matrix."""
        return self

    @validated
    def problems(self, matrix: DecisionMatrix) -> Sequence[Problem]:
        """Return no problem: the method takes any finite value."""
        return ()

    @abstractmethod
    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Score ``(..., m, n), (..., n), (n,)`` as ``(..., m)``; every method has its own."""

    @validated
    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the plain call, with nothing done ahead."""
        return lambda weights: self(values, weights, signs)

    @validated
    def place_keys(self, values: Array, signs: Array) -> Callable[[Array], Array | None] | None:
        """Return nothing that sorts quicker than the scores."""
        return None

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return no intermediate tables."""
        return {}

    @validated
    def contributions(self, values: Array, weights: Array, signs: Array) -> Array | None:
        """Return no split of the scores."""
        return None

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]] | None:
        """Return no score of single rows."""
        return None

    @validated
    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Return no notes."""
        return ()
