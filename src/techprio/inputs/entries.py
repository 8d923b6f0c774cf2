"""One cell into the value that its column holds, or the problem that it has."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from techprio.errors import Sayable, did_you_mean, proposed
from techprio.inputs.cells import (
    CellProblem,
    clean,
    has_control_characters,
    parse_id,
    parse_integer,
    parse_list,
    parse_month,
    parse_number,
    parse_number_freely,
    parse_person,
)
from techprio.inputs.columns import allowed_choices, word_kept
from techprio.inputs.grid import Cell, Entry
from techprio.inputs.legacy_text import repaired
from techprio.inputs.numbers import Locale, readings
from techprio.language import text
from techprio.model.fields import Field, Kind

_PARSERS: dict[Kind, Callable[[str], Any]] = {
    "id": parse_id,
    "text": str,
    "choice": str,
    "number": parse_number,
    "integer": parse_integer,
    "list": parse_list,
    "codes": str,
    "month": parse_month,
}
_RANGE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:-|\u2013|to|đến)\s*([0-9]+(?:[.,][0-9]+)?)")
_OPEN_END = re.compile(r"(?:>=?\s*|≥\s*)?([0-9]+)\s*\+?")


def read_entry(entry: Entry, column: Field, *, locale: Locale | None = None) -> Any:
    """Return the value of a cell, or a :class:`CellProblem`.

    Texts of CSV files keep to the declared spelling, unless the file is known to write its numbers in another
    way; a workbook cell may also hold a number that was typed as text, when it has one reading only.
    """
    if isinstance(entry, str):
        return _from_text(clean(entry), column, locale=locale)
    fault = cell_problem(entry)
    if fault is not None:
        return fault
    if entry.kind == "date":
        return _from_date(entry, column)
    if entry.kind == "flag":
        return entry.shown if column.kind == "text" else CellProblem("T128", allowed_words(column))
    if entry.kind == "text":
        return _from_typed_text(entry, column, locale)
    return _from_number(entry, column)


def cell_problem(cell: Cell) -> CellProblem | None:
    """Return the problem of a cell that holds no value at all."""
    if cell.kind == "error":
        return CellProblem("T119", text("a value; mend the formula or type the value"))
    if cell.kind == "uncomputed":
        allowed = text("a formula with its stored value")
        return CellProblem("T120", allowed, text("open the workbook in Excel and save it, or type the value"))
    return None


def text_problem(words: str, font: str = "") -> CellProblem | None:
    """Return the problem of a text that must not reach a report."""
    if has_control_characters(words):
        return CellProblem("T118", text("signs that can be shown"), text("take them out"))
    sound = repaired(words, font=font)
    if sound is None:
        return None
    allowed = text("Unicode text, not a font such as {font}", font=font) if font else text("Unicode text")
    return CellProblem("T122", allowed, proposed(sound))


def _from_text(words: str, column: Field, font: str = "", locale: Locale | None = None) -> Any:
    if not words:
        return CellProblem("T114", allowed_words(column)) if column.required else column.default
    fault = text_problem(words, font)
    if fault is not None:
        return fault
    if locale is not None and column.kind in ("number", "integer"):
        number = parse_number_freely(words, locale=locale)
        return number if isinstance(number, CellProblem) else in_limits(number, column)
    value = parse_person(words) if column.person else _PARSERS[column.kind](words)
    if isinstance(value, CellProblem) and column.kind in ("number", "integer"):
        return _range_problem(words, column) or _percent_problem(words, column, value)
    return value if isinstance(value, CellProblem) else _limited(value, column)


def _range_problem(words: str, column: Field) -> CellProblem | None:
    """Return what to write for ``5-6``, ``9+`` or ``>= 7``, which are no numbers; None for anything else."""
    code = "T111" if column.kind == "integer" else "T110"
    span, open_end = _RANGE.fullmatch(words), _OPEN_END.fullmatch(words)
    if span and readings(span[1]) and readings(span[2]):
        low, high = readings(span[1])[0], readings(span[2])[0]
        if low >= high:
            return None
        if column.name == "value":
            middle = text(
                "a range: write {middle} as the value, {low} as low, {high} as high",
                middle=(low + high) / 2,
                low=low,
                high=high,
            )
            return CellProblem(code, allowed_words(column), middle)
        one = text("a range: write one of the two, {low} where both are claimed", low=low)
        return CellProblem(code, allowed_words(column), one)
    if open_end and within(float(open_end[1]), column.least, column.most):
        bare = text("an open end: write {value}", value=open_end[1])
        return CellProblem(code, allowed_words(column), bare)
    return None


def _percent_problem(words: str, column: Field, fault: CellProblem) -> CellProblem:
    """Propose what ``4%`` is: 0.04 in a column of shares, else that or 4, where the % may be the unit."""
    number = readings(words.removesuffix("%").rstrip())
    if not words.endswith("%") or len(number) != 1 or column.most == 1:
        return fault
    return fault._replace(proposal=proposed(f"{number[0]:.15g}", f"{round(number[0] / 100, 15):.15g}"))


def _from_typed_text(cell: Cell, column: Field, locale: Locale | None) -> Any:
    words = clean(cell.shown)
    if not words or column.kind not in ("number", "integer"):
        return _from_text(words, column, cell.font)
    value = parse_number_freely(words, locale=locale)
    if isinstance(value, CellProblem):
        return _range_problem(words, column) or value
    return in_limits(value, column)


def _from_number(cell: Cell, column: Field) -> Any:
    if column.kind in ("number", "integer"):
        if cell.kind == "percent" and column.most != 1:
            return CellProblem(
                "T126", allowed_words(column), text("write the number without a percent format")
            )
        return in_limits(cell.number, column)
    if column.kind in ("text", "choice"):
        return _limited(cell.shown, column)
    if column.kind == "month":
        return CellProblem("T116", allowed_words(column))
    if cell.kind == "percent" or not float(cell.number).is_integer():
        proposal: Sayable = ""
        codes = cell.shown.replace(".", ";")
        if column.kind in ("list", "codes"):  # an entry such as clause 1.2 has a point, a code has none
            proposal = proposed(codes) if column.kind == "codes" else proposed(cell.shown, codes)
        return CellProblem("T127", text("text; set the format of the cell to Text"), proposal)
    if column.kind == "codes":
        return cell.shown
    return (cell.shown,) if column.kind == "list" else parse_id(cell.shown)


def _from_date(cell: Cell, column: Field) -> Any:
    if column.kind == "month":
        return cell.shown[:7]
    if column.kind == "text":
        return cell.shown
    return CellProblem("T121", allowed_words(column), date_proposal(cell))


def date_proposal(cell: Cell) -> Sayable:
    """Propose what a date stood for: a small number under a date format, or a range that was typed."""
    if 0 < cell.number <= 1000 and cell.number.is_integer():
        return proposed(f"{cell.number:g}")
    year, month, day = cell.shown.split("-") if cell.shown.count("-") == 2 else ("", "", "")
    if not year:
        return ""
    first, second = int(day), int(month)
    return text(
        "set the format to Text and type it again; {first}-{second} or {second}-{first} may have been typed",
        first=first,
        second=second,
    )


def in_limits(value: float, column: Field) -> Any:
    """Return a number that its column can hold, whole where it must be, or a :class:`CellProblem`."""
    if column.kind == "integer":
        if not value.is_integer():
            allowed = allowed_words(column) if column.unit == "TRL" else text("a whole number")
            return CellProblem("T111", allowed)
        return _limited(int(value), column)
    return _limited(value, column)


def _limited(value: Any, column: Field) -> Any:
    if column.choices and value not in column.choices:
        value = word_kept(column, str(value))
    if column.choices and value not in column.choices:
        known = (*column.choices, *column.words)
        return CellProblem("T113", allowed_choices(column), did_you_mean(str(value), known))
    if column.kind in ("number", "integer") and not within(value, column.least, column.most):
        return CellProblem("T112", allowed_words(column))
    return value


def within(value: float, least: float | None, most: float | None) -> bool:
    """Return whether a number is inside its limits, both included."""
    return (least is None or value >= least) and (most is None or value <= most)


def allowed_words(column: Field) -> Sayable:
    """Say what a column can hold."""
    if column.choices:
        return allowed_choices(column)
    if column.unit == "TRL":
        return text(
            "a readiness level (TRL): a whole number from 1 (basic principles) to 9 (routine operation)"
        )
    if column.kind in ("number", "integer"):
        return limits_words(column.least, column.most)
    if column.kind == "month":
        return text("a month written YYYY-MM, such as 2028-07")
    return text("an id") if column.kind == "id" else text("a text")


def limits_words(least: float | None, most: float | None) -> Sayable:
    """Say what limits a number has."""
    if least is not None and most is not None:
        return text("a number from {least} to {most}", least=float(least), most=float(most))
    if least is not None:
        return text("a number from {least} on", least=float(least))
    if most is not None:
        return text("a number up to {most}", most=float(most))
    return text("a number")
