"""Steadiness of a plan: in which share of the continuous plans a technology stands in which phase."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import SOFT_INK, axes, ink_on, shades, short_name
from techprio.language import Label, Language, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From dark to pale: the earlier the phase, the darker; distinct in print without color too.
_TONES = ("#0B3C78", "#5B9BD5", "#DCE9F7")
_READABLE = 0.09  # shares from which on the figure fits into its bar


def draw_steadiness(
    shares: pd.DataFrame,
    ax: Axes | None = None,
    *,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw one bar a technology, split into the phases; the last column is that of no placement.

    Parameters
    ----------
    shares : DataFrame
        Technologies in rows, drawn from the top; one column a phase and ``not placed`` last.
        Rows sum to 1.
    ax : Axes, optional
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=max(len(shares), 2), width=10.5)
    rows = list(range(len(shares)))
    left = pd.Series(0.0, index=shares.index)
    tones = [*shades(_TONES, len(shares.columns) - 1), "#FFFFFF"]
    for number, column in enumerate(shares.columns):
        last = number == len(shares.columns) - 1
        name = text("not placed").render(language) if last else str(column)
        ax.barh(
            rows, shares[column], left=left, color=tones[number], edgecolor=SOFT_INK if last else "white",
            hatch="////" if last else None, linewidth=0.6, label=name,
        )  # fmt: skip
        for row, (start, share) in enumerate(zip(left, shares[column], strict=True)):
            if share >= _READABLE:
                ax.text(
                    start + share / 2, row, format_percent(share, language), ha="center", va="center",
                    fontsize=8, color=ink_on(tones[number]),
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if last else None,
                )  # fmt: skip
        left = left + shares[column]
    ax.set_yticks(
        rows, [short_name(name, labels or {}, language, width=40, lines=2) for name in shares.index]
    )
    ax.tick_params(axis="y", length=0, labelsize=8)
    ax.set_xlim(0, 1)
    ax.set_ylim(len(shares) - 0.5, -0.5)
    ax.xaxis.set_major_formatter(lambda value, _: format_percent(float(value), language))
    ax.set_xlabel(text("share of the continuous plans, limits and ranks drawn").render(language))
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(shares.columns), frameon=False)
    return ax
