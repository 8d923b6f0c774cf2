"""Measure the texts of a chart: cut off at the edge, one over the other, too small, letters without glyph."""

import itertools
import warnings

SMALLEST = 5.0  # points
SLACK = 1.5  # pixels by which boxes may touch


def texts_of(figure):
    """Return every text that is drawn, with its box in pixels."""
    from matplotlib.text import Text

    renderer = figure.canvas.get_renderer()
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


def problems(axes):
    """Return what is wrong with the texts of the figure that holds these Axes, in words."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = axes.figure.figure
    FigureCanvasAgg(figure)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        figure.draw_without_rendering()
    told = [str(one.message) for one in said if "Glyph" in str(one.message)]
    texts = texts_of(figure)
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


def _straight(artist):
    """The box of a slanted text says nothing about what it covers."""
    return artist.get_rotation() % 90 == 0


def _overlap(a, b):
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    along = min(a.y1, b.y1) - max(a.y0, b.y0)
    return across > SLACK and along > SLACK
