"""Weights are matched by name."""

import pandas as pd
import pytest

import techprio as tp


def test_order_follows_the_criteria_asked_for():
    found = tp.given_weights({"a": 0.2, "b": 0.8})
    assert found.aligned(["b", "a"]).tolist() == [0.8, 0.2]


@pytest.mark.parametrize(
    ("overall", "criteria", "words"),
    [
        ({"a": 0.5, "b": 0.5}, ["a"], "weight for unknown criterion 'b'"),
        ({"a": 1.0}, ["a", "b"], "no weight for criterion 'b'"),
        (pd.Series([0.5, 0.5], index=["a", "a"]), ["a"], "'a' stands twice"),
    ],
)
def test_names_that_do_not_match(overall, criteria, words):
    with pytest.raises(tp.InputError, match=words):
        tp.Weights(overall=pd.Series(overall)).aligned(criteria)
