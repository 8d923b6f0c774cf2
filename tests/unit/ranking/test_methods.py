import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.errors import MethodRefusedError
from techprio.ranking.preferences import Preference, as_preference
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
        tp.ranking.from_pymcdm("waspas", k=1)


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


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Preference("usual"), [0, 0, 1, 1, 1, 1]),
        (Preference("u_shape", q=1), [0, 0, 0, 1, 1, 1]),
        (Preference("v_shape", p=4), [0, 0, 0.25, 0.5, 1, 1]),
        (Preference("level", q=1, p=4), [0, 0, 0, 0.5, 0.5, 1]),
        (Preference("linear", q=1, p=3), [0, 0, 0, 0.5, 1, 1]),
        (Preference("gaussian", s=2), [0, 0, *(1 - np.exp(-np.array([1, 4, 16, 36]) / 8))]),
    ],
)
def test_preference_functions_by_hand(function, expected):
    np.testing.assert_allclose(function(np.array([-2.0, 0, 1, 2, 4, 6])), expected, atol=1e-15)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"type": "gauss"}, "did you mean gaussian"),
        ({"type": "linear", "q": 2, "p": 1}, "above q"),
        ({"type": "gaussian"}, "s "),
        ({"type": "u_shape", "q": -1}, "q is -1"),
        ({"type": "usual", "r": 1}, "type, q, p, s"),
    ],
)
def test_bad_preference_functions_are_named(options, named):
    with pytest.raises(tp.InputError, match=named):
        as_preference(options)


def test_promethee_takes_functions_by_criterion():
    frame = pd.DataFrame({"a": [1.0, 2.0, 4.0], "b": [5.0, 1.0, 3.0]})
    options = {"b": {"type": "v_shape", "p": 4}}
    ranking = tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2(options), directions=["maximize"] * 2)
    # a: usual, flows -1, 0, 1; b: differences over 4, flows (4+2)/8, (-4-2)/8, 0.
    np.testing.assert_allclose(ranking.scores, [-0.125, -0.375, 0.5])
    with pytest.raises(tp.InputError, match="unknown criterion 'q'"):
        tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2({"q": "usual"}), directions=["maximize"] * 2)
    with pytest.raises(tp.InputError, match="as many"):
        tp.rank(frame, [0.5, 0.5], tp.ranking.Promethee2(["usual"]), directions=["maximize"] * 2)


def test_a_zero_gain_makes_the_product_zero_unless_its_weight_is_zero():
    values = np.array([[0.0, 2.0], [1.0, 1.0]])
    product = tp.ranking.WeightedProduct("max")
    assert product(values, np.array([0.5, 0.5]), np.ones(2)).tolist() == [0.0, 0.5**0.5]
    np.testing.assert_allclose(product(values, np.array([0.0, 1.0]), np.ones(2)), [1.0, 0.5])


def test_vikor_checks_v_and_tells_its_compromise():
    with pytest.raises(tp.InputError, match="v 2"):
        tp.ranking.Vikor(2)
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.5, 1.0]}, index=list("xyz"))
    ranking = tp.rank(frame, [0.5, 0.5], tp.ranking.Vikor(), directions=["maximize"] * 2)
    assert any("VIKOR" in str(note) for note in ranking.notes)


def test_vikor_with_an_unstable_first_proposes_two():
    # By Q the first is y, but x is first by S and z by R.
    from techprio.model.ranking import Step
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
