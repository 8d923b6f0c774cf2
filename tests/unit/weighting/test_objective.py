"""Weights from the data: constants, directions, signs."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp

UP = dict.fromkeys(["c1", "c2", "c3"], "maximize")
TABLE = pd.DataFrame({"c1": [5, 5, 5], "c2": [1, 2, 3], "c3": [1, 1, 4]}, index=["A1", "A2", "A3"])
ALL = [
    lambda t, d: tp.weighting.entropy_weights(t, directions=d),
    lambda t, d: tp.weighting.entropy_weights(t, directions=d, scaling="minmax"),
    lambda t, d: tp.weighting.critic_weights(t, directions=d),
    lambda t, d: tp.weighting.merec_weights(t, directions=d),
    lambda t, d: tp.weighting.standard_deviation_weights(t, directions=d),
    lambda t, d: tp.weighting.standard_deviation_weights(t, directions=d, scaling="minmax"),
]


def test_constant_criterion_gets_exactly_no_entropy_weight():
    found = tp.weighting.entropy_weights(TABLE)
    assert found.overall.to_dict() == pytest.approx(
        {"c1": 0, "c2": 0.2740175421, "c3": 0.7259824579}, abs=1e-9
    )
    assert found.overall["c1"] == 0.0
    assert "c1" in str(found.notes[0])


@pytest.mark.parametrize("method", ALL)
def test_every_method_gives_a_constant_nothing_and_sums_to_one(method):
    found = method(TABLE, UP)
    assert found.overall["c1"] == 0.0
    assert (found.overall[["c2", "c3"]] > 0).all()
    assert found.overall.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", ALL)
def test_every_method_follows_the_names(method):
    moved = TABLE[["c3", "c1", "c2"]]
    assert method(moved, UP).overall[list(TABLE)].tolist() == pytest.approx(
        method(TABLE, UP).overall.tolist()
    )


@pytest.mark.parametrize("method", ALL)
def test_nothing_to_tell_apart_is_an_error(method):
    with pytest.raises(tp.InputError, match="same for all alternatives"):
        method(TABLE[["c1"]], {"c1": "maximize"})
    with pytest.raises(tp.InputError, match="at least two alternatives"):
        method(TABLE.iloc[:1], UP)


@pytest.mark.parametrize("method", ALL)
def test_a_lone_criterion_that_varies_takes_all(method):
    assert method(TABLE[["c1", "c2"]], {"c1": "maximize", "c2": "minimize"}).overall["c2"] == 1.0


def test_critic_applies_the_direction_first():
    # c3 runs against c2 only when one of them is a cost.
    table = pd.DataFrame({"c1": [1, 2, 3, 4.0], "c2": [1, 2, 3, 5.0], "c3": [4, 1, 2, 3.0]})
    values = table.to_numpy()
    scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    scaled[:, 1] = 1 - scaled[:, 1]
    information = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled.T)).sum(axis=0)
    found = tp.weighting.critic_weights(
        table, directions={"c1": "maximize", "c2": "minimize", "c3": "maximize"}
    )
    assert found.overall.tolist() == pytest.approx(information / information.sum())


def test_signs_that_a_method_cannot_take_are_named():
    with pytest.raises(tp.InputError, match="'A1', criterion 'c2'; found -1"):
        tp.weighting.entropy_weights(TABLE.assign(c2=[-1, 2, 3]))
    with pytest.raises(tp.InputError, match="'A2', criterion 'c3'; found 0; allowed: above 0"):
        tp.weighting.merec_weights(TABLE.assign(c3=[1, 0, 4]), directions=UP)
    assert (
        tp.weighting.entropy_weights(TABLE.assign(c2=[-1, 2, 3]), directions=UP, scaling="minmax").overall[
            "c2"
        ]
        > 0
    )


def test_directions_are_needed_where_they_matter():
    for method in (tp.weighting.critic_weights, tp.weighting.merec_weights):
        with pytest.raises(tp.InputError, match="no direction"):
            method(TABLE)
    with pytest.raises(tp.InputError, match="no direction"):
        tp.weighting.entropy_weights(TABLE, scaling="minmax")
    with pytest.raises(tp.InputError, match="did you mean minmax"):
        tp.weighting.entropy_weights(TABLE, scaling="minimax")


def test_a_decision_matrix_is_taken_as_it_is():
    matrix = tp.DecisionMatrix(TABLE, UP)
    assert tp.weighting.critic_weights(matrix).overall.equals(
        tp.weighting.critic_weights(TABLE, directions=UP).overall
    )


def test_uncorrelated_opposites_leave_no_difference():
    same = pd.DataFrame({"a": [1, 2, 3], "b": [1, 2, 3]})
    with pytest.raises(tp.InputError, match="no difference between the criteria"):
        tp.weighting.critic_weights(same, directions={"a": "maximize", "b": "maximize"})
