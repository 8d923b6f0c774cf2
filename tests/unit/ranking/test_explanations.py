"""Explanation of a pair: parts add up, nothing better speaks against, sentences in both languages."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.language import Label
from techprio.model.explanation import shapley_parts
from techprio.ranking.methods import METHODS, make_method


def _ranking(method=None, n=3):
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(rng.uniform(1, 5, (4, n)), index=list("wxyz"), columns=[f"c{i}" for i in range(n)])
    scales = dict.fromkeys(frame.columns, tp.Scale("interval", worst=0, best=6))
    labels = {"w": Label("Cảng cạn", "Dry port"), "c0": Label("Chi phí", "Cost")}
    matrix = tp.DecisionMatrix(frame, dict.fromkeys(frame.columns, "maximize"), scales=scales, labels=labels)
    return tp.rank(matrix, np.full(n, 1 / n), method or tp.Topsis("reference"))


@pytest.mark.parametrize("name", [name for name, entry in METHODS.items() if entry.source == "own"])
def test_parts_add_up_to_the_difference(name):
    ranking = _ranking(make_method(name))
    explanation = ranking.explain("w", "y")
    assert explanation.adds_up
    np.testing.assert_allclose(explanation.table["part"].sum(), explanation.difference, atol=1e-12)
    assert ranking.ranks[explanation.ahead] <= ranking.ranks[explanation.behind]


def test_many_criteria_take_drawn_orders_and_still_add_up():
    explanation = _ranking(n=18).explain("w", "y")
    np.testing.assert_allclose(explanation.table["part"].sum(), explanation.difference, atol=1e-12)


def test_shapley_is_fair_on_a_game_done_by_hand():
    # v(1)=1, v(2)=2, v(12)=6: parts are 1 + (6-1-2)/2 and 2 + (6-1-2)/2.
    def value(rows):
        return rows[..., 0] + 2 * rows[..., 1] + 3 * rows[..., 0] * rows[..., 1]

    assert shapley_parts(value, np.ones(2), np.zeros(2)).tolist() == [2.5, 3.5]
    assert shapley_parts(value, np.ones(2), np.ones(2)).tolist() == [0, 0]


def test_a_better_value_never_speaks_against():
    ranking = _ranking()
    table = ranking.explain("w", "y").table
    gain = table["value_ahead"] - table["value_behind"]
    assert (np.sign(gain) == np.sign(table["part"])).all()


def test_the_sentence_names_technologies_and_criteria_in_both_languages():
    explanation = _ranking().explain("w", "y")
    assert "Dry port (w)" in explanation.say("en")
    assert "Cảng cạn (w)" in explanation.say("vi")
    assert {"Cost", "c1", "c2"} & set(explanation.say("en").replace(";", " ").replace(",", " ").split())


def test_equals_and_dominators_are_told_as_such():
    frame = pd.DataFrame({"a": [2.0, 2.0, 1.0]}, index=["x", "y", "z"])
    ranking = tp.rank(frame, [1.0], tp.WeightedSum(), directions=["maximize"])
    assert "share a rank" in ranking.explain("x", "y").say("en")
    assert "worse on nothing" in ranking.explain("z", "x").say("en")
    assert ranking.dominated().to_numpy().tolist() == [["x", "z"], ["y", "z"]]


def test_a_method_without_parts_shows_one_criterion_at_a_time():
    explanation = _ranking(make_method("edas")).explain("w", "y")
    assert not explanation.adds_up
    assert len(explanation.to_frame()) == 3


def test_unknown_and_equal_names_are_refused():
    with pytest.raises(tp.InputError, match="unknown alternative 'q'"):
        _ranking().explain("q", "w")
    with pytest.raises(tp.InputError, match="twice"):
        _ranking().explain("w", "w")


def test_contributions_add_up_to_the_score():
    for method in (tp.Topsis(), tp.WeightedSum(), tp.ranking.Promethee2()):
        ranking = _ranking(method)
        np.testing.assert_allclose(ranking.contributions().sum(axis=1), ranking.scores, atol=1e-12)
    with pytest.raises(tp.InputError, match="no contributions"):
        _ranking(tp.ranking.Vikor()).contributions()


def test_steps_are_labelled():
    steps = _ranking(tp.Topsis()).steps
    assert steps["weighted"].loc["w", "c0"] == pytest.approx(steps["normalized"].loc["w", "c0"] / 3)
    assert steps["ideal"].index.tolist() == ["c0", "c1", "c2"]
    assert steps["closeness"].index.tolist() == list("wxyz")
    with pytest.raises(tp.InputError, match="no steps"):
        _ranking(make_method("edas")).steps  # noqa: B018


def test_results_show_themselves_in_a_notebook():
    ranking = _ranking()
    assert "<table" in ranking._repr_html_()
    assert "<table" in ranking.explain("w", "y")._repr_html_()
