"""The charts of a run as files, drawn from its tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.roadmap import draw_roadmap
from techprio.charts.style import figure_of, release_figure
from techprio.language import Language
from techprio.model.plan import Plan
from techprio.model.run import RunData

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 150
ROADMAP_ROWS = 80


def figure_files(run: RunData, *, language: Language) -> dict[str, bytes]:
    """Return the charts of a run as PNG files by name.

    PNG at 150 dpi because every office program and browser shows it alike, with its own letters.
    """
    files: dict[str, bytes] = {}
    if run.plan is not None:
        pages = list(roadmap_pages(run, run.plan, rows=ROADMAP_ROWS))
        for place, page in enumerate(pages, start=1):
            name = "charts/roadmap.png" if len(pages) == 1 else f"charts/roadmap-{place}.png"
            files[name] = png(draw_roadmap_page(run, run.plan, page, language=language))
    files["charts/dependencies.png"] = png(draw_dependencies(run, language=language))
    return files


def png(axes: Axes, *, dpi: int = DPI) -> bytes:
    """Return the figure of these Axes as a PNG file without a date."""
    figure = figure_of(axes)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=dpi, metadata={"Software": "techprio"})
    release_figure(figure)
    return stream.getvalue()


def _certainty(run: RunData, phase: pd.Series) -> pd.Series:
    """Return how sure each placement is, where that was asked for; else how sure the role is."""
    if run.robust is None:
        return run.roles.table["certainty"].reindex(phase.index)
    index = run.robust.index
    return pd.Series(
        {name: float(index.loc[name, place]) for name, place in phase.items() if place}, dtype=float
    )


def roadmap_pages(run: RunData, plan: Plan, *, rows: int) -> Iterator[pd.DataFrame]:
    """Cut the roadmap into pages of so many rows at most, whole sectors where they fit."""
    page: list[pd.DataFrame] = []
    frame = plan.roadmap_rows(
        role=run.roles.table["role_final"],
        certainty=_certainty(run, plan.placements["phase"]),
    )
    for _, sector in frame.groupby("sector", sort=False):
        lanes = [sector[first : first + rows] for first in range(0, len(sector), rows)]
        for lane in lanes:
            if page and sum(map(len, page)) + len(lane) > rows:
                yield pd.concat(page)
                page = []
            page.append(lane)
    if page:
        yield pd.concat(page)


def draw_roadmap_page(run: RunData, plan: Plan, page: pd.DataFrame, *, language: Language) -> Axes:
    """Draw a page of the roadmap with the budgets of the whole plan below it."""
    return draw_roadmap(
        page, phases=plan.phase_years, budget=plan.named_budget, title=plan.title, language=language
    )


def draw_dependencies(run: RunData, *, language: Language) -> Axes:
    """Draw all technologies with their prerequisites in layers, implied ones left out."""
    return run.roles.plot(language=language)
