"""The renderers of matplotlib, with words that are set from the letters of their face.

Matplotlib shapes every string once to measure it and once to draw it, in every renderer, and draws its
letters one by one: more than half of the time of a chart. Here what words measure is a sum, and a picture
has them as one filled outline. Formulas, and words with signs that do not simply stand one after the
other, are left to matplotlib.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import io
from functools import cached_property
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.transforms import Affine2D

from techprio.charts.typesetting import Face, face_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from numpy.typing import NDArray

_POINTS = 72  # an inch


def picture_of(figure: Figure, *, dpi: float) -> NDArray[np.uint8]:
    """Draw a figure as dots, shape (height, width, 4): red, green, blue, opacity."""
    before = figure.dpi
    renderer = renderer_of(figure, dpi=dpi)
    figure.draw(renderer)
    dots = np.array(renderer.buffer_rgba())
    figure.set_dpi(before)
    return dots


def markup_of(figure: Figure) -> str:
    """Draw a figure as an SVG file without a date, whose letters stay letters."""
    before = figure.dpi
    figure.set_dpi(_POINTS)
    stream = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "techprio"}):
        nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        renderer = MarkupRenderer(figure.bbox.width, figure.bbox.height, stream, metadata=nothing)
        figure.draw(renderer)
        renderer.finalize()
    figure.set_dpi(before)
    return stream.getvalue()


def renderer_of(figure: Figure, *, dpi: float) -> PictureRenderer:
    """Return what draws and measures a figure, which gets so many dots an inch."""
    figure.set_dpi(dpi)
    return PictureRenderer(figure.bbox.width, figure.bbox.height, dpi)


class _LetterMeasures(RendererBase):
    """Measures words by the letters of their face."""

    @cached_property
    def _faces(self) -> dict[int, Face]:
        """The faces of one drawing: to find that of a font takes longer than to measure a word with it."""
        return {}

    def face(self, font: FontProperties) -> Face:
        """Return the face of a font."""
        key = hash(font)
        if key not in self._faces:
            self._faces[key] = face_of(font)
        return self._faces[key]

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Return what words measure in the dots of this renderer."""
        face = self.face(prop)
        if ismath or not face.sets(s):
            return super().get_text_width_height_descent(s, prop, ismath)
        size: Any = self.points_to_pixels(prop.get_size_in_points())
        width, height, descent = face.extent(s)
        return width * size, height * size, descent * size


class PictureRenderer(_LetterMeasures, RendererAgg):
    """Draws dots; words as one filled outline, which is not fitted to the dots."""

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False,
        mtext: Any = None,
    ) -> None:  # fmt: skip
        """Draw words whose line begins at this place."""
        face = self.face(prop)
        if ismath or not face.sets(s):
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        outline = face.outline(s)
        if outline is not None:
            size = self.points_to_pixels(prop.get_size_in_points())
            gc.set_linewidth(0)
            gc.set_snap(False)
            placed = Affine2D().scale(size).rotate_deg(angle).translate(x, self.height - y)
            self.draw_path(gc, outline, placed, gc.get_rgb())


class MarkupRenderer(_LetterMeasures, RendererSVG):
    """Writes markup."""
