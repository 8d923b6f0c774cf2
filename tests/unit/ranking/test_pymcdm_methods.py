import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import MethodRefusedError
from techprio.ranking.pymcdm_methods import ALLOWED, REFUSED


@pytest.mark.parametrize("name", list(REFUSED))
def test_known_wrong_methods_are_refused_with_the_reason(name):
    with pytest.raises(MethodRefusedError, match="refused"):
        tp.ranking.from_pymcdm(name)
    with pytest.raises(MethodRefusedError):
        tp.ranking.make_method(name)


def test_the_reasons_still_hold():
    # When pymcdm repairs one of them, this test says that the refusal can go.
    from pymcdm import methods

    dear, cheap = np.array([[5, 10.0], [5, 1], [5, 5]]), np.array([0.5, 0.5])
    scores = methods.COPRAS()(dear, cheap, np.array([1, -1]), validation=False)
    assert scores[0] == max(scores)
    lopm = methods.LoPM()
    table = np.array([[9.0, 9], [1, 1], [5, 5]])
    worst = lopm.rank(lopm(table, cheap, np.array([1, 1]), validation=False))
    assert worst[0] == 3


def test_unknown_names_and_options_are_named():
    with pytest.raises(tp.InputError, match="did you mean waspas"):
        tp.ranking.from_pymcdm("waspass")
    with pytest.raises(tp.InputError, match="kernel of our own"):
        tp.ranking.from_pymcdm("TOPSIS")
    with pytest.raises(tp.InputError, match="no option 'k'"):
        tp.ranking.make_method("waspas", {"k": 1})
    with pytest.raises(tp.InputError, match="no option 'l'"):
        tp.ranking.from_pymcdm("edas", l=0.5)
    with pytest.raises(tp.InputError, match="0 to 1"):
        tp.ranking.from_pymcdm("waspas", l=2)


@pytest.mark.parametrize("name", [n for n, known in ALLOWED.items() if known.positive])
def test_methods_that_divide_name_the_value_that_is_not_positive(name):
    frame = pd.DataFrame({"a": [1.0, 0.0], "b": [2.0, 3.0]}, index=["x", "y"])
    with pytest.raises(tp.InputError, match="'y', criterion 'a'"):
        tp.rank(frame, [0.5, 0.5], tp.ranking.from_pymcdm(name), directions=["maximize"] * 2)


def test_spotis_needs_scales_without_transform():
    frame = pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"])
    with pytest.raises(tp.InputError, match="'a'"):
        tp.rank(frame, [1.0], tp.ranking.from_pymcdm("spotis"), directions=["maximize"])
    scales = {"a": tp.Scale("ratio", worst=1, best=10, transform="log10")}
    with pytest.raises(tp.InputError, match="transform"):
        tp.rank(
            tp.DecisionMatrix(frame, {"a": "maximize"}, scales=scales),
            [1.0],
            tp.ranking.from_pymcdm("spotis"),
        )
