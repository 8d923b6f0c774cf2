"""Formats, cells, notes, lists and the printed page of a study in one workbook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from techprio.errors import InputError, say
from techprio.inputs.columns import allowed_choices, heading, word_shown
from techprio.language import Language, text
from techprio.model.fields import Field, Kind, fields_of
from techprio.model.known_names import unit_name

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
_INK, _BORDER, _PALE, _INPUT = "#1F3A57", "#B8C2CC", "#5B7083", "#FFF9E5"
_AS_TEXT: frozenset[Kind] = frozenset(
    {"id", "text", "choice", "list", "month", "shares", "numbers", "blocks"}
)


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        heading = {**_FONT, "bold": True, "font_color": "#FFFFFF", "border": 1, "border_color": _BORDER,
                   "text_wrap": True, "valign": "vcenter"}  # fmt: skip
        body = {**_FONT, "border": 1, "border_color": _BORDER, "text_wrap": True}
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 15, "font_color": _INK})
        self.section = book.add_format(
            {**_FONT, "bold": True, "font_size": 10, "font_color": _INK, "bottom": 1, "bottom_color": _INK}
        )
        self.paragraph = book.add_format({**_FONT, "font_size": 10, "text_wrap": True})
        self.needed = book.add_format({**heading, "bg_color": _INK})
        self.optional = book.add_format({**heading, "bg_color": _PALE})
        self.label = book.add_format({**body, "num_format": "@", "indent": 1})
        self.about = book.add_format({**body, "num_format": "@", "font_color": "#44546A"})
        self.key = book.add_format({**body, "num_format": "@", "font_color": "#7F7F7F", "font_size": 8})
        self.link = book.add_format({**body, "font_color": "#0B5394", "underline": 1})
        self._number = book.add_format({**body, "align": "right"})
        self._text = book.add_format({**body, "num_format": "@"})
        self._number_input = book.add_format({**body, "align": "left", "bg_color": _INPUT})
        self._text_input = book.add_format({**body, "num_format": "@", "bg_color": _INPUT})
        self._plain_number = book.add_format({**_FONT, "align": "right", "text_wrap": True})
        self._plain_text = book.add_format({**_FONT, "num_format": "@", "text_wrap": True})

    def body(self, kind: Kind) -> Any:
        """Return the format of a filled cell."""
        return self._text if kind in _AS_TEXT else self._number

    def empty(self, kind: Kind) -> Any:
        """Return the format of a column whose cells are still to be filled."""
        return self._plain_text if kind in _AS_TEXT else self._plain_number

    def field(self, kind: Kind) -> Any:
        """Return the format of the value of a key."""
        return self._text_input if kind in _AS_TEXT else self._number_input


LAST_ROW = 10_000
"""The last row for which lists of allowed words are set."""
_LONGEST = 32_767
_NUMBERS = ("number", "integer")
_LONG_LIST = 250
_PAGE_WIDTH = 190
_LINE = 12.0


def write_cell(sheet: Any, row: int, place: int, words: str, form: Any, *, numeric: bool) -> None:
    """Write a number as a number when it is spelled as a workbook gives it back, all else as text.

    Raises
    ------
    InputError
        A text that is too long for a cell of a workbook.
    """
    if not words:
        sheet.write_blank(row, place, None, form)
    elif numeric and is_plain_number(words):
        sheet.write_number(row, place, float(words), form)
    elif len(words) > _LONGEST:
        raise InputError(
            text(
                "a text of {count} signs ({words!r} …) does not fit a cell of a workbook, which takes "
                "{most}; shorten it or keep the study as a folder",
                count=len(words),
                words=words[:40],
                most=_LONGEST,
            )
        )
    else:
        sheet.write_string(row, place, words, form)


def is_plain_number(words: str) -> bool:
    """Return whether a number comes back from a workbook as it is spelled.

    Examples
    --------
    >>> is_plain_number("0.35"), is_plain_number("0.350"), is_plain_number("007")
    (True, False, False)
    """
    try:
        return f"{float(words):.15g}" == words
    except ValueError:
        return False


def column_note(column: Field, language: Language) -> str:
    """Say what a column means and what its cells may hold, for the note on its heading."""
    unit = say(unit_name(column.unit), language)
    parts = [
        heading(column, language),
        column.explanation.render(language),
        allowed_words(column, language),
        text("unit: {unit}", unit=unit).render(language) if unit else "",
        _need(column, language),
        text("name in CSV files: {name}", name=column.name).render(language),
    ]
    return "\n".join(part for part in parts if part)


def allowed_words(column: Field, language: Language) -> str:
    """Say what the cells of a column may hold; empty for a free text."""
    if column.choices:
        listed = say(allowed_choices(column), language)
        return text("one of: {words}", words=listed).render(language)
    if column.kind in _NUMBERS:
        # Limits are spelled as they are typed: years have no separators.
        limits = [None if limit is None else f"{limit:.15g}" for limit in (column.least, column.most)]
        words = {
            (True, True): text("a number from {least} to {most}", least=limits[0], most=limits[1]),
            (True, False): text("a number from {least} on", least=limits[0]),
            (False, True): text("a number up to {most}", most=limits[1]),
            (False, False): text("a number"),
        }[limits[0] is not None, limits[1] is not None]
        return words.render(language)
    return {
        "id": text("an id: letters without marks, digits, '_', '-', '.'"),
        "list": text("several entries, parted by semicolons"),
        "shares": text("several numbers, parted by semicolons"),
        "numbers": text("a number under each name, such as {example}", example="100=0.6; 500=1"),
        "blocks": text("{keys}; several, parted by |", keys=_keys(column)),
        "codes": text("codes, parted by ; or blanks"),
        "month": text("a month written YYYY-MM, such as 2028-07"),
        "text": text("a text"),
    }[column.kind].render(language)


def _keys(column: Field) -> str:
    known = fields_of(column.inner) if column.inner else ()
    return "; ".join(f"{key.name}={key.example or '…'}" for key in known)


def _need(column: Field, language: Language) -> str:
    if column.required:
        return text("required").render(language)
    if not column.default_word:
        return text("may be empty").render(language)
    word = word_shown(column, column.default_word, language)
    return text("empty stands for {value}", value=word).render(language)


def row_height(cells: Sequence[tuple[str, float]]) -> float:
    """Return the height of a row in points, from its texts and the widths of their columns in signs."""
    lines = [
        sum(max(1, math.ceil(0.82 * len(line) / max(width - 1, 1))) for line in words.split("\n"))
        for words, width in cells
    ]
    return min(400.0, _LINE * max([1, *lines]) + 3)


def set_list(
    sheet: Any, place: int, column: Field, *, source: str = "", first: int = 1, last: int = LAST_ROW
) -> None:
    """Offer the allowed words of a column as a list, or hold its numbers to their limits."""
    if column.choices or source:
        words = source or list(column.choices)
        if not source and len(",".join(column.choices)) > _LONG_LIST:
            return
        options = {"validate": "list", "source": words, "ignore_blank": True}
        # Ids may be written before the sheet that declares them: those lists warn and do not forbid.
        options["error_type"] = "warning" if source else "stop"
    elif column.kind in _NUMBERS and (column.least is not None or column.most is not None):
        options = {"validate": "integer" if column.kind == "integer" else "decimal"} | _limits(column)
    else:
        return
    sheet.data_validation(first, place, last, place, options)


def _limits(column: Field) -> dict[str, Any]:
    if column.least is not None and column.most is not None:
        return {"criteria": "between", "minimum": column.least, "maximum": column.most}
    if column.least is not None:
        return {"criteria": ">=", "value": column.least}
    return {"criteria": "<=", "value": column.most}


def set_page(sheet: Any, title: str, *, frozen: tuple[int, int] | None = (1, 1), width: float = 0) -> None:
    """Make a sheet printable: A4, headings and first columns on every page, page numbers.

    Parameters
    ----------
    frozen : tuple of int, optional
        Rows and columns that stay in sight; without them the sheet stands upright.
    width : float
        Of all columns, in signs; a wide sheet goes over several pages, so that it can be read.
    """
    sheet.set_paper(9)
    pages = max(1, math.ceil(width / _PAGE_WIDTH))
    sheet.fit_to_pages(pages, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_header(f"&L&9{title.replace('&', '&&')}&R&9&A")
    sheet.set_footer("&R&9&P/&N")
    sheet.hide_gridlines(1 if frozen else 2)
    if frozen:
        sheet.set_landscape()
        sheet.freeze_panes(*frozen)
        sheet.repeat_rows(0)
        if pages > 1:
            sheet.repeat_columns(0, max(0, frozen[1] - 1))
