"""Cells of a table without declared columns: what a number, a percent or a text among others can be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from techprio.errors import Edit
from techprio.inputs.cells import CellProblem, clean, parse_number_freely
from techprio.inputs.entries import cell_problem, date_proposal, text_problem
from techprio.inputs.grid import Cell, Entry, shown
from techprio.inputs.numbers import Locale, readings
from techprio.inputs.ranges import read_range
from techprio.inputs.units import amount_unit
from techprio.language import Text, text

Percent = Literal["", "named", "cells"]
"""A column without percents, one whose heading says ``%``, one of whose cells do."""
NAMED_AS_TEXT = text("a number with one reading; a column of texts is named in texts")
A_RANGE = text("a number: the value; the ends of a range stand in columns of their own")
_LAST_OF_NUMBERS = frozenset("0123456789.%\u00a0\u200b") | {chr(0xFF10 + digit) for digit in range(10)}
_CODE = re.compile(r"0[0-9]+")


def is_number(entry: Entry) -> bool:
    """Return whether a cell holds a number, as a number or typed as a text."""
    if isinstance(entry, Cell) and entry.kind != "text":
        return entry.kind in ("number", "percent")
    words = shown(entry)
    return bool(words) and words[-1] in _LAST_OF_NUMBERS and bool(readings(words.removesuffix("%").rstrip()))


def unit_into_heading(unit: str) -> Text:
    """Propose to write a unit once, over its column."""
    return text("write {unit} into the heading, and the number alone here", unit=unit)


def typed_number(entry: Entry) -> str:
    """Return a cell that was typed as text, for what it tells of how numbers are written."""
    if isinstance(entry, Cell) and entry.kind != "text":
        return ""
    return shown(entry).removesuffix("%").rstrip()


def plain_value(entry: Entry) -> float | None:
    """Return the number of a cell that has one reading only; None for every other cell."""
    if isinstance(entry, Cell) and entry.kind in ("number", "percent"):
        return entry.number
    values = readings(shown(entry).removesuffix("%").rstrip())
    return values[0] if len(values) == 1 else None


def says_percent(heading: str, entries: Sequence[Entry]) -> Percent:
    """Return whether the numbers of a column are percents, by its heading or by its cells."""
    if "%" in heading:
        return "named"
    return "cells" if any(_has_sign(entry) for entry in entries) else ""


def read_free_number(
    entry: Entry, *, locale: Locale | None = None, percent: Percent = ""
) -> float | CellProblem | None:
    """Return the number of a cell, in percents where the heading says so; a problem, never a guess.

    Examples
    --------
    >>> read_free_number("64,5 %", percent="named"), read_free_number("72%", percent="cells")
    (64.5, 0.72)
    >>> read_free_number("0.41", percent="named").code
    'T126'
    """
    if isinstance(entry, Cell):
        fault = cell_problem(entry) or _kind_problem(entry)
        if fault is not None:
            return fault
    words = clean(shown(entry))
    if not words:
        return CellProblem("T114", text("a number"))
    value = _value(entry, words, locale)
    if isinstance(value, CellProblem):
        return value
    return _in_percent(value, entry, words, percent) if percent else value


def read_free_text(entry: Entry, *, dates: bool = False) -> str | CellProblem | None:
    """Return the text of a cell as it was typed; None when it is empty."""
    if isinstance(entry, Cell):
        fault = cell_problem(entry) or (None if dates and entry.kind == "date" else _kind_problem(entry))
        if fault is not None:
            return fault
    words = clean(shown(entry))
    font = entry.font if isinstance(entry, Cell) else ""
    return text_problem(words, font) or words or None


def _kind_problem(cell: Cell) -> CellProblem | None:
    if cell.kind == "date":
        return CellProblem(
            "T121", text("a number or a text; set the format of the cell to Text"), date_proposal(cell)
        )
    return CellProblem("T128", text("a number or a text")) if cell.kind == "flag" else None


def _value(entry: Entry, words: str, locale: Locale | None) -> float | CellProblem:
    if isinstance(entry, Cell) and entry.kind in ("number", "percent"):
        return entry.number
    fault = text_problem(words, entry.font if isinstance(entry, Cell) else "")
    if fault is not None:
        return fault
    value = parse_number_freely(words.removesuffix("%").rstrip(), locale=locale)
    if isinstance(value, CellProblem):
        if value.proposal:
            return value
        if unit := amount_unit(words):
            return value._replace(allowed=text("a number alone"), proposal=unit_into_heading(unit))
        return value._replace(allowed=A_RANGE if read_range(words) else NAMED_AS_TEXT)
    return value / 100 if words.endswith("%") else value


def _in_percent(value: float, entry: Entry, words: str, percent: Percent) -> float | CellProblem:
    if _has_sign(entry):
        return float(f"{value * 100:.12g}") if percent == "named" else value
    if percent == "named" and not 0 < abs(value) <= 1:
        return value
    first, second = f"{value:.15g}%", f"{round(value * 100, 12):.15g}%"
    both = text("{first}% or {second}%", first=first[:-1], second=second[:-1])
    edit = Edit.of(text("write {value}", value=both), first, second)
    return CellProblem("T126", text("a number with its %, like the other cells"), edit)


def _has_sign(entry: Entry) -> bool:
    return shown(entry).endswith("%") or (isinstance(entry, Cell) and entry.kind == "percent")
