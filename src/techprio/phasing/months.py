"""Months ``YYYY-MM`` as whole numbers, and the periods they fall in."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError
from techprio.language import text

Array = NDArray[np.float64]
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def month_number(month: str) -> int:
    """Count months from January of year 0.

    Examples
    --------
    >>> month_number("2028-01") - month_number("2027-07")
    6
    """
    match = _MONTH.fullmatch(str(month))
    if not match:
        raise InputError.argument("month", found=month, allowed=text("a month YYYY-MM"))
    return int(match[1]) * 12 + int(match[2]) - 1


def month_text(number: int) -> str:
    """Write a month number as ``YYYY-MM``.

    Examples
    --------
    >>> month_text(month_number("2027-07") + 6)
    '2028-01'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def operational_offset(lead: int) -> int:
    """Months from the start to the month in which a technology becomes operational.

    The month of the start counts: 42 months from 2027-07 end in 2030-12. A lead of zero is
    operational in the month of its start.
    """
    return max(lead, 1) - 1


def whole_months(lead: float) -> int:
    """Round a lead up to whole months, once, with room for the rounding of products.

    Examples
    --------
    >>> whole_months(15 * 0.5), whole_months(30 * 0.8)
    (8, 24)
    """
    return math.ceil(lead - 1e-9)


def spent_share(months: Array, lead: Array, outlays: Sequence[float] = ()) -> Array:
    """Return the share of a cost that is spent so many months after a start.

    Parameters
    ----------
    months, lead : array
        Shapes that broadcast; a lead below one month is paid in the first one.
    outlays : sequence of float
        Shares of the years of a project, each spent evenly over its year; what falls after the work is spent
        in its last year. Empty: evenly over the lead.

    Examples
    --------
    >>> spent_share(np.array([6.0, 12.0, 18.0]), np.array(18.0), (0.2, 0.5, 0.3)).round(2).tolist()
    [0.1, 0.2, 1.0]
    """
    lead = np.maximum(lead, 1.0)
    if not outlays:
        return np.asarray(np.clip(months / lead, 0.0, 1.0))
    last = np.ceil(lead / 12) - 1
    total = np.zeros(np.broadcast_shapes(np.shape(months), np.shape(lead)))
    for year, share in enumerate(outlays):
        begin = 12 * np.minimum(year, last)
        total += share * np.clip((months - begin) / (np.minimum(begin + 12, lead) - begin), 0.0, 1.0)
    return total
