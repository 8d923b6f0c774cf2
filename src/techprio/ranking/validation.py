"""Validation of what a ranking is given: a table and weights, in whatever plain form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, Problem, did_you_mean
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.weights import SHARE_TOLERANCE, Weights, align

#: A decision matrix, or a table of alternatives by criteria that comes with ``directions``.
Table: TypeAlias = DecisionMatrix | pd.DataFrame
#: By name; a plain sequence goes by position.
WeightsLike: TypeAlias = Weights | pd.Series | Mapping[str, float] | Sequence[float] | NDArray[np.float64]


def validate_table(
    table: Table,
    directions: Directions | None = None,
    *,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
) -> DecisionMatrix:
    """Return a checked matrix from a matrix or from a plain table with directions.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    directions : mapping, sequence or CriteriaTree, optional
        For a plain table: by criterion, one a column in its order, or a tree, which brings its scales,
        units and labels too.
    low, high : DataFrame, shape (m, n), optional
        Spread of each score of a plain table.

    Raises
    ------
    InputError
        No table, no directions, or a problem of the matrix.
    """
    if isinstance(table, DecisionMatrix):
        _check_matrix_alone(directions, low, high)
        return table
    if not isinstance(table, pd.DataFrame):
        raise InputError.argument(
            "table",
            found=text("an object of type {type}", type=type(table).__name__),
            allowed=text("a DecisionMatrix, or a DataFrame with directions"),
            proposal=text("the order is: table, weights, method"),
        )
    if directions is None:
        raise InputError(
            text("directions are missing: state maximize or minimize for each criterion, nothing is guessed")
        )
    return DecisionMatrix(table, directions, low=low, high=high)


def _check_matrix_alone(
    directions: Directions | None, low: pd.DataFrame | None, high: pd.DataFrame | None
) -> None:
    if directions is not None:
        raise InputError(text("directions stand in the DecisionMatrix already; leave the argument out"))
    if low is not None or high is not None:
        raise InputError(
            text("low and high stand in the DecisionMatrix; leave the arguments out and give them to it")
        )


def check_left_out(matrix: DecisionMatrix, leave_out: Sequence[str]) -> None:
    """Refuse to leave out a criterion that is not there, or all of them."""
    if isinstance(leave_out, str):
        raise InputError.argument(
            "leave_out",
            found=leave_out,
            allowed=text("a sequence of criteria such as {example}", example=f"[{leave_out!r}]"),
        )
    problems = [
        Problem(
            "", "", "leave_out", "", text("unknown criterion {criterion!r}", criterion=str(name)),
            ", ".join(map(str, matrix.criteria)),
            did_you_mean(str(name), matrix.criteria),
        )
        for name in leave_out
        if name not in matrix.criteria
    ]  # fmt: skip
    if problems:
        raise InputError(text("some criteria cannot be left out"), problems)
    if len(set(leave_out)) == matrix.shape[1]:
        raise InputError(text("leave_out names every criterion; at least one must stay"))


def without_criteria(matrix: DecisionMatrix, leave_out: Sequence[str]) -> DecisionMatrix:
    """Return the matrix without some criteria."""
    if not leave_out:
        return matrix
    return matrix.select(criteria=[c for c in matrix.criteria if c not in leave_out])


def weight_shares(
    weights: WeightsLike, criteria: Sequence[str], *, normalize: bool = False, leave_out: Sequence[str] = ()
) -> tuple[pd.Series, tuple[Text, ...]]:
    """Return weights by criterion, summing to 1, with notes of what was done to them.

    Parameters
    ----------
    weights : Weights, Series, mapping or sequence, shape (n,)
        Labelled weights are matched by name, plain numbers by position.
    criteria : sequence of str
        Criteria of the matrix.
    normalize : bool
        Take raw numbers (2, 3, 5) and divide them by their sum. Without it a sum within 1 % of
        1 or of 100 is normalized and noted, and any other sum is an error.
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
        raise InputError(text("all weights are 0; at least one criterion must count"))
    return (kept / kept.sum() if leave_out else kept), notes


def _by_position(weights: object, criteria: Sequence[str]) -> pd.Series:
    allowed = text("Weights, a Series or mapping by criterion, or numbers")
    if isinstance(weights, pd.DataFrame):
        raise InputError.argument(
            "weights",
            found=text("a DataFrame with the columns {columns}", columns=tuple(map(str, weights.columns))),
            allowed=allowed,
            proposal=text("take one of its columns, indexed by criterion, such as table['weight']"),
        )
    if isinstance(weights, str):
        raise InputError.argument("weights", found=weights, allowed=allowed)
    try:
        numbers = np.asarray(weights, dtype=float)
    except (TypeError, ValueError):
        raise InputError.argument("weights", found=weights, allowed=allowed) from None
    if numbers.shape != (len(criteria),):
        raise InputError(
            text(
                "weights: found shape {shape}; {count} criteria need {count} numbers in the order {order}",
                shape=str(numbers.shape),
                count=len(criteria),
                order=tuple(map(str, criteria)),
            )
        )
    return pd.Series(numbers, index=list(criteria))


def _check_numbers(weights: pd.Series | Mapping[str, float]) -> None:
    problems = []
    for name, value in weights.items():
        try:
            number = float("nan") if isinstance(value, bool | np.bool_) else float(value)
        except (TypeError, ValueError):
            number = float("nan")
        if not np.isfinite(number) or number < 0:
            place = text("criterion {criterion!r}", criterion=str(name))
            problems.append(Problem("", "", place, "", repr(value), text("a finite number, 0 or more")))
    if problems:
        raise InputError(text("the weights cannot be used"), problems)


def _to_shares(weights: pd.Series, normalize: bool) -> tuple[pd.Series, tuple[Text, ...]]:
    total = float(weights.sum())
    if total <= 0:
        raise InputError(text("all weights are 0; at least one criterion must count"))
    if abs(total - 1) <= 1e-12:
        return weights, ()
    near = any(abs(total / whole - 1) <= SHARE_TOLERANCE + 1e-12 for whole in (1, 100))
    if not normalize and not near:
        raise InputError(
            text(
                "weights sum to {total}; allowed: shares that sum to 1 or percents that sum to 100 "
                "(1 % off is normalized); for raw points give normalize=True",
                total=total,
            )
        )
    exact = any(abs(total / whole - 1) <= 1e-9 for whole in (1, 100))
    if exact and not normalize:
        return weights / total, ()
    return weights / total, (text("Weights summed to {total} and were divided by their sum.", total=total),)
