"""Numbers and moments as workbooks store them, into cells."""

from __future__ import annotations

import datetime
import math
from functools import lru_cache
from typing import Any

from techprio.inputs.grid import Cell


@lru_cache(maxsize=65536)
def number(value: float, number_format: str = "General") -> Cell:
    """Return the cell of a number; its format tells a percent, and a code such as ``007``.

    Examples
    --------
    >>> number(0.85, "0%").shown, number(7, "000").shown, number(0.1 + 0.2).shown
    ('85%', '007', '0.3')
    """
    if not math.isfinite(value):
        return Cell("error", str(value))
    if "%" in number_format:
        return Cell("percent", f"{value * 100:.12g}%", float(value))
    plain = f"{value:.15g}"
    if number_format and set(number_format) == {"0"} and float(value).is_integer() and value >= 0:
        plain = f"{int(value):0{len(number_format)}d}"
    return Cell("number", plain, float(value))


def moment(value: Any, serial: float) -> Cell:
    """Return the cell of a date, or of a time of the day.

    Examples
    --------
    >>> moment(datetime.datetime(2026, 5, 3), 46145).shown
    '2026-05-03'
    """
    if isinstance(value, datetime.datetime | datetime.date):
        return Cell("date", value.isoformat()[:10], float(serial))
    return Cell("date", str(value), 0.0)
