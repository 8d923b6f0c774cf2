"""The Bayesian group in the simulation, and what it cannot take."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp

SAID = {
    "e1": {("a", "b"): 3, ("b", "c"): 2},
    "e2": {("a", "b"): 2, ("b", "c"): 4},
    "e3": {("a", "b"): 4, ("b", "c"): 1},
}


@pytest.fixture(scope="module")
def weights():
    return tp.ahp(tp.weighting.judgments_from_matrices(SAID))


def test_it_is_a_source_of_weights_found_once(weights):
    source = weights.panel.posterior
    drawn = source.draw(np.random.default_rng(1), 500)
    assert drawn.shape == (500, 3)
    assert drawn.sum(axis=1) == pytest.approx(1.0)
    assert weights.panel.posterior is source
    assert (source.certainty + source.certainty.T).to_numpy()[np.triu_indices(3, 1)] == pytest.approx(1.0)
    assert source.certainty.loc["a", "c"] > 0.9
    assert list(source.tables()) == ["weights", "certainty"]


def test_the_simulation_takes_it_by_its_name(weights):
    table = pd.DataFrame({"a": [1.0, 0.0], "b": [0.0, 1.0], "c": [0.2, 0.1]}, index=["X", "Y"])
    chances = [
        tp.simulate(
            table, weights, tp.WeightedSum("none"), directions=["max"] * 3, draws=2000, top=1,
            weight_distribution=kind,
        ).p_top()["X"]
        for kind in ("bayesian", "panel")
    ]  # fmt: skip
    assert 0.7 < chances[0] < 1.0 == chances[1]  # three who agree can all be wrong; their bootstrap cannot


def test_given_numbers_have_no_posterior(small_study):
    with pytest.raises(tp.InputError, match="two experts"):
        tp.weighting.bayesian_group(tp.given_weights({"a": 0.5, "b": 0.5}))
    with pytest.raises(tp.InputError, match="bayesian"):
        tp.simulate(
            pd.DataFrame({"a": [1.0, 2.0]}), {"a": 1.0}, directions=["max"], weight_distribution="bayesian"
        )
    settings = tp.model.RobustnessSettings(weights="bayesian", draws=50)
    study = tp.Study(small_study.catalog, weights=dict(small_study.weights.given), robustness=settings)
    assert study.robustness.weights == "around"


@pytest.mark.parametrize(
    ("best", "worst", "words"),
    [
        ({"a": [1], "b": [0.5]}, {"a": [3], "b": [1]}, "1 or more"),
        ({"a": [1], "b": [float("nan")]}, {"a": [3], "b": [1]}, "1 or more"),
        ({"a": [2], "b": [3]}, {"a": [3], "b": [1]}, "compared with itself"),
        ({"a": [1], "b": [3]}, {"a": [3], "c": [1]}, "same experts"),
        ({"a": [1]}, {"a": [1]}, "two criteria"),
        ({"a": [1], "b": [1e155]}, {"a": [3], "b": [1]}, "1 or more"),
    ],
)
def test_comparisons_that_cannot_be_used(best, worst, words):
    with pytest.raises(tp.InputError, match=words):
        tp.weighting.bayesian_best_worst(pd.DataFrame(best), pd.DataFrame(worst), draws=10)
