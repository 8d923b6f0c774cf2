"""A start that HiGHS returns beside the objective of the optimum: the instance on which that was seen.

``highs_start_mismatch.npz`` is the integer programme of a prototype that does not share a line with the
library: the shipped study of Lai Châu (its data of November 2026) with soft limits as limits, the counts of
the first four ranks held at their maximum, and the question how many technologies of ranks 5 to 8 can be
operational by the end of 2030. HiGHS 1.16.0 answers 21 and hands back the start, which has one.
"""

from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from techprio.phasing.highs import _solve, solve_rows
from techprio.phasing.rows import Rows

INSTANCE = Path(__file__).parents[1] / "data" / "highs_start_mismatch.npz"
OPTIMUM = 21.0


@pytest.fixture(scope="module")
def instance():
    with np.load(INSTANCE) as stored:
        parts = dict(stored)
    count = len(parts["cost"])
    matrix = sparse.csr_matrix(
        (parts["data"], parts["indices"], parts["indptr"]), shape=(len(parts["upper"]), count)
    )
    rows = Rows(
        matrix=matrix,
        lower=np.full(matrix.shape[0], -np.inf),
        upper=parts["upper"],
        names=tuple(("row", row) for row in range(matrix.shape[0])),
        cost=parts["cost"],
        first=np.arange(count),
        width=np.ones(count, dtype=int),
        earliest=np.zeros(count, dtype=int),
    )
    return rows, parts["start"]


def test_the_vector_that_comes_back_is_worth_what_it_states(instance):
    rows, start = instance
    assert float(rows.cost @ start) == 1.0
    assert (rows.matrix @ start <= rows.upper + 1e-6).all()
    solved = solve_rows(rows, start=start)
    assert solved.objective == pytest.approx(OPTIMUM)
    assert float(rows.cost @ solved.solution) == pytest.approx(OPTIMUM)
    assert (rows.matrix @ solved.solution <= rows.upper + 1e-6).all()


def test_the_trap_is_there_in_the_release_it_was_seen_in(instance):
    """HiGHS 1.16.0 states the optimum beside the start; every other release gives what it states."""
    rows, start = instance
    settings = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-9, "time_limit": 60.0}
    solved = _solve(rows, True, rows.cost, None, settings, start)
    assert solved.objective == pytest.approx(OPTIMUM)
    worth = 1.0 if version("highspy") == "1.16.0" else OPTIMUM
    assert float(rows.cost @ solved.solution) == pytest.approx(worth)
