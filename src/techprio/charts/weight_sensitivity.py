"""Weight sensitivity: scores while the weight of one criterion or head goes from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import LINES, axes, figure_of, plain, short_name
from techprio.language import Label, Language, format_percent, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAME_SIZE = 8  # points


def draw_weight_sensitivity(
    scores: pd.DataFrame,
    ax: Axes | None = None,
    *,
    node: str,
    weight: float,
    crossings: Sequence[float] = (),
    top: int = 4,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw one line an alternative; those that are ever the first are in color, named where they end.

    Parameters
    ----------
    scores : DataFrame
        Index is the weight of the node, columns are alternatives.
    ax : Axes, optional
    node : str
        The criterion or head whose weight changes.
    weight : float
        Where it stands now; drawn as an upright line.
    crossings : sequence of float
        Weights at which the order among the first changes; drawn as ticks.
    top : int
        How many count as the first.
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    names = labels or {}
    ax = axes(ax, rows=0, width=10.5, height=5.6)
    ranks = scores.rank(axis=1, ascending=False, method="min")
    # Lines in color: the first of today, then whoever leads somewhere; no more than six colors stay distinct.
    here = ranks.iloc[int(np.abs(scores.index.to_numpy(float) - weight).argmin())]
    leaders = ranks.columns[(ranks == 1).any()]
    chosen = list(dict.fromkeys([*here.sort_values(kind="stable").index[:top], *leaders]))[: len(LINES)]
    for name in scores.columns:
        if name not in chosen:
            ax.plot(scores.index, scores[name], color="#CFCFCF", linewidth=1.0, zorder=1)
    colors = dict(zip(chosen, LINES, strict=False))
    for name, color in colors.items():
        ax.plot(scores.index, scores[name], color=color, linewidth=2.0, zorder=2, gid="series")
    ax.axvline(weight, color="#444444", linewidth=1.2, linestyle="--", zorder=3)
    ax.annotate(
        translate("weight now", language),
        (weight, 1.0),
        xycoords=("data", "axes fraction"),
        xytext=(3, 3),
        textcoords="offset points",
        fontsize=8,
    )
    for crossing in crossings:
        ax.axvline(crossing, ymax=0.025, color="#D55E00", linewidth=1.4)
    ax.set_xlim(float(scores.index.min()), float(scores.index.max()))
    title = short_name(node, names, language, width=60)
    ax.set_xlabel(f"{translate('weight of', language)} {title}")
    ax.set_ylabel(translate("score", language))
    plain(ax, grid="y", language=language)
    ax.xaxis.set_major_formatter(lambda share, _: format_percent(share, language))
    ends = {name: float(scores[name].iloc[-1]) for name in chosen}
    _name_lines(
        ax, ends, colors, {name: short_name(name, names, language, width=30, lines=2) for name in chosen}
    )
    return ax


def _name_lines(
    ax: Axes, ends: Mapping[str, float], colors: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """Write the name of each line beside its end; names that would touch move apart, with a stroke."""
    low, high = ax.get_ylim()
    row = 2.6 * _NAME_SIZE / 72 / (0.8 * figure_of(ax).get_figheight()) * (high - low)
    order = sorted(ends, key=ends.__getitem__)
    heights = _apart([ends[name] for name in order], row, low + row / 2, high)
    for name, height in zip(order, heights, strict=True):
        ax.plot(
            [1.0, 1.015], [ends[name], height], color=colors[name], linewidth=0.9, clip_on=False,
            transform=ax.get_yaxis_transform(), in_layout=False,
        )  # fmt: skip
        ax.annotate(
            names[name], (1.02, height), xycoords=ax.get_yaxis_transform(), fontsize=_NAME_SIZE, va="center",
            color="#1D2733", annotation_clip=False, gid="name",
        )  # fmt: skip
    ax.set_ylim(low, high)


def _apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Return ascending places at least so far apart and inside the limits, near those that are wanted.

    Examples
    --------
    >>> _apart([0.5, 0.5, 0.9], 0.1, 0.0, 1.0)
    [0.5, 0.6, 0.9]
    """
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + least) if places else max(place, low))
    top = high
    for number in reversed(range(len(places))):
        places[number] = min(places[number], top)
        top = places[number] - least
    return places
