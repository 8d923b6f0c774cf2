"""Expected value of partial perfect information: closed forms, and nested simulation on a small case.

The two-treatment example is that of the vignette of the R package voi (C. Jackson, A. Heath; net benefit
p1 - p2 against 0, p1 ~ N(1, 1), p2 ~ N(0, 2)). Its exact values are unit normal losses (H. Raiffa,
R. Schlaifer 1961, Applied Statistical Decision Theory): sd * (phi(u) - u * Phi(-u)), u = |mean| / sd.
"""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

import techprio as tp
from techprio.robustness import partial_information

DRAWS = 200_000


def normal_loss(mean, sd):
    u = abs(mean) / sd
    return sd * (norm.pdf(u) - u * norm.cdf(-u))


@pytest.fixture(scope="module")
def treatments():
    rng = np.random.default_rng(1)
    p1, p2 = rng.normal(1, 1, DRAWS), rng.normal(0, 2, DRAWS)
    return p1, p2, np.column_stack([np.zeros(DRAWS), p1 - p2])


def test_partial_information_is_the_normal_loss(treatments):
    p1, p2, payoffs = treatments
    assert normal_loss(1, 1) == pytest.approx(0.0833, abs=5e-5)
    for figure, sd in ((p1, 1), (p2, 2), (p1 - p2, math.sqrt(5))):
        found = partial_information(figure, payoffs)
        assert found.gain == pytest.approx(normal_loss(1, sd), abs=0.006)
        assert found.p_change == pytest.approx(norm.cdf(-1 / sd), abs=0.006)


def test_what_has_no_part_in_the_payoff_is_worth_nothing(treatments):
    noise = np.random.default_rng(2).normal(size=DRAWS)
    found = partial_information(noise, treatments[2])
    assert (found.gain, found.p_change) == (0.0, 0.0)
    assert partial_information(np.ones(DRAWS), treatments[2]).gain == 0.0


def test_the_choice_of_two_of_four_agrees_with_nested_simulation():
    rng = np.random.default_rng(3)

    def payoffs(x, count):
        y = rng.uniform(0, 1, (count, 3))
        return np.column_stack(
            [x**2 + 0.2 * y[:, 0], 0.5 + 0.3 * (y[:, 1] - 0.5), 0.45 + 0 * x, 0.3 * y[:, 2]]
        )

    x = rng.uniform(0, 1, 40_000)
    found = partial_information(x, payoffs(x, len(x)), 2)
    grid = (np.arange(400) + 0.5) / 400
    means = np.array([payoffs(np.full(2000, one), 2000).mean(axis=0) for one in grid])
    inner = np.sort(means, axis=1)[:, -2:].sum(axis=1).mean()
    assert found.gain == pytest.approx(inner - np.sort(means.mean(axis=0))[-2:].sum(), abs=0.004)
    best = np.sort(np.argsort(-means.mean(axis=0))[:2])
    changed = (np.sort(np.argsort(-means, axis=1)[:, :2], axis=1) != best).any(axis=1)
    assert found.p_change == pytest.approx(changed.mean(), abs=0.02)


def test_an_independent_run_found_99_scores_of_21_technologies(shipped_study):
    lists = {
        sector.code: shipped_study.catalog.decision_matrix(sector.code)
        for sector in shipped_study.catalog.sectors
    }
    found = tp.robustness.value_of_information(
        lists, tp.ahp(shipped_study.judgments), tp.Topsis("reference"), draws=1000, seed=2026
    )
    scores = found.table[found.table["kind"] == "score"]
    alone = scores[scores["alone"]]
    assert (len(scores), len(alone), alone["technology"].nunique()) == (1166, 99, 21)
    # By expectation over all else the same figures come out, but for the sampling error.
    by_regression = scores[scores["p_change"] > 0]
    assert abs(len(by_regression) - 99) <= 25


def test_a_figure_that_decides_alone_leaves_nothing_contested():
    table = pd.DataFrame({"a": [1.0, 1.05, 3.0]}, index=list("XYZ"))
    low, high = table.copy(), table.copy()
    low.loc["X"], high.loc["X"] = 0.0, 2.1
    matrix = tp.DecisionMatrix(table, ["max"], low=low, high=high)
    found = tp.robustness.value_of_information(
        matrix, [1.0], tp.WeightedSum("none"), top=2, draws=4000, weight_distribution="fixed",
        score_distribution="uniform",
    )  # fmt: skip
    row = found.table.iloc[0]
    assert (row["technology"], bool(row["alone"])) == ("X", True)
    assert row["p_change"] == pytest.approx(0.5, abs=0.03)
    # E max(U, 1.05) - 1.05 for U uniform on 0 to 2.1
    assert row["gain"] == pytest.approx(2.1 / 8, abs=0.01)
    assert row["decided_gain"] == pytest.approx(2.0)


def test_a_decision_that_is_right_or_wrong_gains_what_is_known_of_it():
    """Two classes with P(A | x) = x for x uniform on 0 to 1: E max(x, 1 - x) - 1/2 = 1/4.

    The closed form of the expected value of information under a loss of 1 for a wrong decision
    (Raiffa and Schlaifer 1961, chapter 4), here with a linear conditional probability, which the regression
    has exactly.
    """
    from techprio.robustness.information import Places, polynomial_bases

    rng = np.random.default_rng(5)
    x, u = rng.uniform(0, 1, (2, DRAWS))
    found = Places(pd.DataFrame({"A": np.where(u < x, "in", "out"), "B": "in"})).settled(
        polynomial_bases(np.array([x, rng.uniform(0, 1, DRAWS)]))
    )
    assert found[0].fewer == pytest.approx(0.25, abs=0.004)
    assert found[0].changed.mean() == pytest.approx(0.5, abs=0.01)
    assert found[0].names == ("A",)
    assert (found[1].fewer, found[1].names) == (0.0, ())


def test_a_judgment_is_worth_what_nested_simulation_finds():
    """The judgment of one expert between two criteria: the outer loop draws it, the inner one all else."""
    said = {"e1": {("a", "b"): 3}, "e2": {("a", "b"): 1 / 2}}
    judgments = tp.weighting.judgments_from_matrices(said)
    weights = tp.ahp(judgments)
    table = pd.DataFrame({"a": [0.8, 0.1, 0.3], "b": [0.1, 1.0, 0.6]}, index=list("XYZ"))
    low, high = table - 0.05, table + 0.05
    matrix = tp.DecisionMatrix(table, ["max", "max"], low=low, high=high)
    found = tp.robustness.value_of_information(
        matrix, weights, tp.WeightedSum("none"), judgments=judgments, top=1, draws=20_000, seed=4,
        weight_distribution="fixed",
    ).table  # fmt: skip
    own = found[(found["kind"] == "judgment") & (found["expert"] == "e1")].iloc[0]
    rng = np.random.default_rng(6)
    means = rng.triangular(low, table, high, (20_000, 3, 2)).mean(axis=0)
    steps = rng.triangular(1, 2, 3, 400)  # 3 is two steps from equal
    share = [tp.ahp({("a", "b"): float(np.sqrt((1 + step) / 2))}).overall["a"] for step in steps]
    worth = np.array([means @ [s, 1 - s] for s in share])
    base = worth.mean(axis=0)
    assert 0.2 < own["p_list"] < 0.8
    assert own["gain"] == pytest.approx(worth.max(axis=1).mean() - base.max(), abs=0.001)
    assert own["p_list"] == pytest.approx((worth.argmax(axis=1) != base.argmax()).mean(), abs=0.08)
