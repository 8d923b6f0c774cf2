"""Odd inputs seen at work, each with the place where it was reported."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.robustness.score_sampling import WEIGHT_STREAM, generator
from techprio.robustness.weight_sampling import weight_source


def _frame(rows, columns=("c1", "c2")):
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(columns))


def test_ties_share_a_rank():
    # https://github.com/CAMI-challenge/OPAL/issues/27, quatrope/scikit-criteria#56
    scores = {"CN07": 0.61, "CN02": 0.74, "CN05": 0.61, "CN01": 0.38, "CN03": 0.610000000000001}
    frame = pd.DataFrame({"score": scores})
    ranking = tp.rank(frame, [1.0], tp.WeightedSum("none"), directions=["maximize"])
    assert ranking.ranks.to_dict() == {"CN07": 2, "CN02": 1, "CN05": 2, "CN01": 5, "CN03": 2}
    assert ranking.to_frame()["alternative"].tolist() == ["CN02", "CN03", "CN05", "CN07", "CN01"]
    assert ranking.ties == (("CN03", "CN05", "CN07"),)


def test_argsort_is_not_a_rank():
    # https://github.com/Glitchfix/TOPSIS-Python/issues/1
    ranks = tp.ranking.rank_scores(pd.Series({"A1": 0.014, "A2": 0.61, "A3": 0.27, "A4": 0.013, "A5": 0.99}))
    assert ranks.to_dict() == {"A1": 4, "A2": 2, "A3": 3, "A4": 5, "A5": 1}


def test_lower_is_better_minmax():
    # https://github.com/bluefoxr/COINr/issues/46
    values = {"CN01": [288.14], "CN02": [411.24], "CN03": [374.51], "CN04": [120.0]}
    frame = _frame(values, ["Cường độ phát thải (tCO2/tỷ đồng)"])
    ranking = tp.rank(frame, [1.0], tp.WeightedSum("minmax"), directions=["giảm"])
    expected = {"CN01": 0.4226754567, "CN02": 0.0, "CN03": 0.1261159181, "CN04": 1.0}
    assert ranking.steps["normalized"].iloc[:, 0].to_dict() == pytest.approx(expected, abs=1e-9)
    assert list(ranking.matrix.directions.values()) == ["minimize"]


def test_cost_of_zero():
    # https://github.com/Valdecy/pyDecision/pull/9, kotbaton/pymcdm#6
    frame = _frame({"CN01": [0], "CN02": [40], "CN03": [100]}, ["Chi phí (tỷ đồng)"])
    ranking = tp.rank(frame, [1.0], tp.WeightedSum("minmax"), directions=["min"])
    assert ranking.scores.to_dict() == pytest.approx({"CN01": 1.0, "CN02": 0.6, "CN03": 0.0}, abs=1e-12)
    with pytest.raises(tp.InputError, match="'CN01', criterion 'Chi phí"):
        tp.rank(frame, [1.0], tp.WeightedSum("max"), directions=["min"])


@pytest.mark.parametrize("weights", [[2, 3, 5], [0.2, 0.3, 0.5]])
def test_promethee_flows_do_not_depend_on_the_sum_of_the_weights(weights):
    # https://github.com/Valdecy/pyDecision/issues/23
    frame = _frame({"A1": [3, 10, 5], "A2": [5, 8, 2], "A3": [4, 12, 4]}, ["c1", "c2", "c3"])
    ranking = tp.rank(frame, weights, tp.ranking.Promethee2("usual"), directions=["max"] * 3, normalize=True)
    assert ranking.scores.to_dict() == pytest.approx({"A1": 0.3, "A2": -0.6, "A3": 0.3}, abs=1e-12)
    assert ranking.ranks.to_dict() == {"A1": 1, "A2": 3, "A3": 1}
    assert ranking.scores.sum() == pytest.approx(0, abs=1e-12)


def test_vikor_with_equal_regrets():
    # https://github.com/energyinpython/pyrepo-mcda/issues/1
    frame = _frame({"A": [10, 0], "B": [0, 10], "C": [5, 0]})
    ranking = tp.rank(frame, [0.5, 0.5], tp.ranking.Vikor(0.5), directions=["max", "max"])
    assert ranking.steps["S"].to_dict() == pytest.approx({"A": 0.5, "B": 0.5, "C": 0.75}, abs=1e-12)
    assert ranking.steps["R"].to_dict() == pytest.approx({"A": 0.5, "B": 0.5, "C": 0.5}, abs=1e-12)
    assert ranking.steps["Q"].to_dict() == pytest.approx({"A": 0, "B": 0, "C": 0.5}, abs=1e-12)
    assert ranking.ranks.to_dict() == {"A": 1, "B": 1, "C": 3}


def test_adding_a_loser_swaps_the_winners():
    # https://github.com/jbytecode/JMcDM/issues/66
    four = _frame({"A": [2, 3], "B": [1, 5], "C": [1, 2], "D": [1, 1]})
    relative = [tp.rank(frame, [0.5, 0.5], directions=["max", "max"]) for frame in (four.drop("D"), four)]
    three_scores = {"A": 0.5751923191, "B": 0.5438120868, "C": 0.0}
    four_scores = {"A": 0.6073637011, "B": 0.6288925128, "C": 0.2075871414, "D": 0.0}
    assert relative[0].scores.to_dict() == pytest.approx(three_scores, abs=1e-9)
    assert relative[1].scores.to_dict() == pytest.approx(four_scores, abs=1e-9)
    assert all("can swap" in str(ranking.notes[0]) for ranking in relative)
    scales = dict.fromkeys(["c1", "c2"], tp.Scale("ratio", worst=0, best=10))
    matrix = tp.DecisionMatrix(four, {"c1": "max", "c2": "max"}, scales=scales)
    fixed = tp.rank(matrix, [0.5, 0.5], tp.WeightedSum("reference"))
    assert fixed.scores.to_dict() == pytest.approx({"A": 0.25, "B": 0.3, "C": 0.15, "D": 0.1}, abs=1e-12)


def test_criterion_all_zero():
    # https://github.com/quatrope/scikit-criteria/issues/8
    frame = _frame({"A1": [3, 5, 0], "A2": [4, 5, 0], "A3": [5, 2, 0]}, ["c1", "c2", "c3"])
    ranking = tp.rank(frame, [0.5, 0.3, 0.2], directions=["max"] * 3)
    expected = {"A1": 0.4641016151, "A2": 0.6666666667, "A3": 0.5358983849}
    assert ranking.scores.to_dict() == pytest.approx(expected, abs=1e-9)
    assert any("c3" in str(note) for note in ranking.notes)


def test_uniform_weights_are_not_normalized_uniforms():
    # https://github.com/open-AIMS/ADRIA.jl/issues/327
    source = weight_source("uniform", None, ["a", "b", "c"])
    drawn = source.draw(generator(7, 0, WEIGHT_STREAM), 100_000)
    assert (drawn[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.006)
    assert drawn[:, 0].mean() == pytest.approx(1 / 3, abs=0.006)
    assert drawn[:, 0].var() == pytest.approx(0.0555555556, abs=0.006)


def test_acceptability_known_exactly():
    # https://en.wikipedia.org/wiki/Stochastic_multicriteria_acceptability_analysis; intervals of w1 by hand
    frame = _frame({"A": [1, 0], "B": [0, 1], "C": [0.6, 0.6]})
    matrix = tp.DecisionMatrix(frame, {"c1": "max", "c2": "max"})
    sure = tp.simulate(
        matrix, None, tp.WeightedSum("none"), draws=100_000, seed=7, weight_distribution="uniform"
    )
    expected = [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]]
    np.testing.assert_allclose(sure.index, expected, atol=0.006)
    assert sure.central_weights["c1"].to_dict() == pytest.approx({"A": 0.8, "B": 0.2, "C": 0.5}, abs=0.006)


def test_neighboring_seeds_share_nothing():
    # https://github.com/Str4vinci/breos/issues/168
    matrix = tp.DecisionMatrix(_frame({"A": [1, 0]}), {"c1": "max", "c2": "max"})
    drawn = [
        tp.robustness.draw_scores(
            matrix, None, tp.WeightedSum("none"), draws=200, seed=seed, weight_distribution="uniform"
        )
        for seed in (1, 2)
    ]
    assert not set(drawn[0][:, 0]) & set(drawn[1][:, 0])
