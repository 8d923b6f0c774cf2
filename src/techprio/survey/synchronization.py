"""How evenly a firm is developed: the synchronization coefficient."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.errors import InputError
from techprio.language import text
from techprio.model.instrument import Instrument


def measure_synchronization(points: ArrayLike, instrument: Instrument) -> NDArray[np.float64]:
    """Return K = Π (points_g / max_g) ^ exponent_g.

    With exponents that are the shares of the groups in all points, 0 <= K <= total / maximum,
    and K equals total / maximum only when every group attains the same share: K separates a
    lopsided firm from a balanced one of the same total.

    Parameters
    ----------
    points : array_like, shape (…, groups)
        Points by group, in the order of ``instrument.groups``; a Series or DataFrame is aligned by
        name. A zero makes K 0, a missing group (NaN) leaves it undefined (NaN).
    instrument : Instrument

    Returns
    -------
    ndarray, shape (…,)

    Raises
    ------
    InputError
        Not one number for each group, or points outside 0..maximum.

    Notes
    -----
    The form was recomputed from the four sector rows that the Department of Science and Technology
    of Phu Yen publishes (danhgiatdcn.khcnpy.gov.vn); it agrees with them to two decimals. The text
    of Circular 17/2019/TT-BKHCN that fixes it was not read.

    Examples
    --------
    >>> from techprio.model.instrument import Instrument, PointGroup
    >>> pilot = Instrument("pilot", (PointGroup("A", 60), PointGroup("B", 40)))
    >>> measure_synchronization([[30, 20], [45, 5], [50, 0]], pilot).round(3).tolist()
    [0.5, 0.366, 0.0]
    """
    names = list(instrument.maxima.index)
    if isinstance(points, pd.Series | pd.DataFrame):
        have = points.index if isinstance(points, pd.Series) else points.columns
        if missing := [name for name in names if name not in have]:
            raise InputError(
                text(
                    "points of {missing} are missing; groups are {names}",
                    missing=tuple(missing),
                    names=tuple(names),
                )
            )
        points = points[names].to_numpy(dtype=float, na_value=np.nan)
    x = np.asarray(points, dtype=float)
    if x.ndim == 0 or x.shape[-1] != len(names):
        raise InputError(
            text(
                "points must have {count} groups ({names}); found shape {shape}",
                count=len(names),
                names=tuple(names),
                shape=str(x.shape),
            )
        )
    maxima = instrument.maxima.to_numpy()
    outside = (x < 0) | (x > maxima + 1e-9) | np.isinf(x)
    if outside.any():
        group = names[int(np.argwhere(outside)[0][-1])]
        most = float(instrument.maxima[group])
        raise InputError(text("points of {group} must lie between 0 and {most}", group=group, most=most))
    attained = x / maxima
    return np.asarray(np.prod(attained ** instrument.powers.to_numpy(), axis=-1), dtype=np.float64)
