"""What a plan by ranks says of soft limits that it passes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InfeasibleError
from techprio.phasing import overrun, priority_plan
from techprio.phasing.highs import Solved

VALUES = pd.Series({"A": 1.0})


def limits(resources, fund, **settings):
    return resources(
        funds=(fund(1, hard=False),), sector_minimum={"first": 1}, objective="priority", **settings
    )


@pytest.mark.parametrize(
    ("is_proved", "there", "absent"),
    [
        (True, "no plan keeps it", "the search stopped"),
        (False, "the search stopped before", "must be passed"),
    ],
)
def test_that_no_plan_keeps_a_limit_is_said_where_it_is_proved(
    is_proved, there, absent, catalog, resources, fund, monkeypatch
):
    """It was said also where the search for the least overrun had stopped."""
    seek = priority_plan.cap_soft_limits
    monkeypatch.setattr(
        priority_plan, "cap_soft_limits", lambda *a, **k: replace(seek(*a, **k), is_proved=is_proved)
    )
    plan = tp.plan_phases(catalog([("A", "s", 18, 6, 0)]), limits(resources, fund), VALUES)
    assert plan.priorities.overrun.values.tolist() == [["local", 2027, pytest.approx(16.0), is_proved]]
    said = str(plan.proofs()[0])
    assert there in said
    assert absent not in said


def test_a_search_that_found_no_plan_yet_is_no_proof_that_there_is_none(
    catalog, resources, fund, monkeypatch
):
    """It was told as hard limits that clash."""
    stopped = Solved(None, 0.0, 0.0, "stopped", "time", np.zeros(0))
    monkeypatch.setattr(overrun, "solve_rows", lambda *a, **k: stopped)
    with pytest.raises(InfeasibleError, match="before the search stopped"):
        tp.plan_phases(catalog([("A", "s", 18, 6, 0)]), limits(resources, fund), VALUES)
    decided = resources(funds=(fund(0),), sector_minimum={"first": 1})
    with pytest.raises(InfeasibleError, match="what the limits as they are allow") as caught:
        tp.plan_phases(catalog([("A", "s", 18, 6, 0)]), decided, VALUES)
    assert "alone open it" not in str(caught.value)
