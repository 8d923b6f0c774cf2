"""Read comparisons as ratios: numbers and fractions as people type them, on the scales of surveys."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import proposed
from techprio.inputs.cells import CellProblem, clean
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.entries import cell_problem, date_proposal, text_problem
from techprio.inputs.grid import Cell, Entry, shown
from techprio.inputs.numbers import Locale, number_proposal, plain_digits, readings
from techprio.language import Text, text
from techprio.model.judgments import PLAY, are_inverse

Side = Literal["left", "right"]
#: What the numbers of a survey are: ratios, signed degrees, places on the line from 9 over 1 to 9.
PairScale = Literal["ratio", "signed", "positions"]
SCALES = {
    "ratio": text("ratios, how many times the item named first counts more"),
    "signed": text("degrees with a sign"),
    "positions": text("places on the line from the item named first (1) over equal to the second (17)"),
}
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


def read_signed(entry: Entry, *, locale: Locale | None, largest: float) -> float | CellProblem | None:
    """Return the number of an answer as it stands: a ratio, a degree with a sign, a place on the line.

    Examples
    --------
    >>> read_signed("-3", locale=None, largest=9), read_signed("1/3", locale=None, largest=9)
    (-3.0, 0.3333333333333333)
    """
    words = clean(shown(entry)).lstrip("'")
    minus = words.startswith(("-", "\u2212", "\u2013"))
    plain = entry
    if minus:
        plain = (
            entry._replace(shown=words[1:], number=abs(entry.number))
            if isinstance(entry, Cell)
            else words[1:]
        )
    value = read_ratio(plain, locale=locale, largest=2 * largest - 1)
    if isinstance(value, CellProblem) and value.code == "J409":
        return CellProblem("J409", _ends(largest), _ask(is_zero=readings(words) == (0.0,)))
    return -value if minus and isinstance(value, float | int) else value


def scale_of(answers: NDArray[np.float64], minus_means: Side | None, largest: float) -> PairScale:
    """Tell what numbers are: a minus tells a sign, a whole number above the end of the scale a place."""
    said = answers[~np.isnan(answers)]
    if (said < 0).any() or minus_means is not None:
        return "signed"
    if len(said) and (said == said.round()).all() and said.max() > largest and said.max() <= 2 * largest - 1:
        return "positions"
    return "ratio"


def check_minus(
    answers: NDArray[np.float64], scale: PairScale, minus_means: Side | None, location: Location,
    diagnostics: Diagnostics,
) -> None:  # fmt: skip
    """Ask what a minus means where one occurs."""
    if scale == "signed" and (answers < 0).any() and minus_means is None:
        diagnostics.add(
            "J414",
            location,
            field="minus_means",
            found=text("answers with a sign, and no word on what a minus means"),
            allowed=text("left: a minus favours the item named first; right: the one named second"),
            proposal=text("look at the form, and give --minus-means left or right"),
        )


def off_scale(answers: NDArray[np.float64], scale: PairScale, largest: float) -> NDArray[np.bool_]:
    """Return which answers do not stand on the scale."""
    size = np.abs(answers)
    with np.errstate(invalid="ignore"):
        if scale == "ratio":
            return (answers < 0) | (size > largest * 1.01) | (size < 0.98 / largest)
        if scale == "signed":
            return (size > largest) | (size < 1)
        return (answers < 1) | (answers > 2 * largest - 1) | (answers != answers.round()) & ~np.isnan(answers)


def off_scale_problem(answer: float, scale: PairScale, largest: float) -> CellProblem:
    """Return the problem of an answer that does not stand on the scale."""
    allowed = {
        "ratio": text("a ratio from 1/{largest} to {largest}", largest=f"{largest:g}"),
        "signed": _ends(largest),
        "positions": text("a whole number from 1 to {last}", last=f"{2 * largest - 1:g}"),
    }[scale]
    return CellProblem("J409", allowed, _ask(is_zero=not answer))


def as_ratios(
    answers: NDArray[np.float64], scale: PairScale, minus_means: Side | None, largest: float
) -> NDArray[np.float64]:
    """Return how many times the item named first counts more."""
    with np.errstate(invalid="ignore", divide="ignore"):
        if scale == "ratio":
            return answers
        if scale == "positions":
            off = largest - answers
            return np.where(off >= 0, off + 1, 1 / (1 - off))
        favours_left = (answers < 0) == (minus_means == "left")
        return np.where(
            np.isnan(answers), np.nan, np.where(favours_left, np.abs(answers), 1 / np.abs(answers))
        )


def _ask(*, is_zero: bool) -> Text:
    if is_zero:
        return text("leave the cell empty for no opinion; 1 means equal")
    return text("ask who filled in the form")


def _ends(largest: float) -> Text:
    return text("from -{largest} to -1, or from 1 to {largest}", largest=f"{largest:g}")
