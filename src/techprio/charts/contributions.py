"""Contribution bars: what each head, or each criterion of one, adds to the score of an alternative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import SERIES, add_bars, axes, plain, short_name
from techprio.language import Label, Language, format_number, resolve_language, text, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_contributions(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw one stacked bar an alternative, the first row on top.

    Parameters
    ----------
    table : DataFrame, shape (m, n)
        Contribution of each head or criterion (column); negative parts go to the left. The least of more
        than nine columns are drawn as one, since no more colors can be told apart.
    ax : Axes, optional
    labels : mapping of str to Label, optional
        Names of alternatives and of heads or criteria.
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    names = labels or {}
    table = _with_others(table, language)
    ax = axes(ax, rows=len(table), width=10.5)
    places = np.arange(len(table))
    right, left = np.zeros(len(table)), np.zeros(len(table))
    for number, criterion in enumerate(table.columns):
        part = table[criterion].to_numpy(float)
        start = np.where(part >= 0, right, left)
        add_bars(
            ax,
            places,
            start,
            start + part,
            color=SERIES[number % len(SERIES)],
            edgecolor="white",
            linewidth=0.6,
            label=short_name(criterion, names, language, width=34),
        )
        right, left = right + np.clip(part, 0, None), left + np.clip(part, None, 0)
    for place, total, end in zip(places, table.sum(axis=1), right, strict=True):
        ax.annotate(
            format_number(float(total), language, 3),
            (end, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    ax.set_yticks(
        places, [short_name(name, names, language, width=36, lines=2) for name in table.index], fontsize=8
    )
    low, high = float(left.min(initial=0.0)), float(right.max(initial=0.0))
    beside = 0.08 * (high - low) or 1.0
    ax.set_xlim(low - (beside if low < 0 else 0.0), high + beside)
    ax.set_ylim(len(table) - 0.6, -0.4)
    ax.set_xlabel(translate("contribution to the score", language))
    plain(ax, grid="x", language=language)
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0), fontsize=8, frameon=False, borderaxespad=0)
    return ax


def _with_others(table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return at most as many columns as there are colors, the least of the others in one."""
    if table.shape[1] <= len(SERIES):
        return table
    size = table.abs().sum().sort_values(ascending=False, kind="stable")
    least = set(size.index[len(SERIES) - 1 :])
    kept = table[[name for name in table.columns if name not in least]]
    others = text("{count} others", count=len(least)).render(language)
    return kept.assign(**{others: table[[name for name in table.columns if name in least]].sum(axis=1)})
