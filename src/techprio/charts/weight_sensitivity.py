"""Weight sensitivity: scores while the weight of one criterion or head goes from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, plain, short_name
from techprio.language import Label, Language, format_percent, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


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
    """Draw one line an alternative; those that are ever among the first are in color and named.

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
    chosen = list(dict.fromkeys([*here.sort_values(kind="stable").index[:top], *leaders]))[: len(_COLORS)]
    for name in scores.columns:
        if name not in chosen:
            ax.plot(scores.index, scores[name], color="#CFCFCF", linewidth=1.0, zorder=1)
    for name, color in zip(chosen, _COLORS, strict=False):
        label = short_name(name, names, language, width=40)
        ax.plot(scores.index, scores[name], color=color, linewidth=2.0, zorder=2, label=label)
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
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8, frameon=False, borderaxespad=0)
    return ax
