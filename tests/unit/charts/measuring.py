"""Measure a chart: texts cut off, one over the other, too small or without glyph, colours too near."""

import importlib.util
import itertools
import warnings
from pathlib import Path

_spec = importlib.util.spec_from_file_location(
    "colour_distance", Path(__file__).with_name("colour_distance.py")
)
colour_distance = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(colour_distance)

SMALLEST = 5.0  # points
SLIDE, SLIDE_LETTER = (1600, 900), 9.0  # pixels of a slide, and of the smallest letter on it
NEAREST = 10.0  # CIEDE2000 between two colours that mean different things
SLACK = 1.5  # pixels by which boxes may touch


def texts_of(figure, renderer=None):
    """Return every text that is drawn, with its box in pixels."""
    from matplotlib.text import Text

    renderer = renderer or figure.canvas.get_renderer()
    beside = set(_ticks_out_of_view(figure))
    return [
        (artist, artist.get_window_extent(renderer))
        for artist in figure.findobj(Text)
        if artist.get_visible() and artist.get_text().strip() and artist not in beside
    ]


def _ticks_out_of_view(figure):
    """Give the labels of ticks beyond the ends of an axis, which are never drawn."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            room = 1e-6 * (high - low)
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not axes.axison or not low - room <= tick.get_loc() <= high + room:
                    yield from (tick.label1, tick.label2)


def problems(axes, *, renderer_of=None):
    """Return what is wrong with the texts of the figure that holds these Axes, in words.

    ``renderer_of`` gives what draws the figure, where that is not the canvas of matplotlib.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = axes.figure.figure
    FigureCanvasAgg(figure)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        figure.draw_without_rendering()
    told = [str(one.message) for one in said if "Glyph" in str(one.message)]
    texts = texts_of(figure, renderer_of(figure, dpi=figure.dpi) if renderer_of else None)
    width, height = figure.bbox.width, figure.bbox.height
    for artist, box in texts:
        words = artist.get_text()[:40]
        if box.x0 < -SLACK or box.y0 < -SLACK or box.x1 > width + SLACK or box.y1 > height + SLACK:
            told.append(f"cut off: {words!r}")
        if artist.get_fontsize() < SMALLEST:
            told.append(f"too small: {words!r}")
    for (one, a), (other, b) in itertools.combinations(texts, 2):
        if _straight(one) and _straight(other) and _overlap(a, b):
            told.append(f"over each other: {one.get_text()[:30]!r} and {other.get_text()[:30]!r}")
    return told


def too_small_on_a_slide(axes):
    """Return the texts that are too small when the figure fills a slide."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = axes.figure.figure
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    pixels = min(side / inches for side, inches in zip(SLIDE, figure.get_size_inches(), strict=True))
    return [
        f"{artist.get_text()[:30]!r}: {artist.get_fontsize() / 72 * pixels:.1f} pixels"
        for artist, _ in texts_of(figure)
        if artist.get_fontsize() / 72 * pixels < SLIDE_LETTER
    ]


def colours_too_near(axes):
    """Return pairs of marks of a legend, and of named lines, that only a colour tells apart, and not well."""
    figure = axes.figure.figure
    figure.draw_without_rendering()
    told = []
    for marks in _groups_of_marks(figure):
        for (one, look, colour), (other, its_look, its_colour) in itertools.combinations(marks, 2):
            if look == its_look:
                apart = colour_distance.least_distance(colour, its_colour)
                if apart < NEAREST:
                    told.append(f"{one!r} and {other!r}: {apart:.1f}")
    return told


def _groups_of_marks(figure):
    from matplotlib.legend import Legend

    for legend in figure.findobj(Legend):
        names = [words.get_text() for words in legend.get_texts()]
        yield [(name, *_look(mark)) for name, mark in zip(names, legend.legend_handles, strict=True)]
    for axes in figure.axes:
        named = [line for line in axes.get_lines() if line.get_gid() == "series"]
        yield [(str(place), "line", _rgb(line.get_color())) for place, line in enumerate(named)]


def _look(mark):
    """Return what but the colour tells a mark from others, and its colour."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D

    if isinstance(mark, Line2D):
        drawn = mark.get_marker() not in ("None", "", None)
        colour = mark.get_markerfacecolor() if drawn else mark.get_color()
        dashes = str(mark._unscaled_dash_pattern)  # the public name of every dashed style is "--"
        return ("line", dashes, mark.get_marker()), _rgb(colour)
    if isinstance(mark, Collection):
        shape = mark.get_paths()[0].vertices.tobytes() if mark.get_paths() else b""
        colours = mark.get_facecolor() if len(mark.get_facecolor()) else mark.get_edgecolor()
        return ("marks", shape), tuple(colours[0][:3])
    filled = mark.get_fill() and mark.get_facecolor()[:3] != (1, 1, 1)
    return ("patch", mark.get_hatch(), filled), _rgb(mark.get_facecolor() if filled else mark.get_edgecolor())


def _rgb(colour):
    from matplotlib.colors import to_rgb

    return to_rgb(colour)


def _straight(artist):
    """The box of a slanted text says nothing about what it covers."""
    return artist.get_rotation() % 90 == 0


def _overlap(a, b):
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    along = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > SLACK and along > SLACK
