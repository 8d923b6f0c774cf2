"""What a panel states together: its pooled comparisons."""

import pytest

import techprio as tp

SAID = {
    "e1": {("a", "b"): 3, ("b", "c"): 2},
    "e2": {("a", "b"): 2, ("b", "c"): 4},
    "e3": {("a", "b"): 4, ("b", "c"): 1},
}


def test_pooled_comparisons_are_geometric_means():
    weights = tp.ahp(tp.weighting.judgments_from_matrices(SAID))
    pooled = tp.weighting.pooled_comparisons(weights)["goal"]
    assert pooled.loc["a", "b"] == pytest.approx(24 ** (1 / 3))
    assert pooled.loc["b", "a"] == pytest.approx(24 ** (-1 / 3))
    assert (pooled * pooled.T).to_numpy() == pytest.approx(1.0)
    by_priorities = tp.ahp(tp.weighting.judgments_from_matrices(SAID), aggregate="priorities")
    ratio = by_priorities.overall["a"] / by_priorities.overall["b"]
    assert tp.weighting.pooled_comparisons(by_priorities)["goal"].loc["a", "b"] == pytest.approx(ratio)
    with pytest.raises(tp.InputError, match="pooled"):
        tp.weighting.pooled_comparisons(tp.ahp({("a", "b"): 2}))
