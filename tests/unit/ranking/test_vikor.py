import numpy as np
import pandas as pd
import pytest

import techprio as tp


def test_vikor_checks_v_and_tells_its_compromise():
    with pytest.raises(tp.InputError, match="option v; found 2; allowed: a number from 0 to 1"):
        tp.ranking.Vikor(2)
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.5, 1.0]}, index=list("xyz"))
    ranking = tp.rank(frame, [0.5, 0.5], tp.ranking.Vikor(), directions=["maximize"] * 2)
    assert any("VIKOR" in str(note) for note in ranking.notes)


def test_vikor_with_an_unstable_first_proposes_two():
    # By Q the first is y, but x is first by S and z by R.
    from techprio.model.method import Step
    from techprio.ranking.vikor import find_compromise

    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0]}, index=list("xyz"))
    matrix = tp.DecisionMatrix(frame, {"a": "maximize"})
    steps = {
        "S": Step(np.array([0.1, 0.2, 0.9])),
        "R": Step(np.array([0.9, 0.2, 0.1])),
        "Q": Step(np.array([0.5, 0.0, 0.9])),
    }
    found = find_compromise(steps, matrix)
    assert found.members == ("y", "x")
    assert found.acceptable_advantage
    assert not found.acceptable_stability
