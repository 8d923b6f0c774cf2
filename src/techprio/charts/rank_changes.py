"""Changes of rank between two runs, parted by what caused them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import SERIES, axes_or_new
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_rank_changes(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    language: Language | None = None,
) -> Axes:
    """Draw one bar a technology: places won to the left, lost to the right, one color a factor.

    Parameters
    ----------
    table : DataFrame
        Index technology, one column a factor; parts of the change of rank.
    ax : Axes, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes_or_new(ax, (8, 1.6 + 0.32 * max(len(table), 3)), layout="constrained")
    places = list(range(len(table)))
    ends = {1: pd.Series(0.0, index=table.index), -1: pd.Series(0.0, index=table.index)}
    for number, factor in enumerate(table.columns):
        parts = table[factor].astype(float)
        for sign in (1, -1):
            width = parts.where(parts * sign > 0, 0.0)
            label = str(factor) if sign == 1 else None
            ax.barh(places, width, left=ends[sign], color=SERIES[number % len(SERIES)], label=label)
            ends[sign] = ends[sign] + width
    ax.plot(
        table.sum(axis=1).astype(float),
        places,
        "D",
        color="black",
        label=text("change of rank").render(language),
    )
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(places, [str(name) for name in table.index])
    ax.invert_yaxis()
    ax.set_xlabel(text("places won (left) and lost (right)").render(language))
    if len(table):
        ax.legend(loc="best", frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
