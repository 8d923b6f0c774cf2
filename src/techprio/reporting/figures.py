"""The charts of a run: as files, and as figures of the report at the size in which they are printed.

A picture that would have to be shrunk to fit on paper is cut into several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.charts import budgets, dependency_layers, layering, roadmap
from techprio.charts.dependency_layers import LayerMeasures
from techprio.charts.png import png_bytes
from techprio.charts.roadmap import draw_roadmap
from techprio.charts.roadmap_panels import PANEL_ROWS, first_year, panels_of
from techprio.charts.style import axes_or_new, figure_of, fill_figure, release_figure
from techprio.charts.svg import ON_DEMAND, svg_markup
from techprio.language import Language, Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.criteria import CriteriaTree
from techprio.model.plan import Plan
from techprio.model.ranking import Ranking
from techprio.model.run import RunData, derived
from techprio.model.worth_curves import shaped
from techprio.reporting.blocks import Figure, Room
from techprio.robustness.certainty_of_places import run_classes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 150
PRINTED_DPI = 220  # as Word itself keeps pictures for print; at 300 a document has half as much again
#: Inches of a picture that fills a slide.
SCREEN_WIDTH = 13.9
#: Rows of bars, or of a heatmap, with names of two lines that fit on a page across.
BARS = 16
#: Curves of worth that fit on a page across.
CURVES = 5
#: Rows of the roadmap that fit on a page across.
LANES = 22
_LANE = 0.2
#: Layers, and rows of boxes, that fit on a page across.
LAYERS, BOXES = 4, 11.5
#: The same on a slide.
SCREEN_LAYERS, SCREEN_BOXES = 7, 16.0
_BOX_ROW, _BETWEEN = 0.4, 0.42


@dataclass(frozen=True)
class Charts:
    """The charts of a run in one language: as PNG files by name, and as markup of the page by name."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    markup: Mapping[str, str] = field(default_factory=dict)


def draw_charts(run: RunData, *, language: Language, files: bool = True, markup: bool = True) -> Charts:
    """Draw the charts of a run, each once for its file and for the page.

    PNG at 150 dpi because every office program and browser shows it alike, with its own letters.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}
    files, markup : bool
        What is wanted of them.
    """
    made: dict[str, bytes] = {}
    shown: dict[str, str] = {}
    for place, (name, label, axes) in enumerate(_charts(run, language)):
        figure = figure_of(axes)
        if figure.get_layout_engine() is not None:
            fill_figure(axes, dpi=DPI)
        if markup:
            said = label.render(language)
            shown[name] = svg_markup(figure, name=f"{language[0]}{place}-", label=said)
        if files:
            for lines in axes.collections:
                lines.set_visible(lines.get_gid() != ON_DEMAND)
            made[f"charts/{name}.png"] = png_bytes(figure, dpi=DPI)
        release_figure(figure)
    return Charts(made, shown)


def _charts(run: RunData, language: Language) -> Iterator[tuple[str, Text, Axes]]:
    """Give each chart of a run: its name, what it shows, and its Axes."""
    if run.plan is not None:
        pages = roadmap_pages(run, run.plan, rows=PANEL_ROWS)
        for place, page in enumerate(pages, start=1):
            name = "roadmap" if len(pages) == 1 else f"roadmap-{place}"
            last = place == len(pages)
            needs = run.roles.edges
            axes = draw_roadmap_page(run.plan, page, last=last, prerequisites=needs, language=language)
            yield name, text("Roadmap"), axes
        if run.certainty is not None:
            yield "plan-certainty", text("How firmly the plan stands"), run.certainty.plot(language=language)
        if len(run.plan.named_budget):
            used = budgets.draw_budget_use(run.plan.named_budget, width=SCREEN_WIDTH, language=language)
            yield "budgets", text("Use of the budgets"), used
    if len(run.roles.edges):
        yield "dependencies", text("Dependencies"), run.roles.plot(language=language)
        for name, caption, nodes, known, measures in _screen_pages(run):
            axes = dependency_layers.draw_dependency_layers(
                nodes, known, title=caption, measures=measures, language=language
            )
            yield name, caption, axes


@derived
def _screen_pages(run: RunData) -> list[tuple[str, Text, pd.DataFrame, pd.DataFrame, LayerMeasures]]:
    """Return the pictures of dependencies on a slide, which are alike in every language.

    Name, caption, nodes, edges and measures of each.
    """
    found = []
    for name, caption, page in _sector_pages(run, layers=SCREEN_LAYERS, rows=SCREEN_BOXES):
        nodes, known = run.roles.layers(page)
        found.append((name, caption, nodes, known, dependency_layers.measures_within(nodes, known)))
    return found


def png(axes: Axes, *, dpi: float = DPI, tight: bool = False) -> bytes:
    """Return the figure of these Axes as a PNG file without a date; ``tight`` cuts off its empty edges."""
    figure = figure_of(axes)
    content = png_bytes(figure, dpi=dpi, tight=tight)
    release_figure(figure)
    return content


def roadmap_rows(run: RunData, plan: Plan) -> pd.DataFrame:
    """Return the rows of the roadmap with the role, what is known of the date, and the priority of each."""
    frame = plan.roadmap_rows(
        role=run.roles.table["role_final"],
        certainty=None if run.dates is None else run.dates.by_technology("p_in_phase"),
    )
    classes = run_classes(run).table
    first = set(classes.loc[classes["in_first"], "technology"])
    frame["priority"] = [str(name) in first for name in frame.index]
    return frame


def roadmap_pages(run: RunData, plan: Plan, *, rows: int) -> list[pd.DataFrame]:
    """Cut the roadmap into pages of so many rows at most, whole sectors where they fit."""
    return panels_of(roadmap_rows(run, plan), rows=rows)


def draw_roadmap_page(
    plan: Plan,
    page: pd.DataFrame,
    *,
    last: bool,
    prerequisites: pd.DataFrame | None = None,
    language: Language,
) -> Axes:
    """Draw a page of the roadmap; the last has what is not placed."""
    return draw_roadmap(
        page,
        phases=plan.phase_years,
        title=plan.title,
        since=first_year(plan.placements, plan.phase_years),
        unplaced=plan.unplaced if last else (),
        prerequisites=prerequisites,
        language=language,
    )


def certainty_figures(run: RunData, plan: Plan) -> Iterator[Figure]:
    """Give the steadiness of the least steady placements, and what others would cost where that is known."""
    if plan.priorities is not None and len(plan.priorities.shares):
        caption = text("Least steady placements: shares of the continuous plans by phase")
        rows = min(BARS, len(plan.priorities.shares))
        steadiness = partial(plan.priorities.plot, labels=plan.labels, most=rows)
        yield Figure("steadiness", caption, in_room(steadiness, rows=rows))
    if run.certainty is not None:
        caption = text("Cheapest other placements: least loss against the technology's own part")
        rows = min(BARS, len(run.certainty.cheapest))
        yield Figure("plan-certainty", caption, in_room(partial(run.certainty.plot, most=rows), rows=rows))


def in_room(plot: Callable[..., Any], *, rows: int, row: float = 0.3, rest: float = 0.95) -> Any:
    """Return what draws a chart on new Axes as wide as the paper, as high as its rows need."""

    def draw(*, room: Room, language: Language) -> Axes:
        height = min(room.height, rest + row * rows)
        axes: Axes = plot(axes_or_new(None, (room.width, height)), language=language)
        fill_figure(axes, dpi=PRINTED_DPI)
        return axes

    return draw


def ranking_figures(name: str, caption: Any, found: Ranking | RankAcceptability) -> Iterator[Figure]:
    """Give the bars of a ranking, or the shares of its ranks, so many rows a figure."""
    count = len(found.scores) if isinstance(found, Ranking) else len(found.index)
    parts = [slice(first, first + BARS) for first in range(0, count, BARS)]
    for place, rows in enumerate(parts, start=1):
        draw = in_room(partial(found.plot, rows=rows), rows=min(BARS, count - rows.start))
        yield Figure(f"{name}-{place}", _part(caption, place, len(parts)), draw)


def worth_figures(tree: CriteriaTree) -> Iterator[Figure]:
    """Give what values are worth on the criteria that are no straight line, so many rows a figure."""
    names = shaped(tree.leaves)
    parts = [names[first : first + CURVES] for first in range(0, len(names), CURVES)]
    for place, part in enumerate(parts, start=1):
        caption = _part(text("What values are worth, by criterion"), place, len(parts))
        draw = in_room(partial(tree.plot_worth, criteria=part), rows=max(len(part), 2), row=0.85, rest=1.2)
        yield Figure(f"worth-{place}", caption, draw)


def roadmap_figures(run: RunData, plan: Plan) -> Iterator[Figure]:
    """Give the lanes of the roadmap, so many rows a figure, and last the use of the budgets."""
    pages = roadmap_pages(run, plan, rows=LANES)
    for place, page in enumerate(pages, start=1):
        caption = _part(text("Roadmap"), place, len(pages))
        yield Figure(f"roadmap-{place}", caption, partial(_draw_lanes, plan, page))
    if len(plan.named_budget):
        caption = text("Use of the budgets by source of funds ({currency})", currency=plan.resources.money)
        yield Figure("budgets", caption, partial(_draw_budgets, plan))


def _draw_lanes(plan: Plan, page: pd.DataFrame, *, room: Room, language: Language) -> Axes:
    measures = roadmap.Measures(width=room.width, names=0.42 * room.width, row=_LANE)
    since = first_year(plan.placements, plan.phase_years)
    return roadmap.draw_roadmap(
        page, phases=plan.phase_years, since=since, language=language, measures=measures
    )


def _draw_budgets(plan: Plan, *, room: Room, language: Language) -> Axes:
    return budgets.draw_budget_use(
        plan.named_budget, width=room.width, height=min(room.height, 2.6), language=language
    )


def dependency_figures(run: RunData) -> Iterator[Figure]:
    """Give the dependencies of each sector with what it needs of others."""
    for name, caption, page in _sector_pages(run, layers=LAYERS, rows=BOXES):
        yield Figure(name, caption, partial(_draw_needs, run, page))


def _sector_pages(run: RunData, *, layers: int, rows: float) -> Iterator[tuple[str, Any, list[str]]]:
    """Give the technologies of each sector that have dependencies, so many layers and rows a picture."""
    edges = run.roles.edges
    for sector in run.study.catalog.sectors:
        own = run.study.catalog.technologies_of(sector.code)
        pages = list(_pages(own, edges, layers=layers, rows=rows))
        for place, page in enumerate(pages, start=1):
            caption = _part(text("What needs what: {sector}", sector=sector.label), place, len(pages))
            yield f"dependencies-{sector.code}-{place}", caption, page


def _pages(own: Sequence[str], edges: pd.DataFrame, *, layers: int, rows: float) -> Iterator[list[str]]:
    """Cut technologies, prerequisites first, into pages whose picture is neither too wide nor too high."""
    levels = layering.node_levels(*_with_needs(list(own), edges))
    page: list[str] = []
    for name in sorted(own, key=lambda one: (levels[one], own.index(one))):
        wide, high = layering.layers_and_rows(*_with_needs([*page, name], edges))
        if page and (wide > layers or high > rows):
            yield page
            page = []
        page.append(name)
    if page:
        yield page


def _with_needs(names: list[str], edges: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """Return the technologies with those that they need, and the edges between them."""
    known = edges[edges["technology"].isin(names)]
    return list(dict.fromkeys([*names, *known["requires"]])), known


def _draw_needs(run: RunData, page: list[str], *, room: Room, language: Language) -> Axes:
    nodes, known = run.roles.layers(page)
    layers, _ = layering.layers_and_rows(list(nodes.index), known)
    wide = (room.width - 0.5 - (layers - 1) * _BETWEEN) / layers
    measures = LayerMeasures(min(3.0, wide), _BETWEEN, _BOX_ROW, lines=3, head=0.42, least=room.width)
    return dependency_layers.draw_dependency_layers(nodes, known, language=language, measures=measures)


def _part(caption: Any, place: int, parts: int) -> Any:
    return caption if parts == 1 else text("{caption}, part {place}", caption=caption, place=place)
