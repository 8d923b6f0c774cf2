"""The tornado: how far one input at a time can move the result, the widest on top."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from techprio.charts.style import axes, letters, plain, short_name
from techprio.language import Label, Language, format_number, resolve_language, text, translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOW, _HIGH = "#56B4E9", "#E69F00"


def draw_tornado(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    base: float,
    name: str = "",
    rival: tuple[str, float] | None = None,
    limit: int = 16,
    labels: Mapping[str, Label] | None = None,
    language: Language | None = None,
) -> Axes:
    """Draw a bar from the result at the low end of an input to the result at its high end.

    Parameters
    ----------
    table : DataFrame
        Columns ``input, kind, at_low, at_high``; ``kind`` is ``"weight"`` or ``"score"``. With
        ``rank_at_low, rank_at_high`` and a name, a rank that differs stands at the end of its bar.
    ax : Axes, optional
    base : float
        The result as it stands; drawn as an upright line.
    name : str
        Whose result it is; stands in the title.
    rival : (name, score), optional
        The nearest other: a broken line at its score, which shows how far the result may move.
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
    _end_ranks(ax, shown, base, language)
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
    if rival is not None:
        nearest = short_name(rival[0], labels or {}, language, width=40)
        said = text("{name}: {score}", name=nearest, score=format_number(rival[1], language, 3))
        ax.axvline(rival[1], color="#882255", linewidth=1.4, linestyle="--", label=letters(said, language))
    ax.margins(x=0.08)
    ax.legend(frameon=False, fontsize=8, loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2)
    if name:
        whose = short_name(name, labels or {}, language, width=60)
        ax.set_title(
            letters(text("What moves {name}", name=whose), language), loc="left", fontsize=11, pad=40
        )
    return ax


def _end_ranks(ax: Axes, shown: pd.DataFrame, base: float, language: Language) -> None:
    """Write the rank beside each end of a bar where it is not that of most ends."""
    if "rank_at_low" not in shown or not len(shown):
        return
    usual = int(pd.concat([shown["rank_at_low"], shown["rank_at_high"]]).mode().iloc[0])
    for place, row in enumerate(shown.itertuples()):
        for end, rank in ((row.at_low, row.rank_at_low), (row.at_high, row.rank_at_high)):
            if rank != usual:
                ax.annotate(
                    letters(text("rank {rank}", rank=int(rank)), language), (end, place), fontsize=7.5,
                    xytext=(3 if end >= base else -3, 0), textcoords="offset points", va="center",
                    ha="left" if end >= base else "right",
                )  # fmt: skip
