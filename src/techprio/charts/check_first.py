"""What to check first: by how many technologies fewer would be misplaced if a figure were known exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, plain, short_name
from techprio.language import Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PARTS = {"p_list": "#0072B2", "p_role": "#E69F00", "p_phase": "#009E73"}


def draw_check_first(
    table: pd.DataFrame, ax: Axes | None = None, *, language: Language | None = None
) -> Axes:
    """Draw a row a figure: how likely it would change a list, a role and a phase, each a bar.

    Parameters
    ----------
    table : DataFrame
        ``figure`` (in words), ``p_list, p_role, p_phase, misplaced``.
    ax : Axes, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    ax = axes(ax, rows=max(len(table), 1), width=9.0)
    places = np.arange(len(table))
    words = {
        "p_list": translate("list", language),
        "p_role": translate("role", language),
        "p_phase": translate("phase", language),
    }
    height = 0.8 / len(_PARTS)
    for number, (key, color) in enumerate(_PARTS.items()):
        at = places + (number - 1) * height
        ax.barh(at, table[key].to_numpy(float), height=height, color=color, label=words[key])
    ax.set_yticks(
        places, [short_name(words, {}, language, width=40, lines=2) for words in table["figure"]], fontsize=9
    )
    for place, row in zip(places, table.itertuples(), strict=True):
        most = max(row.p_list, row.p_role, row.p_phase)
        stated = format_number(float(row.misplaced), language, 2)
        ax.annotate(
            stated,
            (most, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            color="#333333",
        )
    ax.invert_yaxis()
    ax.set_xlim(0, max(0.05, float(table[list(_PARTS)].to_numpy(float).max(initial=0.0)) * 1.12))
    ax.set_xlabel(translate("probability that it would change, at the end: fewer misplaced", language))
    plain(ax, grid="x", language=language)
    ax.legend(frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=3)
    return ax
