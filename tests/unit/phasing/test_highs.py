"""The solver writes nothing, whatever version of HiGHS it is made through."""

import numpy as np

from techprio.phasing.highs import solve_rows
from techprio.phasing.model import PhasingModel
from techprio.phasing.rows import build_rows


def test_a_solve_is_silent_and_the_same_again(capfd):
    model = PhasingModel(
        ids=("A", "B"),
        gain=np.array([[3.0, 2.0], [2.0, 1.0]]),
        earliest=np.array([0, 0]),
        latest=np.array([1, 1]),
        limits=(("budget", "local", 2027),),
        load=np.array([[[1.0, 0.0], [1.0, 0.0]]]),
        capacity=np.array([1.0]),
    )
    one, two = (solve_rows(build_rows(model)) for _ in range(2))
    assert one.objective == 4.0  # one of them in the first period, the other in the second
    assert np.array_equal(one.solution, two.solution)
    assert capfd.readouterr() == ("", "")
