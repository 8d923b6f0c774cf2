"""A figure as a PNG file with a palette: a third of the size, and the same to the eye.

A chart has a few flat colors and the shades at the edges of its letters. The most frequent shades
are kept as they are; each of the others becomes the nearest of them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_BITS = 6  # of each part of a color that tell shades apart
_FLAT = 8  # pixels of one color in a row that are no edge


def png_bytes(figure: Figure, *, dpi: float, tight: bool = False, colors: int = 256) -> bytes:
    """Return a figure as a PNG file without a date.

    Parameters
    ----------
    figure : Figure
    dpi : float
        Dots an inch; the file says so too.
    tight : bool
        Cut off empty edges.
    colors : int
        Of the palette, 256 at most.

    Returns
    -------
    bytes
        The same for the same figure.
    """
    from PIL import Image

    shades, palette = _with_palette(_pixels(figure, dpi, tight), colors)
    picture = Image.fromarray(shades)
    picture.putpalette(palette.tobytes(), "RGB")
    stream = io.BytesIO()
    picture.save(stream, format="png", dpi=(dpi, dpi), compress_level=6)
    return stream.getvalue()


def _pixels(figure: Figure, dpi: float, tight: bool) -> NDArray[np.uint8]:
    """Return the drawn figure, shape (height, width, 4): red, green, blue, opacity."""
    if tight:
        from PIL import Image

        stream = io.BytesIO()
        figure.savefig(stream, format="png", dpi=dpi, bbox_inches="tight", pil_kwargs={"compress_level": 0})
        return np.array(Image.open(stream).convert("RGBA"))
    from techprio.charts.renderers import picture_of

    return picture_of(figure, dpi=dpi)


def _with_palette(pixels: NDArray[np.uint8], most: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the place in the palette of every pixel, and the palette, shape (most, 3).

    Works on runs of pixels of one color: a chart has twenty times fewer of them.
    """
    colors = pixels.view(np.dtype("<u4"))[..., 0].ravel()
    starts = np.flatnonzero(np.concatenate([[True], colors[1:] != colors[:-1]]))
    lengths, shown = np.diff(starts, append=colors.size), colors[starts]
    keys = _key(shown)
    counts = np.bincount(keys, weights=lengths, minlength=1 << 3 * _BITS)
    used = np.flatnonzero(counts)
    kept = used[np.argsort(-counts[used], kind="stable")[:most]]
    exact = np.zeros(counts.size, dtype=np.uint32)
    exact[used] = _middle(used)
    flat = np.flatnonzero(lengths >= _FLAT)
    flat = flat[np.argsort(lengths[flat], kind="stable")]
    exact[keys[flat]] = shown[flat]  # of several colors of a shade that of the longest run comes last
    palette, others = _parts(exact[kept]), _parts(exact[used])
    # the nearest by squared distance, less the part that is the same for all of the palette
    distance = (palette.astype(float) ** 2).sum(axis=1) - 2.0 * others.astype(float) @ palette.astype(float).T
    place = np.zeros(counts.size, dtype=np.uint8)
    place[used] = distance.argmin(axis=1)
    return np.repeat(place[keys], lengths).reshape(pixels.shape[:2]), palette


def _key(colors: Any) -> Any:
    return ((colors >> 2) & 0x3F) | ((colors >> 4) & 0xFC0) | ((colors >> 6) & 0x3F000)


def _middle(keys: Any) -> Any:
    return ((keys & 0x3F) << 2 | 2) | ((keys & 0xFC0) << 4 | 0x200) | ((keys & 0x3F000) << 6 | 0x20000)


def _parts(colors: NDArray[np.uint32]) -> NDArray[np.uint8]:
    return np.stack([colors & 255, colors >> 8 & 255, colors >> 16 & 255], axis=1).astype(np.uint8)
