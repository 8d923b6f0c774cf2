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
from techprio.language import text

Percent = Literal["", "named", "cells"]
"""A column without percents, one whose heading says ``%``, one of whose cells do."""
_CODE = re.compile(r"0[0-9]+")


def is_number_like(entries: Sequence[Entry]) -> bool:
    """Return whether a column holds numbers: some cell is one, and none is a code such as ``007``."""
    words = [shown(entry) for entry in entries]
    if any(_CODE.fullmatch(word) for word in words):
        return False
    return any(
        entry.kind in ("number", "percent")
        if isinstance(entry, Cell) and entry.kind != "text"
        else bool(readings(word.removesuffix("%").rstrip()))
        for entry, word in zip(entries, words, strict=True)
        if word
    )


def says_percent(heading: str, entries: Sequence[Entry]) -> Percent:
    """Return whether the numbers of a column are percents, by its heading or by its cells."""
    if "%" in heading:
        return "named"
    return "cells" if any(_has_sign(entry) for entry in entries) else ""


def read_free_number(
    entry: Entry, *, locale: Locale | None = None, percent: Percent = ""
) -> float | CellProblem | None:
    """Return the number of a cell, in percents where the heading says so; a fault, never a guess.

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
        hint = text("a number with one reading; a column of texts is named in texts")
        return value if value.proposal else value._replace(allowed=hint)
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
