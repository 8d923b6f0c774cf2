import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.ranking.promethee import Preference, as_preference


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Preference("usual"), [0, 0, 1, 1, 1, 1]),
        (Preference("u_shape", q=1), [0, 0, 0, 1, 1, 1]),
        (Preference("v_shape", p=4), [0, 0, 0.25, 0.5, 1, 1]),
        (Preference("level", q=1, p=4), [0, 0, 0, 0.5, 0.5, 1]),
        (Preference("linear", q=1, p=3), [0, 0, 0, 0.5, 1, 1]),
        (Preference("gaussian", s=2), [0, 0, *(1 - np.exp(-np.array([1, 4, 16, 36]) / 8))]),
    ],
)
def test_preference_functions_by_hand(function, expected):
    np.testing.assert_allclose(function(np.array([-2.0, 0, 1, 2, 4, 6])), expected, atol=1e-15)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"type": "gauss"}, "did you mean gaussian"),
        ({"type": "linear", "q": 2, "p": 1}, "above q"),
        ({"type": "gaussian"}, "s "),
        ({"type": "u_shape", "q": -1}, "q is -1"),
        ({"type": "usual", "r": 1}, "type, q, p, s"),
    ],
)
def test_bad_preference_functions_are_named(options, named):
    with pytest.raises(tp.InputError, match=named):
        as_preference(options)


def test_promethee_takes_functions_by_criterion():
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [5.0, 1.0, 3.0]})
    options = {"b": {"type": "v_shape", "p": 4}}
    ranking = tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2(options), directions=["maximize"] * 2)
    # a: usual, flows -1, 0, 1; b: differences over 4, flows (4+2)/8, (-4-2)/8, 0.
    np.testing.assert_allclose(ranking.scores, [-0.125, -0.375, 0.5])
    with pytest.raises(tp.InputError, match="unknown criterion 'q'"):
        tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2({"q": "usual"}), directions=["maximize"] * 2)
    with pytest.raises(tp.InputError, match="as many"):
        tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2(["usual"]), directions=["maximize"] * 2)
