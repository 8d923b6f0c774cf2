"""Methods of pymcdm that were checked, behind an allow-list; the others are refused with the reason.

Directions, ranks and checks are ours; from pymcdm comes the formula, with its normalization named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, MethodRefusedError, did_you_mean
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.ranking.one_by_one import each
from techprio.ranking.protocol import positive_faults, scale_faults

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
    positive : bool
        Whether it divides by values, so that all must be above 0.
    options : tuple of Field
    reversal_possible : bool
    """

    class_name: str
    normalization: str
    lower_is_better: bool = False
    positive: bool = True
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
)

ALLOWED: dict[str, Allowed] = {
    "aras": Allowed("ARAS", "share of the sum, with the optimal alternative added"),
    "cocoso": Allowed("COCOSO", "minmax", positive=False, options=(_L,)),
    "codas": Allowed("CODAS", "share of the best (best / x for costs)"),
    "edas": Allowed("EDAS", "distance from the average"),
    "mabac": Allowed("MABAC", "minmax", positive=False),
    "mairca": Allowed("MAIRCA", "minmax", lower_is_better=True, positive=False),
    "marcos": Allowed("MARCOS", "share of the ideal (ideal / x for costs)"),
    "ram": Allowed("RAM", "share of the sum"),
    "spotis": Allowed(
        "SPOTIS", "declared scale", lower_is_better=True, positive=False, reversal_possible=False
    ),
    "waspas": Allowed("WASPAS", "share of the best (best / x for costs)", options=(_L,)),
}

REFUSED: dict[str, str] = {
    "aroman": "it adds a power of the cost sum, so a larger cost raises the score "
    "(120 of 300 dominance checks fail)",
    "copras": "the two sums of the formula are missing in pymcdm, so costs are added as benefits "
    "(138 of 300 dominance checks fail)",
    "lopm": "its direction attribute is misspelt in pymcdm, so the worst comes first "
    "(300 of 300 dominance checks fail)",
    "moora": "pymcdm stops when no criterion is a cost, and with costs it is a weighted sum: "
    "use weighted_sum with normalization='vector'",
    "probid": "a dominated alternative can come out ahead of its dominator; a property of the method",
    "sprobid": "a dominated alternative can come out ahead of its dominator; a property of the method",
}

_OWN = {"topsis": "Topsis", "vikor": "Vikor", "wsm": "WeightedSum", "wpm": "WeightedProduct"}


@dataclass(frozen=True)
class PymcdmMethod:
    """A method of pymcdm as one of ours; made by :func:`from_pymcdm`.

    Parameters
    ----------
    name : str
    options : mapping
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

    def bind(self, matrix: DecisionMatrix) -> PymcdmMethod:
        """Return the method with the declared bounds, where it needs them (SPOTIS)."""
        if self.name != "spotis":
            return self
        faults = scale_faults(matrix)
        faults += [
            f"  criterion {c!r}: SPOTIS knows no transform" for c, s in matrix.scales.items() if s.transform
        ]
        if faults:
            raise InputError("SPOTIS needs the declared scale of every criterion:\n" + "\n".join(faults))
        scales = [matrix.scales[c] for c in matrix.criteria]
        return replace(self, bounds=tuple((s.lowest, s.highest) for s in scales))

    def faults(self, matrix: DecisionMatrix) -> list[str]:
        """Name the values that the formula cannot take."""
        if not ALLOWED[self.name].positive:
            return []
        why = f"{self.name} divides by values and needs them above 0"
        return positive_faults(matrix, dict.fromkeys(matrix.criteria, why))

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the scores, higher is better, shape (..., m); one matrix after the other."""
        from pymcdm import methods

        known = ALLOWED[self.name]
        options = dict(self.options)
        if self.name == "spotis":
            options["bounds"] = np.array(self.bounds)
        method = getattr(methods, known.class_name)(**options)
        turn = -1.0 if known.lower_is_better else 1.0

        def one(matrix: Array, w: Array, types: Array) -> Array:
            with np.errstate(divide="ignore", invalid="ignore"):
                return turn * np.asarray(method(matrix, w, types, validation=False), dtype=np.float64)

        return each(one, values, weights, signs)


def from_pymcdm(name: str, **options: Any) -> PymcdmMethod:
    """Return a method of pymcdm that is on the allow-list.

    Parameters
    ----------
    name : {"aras", "cocoso", "codas", "edas", "mabac", "mairca", "marcos", "ram", "spotis", "waspas"}
    **options
        Of the method, for example ``l=0.5`` for WASPAS.

    Raises
    ------
    MethodRefusedError
        A method that is known to be wrong, with the reason.
    InputError
        An unknown name or option.

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
        raise MethodRefusedError(f"{key} of pymcdm is refused: {REFUSED[key]}")
    if key in _OWN:
        raise InputError(f"{name!r} has a kernel of our own: use techprio.{_OWN[key]}")
    if key not in ALLOWED:
        hint = did_you_mean(key, list(ALLOWED))
        raise InputError(f"{name!r} is not on the allow-list of pymcdm methods: {', '.join(ALLOWED)}; {hint}")
    for option in options:
        names = [field.name for field in ALLOWED[key].options]
        if option not in names:
            known = ", ".join(names) or "none"
            raise InputError(f"method {key!r} has no option {option!r}; it has: {known}")
    return PymcdmMethod(key, options)
