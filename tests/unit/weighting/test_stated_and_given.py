"""Weights that are given or stated: strict rules, exact values."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp


def _error(call, *args, **options):
    with pytest.raises(tp.InputError) as caught:
        call(*args, **options)
    return str(caught.value)


def test_percents_that_add_to_a_little_more_are_normalized_and_said():
    found = tp.given_weights({"Kinh tế": 33.3, "Xã hội": 33.5, "Môi trường": 33.6})
    expected = {"Kinh tế": 0.3316733068, "Xã hội": 0.3336653386, "Môi trường": 0.3346613546}
    assert found.overall.to_dict() == pytest.approx(expected, abs=1e-9)
    assert "100.4" in found.notes[0].render("en")
    assert "100,4" in found.notes[0].render("vi")


def test_an_exact_sum_needs_no_note():
    assert tp.given_weights({"a": 0.1, "b": 0.2, "c": 0.7}).notes == ()
    assert tp.given_weights({"a": 25, "b": 75}).overall.tolist() == [0.25, 0.75]
    assert tp.given_weights([0.5, 0.5], criteria=["a", "b"]).overall.to_dict() == {"a": 0.5, "b": 0.5}


@pytest.mark.parametrize("total", [0.985, 1.015, 98.5, 101.5, 2.0])
def test_a_sum_further_off_is_an_error(total):
    said = _error(tp.given_weights, {"a": total / 2, "b": total / 2})
    assert f"they sum to {total:g}" in said
    assert "normalize=True" in said


def test_raw_numbers_only_when_asked():
    found = tp.given_weights({"a": 2, "b": 3, "c": 5}, normalize=True)
    assert found.overall.tolist() == [0.2, 0.3, 0.5]
    assert found.notes == ()


def test_mixed_units_name_the_bare_figure_and_do_not_guess():
    said = _error(tp.given_weights, {"Kinh tế": "30%", "Xã hội": "25%", "Môi trường": 25, "Khả thi": "20%"})
    assert "'Môi trường'; found 25 without a unit" in said
    assert "did you mean 25%?" in said
    assert "'Khả thi'" not in said


def test_a_minus_weight_is_no_direction():
    said = _error(tp.given_weights, {"Kinh tế": 1.2, "Chi phí": -0.2})
    assert "'Chi phí'; found -0.2" in said
    assert "direction" in said


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"a": float("nan"), "b": 1}, "'a'; found nan"),
        ({"a": "much", "b": 1}, "found 'much'"),
        ({"a": 0, "b": 0}, "all are 0"),
        ({}, "no figures"),
        ({"a": 0.5, " a": 0.5}, "'a' named twice"),
        (pd.Series([0.5, 0.5], index=["a", "a"]), "'a' named twice"),
        ([0.5, 0.5], "figures without names"),
    ],
)
def test_figures_that_cannot_be_used(figures, words):
    assert words in _error(tp.given_weights, figures)


def test_doubled_names_of_a_sequence():
    assert "'a' named twice" in _error(tp.given_weights, [0.5, 0.5], criteria=["a", "a"])


def test_names_are_matched_however_they_were_typed():
    composed, decomposed = "Môi trường", "Mo\u0302i trươ\u0300ng "
    found = tp.weighting.combine_weights(
        tp.given_weights({composed: 0.5, "b": 0.5}), tp.given_weights({"b": 0.2, decomposed: 0.8})
    )
    assert found.overall.to_dict() == pytest.approx({composed: 0.8, "b": 0.2})


def test_trees_of_given_weights_tell_the_node_of_a_fault():
    assert "node 'x', weights; found they sum to 1.1" in _error(
        tp.weighting.given_tree_weights, {"goal": {"x": 1.0}, "x": {"a": 0.5, "b": 0.6}}
    )
    assert "no child" in _error(tp.weighting.given_tree_weights, {"goal": {"x": 1.0}, "z": {"a": 1.0}})
    assert "several nodes" in _error(
        tp.weighting.given_tree_weights, {"goal": {"x": 0.5, "y": 0.5}, "x": {"y": 1.0}}
    )
    assert "root first" in _error(tp.weighting.given_tree_weights, {"goal": {"x": 1.0}, "x": {"goal": 1.0}})
    assert "no node" in _error(tp.weighting.given_tree_weights, {})
    noted = tp.weighting.given_tree_weights({"goal": {"x": 0.5, "y": 0.504}, "x": {"a": 1}})
    assert str(noted.notes[0]).startswith("goal: the given weights sum to 1.004")
    assert noted.local["x", "a"] == 1.0


def test_shared_ranks_get_the_mean_of_their_places():
    place = tp.weighting.rank_order_centroid_weights(["p", "q", "r", "s"]).overall
    tied = tp.weighting.rank_order_centroid_weights({"a": 1, "b": 2, "c": 2, "d": 4}).overall
    assert tied["b"] == tied["c"] == pytest.approx((place["q"] + place["r"]) / 2)
    assert tied["a"] == pytest.approx(place["p"])
    dense = tp.weighting.rank_order_centroid_weights({"a": 1, "b": 2, "c": 2, "d": 3}).overall
    assert dense.to_dict() == pytest.approx(tied.to_dict())
    assert tp.weighting.rank_sum_weights(["a"]).overall.tolist() == [1.0]


def test_the_order_given_is_kept():
    assert list(tp.weighting.rank_reciprocal_weights({"late": 2, "first": 1}).overall.index) == [
        "late",
        "first",
    ]
    assert tp.weighting.rank_reciprocal_weights({"late": 2, "first": 1}).overall["first"] == pytest.approx(
        2 / 3
    )


@pytest.mark.parametrize(
    ("call", "figures", "words"),
    [
        (tp.weighting.swing_weights, {"a": 100, "b": -1}, "'b'; found -1"),
        (tp.weighting.swing_weights, {"a": 0, "b": 0}, "all are 0"),
        (tp.weighting.direct_rating_weights, {"a": None}, "'a'; found None"),
        (tp.weighting.rank_sum_weights, {"a": 0, "b": 1}, "'a'; found 0"),
        (tp.weighting.rank_sum_weights, ["a", "a"], "'a' named twice"),
        (tp.weighting.rank_sum_weights, "abc", "found the text 'abc'"),
        (tp.weighting.rank_sum_weights, [], "no figures"),
    ],
)
def test_statements_that_cannot_be_used(call, figures, words):
    assert words in _error(call, figures)


def test_combination_rules():
    said, seen = tp.given_weights({"a": 0.6, "b": 0.4}), tp.given_weights({"a": 0.2, "b": 0.8})
    linear = tp.weighting.combine_weights(said, seen, rule="linear", share=0.75)
    assert linear.overall["a"] == pytest.approx(0.75 * 0.6 + 0.25 * 0.2)
    product = tp.weighting.combine_weights(said, seen)
    assert product.overall["a"] == pytest.approx(0.12 / (0.12 + 0.32))
    assert tp.weighting.combine_weights(said, seen, share=1.0).overall["a"] == pytest.approx(0.36 / 0.52)
    assert "did you mean linear?" in _error(tp.weighting.combine_weights, said, seen, rule="linera")
    assert "share" in _error(tp.weighting.combine_weights, said, seen, share=2)
    one, other = tp.given_weights({"a": 1, "b": 0}), tp.given_weights({"a": 0, "b": 1})
    assert "rule='linear'" in _error(tp.weighting.combine_weights, one, other)
    assert "no weight for criterion" in _error(
        tp.weighting.combine_weights, said, tp.given_weights({"a": 0.5, "c": 0.5})
    )


def test_best_worst_input_faults():
    best, worst = {"a": 1, "b": 2, "c": 4}, {"a": 4, "b": 2, "c": 1}
    assert "'d' stands in one" in _error(tp.weighting.best_worst_weights, {**best, "d": 2}, worst)
    assert "found 4 in one row and 5" in _error(tp.weighting.best_worst_weights, best, {**worst, "a": 5})
    assert "no 1 against itself" in _error(
        tp.weighting.best_worst_weights, {"a": 2, "b": 3}, {"a": 3, "b": 1}
    )
    assert "'b'; found 0.5" in _error(tp.weighting.best_worst_weights, {**best, "b": 0.5}, worst)
    assert "did you mean linear?" in _error(tp.weighting.best_worst_weights, best, worst, model="lineal")


def _residual(weights, best, worst, to_others, to_worst):
    ratios = [abs(weights[best] / weights[j] - to_others[j]) for j in weights]
    return max([*ratios, *(abs(weights[j] / weights[worst] - to_worst[j]) for j in weights)])


def test_best_worst_nonlinear_is_the_least_xi():
    generator = np.random.default_rng(11)
    checked = 0
    for _ in range(60):
        n = int(generator.integers(3, 7))
        top = int(generator.integers(2, 10))
        others = [str(j) for j in range(1, n - 1)]
        to_others = {"0": 1, **{j: int(generator.integers(1, top + 1)) for j in others}, "w": top}
        to_worst = {"0": top, **{j: int(generator.integers(1, top + 1)) for j in others}, "w": 1}
        if any((to_others[j], to_worst[j]) in ((1, top), (top, 1)) for j in others):
            continue  # a second best or worst: the first of the equals is taken
        found = tp.weighting.best_worst_weights(to_others, to_worst)
        xi = found.consistency["xi"].iloc[0]
        residual = _residual(found.overall.to_dict(), "0", "w", to_others, to_worst)
        assert residual == pytest.approx(xi, abs=1e-9)
        checked += 1
        # The least ξ by bisection over linear programs, which knows nothing of the closed form.
        assert _feasible(to_others, to_worst, xi + 1e-6)
        assert xi < 1e-6 or not _feasible(to_others, to_worst, xi - 1e-6)
    assert checked > 30


def _feasible(to_others, to_worst, xi):
    from scipy.optimize import linprog

    names = list(to_others)
    rows = []
    for j, name in enumerate(names):
        for one, other, ratio in (
            (names.index("0"), j, to_others[name]),
            (j, names.index("w"), to_worst[name]),
        ):
            if one == other:
                continue
            for sign in (1, -1):
                row = np.zeros(len(names))
                row[one], row[other] = sign, -sign * ratio - xi
                rows.append(row)
    found = linprog(
        np.zeros(len(names)),
        A_ub=rows,
        b_ub=np.zeros(len(rows)),
        A_eq=[np.ones(len(names))],
        b_eq=[1],
        bounds=(1e-9, 1),
    )
    return found.status == 0


def test_best_worst_consistency_index_is_the_published_table():
    from techprio.weighting.best_worst import largest_xi

    # Rezaei 2015, Omega 53, table 1
    printed = [0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    assert [largest_xi(top) for top in range(1, 10)] == pytest.approx(printed, abs=0.005)


def test_best_worst_equal_and_alone():
    same = dict.fromkeys("abc", 1)
    assert tp.weighting.best_worst_weights(same, same).overall.tolist() == pytest.approx([1 / 3] * 3)
    assert tp.weighting.best_worst_weights({"a": 1}, {"a": 1}).overall.tolist() == [1.0]
    row = tp.weighting.best_worst_weights(same, same, model="linear").consistency.iloc[0]
    assert row["xi"] == pytest.approx(0, abs=1e-9)


def test_given_weights_must_name_the_criteria():
    found = tp.given_weights({"b": 0.7, "a": 0.3}, criteria=["a", "b"])
    assert found.overall.to_dict() == {"a": 0.3, "b": 0.7}
    tree = tp.CriteriaTree.from_frame(
        pd.DataFrame({"criterion": ["a", "b"], "direction": ["max", "min"], "label": ["Jobs", "Cost"]})
    )
    labelled = tp.given_weights([0.3, 0.7], criteria=tree)
    assert labelled.labels["a"].render("en") == "Jobs"
    assert "no weight for criterion 'c'" in _error(
        tp.given_weights, {"a": 0.3, "b": 0.7}, criteria=["a", "b", "c"]
    )


def test_orders_of_many_people_are_averaged_and_drawn():
    orders = pd.DataFrame(
        {"An": [1, 2, 3], "Binh": [2, 1, 3], "Chi": [1, 2, 2]}, index=["cost", "jobs", "risk"]
    )
    found = tp.weighting.rank_order_centroid_weights(orders)
    alone = [tp.weighting.rank_order_centroid_weights(orders[name]).overall for name in orders]
    assert found.overall.tolist() == pytest.approx(sum(alone).to_numpy() / 3)
    assert found.by_expert.loc["Binh"].tolist() == pytest.approx(alone[1].tolist())
    assert found.panel.draw(np.random.default_rng(1), 40).std(axis=0).min() > 0
    heavy = tp.weighting.rank_sum_weights(orders, votes={"An": 0, "Binh": 1, "Chi": 0})
    assert heavy.overall.tolist() == pytest.approx([2 / 6, 3 / 6, 1 / 6])
    with pytest.raises(tp.InputError, match="Chi"):
        tp.weighting.rank_sum_weights(orders, votes={"An": 1, "Binh": 1})
