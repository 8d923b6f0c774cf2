"""Consistency ratios: one row an expert, one mark a node, the accepted bound as a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes_or_new, letters
from techprio.language import Label, Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_LABEL = 0.15  # of the axis that the label of a mark takes
_FINE, _HIGH, _LINE = "#8C8C8C", "#D55E00", "#222222"


def draw_consistency(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    limit: float = 0.10,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw the consistency ratio of every expert at every node.

    Parameters
    ----------
    table : DataFrame
        Columns ``expert, node, cr``; a ratio that is not defined (NaN) is left out.
    ax : Axes, optional
    limit : float
        The accepted bound; marks above it are colored and named.
    labels : mapping of str to Label, optional
        Names of experts and groups.
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
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
    for height, expert in enumerate(experts):
        high = table[(table["expert"] == expert) & (table["cr"] > limit)].sort_values("cr", kind="stable")
        for marks in _close(high, float(table["cr"].max())):
            label = "; ".join(f"{node} {format_number(float(ratio), language, 2)}" for node, ratio in marks)
            location = (marks[-1][1], height)
            ax.annotate(label, location, xytext=(6, -3), textcoords="offset points", fontsize="small")
    ax.axvline(limit, color=_LINE, linewidth=1, linestyle="--", zorder=1)
    ax.set_yticks(range(len(experts)), [letters((labels or {}).get(e, e), language) for e in experts])
    ax.invert_yaxis()
    ax.set_xlim(left=-0.005)
    ax.margins(x=0.18)
    ax.set_xlabel(translate("consistency ratio (CR)", language))
    ax.xaxis.set_major_formatter(lambda ratio, _: format_number(ratio, language))
    ax.grid(axis="y", color="#E5E5E5", linewidth=0.8, zorder=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.legend(
        frameon=False,
        fontsize="small",
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=max(len(nodes), 1),
        title=translate("node", language),
    )
    return ax


def _close(high: pd.DataFrame, widest: float) -> list[list[tuple[str, float]]]:
    """Return the marks of a row, those side by side together, so that one label names them."""
    marks: list[list[tuple[str, float]]] = []
    for node, ratio in zip(high["node"], high["cr"], strict=True):
        if marks and ratio - marks[-1][-1][1] < _LABEL * widest:
            marks[-1].append((node, ratio))
        else:
            marks.append([(node, ratio)])
    return marks
