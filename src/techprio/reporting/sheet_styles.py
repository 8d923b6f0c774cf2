"""How the cells of a workbook look."""

from __future__ import annotations

from typing import Any

from techprio.display.quantities import Quantity
from techprio.language import Language

_FONT = {"font_name": "Arial", "font_size": 9, "valign": "vcenter"}
_NUMBER_FORMATS = {
    "year": "0",
    "integer": "#,##0",
    "score": "0.000",
    "weight": "0.000",
    "share": "0.0%",
    "money": "#,##0.000",
    "change": "+#,##0.000;-#,##0.000;0",
}
MONTH_FORMATS = {"vi": "mm/yyyy", "en": "yyyy-mm"}
_LINE = "#B8C2CC"
_STRIPE = "#F4F7FA"
_INK = "#1F3A57"


class Styles:
    """How the cells of one workbook look: letters, lines, and the formats of numbers and months."""

    def __init__(self, book: Any, language: Language) -> None:
        self._book = book
        self._language = language
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

    def body(self, quantity: Quantity, *, striped: bool, whole: bool = False) -> Any:
        """Return the format of a cell of a quantity; ``whole`` where its column has whole numbers only."""
        number = _number_format(quantity, whole=whole)
        key = (number or quantity.format, striped)
        if key not in self._body:
            self._body[key] = self._book.add_format(self._form(quantity, number, striped=striped))
        return self._body[key]

    def plain(self, number: str, *, striped: bool) -> Any:
        """Return the format of a figure that stands among words."""
        key = (f"plain {number}", striped)
        if key not in self._body:
            form = _lined(striped=striped) | {"num_format": number, "align": "left", "indent": 1}
            self._body[key] = self._book.add_format(form)
        return self._body[key]

    def _form(self, quantity: Quantity, number: str, *, striped: bool) -> dict[str, Any]:
        form = _lined(striped=striped)
        if number:
            return form | {"num_format": number, "align": "center" if number == "0" else "right"}
        if quantity.format == "month":
            return form | {"align": "center", "num_format": MONTH_FORMATS[self._language]}
        if quantity.format in ("mark", "light"):
            return form | {"align": "center", "num_format": "@"}
        return form | {
            "num_format": "@",
            "text_wrap": quantity.format == "text",
            "align": "left",
            "indent": 1,
        }


def _lined(*, striped: bool) -> dict[str, Any]:
    form: dict[str, Any] = {**_FONT, "border": 1, "border_color": _LINE}
    return form | {"bg_color": _STRIPE} if striped else form


def _number_format(quantity: Quantity, *, whole: bool) -> str:
    """Return how a sheet writes the numbers of a quantity; empty for words."""
    if quantity.format == "number":
        return "#,##0" if whole else "#,##0.000"
    return _NUMBER_FORMATS.get(quantity.format, "")
