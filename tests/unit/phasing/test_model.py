"""The model by itself: shapes, what a plan uses, and what it breaks."""

from dataclasses import replace

import numpy as np
import pytest

from techprio.errors import InputError
from techprio.phasing.highs import solve_rows
from techprio.phasing.model import Minimum, PhasingModel, Prerequisite
from techprio.phasing.rows import build_rows


def model(**changes):
    """Three technologies in two periods; each uses one of the two units a period has."""
    load = np.zeros((2, 3, 2))
    load[0, :, 0] = load[1, :, 1] = 1
    settings = {
        "ids": ("A", "B", "C"), "gain": np.array([[3.0, 2], [2, 1], [1, 1]]),
        "earliest": np.zeros(3, dtype=int), "latest": np.ones(3, dtype=int),
        "limits": (("use", 0), ("use", 1)), "load": load, "capacity": np.array([2.0, 1.0]),
    }  # fmt: skip
    return PhasingModel(**{**settings, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ids": ("A", "B")}, "one entry for each technology"),
        ({"load": np.zeros((1, 3, 2))}, "load must have shape"),
        ({"capacity": np.array([1.0, np.nan])}, "must be finite"),
        ({"gain": np.full((3, 2), np.inf)}, "must be finite"),
        ({"latest": np.full(3, 2)}, "windows must lie inside the 2 periods"),
        ({"earliest": np.full(3, -1)}, "windows must lie inside"),
    ],
)
def test_shapes_that_do_not_fit(changes, said):
    with pytest.raises(InputError, match=said):
        model(**changes)


def test_best_of_all_plans():
    rows = build_rows(model())
    solved = solve_rows(rows)
    assert solved.objective == pytest.approx(6.0)  # A and B at once, C after them
    assert rows.starts(solved.solution).tolist() == [0, 0, 1]
    assert rows.solution(np.array([0, 0, 1])).tolist() == solved.solution.tolist()


@pytest.mark.parametrize(
    ("changes", "starts", "broken"),
    [
        ({}, [0, 0, 0], ("use", 0)),
        ({"latest": np.array([0, 1, 1])}, [1, -1, -1], ("window", "A")),
        ({"prerequisites": (Prerequisite(1, ((0, 1),)),)}, [0, 0, -1], ("prerequisite", "B")),
        ({"prerequisites": (Prerequisite(1, ((0, 1),)),)}, [-1, 0, -1], ("prerequisite", "B")),
        ({"minima": (Minimum(("least", "s"), (0, 1), (0, 0), 2),)}, [0, 1, -1], ("least", "s")),
        ({"must": (2,)}, [0, 0, -1], ("must", "C")),
        ({"exclusive": ((0, 1),)}, [0, 0, -1], ("exclusive", "A", "B")),
        ({"bundles": ((0, 1),)}, [0, 1, -1], ("bundle", "A", "B")),
    ],
)
def test_what_a_plan_breaks_and_what_the_rows_then_cost(changes, starts, broken):
    one = model(**changes)
    assert one.violations(np.array(starts)) == [broken]
    rows = build_rows(one)
    solution = rows.solution(np.array(starts)) if broken[0] != "window" else None
    if solution is not None:
        value = rows.matrix @ solution
        assert ((value < rows.lower - 1e-9) | (value > rows.upper + 1e-9)).any()
    best = rows.starts(solve_rows(rows).solution)
    assert one.violations(best) == []


def test_nothing_can_start():
    nobody = model(latest=np.full(3, -1))
    assert solve_rows(build_rows(nobody)).objective == 0.0
    wanted = replace(nobody, must=(0,))
    assert solve_rows(build_rows(wanted)).status == "infeasible"


def test_a_start_that_is_passed_is_no_worse_than_the_answer():
    rows = build_rows(model())
    start = rows.solution(np.array([0, 1, -1]))
    assert solve_rows(rows, start=start, node_limit=1).objective >= 4.0


def test_a_start_before_its_window_breaks_no_prerequisite_that_is_not_there(random_model):
    """One without prerequisites was said to wait for one of them."""
    model = replace(random_model(0), prerequisites=(), earliest=np.ones(4, dtype=int))
    starts = np.array([0, -1, -1, -1])
    assert [name[0] for name in model.violations(starts) if name[0] in ("window", "prerequisite")] == [
        "window"
    ]
