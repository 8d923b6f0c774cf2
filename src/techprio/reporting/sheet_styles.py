"""Formats of the workbook, made once a book."""

from __future__ import annotations

from typing import Any

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
_NUMBER_FORMATS = {
    "integer": "#,##0",
    "score": "0.000",
    "weight": "0.0000",
    "share": "0%",
    "money": "#,##0.0##",
}
_LINE = "#B8C2CC"
_STRIPE = "#F4F7FA"
_INK = "#1F3A57"


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._body: dict[tuple[str, bool], Any] = {}
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14, "font_color": _INK})
        self.subtitle = book.add_format({**_FONT, "italic": True, "font_color": "#44546A"})
        self.note = book.add_format({**_FONT, "font_size": 8, "font_color": "#555555"})
        self.link = book.add_format(
            {**_FONT, "font_color": "#0B5394", "underline": 1, "border": 1, "border_color": _LINE}
        )
        self.heading = book.add_format(
            {**_FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "border": 1,
             "border_color": _LINE, "text_wrap": True, "align": "center"}
        )  # fmt: skip

    def body(self, kind: str, *, striped: bool) -> Any:
        """Return the format of a cell of this kind."""
        key = (kind, striped)
        if key not in self._body:
            self._body[key] = self._book.add_format(self._body_format(kind, striped))
        return self._body[key]

    def _body_format(self, kind: str, striped: bool) -> dict[str, Any]:
        form: dict[str, Any] = {**_FONT, "border": 1, "border_color": _LINE}
        if striped:
            form["bg_color"] = _STRIPE
        if kind in _NUMBER_FORMATS:
            return form | {"num_format": _NUMBER_FORMATS[kind], "align": "right"}
        if kind in ("mark", "month"):
            return form | {"align": "center", "num_format": "@"}
        return form | {"num_format": "@", "text_wrap": kind == "text", "align": "left", "indent": 1}
