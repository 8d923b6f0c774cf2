"""What holds for weights whatever the numbers are."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.weighting.consistency import measure_consistency
from techprio.weighting.group import AGGREGATES
from techprio.weighting.priorities import (
    PRIORITY_METHODS,
    connected_components,
    fill_least_eigenvalue,
    fill_with,
    largest_eigenvalues,
    least_squares_weights,
    priorities,
)

QUICK = settings(max_examples=40, deadline=None)
SCALE = [1 / k for k in range(9, 1, -1)] + list(range(1, 10))


@st.composite
def judged(draw, least=2, most=7):
    """A complete reciprocal matrix on the scale 1/9 to 9."""
    n = draw(st.integers(least, most))
    ratios = np.ones((n, n))
    for i in range(n):
        for j in range(i + 1, n):
            ratios[i, j] = draw(st.sampled_from(SCALE))
            ratios[j, i] = 1 / ratios[i, j]
    return ratios


@st.composite
def consistent(draw, least=2, most=8):
    """Weights, and the matrix of their ratios."""
    n = draw(st.integers(least, most))
    weights = np.array([draw(st.floats(0.5, 20)) for _ in range(n)])
    return weights / weights.sum(), weights[:, None] / weights[None, :]


def _named(ratios):
    names = [f"c{i}" for i in range(len(ratios))]
    return pd.DataFrame(ratios, index=names, columns=names)


@QUICK
@given(consistent(), st.sampled_from(sorted(PRIORITY_METHODS)))
def test_a_consistent_matrix_gives_back_its_weights_with_ratio_zero(made, method):
    weights, ratios = made
    found = tp.ahp(_named(ratios), priorities=method, largest=None)
    assert found.overall.to_numpy() == pytest.approx(weights, abs=1e-10)
    row = found.consistency.iloc[0]
    assert row["lambda_max"] == pytest.approx(len(weights), abs=1e-9)
    assert row["cr"] == pytest.approx(0, abs=1e-9)


@QUICK
@given(judged(), st.randoms(use_true_random=False), st.sampled_from(sorted(PRIORITY_METHODS)))
def test_permuting_criteria_permutes_weights_and_keeps_the_ratio(ratios, random, method):
    order = list(range(len(ratios)))
    random.shuffle(order)
    before = tp.ahp(_named(ratios), priorities=method)
    after = tp.ahp(_named(ratios).iloc[order, order], priorities=method)
    moved = after.overall[before.overall.index]
    assert moved.to_numpy() == pytest.approx(before.overall.to_numpy(), abs=1e-10)
    assert after.consistency["cr"].iloc[0] == pytest.approx(before.consistency["cr"].iloc[0], abs=1e-9)


@QUICK
@given(judged(most=5), st.integers(2, 4), st.sampled_from(AGGREGATES))
def test_a_panel_of_one_opinion_is_that_opinion(ratios, experts, aggregate):
    panel = tp.weighting.judgments_from_matrices({f"e{k}": _named(ratios) for k in range(experts)})
    found = tp.ahp(panel, aggregate=aggregate)
    assert found.overall.to_numpy() == pytest.approx(tp.ahp(_named(ratios)).overall.to_numpy(), abs=1e-10)


@QUICK
@given(judged(most=6))
def test_reciprocal_opposites_cancel(ratios):
    panel = tp.weighting.judgments_from_matrices({"e1": _named(ratios), "e2": _named(ratios.T)})
    n = len(ratios)
    assert tp.ahp(panel).overall.to_numpy() == pytest.approx(np.full(n, 1 / n), abs=1e-10)


@QUICK
@given(consistent(least=3), st.data())
def test_a_consistent_matrix_may_lose_entries(made, data):
    weights, ratios = made
    n = len(weights)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    for i, j in data.draw(st.lists(st.sampled_from(pairs), unique=True)):
        ratios[i, j] = ratios[j, i] = np.nan
    assume(len(connected_components(ratios)) == 1)
    found = tp.ahp(_named(ratios), largest=None)
    assert found.overall.to_numpy() == pytest.approx(weights, abs=1e-9)


@QUICK
@given(judged(least=3), st.data())
def test_least_squares_weights_have_the_least_squares(ratios, data):
    n = len(ratios)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    for i, j in data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=n)):
        ratios[i, j] = ratios[j, i] = np.nan
    assume(len(connected_components(ratios)) == 1)

    def misfit(weights):
        return np.nansum((np.log(ratios) - np.log(weights[:, None] / weights[None, :])) ** 2)

    best = least_squares_weights(ratios)
    moved = best * np.exp([data.draw(st.floats(-0.2, 0.2)) for _ in range(n)])
    assert misfit(best) <= misfit(moved) + 1e-9


@QUICK
@given(judged(least=3, most=6), st.data())
def test_the_completion_has_the_least_eigenvalue(ratios, data):
    n = len(ratios)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    for i, j in data.draw(st.lists(st.sampled_from(pairs), unique=True, max_size=n - 1)):
        ratios[i, j] = ratios[j, i] = np.nan
    assume(len(connected_components(ratios)) == 1)
    best = largest_eigenvalues(fill_least_eigenvalue(ratios))
    other = np.exp([data.draw(st.floats(-2, 2)) for _ in range(n)])
    for weights in (least_squares_weights(ratios), other):
        assert best <= largest_eigenvalues(fill_with(ratios, weights)) + 1e-8


@QUICK
@given(judged(), st.sampled_from(["saaty", "saaty2007", "alonso_lamata"]))
def test_the_eigenvalue_is_never_below_n(ratios, table):
    found = measure_consistency(ratios, random_index=table)
    exact = np.linalg.eigvals(ratios).real.max()
    assert found.lambda_max == pytest.approx(exact, abs=1e-9)
    assert found.lambda_max >= len(ratios) - 1e-12
    assert found.ci >= 0
    assert found.cr >= 0


@QUICK
@given(st.lists(judged(least=4, most=4), min_size=1, max_size=5), st.sampled_from(sorted(PRIORITY_METHODS)))
def test_a_stack_is_its_matrices_one_by_one(stack, method):
    together = priorities(stack, method)
    for matrix, found in zip(stack, together, strict=True):
        assert found == pytest.approx(priorities(matrix, method), abs=1e-12)


@QUICK
@given(st.lists(judged(least=3, most=3), min_size=2, max_size=6), st.integers(0, 2**32 - 1))
def test_draws_of_a_panel_are_weights_inside_its_opinions(tables, seed):
    panel = tp.weighting.judgments_from_matrices({f"e{k}": _named(table) for k, table in enumerate(tables)})
    found = tp.ahp(panel, aggregate="priorities_arithmetic")
    draws = found.panel.draw(np.random.default_rng(seed), 30)
    assert draws.sum(axis=1) == pytest.approx(np.ones(30))
    own = found.by_expert.to_numpy()
    assert (draws >= own.min(axis=0) - 1e-12).all()
    assert (draws <= own.max(axis=0) + 1e-12).all()


@QUICK
@given(st.integers(1, 30))
def test_weights_by_rank_fall_and_sum_to_one(n):
    for method in (
        tp.weighting.rank_order_centroid_weights,
        tp.weighting.rank_sum_weights,
        tp.weighting.rank_reciprocal_weights,
    ):
        found = method([f"c{i:02d}" for i in range(n)]).overall
        assert found.sum() == pytest.approx(1)
        assert (np.diff(found) < 0).all()


@QUICK
@given(consistent(least=3, most=6))
def test_best_worst_gives_back_consistent_weights(made):
    weights, ratios = made
    names = [f"c{i}" for i in range(len(weights))]
    best, worst = int(weights.argmax()), int(weights.argmin())
    assume(np.sort(weights)[-1] > np.sort(weights)[-2] and np.sort(weights)[0] < np.sort(weights)[1])
    rows = (dict(zip(names, ratios[best], strict=True)), dict(zip(names, ratios[:, worst], strict=True)))
    for model in ("nonlinear", "linear"):
        found = tp.weighting.best_worst_weights(*rows, model=model)
        assert found.overall.to_numpy() == pytest.approx(weights, abs=1e-6)
        assert found.consistency["xi"].iloc[0] == pytest.approx(0, abs=1e-6)


@QUICK
@given(st.lists(judged(least=4, most=4), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_consensus_is_a_share_and_knows_no_order(tables, random):
    p = priorities(tables)
    found = tp.weighting.shannon_consensus(p)
    assert 0 <= found <= 1
    experts, criteria = list(range(len(p))), list(range(4))
    random.shuffle(experts)
    random.shuffle(criteria)
    assert tp.weighting.shannon_consensus(p[experts][:, criteria]) == pytest.approx(found, abs=1e-9)
    assert tp.weighting.shannon_consensus(p[[0, 0]]) == pytest.approx(1)
