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


RATIOS = [n for n, known in ALLOWED.items() if known.ratios]


@pytest.mark.parametrize("name", RATIOS)
def test_zero_is_refused_only_where_the_formula_divides_by_it(name):
    frame = pd.DataFrame({"a": [1.0, 0.0, 4.0], "b": [2.0, 3.0, 1.0]}, index=["x", "y", "z"])
    method = tp.ranking.from_pymcdm(name)
    gain = tp.rank(frame, [0.5, 0.5], method, directions=["max", "max"]).scores
    assert gain["z"] > gain["y"]
    if ALLOWED[name].ratios == "costs":
        with pytest.raises(tp.InputError, match="'y', criterion 'a'; found 0; allowed: above 0"):
            tp.rank(frame, [0.5, 0.5], method, directions=["min", "max"])
    else:
        assert tp.rank(frame, [0.5, 0.5], method, directions=["min", "max"]).scores.notna().all()


@pytest.mark.parametrize("name", RATIOS)
@pytest.mark.parametrize(
    ("column", "found"), [([1.0, -1.0], "'y', criterion 'a'; found -1"), ([0.0, 0.0], "0 everywhere")]
)
def test_ratios_refuse_what_is_below_zero_and_columns_of_zeros(name, column, found):
    frame = pd.DataFrame({"a": column, "b": [2.0, 3.0]}, index=["x", "y"])
    with pytest.raises(tp.InputError, match=found):
        tp.rank(frame, [0.5, 0.5], tp.ranking.from_pymcdm(name), directions=["maximize"] * 2)


def test_gains_of_zero_do_not_change_what_pymcdm_gives_near_zero():
    near = pd.DataFrame({"a": [1.0, 1e-13, 4.0], "b": [2.0, 3.0, 1.0]}, index=["x", "y", "z"])
    for name in RATIOS:
        method, ways = tp.ranking.from_pymcdm(name), ["max", "min"]
        scores = [tp.rank(t, [0.5, 0.5], method, directions=ways).scores for t in (near, near.round(3))]
        assert scores[1].to_numpy() == pytest.approx(scores[0].to_numpy(), abs=1e-6), name


def test_spotis_needs_scales_and_takes_their_transforms():
    frame = pd.DataFrame({"a": [1.0, 2.0]}, index=["x", "y"])
    with pytest.raises(tp.InputError, match="'a'"):
        tp.rank(frame, [1.0], tp.ranking.from_pymcdm("spotis"), directions=["maximize"])
    scales = {"a": tp.Scale("ratio", worst=1, best=10, transform="log10")}
    matrix = tp.DecisionMatrix(frame, {"a": "maximize"}, scales=scales)
    scores = tp.rank(matrix, [1.0], tp.ranking.from_pymcdm("spotis")).scores
    # SPOTIS is a distance to the best of the scale: log10(1) is the whole scale away, log10(2) less by 0.301.
    assert scores.round(4).to_dict() == {"x": -1.0, "y": -0.699}
