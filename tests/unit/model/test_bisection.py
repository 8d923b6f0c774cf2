"""Answers to questions of bisection: what they say, which are refused."""

import numpy as np
import pytest

import techprio as tp
from techprio.model.bisection import bisected_points, mid_value
from techprio.model.scale import Scale, exponential


def test_bisection_finds_the_mid_value_of_exponential_answers():
    asked = np.array([0.25, 0.5, 0.75])
    shares = np.linspace(0, 1, 100_001)
    said = np.interp(asked, exponential(shares, 0.3), shares)
    answers = dict(zip(asked.tolist(), (1000 * said).tolist(), strict=True))
    assert mid_value(answers, worst=0, best=1000) == pytest.approx(300, abs=0.1)
    mirrored = {1 - worth: value for worth, value in answers.items()}
    assert mid_value(mirrored, worst=1000, best=0) == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize("answers", [{}, {0.5: 2000}, {1.0: 500}, {0.25: 600, 0.5: 300}])
def test_answers_that_contradict_themselves_are_refused(answers):
    with pytest.raises(tp.InputError, match="inside the scale"):
        mid_value(answers, worst=0, best=1000)


def test_the_points_of_a_panel_are_the_medians_of_its_values():
    days = Scale("ratio", 60, 0)
    panel = {"a": {0.25: 40, 0.5: 20, 0.75: 8}, "b": {0.25: 50, 0.5: 30, 0.75: 12}, "c": {0.5: 24}}
    assert bisected_points(panel, days) == {45: 0.25, 24: 0.5, 10: 0.75}
    assert Scale("ratio", 60, 0, points=bisected_points(panel, days)).share([24, 60, 0]).tolist() == [
        0.5,
        0,
        1,
    ]


def test_under_a_logarithm_two_experts_meet_at_the_geometric_mean_and_lines_are_straight_over_it():
    jobs = Scale("ratio", 1, 10_000, "log10")
    points = bisected_points({"a": {0.5: 10}, "b": {0.5: 1000}}, jobs)
    assert points == {100: 0.5}
    early = Scale("ratio", 1, 10_000, "log10", points=bisected_points({"a": {0.5: 10}}, jobs))
    assert early.share([10, 10**2.5]).tolist() == pytest.approx([0.5, 0.75])


def test_quarters_of_fewer_experts_that_fall_off_their_side_are_left_out():
    scale = Scale("ratio", 0, 100)
    panel = {"a": {0.25: 60, 0.5: 70, 0.75: 80}, "b": {0.5: 20}, "c": {0.5: 30}}
    assert bisected_points(panel, scale) == {30: 0.5}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({0.5: 0}, "without the ends"),
        ({0.5: 40, 0.25: 20}, "alone or with those"),
        ({0.25: 20, 0.75: 60}, "alone or with those"),
        ({0.25: 60, 0.5: 40, 0.75: 80}, "in this order from 0 to 100"),
        ({0.25: 40, 0.5: 40, 0.75: 80}, "in this order"),
        ({0.5: float("nan")}, "without the ends"),
    ],
)
def test_an_expert_who_contradicts_is_named(said, words):
    with pytest.raises(tp.InputError, match=words) as caught:
        bisected_points({"good": {0.5: 30}, "e7": said}, Scale("ratio", 0, 100))
    assert "e7" in str(caught.value)
    assert "good" not in str(caught.value)


def test_sorted_values_are_proposed():
    with pytest.raises(tp.InputError) as caught:
        bisected_points({"e7": {0.25: 60, 0.5: 40, 0.75: 80}}, Scale("ratio", 0, 100))
    assert "0.25: 40, 0.5: 60, 0.75: 80" in str(caught.value)


def test_an_ideal_scale_and_a_silent_panel_are_refused():
    for answers, scale in (
        ({"a": {0.5: 30}}, Scale("ratio", 0, 100, ideal=[40])),
        ({}, Scale("ratio", 0, 1)),
    ):
        with pytest.raises(tp.InputError, match="bisection"):
            bisected_points(answers, scale)
