"""Kendall's coefficient of concordance, and each judge against all the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from techprio.arguments import validated
from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import Checks
from techprio.model.provenance import Provenance

OBJECT = Quantity("object", text("Object"), text("What the judges rated."))
RANK_SUM = Quantity(
    "rank_sum", text("Sum of the ranks"), text("Over all judges; 1 is the highest rating."), "number"
)


@dataclass(frozen=True)
class Concordance(Result):
    """Kendall's coefficient of concordance.

    Parameters
    ----------
    w : float
        With the correction for ties; 0 is no agreement, 1 is full.
    w_uncorrected : float
        As if there were no ties.
    chi2 : float
        m (n - 1) W, with n - 1 degrees of freedom under no agreement.
    degrees : int
    p_value : float
        Of the chi-square, an approximation that is rough for few judges and objects.
    rank_sums : Series
        Sum of the ranks of each object; 1 is the highest rating.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> kendall_w([[1, 2, 3], [1, 3, 2]])
    Concordance(W 0.750, p-value 0.223, 3 objects)
    """

    w: float
    w_uncorrected: float
    chi2: float
    degrees: int
    p_value: float
    rank_sums: pd.Series
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return ``object, rank_sum``, the highest rated first."""
        frame = self.rank_sums.rename("rank_sum").rename_axis("object").reset_index()
        return frame.sort_values("rank_sum", kind="stable", ignore_index=True)

    def tables(self) -> dict[str, Table]:
        """Return the table ``objects``, the highest rated first."""
        return tables_of(Table.from_frame("objects", self._title(), [OBJECT, RANK_SUM], self.to_frame()))

    def _summary(self) -> str:
        return f"W {self.w:.3f}, p-value {self.p_value:.3g}, {len(self.rank_sums)} objects"

    def _title(self) -> Words:
        return text("Agreement of the orders: Kendall's W {w}", w=round(self.w, 3))


@validated
def kendall_w(ratings: pd.DataFrame | ArrayLike) -> Concordance:
    """Return Kendall's coefficient of concordance with the correction for ties.

    Parameters
    ----------
    ratings : DataFrame or array_like, shape (m, n)
        Judges in rows, objects in columns; any scores or ranks, equal ones share the mean rank.

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        Fewer than two judges or objects, a value that is no finite number, no judge who ranks any
        object before another.

    References
    ----------
    Kendall and Babington Smith 1939, *Annals of Mathematical Statistics* 10, 275-287.

    Examples
    --------
    >>> kendall_w([[1, 2, 3], [1, 3, 2]]).w
    0.75
    """
    from scipy.special import chdtrc

    table = pd.DataFrame(ratings)
    values = table.apply(pd.to_numeric, errors="coerce").to_numpy(float)
    m, n = values.shape
    if m < 2 or n < 2:
        raise InputError.argument(
            "ratings",
            found=text("{judges} judges and {objects} objects", judges=m, objects=n),
            allowed=text("two judges and two objects or more"),
        )
    checks = Checks(text("the ratings cannot be used"))
    for row, column in np.argwhere(~np.isfinite(values)):
        place = text(
            "judge {judge!r}, object {object!r}", judge=table.index[row], object=table.columns[column]
        )
        checks.add(place, repr(table.iat[row, column]), text("a finite number"))
    checks.check()
    ranks = pd.DataFrame(-values).rank(axis=1).to_numpy()
    sums = ranks.sum(axis=0)
    spread = float(((sums - m * (n + 1) / 2) ** 2).sum())
    # Each of t equal values has t**2 - 1, so that the group of them has t**3 - t.
    last, first = (pd.DataFrame(values).rank(axis=1, method=side).to_numpy() for side in ("max", "min"))
    equal = last - first + 1
    ties = float((equal**2 - 1).sum())
    whole = m**2 * (n**3 - n)
    if whole <= m * ties:
        raise InputError(
            text("ratings: every judge holds all objects for equal; there is no order to agree on")
        )
    w = 12 * spread / (whole - m * ties)
    statistic = m * (n - 1) * w
    return Concordance(
        w=w,
        w_uncorrected=12 * spread / whole,
        chi2=statistic,
        degrees=n - 1,
        p_value=float(chdtrc(n - 1, statistic)),
        rank_sums=pd.Series(sums, index=table.columns),
        provenance=Provenance.of("kendall_w"),
    )


@validated
def correlate_with_others(ratings: pd.DataFrame) -> pd.Series:
    """Return each judge's rank correlation with the mean of all the others.

    A value near -1 says that the judge may have turned the scale round: ask, never turn it unasked.

    Parameters
    ----------
    ratings : DataFrame, shape (m, n)
        Judges in rows, objects in columns, at least two of each.

    Returns
    -------
    Series, shape (m,)
        Spearman's correlation; 0 where a judge or the others hold all objects for equal.

    Raises
    ------
    InputError
        Fewer than two judges or objects, or a value that is no finite number.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> ratings = pd.DataFrame(
    ...     [[1, 2, 3], [1, 2, 3], [3, 2, 1]], index=["a", "b", "c"], columns=["T1", "T2", "T3"]
    ... )
    >>> tp.weighting.correlate_with_others(ratings).to_dict()
    {'a': 0.0, 'b': 0.0, 'c': -1.0}
    """
    values = ratings.apply(pd.to_numeric, errors="coerce").to_numpy(float)
    if min(values.shape) < 2 or not np.isfinite(values).all():
        raise InputError.argument(
            "ratings",
            found=text("the shape {shape}", shape=str(values.shape)),
            allowed=text("finite numbers of at least two judges and two objects"),
        )
    found = {}
    for place, judge in enumerate(ratings.index):
        others = np.delete(values, place, axis=0).mean(axis=0).round(12)
        own = values[place]
        level = np.ptp(own) == 0 or np.ptp(others) == 0
        ranks = pd.DataFrame([own, others]).rank(axis=1).to_numpy()
        found[judge] = 0.0 if level else float(np.corrcoef(ranks)[0, 1])
    return pd.Series(found, name="correlation")
