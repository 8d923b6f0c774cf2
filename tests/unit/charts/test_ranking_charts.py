"""Charts of rankings: labels keep apart, the Axes given are used, the language is that of the reader."""

import itertools

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import techprio as tp
from techprio.charts.agreement import draw_agreement
from techprio.language import Label


def _ranking(m=16):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.uniform(1, 5, (m, 5)), index=[f"LOG{i:02}" for i in range(1, m + 1)])
    frame.columns = [f"C{i}" for i in range(5)]
    labels = {
        **{
            name: Label(f"Công nghệ cửa khẩu số, kho ngoại quan và đối chiếu dữ liệu {name}", f"Gate {name}")
            for name in frame.index
        },
        **{c: Label(f"Tiêu chí {c}", f"Criterion {c}") for c in frame},
    }
    matrix = tp.DecisionMatrix(
        frame,
        dict.fromkeys(frame, "maximize"),
        scales=dict.fromkeys(frame, tp.Scale("interval", worst=0, best=6)),
        low=frame - 0.5,
        high=frame + 0.5,
        labels=labels,
    )
    return tp.rank(matrix, np.full(5, 0.2), tp.Topsis("reference"))


def _results():
    ranking = _ranking()
    return {
        "contributions": ranking,
        "scores": tp.rank(ranking.matrix, ranking.weights, tp.ranking.Vikor()),
        "acceptability": tp.simulate(
            ranking.matrix, None, ranking.method, draws=400, weight_distribution="uniform"
        ),
        "walk": tp.weight_sensitivity(ranking, "C1"),
        "tornado": tp.robustness.score_sensitivity(ranking, "LOG01"),
        "agreement": tp.compare_methods(ranking.matrix, ranking.weights),
    }


@pytest.mark.parametrize("name", ["contributions", "scores", "acceptability", "walk", "tornado", "agreement"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_labels_do_not_run_over_each_other(name, language):
    result = _results()[name]
    ax = result.plot(language=language)
    figure = ax.figure
    figure.draw_without_rendering()
    boxes = [t.get_window_extent() for t in ax.get_yticklabels() if t.get_text()]
    boxes.sort(key=lambda box: box.y0)
    for below, above in itertools.pairwise(boxes):
        assert below.y1 <= above.y0 + 1, "names of neighboring rows overlap"
    assert all(box.x0 >= -1 for box in boxes), "a name is cut off at the edge"


def test_charts_draw_on_the_axes_they_are_given_and_return_it():
    for name, result in _results().items():
        ax = Figure().subplots()
        assert result.plot(ax=ax) is ax, name


def test_a_chart_speaks_its_language():
    ranking = _ranking(4)
    assert "điểm" in ranking.plot(language="vi").get_xlabel()
    assert "score" in ranking.plot(language="en").get_xlabel()
    first = ranking.plot(language="en").get_yticklabels()[0].get_text()
    assert first.startswith(ranking.to_frame()["alternative"][0])


def test_the_longest_bar_ends_at_the_score():
    ranking = _ranking(3)
    ax = ranking.plot()
    bars = [path.vertices for drawn in ax.collections for path in drawn.get_paths()]
    ends = [max(bar[:, 0].max() for bar in bars if abs(bar[:, 1].min() + 0.35 - i) < 0.01) for i in range(3)]
    best = ranking.scores.sort_values(ascending=False).to_numpy()
    np.testing.assert_allclose(ends, best, atol=1e-9)


def test_rankings_that_are_alike_stand_side_by_side():
    names = ["A", "B", "C", "D"]
    likeness = pd.DataFrame(
        [[1, 0.1, 0.9, 0.2], [0.1, 1, 0.3, 0.8], [0.9, 0.3, 1, 0.0], [0.2, 0.8, 0.0, 1]], names, names
    )
    ax = draw_agreement(likeness, language="en")
    order = [tick.get_text() for tick in ax.get_yticklabels()]
    assert order == [tick.get_text() for tick in ax.get_xticklabels()]
    pairs = {frozenset(pair) for pair in itertools.pairwise(order)}
    assert {frozenset("AC"), frozenset("BD")} <= pairs
    shown = ax.images[0].get_array()
    assert shown[order.index("B"), order.index("D")] == 0.8
