"""Value functions: what a value of each criterion is worth, beside the straight line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import INK, LINES, RULE, SOFT_INK, axes, letters, short_name
from techprio.language import Language, format_number, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAND = 0.62  # of a row that is taken by the curve
_UNDER = 0.5 + _BAND / 2  # foot of the curve, from the top of its row


def draw_value_functions(
    curves: pd.DataFrame, ax: Axes | None = None, *, language: Language | None = None
) -> Axes:
    """Draw one row a criterion: worth over the values from the lowest to the highest of its scale.

    Parameters
    ----------
    curves : DataFrame
        Columns ``criterion`` (as it is to be shown; rows in the order in which they are drawn from the top),
        ``unit`` (in words), ``value`` (rising), ``worth`` and ``straight``, the worth by a straight line.
    ax : Axes, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    groups = list(curves.groupby("criterion", sort=False))
    ax = axes(ax, rows=0, width=10.5, height=1.2 + 0.85 * max(len(groups), 2))
    names = []
    for row, (name, curve) in enumerate(groups):
        _draw_row(ax, row, curve, language)
        names.append(f"{short_name(name, {}, language, width=40, lines=2)}\n{_half(curve, language)}".strip())
    ax.set_yticks([row + 0.5 for row in range(len(groups))], names, fontsize=8.5)
    ax.tick_params(axis="both", length=0)
    ax.set_xticks([])
    ax.set_xlim(0, 1.04)
    ax.set_ylim(len(groups) + 0.1, 0)
    said = text("value as measured, from the lowest to the highest of the scale; height: worth from 0 to 1")
    ax.set_xlabel(said.render(language))
    ax.spines[["top", "right", "left", "bottom"]].set_visible(False)
    ax.legend(frameon=False, fontsize=8.5, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2)
    return ax


def _draw_row(ax: Axes, row: int, curve: pd.DataFrame, language: Language) -> None:
    value = curve["value"].to_numpy(float)
    low, high = value[0], value[-1]
    across, foot = (value - low) / (high - low), row + _UNDER
    for height in (0.0, 1.0):
        ax.plot([0, 1], [foot - height * _BAND] * 2, color=RULE, linewidth=0.7, zorder=1)
        shown = format_number(height, language, 0)
        ax.text(1.012, foot - height * _BAND, shown, fontsize=8, color=SOFT_INK, va="center")
    named = {"worth": text("worth"), "straight": text("straight line between the ends")}
    words = {key: letters(said, language) if row == 0 else None for key, said in named.items()}
    worth = foot - _BAND * curve["worth"].to_numpy(float)
    straight = foot - _BAND * curve["straight"].to_numpy(float)
    ax.fill_between(across, worth, foot, color=LINES[0], alpha=0.12, linewidth=0, zorder=1)
    ax.plot(across, straight, color=SOFT_INK, linewidth=1, linestyle="--", label=words["straight"], zorder=2)
    ax.plot(across, worth, color=LINES[0], linewidth=2, label=words["worth"], zorder=3)
    unit = letters(curve["unit"].iloc[0], language)
    for place, end, side in ((0.0, low, "left"), (1.0, high, "right")):
        number = f"{format_number(float(end), language)} {unit}".strip()
        ax.text(place, foot + 0.04, number, fontsize=8, color=INK, ha=side, va="top")


def _half(curve: pd.DataFrame, language: Language) -> str:
    """Say at which values half of the worth is reached."""
    value, worth = curve["value"].to_numpy(float), curve["worth"].to_numpy(float)
    above = worth >= 0.5
    found = []
    for place in np.flatnonzero(above[1:] != above[:-1]):
        share = (0.5 - worth[place]) / (worth[place + 1] - worth[place])
        found.append(float(f"{value[place] + share * (value[place + 1] - value[place]):.3g}"))
    if not found:
        return ""
    numbers = "; ".join(format_number(one, language) for one in found)
    return text("half of the worth: {values}", values=numbers).render(language)
