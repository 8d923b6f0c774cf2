import numpy as np

from techprio.ranking.order import sort_runs
from techprio.robustness.counting import count_block, empty_tally


def test_places_of_many_alternatives_are_counted_whatever_waits():
    rng = np.random.default_rng(2)
    whole, parts = rng.permuted(np.tile(np.arange(300.0), (50, 1)), axis=1), []
    index = np.zeros((300, 300))
    for scores in whole:
        index[np.arange(300), 299 - scores.astype(int)] += 1
    for size in (50, 7):
        tally = empty_tally((300, 2), ())
        for start in range(0, 50, size):
            part = whole[start : start + size]
            count_block(tally, sort_runs(part), np.ones((len(part), 2)))
        assert tally.waiting
        parts.append(tally)
        np.testing.assert_array_equal(tally.index, index)
    parts[0].add(parts[1])
    np.testing.assert_array_equal(parts[0].index, 2 * index)
