"""CSV files that every machine writes alike, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from techprio.language import Language

if TYPE_CHECKING:
    import pandas as pd

DECIMALS = 9
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*([eE][+-]?\d+)?%?")
_LINE_BREAKS = str.maketrans({"\x0b": "\n", "\x0c": "\n"})
# Categories Cc and Cs of Unicode, without line end and tabulator.
_CONTROL_SIGNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def csv_bytes(
    headings: Iterable[Any],
    rows: Iterable[Sequence[Any]],
    *,
    decimals: Mapping[str, int] | None = None,
    language: Language | None = None,
    mark: bool = True,
) -> bytes:
    r"""Return a table as CSV: UTF-8, commas, line feeds, decimal points, quotes only where they are needed.

    Parameters
    ----------
    headings : iterable of str
    rows : iterable of sequence
        Texts pass :func:`guarded`; nothing (None, NaN, NA) is an empty cell.
    decimals : mapping of str to int, optional
        Places after the point by heading; 9 elsewhere. Zeros at the end are left out.
    language : {"vi", "en"}, optional
        Of the texts and labels among the cells.
    mark : bool
        Whether the file begins with the byte order mark that Excel needs to see UTF-8.

    Examples
    --------
    >>> csv_bytes(["id", "name", "share"], [("A", "tea, green", 0.5), ("B", "=1+1", None)], mark=False)
    b'id,name,share\nA,"tea, green",0.5\nB,\'=1+1,\n'
    """
    names = [str(heading) for heading in headings]
    places = [(decimals or {}).get(name, DECIMALS) for name in names]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([guarded(name) for name in names])
    writer.writerows(
        [_cell(value, place, language) for value, place in zip(row, places, strict=True)] for row in rows
    )
    return stream.getvalue().encode("utf-8-sig" if mark else "utf-8")


def frame_csv(
    frame: pd.DataFrame, *, decimals: Mapping[str, int] | None = None, language: Language | None = None
) -> bytes:
    """Return a frame as CSV without its index, as :func:`csv_bytes` writes it."""
    rows = frame.itertuples(index=False, name=None)
    return csv_bytes(frame.columns, rows, decimals=decimals, language=language)


def guarded(words: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula.

    A plain number is no formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-0.5"), guarded("Bơm nhiệt")
    ("'=1+1", '-0.5', 'Bơm nhiệt')
    """
    words = clean(words)
    formula = words.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(words)
    return f"'{words}" if formula else words


def unguarded(words: str) -> str:
    """Return what was written before :func:`guarded` set an apostrophe before it.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return words[1:] if words[:1] == "'" and words[1:].startswith(_FORMULA_STARTS) else words


def clean(words: str) -> str:
    r"""Return the text composed (NFC), breaks of Word as line ends, without other control signs.

    Examples
    --------
    >>> clean("Dòng một\x0bDòng hai\x00")
    'Dòng một\nDòng hai'
    """
    composed = unicodedata.normalize("NFC", words)
    if composed.isprintable() or _CONTROL_SIGNS.search(composed) is None:  # as nearly all words are
        return composed
    return _CONTROL_SIGNS.sub("", composed.replace("\r\n", "\n").translate(_LINE_BREAKS))


def control_signs(words: str) -> tuple[str, ...]:
    r"""Return the code points that :func:`clean` replaces or leaves out, as hexadecimal digits.

    Examples
    --------
    >>> control_signs("a\x0bb")
    ('0B',)
    """
    found = {s for s in words if s not in "\n\t\r" and unicodedata.category(s) in ("Cc", "Cs")}
    return tuple(f"{ord(sign):02X}" for sign in sorted(found))


def _cell(value: Any, decimals: int, language: Language | None) -> str:
    if hasattr(value, "render"):
        return guarded(value.render(language))
    if isinstance(value, str):
        return guarded(value)
    if value is None or str(value) in ("nan", "<NA>", "NaT"):
        return ""
    if isinstance(value, float):
        return repr(round(float(value), decimals) + 0.0).removesuffix(".0")
    return guarded(str(value))
