"""Text that is safe in a cell, a name of a sheet, or a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_BARRED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n"})


def clean(words: str) -> str:
    r"""Return the text composed (NFC), breaks of Word as line ends, without other control signs.

    Examples
    --------
    >>> clean("Dòng một\x0bDòng hai\x00")
    'Dòng một\nDòng hai'
    """
    composed = unicodedata.normalize("NFC", words).replace("\r\n", "\n").translate(_LINE_BREAKS)
    return "".join(
        sign for sign in composed if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    )


def control_signs(words: str) -> tuple[str, ...]:
    r"""Return the code points that :func:`clean` replaces or leaves out, as hexadecimal digits.

    Examples
    --------
    >>> control_signs("a\x0bb")
    ('0B',)
    """
    found = {s for s in words if s not in "\n\t\r" and unicodedata.category(s) in ("Cc", "Cs")}
    return tuple(f"{ord(sign):02X}" for sign in sorted(found))


def as_typed_text(words: str) -> str:
    """Return the text so that a spreadsheet reading a CSV file does not take it for a formula.

    Examples
    --------
    >>> as_typed_text("=1+1"), as_typed_text("Bơm nhiệt")
    ("'=1+1", 'Bơm nhiệt')
    """
    words = clean(words)
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words


def sheet_names(titles: Iterable[str]) -> tuple[str, ...]:
    """Return names that Excel takes: 31 letters at most, no barred sign, all different.

    Examples
    --------
    >>> sheet_names(["Roadmap: 2026/2030", "History", "history"])
    ('Roadmap 2026 2030', 'History 2', 'history 3')
    """
    names: list[str] = []
    taken = {"history"}
    for place, title in enumerate(titles, start=1):
        plain = " ".join(_BARRED_IN_SHEET_NAMES.sub(" ", clean(title)).split()).strip("'")
        name = plain[:_SHEET_NAME_LENGTH].strip() or str(place)
        if name.casefold() in taken:
            mark = f" {place}"
            name = plain[: _SHEET_NAME_LENGTH - len(mark)].strip() + mark
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
