"""What comes in at the door of a ranking: a matrix and weights, in whatever plain form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix
from techprio.model.weights import SHARE_TOLERANCE, Weights, align

WeightsLike: TypeAlias = Weights | pd.Series | Mapping[str, float] | ArrayLike


def usable_matrix(
    matrix: DecisionMatrix | pd.DataFrame,
    directions: Mapping[str, str] | Sequence[str] | None = None,
) -> DecisionMatrix:
    """Return a checked matrix from a matrix or from a plain table with directions.

    Parameters
    ----------
    matrix : DecisionMatrix or DataFrame
    directions : mapping or sequence, optional
        For a plain table: by criterion, or one a column in its order.
    """
    if isinstance(matrix, DecisionMatrix):
        if directions is not None:
            raise InputError("directions stand in the DecisionMatrix already; leave the argument out")
        return matrix
    if not isinstance(matrix, pd.DataFrame):
        found = type(matrix).__name__
        raise InputError(f"matrix: found {found}; allowed: a DecisionMatrix, or a DataFrame with directions")
    if directions is None:
        raise InputError(
            "directions are missing: say maximize or minimize for each criterion, nothing is guessed"
        )
    if isinstance(directions, Mapping):
        return DecisionMatrix(matrix, directions)
    if isinstance(directions, str) or len(directions) != matrix.shape[1]:
        raise InputError(
            f"directions: one is needed for each of the {matrix.shape[1]} criteria; got {directions!r}"
        )
    return DecisionMatrix(matrix, dict(zip(matrix.columns, directions, strict=True)))


def usable_weights(
    weights: WeightsLike, criteria: Sequence[str], *, normalize: bool = False, leave_out: Sequence[str] = ()
) -> tuple[pd.Series, tuple[Text, ...]]:
    """Return weights by criterion, summing to 1, with notes of what was done to them.

    Parameters
    ----------
    weights : Weights, Series, mapping or array
        Labelled weights are matched by name, plain numbers by position.
    criteria : sequence of str
        Criteria of the matrix.
    normalize : bool
        Take raw numbers (2, 3, 5) and divide them by their sum. Without it a sum within 1 % of
        1 or of 100 is normalized and said, and any other sum is an error.
    leave_out : sequence of str
        Criteria that the weights name and that are not used; the others are scaled up.

    Raises
    ------
    InputError
        A weight that is negative, not finite, missing or for an unknown criterion; all of them 0.
    """
    named = weights.overall if isinstance(weights, Weights) else weights
    used = [*criteria, *(name for name in leave_out if name not in criteria)]
    if not isinstance(named, pd.Series | Mapping):
        named = _by_position(named, used)
    _check_numbers(named)
    series = pd.Series(align(named, used), index=pd.Index(used, name="criterion"), name="weight")
    scaled, notes = _to_shares(series, normalize)
    kept = scaled.drop(labels=list(leave_out))
    if kept.sum() <= 0:
        raise InputError("all weights are 0; at least one criterion must count")
    return (kept / kept.sum() if leave_out else kept), notes


def _by_position(weights: ArrayLike, criteria: Sequence[str]) -> pd.Series:
    if isinstance(weights, str):
        raise InputError(
            f"weights: found {weights!r}; allowed: Weights, a Series or mapping by criterion, or numbers"
        )
    try:
        numbers = np.asarray(weights, dtype=float)
    except (TypeError, ValueError):
        raise InputError(f"weights: found {weights!r}; allowed: numbers") from None
    if numbers.shape != (len(criteria),):
        raise InputError(
            f"weights: found shape {numbers.shape}; {len(criteria)} criteria need {len(criteria)} numbers "
            f"in the order {', '.join(map(str, criteria))}"
        )
    return pd.Series(numbers, index=list(criteria))


def _check_numbers(weights: pd.Series | Mapping[str, float]) -> None:
    faults = []
    for name, value in weights.items():
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if not np.isfinite(number) or number < 0:
            faults.append(f"  criterion {name!r}: found {value!r}; allowed: a finite number, 0 or more")
    if faults:
        raise InputError("weights cannot be used:\n" + "\n".join(faults))


def _to_shares(weights: pd.Series, normalize: bool) -> tuple[pd.Series, tuple[Text, ...]]:
    total = float(weights.sum())
    if total <= 0:
        raise InputError("all weights are 0; at least one criterion must count")
    if abs(total - 1) <= 1e-12:
        return weights, ()
    near = any(abs(total / whole - 1) <= SHARE_TOLERANCE + 1e-12 for whole in (1, 100))
    if not normalize and not near:
        raise InputError(
            f"weights sum to {total:g}; allowed: shares that sum to 1 or percents that sum to 100 "
            "(1 % off is normalized); for raw points say normalize=True"
        )
    exact = any(abs(total / whole - 1) <= 1e-9 for whole in (1, 100))
    if exact and not normalize:
        return weights / total, ()
    return weights / total, (text("Weights summed to {total} and were divided by their sum.", total=total),)


def signs_of(matrix: DecisionMatrix) -> NDArray[np.float64]:
    """Return the signs of a matrix as floats, shape (n,)."""
    return np.asarray(matrix.signs, dtype=np.float64)
