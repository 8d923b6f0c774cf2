"""What all charts share: letters, colors of roles and tints of sectors, texts that fit."""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from techprio.language import Label, Language, Text, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1D2733"
SOFT_INK = "#5B6773"
RULE = "#C9D1D9"
GOOD, MIDDLING, POOR = "#1D2733", "#B26A00", "#B3261E"

# Distinct in print without color too: each also has its own fill, line or place.
ROLE_COLORS = {"platform": "#0B5CAD", "core": "#B4530A", "encouraged": "#14532D", "watch": "#6A7480"}
#: Roles that are drawn without a fill.
HOLLOW = ("encouraged", "watch")
# For parts that lie side by side: "muted" of Paul Tol (SRON/EPS/TN/09-002, 2021), in an order that sets
# dark beside pale. The nearest two are 11.5 apart (CIEDE2000) for readers who do not see red, green or blue.
SERIES = (
    "#332288", "#88CCEE", "#CC6677", "#117733", "#DDCC77", "#882255", "#44AA99", "#999933", "#AA4499",
)  # fmt: skip
# For lines and marks: Okabe and Ito (2008); the nearest two are 10.9 apart.
LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_TINTS = ("#E3ECF7", "#E6F2E2", "#F4E7DA", "#FBF3CF", "#F6E3EC", "#E9E4F5", "#DDF1F0", "#EEEEEE")

# DejaVu Sans is shipped with matplotlib and has every Vietnamese letter.
_RC: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": RULE,
    "axes.labelcolor": INK,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "techprio",
    "text.parse_math": False,
}

_PAD = 0.04  # inches between what is written and the edge of the figure
_NAME_WIDTH = 46  # letters of a name on an axis


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw with the letters and lines of the house."""
    import matplotlib as mpl

    with mpl.rc_context(_RC):
        yield


def axes_or_new(
    ax: Axes | None, size: tuple[float, float], *, layout: Literal["constrained"] | None = None
) -> Axes:
    """Return the Axes that were given, or new ones on a figure of this size in inches.

    In a notebook the new figure is one of pyplot's, which shows it under the cell and lets it go;
    anywhere else it belongs to its Axes alone, so that nothing is kept when the caller is done.
    """
    if ax is not None:
        return ax
    if in_notebook():
        from matplotlib import pyplot

        return pyplot.figure(figsize=size, layout=layout).add_subplot()
    from matplotlib.figure import Figure

    return Figure(figsize=size, layout=layout).add_subplot()


def in_notebook() -> bool:
    """Whether the code runs in the kernel of a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel")


def release_figure(figure: Figure) -> None:
    """Take a figure that was written to a file from the list of those a notebook will show."""
    if in_notebook():
        from matplotlib import pyplot

        pyplot.close(figure)


def figure_of(axes: Axes) -> Figure:
    """Return the whole figure that the Axes stand in."""
    figure: Figure = axes.figure.figure
    return figure


def fill_figure(axes: Axes, *, dpi: float) -> None:
    """Let lone Axes, with all that is written around them, fill their figure.

    What is written around Axes keeps its size whatever theirs is, so that one measurement is enough;
    the constrained layout of matplotlib takes two, and a solver. The figure takes the dots an inch with
    which it will be drawn: what was measured for the layout is known then.
    """
    from techprio.charts.renderers import renderer_of

    figure = figure_of(axes)
    renderer = renderer_of(figure, dpi=dpi)
    figure.set_layout_engine("none")
    axes.apply_aspect()
    whole, inside = axes.get_tightbbox(renderer), axes.get_window_extent(renderer)
    if whole is None:
        return
    width, height = figure.bbox.width, figure.bbox.height
    left, below = inside.x0 - whole.x0 + _PAD * dpi, inside.y0 - whole.y0 + _PAD * dpi
    right, above = whole.x1 - inside.x1 + _PAD * dpi, whole.y1 - inside.y1 + _PAD * dpi
    axes.set_position(
        (left / width, below / height, (width - left - right) / width, (height - below - above) / height)
    )


def letters(words: Any, language: Language) -> str:
    """Return a text, label or plain word in the language, as letters that can be drawn.

    Composed, so that tone marks stand right; signs that no font has become blanks.
    """
    plain = words.render(language) if isinstance(words, Text | Label) else str(words)
    composed = unicodedata.normalize("NFC", plain)
    return "".join(" " if unicodedata.category(sign) == "Cc" and sign != "\n" else sign for sign in composed)


def sector_tints(sectors: Sequence[str]) -> dict[str, str]:
    """Return a pale color for every sector, in the order of the study."""
    return {code: _TINTS[place % len(_TINTS)] for place, code in enumerate(dict.fromkeys(sectors))}


def shades(ends: Sequence[str], count: int) -> list[str]:
    """Return so many colors from the first of these to the last, evenly far apart.

    Examples
    --------
    >>> shades(["#000000", "#FFFFFF"], 3)
    ['#000000', '#808080', '#FFFFFF']
    """
    known = np.array([[int(color[at : at + 2], 16) for at in (1, 3, 5)] for color in ends])
    wanted, places = np.linspace(0, len(ends) - 1, count), np.arange(len(ends))
    parts = np.stack([np.interp(wanted, places, part) for part in known.T], axis=1)
    return ["#{:02X}{:02X}{:02X}".format(*np.floor(part + 0.5).astype(int)) for part in parts]


def ink_on(color: str) -> str:
    """Return the color of letters on a ground of this one: white, or that of ink.

    Examples
    --------
    >>> ink_on("#0B5CAD"), ink_on("#DCE9F7")
    ('white', '#1D2733')
    """
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 140 else INK


class Ruler:
    """Measures words in inches, so that labels can be folded or shrunk before they are drawn."""

    def __init__(self) -> None:
        from matplotlib.font_manager import FontProperties

        from techprio.charts.typesetting import width_of

        self._font = FontProperties(family=_RC["font.family"], size=1)
        self._width_of = width_of

    def width(self, words: str, size: float) -> float:
        """Return the width of the words at a size in points, in inches."""
        return self._width_of(words, self._font) * size / 72

    def fold(self, words: str, size: float, width: float, *, lines: int = 2) -> str:
        """Return the words on at most so many lines of this width; an ellipsis where they do not fit."""
        rows = [""]
        for word in words.split():
            longer = f"{rows[-1]} {word}".strip()
            if rows[-1] and self.width(longer, size) > width:
                rows.append(word)
            else:
                rows[-1] = longer
        if len(rows) > lines:
            rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
        return "\n".join(self._cut(row, size, width) for row in rows)

    def _cut(self, words: str, size: float, width: float) -> str:
        if self.width(words, size) <= width:
            return words
        kept = len(words)
        while kept and self.width(f"{words[:kept]}…", size) > width:
            kept -= 1
        return f"{words[:kept].rstrip()}…"


@cache
def ruler() -> Ruler:
    """Return the ruler of all charts."""
    return Ruler()


def code_width(codes: Iterable[object], size: float, *, least: float, most: float = 1.3) -> float:
    """Return the inches that codes of technologies take beside their names: of the widest, bold or not."""
    widest = max((ruler().width(str(code), size) for code in codes), default=0.0)
    return min(max(least, 1.15 * widest), most)


def short_name(
    name: object, labels: Mapping[str, Label], language: Language, *, width: int = _NAME_WIDTH, lines: int = 1
) -> str:
    """Return the code and the name of something, cut to what an axis can hold.

    Examples
    --------
    >>> short_name("LOG01", {"LOG01": Label("Cửa khẩu số", "Digital border gate")}, "vi")
    'LOG01 Cửa khẩu số'
    """
    label = labels.get(str(name))
    shown = f"{name} {letters(label, language)}" if label and any(label) else letters(name, language)
    if lines == 1:
        return textwrap.shorten(shown, width=width, placeholder=" …")
    return "\n".join(textwrap.wrap(shown, width=width, max_lines=lines, placeholder=" …"))


def axes(ax: Axes | None, *, rows: int, width: float, height: float | None = None) -> Axes:
    """Return the axes that were given, or new ones high enough for the rows."""
    tall = 1.2 + 0.36 * rows if height is None else height
    return axes_or_new(ax, (width, tall), layout="constrained")


def add_bars(ax: Axes, places: Any, left: Any, right: Any, *, height: float = 0.7, **look: Any) -> None:
    """Add bars across as one artist; each as a patch of its own takes most of the time of a chart."""
    from matplotlib.collections import PolyCollection

    low, high = np.asarray(places, float) - height / 2, np.asarray(places, float) + height / 2
    x = np.stack(np.broadcast_arrays(left, right, right, left), axis=-1)
    corners = np.stack([x, np.stack([low, low, high, high], axis=-1)], axis=-1)
    ax.add_collection(PolyCollection(list(corners), in_layout=False, **look))


def plain(ax: Axes, *, grid: str, language: Language) -> None:
    """Take the frame away, set a light grid and the decimal sign of the language."""
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis=grid, color="#E5E5E5", linewidth=0.8)  # type: ignore[arg-type]
    ax.set_axisbelow(True)
    axis = ax.xaxis if grid == "x" else ax.yaxis
    axis.set_major_formatter(lambda value, _: format_number(float(value), language))
