"""Dominance: who is at least as good on every criterion, and better on one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from techprio.model.matrix import DecisionMatrix


def dominated_pairs(matrix: DecisionMatrix) -> pd.DataFrame:
    """Return who dominates whom, whatever the weights.

    Parameters
    ----------
    matrix : DecisionMatrix

    Returns
    -------
    DataFrame of bool, shape (m, m)
        True where the row dominates the column.

    Examples
    --------
    >>> cars = pd.DataFrame({"price": [20, 25], "range": [500, 400]}, index=["A", "B"])
    >>> bool(dominated_pairs(DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})).loc["A", "B"])
    True
    """
    oriented = matrix.values.to_numpy() * matrix.signs
    names = matrix.values.index
    table = np.zeros((len(names), len(names)), dtype=bool)
    for row, own in enumerate(oriented):
        table[row] = (own >= oriented).all(axis=1) & (own > oriented).any(axis=1)
    return pd.DataFrame(table, index=names, columns=names)


def dominance_rows(matrix: DecisionMatrix) -> pd.DataFrame:
    """Return one row a pair: ``dominator, dominated``, in the order of the matrix."""
    table = dominated_pairs(matrix)
    rows, columns = np.nonzero(table.to_numpy())
    return pd.DataFrame({"dominator": table.index[rows], "dominated": table.columns[columns]})
