"""A best range inside the scale: values into closeness to it, after which more is better."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text


@validated
def closeness_to_ideal(
    values: pd.DataFrame,
    *,
    ranges: Mapping[str, tuple[float, float]],
    ideals: Mapping[str, tuple[float, float]],
) -> pd.DataFrame:
    r"""Turn values into their closeness to an ideal range: 1 inside it, 0 at the end of the scale beyond it.

    With range :math:`[A, B]` and ideal :math:`[C, D]`, :math:`A \le C \le D \le B`: :math:`f(x) = 1` on
    :math:`[C, D]`, :math:`(x - A) / (C - A)` below and :math:`(B - x) / (B - D)` above it. Every criterion
    is to be maximized afterwards; TOPSIS with the scale from 0 to 1 is then the Reference Ideal Method.

    Parameters
    ----------
    values : DataFrame, shape (m, n)
        Alternatives by criteria.
    ranges, ideals : mapping of str to (float, float)
        Ends of the scale, and of the best range, for each criterion; a single best value stands twice.

    Returns
    -------
    DataFrame, shape (m, n)

    Raises
    ------
    InputError
        A criterion without range or ideal, an ideal outside its range, a value outside the range.

    References
    ----------
    E. Cables, M. T. Lamata, J. L. Verdegay (2016), RIM - reference ideal method in multicriteria decision
    making. Information Sciences 337-338, 1-10.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> age = pd.DataFrame({"age": [30.0, 40.0, 27.0]}, index=["A", "B", "D"])
    >>> near = tp.ranking.closeness_to_ideal(age, ranges={"age": (23, 60)}, ideals={"age": (30, 35)})
    >>> near["age"].round(3).tolist()
    [1.0, 0.8, 0.571]
    """
    found = {}
    for name in values.columns:
        if name not in ranges or name not in ideals:
            raise InputError(text("criterion {name}: a range and an ideal are needed", name=repr(name)))
        least, most = ranges[name]
        low, high = ideals[name]
        x = values[name].to_numpy(dtype=float)
        if not (least <= low <= high <= most and least < most):
            raise InputError(
                text("criterion {name}: the ideal {ideal} must lie in the range {range}",
                     name=repr(name), ideal=str((low, high)), range=str((least, most)))
            )  # fmt: skip
        outside = [
            f"{who}: {value:g}"
            for who, value in zip(values.index, x, strict=True)
            if not least <= value <= most
        ]
        if outside:
            raise InputError(
                text("criterion {name}: outside its range: {values}", name=repr(name), values=outside)
            )
        below = np.divide(x - least, low - least, out=np.ones_like(x), where=x < low)
        found[name] = np.divide(most - x, most - high, out=below, where=x > high)
    return pd.DataFrame(found, index=values.index)
