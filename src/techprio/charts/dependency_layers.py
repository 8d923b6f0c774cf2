"""What needs what: technologies in layers from left to right, prerequisites first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.charts.layering import STAND_IN_ROW, layers_and_rows, layers_of, rows_of
from techprio.charts.style import (
    HOLLOW,
    INK,
    ROLE_COLORS,
    RULE,
    SOFT_INK,
    axes_or_new,
    chart_style,
    code_width,
    letters,
    ruler,
    sector_tints,
)
from techprio.language import Language, resolve_language, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_CHIP_WIDTH = 0.5
_NAME_SIZE = 7.2
_SMALLEST = 6.5
_MOST_LINES = 9
_MARGIN = 0.25
_BULGE, _HEAD = 0.26, 0.08


@dataclass(frozen=True)
class LayerMeasures:
    """Inches of a picture in layers: boxes, the way between two layers, rows, head, least width in all.

    ``lines`` is how many a name may take.
    """

    box: float = 3.0
    between: float = 0.75
    row: float = 0.36
    lines: int = 2
    head: float = 0.75
    least: float = 0.0

    @property
    def pitch(self) -> float:
        """From the left edge of a layer to that of the next."""
        return self.box + self.between

    def width(self, layers: int) -> float:
        """Return the width of a picture of so many layers."""
        return max(self.least, layers * self.pitch - self.between + 2 * _MARGIN)

    def height(self, rows: float) -> float:
        """Return the height of a picture whose fullest layer has so many rows."""
        return rows * self.row + self.head + _MARGIN


SCREEN = LayerMeasures()


def measures_within(nodes: pd.DataFrame, edges: pd.DataFrame, *, width: float = 13.9) -> LayerMeasures:
    """Return the measures with which a picture of these is no wider than so many inches.

    Boxes are narrower where there are many layers, and as high as the longest name needs in either language.
    """
    layers, _ = layers_and_rows(list(nodes.index), edges)
    box, between = SCREEN.box, SCREEN.between
    if SCREEN.width(layers) > width:
        between = 0.42
        box = (width - 2 * _MARGIN - (layers - 1) * between) / layers
    names = {letters(name, language) for name in nodes["name"] for language in ("vi", "en")}
    room = _room(box, _chip(nodes.index))
    folded = [_fitted(name, room, _MOST_LINES)[0] for name in names]
    lines = max([2, *(words.count("\n") + 1 for words in folded)])
    return LayerMeasures(box, between, max(SCREEN.row, 0.13 + 0.11 * lines), lines=lines)


def _chip(codes: Iterable[object]) -> float:
    """Return the inches of the chips that hold these ids."""
    return code_width(codes, _SMALLEST, least=_CHIP_WIDTH)


def _room(box: float, chip: float) -> float:
    """Return the inches of a box that a name may take beside the chip of its id."""
    return box - chip - 0.24


def draw_dependency_layers(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    ax: Axes | None = None,
    *,
    title: Any = None,
    measures: LayerMeasures = SCREEN,
    language: Language | None = None,
) -> Axes:
    """Draw technologies as boxes in layers and their prerequisites as curves.

    Parameters
    ----------
    nodes : DataFrame
        Index id; columns ``name, sector, role``; optional ``ghost`` (drawn pale: outside the picture).
    edges : DataFrame
        Columns ``technology, requires, kind`` (``hard`` or ``soft``) and ``one_of``; edges of unknown
        nodes are left out. Hard edges are solid, one-of dotted, soft dashed; the color is that of
        the role of the prerequisite. What does not lead from left to right has a head.
    ax : Axes, optional
        Without it a new figure of a size that suits the layers.
    title : Text or str, optional
    language : {"vi", "en"}, optional
    measures : LayerMeasures
        Of the boxes and of a new figure; the letters have the same size whatever they are.

    Returns
    -------
    Axes
    """
    language = resolve_language(language)
    with chart_style():
        known = edges[edges["technology"].isin(nodes.index) & edges["requires"].isin(nodes.index)]
        layers, ways = layers_of(list(nodes.index), known)
        places, rows = _places(layers, set(nodes.index), measures)
        width, height = measures.width(len(layers)), measures.height(rows)
        axes = axes_or_new(ax, (width, height))
        if ax is None:
            axes.set_position((0, 0, 1, 1))
        axes.set_xlim(-_MARGIN, width - _MARGIN)
        axes.set_ylim(height - measures.head, -measures.head)
        axes.axis("off")
        styles = {(r.requires, r.technology): _line_style(r) for r in known.itertuples()}
        _curves(axes, nodes, {pair: [places[name] for name in way] for pair, way in ways.items()}, styles,
                measures)  # fmt: skip
        chip = _chip(nodes.index)
        _boxes(axes, nodes, places, measures, chip)
        for name, node in nodes.iterrows():
            _name(axes, places[str(name)], str(name), node, measures, chip, language)
        watched = bool((nodes["role"] == "watch").any())
        _headings(axes, title, measures, language, watched=watched)
        return axes


def _places(
    layers: list[list[str]], real: set[str], measures: LayerMeasures
) -> tuple[dict[str, tuple[float, float]], float]:
    """Return where every node stands, and the rows of the fullest layer."""
    sizes = [rows_of(layer, real) for layer in layers]
    most = max(sizes, default=1)
    places = {}
    for column, (layer, size) in enumerate(zip(layers, sizes, strict=True)):
        y = (most - size) / 2
        for name in layer:
            step = 1 if name in real else STAND_IN_ROW
            places[name] = (column * measures.pitch, (y + step / 2) * measures.row)
            y += step
    return places, most


def _line_style(edge: Any) -> Any:
    if edge.kind != "hard":
        return (0, (4, 2.5))
    return (0, (1, 1.6)) if getattr(edge, "one_of", "") else "-"


def _curves(
    axes: Axes,
    nodes: pd.DataFrame,
    ways: Mapping[Any, list[tuple[float, float]]],
    styles: Mapping[Any, Any],
    measures: LayerMeasures,
) -> None:
    """Draw every prerequisite as a line in the color of its role."""
    from matplotlib.collections import PathCollection

    if not ways:
        return
    roles = nodes["role"].to_dict()
    tones = {pair: ROLE_COLORS.get(roles[pair[0]], SOFT_INK) for pair in ways}
    heads = {pair: _head(way[-1], measures) for pair, way in ways.items() if way[-1][0] <= way[0][0]}
    if heads:
        colors = [tones[pair] for pair in heads]
        axes.add_collection(PathCollection(list(heads.values()), facecolors=colors, linewidths=0, zorder=1.5))
    axes.add_collection(
        PathCollection(
            [_curve(way, measures) for way in ways.values()],
            facecolors="none",
            edgecolors=list(tones.values()),
            linestyles=[styles[pair] for pair in ways],
            linewidths=0.95,
            alpha=0.55,
            zorder=1,
        )
    )


def _head(end: tuple[float, float], measures: LayerMeasures) -> Path:
    """Return a head that points at the right side of a box."""
    from matplotlib.path import Path

    x, y = end[0] + measures.box, end[1]
    return Path([(x, y), (x + _HEAD, y - _HEAD / 2), (x + _HEAD, y + _HEAD / 2), (x, y)], closed=True)


def _curve(way: list[tuple[float, float]], measures: LayerMeasures) -> Path:
    """Return the line of a prerequisite between the layers; beside its own layer where it stays in it."""
    from matplotlib.path import Path

    if way[-1][0] < way[0][0]:
        return _curve(way[::-1], measures)
    x, y = way[0][0] + measures.box, way[0][1]
    if way[-1][0] == way[0][0]:
        end = way[-1][1]
        beside = [(x, y), (x + _BULGE, y), (x + _BULGE, end), (x, end)]
        return Path(beside, [Path.MOVETO, *[Path.CURVE4] * 3])
    points, codes = [(x, y)], [Path.MOVETO]
    for step, (left, height) in enumerate(way[1:], start=1):
        bend = measures.between * 0.55
        points += [(x + bend, y), (left - bend, height), (left, height)]
        codes += [Path.CURVE4] * 3
        x, y = left, height
        if step < len(way) - 1:  # straight past the boxes of a layer that the edge only crosses
            x += measures.box
            points.append((x, y))
            codes.append(Path.LINETO)
    return Path(points, codes)


def _boxes(
    axes: Axes,
    nodes: pd.DataFrame,
    places: Mapping[str, tuple[float, float]],
    measures: LayerMeasures,
    chip: float,
) -> None:
    """Draw the boxes in the color of their role, each with a chip in the tint of its sector."""
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import FancyBboxPatch, Rectangle

    tall, tints = measures.row - 0.06, sector_tints(list(nodes["sector"]))
    boxes, chips = [], []
    for name, node in nodes.iterrows():
        x, y = places[str(name)]
        color = ROLE_COLORS.get(node["role"], SOFT_INK)
        boxes.append(
            FancyBboxPatch(
                (x, y - tall / 2), measures.box, tall, boxstyle="round,pad=0,rounding_size=0.04",
                facecolor=color if _filled(node) else "white", edgecolor=color, lw=1.1,
                alpha=0.45 if node.get("ghost", False) else 1.0,
            )
        )  # fmt: skip
        chips.append(
            Rectangle(
                (x + 0.05, y - 0.095), chip, 0.19,
                facecolor=tints[node["sector"]], edgecolor=RULE, lw=0.5,
            )
        )  # fmt: skip
    axes.add_collection(PatchCollection(boxes, match_original=True, zorder=2))
    axes.add_collection(PatchCollection(chips, match_original=True, zorder=3))


def _filled(node: pd.Series) -> bool:
    return bool(node["role"] not in HOLLOW and not node.get("ghost", False))


def _name(
    axes: Axes,
    place: tuple[float, float],
    name: str,
    node: pd.Series,
    measures: LayerMeasures,
    chip: float,
    language: Language,
) -> None:
    x, y = place
    axes.text(
        x + 0.05 + chip / 2,
        y,
        ruler().fold(name, _SMALLEST, chip, lines=1),
        fontsize=_SMALLEST,
        ha="center",
        va="center",
        zorder=4,
        gid="code",
    )
    words, size = _fitted(letters(node["name"], language), _room(measures.box, chip), measures.lines)
    axes.text(
        x + chip + 0.12, y, words, fontsize=size, ha="left", va="center", zorder=4, linespacing=0.98,
        color="white" if _filled(node) else INK, alpha=0.7 if node.get("ghost", False) else 1.0, gid="name",
    )  # fmt: skip


def _fitted(words: str, width: float, lines: int) -> tuple[str, float]:
    """Return the words on one line, a little shrunk if need be, or else on several."""
    share = width / max(ruler().width(words, _NAME_SIZE), 1e-9)
    if share >= 1:
        return words, _NAME_SIZE
    if share >= _SMALLEST / _NAME_SIZE:
        return words, math.floor(10 * _NAME_SIZE * share) / 10
    return ruler().fold(words, _SMALLEST, width, lines=lines), _SMALLEST


def _headings(axes: Axes, title: Any, measures: LayerMeasures, language: Language, *, watched: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    def patch(role: str, words: Any) -> Patch:
        color = ROLE_COLORS[role]
        return Patch(
            facecolor="white" if role in HOLLOW else color,
            edgecolor=color,
            label=letters(words, language),
        )

    marks = [
        patch("platform", text("platform")),
        patch("core", text("core")),
        patch("encouraged", text("encouraged")),
        *([patch("watch", text("watch, not now"))] if watched else []),
        Line2D([], [], color=SOFT_INK, lw=1.1, label=letters(text("cannot run without"), language)),
        Line2D(
            [], [], color=SOFT_INK, lw=1.1, ls=(0, (1, 1.6)), label=letters(text("one of several"), language)
        ),
        Line2D(
            [],
            [],
            color=SOFT_INK,
            lw=1.1,
            ls=(0, (4, 2.5)),
            label=letters(text("works better with"), language),
        ),
    ]
    if title is not None:
        axes.text(
            0,
            -measures.head + 0.1,
            letters(title, language),
            fontsize=12.5,
            fontweight="bold",
            va="top",
            gid="title",
        )
    legend = -measures.head + (0.36 if title is not None else 0.08)
    beside = sum(ruler().width(str(mark.get_label()), 8) + 4.5 * 8 / 72 for mark in marks)
    columns = len(marks) if beside <= axes.get_xlim()[1] else (len(marks) + 1) // 2
    axes.legend(
        handles=marks, loc="upper left", bbox_to_anchor=(-0.05, legend), bbox_transform=axes.transData,
        ncols=columns, frameon=False, fontsize=8, handlelength=2.2, columnspacing=1.5, borderaxespad=0,
    )  # fmt: skip
