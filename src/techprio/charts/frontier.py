"""Value against money: what the plan is worth under every budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.charts.style import axes, plain
from techprio.language import Language, format_number, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINE, _BOUND = "#0B5CAD", "#C9D1D9"


def draw_frontier(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    currency: Any = "",
    language: Language | None = None,
) -> Axes:
    """Draw the value of the plan by budget, with its proven bound and the number of technologies placed.

    Parameters
    ----------
    table : DataFrame
        Columns ``factor, budget, value, bound, placed``; rows without value are left out. With a column
        ``below_gap``, points whose difference to the one before is below the gap are hollow.
    ax : Axes, optional
    currency : Text, Label or str
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=8, width=8.0)
    known = table.dropna(subset=["value"])
    ax.fill_between(
        known["budget"], known["value"], known["bound"], color=_BOUND,
        label=text("up to the proven bound").render(language),
    )  # fmt: skip
    ax.plot(
        known["budget"], known["value"], "o-", color=_LINE, label=text("value of the plan").render(language)
    )
    below = known[known["below_gap"].fillna(False).astype(bool)] if "below_gap" in known else known.iloc[:0]
    if len(below):
        ax.plot(
            below["budget"], below["value"], "o", color="white", markeredgecolor=_LINE,
            label=text("difference to the point before below the gap").render(language),
        )  # fmt: skip
    for budget, value, placed in zip(known["budget"], known["value"], known["placed"], strict=True):
        ax.annotate(
            f"{int(placed)}", (budget, value), xytext=(0, -14), textcoords="offset points",
            ha="left", fontsize=9, color=_LINE,
        )  # fmt: skip
    ax.set_xticks(
        known["budget"],
        [
            f"{format_number(float(row.budget), language, 0)}\n{format_percent(float(row.factor), language)}"
            for row in known.itertuples()
        ],
    )
    named = text("sum of the hard budgets ({currency}), share of those as stated", currency=currency)
    ax.set_xlabel(named.render(language))
    ax.set_ylabel(text("discounted value").render(language))
    plain(ax, grid="y", language=language)
    ax.margins(x=0.06, y=0.12)
    title = text("technologies placed beside each point")
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), frameon=False, title=title.render(language),
        alignment="left",
    )  # fmt: skip
    return ax
