"""Transforms and value functions stand before every method, and can be left out in the open."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking import METHODS, RawValues

LOGS = tp.Scale("ratio", 1, 10_000, "log10")
PLAIN = tp.Scale("interval", 0, 10)
rng = np.random.default_rng(3)
VALUES = pd.DataFrame({"jobs": 10 ** rng.uniform(0.1, 3.9, 8), "access": rng.uniform(1, 9, 8)})
WAYS = {"jobs": "max", "access": "max"}
MATRIX = tp.DecisionMatrix(VALUES, WAYS, scales={"jobs": LOGS, "access": PLAIN})
BY_HAND = tp.DecisionMatrix(
    VALUES.assign(jobs=LOGS.share(VALUES["jobs"])), WAYS,
    scales={"jobs": tp.Scale("interval", 0, 1), "access": PLAIN},
)  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_every_method_sees_what_the_transform_makes(name):
    found, by_hand = (tp.rank(m, [0.6, 0.4], name) for m in (MATRIX, BY_HAND))
    assert found.scores.to_numpy() == pytest.approx(by_hand.scores.to_numpy(), abs=1e-12)
    assert found.ranks.tolist() == by_hand.ranks.tolist()
    raw = tp.rank(MATRIX, [0.6, 0.4], RawValues(name))
    straight = tp.DecisionMatrix(VALUES, WAYS, scales={"jobs": LOGS.straight(), "access": PLAIN})
    assert raw.scores.to_numpy() == pytest.approx(tp.rank(straight, [0.6, 0.4], name).scores.to_numpy())


def test_draws_are_made_in_raw_units_and_transformed_afterwards():
    low, high = VALUES * [0.5, 1.0], (VALUES * [2.0, 1.0]).clip(upper=10_000)
    spread = tp.DecisionMatrix(
        VALUES.clip(lower=2), WAYS, scales={"jobs": LOGS}, low=low.clip(lower=1), high=high.clip(lower=2)
    )
    drawn = tp.robustness.draw_scores(
        spread, [1.0, 0.0], tp.WeightedSum("minmax"), draws=300, weight_distribution="fixed"
    )
    reference = tp.robustness.draw_scores(
        tp.DecisionMatrix(spread.values, WAYS, scales={"jobs": LOGS, "access": PLAIN}, low=spread.low,
                          high=spread.high),
        [1.0, 0.0], tp.WeightedSum("reference"), draws=300, weight_distribution="fixed",
    )  # fmt: skip
    ends = reference.min(axis=1, keepdims=True), reference.max(axis=1, keepdims=True)
    assert drawn == pytest.approx((reference - ends[0]) / (ends[1] - ends[0]), abs=1e-9)


def test_a_target_decides_dominance_and_who_is_first():
    age = pd.DataFrame({"age": [25.0, 32.0, 58.0], "other": [1.0, 1.0, 1.0]}, index=list("XYZ"))
    target = tp.DecisionMatrix(age, ["max", "max"], scales={"age": tp.Scale("ratio", 23, 60, ideal=[30, 35])})
    ranking = tp.rank(target, [0.5, 0.5], "topsis")
    assert ranking.ranks.to_dict() == {"Y": 1, "X": 2, "Z": 3}
    assert set(ranking.dominated()["dominator"]) == {"X", "Y"}
    assert "worth" in ranking.steps
    assert ranking.steps["worth"].loc["Y", "age"] == 1
    assert "by their worth" in " ".join(map(str, ranking.notes))
    assert list(tp.rank(target, [0.5, 0.5], RawValues("topsis")).ranks) == [3, 2, 1]


def test_the_energy_sector_agrees_whatever_the_normalization(shipped_study):
    """An independent run found tau .10 on raw values and .80 with the transform."""
    matrix, weights = shipped_study.catalog.decision_matrix("ENE"), tp.ahp(shipped_study.judgments)
    fixed = tp.rank(matrix, weights, tp.Topsis("reference")).ranks
    for method, tau in ((tp.Topsis("vector"), 0.80), (RawValues(tp.Topsis("vector")), 0.10)):
        ranks = tp.rank(matrix, weights, method).ranks
        assert tp.robustness.rank_correlation(fixed, ranks, "tau_b") == pytest.approx(tau, abs=0.005)


def test_a_study_states_that_it_takes_raw_values(trimmed_study):
    from dataclasses import replace

    from techprio.model.settings import RankingSettings
    from techprio.scoring import study_method

    assert study_method(trimmed_study).normalization == "reference"
    settings = RankingSettings("topsis", {"normalization": "vector"}, transforms=False)
    assert isinstance(study_method(replace(trimmed_study, ranking=settings)), RawValues)
