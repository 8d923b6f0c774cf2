"""The acceptability heatmap: how often each alternative takes each rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, short_name
from techprio.language import Label, Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes


#: Ranks up to which a cell is wide enough for its number; beyond, the color alone tells the share.
_MOST_RANKS = 30


def draw_acceptability(
    index: pd.DataFrame,
    ax: Axes | None = None,
    *,
    top: int | None = None,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw shares of draws in percent, alternatives (rows) by rank (columns).

    Parameters
    ----------
    index : DataFrame, shape (m, m)
        Rows are drawn in the order given, the first on top.
    ax : Axes, optional
    top : int, optional
        A line is drawn after this rank.
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=len(index), width=5.2 + 0.42 * index.shape[1])
    shares = index.to_numpy(float)
    rows, columns = (np.arange(size + 1) - 0.5 for size in shares.shape)
    ax.pcolormesh(columns, rows, shares, cmap="Blues", vmin=0, vmax=1)
    ax.set_ylim(len(index) - 0.5, -0.5)
    many = index.shape[1] > _MOST_RANKS
    for row, line in enumerate(shares):
        for column, share in enumerate(line):
            if share >= 0.0005 and not many:
                ax.text(
                    column,
                    row,
                    _percent(share, language),
                    ha="center",
                    va="center",
                    fontsize=8,
                    color="white" if share > 0.55 else "#222222",
                )
    ax.set_yticks(
        range(len(index)),
        [short_name(name, labels or {}, language, width=36, lines=2) for name in index.index],
        fontsize=8,
    )
    every = -(-index.shape[1] // _MOST_RANKS)
    ax.set_xticks(range(0, index.shape[1], every), [str(rank) for rank in index.columns[::every]])
    ax.set_xlabel(translate("rank (share of the draws, %)", language))
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    if top is not None and top < index.shape[1]:
        ax.axvline(top - 0.5, color="#D55E00", linewidth=1.6)
    return ax


def _percent(share: float, language: Language) -> str:
    percent = format_number(100 * share, language, 0)
    return "<1" if percent == "0" else percent
