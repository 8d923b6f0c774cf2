"""Weights that the data give: how much the criteria tell the alternatives apart.

They say nothing about importance, and they change with every alternative that comes or goes; use them
beside judgments, not instead of them. A criterion that is the same for all alternatives gets 0.

entropy      1 - E_j, with E_j the Shannon entropy of the column's shares over ln m (Zeleny 1982)
CRITIC       s_j Σ_k (1 - r_jk), standard deviation and correlations of the columns scaled to 0..1, best = 1
             (Diakoulaki, Mavrotas and Papayannakis 1995, *Computers & Operations Research* 22, 763-770)
MEREC        Σ_i |S'_ij - S_i|, the effect of leaving the criterion out (Keshavarz-Ghorabaee et al. 2021,
             *Symmetry* 13, 525)
deviation    the standard deviation of the column
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.checks import Checks
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.weights import Weights
from techprio.ranking.validation import Table, validate_table
from techprio.weighting.given import make_weights

Array = NDArray[np.float64]

Scaling = Literal["raw", "minmax"]
SCALINGS: tuple[Scaling, ...] = get_args(Scaling)


@validated
def entropy_weights(
    table: Table, *, directions: Directions | None = None, scaling: Scaling = "raw"
) -> Weights:
    """Weigh by the entropy of each criterion.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
        At least two alternatives.
    directions : mapping, sequence or CriteriaTree, optional
        Needed for ``scaling="minmax"`` when the table is a DataFrame.
    scaling : {"raw", "minmax"}
        Shares of the raw values, which must not be negative, or of the values scaled to 0..1, best = 1.

    Raises
    ------
    InputError
        Fewer than two alternatives, all criteria constant, a negative raw value, a problem of the matrix.

    Examples
    --------
    >>> table = pd.DataFrame({"same": [5, 5, 5], "grows": [1, 2, 3], "jumps": [1, 1, 10]})
    >>> entropy_weights(table).overall.round(3).tolist()
    [0.0, 0.141, 0.859]
    """
    _check_scaling(scaling)
    known = _matrix(table, directions, needs_directions=scaling == "minmax")
    x = known.values.to_numpy(float)
    if scaling == "raw":
        _refuse(known, x < 0, text("0 or more; scaling='minmax' takes negative values"))
    points = x if scaling == "raw" else _scaled(known)
    shares = points / np.where(points.sum(axis=0) > 0, points.sum(axis=0), 1.0)
    logs = np.log(np.where(shares > 0, shares, 1.0))
    dispersion = 1.0 + (shares * logs).sum(axis=0) / np.log(len(x))
    return _weights(known, dispersion, f"entropy_weights(scaling={scaling!r})")


@validated
def critic_weights(table: Table, *, directions: Directions | None = None) -> Weights:
    """Weigh by contrast and conflict (CRITIC); the direction of each criterion is applied first.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    directions : mapping, sequence or CriteriaTree, optional
        Needed when the table is a DataFrame.

    Raises
    ------
    InputError
        Fewer than two alternatives, all criteria constant, a problem of the matrix.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 2, 3], "b": [3, 1, 2], "same": [4, 4, 4]})
    >>> critic_weights(table, directions=dict.fromkeys(table, "maximize")).overall.round(3).tolist()
    [0.5, 0.5, 0.0]
    """
    known = _matrix(table, directions)
    points = _scaled(known)
    varied = ~_constant(known)
    spread = points.std(axis=0)
    conflict = np.zeros(len(spread))
    correlations = (
        np.atleast_2d(np.corrcoef(points[:, varied], rowvar=False)) if varied.any() else np.zeros((0, 0))
    )
    conflict[varied] = (1.0 - correlations).sum(axis=0)
    if varied.sum() == 1:
        conflict[varied] = 1.0  # nothing to conflict with: the only criterion that varies takes all
    return _weights(known, spread * conflict, "critic_weights()")


@validated
def merec_weights(table: Table, *, directions: Directions | None = None) -> Weights:
    """Weigh by the effect of removing each criterion (MEREC); all values must be above 0.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    directions : mapping, sequence or CriteriaTree, optional
        Needed when the table is a DataFrame.

    Raises
    ------
    InputError
        A value of 0 or below, fewer than two alternatives, all criteria constant, a problem of the matrix.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 2, 4], "b": [2, 2, 3]})
    >>> merec_weights(table, directions=dict.fromkeys(table, "maximize")).overall.round(3).tolist()
    [0.869, 0.131]
    """
    known = _matrix(table, directions)
    x = known.values.to_numpy(float)
    _refuse(
        known,
        x <= 0,
        text("above 0 for MEREC; entropy_weights(scaling='minmax') and critic_weights take any"),
    )
    relative = np.where(known.signs > 0, x.min(axis=0) / x, x / x.max(axis=0))
    logs = np.abs(np.log(relative))
    whole = np.log1p(logs.mean(axis=1, keepdims=True))
    without = np.log1p((logs.sum(axis=1, keepdims=True) - logs) / x.shape[1])
    return _weights(known, np.abs(without - whole).sum(axis=0), "merec_weights()")


@validated
def standard_deviation_weights(
    table: Table, *, directions: Directions | None = None, scaling: Scaling = "raw"
) -> Weights:
    """Weigh by the standard deviation of each criterion.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
    directions : mapping, sequence or CriteriaTree, optional
        Not used by the raw deviation.
    scaling : {"raw", "minmax"}
        ``"raw"`` depends on the units; ``"minmax"`` scales each criterion to 0..1 first.

    Raises
    ------
    InputError
        Fewer than two alternatives, all criteria constant, a problem of the matrix.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1, 2, 3], "b": [2, 4, 6]})
    >>> standard_deviation_weights(table).overall.round(3).tolist()
    [0.333, 0.667]
    """
    _check_scaling(scaling)
    known = _matrix(table, directions, needs_directions=False)
    points = known.values.to_numpy(float) if scaling == "raw" else _scaled(known)
    return _weights(known, points.std(axis=0), f"standard_deviation_weights(scaling={scaling!r})")


def _matrix(table: Table, directions: Directions | None, *, needs_directions: bool = True) -> DecisionMatrix:
    if directions is None and not needs_directions and isinstance(table, pd.DataFrame):
        directions = dict.fromkeys(table.columns, "maximize")
    if directions is None and isinstance(table, pd.DataFrame):
        directions = {}  # every criterion is named as one without a direction
    matrix = validate_table(table, directions)
    if matrix.shape[0] < 2:
        raise InputError(text("weights from data need at least two alternatives; found one"))
    return matrix


def _check_scaling(scaling: str) -> None:
    if scaling not in SCALINGS:
        raise InputError.argument(
            "scaling", found=scaling, allowed=SCALINGS, proposal=did_you_mean(str(scaling), SCALINGS)
        )


def _refuse(matrix: DecisionMatrix, bad: NDArray[np.bool_], allowed: Text) -> None:
    checks = Checks(text("the values cannot be used"))
    for i, j in np.argwhere(bad):
        place = text(
            "{alternative!r}, criterion {criterion!r}",
            alternative=matrix.alternatives[i],
            criterion=matrix.criteria[j],
        )
        checks.add(place, f"{matrix.values.iat[i, j]:g}", allowed)
    checks.check()


def _constant(matrix: DecisionMatrix) -> NDArray[np.bool_]:
    x = matrix.values.to_numpy(float)
    return np.asarray(x.max(axis=0) == x.min(axis=0))


def _scaled(matrix: DecisionMatrix) -> Array:
    matrix = matrix.by_worth()
    x = matrix.values.to_numpy(float)
    low, high = x.min(axis=0), x.max(axis=0)
    points = (x - low) / np.where(high > low, high - low, 1.0)
    return np.where(matrix.signs > 0, points, 1.0 - points)


def _weights(matrix: DecisionMatrix, points: Array, method: str) -> Weights:
    constant = _constant(matrix)
    if constant.all():
        raise InputError(text("all criteria are the same for all alternatives; the data give no weights"))
    # Exactly 0, not the rounding noise of 1 - 1.
    points = np.where(constant, 0.0, np.maximum(points, 0.0))
    if points.sum() == 0:
        raise InputError(
            text("{method} finds no difference between the criteria; use another method", method=method)
        )
    notes: tuple[Text, ...] = tuple(
        text("criterion {criterion} is the same for all alternatives and gets weight 0", criterion=name)
        for name, same in zip(matrix.criteria, constant, strict=True)
        if same
    )
    return make_weights(pd.Series(points / points.sum(), index=list(matrix.criteria)), method, notes=notes)
