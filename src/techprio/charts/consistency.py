"""Consistency ratios: one row an expert, one mark a node, the accepted bound as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes_or_new
from techprio.language import Language, format_number, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_FINE, _HIGH, _LINE = "#8C8C8C", "#D55E00", "#222222"


def draw_consistency(
    table: pd.DataFrame, *, limit: float = 0.10, ax: Axes | None = None, language: Language = "vi"
) -> Axes:
    """Draw the consistency ratio of every expert at every node.

    Parameters
    ----------
    table : DataFrame
        Columns ``expert, node, cr``; a ratio that is not defined (NaN) is left out.
    limit : float
        The accepted bound; marks above it are colored and named.
    ax : Axes, optional
    language : {"vi", "en"}

    Returns
    -------
    Axes
    """
    experts = list(dict.fromkeys(table["expert"]))
    nodes = list(dict.fromkeys(table["node"]))
    ax = axes_or_new(ax, (7.0, 1.2 + 0.3 * len(experts)), layout="constrained")
    for place, node in enumerate(nodes):
        rows = table[(table["node"] == node) & table["cr"].notna()]
        heights = [experts.index(expert) for expert in rows["expert"]]
        colors = np.where(rows["cr"] > limit, _HIGH, _FINE)
        marker = _MARKS[place % len(_MARKS)]
        ax.scatter(rows["cr"], heights, marker=marker, s=26, c=colors, linewidths=0, zorder=3)
        ax.scatter([], [], marker=marker, s=26, color=_FINE, linewidths=0, label=node)
        for ratio, height in zip(rows["cr"], heights, strict=True):
            if ratio > limit:
                says = f"{node} {format_number(float(ratio), language, 2)}"
                ax.annotate(
                    says, (ratio, height), xytext=(6, -3), textcoords="offset points", fontsize="small"
                )
    ax.axvline(limit, color=_LINE, linewidth=1, linestyle="--", zorder=1)
    ax.set_yticks(range(len(experts)), experts)
    ax.invert_yaxis()
    ax.set_xlim(left=-0.005)
    ax.margins(x=0.12)
    ax.set_xlabel(translate("consistency ratio (CR)", language))
    ax.xaxis.set_major_formatter(lambda ratio, _: format_number(ratio, language))
    ax.grid(axis="y", color="#E5E5E5", linewidth=0.8, zorder=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.legend(
        frameon=False,
        fontsize="small",
        loc="upper left",
        bbox_to_anchor=(1.0, 1.0),
        title=translate("node", language),
    )
    return ax
