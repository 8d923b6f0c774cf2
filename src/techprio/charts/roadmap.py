"""The roadmap: a row per technology in lanes of sectors, and below it the budgets in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.charts.budgets import budget_panels
from techprio.charts.style import (
    GOOD,
    HOLLOW,
    INK,
    MIDDLING,
    POOR,
    ROLE_COLORS,
    RULE,
    SOFT_INK,
    add_bars,
    axes_or_new,
    chart_style,
    code_width,
    figure_of,
    letters,
    ruler,
    sector_tints,
)
from techprio.charts.svg import ON_DEMAND
from techprio.language import Language, format_percent, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME_SIZE = 7.4
_SMALLEST = 6.5
_RAIL_SIZE = 7.4
_BUDGET_HEIGHT = 0.95
_CERTAIN, _UNCERTAIN = 0.95, 0.50

_ROLE_ORDER = {"platform": 0, "core": 1, "encouraged": 2, "watch": 3}


@dataclass(frozen=True)
class Measures:
    """Inches of a roadmap: how wide it is, how much of that the names take, how high a row is."""

    width: float = 13.9
    names: float = 5.2
    row: float = 0.215

    def height(self, rows: int, *, with_budget: bool, with_title: bool = True, rail: float = 0) -> float:
        """Return the height of a roadmap of so many rows, above a rail of so many inches."""
        ends = self.above(with_title) + 0.43 + rail + (_BUDGET_HEIGHT + 0.95 if with_budget else 0)
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
    since: int | None = None,
    unplaced: Sequence[str] = (),
    prerequisites: pd.DataFrame | None = None,
    measures: Measures = SCREEN,
    language: Language | None = None,
) -> Axes:
    """Draw when each technology is under way, becomes operational and is in use.

    Parameters
    ----------
    table : DataFrame
        One row per placed technology; index id; columns ``name, sector, sector_name, role, start,
        operational`` (months ``YYYY-MM``) and ``certainty`` (of the date, 0 to 1, or NaN): drawn at the
        right edge where it is known; ``priority`` (bool), marked with a star where it is given. Sectors
        are drawn in the order in which they come.
    ax : Axes, optional
        Without it a new figure of a height that suits the rows.
    phases : sequence of (id, first year, last year)
    budget : DataFrame, optional
        Columns ``fund, fund_name, year, limit, used``: drawn below, one panel a fund, what is used since
        the first year against the sum of the limits since then.
    title : Text or str, optional
    since : int, optional
        Year in which the time axis begins, so that several roadmaps have the same; the earliest start by
        default.
    unplaced : sequence of str
        Codes of the technologies that the plan leaves out, on a rail of their own.
    prerequisites : DataFrame, optional
        Columns ``technology, requires, kind``: a line from where a prerequisite is operational to where
        what needs it starts, whole for ``hard`` ones. The artist has the gid ``on-demand``.
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
        rail = _rail_words(unplaced, measures, language)
        height = measures.height(
            len(rows), with_budget=budget is not None, with_title=title is not None, rail=_rail_height(rail)
        )
        axes = axes_or_new(ax, (measures.width, height))
        first, last = phases[0][1], phases[-1][2]
        starts = [_year(month) for month in rows["start"]]
        left = min([int(min(starts, default=first)), last]) if since is None else since
        if ax is None:
            below = (_BUDGET_HEIGHT + 1.15 if budget is not None else 0.12) + _rail_height(rail)
            _place(axes, measures, below=below, with_title=title is not None)
        _phase_bands(axes, phases, left, len(rows))
        _lanes(axes, rows, measures, language)
        _bars(axes, rows, last + 1)
        if prerequisites is not None:
            _needs(axes, rows, prerequisites)
        beside = code_width(rows.index, _SMALLEST, least=0.42)
        for place, (name, row) in enumerate(rows.iterrows()):
            _label(axes, place, str(name), row, measures, beside, language)
        if "priority" in rows:
            _stars(axes, np.flatnonzero(rows["priority"]))
        _finish(axes, rows, left, last + 1, title, language)
        if rail:
            _rail(axes, rail, len(rows), measures)
        if budget is not None and len(budget):
            budget_panels(axes, budget, language, height=_BUDGET_HEIGHT)
        return axes


def _in_lanes(table: pd.DataFrame) -> pd.DataFrame:
    order = {code: place for place, code in enumerate(dict.fromkeys(table["sector"]))}
    keyed = table.assign(
        _lane=table["sector"].map(order), _role=table["role"].map(_ROLE_ORDER).fillna(3), _id=table.index
    )
    return keyed.sort_values(["_lane", "start", "_role", "_id"], kind="stable").drop(
        columns=["_lane", "_role", "_id"]
    )


def _rail_words(unplaced: Sequence[str], measures: Measures, language: Language) -> str:
    """Return the codes that are not placed, folded to the width of the figure; nothing without any."""
    if not unplaced:
        return ""
    words = letters(text("Not placed: {names}", names=", ".join(unplaced)), language)
    return ruler().fold(words, _RAIL_SIZE, measures.width - 1.0, lines=3)


def _rail_height(words: str) -> float:
    return 0.16 + 0.15 * len(words.splitlines()) if words else 0.0


def _rail(axes: Axes, words: str, rows: int, measures: Measures) -> None:
    """Write what is not placed on a rail below the lanes."""
    from matplotlib.patches import Rectangle

    width, height = _axes_width(axes), (_rail_height(words) - 0.06) / measures.row
    left = -(measures.names + 0.42) / width
    axes.add_patch(
        Rectangle(
            (left, rows - 0.5 + 0.06 / measures.row), 1 - left, height, transform=axes.get_yaxis_transform(),
            facecolor="white", edgecolor=SOFT_INK, lw=0.8, ls=(0, (3, 2)), clip_on=False, zorder=1,
        )
    )  # fmt: skip
    axes.text(
        left + 0.1 / width, rows - 0.5 + 0.06 / measures.row + height / 2, words, fontsize=_RAIL_SIZE,
        transform=axes.get_yaxis_transform(), ha="left", va="center", gid="rail",
    )  # fmt: skip


def _place(axes: Axes, measures: Measures, *, below: float, with_title: bool) -> None:
    height = figure_of(axes).get_figheight()
    left = (measures.names + 0.5) / measures.width
    above = measures.above(with_title) / height
    axes.set_position((left, below / height, 1 - left - 0.75 / measures.width, 1 - below / height - above))


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
    fills = ["white" if role in HOLLOW else ROLE_COLORS.get(role, SOFT_INK) for role in rows["role"]]
    axes.hlines(places, done, end, colors=colors, lw=1.1, alpha=0.55, zorder=2, capstyle="butt")
    add_bars(
        axes, places, starts, starts + np.maximum(done - starts, 0.02), height=0.58, zorder=3, linewidth=0.9,
        facecolor=fills, edgecolor=colors,
    )  # fmt: skip
    axes.scatter(done, places, marker="D", s=4.6**2, c=colors, edgecolors="white", linewidths=0.6, zorder=4)


def _needs(axes: Axes, rows: pd.DataFrame, edges: pd.DataFrame) -> None:
    """Draw a curve for every prerequisite that stands among the rows with what needs it."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    place = {str(name): number for number, name in enumerate(rows.index)}
    known = edges[edges["technology"].isin(list(place)) & edges["requires"].isin(list(place))]
    curves = []
    for need, name in zip(known["requires"], known["technology"], strict=True):
        (x, y), (end, under) = (
            (_year(rows.loc[need, "operational"]), place[need]), (_year(rows.loc[name, "start"]), place[name])
        )  # fmt: skip
        bend = max(0.5 * abs(end - x), 0.35)
        curves.append(
            Path(
                [(x, y), (x + bend, y), (end - bend, under), (end, under)], [Path.MOVETO, *[Path.CURVE4] * 3]
            )
        )
    if not curves:
        return
    roles = rows["role"].to_dict()
    axes.add_collection(
        PathCollection(
            curves,
            facecolors="none",
            edgecolors=[ROLE_COLORS.get(roles[need], SOFT_INK) for need in known["requires"]],
            linestyles=["-" if kind == "hard" else (0, (4, 2.5)) for kind in known["kind"]],
            linewidths=0.9,
            alpha=0.65,
            zorder=3.5,
            gid=ON_DEMAND,
        ),
        autolim=False,
    )


def _label(
    axes: Axes, place: int, name: str, row: pd.Series, measures: Measures, beside: float, language: Language
) -> None:
    """Write the code and the name of a row ``beside`` it, in inches, and how certain its phase is."""
    transform = axes.get_yaxis_transform()
    width = _axes_width(axes)
    words = ruler().fold(letters(row["name"], language), _NAME_SIZE, measures.names - beside - 0.28, lines=1)
    code = ruler().fold(name, _SMALLEST, beside / 1.1, lines=1)
    axes.text(
        -(measures.names - 0.02) / width, place, code, transform=transform, ha="left", va="center",
        fontsize=_SMALLEST, fontweight="bold", color=ROLE_COLORS.get(row["role"], INK), gid="code",
    )  # fmt: skip
    axes.text(
        -(measures.names - beside - 0.1) / width, place, words, transform=transform, ha="left", va="center",
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


def _stars(axes: Axes, places: NDArray[np.intp]) -> None:
    """Draw a star beside each of these rows."""
    axes.plot(
        np.full(len(places), -0.06 / _axes_width(axes)), places, marker="*", ms=6, color=INK,
        transform=axes.get_yaxis_transform(), clip_on=False, ls="none",
    )  # fmt: skip


def _finish(axes: Axes, rows: pd.DataFrame, left: int, right: int, title: Any, language: Language) -> None:
    axes.set_xlim(left, right)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    years = range(left, right)
    axes.set_xticks([year + 0.5 for year in years], [str(year) for year in years])
    axes.xaxis.set_ticks_position("top")
    axes.tick_params(axis="x", length=0, labelsize=8, pad=1)
    axes.vlines(years, 0, 1, color=RULE, lw=0.5, zorder=0.5, transform=axes.get_xaxis_transform())
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
    starred = "priority" in rows and bool(rows["priority"].any())
    watched = bool((rows["role"] == "watch").any())
    _legend(axes, language, below=0.36 if title is not None else 0.1, starred=starred, watched=watched)


def _legend(axes: Axes, language: Language, *, below: float, starred: bool, watched: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def patch(role: str, words: Any) -> Patch:
        color = ROLE_COLORS[role]
        return Patch(
            facecolor="white" if role in HOLLOW else color,
            edgecolor=color,
            label=letters(words, language),
        )

    marks = [
        patch("platform", text("platform")),
        patch("core", text("core")),
        patch("encouraged", text("encouraged")),
        *([patch("watch", text("watch, not now"))] if watched else []),
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
    if starred:
        said = letters(text("priority"), language)
        marks.append(Line2D([], [], marker="*", ls="none", ms=6, color=INK, label=said))
    figure = figure_of(axes)
    height = 1 - below / figure.get_figheight()
    figure.legend(
        handles=marks, loc="upper left", bbox_to_anchor=(0.008, height), ncols=len(marks), frameon=False,
        fontsize=7.2, handlelength=1.3, columnspacing=0.8, borderaxespad=0.1,
    )  # fmt: skip
