"""Who carries whom: the share of each sector that is out of reach when one technology is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from techprio.charts.style import (
    INK,
    ROLE_COLORS,
    add_bars,
    axes,
    chart_style,
    ink_on,
    letters,
    ruler,
    short_name,
)
from techprio.language import Label, Language, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 8  # points
_LEAST = 0.005  # shares from which on a cell has its number
_COLUMN = 1.05  # inches
_TONES = 20


def draw_platform_reach(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    sector_of: Mapping[str, str] | None = None,
    role_of: Mapping[str, str] | None = None,
    labels: Mapping[str, Label] | None = None,
    title: Any = None,
    language: Language | None = None,
) -> Axes:
    """Draw technologies by sectors: the darker a cell, the more of the sector needs the technology.

    Parameters
    ----------
    table : DataFrame
        Shares from 0 to 1, technologies by sectors, the first row on top.
    ax : Axes, optional
    sector_of : mapping of str to str, optional
        Sector of each technology; the cell of its own sector has a frame.
    role_of : mapping of str to str, optional
        Role of each technology; its name has the color of the role.
    labels : mapping of str to Label, optional
        Names of technologies and sectors.
    title : Text or str, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    from matplotlib import colormaps
    from matplotlib.colors import to_hex
    from matplotlib.patches import Rectangle

    language = resolve_language(language)
    names, count = labels or {}, table.shape[1]
    with chart_style():
        ax = axes(ax, rows=len(table), width=4.6 + _COLUMN * count)
        shares = table.to_numpy(float)
        seen = np.argwhere(shares >= _LEAST)
        tones = [
            to_hex(colormaps["Blues"](tone)) for tone in np.round(_TONES * shares[tuple(seen.T)]) / _TONES
        ]
        add_bars(ax, seen[:, 0], seen[:, 1] - 0.5, seen[:, 1] + 0.5, height=1.0, facecolor=tones, linewidth=0)
        for (row, column), ground in zip(seen, tones, strict=True):
            said = format_percent(float(shares[row, column]), language)
            ax.text(column, row, said, ha="center", va="center", fontsize=_SIZE, color=ink_on(ground))
        for row, name in enumerate(table.index):
            own = (sector_of or {}).get(str(name))
            if own in table.columns:
                place = (list(table.columns).index(own) - 0.47, row - 0.44)
                ax.add_patch(Rectangle(place, 0.94, 0.88, fill=False, ec=INK, lw=1.1))
        ax.set_xlim(-0.5, count - 0.5)
        ax.set_ylim(len(table) - 0.5, -0.5)
        rows = [short_name(name, names, language, width=40, lines=2) for name in table.index]
        ax.set_yticks(range(len(table)), rows)
        ax.tick_params(length=0, labelsize=_SIZE)
        for tick, name in zip(ax.get_yticklabels(), table.index, strict=True):
            tick.set_color(ROLE_COLORS.get((role_of or {}).get(str(name), ""), INK))
        ax.set_xticks(range(count), [_heading(code, names, language) for code in table.columns])
        ax.xaxis.set_ticks_position("top")
        ax.spines[:].set_visible(False)
        if title is not None:
            ax.set_title(letters(title, language), fontsize=11, loc="left", pad=8)
        _legend(ax, set((role_of or {}).values()), language)
        return ax


def _legend(ax: Axes, roles: set[str], language: Language) -> None:
    from matplotlib.patches import Patch

    words = {"platform": text("platform"), "core": text("core"), "encouraged": text("encouraged")}
    marks = [
        Patch(color=ROLE_COLORS[role], label=letters(said, language))
        for role, said in words.items()
        if role in roles
    ]
    own = letters(text("the technology's own sector"), language)
    marks.append(Patch(facecolor="white", edgecolor=INK, label=own))
    ax.legend(
        handles=marks, loc="upper left", bbox_to_anchor=(0.0, -0.01), ncols=len(marks), frameon=False,
        fontsize=_SIZE,
    )  # fmt: skip


def _heading(code: object, names: Mapping[str, Label], language: Language) -> str:
    label = names.get(str(code))
    words = letters(label, language) if label and any(label) else letters(code, language)
    return ruler().fold(words, _SIZE, _COLUMN - 0.1, lines=3)
