"""Read one comparison as a ratio: numbers and fractions as people type them."""

from __future__ import annotations

import re

from techprio.errors import proposed
from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.entries import cell_problem, date_proposal, text_problem
from techprio.inputs.grid import Cell, Entry, shown
from techprio.inputs.numbers import Locale, number_proposal, plain_digits, readings
from techprio.language import Text, text
from techprio.model.judgments import PLAY, are_inverse

_FRACTION = re.compile(r"([0-9]+(?:[.,][0-9]+)?)[/\u2044]([0-9]+(?:[.,][0-9]+)?)")
_MONTH = r"[A-Za-z]{3,9}\.?|[Tt]h(?:g)?[0-9]{1,2}"
_ENGLISH = r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATES = (
    re.compile(rf"[0-9]{{1,2}}(?:[-/](?:{_MONTH})| {_ENGLISH})(?:[-/ ][0-9]{{2,4}})?"),
    re.compile(rf"(?:(?:{_MONTH})[-/]|{_ENGLISH} )[0-9]{{1,4}}"),
    re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"),
)


def read_ratio(
    entry: Entry, *, locale: Locale | None = None, largest: float = 9
) -> float | CellProblem | None:
    """Read a cell of a table of comparisons.

    Parameters
    ----------
    entry : str or Cell
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.
    largest : float
        End of the scale; its inverse is the other end, both with 1 % of play.

    Returns
    -------
    float, None or CellProblem
        None for an empty cell: no opinion.

    Examples
    --------
    >>> read_ratio("1 / 2"), read_ratio("\u2153"), read_ratio("0,2"), read_ratio("")
    (0.5, 0.3333333333333333, 0.2, None)
    >>> read_ratio("19").code
    'J409'
    """
    if not isinstance(entry, str):
        fault = cell_problem(entry)
        if fault is not None:
            return fault
    if not shown(entry):
        return None
    value = _number(entry, locale)
    return value if isinstance(value, CellProblem) else _on_scale(value, largest)


def _number(entry: Entry, locale: Locale | None) -> float | CellProblem:
    if isinstance(entry, Cell):
        if entry.kind == "date":
            return CellProblem("T121", _ratio_words(), date_proposal(entry))
        if entry.kind == "flag":
            return CellProblem("T128", _ratio_words())
        if entry.kind in ("number", "percent"):
            return entry.number
    words = clean(shown(entry))
    if any(pattern.fullmatch(words) for pattern in _DATES):
        spoiled = text(
            "a spreadsheet has turned a fraction into a date; set the format to Text and type it again"
        )
        return CellProblem("T121", _ratio_words(), spoiled)
    fault = text_problem(words)
    if fault is not None:
        return fault
    fraction = _FRACTION.fullmatch(plain_digits(words))
    if fraction and float(fraction[2].replace(",", ".")):
        above, below = (float(part.replace(",", ".")) for part in fraction.groups())
        return above / below
    found = readings(words, locale=locale)
    return found[0] if len(found) == 1 else CellProblem("J408", _ratio_words(), number_proposal(words))


def _on_scale(value: float, largest: float) -> float | CellProblem:
    if value == 0:
        empty = text("leave the cell empty for no opinion; 1 means equal")
        return CellProblem("J409", text("a ratio above 0"), empty)
    ends = text("a ratio from 1/{largest} to {largest}", largest=f"{largest:g}")
    if (1 - PLAY) / largest <= value <= largest * (1 + PLAY) or are_inverse(largest, value):
        return value
    slip = proposed(f"{largest:g}", f"1/{largest:g}") if value == 10 + largest else ""
    return CellProblem("J409", ends, slip)


def _ratio_words() -> Text:
    return text("a ratio such as 3, 1/3 or 0.5")
