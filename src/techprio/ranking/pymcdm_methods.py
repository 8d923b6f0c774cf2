"""Methods of pymcdm that were checked, behind an allow-list; the others are refused with the reason.

Directions, ranks and checks are ours; from pymcdm comes the formula, with its normalization named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, MethodRefusedError, Problem, did_you_mean
from techprio.language import Text, text
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import MethodBase
from techprio.ranking.normalization import ratio_problems, scale_problems
from techprio.ranking.options import options_problems

Array = NDArray[np.float64]


class Allowed(NamedTuple):
    """What is known of a method on the allow-list.

    Attributes
    ----------
    class_name : str
        In ``pymcdm.methods``.
    normalization : str
        What pymcdm does to the values, in words.
    lower_is_better : bool
    ratios : {"", "columns", "costs"}
        What it divides by: nothing; sums, means or extremes of columns; values of costs as well.
    options : tuple of Field
    reversal_possible : bool
    """

    class_name: str
    normalization: str
    lower_is_better: bool = False
    ratios: Literal["", "columns", "costs"] = "costs"
    options: tuple[Field, ...] = ()
    reversal_possible: bool = True


_L = Field(
    "Hệ số pha trộn (l)",
    "Mixing factor (l)",
    ("cocoso, waspas: từ 0 đến 1", "cocoso, waspas: 0 to 1"),
    kind="number",
    least=0,
    most=1,
    name="l",
    attribute="l",
    required=False,
    default=0.5,
)

ALLOWED: dict[str, Allowed] = {
    "aras": Allowed("ARAS", "share of the sum, with the optimal alternative added"),
    "cocoso": Allowed("COCOSO", "minmax", ratios="", options=(_L,)),
    "codas": Allowed("CODAS", "share of the best (best / x for costs)"),
    "edas": Allowed("EDAS", "distance from the average", ratios="columns"),
    "mabac": Allowed("MABAC", "minmax", ratios=""),
    "mairca": Allowed("MAIRCA", "minmax", lower_is_better=True, ratios=""),
    "marcos": Allowed("MARCOS", "share of the ideal (ideal / x for costs)"),
    "ram": Allowed("RAM", "share of the sum", ratios="columns"),
    "spotis": Allowed("SPOTIS", "declared scale", lower_is_better=True, ratios="", reversal_possible=False),
    "waspas": Allowed("WASPAS", "share of the best (best / x for costs)", options=(_L,)),
}

#: Methods of pymcdm that are known to be wrong, with the reason.
REFUSED: Mapping[str, Text] = {
    "aroman": text(
        "it adds a power of the cost sum, so a larger cost raises the score "
        "(120 of 300 dominance checks fail)"
    ),
    "copras": text(
        "the two sums of the formula are missing in pymcdm, so costs are added as benefits "
        "(138 of 300 dominance checks fail)"
    ),
    "lopm": text(
        "its direction attribute is misspelt in pymcdm, so the worst comes first "
        "(300 of 300 dominance checks fail)"
    ),
    "moora": text(
        "pymcdm stops when no criterion is a cost, and with costs it is a weighted sum: "
        "use weighted_sum with normalization='vector'"
    ),
    "probid": text("a dominated alternative can come out ahead of its dominator; a property of the method"),
    "sprobid": text("a dominated alternative can come out ahead of its dominator; a property of the method"),
}


def _share_of_best(x: Array, cost: bool = False) -> Array:
    return np.asarray(x.min() / x if cost else x / x.max())


def _share_of_sum(x: Array, cost: bool = False) -> Array:
    gains = 1.0 / x if cost else x
    return np.asarray(gains / gains.sum())


#: The normalizations of pymcdm without their refusal of gains of 0, by which nothing is divided.
_NORMALIZED_HERE = {
    "ARAS": _share_of_sum, "RAM": _share_of_sum, "CODAS": _share_of_best, "WASPAS": _share_of_best,
}  # fmt: skip
_OWN = {"topsis": "Topsis", "vikor": "Vikor", "wsm": "WeightedSum", "wpm": "WeightedProduct"}


@dataclass(frozen=True)
class OneByOne(MethodBase):
    """Call a function for each draw: slow, but any function will do.

    Parameters
    ----------
    function : callable
        ``(m, n), (n,), (n,) -> (m,)``, higher is better.

    Examples
    --------
    >>> def product(values, weights, signs):
    ...     return values @ (weights * signs)
    >>> OneByOne(product)(np.ones((3, 2)), np.full((5, 2), 0.5), np.ones(2)).shape
    (5, 3)
    """

    function: Callable[[Array, Array, Array], Array]

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores, shape (..., m)."""
        return each(self.function, values, weights, signs)


def each(
    function: Callable[[Array, Array, Array], Array], values: Array, weights: Array, signs: Array
) -> Array:
    """Apply a one-matrix function to every matrix of a batch."""
    batch = np.broadcast_shapes(values.shape[:-2], weights.shape[:-1])
    if not batch:
        return np.asarray(function(values, weights, signs), dtype=np.float64)
    many_values = np.broadcast_to(values, batch + values.shape[-2:]).reshape(-1, *values.shape[-2:])
    many_weights = np.broadcast_to(weights, batch + weights.shape[-1:]).reshape(-1, weights.shape[-1])
    scores = [function(one, w, signs) for one, w in zip(many_values, many_weights, strict=True)]
    return np.asarray(scores, dtype=np.float64).reshape(*batch, values.shape[-2])


@dataclass(frozen=True)
class PymcdmMethod(MethodBase):
    """A method of pymcdm as one of ours; made by :func:`from_pymcdm`.

    Parameters
    ----------
    name : str
    options : mapping

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> method = tp.ranking.from_pymcdm("mabac")
    >>> tp.rank(matrix, [0.6, 0.4], method).to_frame()["alternative"].tolist()
    ['A', 'B', 'C']
    """

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    bounds: tuple[tuple[float, float], ...] = field(default=(), repr=False, compare=False)

    @property
    def normalization(self) -> str:
        """What pymcdm does to the values."""
        return ALLOWED[self.name].normalization

    @property
    def reversal_possible(self) -> bool:
        """Whether another candidate can swap two alternatives."""
        return ALLOWED[self.name].reversal_possible

    @validated
    def bind(self, matrix: DecisionMatrix) -> PymcdmMethod:
        """Return the method with the declared bounds, where it needs them (SPOTIS)."""
        if self.name != "spotis":
            return self
        problems = scale_problems(matrix)
        if problems:
            raise InputError(text("SPOTIS needs the declared scale of every criterion"), problems)
        scales = [matrix.scales[c] for c in matrix.criteria]
        return replace(self, bounds=tuple((s.lowest, s.highest) for s in scales))

    @validated
    def problems(self, matrix: DecisionMatrix) -> list[Problem]:
        """Return the values that the formula cannot take."""
        ratios = ALLOWED[self.name].ratios
        if not ratios:
            return []
        costs = ratios == "costs"
        return ratio_problems(matrix, self.name, divides_by_costs=costs, divides_by_columns=True)

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores, higher is better, shape (..., m); one matrix after the other."""
        from pymcdm import methods

        known = ALLOWED[self.name]
        options = dict(self.options)
        if self.name == "spotis":
            options["bounds"] = np.array(self.bounds)
        if known.class_name in _NORMALIZED_HERE:
            options["normalization_function"] = _NORMALIZED_HERE[known.class_name]
        method = getattr(methods, known.class_name)(**options)
        turn = -1.0 if known.lower_is_better else 1.0

        def one(matrix: Array, w: Array, types: Array) -> Array:
            with np.errstate(divide="ignore", invalid="ignore"):
                return turn * np.asarray(method(matrix, w, types, validation=False), dtype=np.float64)

        return each(one, values, weights, signs)


@validated
def from_pymcdm(name: str, *, l: float | None = None) -> PymcdmMethod:  # noqa: E741  # pymcdm's own name
    """Return a method of pymcdm that is on the allow-list.

    Parameters
    ----------
    name : {"aras", "cocoso", "codas", "edas", "mabac", "mairca", "marcos", "ram", "spotis", "waspas"}
    l : float, optional
        WASPAS and CoCoSo: share of the weighted sum in the mixture, 0 to 1; default 0.5.

    Returns
    -------
    PymcdmMethod

    Raises
    ------
    MethodRefusedError
        A method that is known to be wrong, with the reason.
    InputError
        An unknown name, or an option that the method does not have.

    Examples
    --------
    >>> from_pymcdm("edas")
    PymcdmMethod(name='edas', options={})
    >>> from_pymcdm("copras")
    Traceback (most recent call last):
        ...
    techprio.errors.MethodRefusedError: copras of pymcdm is refused: the two sums of ...
    """
    key = str(name).lower()
    if key in REFUSED:
        raise MethodRefusedError(
            text("{method} of pymcdm is refused: {reason}", method=key, reason=REFUSED[key])
        )
    if key in _OWN:
        raise InputError(
            text("{name!r} has a kernel of our own: use techprio.{kernel}", name=str(name), kernel=_OWN[key])
        )
    if key not in ALLOWED:
        raise InputError.argument(
            "name", found=name, allowed=", ".join(ALLOWED), proposal=did_you_mean(key, list(ALLOWED))
        )
    options = {} if l is None else {"l": l}
    problems = options_problems(key, options, ALLOWED[key].options)
    if problems:
        raise InputError(text("the ranking method {name} cannot be made", name=key), problems)
    return PymcdmMethod(key, options)
