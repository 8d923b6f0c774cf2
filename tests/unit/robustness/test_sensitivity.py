"""Sensitivity and agreement: crossings, intervals, tornado and reversal, checked by hand."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.robustness.agreement import borda
from techprio.robustness.one_weight import stability_intervals
from techprio.robustness.weight_change import changed_weights, members_of

TREE = {"root": ("A", "c"), "A": ("a", "b")}


def _ranking(method=None):
    frame = pd.DataFrame(
        {"a": [0.9, 0.2, 0.5], "b": [0.1, 0.8, 0.5], "c": [0.3, 0.4, 0.9]}, index=["x", "y", "z"]
    )
    scales = dict.fromkeys("abc", tp.Scale("interval", worst=0, best=1))
    matrix = tp.DecisionMatrix(
        frame, dict.fromkeys("abc", "maximize"), scales=scales, low=frame - 0.1, high=frame + 0.1
    )
    return tp.rank(matrix, [0.5, 0.3, 0.2], method or tp.WeightedSum("none"))


def test_members_of_heads_and_criteria():
    assert members_of("A", ["a", "b", "c"], TREE) == ["a", "b"]
    assert members_of("a", ["a", "b", "c"]) == ["a"]
    with pytest.raises(tp.InputError, match="cannot change"):
        members_of("root", ["a", "b", "c"], TREE)
    with pytest.raises(tp.InputError, match="did you mean"):
        members_of("roof", ["a", "b", "c"], TREE)


def test_changed_weights_keep_proportions():
    weights = pd.Series({"a": 0.5, "b": 0.3, "c": 0.2})
    np.testing.assert_allclose(changed_weights(weights, ["a", "b"], 0.4), [0.25, 0.15, 0.6])
    np.testing.assert_allclose(changed_weights(weights, ["a"], 0.3, others="equally"), [0.3, 0.4, 0.3])
    np.testing.assert_allclose(
        changed_weights(pd.Series({"a": 1.0, "b": 0.0, "c": 0.0}), ["a"], 0.5), [0.5, 0.25, 0.25]
    )
    with pytest.raises(tp.InputError, match="below 0"):
        changed_weights(weights, ["a"], 1.0, others="equally")
    with pytest.raises(tp.InputError, match="0 to 1"):
        changed_weights(weights, ["a"], 1.5)
    with pytest.raises(tp.InputError, match="in_proportion"):
        changed_weights(weights, ["a"], 0.5, others="some")


def test_crossings_of_a_weighted_sum_by_hand():
    # b and c stay 3 : 2. At weight t of a, with u = 1 - t: x = .9t + .18u, y = .2t + .64u, z = .5t + .66u.
    walk = tp.weight_sensitivity(_ranking(), "a")
    expected = {("y", "x"): 0.46 / 1.16, ("z", "x"): 0.48 / 0.88}
    found = {(row.below, row.above): row.weight for row in walk.crossings.itertuples()}
    assert found.keys() == expected.keys()
    for pair, at in expected.items():
        assert found[pair] == pytest.approx(at, abs=1e-12)
    # Today a = 0.5: z leads until x passes it; y is last from its crossing on.
    row = walk.to_frame().iloc[0]
    assert (row["leader_low"], row["leader_high"]) == pytest.approx((0.0, 0.48 / 0.88), abs=1e-12)


def test_root_found_crossings_are_ties():
    ranking = _ranking(tp.Topsis("reference"))
    walk = tp.weight_sensitivity(ranking, "A", hierarchy=TREE)
    assert len(walk.crossings)
    for row in walk.crossings.itertuples():
        weights = changed_weights(ranking.weights, ["a", "b"], row.weight)
        scores = tp.rank(ranking.matrix, weights, tp.Topsis("reference")).scores
        assert scores[row.below] == pytest.approx(scores[row.above], abs=1e-12)


def test_intervals_hold_inside_and_break_outside():
    ranking = _ranking(tp.Topsis("reference"))
    table = tp.weight_sensitivity(ranking, ["A", "a", "c"], hierarchy=TREE, top=2).to_frame()
    leader = ranking.to_frame()["alternative"][0]
    for row in table.itertuples():
        members = members_of(row.criterion, ["a", "b", "c"], TREE)
        for at, stays in (
            (row.leader_low - 1e-6, False),
            (row.leader_low + 1e-6, True),
            (row.leader_high - 1e-6, True),
        ):
            if 0 <= at <= 1:
                new = changed_weights(ranking.weights, members, at)
                assert (tp.rank(ranking.matrix, new, tp.Topsis("reference")).ranks[leader] == 1) == stays


def test_tornado_moves_weights_and_scores():
    result = tp.robustness.score_sensitivity(_ranking(), "x", spread=0.2)
    table = result.table.set_index(["kind", "input"])
    # Weight of a at 0.4: x = .9*.4 + .6*(.06+.12); the others keep 3 : 2.
    assert table.loc[("weight", "a"), "at_low"] == pytest.approx(0.9 * 0.4 + 0.6 * 0.18)
    assert table.loc[("score", "b"), "at_high"] == pytest.approx(result.base + 0.03)
    width = (result.table["at_high"] - result.table["at_low"]).abs()
    assert width.is_monotonic_decreasing
    with pytest.raises(tp.InputError, match="unknown alternative"):
        tp.robustness.score_sensitivity(_ranking(), "q")
    with pytest.raises(tp.InputError, match="spread"):
        tp.robustness.score_sensitivity(_ranking(), "x", spread=0)


def test_reversal_is_found_where_it_is_and_not_where_it_cannot_be():
    # The fourth candidate, no better than B on anything, swaps A and B under vector TOPSIS.
    frame = pd.DataFrame({"p": [2, 1, 1, 1.0], "q": [3, 5, 2, 1.0]}, index=list("ABCD"))
    swapped = {}
    for name, method in (("vector", tp.Topsis()), ("reference", tp.Topsis("reference"))):
        scales = dict.fromkeys("pq", tp.Scale("ratio", worst=0, best=10))
        matrix = tp.DecisionMatrix(frame, dict.fromkeys("pq", "maximize"), scales=scales)
        weights = [0.5, 0.5]
        ranking = tp.rank(matrix, weights, method)
        swapped[name] = tp.robustness.leave_one_out(ranking).set_index("alternative")
        assert tp.robustness.clone_test(ranking)["pairs"].tolist() == [3, 3, 3, 3]
    assert swapped["reference"]["swapped_pairs"].sum() == 0
    assert swapped["vector"].loc["D", "example"] == "A / B"
    assert swapped["vector"].loc["D", "leader_before"] == "B"
    assert swapped["vector"].loc["D", "leader_after"] == "A"


def test_leave_one_out_of_one_is_empty():
    assert tp.robustness.leave_one_out(
        tp.rank(pd.DataFrame({"a": [1.0]}), [1.0], directions=["maximize"])
    ).empty


def test_undefined_correlations_are_zero_and_never_nan():
    tied, ranked = pd.Series([1, 1, 1]), pd.Series([1, 2, 3])
    for coefficient in ("tau_b", "spearman", "weighted_spearman", "ws"):
        assert np.isfinite(tp.robustness.rank_correlation(tied, ranked, coefficient))
        assert tp.robustness.rank_correlation(tied, tied, coefficient) == 1.0
    assert tp.robustness.rank_correlation(tied, ranked) == 0.0
    assert tp.robustness.rank_correlation(ranked, ranked[::-1].set_axis([0, 1, 2])) == -1.0
    with pytest.raises(tp.InputError, match="same alternatives"):
        tp.robustness.rank_correlation(tied, pd.Series([1, 2]))
    with pytest.raises(tp.InputError, match="did you mean"):
        tp.robustness.rank_correlation(tied, ranked, "taub")
    with pytest.raises(tp.InputError, match="finite"):
        tp.robustness.rank_correlation(tied, pd.Series([1, 2, np.nan]))


def test_methods_are_compared_and_refusals_stated():
    matrix = _ranking().matrix
    compared = tp.compare_methods(matrix, [0.5, 0.3, 0.2])
    assert "topsis (reference)" in compared.ranks
    assert (compared.to_frame()["best"] <= compared.to_frame()["worst"]).all()
    assert compared.agreement.loc["vikor", "vikor"] == 1.0
    assert borda(compared.ranks).sum() == 3 * compared.ranks.shape[1]
    plain = tp.DecisionMatrix(matrix.values, matrix.directions)
    assert "topsis (reference)" in tp.compare_methods(plain, [0.5, 0.3, 0.2]).refused
    with pytest.raises(tp.InputError, match="no method"):
        tp.compare_methods(plain, [0.5, 0.3, 0.2], {"fixed": tp.Topsis("reference")})
    assert "<table" in compared._repr_html_()


def test_all_weights_are_moved_and_one_is_drawn():
    found = tp.weight_sensitivity(_ranking(), top=2)
    assert found.to_frame()["criterion"].tolist() == ["a", "b", "c"]
    assert set(found.crossings["criterion"]) <= {"a", "b", "c"}
    alone = tp.weight_sensitivity(_ranking(), "b", top=2)
    expected = found.crossings.query("criterion == 'b'").reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.crossings, expected)
    assert found.scores("b").equals(alone.scores())
    assert found == tp.weight_sensitivity(_ranking(), top=2)
    with pytest.raises(tp.InputError, match="allowed: a, b, c"):
        found.plot()
    assert "scores" not in found.to_dict()


@pytest.mark.parametrize("call", [tp.weight_sensitivity, tp.robustness.score_sensitivity])
def test_what_is_no_ranking_names_the_call_that_makes_one(call):
    with pytest.raises(tp.InputError, match=r"tp\.rank\(table, weights, method\)"):
        call(_ranking().matrix, "a")


def test_methods_are_compared_by_name_on_a_table():
    table = _ranking().matrix.values
    found = tp.compare_methods(table, [0.5, 0.3, 0.2], ["topsis", "vikor"], directions=["max"] * 3)
    assert list(found.rankings) == ["topsis", "vikor"]
    assert found.agreement.shape == (2, 2)
    with pytest.raises(tp.InputError, match="did you mean topsis"):
        tp.compare_methods(table, [0.5, 0.3, 0.2], ["topsi"], directions=["max"] * 3)
    with pytest.raises(tp.InputError, match="a sequence of names"):
        tp.compare_methods(table, [0.5, 0.3, 0.2], "topsis", directions=["max"] * 3)
    refused = tp.compare_methods(table, [0.5, 0.3, 0.2], directions=["max"] * 3).refused["topsis (reference)"]
    assert "no declared scale" in refused.render("en")
    assert "chưa khai báo thang" in refused.render("vi")


@pytest.mark.parametrize("top", [1, 2, 3])
def test_the_intervals_alone_are_those_of_the_whole_walk(top):
    """Pairs that decide neither the leader nor the first ones are left out, and nothing changes."""
    draw = np.random.default_rng(top)
    for method in (tp.WeightedSum("none"), tp.Topsis("vector")):
        table = pd.DataFrame(draw.uniform(1, 5, (7, 3)).round(1), columns=["a", "b", "c"])
        ranking = tp.rank(table, [0.5, 0.3, 0.2], method, directions=["max", "min", "max"])
        whole = tp.weight_sensitivity(ranking, ["A", "a", "c"], hierarchy=TREE, top=top)
        alone = stability_intervals(ranking, ["A", "a", "c"], hierarchy=TREE, top=top)
        pd.testing.assert_frame_equal(alone, whole.to_frame())
