"""The solver writes nothing, and what it returns is held against its own objective and rows."""

from dataclasses import replace

import numpy as np
import pytest

from techprio.errors import TechprioError
from techprio.phasing import highs
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import build_rows


@pytest.fixture
def model():
    return PhasingModel(
        ids=("A", "B"),
        gain=np.array([[3.0, 2.0], [2.0, 1.0]]),
        earliest=np.array([0, 0]),
        latest=np.array([1, 1]),
        limits=(("budget", "local", 2027),),
        load=np.array([[[1.0, 0.0], [1.0, 0.0]]]),
        capacity=np.array([1.0]),
    )


def test_a_solve_is_silent_and_the_same_again(capfd, model):
    one, two = (solve_rows(build_rows(model)) for _ in range(2))
    assert one.objective == 4.0  # one of them in the first period, the other in the second
    assert np.array_equal(one.solution, two.solution)
    assert capfd.readouterr() == ("", "")


def test_a_start_that_comes_back_beside_the_objective_of_the_optimum_is_solved_again(monkeypatch, model):
    """HiGHS 1.16.0 returned the start vector with the optimum's objective on a plan of 90 technologies."""
    rows, started, real = build_rows(model), [], highs._solve

    def mixed(rows, integer, cost, bounds, settings, start):
        started.append(start is not None)
        solved = real(rows, integer, cost, bounds, settings, start)
        return solved if start is None else replace(solved, solution=np.array(start))

    monkeypatch.setattr(highs, "_solve", mixed)
    solved = solve_rows(rows, start=np.zeros(len(rows.cost)))
    assert started == [True, False]
    assert rows.cost @ solved.solution == solved.objective == 4.0


def test_a_vector_that_breaks_a_row_is_not_passed_on(monkeypatch, model):
    rows, real = build_rows(model), highs._solve

    def broken(*arguments):
        solved = real(*arguments)
        everything = np.ones(len(rows.cost))
        return replace(solved, solution=everything, objective=float(rows.cost @ everything))

    monkeypatch.setattr(highs, "_solve", broken)
    with pytest.raises(TechprioError):
        solve_rows(rows)
