"""The strip of experts: every opinion on every criterion beside the weight of the panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.style import LINES, axes_or_new
from techprio.language import Label, Language, format_percent, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Shape and color both tell the groups apart, for print in black and for color-blind readers: there are
# seven shapes and six colors, so that 42 groups differ.
_MARKS = ("o", "s", "^", "D", "v", "P", "X")
_BAR, _PANEL = "#D9D9D9", "#222222"


def draw_expert_strip(
    by_expert: pd.DataFrame,
    overall: pd.Series,
    ax: Axes | None = None,
    *,
    group_of: Mapping[str, str] | None = None,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw one row a criterion: a dot an expert, the bar and the stroke are the weight of the panel.

    Parameters
    ----------
    by_expert : DataFrame, shape (experts, criteria)
        Overall weights of each expert; may be empty.
    overall : Series, shape (criteria,)
        Weights of the panel, in the order in which they are drawn from the top.
    ax : Axes, optional
    group_of : mapping of str to str, optional
        Stakeholder group of each expert.
    labels : mapping of str to Label, optional
        Names of criteria and groups.
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    names = labels or {}
    ax = axes_or_new(ax, (7.5, 1.2 + 0.32 * len(overall)), layout="constrained")
    places = range(len(overall))
    ax.barh(places, overall.to_numpy(), height=0.62, color=_BAR, zorder=1)
    ax.scatter(
        overall.to_numpy(),
        places,
        marker="|",
        s=220,
        linewidths=2.2,
        color=_PANEL,
        zorder=3,
        label=translate("panel", language),
    )
    _draw_experts(ax, by_expert, overall, group_of or {}, names, language)
    ax.set_yticks(places, [_name(str(c), names, language) for c in overall.index])
    ax.invert_yaxis()
    ax.set_xlim(left=0)
    ax.set_xlabel(translate("weight", language))
    ax.xaxis.set_major_formatter(lambda share, _: format_percent(share, language))
    ax.grid(axis="x", color="#E5E5E5", linewidth=0.8, zorder=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    if len(by_expert):
        ax.legend(frameon=False, fontsize="small", loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=4)
    return ax


def _draw_experts(
    ax: Axes,
    by_expert: pd.DataFrame,
    overall: pd.Series,
    group_of: Mapping[str, str],
    names: Mapping[str, Label],
    language: Language,
) -> None:
    groups: dict[str, list[str]] = {}
    for expert in by_expert.index:
        groups.setdefault(group_of.get(expert, translate("experts", language)), []).append(expert)
    for place, (group, members) in enumerate(groups.items()):
        marker, color = _MARKS[place % len(_MARKS)], LINES[place % len(LINES)]
        # Each group has its own level inside the row, so that equal opinions stay visible.
        shift = 0.44 * ((place + 0.5) / len(groups) - 0.5)
        weights = by_expert.loc[members, list(overall.index)].to_numpy()
        rows = [row + shift for _ in members for row in range(len(overall))]
        ax.scatter(
            weights.ravel(),
            rows,
            marker=marker,
            s=18,
            alpha=0.75,
            linewidths=0,
            color=color,
            zorder=2,
            label=names[group].render(language) if group in names else group,
        )


def _name(code: str, names: Mapping[str, Label], language: Language) -> str:
    name = names[code].render(language) if code in names else ""
    return f"{code} {name}" if name and name != code else code
