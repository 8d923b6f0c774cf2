"""What a ranking method is: a frozen bag of parameters that is callable on arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.scale import Scale
from techprio.ranking.normalization import FIXED

Array = NDArray[np.float64]


@runtime_checkable
class Method(Protocol):
    """A ranking method: arrays in, scores out, higher is better.

    Anything callable this way can be passed to :func:`techprio.rank`; what a method may offer
    besides (``bind``, ``faults``, ``prepared``, ``steps``, ``contributions``,
    ``reversal_possible``, ``bounded``) is used where it is there.
    """

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Score ``(..., m, n), (..., n), (n,)`` as ``(..., m)``."""


def normalization_field(allowed: tuple[str, ...]) -> Field:
    """Declare the normalization of a method for the files of a study."""
    about = (
        "reference: theo thang cố định của tiêu chí, thêm bớt công nghệ không đổi điểm",
        "reference: on the fixed scales of the criteria, no candidate moves a score",
    )
    return Field("Chuẩn hóa", "Normalization", about, choices=allowed)


@dataclass(frozen=True)
class NormalizedMethod:
    """The part that methods with a normalization share: binding to declared scales.

    Parameters
    ----------
    normalization : str
    scales : tuple of Scale
        Set by :meth:`bind`; not for the caller.
    """

    normalization: str = "minmax"
    scales: tuple[Scale, ...] = field(default=(), repr=False, compare=False, kw_only=True)

    @property
    def reversal_possible(self) -> bool:
        """Whether another candidate can swap two alternatives."""
        return self.normalization not in FIXED

    @property
    def bounded(self) -> bool:
        """Whether scores lie in 0..1, so that ties are judged on that scale."""
        return self.normalization != "none"

    def bind(self, matrix: DecisionMatrix) -> Self:
        """Return the method with the declared scales of a matrix, where it needs them.

        Raises
        ------
        InputError
            A criterion without a declared scale, or a scale that runs against its direction.
        """
        if self.normalization != "reference":
            return self
        faults = scale_faults(matrix)
        if faults:
            raise InputError("normalization 'reference' cannot be used:\n" + "\n".join(faults))
        return replace(self, scales=tuple(matrix.scales[c] for c in matrix.criteria))


def scale_faults(matrix: DecisionMatrix) -> list[str]:
    """Say which criteria lack a declared scale, or have one that runs against their direction."""
    faults = []
    for criterion in matrix.criteria:
        scale = matrix.scales.get(criterion)
        if scale is None:
            faults.append(f"  criterion {criterion!r}: no declared scale (worst, best)")
        elif (scale.best > scale.worst) != (matrix.directions[criterion] == "maximize"):
            faults.append(
                f"  criterion {criterion!r}: best {scale.best:g} and worst {scale.worst:g} "
                f"contradict its direction {matrix.directions[criterion]!r}"
            )
    return faults


def bind(method: Method, matrix: DecisionMatrix) -> Method:
    """Make a method ready for a matrix and check that it can be used on it.

    Raises
    ------
    InputError
        Values that the method cannot take, named by alternative and criterion.
    """
    if not callable(method) or isinstance(method, type):
        raise InputError(
            f"method: found {method!r}; allowed: a method object such as Topsis(), not a name or class"
        )
    ready = method.bind(matrix) if hasattr(method, "bind") else method
    faults = list(ready.faults(matrix)) if hasattr(ready, "faults") else []
    if faults:
        raise InputError(f"{method!r} cannot be used on this matrix:\n" + "\n".join(f"  {f}" for f in faults))
    return ready


def positive_faults(matrix: DecisionMatrix, criteria: Mapping[str, str]) -> list[str]:
    """Name every value that is not above zero on criteria that need it (criterion -> why)."""
    faults = []
    for criterion, why in criteria.items():
        lowest = matrix.values if matrix.low is None else matrix.low
        for alternative, value in lowest[criterion].items():
            if value <= 0:
                faults.append(f"{alternative!r}, criterion {criterion!r}: found {value:g}; {why}")
    return faults
