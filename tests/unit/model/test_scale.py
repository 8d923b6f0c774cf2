"""Scales with transforms and value functions: what worth they give, what they refuse."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.scale import curvature


def test_the_exponential_function_is_that_of_kirkwood():
    for middle in (0.1, 0.25, 0.4, 0.6, 0.9):
        rho = 1 / curvature(middle)  # Kirkwood (1997), equation 4.2, with the range as unit
        assert (1 - np.exp(-middle / rho)) / (1 - np.exp(-1 / rho)) == pytest.approx(0.5)
    assert curvature(0.75) == pytest.approx(-curvature(0.25))


def test_worth_is_half_at_the_middle_and_saturates_before_it():
    scale = tp.Scale("ratio", 0, 1000, middle=200)
    worth = scale.share(np.linspace(0, 1000, 101))
    assert scale.share([0, 200, 1000]) == pytest.approx([0, 0.5, 1])
    assert (np.diff(worth) > 0).all()
    assert (np.diff(worth, 2) < 0).all()
    cost = tp.Scale("ratio", 1000, 1, "log10", middle=100)
    assert cost.share([1000, 100, 1]) == pytest.approx([0, 0.5, 1])


def test_points_are_joined_by_straight_lines_after_the_transform():
    plain = tp.Scale("ratio", 0, 10, points={2: 0.8})
    assert plain.share([0, 1, 2, 6, 10]) == pytest.approx([0, 0.4, 0.8, 0.9, 1])
    logs = tp.Scale("ratio", 1, 1000, "log10", points={10: 0.8})
    assert logs.share([1, 10**0.5, 10, 100, 1000]) == pytest.approx([0, 0.4, 0.8, 0.9, 1])
    minimized = tp.Scale("ratio", 10, 0, points={2: 1})
    assert minimized.share([10, 6, 2, 0]) == pytest.approx([0, 0.5, 1, 1])


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"ideal": [5, 70]}, "ideal; found 70; allowed: values from 0 to 10"),
        ({"ideal": [7, 5]}, "the first and the last"),
        ({"ideal": [5], "middle": 3}, "one of ideal, points and middle"),
        ({"points": {12: 1}}, "points; found 12"),
        ({"points": {5: 1.4}}, "points of 5; found 1.4; allowed: a number from 0 to 1"),
        ({"middle": 10}, "middle; found 10"),
        ({"middle": float("inf")}, "middle; found inf; allowed: a finite number"),
        ({"middle": 0.01}, "away from both ends"),
    ],
)
def test_what_a_scale_cannot_do_is_refused(options, fault):
    with pytest.raises(tp.InputError, match="the scale cannot be used") as caught:
        tp.Scale("ratio", 0, 10, **options)
    assert fault in str(caught.value)


VALUES = pd.DataFrame({"a": [1.0, 10.0, 1000.0], "b": [3.0, 2.0, 1.0]}, index=list("XYZ"))
SCALES = {"a": tp.Scale("ratio", 1, 1000, "log10")}


def test_by_worth_moves_values_and_spreads_and_turns_the_direction():
    scales = {"a": tp.Scale("ratio", 1000, 1, "log10")}
    matrix = tp.DecisionMatrix(
        VALUES,
        {"a": "min", "b": "max"},
        scales=scales,
        low=VALUES.clip(upper=100),
        high=VALUES,
        units={"a": "t"},
    ).by_worth()
    assert matrix.directions == {"a": "maximize", "b": "maximize"}
    assert matrix.values["a"].tolist() == pytest.approx([1, 2 / 3, 0])
    assert matrix.low["a"].tolist() == pytest.approx([1, 2 / 3, 0])
    assert matrix.high["a"].tolist() == pytest.approx([1, 2 / 3, 1 / 3])
    assert matrix.values["b"].tolist() == VALUES["b"].tolist()


@pytest.mark.parametrize("wrong", [1e155, -1e155, np.inf, 1e155 + 2j])
@pytest.mark.parametrize("part", ["values", "low", "high"])
def test_numbers_out_of_all_range_are_named(part, wrong):
    tables = {"values": VALUES, "low": VALUES.copy(), "high": VALUES.copy()}
    bad = tables[part].astype(complex if isinstance(wrong, complex) else float)
    bad.loc["Y", "a"] = wrong
    with pytest.raises(tp.InputError, match="criterion 'a'"):
        tp.DecisionMatrix(directions=["max", "max"], **(tables | {part: bad}))


def test_spreads_off_the_scale_are_named():
    low = VALUES.copy()
    low.loc["X", "a"] = 0.5
    with pytest.raises(tp.InputError, match=r"'X', criterion 'a', low; found 0\.5; allowed: 1 to"):
        tp.DecisionMatrix(VALUES, ["max", "max"], scales=SCALES, low=low)
