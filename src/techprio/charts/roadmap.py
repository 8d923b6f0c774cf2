"""The roadmap: a row per technology in lanes of sectors, and below it the budgets in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from techprio.charts.style import (
    GOOD,
    INK,
    MIDDLING,
    POOR,
    ROLE_COLORS,
    RULE,
    SOFT_INK,
    add_bars,
    axes_or_new,
    chart_style,
    figure_of,
    letters,
    ruler,
    sector_tints,
)
from techprio.language import Language, format_number, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME_SIZE = 7.4
_SMALLEST = 6.5
_BUDGET_HEIGHT = 0.95
_CERTAIN, _UNCERTAIN = 0.95, 0.50

_ROLE_ORDER = {"platform": 0, "core": 1, "encouraged": 2}


@dataclass(frozen=True)
class Measures:
    """Inches of a roadmap: how wide it is, how much of that the names take, how high a row is."""

    width: float = 13.9
    names: float = 5.2
    row: float = 0.215

    def height(self, rows: int, *, with_budget: bool, with_title: bool = True) -> float:
        """Return the height of a roadmap of so many rows."""
        ends = self.above(with_title) + 0.43 + (_BUDGET_HEIGHT + 0.75 if with_budget else 0)
        return rows * self.row + ends

    def above(self, with_title: bool) -> float:
        """Return the height of what stands above the rows."""
        return 0.82 if with_title else 0.56


SCREEN = Measures()


def draw_roadmap(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    phases: Sequence[tuple[str, int, int]],
    budget: pd.DataFrame | None = None,
    title: Any = None,
    measures: Measures = SCREEN,
    language: Language | None = None,
) -> Axes:
    """Draw when each technology is under way, becomes operational and is in use.

    Parameters
    ----------
    table : DataFrame
        One row per placed technology; index id; columns ``name, sector, sector_name, role, start,
        operational`` (months ``YYYY-MM``) and ``certainty`` (of the date, 0 to 1, or NaN): drawn at the
        right edge where it is known. Sectors are drawn in the order in which they come.
    ax : Axes, optional
        Without it a new figure of a height that suits the rows.
    phases : sequence of (id, first year, last year)
    budget : DataFrame, optional
        Columns ``fund, fund_name, year, limit, used``: drawn below, one panel a fund.
    title : Text or str, optional
    language : {"vi", "en"}, optional
    measures : Measures
        Of a new figure; the letters have the same size whatever they are.

    Returns
    -------
    Axes
        Those of the lanes.
    """
    language = resolve_language(language)
    with chart_style():
        rows = _in_lanes(table)
        height = measures.height(len(rows), with_budget=budget is not None, with_title=title is not None)
        axes = axes_or_new(ax, (measures.width, height))
        first, last = phases[0][1], phases[-1][2]
        starts = [_year(month) for month in rows["start"]]
        left = min([int(min(starts, default=first)), last])
        if ax is None:
            _place(axes, measures, with_budget=budget is not None, with_title=title is not None)
        _phase_bands(axes, phases, left, len(rows))
        _lanes(axes, rows, measures, language)
        _bars(axes, rows, last + 1)
        for place, (name, row) in enumerate(rows.iterrows()):
            _label(axes, place, str(name), row, measures, language)
        _finish(axes, rows, left, last + 1, title, language)
        if budget is not None and len(budget):
            _budget_panels(axes, budget, language, height=_BUDGET_HEIGHT)
        return axes


def draw_budget_use(
    budget: pd.DataFrame,
    *,
    width: float,
    height: float = 2.2,
    language: Language | None = None,
) -> Axes:
    """Draw what each year uses of its budget, one panel a fund: the figure below the lanes by itself.

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
        return _budget_panels(frame, budget, language, height=height - 0.7)[0]


def _in_lanes(table: pd.DataFrame) -> pd.DataFrame:
    order = {code: place for place, code in enumerate(dict.fromkeys(table["sector"]))}
    keyed = table.assign(
        _lane=table["sector"].map(order), _role=table["role"].map(_ROLE_ORDER).fillna(3), _id=table.index
    )
    return keyed.sort_values(["_lane", "start", "_role", "_id"], kind="stable").drop(
        columns=["_lane", "_role", "_id"]
    )


def _place(axes: Axes, measures: Measures, *, with_budget: bool, with_title: bool) -> None:
    height = figure_of(axes).get_figheight()
    below = (_BUDGET_HEIGHT + 0.95) / height if with_budget else 0.12 / height
    left = (measures.names + 0.5) / measures.width
    above = measures.above(with_title) / height
    axes.set_position((left, below, 1 - left - 0.75 / measures.width, 1 - below - above))


def _year(month: str) -> float:
    return int(month[:4]) + (int(month[5:7]) - 1) / 12


def _phase_bands(axes: Axes, phases: Sequence[tuple[str, int, int]], left: int, rows: int) -> None:
    for place, (name, first, last) in enumerate(phases):
        begin = max(first, left)
        if place % 2:
            axes.axvspan(begin, last + 1, color="#F1F3F5", zorder=0, lw=0)
            axes.axvline(begin, color=SOFT_INK, lw=1.1, ls=(0, (4, 2)), zorder=1.5)
        axes.text(
            (begin + last + 1) / 2, -1.85, name, ha="center", va="center", fontsize=9, fontweight="bold"
        )


def _lanes(axes: Axes, rows: pd.DataFrame, measures: Measures, language: Language) -> None:
    tints = sector_tints(list(rows["sector"]))
    place = 0
    for code, lane in rows.groupby("sector", sort=False):
        axes.axhspan(place - 0.5, place + len(lane) - 0.5, xmax=0.012, color=tints[code], zorder=1, lw=0)
        _lane_band(axes, place, len(lane), tints[code], measures)
        axes.axhline(place - 0.5, color=RULE, lw=0.8, zorder=1)
        _lane_name(axes, place, len(lane), letters(lane["sector_name"].iloc[0], language), measures)
        place += len(lane)


def _lane_band(axes: Axes, place: int, size: int, tint: str, measures: Measures) -> None:
    from matplotlib.patches import Rectangle

    width = -(measures.names + 0.42) / _axes_width(axes)
    axes.add_patch(
        Rectangle(
            (width, place - 0.5), -width, size, transform=axes.get_yaxis_transform(), color=tint,
            clip_on=False, zorder=0, lw=0,
        )
    )  # fmt: skip


def _lane_name(axes: Axes, place: int, size: int, words: str, measures: Measures) -> None:
    room = size * measures.row - 0.06
    folded = ruler().fold(words, 6.6, room, lines=2)
    axes.text(
        -(measures.names + 0.22) / _axes_width(axes), place + size / 2 - 0.5, folded,
        transform=axes.get_yaxis_transform(), rotation=90, ha="center", va="center", fontsize=6.6,
        color=INK, linespacing=0.95, gid="lane",
    )  # fmt: skip


def _axes_width(axes: Axes) -> float:
    return float(axes.get_position().width * figure_of(axes).get_figwidth())


def _bars(axes: Axes, rows: pd.DataFrame, end: float) -> None:
    """Draw the bars of all rows, what is in use behind them, and a mark where each is operational."""
    places = np.arange(len(rows))
    starts, done = (np.array([_year(month) for month in rows[key]]) for key in ("start", "operational"))
    colors = [ROLE_COLORS.get(role, SOFT_INK) for role in rows["role"]]
    fills = ["white" if role == "encouraged" else ROLE_COLORS.get(role, SOFT_INK) for role in rows["role"]]
    axes.hlines(places, done, end, colors=colors, lw=1.1, alpha=0.55, zorder=2, capstyle="butt")
    add_bars(
        axes, places, starts, starts + np.maximum(done - starts, 0.02), height=0.58, zorder=3, linewidth=0.9,
        facecolor=fills, edgecolor=colors,
    )  # fmt: skip
    axes.scatter(done, places, marker="D", s=4.6**2, c=colors, edgecolors="white", linewidths=0.6, zorder=4)


def _label(axes: Axes, place: int, name: str, row: pd.Series, measures: Measures, language: Language) -> None:
    transform = axes.get_yaxis_transform()
    width = _axes_width(axes)
    words = ruler().fold(letters(row["name"], language), _NAME_SIZE, measures.names - 0.62, lines=1)
    axes.text(
        -(measures.names - 0.02) / width, place, name, transform=transform, ha="left", va="center",
        fontsize=_SMALLEST, fontweight="bold", color=ROLE_COLORS.get(row["role"], INK), gid="code",
    )  # fmt: skip
    axes.text(
        -(measures.names - 0.52) / width, place, words, transform=transform, ha="left", va="center",
        fontsize=_NAME_SIZE, gid="name",
    )  # fmt: skip
    certainty = row.get("certainty")
    if certainty is None or certainty != certainty:
        return
    tone = GOOD if certainty >= _CERTAIN else POOR if certainty < _UNCERTAIN else MIDDLING
    axes.text(
        1 + 0.1 / width, place, format_percent(certainty, language), transform=transform, ha="left",
        va="center", fontsize=7, color=tone, gid="certainty",
    )  # fmt: skip


def _finish(axes: Axes, rows: pd.DataFrame, left: int, right: int, title: Any, language: Language) -> None:
    axes.set_xlim(left, right)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([year + 0.5 for year in range(left, right)], [str(y) for y in range(left, right)])
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(axis="x", length=0, labelsize=8, pad=1)
    for year in range(left, right):
        axes.axvline(year, color=RULE, lw=0.5, zorder=0.5)
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(False)
    if rows["certainty"].notna().any():
        axes.text(
            1 + 0.06 / _axes_width(axes), -1.0, letters(text("in time"), language), fontsize=6.6,
            transform=axes.get_yaxis_transform(), ha="left", va="center", color=SOFT_INK,
        )  # fmt: skip
    figure = figure_of(axes)
    if title is not None:
        figure.text(0.012, 1 - 0.1 / figure.get_figheight(), letters(title, language), fontsize=12.5,
                    fontweight="bold", va="top", ha="left")  # fmt: skip
    _legend(axes, language, below=0.36 if title is not None else 0.1)


def _legend(axes: Axes, language: Language, *, below: float) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def patch(role: str, words: Any) -> Patch:
        color = ROLE_COLORS[role]
        return Patch(
            facecolor="white" if role == "encouraged" else color,
            edgecolor=color,
            label=letters(words, language),
        )

    marks = [
        patch("platform", text("platform")),
        patch("core", text("core")),
        patch("encouraged", text("encouraged")),
        Line2D(
            [],
            [],
            marker="D",
            ls="none",
            ms=4.6,
            color=SOFT_INK,
            label=letters(text("operational"), language),
        ),
        Line2D([], [], color=SOFT_INK, lw=1.1, alpha=0.6, label=letters(text("in use"), language)),
    ]
    figure = figure_of(axes)
    height = 1 - below / figure.get_figheight()
    figure.legend(
        handles=marks, loc="upper left", bbox_to_anchor=(0.008, height), ncols=len(marks), frameon=False,
        fontsize=7.6, handlelength=1.5, columnspacing=1.3, borderaxespad=0.1,
    )  # fmt: skip


def _budget_panels(axes: Axes, budget: pd.DataFrame, language: Language, *, height: float) -> list[Axes]:
    figure = figure_of(axes)
    funds = list(dict.fromkeys(budget["fund"]))
    whole = figure.get_figheight()
    gap, left, right = 0.035, 0.62 / figure.get_figwidth(), 0.985
    width = (right - left - gap * (len(funds) - 1)) / len(funds)
    panels = []
    for place, fund in enumerate(funds):
        rows = budget[budget["fund"] == fund]
        panel = figure.add_axes((left + place * (width + gap), 0.3 / whole, width, height / whole))
        _budget_panel(panel, rows, language, width * figure.get_figwidth())
        panels.append(panel)
    return panels


def _budget_panel(panel: Axes, rows: pd.DataFrame, language: Language, width: float) -> None:
    years = rows["year"].to_numpy()
    over = (rows["used"] > rows["limit"] + 1e-9).to_numpy()
    panel.bar(years, rows["used"], width=0.72, color=["#C98B2B" if o else "#7FA8CF" for o in over], zorder=2)
    panel.step([*(years - 0.5), years[-1] + 0.5], [*rows["limit"], rows["limit"].iloc[-1]], where="post",
               color=INK, lw=1.2, zorder=3)  # fmt: skip
    heading = ruler().fold(letters(rows["fund_name"].iloc[0], language), 7.2, width, lines=2)
    panel.set_title(heading, fontsize=7.2, fontweight="normal", pad=3)
    panel.set_xticks(years, [str(int(year))[2:] for year in years])
    panel.tick_params(labelsize=_SMALLEST, length=2, pad=1)
    panel.locator_params(axis="y", nbins=4)
    panel.yaxis.set_major_formatter(lambda value, _: format_number(float(value), language))
    panel.grid(axis="y", color=RULE, lw=0.4, zorder=0)
    panel.set_axisbelow(True)
