import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.method import MethodBase
from techprio.ranking.methods import METHODS, FunctionMethod, method_problems, resolve_method
from techprio.ranking.topsis import Topsis
from techprio.ranking.weighted_sum import WeightedSum

UP = {"a": "maximize", "b": "maximize"}


def _table():
    return pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 1.0]}, index=["x", "y", "z"])


def test_a_stranger_method_is_just_passed_in():
    def first_column(values, weights, signs):
        return values[..., 0]

    assert tp.rank(_table(), [0.5, 0.5], first_column, directions=UP).ranks["z"] == 1
    with pytest.raises(tp.InputError, match="shape"):
        tp.rank(_table(), [0.5, 0.5], lambda v, w, s: np.ones(9), directions=UP)
    with pytest.raises(tp.InputError, match="no finite score for x"):
        tp.rank(_table(), [0.5, 0.5], lambda v, w, s: np.array([np.nan, 1, 2]), directions=UP)


def test_methods_are_made_by_name():
    assert tp.ranking.make_method("weighted_sum", {"normalization": "max"}) == WeightedSum("max")
    with pytest.raises(tp.InputError, match="did you mean topsis"):
        tp.ranking.make_method("topsi")
    with pytest.raises(tp.InputError, match="no option"):
        tp.ranking.make_method("topsis", {"p": 2})
    with pytest.raises(tp.InputError, match="allowed"):
        tp.ranking.make_method("topsis", {"normalization": "foo"})


def test_reference_needs_declared_scales_and_names_the_criteria():
    with pytest.raises(tp.InputError, match="'a'"):
        tp.rank(_table(), [0.5, 0.5], Topsis("reference"), directions=UP)
    with pytest.raises(tp.InputError, match="scale"):
        Topsis("reference")(_table().to_numpy(), np.array([0.5, 0.5]), np.ones(2))


def test_a_scale_against_its_direction_is_refused():
    scales = {"a": tp.Scale("ratio", worst=5, best=0), "b": tp.Scale("ratio", worst=0, best=5)}
    matrix = tp.DecisionMatrix(_table(), UP, scales=scales)
    with pytest.raises(tp.InputError, match="contradict"):
        tp.rank(matrix, [0.5, 0.5], Topsis("reference"))


def test_a_name_stands_for_its_method_wherever_one_is_taken():
    by_name = tp.rank(_table(), [0.7, 0.3], "vikor", directions=UP)
    assert by_name.method == tp.ranking.Vikor()
    by_object = tp.rank(_table(), [0.7, 0.3], tp.ranking.Vikor(), directions=UP)
    pd.testing.assert_series_equal(by_name.scores, by_object.scores)
    assert resolve_method(None) == Topsis()
    with pytest.raises(tp.InputError, match="did you mean topsis"):
        tp.rank(_table(), [0.5, 0.5], "topsi", directions=UP)


@pytest.mark.parametrize(
    ("method", "cure"),
    [
        (Topsis, r"write Topsis\(\) with its brackets"),
        (3, "a name of METHODS"),
        ({"name": "topsis"}, "a method object"),
    ],
)
def test_what_is_no_method_names_the_cure(method, cure):
    with pytest.raises(tp.InputError, match=cure):
        tp.rank(_table(), [0.5, 0.5], method, directions=UP)


def test_a_stranger_with_half_of_the_members_is_not_half_used():
    class Half:
        def __call__(self, values, weights, signs):
            return values[..., 0]

        def bind(self, matrix):
            raise AssertionError("never reached")

    with pytest.raises(tp.InputError, match="MethodBase"):
        tp.rank(_table(), [0.5, 0.5], Half(), directions=UP)


def test_an_own_method_gets_the_defaults():
    class First(MethodBase):
        def __call__(self, values, weights, signs):
            return values[..., 0]

    ranking = tp.rank(_table(), [0.5, 0.5], First(), directions=UP)
    assert ranking.ranks["z"] == 1
    assert ranking.reversal_possible
    with pytest.raises(tp.InputError, match="no steps"):
        _ = ranking.steps
    assert not ranking.explain("z", "x").adds_up


def test_a_function_is_named_the_same_in_every_run():
    def worst(values, weights, signs):
        return values.min(axis=-1)

    assert "0x" not in repr(FunctionMethod(worst))
    assert repr(FunctionMethod(worst)).endswith("worst")


@pytest.mark.parametrize("name", list(METHODS))
def test_the_table_declares_the_options_that_the_method_has(name):
    defaults = {option.name: option.default for option in METHODS[name].options}
    made = tp.ranking.make_method(name, defaults)
    assert method_problems(name, defaults) == []
    if METHODS[name].source == "own":
        assert made == tp.ranking.make_method(name)
        fields = {f for f, spec in type(made).__dataclass_fields__.items() if spec.repr}
        assert fields == set(defaults)


def test_every_choice_of_the_table_can_be_made_and_nothing_else():
    for name, entry in METHODS.items():
        for option in entry.options:
            for choice in option.choices:
                assert tp.ranking.make_method(name, {option.name: choice})
            if option.choices:
                with pytest.raises(tp.InputError, match=option.choices[0]):
                    tp.ranking.make_method(name, {option.name: option.choices[0][:-1]})


def test_all_wrong_options_are_listed_at_once():
    with pytest.raises(tp.InputError) as caught:
        tp.ranking.make_method("weighted_sum", {"normalization": "refernce", "tpo": 3})
    assert len(caught.value.problems) == 2
    assert "did you mean reference?" in str(caught.value)
    assert "no option 'tpo'" in str(caught.value)
    assert "không có tùy chọn 'tpo'" in caught.value.render("vi")
