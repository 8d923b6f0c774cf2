"""Agreement of rankings: a matrix of rank correlations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


def _by_likeness(values: NDArray[np.float64]) -> list[int]:
    """Return places in an order that sets alike beside alike.

    The leaves of a tree of average linkage in the order with the least steps between neighbors
    (Bar-Joseph, Gifford and Jaakkola, 2001). A coefficient that is not defined counts as no likeness.
    """
    from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
    from scipy.spatial.distance import squareform

    if len(values) < 3:
        return list(range(len(values)))
    apart = 1 - np.nan_to_num(values, nan=0.0)
    np.fill_diagonal(apart, 0.0)
    between = squareform(np.clip((apart + apart.T) / 2, 0.0, None), checks=False)
    tree = linkage(between, "average")
    return [int(place) for place in leaves_list(optimal_leaf_ordering(tree, between))]
