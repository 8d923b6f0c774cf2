"""What another placement would cost: an interval a technology, against its own part in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import GOOD, MIDDLING, POOR, RULE, axes, letters, short_name
from techprio.language import Label, Language, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TONES = {"firm": GOOD, "open": MIDDLING, "free": POOR}
_MARKS = {"firm": "s", "open": "o", "free": "D"}


def draw_replacement_costs(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    tolerance: float,
    words: Mapping[str, object],
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw the least loss of the cheapest other placement of each technology, as the interval that is known.

    Parameters
    ----------
    table : DataFrame
        Technologies in rows, drawn from the top; columns ``low, high`` (shares of the technology's own part,
        high infinite where no plan is known) and ``verdict``: firm, free or open.
    ax : Axes, optional
    tolerance : float
        Share up to which a loss is tolerated, drawn as a line.
    words : mapping of str to Text
        Name of each verdict.
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=max(len(table), 2), width=10.5)
    known = table["high"].where(table["high"] < float("inf"))
    end = max(float(table["low"].max()), float(known.max()) if known.notna().any() else 0.0, tolerance) * 1.08
    for verdict, tone in _TONES.items():
        here = [place for place, found in enumerate(table["verdict"]) if found == verdict]
        if here:
            low, high = table["low"].iloc[here], known.iloc[here].fillna(end)
            ax.hlines(here, low, high, color=tone, lw=2.4)
            ax.plot(
                low,
                here,
                _MARKS[verdict],
                color=tone,
                ms=5,
                clip_on=False,
                label=letters(words[verdict], language),
            )
    ax.axvline(tolerance, color="#222222", lw=1, ls=(0, (4, 2)))
    ax.set_yticks(
        range(len(table)),
        [short_name(name, labels or {}, language, width=40, lines=2) for name in table.index],
    )
    ax.tick_params(axis="y", length=0, labelsize=8)
    ax.set_xlim(0, end)
    ax.set_ylim(len(table) - 0.5, -0.5)
    ax.xaxis.set_major_formatter(lambda value, _: format_percent(float(value), language))
    loss = text("least loss of another placement, in shares of what the technology itself counts")
    ax.set_xlabel(loss.render(language))
    ax.grid(axis="y", color=RULE, lw=0.4)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False)
    return ax
