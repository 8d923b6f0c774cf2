import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.language import Label
from techprio.ranking.shares import effective_shares
from techprio.ranking.topsis import Topsis
from techprio.ranking.validation import usable_weights
from techprio.ranking.weighted_sum import WeightedSum

UP = {"a": "maximize", "b": "maximize"}


def _table():
    return pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 1.0]}, index=["x", "y", "z"])


def test_weights_are_matched_by_name():
    weights = pd.Series({"b": 0.9, "a": 0.1})
    assert tp.rank(_table(), weights, directions=UP).ranks["x"] == 1


@pytest.mark.parametrize(
    ("weights", "named"),
    [
        ({"a": 0.5, "c": 0.5}, "'b'"),
        ({"a": -0.5, "b": 1.5}, "'a'"),
        ({"a": float("nan"), "b": 1.0}, "'a'"),
        ([0.5, 0.3, 0.2], "2 criteria"),
        ([2, 3], "normalize=True"),
        ([0.0, 0.0], "all weights are 0"),
        ("equal", "equal"),
        (["x", "y"], "numbers"),
    ],
)
def test_bad_weights_are_named(weights, named):
    with pytest.raises(tp.InputError, match=named):
        tp.rank(_table(), weights, directions=UP)


def test_raw_weights_need_a_word():
    shares, notes = usable_weights([2, 3], ["a", "b"], normalize=True)
    assert shares.to_dict() == {"a": 0.4, "b": 0.6}
    assert "5" in str(notes[0])


def test_a_sum_within_one_percent_is_normalized_and_said():
    shares, notes = usable_weights([50.2, 50.2], ["a", "b"])
    assert shares.tolist() == [0.5, 0.5]
    assert len(notes) == 1
    assert usable_weights([40, 60], ["a", "b"])[1] == ()


@pytest.mark.parametrize(
    ("directions", "named"),
    [
        (None, "directions are missing"),
        ({"a": "maximise", "b": "maximize"}, "did you mean maximize"),
        (["maximize"], "2 criteria"),
        ("maximize", "2 criteria"),
    ],
)
def test_bad_directions_are_named(directions, named):
    with pytest.raises(tp.InputError, match=named):
        tp.rank(_table(), [0.5, 0.5], directions=directions)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), "high"])
def test_a_bad_cell_names_technology_and_criterion(bad):
    table = _table().astype(object)
    table.loc["y", "b"] = bad
    with pytest.raises(tp.InputError, match="'y', criterion 'b'"):
        tp.rank(table, [0.5, 0.5], directions=UP)


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


def test_gates_list_what_they_keep_out_with_the_reason_in_both_languages():
    gates = [tp.Gate("a", at_least=2, reason=Label("chưa sẵn sàng", "not ready")), tp.Gate("b", at_most=2)]
    ranking = tp.rank(_table(), [0.5, 0.5], directions=UP, gates=gates)
    assert ranking.scores.index.tolist() == ["y", "z"]
    assert list(ranking.screened) == ["x"]
    english = ranking.screened["x"].render("en")
    assert "at least 2" in english
    assert "not ready" in english
    assert "at most 2" in english
    assert "chưa sẵn sàng" in ranking.screened["x"].render("vi")


def test_gates_that_leave_nothing_or_name_nothing_are_refused():
    with pytest.raises(tp.InputError, match="leave nothing"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, gates=[tp.Gate("a", at_least=9)])
    with pytest.raises(tp.InputError, match="unknown criterion"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, gates=[tp.Gate("q", at_least=9)])
    with pytest.raises(tp.InputError, match="no limit"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, gates=[tp.Gate("a")])


def test_reversal_is_stated():
    assert tp.rank(_table(), [0.5, 0.5], directions=UP).reversal_possible
    scales = dict.fromkeys("ab", tp.Scale("ratio", worst=0, best=5))
    fixed = tp.rank(tp.DecisionMatrix(_table(), UP, scales=scales), [0.5, 0.5], Topsis("reference"))
    assert not fixed.reversal_possible
    assert "cannot swap" in fixed.notes[-1].render("en")
    assert "không thể" in fixed.notes[-1].render("vi")


def test_leaving_a_criterion_out_scales_the_others_up():
    ranking = tp.rank(_table(), {"a": 0.2, "b": 0.8}, directions=UP, leave_out=["b"])
    assert ranking.weights.to_dict() == {"a": 1.0}
    assert ranking.ranks["z"] == 1
    with pytest.raises(tp.InputError, match="unknown criterion"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, leave_out=["q"])
    with pytest.raises(tp.InputError, match="every criterion"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, leave_out=["a", "b"])


def test_a_stranger_method_is_just_passed_in():
    def first_column(values, weights, signs):
        return values[..., 0]

    assert tp.rank(_table(), [0.5, 0.5], first_column, directions=UP).ranks["z"] == 1
    with pytest.raises(tp.InputError, match="shape"):
        tp.rank(_table(), [0.5, 0.5], lambda v, w, s: np.ones(9), directions=UP)
    with pytest.raises(tp.InputError, match="no finite score for x"):
        tp.rank(_table(), [0.5, 0.5], lambda v, w, s: np.array([np.nan, 1, 2]), directions=UP)
    with pytest.raises(tp.InputError, match="not a name"):
        tp.rank(_table(), [0.5, 0.5], "topsis", directions=UP)


@pytest.mark.parametrize("method", [Topsis(), Topsis("minmax"), WeightedSum()])
def test_one_alternative_and_equal_alternatives_are_no_crash(method):
    one = tp.rank(_table().iloc[:1], [0.5, 0.5], method, directions=UP)
    assert one.ranks.tolist() == [1]
    equal = tp.rank(_table().iloc[[0, 0]].set_axis(["p", "q"]), [0.5, 0.5], method, directions=UP)
    assert equal.ties == (("p", "q"),)


def test_methods_are_made_by_name():
    assert tp.ranking.make_method("weighted_sum", normalization="max") == WeightedSum("max")
    with pytest.raises(tp.InputError, match="did you mean topsis"):
        tp.ranking.make_method("topsi")
    with pytest.raises(tp.InputError, match="no option"):
        tp.ranking.make_method("topsis", p=2)
    with pytest.raises(tp.InputError, match="allowed"):
        tp.ranking.make_method("topsis", normalization="foo")


def test_effective_shares_square_the_weights():
    shares = effective_shares(pd.Series({"a": 0.5, "b": 0.25, "c": 0.25}), {"A": ["a"], "B": ["b", "c"]})
    assert shares.loc["A"].round(6).tolist() == [0.5, round(0.25 / 0.375, 6)]
