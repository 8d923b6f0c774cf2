"""Names, axes and number signs that the charts of rankings share."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING

from techprio.charts.style import axes_or_new, said
from techprio.language import Label, Language, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 46


def short_name(
    name: object, labels: Mapping[str, Label], language: Language, *, width: int = WIDTH, lines: int = 1
) -> str:
    """Return the code and the name of something, cut to what an axis can hold.

    Examples
    --------
    >>> short_name("LOG01", {"LOG01": Label("Cửa khẩu số", "Digital border gate")}, "vi")
    'LOG01 Cửa khẩu số'
    """
    label = labels.get(str(name))
    told = f"{name} {said(label, language)}" if label and any(label) else said(name, language)
    if lines == 1:
        return textwrap.shorten(told, width=width, placeholder=" …")
    return "\n".join(textwrap.wrap(told, width=width, max_lines=lines, placeholder=" …"))


def axes(ax: Axes | None, *, rows: int, width: float, height: float | None = None) -> Axes:
    """Return the axes that were given, or new ones high enough for the rows."""
    tall = 1.2 + 0.36 * rows if height is None else height
    return axes_or_new(ax, (width, tall), layout="constrained")


def plain(ax: Axes, *, grid: str, language: Language) -> None:
    """Take the frame away, set a light grid and the decimal sign of the language."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis=grid, color="#E5E5E5", linewidth=0.8)  # type: ignore[arg-type]
    ax.set_axisbelow(True)
    axis = ax.xaxis if grid == "x" else ax.yaxis
    axis.set_major_formatter(lambda value, _: format_number(float(value), language))
