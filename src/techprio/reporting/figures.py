"""The charts of a run as files, drawn from its tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from techprio.charts.dependency_layers import draw_dependency_layers
from techprio.charts.roadmap import draw_roadmap
from techprio.charts.style import figure_of, let_go
from techprio.dependencies.chain import drawn_edges
from techprio.dependencies.graph import build_graph
from techprio.language import Language, text
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
    let_go(figure)
    return stream.getvalue()


def roadmap_frame(run: RunData, plan: Plan) -> pd.DataFrame:
    """Return the placed technologies as the roadmap chart reads them, sectors in the order of the study."""
    sectors = {sector.code: sector.label for sector in run.study.catalog.sectors}
    placed = plan.placements[plan.placements["placed"].astype(bool)]
    placed = placed.sort_values(
        "sector", key=lambda c: c.map({s: k for k, s in enumerate(sectors)}), kind="stable"
    )
    return pd.DataFrame(
        {
            "name": [run.study.catalog.label(name) for name in placed.index],
            "sector": placed["sector"],
            "sector_name": [sectors.get(code, code) for code in placed["sector"]],
            "role": run.roles.table["role_final"].reindex(placed.index),
            "start": placed["start"],
            "operational": placed["operational"],
            "certainty": _certainty(run, placed["phase"]),
        },
        index=placed.index,
    )


def _certainty(run: RunData, phase: pd.Series) -> pd.Series:
    """Return how sure each placement is, where that was asked for; else how sure the role is."""
    if run.robust is None:
        return run.roles.table["certainty"].reindex(phase.index)
    index = run.robust.index
    return pd.Series({name: float(index.loc[name, place]) for name, place in phase.items()}, dtype=float)


def roadmap_pages(run: RunData, plan: Plan, *, rows: int) -> Iterator[pd.DataFrame]:
    """Cut the roadmap into pages of whole sectors, at most so many rows a page where a sector allows it."""
    page: list[pd.DataFrame] = []
    for _, lane in roadmap_frame(run, plan).groupby("sector", sort=False):
        if page and sum(map(len, page)) + len(lane) > rows:
            yield pd.concat(page)
            page = []
        page.append(lane)
    if page:
        yield pd.concat(page)


def draw_roadmap_page(run: RunData, plan: Plan, page: pd.DataFrame, *, language: Language) -> Axes:
    """Draw a page of the roadmap with the budgets of the whole plan below it."""
    labels = {fund.id: fund.label for fund in plan.resources.funds}
    budget = plan.budget_use.assign(fund_name=plan.budget_use["fund"].map(labels))
    title = text(
        "Roadmap: {placed} of {all} technologies placed; budgets in billion VND",
        placed=int(plan.placements["placed"].sum()),
        all=len(plan.placements),
    )
    phases = [(phase.id, phase.first_year, phase.last_year) for phase in plan.resources.phases]
    return draw_roadmap(page, phases=phases, budget=budget, title=title, language=language)


def draw_dependencies(run: RunData, *, language: Language) -> Axes:
    """Draw all technologies with their prerequisites in layers."""
    catalog = run.study.catalog
    nodes = pd.DataFrame(
        {
            "name": [catalog.label(name) for name in catalog.technologies.index],
            "sector": catalog.technologies["sector"],
            "role": run.roles.table["role_final"].reindex(catalog.technologies.index),
        },
        index=catalog.technologies.index,
    )
    graph = build_graph(catalog.dependencies, list(nodes.index))
    shown = drawn_edges(graph)
    title = text(
        "What needs what: {count} technologies, {edges} dependencies ({implied} implied ones not drawn)",
        count=len(nodes),
        edges=len(graph.edges),
        implied=len(graph.edges) - len(shown),
    )
    return draw_dependency_layers(nodes, shown, title=title, language=language)
