"""Figures of the document as they are on paper: size of every letter, nothing cut off or covered."""

import io
import sys
from pathlib import Path

import docx
import pandas as pd
import pytest
from matplotlib.text import Text

from techprio.charts.layering import layers_and_rows
from techprio.charts.renderers import renderer_of
from techprio.reporting import figures
from techprio.reporting.word import document as word

sys.path.append(str(Path(__file__).parents[1] / "charts"))

from measuring import problems

SMALLEST = 6.5
_EMU = 914_400


@pytest.fixture(scope="module", params=["vi", "en"])
def printed(request, run, shipped_result):
    """Give the document with the figures that were drawn for it: of a real run, of an invented one."""
    figures = []
    run = shipped_result if request.param == "vi" else run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word, "release_figure", figures.append)
        content = word.document_bytes(run, language=request.param)
    return docx.Document(io.BytesIO(content)), figures


def letters(figure):
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]


def test_every_letter_of_every_figure_can_be_read_on_paper(printed):
    document, figures = printed
    shapes = list(document.inline_shapes)
    assert len(shapes) == len(figures) > 20
    for shape, figure in zip(shapes, figures, strict=True):
        scale = shape.width / _EMU / figure.get_figwidth()
        smallest = min(letters(figure), key=Text.get_fontsize)
        said = f"{shape._inline.docPr.get('descr')}: {smallest.get_text()!r}"
        assert smallest.get_fontsize() * scale >= SMALLEST - 1e-6, said


def test_no_word_of_a_figure_is_cut_off_or_covered(printed):
    document, figures = printed
    names = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    told = {
        name: problems(figure.axes[0], renderer_of=renderer_of)
        for name, figure in zip(names, figures, strict=True)
    }
    assert {name: wrong for name, wrong in told.items() if wrong} == {}


def test_every_figure_fits_between_the_margins(printed):
    document, _ = printed
    for shape in document.inline_shapes:
        assert shape.width <= 257.5 * 36_000
        assert shape.height <= (247 if shape.width <= 162.5 * 36_000 else 145) * 36_000


def test_no_technology_is_lost_between_the_figures(run):
    edges = run.study.catalog.dependencies
    own = list(run.study.catalog.technologies.index)
    pages = list(figures._pages(own, edges, layers=figures.LAYERS, rows=figures.BOXES))
    assert sorted(name for page in pages for name in page) == sorted(own)
    for page in pages:
        layers, rows = layers_and_rows(*figures._with_needs(page, edges))
        assert layers <= figures.LAYERS
        assert rows <= figures.BOXES


def test_a_long_chain_is_cut_where_the_page_ends():
    names = [f"t{place:02d}" for place in range(9)]
    edges = pd.DataFrame({"technology": names[1:], "requires": names[:-1], "kind": "hard", "one_of": ""})
    assert [len(page) for page in figures._pages(names, edges, layers=4, rows=11.5)] == [4, 3, 2]
