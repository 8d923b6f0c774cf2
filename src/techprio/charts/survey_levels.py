"""How many firms of each sector stand at each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import axes_or_new, figure_of, ink_on, ruler, shades
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# From the lowest level to the highest; dark enough apart for grey print.
COLORS = ("#b2182b", "#ef8a62", "#92c5de", "#2166ac")
_TITLE, _NAMES = 11, 10  # points


def draw_survey_levels(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    remark: str = "",
    language: Language | None = None,
) -> Axes:
    """Draw one bar a sector, parted by level.

    Parameters
    ----------
    table : DataFrame
        Columns ``sector, level, label, firms``; one row a sector and level.
    ax : Axes, optional
    language : {"vi", "en"}, optional
    remark : str
        What the levels are worth; stands under the title.

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    wide = table.pivot(index="sector", columns="level", values="firms").fillna(0)
    wide = wide.loc[list(dict.fromkeys(table["sector"]))]
    ax = axes_or_new(ax, (8, 1.6 + 0.5 * len(wide)), layout="constrained")
    names = dict(zip(table["level"], table["label"], strict=True))
    start = pd.Series(0.0, index=wide.index)
    places = range(len(wide))
    levels = sorted(wide.columns)
    for level, color in zip(levels, shades(COLORS, len(levels)), strict=True):
        counts = wide[level].astype(float)
        ax.barh(
            places,
            counts,
            left=start,
            color=color,
            edgecolor="white",
            label=f"{level} {names[level]}",
        )
        for row, (count, left) in enumerate(zip(counts, start, strict=True)):
            if count:
                ax.text(left + count / 2, row, f"{count:.0f}", ha="center", va="center", color=ink_on(color))
        start = start + counts
    ax.set_yticks(places, list(wide.index))
    ax.invert_yaxis()
    ax.locator_params(axis="x", integer=True)
    ax.set_xlabel(text("number of firms").render(language))
    title = text("technology level of firms by sector").render(language)
    ax.set_title(_folded([title, remark], ax, list(wide.index)), loc="left", fontsize=_TITLE)
    # Below the axis label whatever the height of the chart: the offset is in inches, not in shares.
    offset = 0.55 / (ax.get_position().height * figure_of(ax).get_figheight())
    ax.legend(loc="upper right", bbox_to_anchor=(1, -offset), ncols=2, frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _folded(lines: list[str], ax: Axes, names: list[str]) -> str:
    """Return the lines folded to the width of the bars, which begin where the longest name ends."""
    beside = max((ruler().width(str(name), _NAMES) for name in names), default=0.0) + 0.4
    room = max(figure_of(ax).get_figwidth() - beside, 1.5)
    return "\n".join(ruler().fold(line, _TITLE, room, lines=4) for line in lines if line)
