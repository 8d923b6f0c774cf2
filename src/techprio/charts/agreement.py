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
    """Draw the correlation of each pair of rankings, those that are most alike side by side.

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
    order = _by_likeness(table.to_numpy(float))
    table = table.iloc[order, order]
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


def _by_likeness(values: np.ndarray) -> list[int]:
    """Return places in a chain: the two most alike first, then always the one most like an end of it."""
    left = list(range(len(values)))
    if len(left) < 3:
        return left
    apart = np.where(np.eye(len(values), dtype=bool) | np.isnan(values), -np.inf, values)
    chain = [int(place) for place in np.unravel_index(apart.argmax(), apart.shape)]
    left = [place for place in left if place not in chain]
    while left:
        before, after = (max(left, key=lambda one: apart[end, one]) for end in (chain[0], chain[-1]))
        if apart[chain[0], before] > apart[chain[-1], after]:
            chain.insert(0, before)
            left.remove(before)
        else:
            chain.append(after)
            left.remove(after)
    return chain
