"""The first k of each draw, held against a stable sort."""

import numpy as np
import pytest

from techprio.robustness.information import first_of


@pytest.mark.parametrize("top", [1, 3, 5, 6])
def test_equal_scores_are_taken_in_their_order(top):
    scores = np.random.default_rng(0).integers(0, 4, size=(500, 5)).astype(float)
    order = np.argsort(-scores, axis=1, kind="stable")[:, :top]
    expected = np.zeros(scores.shape, dtype=bool)
    np.put_along_axis(expected, order, True, axis=1)
    assert (first_of(scores, top) == expected).all()
