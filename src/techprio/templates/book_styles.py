"""Formats of a study in one workbook."""

from __future__ import annotations

from typing import Any

from techprio.model.fields import Kind

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "top"}
_INK, _LINE, _PALE, _INPUT = "#1F3A57", "#B8C2CC", "#5B7083", "#FFF9E5"
_AS_TEXT: frozenset[Kind] = frozenset({"id", "text", "choice", "list", "month"})


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        heading = {**_FONT, "bold": True, "font_color": "#FFFFFF", "border": 1, "border_color": _LINE,
                   "text_wrap": True, "valign": "vcenter"}  # fmt: skip
        body = {**_FONT, "border": 1, "border_color": _LINE, "text_wrap": True}
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
