"""The acceptability heatmap: how often each alternative takes each rank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.charts.style import axes, figure_of, short_name
from techprio.language import Label, Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path


#: Ranks up to which a cell is wide enough for its number; beyond, the color alone tells the share.
_MOST_RANKS = 30
_SIZE = 8  # points
#: Shares from which on a cell has its number, and from which on that is white.
_LEAST, _DARK = 0.0005, 0.55


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
    if index.shape[1] <= _MOST_RANKS:
        _numbers(ax, shares, language)
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


def _numbers(ax: Axes, shares: NDArray[np.float64], language: Language) -> None:
    """Write the share into each cell: a number that comes often is shaped once and set at all its cells."""
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import Affine2D

    cells: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for row, column in np.argwhere(shares >= _LEAST):
        share = float(shares[row, column])
        cells.setdefault((_percent(share, language), share > _DARK), []).append((column, row))
    inches = Affine2D().scale(1 / 72) + figure_of(ax).dpi_scale_trans
    for (words, dark), places in cells.items():
        written = PathCollection(
            [_shape(words)], offsets=places, offset_transform=ax.transData, linewidths=0, in_layout=False,
            facecolors="white" if dark else "#222222", zorder=3,
        )  # fmt: skip
        written.set_transform(inches)
        ax.add_collection(written, autolim=False)


@cache
def _shape(words: str) -> Path:
    """Return the outline of a number in points, its middle at the origin."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    outline = TextPath((0, 0), words, prop=FontProperties(family="DejaVu Sans", size=_SIZE), usetex=False)
    box = outline.get_extents()
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    return Path(outline.vertices - middle, outline.codes)


def _percent(share: float, language: Language) -> str:
    percent = format_number(100 * share, language, 0)
    return "<1" if percent == "0" else percent
