"""A roadmap of more rows than one picture takes: several, whole sectors where they fit, on one time axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.charts.roadmap import draw_roadmap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Rows that can be read when the picture fills a slide.
PANEL_ROWS = 35


def panels_of(table: pd.DataFrame, *, rows: int = PANEL_ROWS) -> list[pd.DataFrame]:
    """Cut the rows of a roadmap into panels of so many at most, whole sectors where they fit.

    Parameters
    ----------
    table : DataFrame
        As :func:`techprio.charts.roadmap.draw_roadmap` takes it.
    rows : int

    Examples
    --------
    >>> table = pd.DataFrame({"sector": ["A", "A", "B", "B", "B"]}, index=["a1", "a2", "b1", "b2", "b3"])
    >>> [list(panel.index) for panel in panels_of(table, rows=3)]
    [['a1', 'a2'], ['b1', 'b2', 'b3']]
    >>> [list(panel.index) for panel in panels_of(table, rows=2)]
    [['a1', 'a2'], ['b1', 'b2'], ['b3']]
    """
    panels: list[list[pd.DataFrame]] = []
    for _, sector in table.groupby("sector", sort=False):
        for first in range(0, len(sector), rows):
            lane = sector[first : first + rows]
            if not panels or sum(map(len, panels[-1])) + len(lane) > rows:
                panels.append([])
            panels[-1].append(lane)
    return [pd.concat(panel) for panel in panels]


def first_year(table: pd.DataFrame, phases: Sequence[tuple[str, int, int]]) -> int:
    """Return the year in which the time axis of all panels begins."""
    return min([phases[0][1], *(int(month[:4]) for month in table["start"] if month)])


def roadmap_in_panels(
    table: pd.DataFrame,
    ax: Axes | None = None,
    *,
    phases: Sequence[tuple[str, int, int]],
    budget: pd.DataFrame | None = None,
    unplaced: Sequence[str] = (),
    since: int | None = None,
    **options: Any,
) -> Axes | list[Axes]:
    """Draw a roadmap in as many pictures as its rows need; the last has the rail and the budgets.

    Parameters
    ----------
    table, ax, phases, budget, unplaced, since, options
        As :func:`techprio.charts.roadmap.draw_roadmap` takes them; on given Axes all rows are drawn.

    Returns
    -------
    Axes or list of Axes
        A list where there are several pictures.
    """
    since = first_year(table, phases) if since is None else since
    panels = [table] if ax is not None else panels_of(table) or [table]
    ends: dict[str, Any] = {
        "budget": budget if budget is not None and len(budget) else None,
        "unplaced": unplaced,
    }
    drawn = [
        draw_roadmap(
            panel, ax, phases=phases, since=since, **options, **(ends if panel is panels[-1] else {})
        )
        for panel in panels
    ]
    return drawn if len(drawn) > 1 else drawn[0]
