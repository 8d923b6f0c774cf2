"""Words set from single letters: as wide and as high as matplotlib sets them, and drawn as it does."""

import io

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from techprio.charts.renderers import MarkupRenderer, PictureRenderer
from techprio.charts.style import ruler
from techprio.charts.typesetting import face_of

WORDS = [
    "Truy xuất nguồn gốc số và mã số vùng trồng",
    "Kỹ thuật Tưới tiết kiệm nước, Vận hành đập; ỨNG DỤNG",
    "AVATAR To Tr P. (Ye) LT “quoted” – 1.234,5 %",
    "Rare earth, step by step: VAT and Wo… ≥ 90",
    " between blanks ",
    "ỗ",
    "",
]
DPI = 150


@pytest.fixture(autouse=True)
def unhinted():
    """The words of a chart are not fitted to dots."""
    with mpl.rc_context({"text.hinting": "none"}):
        yield


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize("words", WORDS)
def test_words_measure_what_they_measure_in_matplotlib(words, weight):
    font = FontProperties(family="DejaVu Sans", size=9, weight=weight)
    renderers = [
        (PictureRenderer(10, 10, DPI), RendererAgg(10, 10, DPI)),
        (MarkupRenderer(10, 10, io.StringIO()), RendererSVG(10, 10, io.StringIO())),
    ]
    for ours, theirs in renderers:
        measured = ours.get_text_width_height_descent(words, font, False)
        assert measured == pytest.approx(theirs.get_text_width_height_descent(words, font, False), abs=1)


@pytest.mark.parametrize("words", ["chữ và nền 漢字", "e\u0301", "سد", "a\u200bb"])
def test_words_with_other_signs_are_left_to_matplotlib(words, recwarn):
    font = FontProperties(family="DejaVu Sans", size=9)
    assert not face_of(font).sets(words)
    ours, theirs = (kind(10, 10, DPI) for kind in (PictureRenderer, RendererAgg))
    measured = theirs.get_text_width_height_descent(words, font, False)
    assert ours.get_text_width_height_descent(words, font, False) == measured
    assert np.array_equal(*(_drawn(kind, words) for kind in (PictureRenderer, RendererAgg)))
    assert ruler().width(words, 9) == pytest.approx(measured[0] / DPI, rel=0.03)


def test_a_formula_is_left_to_matplotlib():
    assert np.array_equal(*(_drawn(kind, "$x^2$", math=True) for kind in (PictureRenderer, RendererAgg)))


@pytest.mark.parametrize("angle", [0, 90, 30])
def test_words_are_drawn_where_matplotlib_draws_them(angle):
    ours, theirs = (_drawn(kind, WORDS[0], angle=angle) for kind in (PictureRenderer, RendererAgg))
    ink = 255.0 - np.stack([ours, theirs])[..., :3].mean(axis=-1)
    assert ink[0].sum() == pytest.approx(ink[1].sum(), rel=0.02)
    assert np.abs(ink[0] - ink[1]).sum() < 0.3 * ink[1].sum()
    for axis in (1, 2):
        weight = ink.sum(axis=axis) / ink.sum(axis=(1, 2))[:, None]
        middles = weight @ np.arange(weight.shape[1])
        assert middles[0] == pytest.approx(middles[1], abs=0.5)


def test_a_letter_looks_the_same_whatever_was_drawn_before():
    first = _drawn(PictureRenderer, "Vận hành")
    for words in ("khác", "To", "V", "Vậ"):
        _drawn(PictureRenderer, words)
    assert np.array_equal(first, _drawn(PictureRenderer, "Vận hành"))


def test_blanks_have_a_width_and_no_outline():
    face = face_of(FontProperties(family="DejaVu Sans"))
    assert face.width("  ") == pytest.approx(2 * face.width(" "))
    assert face.outline("  ") is None
    assert face.extent("") == (0, 0, 0)


def test_the_ruler_measures_what_is_drawn():
    face = face_of(FontProperties(family="DejaVu Sans"))
    assert ruler().width("Tưới nước", 9) == pytest.approx(face.width("Tưới nước") * 9 / 72)


def _drawn(kind, words, *, angle=0, math=False):
    figure = Figure(figsize=(3, 2.4), dpi=DPI)
    figure.text(
        0.2, 0.2, words, fontsize=7.68, rotation=angle, parse_math=math, color="black", font="DejaVu Sans"
    )
    renderer = kind(figure.bbox.width, figure.bbox.height, DPI)
    figure.draw(renderer)
    return np.array(renderer.buffer_rgba())
