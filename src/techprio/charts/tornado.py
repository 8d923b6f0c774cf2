"""The tornado: how far one input at a time can move the result, the widest on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, plain, short_name
from techprio.language import Label, Language, format_number, resolve_language, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOW, _HIGH = "#56B4E9", "#E69F00"


def draw_tornado(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    base: float,
    limit: int = 16,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw a bar from the result at the low end of an input to the result at its high end.

    Parameters
    ----------
    table : DataFrame
        Columns ``input, kind, at_low, at_high``; ``kind`` is ``"weight"`` or ``"score"``.
    ax : Axes, optional
    base : float
        The result as it stands; drawn as an upright line.
    limit : int
        Bars drawn at most.
    labels : mapping of str to Label, optional
    language : {"vi", "en"}, optional

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    width = (table["at_high"] - table["at_low"]).abs()
    shown = table.loc[width.sort_values(ascending=False, kind="stable").index[:limit]]
    ax = axes(ax, rows=len(shown), width=9.0)
    places = np.arange(len(shown))
    for end, color, word in (
        ("at_low", _LOW, translate("at its low end", language)),
        ("at_high", _HIGH, translate("at its high end", language)),
    ):
        ax.barh(places, shown[end].to_numpy(float) - base, left=base, height=0.66, color=color, label=word)
    ax.axvline(base, color="#222222", linewidth=1.2)
    kinds = {
        "weight": translate("weight of {name}", language),
        "score": translate("score on {name}", language),
    }
    ax.set_yticks(
        places,
        [
            kinds[str(kind)].format(name=short_name(name, labels or {}, language, width=38))
            for name, kind in zip(shown["input"], shown["kind"], strict=True)
        ],
        fontsize=9,
    )
    ax.invert_yaxis()
    stated = format_number(base, language, 3)
    ax.set_xlabel(f"{translate('score', language)} ({translate('as it stands', language)}: {stated})")
    plain(ax, grid="x", language=language)
    ax.legend(frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2)
    return ax
