"""Weights as a frame, as HTML and as charts."""

from pathlib import Path

import pytest

import techprio as tp

LAI_CHAU = Path(__file__).parents[3] / "catalogs" / "lai-chau"


@pytest.fixture(scope="module")
def weights():
    return tp.ahp(tp.read_study(LAI_CHAU).judgments)


def test_frame_multiplies_local_weights_to_overall(weights):
    frame = weights.to_frame()
    assert list(frame.columns) == ["criterion", "node", "local", "overall"]
    heads = frame["node"].map(weights.local["root"])
    assert (frame["local"] * heads).tolist() == pytest.approx(frame["overall"].tolist())
    assert tp.given_weights({"a": 1}).to_frame().values.tolist() == [["a", "", 1.0, 1.0]]


def test_html_escapes_names():
    found = tp.given_weights({"<b>": 0.5, "c": 0.504})
    page = found._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>&lt;" not in page
    assert "1.004" in page


def test_strip_has_a_row_a_criterion_and_a_mark_a_group(weights):
    ax = weights.plot(language="vi")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == 14
    assert names[0].startswith("F1 ")
    assert len(ax.get_legend().get_texts()) == 1 + 3
    dots = sum(len(marks.get_offsets()) for marks in ax.collections)
    assert dots == 14 + 12 * 14
    assert tp.given_weights({"a": 1}).plot(language="en").get_xlabel() == "weight"


def test_consistency_chart_names_what_is_above_the_bound(weights):
    ax = weights.plot_consistency(language="vi")
    assert sorted(note.get_text() for note in ax.texts) == ["M 0,37", "root 0,27"]
    with pytest.raises(tp.InputError, match="no comparisons"):
        tp.given_weights({"a": 1}).plot_consistency()


def test_charts_draw_on_the_axes_they_are_given(weights):
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert weights.plot(ax) is ax
    assert weights.plot_consistency(Figure().subplots()).figure is not ax.figure
