import pandas as pd
import pytest

import techprio as tp
from techprio.ranking.validation import weight_shares

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
    shares, notes = weight_shares([2, 3], ["a", "b"], normalize=True)
    assert shares.to_dict() == {"a": 0.4, "b": 0.6}
    assert "5" in str(notes[0])


def test_a_sum_within_one_percent_is_normalized_and_said():
    shares, notes = weight_shares([50.2, 50.2], ["a", "b"])
    assert shares.tolist() == [0.5, 0.5]
    assert len(notes) == 1
    assert weight_shares([40, 60], ["a", "b"])[1] == ()


@pytest.mark.parametrize(
    ("directions", "named"),
    [
        (None, "directions are missing"),
        ({"a": "maximise", "b": "maximize"}, "did you mean maximize"),
        (["maximize"], "2 criteria"),
        ("maximize", "a direction for each of a, b"),
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


def test_what_is_no_table_or_no_weights_names_the_cure():
    with pytest.raises(tp.InputError, match="the order is: table, weights, method"):
        tp.rank({"a": 0.5, "b": 0.5}, _table(), directions=UP)
    with pytest.raises(tp.InputError, match=r"table\['weight'\]"):
        tp.rank(_table(), pd.DataFrame({"weight": [0.5, 0.5]}, index=["a", "b"]), directions=UP)
    with pytest.raises(tp.InputError, match="'a'; found True"):
        tp.rank(_table(), {"a": True, "b": 0}, directions=UP)
    matrix = tp.DecisionMatrix(_table(), UP)
    with pytest.raises(tp.InputError, match="leave the argument out"):
        tp.rank(matrix, [0.5, 0.5], directions=UP)


def test_a_tree_gives_directions_and_scales():
    scale = tp.Scale("ratio", worst=0, best=5)
    leaves = tuple(
        tp.Criterion(name, tp.Label(name, name), direction="maximize", scale=scale) for name in "ab"
    )
    tree = tp.CriteriaTree("t", "goal", leaves)
    ranking = tp.rank(_table(), [0.7, 0.3], tp.Topsis("reference"), directions=tree)
    assert ranking.matrix.scales == {"a": scale, "b": scale}
    with pytest.raises(tp.InputError, match="'b'"):
        tp.rank(_table()[["a"]], {"a": 0.7, "b": 0.3}, directions=tree)
