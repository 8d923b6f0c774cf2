"""One cell of a shown table, by what its column holds."""

from __future__ import annotations

from html import escape
from typing import Any, Literal

import numpy as np
import pandas as pd

from techprio.language import Language, format_month, format_number, text

Kind = Literal["text", "number", "share", "bar", "level", "change", "month", "light"]

ARROWS = {"maximize": "↑", "minimize": "↓"}
NOTHING = "–"
PADDING = "padding:.2em .7em"
_BAR = "rgba(11,92,173,.28)"
_SIDES = {True: "rgba(60,122,58,.30)", False: "rgba(180,83,10,.30)"}
_LIGHTS = {"green": "#3C7A3A", "yellow": "#B26A00", "red": "#B3261E"}


def is_missing(value: Any) -> bool:
    """Whether there is nothing to show."""
    if value is None or value is pd.NA:
        return True
    return bool(pd.isna(value)) if np.isscalar(value) and not isinstance(value, str) else value == ""


def words(value: Any, language: Language) -> str:
    """Say a value that is not a figure."""
    if is_missing(value):
        return NOTHING
    if isinstance(value, bool | np.bool_):
        return (text("yes") if value else text("no")).render(language)
    if hasattr(value, "render"):
        return str(value.render(language))
    return str(value)


def figure(value: Any, kind: Kind, decimals: int | None, language: Language) -> str:
    """Write a figure with the signs of the language."""
    if kind in ("share", "bar"):
        return f"{format_number(100 * float(value), language, decimals)}%"
    if kind == "change":
        number = format_number(abs(float(value)), language, decimals)
        return f"{'+' if value > 0 else '−' if value < 0 else ''}{number}"
    return format_number(float(value), language, decimals)


def cell(value: Any, kind: Kind, decimals: int | None, largest: float, language: Language) -> str:
    """Return a table cell; a bar is as long as the value is large against ``largest``."""
    if kind == "text" or is_missing(value) or (isinstance(value, str) and kind not in ("month", "light")):
        return _td(words(value, language), "left")
    if kind == "month":
        return _td(format_month(str(value), language), "left")
    if kind == "light":
        dot = f'<span style="color:{_LIGHTS.get(str(value), "inherit")}">●</span> '
        return f'<td style="{PADDING};text-align:left">{dot}{escape(_light(str(value), language))}</td>'
    shown = figure(value, kind, decimals, language)
    if kind in ("bar", "level", "change"):
        return _td(shown, "right", _bar(float(value), largest, kind))
    return _td(shown, "right")


def _light(light: str, language: Language) -> str:
    names = {"green": text("green"), "yellow": text("yellow"), "red": text("red")}
    return names[light].render(language) if light in names else light


def _bar(value: float, largest: float, kind: Kind) -> str:
    share = 0.0 if largest == 0 else min(abs(value) / largest, 1.0)
    color = _SIDES[value > 0] if kind == "change" else _BAR
    return f"background:linear-gradient(90deg,{color} {100 * share:.1f}%,transparent {100 * share:.1f}%)"


def _td(content: str, align: str, style: str = "") -> str:
    more = f";{style};min-width:6em" if style else ""
    return f'<td style="{PADDING};text-align:{align}{more}">{escape(content)}</td>'
