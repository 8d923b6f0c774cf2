import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking.order import find_ties, sort_bounded_runs, sort_runs


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
