"""Agreement of rankings: a matrix of rank correlations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, short_name
from techprio.language import Label, Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_agreement(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    coefficient: str = "",
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw the correlation of each pair of rankings.

    Parameters
    ----------
    table : DataFrame, shape (k, k)
        Coefficients from -1 to 1.
    ax : Axes, optional
    coefficient : str
        Its name, written under the chart.
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=len(table) + 3, width=4.0 + 0.62 * len(table))
    values = table.to_numpy(float)
    ax.imshow(values, cmap="RdBu", vmin=-1, vmax=1, aspect="auto")
    for row, column in np.ndindex(values.shape):
        ax.text(
            column,
            row,
            format_number(values[row, column], language, 2),
            ha="center",
            va="center",
            fontsize=8,
            color="white" if abs(values[row, column]) > 0.55 else "#222222",
        )
    names = [short_name(name, labels or {}, language, width=34) for name in table.columns]
    ax.set_yticks(range(len(table)), names, fontsize=9)
    ax.set_xticks(range(len(table)), names, fontsize=9, rotation=40, ha="right", rotation_mode="anchor")
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    title = translate("agreement of rankings", language)
    ax.set_title(f"{title} ({coefficient})" if coefficient else title, fontsize=10, loc="left")
    return ax
