"""Which values a text of digits, commas and points can stand for."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from techprio.errors import Sayable, proposed

Locale = Literal["vi", "en"]
LOCALES: tuple[Locale, ...] = ("vi", "en")

PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f\u200b\ufeff]")
_GROUPED = {
    ".": re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?"),
    ",": re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?"),
}
_BLANKS = re.compile(rf"[+-]?[0-9]{{1,3}}({_SPACES.pattern}[0-9]{{3}})+([.,][0-9]+)?")
_INNER_BLANK = re.compile(rf"[0-9.,]{_SPACES.pattern}+[0-9.,]")
_SAYS: dict[str, Locale] = {"point": "en", "group,": "en", "comma": "vi", "group.": "vi"}
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")


def readings(words: str, *, locale: Locale | None = None) -> tuple[float, ...]:
    """Return the values that a text can stand for, the decimal reading first.

    Parameters
    ----------
    words : str
    locale : {"vi", "en"}, optional
        ``"vi"``: comma is the decimal sign and points part thousands; ``"en"``: the other way round.

    Examples
    --------
    >>> readings("12.500"), readings("12.500", locale="vi"), readings("0.5", locale="vi")
    ((12.5, 12500.0), (12500.0,), (0.5,))
    >>> readings("4*"), readings("1 250"), readings("1 2")
    ((), (1250.0,), ())
    """
    return tuple(value for value in _chosen(_found(words), locale) if math.isfinite(value))


def _found(words: str) -> dict[str, float]:
    spaced = _with_plain_signs(words)
    if _INNER_BLANK.search(spaced) and not _BLANKS.fullmatch(spaced):
        return {}
    digits = plain_digits(words)
    found: dict[str, float] = {}
    if PLAIN.fullmatch(digits):
        found["point"] = float(digits)
    if _COMMA.fullmatch(digits):
        found["comma"] = float(digits.replace(",", "."))
    for sign, pattern in _GROUPED.items():
        if pattern.fullmatch(digits):
            found["group" + sign] = float(digits.replace(sign, "").replace(",", "."))
    return found


def locale_of(texts: Iterable[str]) -> Locale | None:
    """Return how numbers that stand together are written; None where those with one reading do not say it.

    A file or column in which some numbers have a decimal point and others a decimal comma tells nothing.

    Examples
    --------
    >>> locale_of(["17.811", "0.8"]), locale_of(["12.500", "3,5"]), locale_of(["0.8", "3,5"])
    ('en', 'vi', None)
    """
    said: set[Locale] = set()
    for words in texts:
        if "." in words or "," in words:
            found = _found(words.removesuffix("%"))
            if len(found) == 1:
                said.add(_SAYS[next(iter(found))])
    return said.pop() if len(said) == 1 else None


def _chosen(found: dict[str, float], locale: Locale | None) -> tuple[float, ...]:
    preferred = {"vi": "group.", "en": "group,"}.get(locale or "")
    if preferred in found:
        return (found[preferred],)
    decimal = {"vi": "comma", "en": "point"}.get(locale or "")
    if decimal in found:
        return (found[decimal],)
    return tuple(dict.fromkeys(found.values()))


def plain_digits(words: str) -> str:
    """Bring full-width digits, other minus signs and blanks between digits to their plain form."""
    return _SPACES.sub("", _with_plain_signs(words))


def _with_plain_signs(words: str) -> str:
    signs = unicodedata.normalize("NFKC", words).strip().lstrip("'")
    return signs.replace("\u2212", "-").replace("\u2013", "-").strip("\u200b\ufeff ")


def number_proposal(words: str) -> Sayable:
    """Propose the right spelling of a text that looks like a number.

    Examples
    --------
    >>> print(number_proposal("14.800,5"))
    write 14800.5
    >>> print(number_proposal("1,200"))
    two readings: write 1.2 or 1200
    """
    digits = plain_digits(words)
    scale = 100 if digits.endswith("%") else 1
    values = [f"{round(value / scale, 15):.15g}" for value in readings(digits.removesuffix("%"))]
    return proposed(*values) if values else ""
