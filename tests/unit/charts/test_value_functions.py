"""The chart of value functions: the curve, the straight line, the half of the worth."""

import numpy as np
import pytest
from matplotlib.figure import Figure

import techprio as tp


def _lines(ax):
    return {line.get_label(): line for line in ax.get_lines()}


def _height(line):
    """Worth of each point of a curve in the first row; the ends of the grid lines are 0 and 1."""
    grid = [one.get_ydata()[0] for one in line.axes.get_lines()[:2]]
    return (line.get_ydata() - grid[0]) / (grid[1] - grid[0])


def test_the_curve_is_that_of_the_scale():
    ax = tp.Scale("ratio", 10, 60, ideal=[30, 35]).plot(name="age", unit="years", language="en")
    worth = _lines(ax)["worth"]
    across, height = worth.get_xdata(), _height(worth)
    assert np.interp([0, 0.2, 0.4, 0.5, 0.75, 1], across, height) == pytest.approx([0, 0.5, 1, 1, 0.5, 0])
    straight = _height(_lines(ax)["straight line between the ends"])
    assert straight == pytest.approx(across)
    assert ax.get_yticklabels()[0].get_text() == "age\nhalf of the worth: 20; 47.5"


def test_under_a_logarithm_the_values_are_shown_as_measured():
    ax = tp.Scale("ratio", worst=1000, best=10, transform="log10").plot(language="vi")
    worth = _lines(ax)["giá trị quy đổi"]
    assert np.interp(90 / 990, worth.get_xdata(), _height(worth)) == pytest.approx(0.5, abs=1e-3)
    assert _height(worth)[[0, -1]] == pytest.approx([1, 0])
    assert "100" in ax.get_yticklabels()[0].get_text()


def test_criteria_without_a_straight_line_are_drawn_and_others_when_they_are_named(shipped_study):
    ax = Figure().subplots()
    assert shipped_study.criteria.plot_worth(ax, language="en") is ax
    assert [one.get_text().split()[0] for one in ax.get_yticklabels()] == ["F3", "M1", "M2"]
    named = shipped_study.criteria.plot_worth(criteria=["F2", "F3"], language="en")
    assert [one.get_text().split()[0] for one in named.get_yticklabels()] == ["F2", "F3"]


def test_what_has_no_curve_is_refused(shipped_study):
    with pytest.raises(tp.InputError, match=r"criteria: found 'F33'; allowed: F1, F2"):
        shipped_study.criteria.plot_worth(criteria=["F33"])
    straight = tp.CriteriaTree("", "root", [tp.model.Criterion("a", direction=max)])
    with pytest.raises(tp.InputError, match="no criterion with a transform or a value function"):
        straight.plot_worth()
