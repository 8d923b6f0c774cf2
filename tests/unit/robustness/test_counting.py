import numpy as np
import pytest

from techprio.ranking.order import sort_runs
from techprio.robustness.counting import count_block, empty_tally


@pytest.mark.parametrize("size", [50, 7])
def test_places_are_counted_whatever_the_size_of_a_part(size):
    rng = np.random.default_rng(2)
    whole = rng.permuted(np.tile(np.arange(300.0), (50, 1)), axis=1)
    index = np.zeros((300, 300))
    for scores in whole:
        index[np.arange(300), 299 - scores.astype(int)] += 1
    beside, inside = empty_tally((300, 2), ()), empty_tally((300, 2), ())
    for start in range(0, 50, size):
        rows = whole[start : start + size]
        for tally, part_of in ((beside, None), (inside, inside)):
            part = empty_tally((300, 2), (), part_of=part_of)
            count_block(part, sort_runs(rows), np.ones((len(rows), 2)))
            tally.add(part)
    for tally in (beside, inside):
        assert tally.draws == 50
        np.testing.assert_array_equal(tally.index, index)


@pytest.mark.parametrize("draws", [1, 7, 2_041, 5_000])
@pytest.mark.parametrize("levels", [3, 1_000_000])
def test_pairs_are_those_of_the_scores(draws, levels):
    scores = np.random.default_rng(draws).integers(levels, size=(draws, 5)) / levels
    tally = empty_tally((5, 1), ["pairwise"])
    count_block(tally, sort_runs(scores), np.ones((draws, 1)))
    first, second = scores[:, :, None], scores[:, None, :]
    np.testing.assert_array_equal(tally.pairs, (2 * (first > second) + (first == second)).sum(axis=0))
