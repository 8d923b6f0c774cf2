"""Acceptability against exact volumes, against a closed form, and its own bookkeeping."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.ranking.order import rank_scores, sort_runs
from techprio.robustness.counting import count_block, empty_tally

DRAWS = 40_000
ALLOWED = 4.5 * 0.5 / np.sqrt(DRAWS)


def _matrix(rows):
    frame = pd.DataFrame(rows, index=[f"A{i}" for i in range(len(rows))])
    frame.columns = [f"C{j}" for j in frame.columns]
    return tp.DecisionMatrix(frame, dict.fromkeys(frame.columns, "maximize"))


def _simulate(matrix, **options):
    settings_ = {"draws": DRAWS, "seed": 3, "weight_distribution": "uniform"}
    return tp.simulate(matrix, None, tp.WeightedSum("none"), **{**settings_, **options})


@settings(max_examples=8, deadline=None, derandomize=True)
@given(gains=st.lists(st.integers(-9, 9).filter(bool), min_size=3, max_size=5, unique=True))
def test_two_alternatives_have_a_closed_form(gains):
    """P(A ahead of B) under flat weights is a sum over the criteria on which A is better.

    For differences d of distinct values, P(sum w d > 0) = sum over d_j > 0 of
    prod over k != j of d_j / (d_j - d_k)  (a divided difference of the positive part).
    """
    d = np.array(gains, dtype=float)
    exact = sum(np.prod([a / (a - b) for b in d if b != a]) for a in d if a > 0)
    sure = _simulate(_matrix([d, np.zeros(len(d))]), collect=["pairwise"])
    assert sure.p_top(1)["A0"] == pytest.approx(exact, abs=ALLOWED)
    assert sure.pairwise.loc["A0", "A1"] == pytest.approx(exact, abs=ALLOWED)


def _area(polygon):
    x, y = np.array(polygon).T
    return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _clip(polygon, normal):
    """Keep the part of a polygon of weights (w1, w2) where normal . (w1, w2, 1 - w1 - w2) >= 0."""
    value = [normal[0] * x + normal[1] * y + normal[2] * (1 - x - y) for x, y in polygon]
    kept = []
    for here, there in itertools.pairwise([*range(len(polygon)), 0]):
        (x, y), (u, v) = polygon[here], polygon[there]
        if value[here] >= 0:
            kept.append((x, y))
        if value[here] * value[there] < 0:
            t = value[here] / (value[here] - value[there])
            kept.append((x + t * (u - x), y + t * (v - y)))
    return kept


@pytest.mark.parametrize("seed", range(4))
def test_three_criteria_have_exact_volumes(seed):
    values = np.random.default_rng(seed).integers(0, 10, (4, 3)).astype(float)
    matrix = _matrix(values)
    found = _simulate(matrix).index.to_numpy()
    exact = np.zeros((4, 4))
    for order in itertools.permutations(range(4)):
        polygon = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]
        for ahead, behind in itertools.pairwise(order):
            polygon = _clip(polygon, values[ahead] - values[behind])
            if len(polygon) < 3:
                break
        else:
            exact[list(order), range(4)] += _area(polygon) / 0.5
    np.testing.assert_allclose(exact.sum(axis=0), 1, atol=1e-9)
    np.testing.assert_allclose(found, exact, atol=ALLOWED)


def test_two_uncertain_scores_have_a_closed_form():
    # Triangular on 0..2 with mode 1 against the constant 1.5: P(X > 1.5) = 0.5^2 / 2.
    frame = pd.DataFrame({"c": [1.0, 1.5]}, index=["x", "y"])
    low, high = frame.copy(), frame.copy()
    low.loc["x"], high.loc["x"] = 0.0, 2.0
    matrix = tp.DecisionMatrix(frame, {"c": "maximize"}, low=low, high=high)
    sure = tp.simulate(matrix, [1.0], tp.WeightedSum("none"), draws=DRAWS, weight_distribution="fixed")
    assert sure.p_top(1)["x"] == pytest.approx(0.125, abs=ALLOWED)
    flat = tp.simulate(
        matrix,
        [1.0],
        tp.WeightedSum("none"),
        draws=DRAWS,
        weight_distribution="fixed",
        score_distribution="uniform",
    )
    assert flat.p_top(1)["x"] == pytest.approx(0.25, abs=ALLOWED)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    scores=st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=12),
)
def test_counting_agrees_with_counting_by_hand(scores):
    table = np.array(scores) / 3.0
    weights = np.full((len(table), 2), 0.5)
    tally = empty_tally((4, 2), ["pairwise", "central_weights"])
    count_block(tally, sort_runs(table), weights)
    index, pairs = np.zeros((4, 4)), np.zeros((4, 4))
    for row in table:
        ranks = rank_scores(row).to_numpy()
        for a in range(4):
            shared = (ranks == ranks[a]).sum()
            index[a, ranks[a] - 1 : ranks[a] - 1 + shared] += 1 / shared
        pairs += 2 * (ranks[:, None] < ranks) + (ranks[:, None] == ranks)
    np.testing.assert_allclose(tally.index, index, atol=1e-12)
    np.testing.assert_array_equal(tally.pairs, pairs)
    np.testing.assert_allclose(tally.central, np.repeat(tally.index[:, :1] / 2, 2, axis=1), atol=1e-12)


def test_a_block_size_or_order_of_rows_of_the_result_is_that_of_the_matrix():
    matrix = _matrix([[3, 1], [1, 3], [2, 2.5]])
    whole = _simulate(matrix, draws=2000)
    turned = _simulate(matrix.select(alternatives=["A2", "A0", "A1"]), draws=2000)
    pd.testing.assert_frame_equal(whole.index, turned.index.loc[whole.index.index], check_exact=False)
