"""Ranges and triples in a cell: ``5-9``, ``5 đến 9``, ``[5; 9]``, ``(5, 7, 9)``."""

from __future__ import annotations

import re

from techprio.inputs.numbers import Locale, readings

_NUMBER = r"[+-]?[0-9]+(?:[.,][0-9]+)?"
_RANGE = re.compile(
    rf"[(\[]?\s*(?:từ\s+|from\s+)?({_NUMBER})\s*(?:-|\u2013|\u2014|~|\.\.\.?|;|đến|tới|to)\s*({_NUMBER})\s*[)\]]?",
    re.IGNORECASE,
)
_PARTED = (";", "|", "/", ", ", ",", " ")


def read_range(words: str, *, locale: Locale | None = None) -> tuple[float, ...] | None:
    """Return both ends of a range, or low, value and high of a triple; None for anything else.

    Examples
    --------
    >>> read_range("5-9"), read_range("(5, 7, 9)"), read_range("3,5 đến 4,5"), read_range("9-5")
    ((5.0, 9.0), (5.0, 7.0, 9.0), (3.5, 4.5), None)
    """
    triple = _triple(words, locale)
    if triple is not None:
        return triple
    found = _RANGE.fullmatch(words.strip())
    if not found:
        return None
    ends = [readings(part, locale=locale) for part in found.groups()]
    if any(len(values) != 1 for values in ends) or ends[0][0] > ends[1][0]:
        return None
    return ends[0][0], ends[1][0]


def _triple(words: str, locale: Locale | None) -> tuple[float, ...] | None:
    inside = words.strip()
    if not inside or inside[0] not in "([" or inside[-1] not in ")]":
        return None
    for sign in _PARTED:
        parts = inside[1:-1].split(sign)
        if len(parts) == 3:
            values = [readings(part.strip(), locale=locale) for part in parts]
            if all(len(value) == 1 for value in values):
                low, middle, high = (value[0] for value in values)
                return (low, middle, high) if low <= middle <= high else None
    return None
