"""The six preference functions of PROMETHEE: from a difference to a preference of 0 to 1.

References
----------
Brans J.P., Vincke P. (1985) A preference ranking organisation method. Management Science 31(6), 647-656.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Preference:
    """How much a difference counts on one criterion.

    Parameters
    ----------
    type : {"usual", "u_shape", "v_shape", "level", "linear", "gaussian"}
    q : float
        Indifference threshold, in the unit of the criterion (u_shape, level, linear).
    p : float
        Preference threshold (v_shape, level, linear).
    s : float
        Turning point (gaussian).

    Examples
    --------
    >>> Preference("linear", q=1, p=3)(np.array([1.0, 2.0, 4.0])).tolist()
    [0.0, 0.5, 1.0]
    """

    type: str = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        """Check the type and its thresholds."""
        if self.type not in _FUNCTIONS:
            hint = did_you_mean(str(self.type), list(_FUNCTIONS))
            raise InputError(
                f"unknown preference function {self.type!r}; known: {', '.join(_FUNCTIONS)}; {hint}"
            )
        faults = [
            f"{name} is {value!r}; a number of 0 or more is needed"
            for name, value in (("q", self.q), ("p", self.p), ("s", self.s))
            if not (np.isfinite(value) and value >= 0)
        ]
        if self.type in ("v_shape", "linear", "level") and not self.p > self.q:
            faults.append(f"p ({self.p!r}) must be above q ({self.q!r})")
        if self.type == "gaussian" and not self.s > 0:
            faults.append(f"s ({self.s!r}) must be above 0")
        if faults:
            raise InputError(f"preference function {self.type!r}: {'; '.join(faults)}")

    def __call__(self, difference: Array) -> Array:
        """Return the preference for differences in favor; 0 where the difference is not positive."""
        return np.where(difference > 0, _FUNCTIONS[self.type](difference, self), 0.0)


def as_preference(value: Preference | str | Mapping[str, object]) -> Preference:
    """Make a preference function from its name or from its options, as a study file gives them."""
    if isinstance(value, Preference):
        return value
    if isinstance(value, str):
        return Preference(value)
    try:
        return Preference(**value)  # type: ignore[arg-type]
    except TypeError:
        raise InputError(f"preference function: found {value!r}; allowed: type, q, p, s") from None


def _usual(d: Array, _: Preference) -> Array:
    return (d > 0).astype(np.float64)


def _u_shape(d: Array, f: Preference) -> Array:
    return (d > f.q).astype(np.float64)


def _v_shape(d: Array, f: Preference) -> Array:
    return np.clip(d / f.p, 0.0, 1.0)


def _level(d: Array, f: Preference) -> Array:
    return 0.5 * (d > f.q) + 0.5 * (d > f.p)


def _linear(d: Array, f: Preference) -> Array:
    return np.clip((d - f.q) / (f.p - f.q), 0.0, 1.0)


def _gaussian(d: Array, f: Preference) -> Array:
    return -np.expm1(-np.square(d) / (2.0 * f.s**2))


_FUNCTIONS: dict[str, Callable[[Array, Preference], Array]] = {
    "usual": _usual,
    "u_shape": _u_shape,
    "v_shape": _v_shape,
    "level": _level,
    "linear": _linear,
    "gaussian": _gaussian,
}
