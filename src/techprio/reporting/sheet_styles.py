"""How the cells of a workbook look: letters, lines, and the formats of numbers."""

from __future__ import annotations

from typing import Any

from techprio.display.quantities import Quantity

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
_NUMBER_FORMATS = {
    "integer": "#,##0",
    "score": "0.000",
    "weight": "0.000",
    "share": "0%",
    "money": "#,##0.0##",
    "change": "+#,##0.00;-#,##0.00;0",
}
_LINE = "#B8C2CC"
_STRIPE = "#F4F7FA"
_INK = "#1F3A57"


class ListStyles:
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

    def body(self, quantity: Quantity, *, striped: bool) -> Any:
        """Return the format of a cell of a quantity."""
        key = (_number_format(quantity) or quantity.format, striped)
        if key not in self._body:
            self._body[key] = self._book.add_format(_body_format(quantity, striped))
        return self._body[key]


def _number_format(quantity: Quantity) -> str:
    """Return how Excel writes the numbers of a quantity; empty for words."""
    if quantity.format in _NUMBER_FORMATS:
        return _NUMBER_FORMATS[quantity.format]
    if quantity.format != "number":
        return ""
    return "General" if quantity.decimals is None else f"#,##0.{'0' * quantity.decimals}"


def _body_format(quantity: Quantity, striped: bool) -> dict[str, Any]:
    form: dict[str, Any] = {**_FONT, "border": 1, "border_color": _LINE}
    if striped:
        form["bg_color"] = _STRIPE
    if number := _number_format(quantity):
        return form | {"num_format": number, "align": "right"}
    if quantity.format in ("mark", "month", "light"):
        return form | {"align": "center", "num_format": "@"}
    return form | {"num_format": "@", "text_wrap": quantity.format == "text", "align": "left", "indent": 1}
