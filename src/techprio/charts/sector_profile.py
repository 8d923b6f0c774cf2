"""What a sector attains in each group of points, beside the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import axes_or_new
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_sector_profile(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    title: str = "",
    language: Language | None = None,
) -> Axes:
    """Draw the attained share of each group with its interval, and the province's.

    Parameters
    ----------
    table : DataFrame
        Columns ``label, attained, attained_low, attained_high, province``; shares 0..1, one row a
        group; the interval may be empty.
    ax : Axes, optional
    language : {"vi", "en"}, optional
    title : str

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes_or_new(ax, (8, 1.4 + 0.55 * len(table)), layout="constrained")
    places = list(range(len(table)))
    percent = {
        name: 100 * table[name].astype("Float64") for name in ("attained", "attained_low", "attained_high")
    }
    province = 100 * table["province"].astype(float)
    known = percent["attained_low"].notna().to_numpy()
    for place in (p for p in places if known[p]):
        ends = [percent[name].iloc[place] for name in ("attained_low", "attained_high")]
        ax.plot(ends, [place, place], color="#2166ac", linewidth=2, alpha=0.6)
    ax.plot(
        percent["attained"].astype(float), places, "o", color="#2166ac", label=text("sector").render(language)
    )
    ax.plot(province, places, "|", color="black", markersize=16, label=text("province").render(language))
    ax.set_yticks(places, list(table["label"]))
    ax.invert_yaxis()
    ax.set_xlim(0, 100)
    ax.set_xlabel(text("share of the points attained, %").render(language))
    ax.set_title(title, loc="left", fontsize=11)
    ax.legend(loc="lower right", frameon=False)
    ax.grid(axis="x", alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    return ax
