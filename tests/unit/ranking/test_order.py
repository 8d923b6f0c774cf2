import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking.order import find_ties, multiples, sort_bounded_runs, sort_place_keys, sort_runs


def test_equal_scores_share_the_lower_number():
    assert tp.ranking.rank_scores([0.9, 0.5, 0.5, 0.1]).tolist() == [1, 2, 2, 4]


def test_noise_is_no_difference_and_a_real_difference_is():
    assert tp.ranking.rank_scores([0.5, 0.5 + 9e-10]).tolist() == [1, 1]
    assert tp.ranking.rank_scores([0.5, 0.5 + 2e-9]).tolist() == [2, 1]


def test_a_run_ends_at_the_tolerance_from_its_first():
    # 0, 0.8, 1.6 nanounits below the first: the chain does not creep on.
    top = 0.7
    assert tp.ranking.rank_scores([top, top - 8e-10, top - 1.6e-9]).tolist() == [1, 1, 3]


def test_other_scores_are_compared_relative_to_their_range():
    assert tp.ranking.rank_scores([1e6, 1e6 - 1e-4, 0.0]).tolist() == [1, 1, 3]
    assert tp.ranking.rank_scores([3.0, 3.0 + 4e-16]).tolist() == [1, 1]


def test_a_score_that_is_no_number_is_named():
    with pytest.raises(tp.InputError, match="'b'"):
        tp.ranking.rank_scores(pd.Series({"a": 1.0, "b": np.nan}))


def test_ties_are_listed_best_first():
    assert find_ties(pd.Series({"d": 3, "c": 3, "a": 1, "b": 1})) == (("a", "b"), ("c", "d"))


def test_batches_agree_with_one_at_a_time():
    rng = np.random.default_rng(5)
    scores = rng.integers(0, 4, (50, 6)) / 4.0
    runs = sort_runs(scores)
    for row, order, starts in zip(scores, runs.order, runs.starts, strict=True):
        ranks = np.empty(6, dtype=int)
        ranks[order] = starts + 1
        assert ranks.tolist() == [1 + int((row > x).sum()) for x in row]


@pytest.mark.parametrize("levels", [3, 50, 10**6])
def test_the_quick_sort_finds_the_same_runs(levels):
    rng = np.random.default_rng(levels)
    scores = rng.integers(0, levels, (40, 17)) / levels
    scores[::2] += rng.choice([0.0, 4e-10], (20, 17))
    slow, quick = sort_runs(scores, bounded=True), sort_bounded_runs(scores)
    np.testing.assert_array_equal(slow.starts, quick.starts)
    np.testing.assert_array_equal(slow.tied, quick.tied)
    ranks = [np.take_along_axis(r.starts, np.argsort(r.order, axis=1), axis=1) for r in (slow, quick)]
    np.testing.assert_array_equal(ranks[0], ranks[1])


def test_the_quick_sort_takes_what_is_out_of_its_reach_the_slow_way():
    scores = np.array([[3.0, -5.0, 0.1]])
    assert sort_bounded_runs(scores).order.tolist() == [[0, 2, 1]]
    assert sort_bounded_runs(np.array([[0.5]])).order.tolist() == [[0]]
    assert sort_bounded_runs(np.array([[-1.0, 1.0]])).order.tolist() == [[1, 0]]


@pytest.mark.parametrize("normalization", ["vector", "minmax"])
def test_squared_distances_give_the_runs_of_the_closeness(normalization):
    rng = np.random.default_rng(8)
    values = rng.uniform(1, 9, (12, 4))
    # Twins, noise below the tolerance, and differences on both sides of it; two criteria that never differ.
    values[6:9] = values[:3] * (1 + np.array([[0.0], [1e-12], [3e-9]]))
    values[9:] = values[3:6] * (1 + 10 ** rng.uniform(-9.5, -8, (3, 4)))
    values[:, 2:] = 5.0
    weights = rng.dirichlet(np.ones(4), 300)
    weights[::50] = [0.0, 0.0, 0.5, 0.5]
    method, signs = tp.Topsis(normalization), np.array([1.0, -1.0, 1.0, 1.0])
    scores = method.prepared(values, signs)(weights)
    wanted = sort_bounded_runs(scores)
    assert wanted.tied.sum() > 50
    many = np.repeat(values[None], len(weights), axis=0)
    for some in (weights, weights[1:50]):
        for given in (values, many[: len(some)]):
            keys = method.place_keys(given, signs)(some)
            exact = method.prepared(values, signs)(some)
            runs, wanted = (
                sort_place_keys(keys, lambda rows, exact=exact: exact[rows]),
                sort_bounded_runs(exact),
            )
            for found, right in zip(runs, wanted, strict=True):
                np.testing.assert_array_equal(found, right)


def test_a_method_made_from_another_one_is_sorted_by_its_own_scores():
    class Turned(tp.Topsis):
        def __call__(self, values, weights, signs):
            return 1.0 - super().__call__(values, weights, signs)

    assert Turned().place_keys(np.ones((2, 2)), np.ones(2)) is None


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("draws", [1, 3, 2_000, 2_001])
@pytest.mark.parametrize("alternatives", [1, 63, 64, 300])
def test_rows_to_add_are_the_same_kept_as_a_table_or_spread(step, draws, alternatives):
    table = np.broadcast_to(multiples(step, draws, alternatives), (draws, alternatives))
    assert (table == np.arange(alternatives) * step).all()
