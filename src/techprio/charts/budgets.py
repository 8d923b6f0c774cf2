"""What the plan uses of its budgets, added up year by year, against the sum of their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.charts.style import INK, POOR, RULE, axes_or_new, chart_style, figure_of, letters, ruler
from techprio.language import Language, format_number, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_USED, _OVER_YEAR = "#7FA8CF", "#C98B2B"
_SMALLEST = 6.5


def draw_budget_use(
    budget: pd.DataFrame,
    *,
    width: float,
    height: float = 2.2,
    language: Language | None = None,
) -> Axes:
    """Draw what is used of the budgets since the first year, one panel a fund, without the lanes.

    Parameters
    ----------
    budget : DataFrame
        Columns ``fund, fund_name, year, limit, used``.
    width, height : float
        Of the new figure, in inches.
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
        Those of the first fund.
    """
    language = resolve_language(language)
    with chart_style():
        frame = axes_or_new(None, (width, height))
        frame.set_axis_off()
        return budget_panels(frame, budget, language, height=height - 0.9)[0]


def budget_panels(axes: Axes, budget: pd.DataFrame, language: Language, *, height: float) -> list[Axes]:
    """Draw a panel a fund at the foot of the figure, so many inches high, with what they show below them."""
    figure = figure_of(axes)
    funds = list(dict.fromkeys(budget["fund"]))
    whole = figure.get_figheight()
    gap, left, right = 0.035, 0.62 / figure.get_figwidth(), 0.985
    width = (right - left - gap * (len(funds) - 1)) / len(funds)
    panels = []
    for place, fund in enumerate(funds):
        rows = budget[budget["fund"] == fund]
        panel = figure.add_axes((left + place * (width + gap), 0.5 / whole, width, height / whole))
        _budget_panel(panel, rows, language, width * figure.get_figwidth())
        panels.append(panel)
    _budget_legend(figure, budget, language)
    return panels


def _budget_legend(figure: Figure, budget: pd.DataFrame, language: Language) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    marks: list[Any] = [
        Patch(facecolor=_USED, label=letters(text("used since the first year"), language)),
        Line2D([], [], color=INK, lw=1.2, label=letters(text("limits since the first year"), language)),
    ]
    sums = budget.groupby("fund", sort=False)[["used", "limit"]].cumsum()
    if (sums["used"] > sums["limit"] + 1e-9).any():
        marks.append(_over_patch(letters(text("over these limits"), language)))
    if (budget["used"] > budget["limit"] + 1e-9).any():
        said = letters(text("year over its own limit"), language)
        marks.append(Patch(facecolor=_OVER_YEAR, label=said))
    figure.legend(
        handles=marks, loc="lower left", bbox_to_anchor=(0.008, 0.02 / figure.get_figheight()),
        ncols=len(marks), frameon=False, fontsize=7.2, handlelength=1.5, columnspacing=1.3, borderaxespad=0.1,
    )  # fmt: skip


def _over_patch(words: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(facecolor="white", edgecolor=POOR, hatch="////", label=words)


def _budget_panel(panel: Axes, rows: pd.DataFrame, language: Language, width: float) -> None:
    years = rows["year"].to_numpy()
    over_year = (rows["used"] > rows["limit"] + 1e-9).to_numpy()
    used, limit = rows["used"].to_numpy().cumsum(), rows["limit"].to_numpy().cumsum()
    colors = [_OVER_YEAR if over else _USED for over in over_year]
    panel.bar(years, used, width=0.72, color=colors, zorder=2)
    over = used > limit + 1e-9
    panel.bar(years[over], (used - limit)[over], bottom=limit[over], width=0.72, facecolor="white",
              edgecolor=POOR, hatch="////", linewidth=0, zorder=2.5)  # fmt: skip
    panel.step([*(years - 0.5), years[-1] + 0.5], [*limit, limit[-1]], where="post",
               color=INK, lw=1.2, zorder=3)  # fmt: skip
    heading = ruler().fold(letters(rows["fund_name"].iloc[0], language), 7.2, width, lines=2)
    panel.set_title(heading, fontsize=7.2, fontweight="normal", pad=3)
    panel.set_xticks(years, [str(int(year))[2:] for year in years])
    panel.tick_params(labelsize=_SMALLEST, length=2, pad=1)
    panel.locator_params(axis="y", nbins=4)
    panel.yaxis.set_major_formatter(lambda value, _: format_number(float(value), language))
    panel.grid(axis="y", color=RULE, lw=0.4, zorder=0)
    panel.set_axisbelow(True)
