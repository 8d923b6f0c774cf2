import pandas as pd
import pytest

import techprio as tp
from techprio.language import Label
from techprio.ranking.topsis import Topsis
from techprio.ranking.weighted_sum import WeightedSum

UP = {"a": "maximize", "b": "maximize"}


def _table():
    return pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 2.0, 1.0]}, index=["x", "y", "z"])


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
    assert "không làm đổi thứ tự" in fixed.notes[-1].render("vi")


def test_leaving_a_criterion_out_scales_the_others_up():
    ranking = tp.rank(_table(), {"a": 0.2, "b": 0.8}, directions=UP, leave_out=["b"])
    assert ranking.weights.to_dict() == {"a": 1.0}
    assert ranking.ranks["z"] == 1
    with pytest.raises(tp.InputError, match="unknown criterion"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, leave_out=["q"])
    with pytest.raises(tp.InputError, match="every criterion"):
        tp.rank(_table(), [0.5, 0.5], directions=UP, leave_out=["a", "b"])


@pytest.mark.parametrize("method", [Topsis(), Topsis("minmax"), WeightedSum()])
def test_one_alternative_and_equal_alternatives_are_no_crash(method):
    one = tp.rank(_table().iloc[:1], [0.5, 0.5], method, directions=UP)
    assert one.ranks.tolist() == [1]
    equal = tp.rank(_table().iloc[[0, 0]].set_axis(["p", "q"]), [0.5, 0.5], method, directions=UP)
    assert equal.ties == (("p", "q"),)


def test_one_gate_may_stand_alone_and_a_dict_is_none():
    ranking = tp.rank(_table(), [0.5, 0.5], directions=UP, gates=tp.Gate("a", at_least=2))
    assert list(ranking.screened) == ["x"]
    for gates in ({"criterion": "a"}, [{"criterion": "a"}], "a"):
        with pytest.raises(tp.InputError, match="a Gate, or a sequence of Gate"):
            tp.rank(_table(), [0.5, 0.5], directions=UP, gates=gates)


def test_all_bad_gates_are_listed_at_once():
    with pytest.raises(tp.InputError) as caught:
        tp.rank(
            _table(), [0.5, 0.5], directions=UP, gates=[tp.Gate("q", at_least=1), tp.Gate("r", at_most=1)]
        )
    assert len(caught.value.problems) == 2
