"""Groups, weights of experts and groups, silence at a node, and faults of statements."""

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.weighting.consistency import measure_consistency

NAMES = ["a", "b", "c"]
ONE = {("a", "b"): 2, ("a", "c"): 4, ("b", "c"): 2}
TWO = {("b", "a"): 3, ("c", "a"): 3, ("b", "c"): 1}
GROUPS = {"e1": "office", "e2": "office", "e3": "firms"}


@pytest.fixture
def panel():
    return tp.weighting.judgments_from_matrices({"e1": ONE, "e2": ONE, "e3": TWO}, GROUPS)


def _geometric(weights, shares):
    mean = np.exp(np.average(np.log(weights), axis=0, weights=shares))
    return mean / mean.sum()


# ONE and TWO are consistent, so the group's matrix is too and AIJ equals the geometric mean of priorities.
W1, W2 = np.array([4, 2, 1]) / 7, np.array([1, 3, 3]) / 7


def test_groups_first_then_across(panel):
    assert tp.ahp(panel).overall.tolist() == pytest.approx(_geometric([W1, W2], [1, 1]))
    assert tp.ahp(panel, groups="experts").overall.tolist() == pytest.approx(_geometric([W1, W2], [2, 1]))
    found = tp.ahp(panel, groups={"office": 3, "firms": 1})
    assert found.overall.tolist() == pytest.approx(_geometric([W1, W2], [3, 1]))


def test_weights_of_groups_and_experts_in_the_judgments(panel):
    weighted = replace(panel, group_weights={"office": 0.2, "firms": 0.8})
    assert tp.ahp(weighted).overall.tolist() == pytest.approx(_geometric([W1, W2], [0.2, 0.8]))
    mixed = tp.weighting.judgments_from_matrices({"e1": ONE, "e2": TWO})
    loud = replace(mixed, expert_weights={"e1": 3, "e2": 1})
    assert tp.ahp(loud).overall.tolist() == pytest.approx(_geometric([W1, W2], [3, 1]))
    mute = replace(mixed, expert_weights={"e1": 0, "e2": 1})
    assert tp.ahp(mute).overall.tolist() == pytest.approx(W2)


def test_priorities_by_geometric_and_arithmetic_mean(panel):
    assert tp.ahp(panel, aggregate="priorities").overall.tolist() == pytest.approx(
        _geometric([W1, W2], [1, 1])
    )
    found = tp.ahp(panel, aggregate="priorities_arithmetic")
    assert found.overall.tolist() == pytest.approx((W1 + W2) / 2)
    assert set(found.consistency["kind"]) == {"expert"}


def test_individuals_and_groups_stand_beside_the_panel(panel):
    found = tp.ahp(panel)
    assert found.by_expert.loc["e1"].tolist() == pytest.approx(W1)
    assert found.by_group.loc["office"].tolist() == pytest.approx(W1)
    assert found.by_group.loc["firms"].tolist() == pytest.approx(W2)
    assert found.group_of == GROUPS


def test_silence_at_a_node_takes_the_vote_there_only():
    tree = {"goal": {("x", "y"): 2}, "x": {("x1", "x2"): 3}}
    brief = {"goal": {("x", "y"): 8}}
    panel = tp.weighting.judgments_from_matrices({"e1": tree, "e2": brief})
    found = tp.ahp(panel)
    assert found.local["goal", "x"] == pytest.approx(4 / 5)
    assert found.local["x", "x1"] == pytest.approx(3 / 4)
    assert list(found.by_expert.index) == ["e1"]
    assert any("e2 said nothing at x" in str(note) for note in found.notes)
    draws = found.panel.draw(np.random.default_rng(1), 50)
    assert np.isfinite(draws).all()
    assert draws.sum(axis=1) == pytest.approx(np.ones(50))


def test_a_node_with_one_child_needs_no_comparison():
    table = pd.DataFrame(
        [("e1", "g", "goal", "x", "y", 3)],
        columns=["expert", "group", "node", "preferred", "other", "strength"],
    )
    found = tp.ahp(tp.Judgments(table, {"goal": ("x", "y"), "x": ("only",)}))
    assert found.overall.to_dict() == pytest.approx({"only": 0.75, "y": 0.25})


def test_leaves_at_any_level_and_deep_trees():
    tree = {"goal": {("x", "y"): 1}, "x": {("p", "q"): 1}, "p": {("p1", "p2"): 4}}
    found = tp.ahp(tree)
    assert found.overall.to_dict() == pytest.approx({"p1": 0.2, "p2": 0.05, "q": 0.25, "y": 0.5})
    frame = found.to_frame().set_index("criterion")
    assert frame.loc["p1", "node"] == "p"
    assert frame.loc["p1", "local"] == pytest.approx(0.8)


def test_a_panel_of_one_has_no_bootstrap_and_small_groups_are_told(panel):
    assert tp.ahp(ONE).panel is None
    notes = [str(note) for note in tp.ahp(panel).notes]
    assert "group firms has 1 members only; drawing from it understates the spread of opinion" in notes


def test_panel_can_be_sent_to_a_worker(panel):
    source = tp.ahp(panel).panel
    copy = pickle.loads(pickle.dumps(source))
    assert np.array_equal(copy.draw(np.random.default_rng(5), 20), source.draw(np.random.default_rng(5), 20))


def test_incomplete_with_and_without_redundancy():
    chain = np.full((4, 4), np.nan)
    np.fill_diagonal(chain, 1)
    for i in range(3):
        chain[i, i + 1], chain[i + 1, i] = 2, 1 / 2
    bare = measure_consistency(chain)
    assert bare.verdict == "not defined"
    assert (bare.lambda_max, bare.ci) == (pytest.approx(4.0, abs=1e-12), pytest.approx(0.0, abs=1e-12))
    assert np.isnan(bare.cr)
    chain[0, 3], chain[3, 0] = 8, 1 / 8
    assert measure_consistency(chain).cr == pytest.approx(0, abs=1e-9)
    chain[0, 3], chain[3, 0] = 1 / 2, 2
    # One loop of four whose product is 16: least squares leaves log(16) / 4 on each side.
    found = measure_consistency(chain)
    assert found.verdict == "look again"
    assert found.gci == pytest.approx(np.log(16) ** 2 / 4)


def test_twelve_criteria_from_a_bare_chain():
    chain = {(f"c{i:02d}", f"c{i + 1:02d}"): 2 for i in range(11)}
    expected = 2.0 ** -np.arange(12)
    assert tp.ahp(chain).overall.tolist() == pytest.approx(expected / expected.sum())


def _judgments(rows, **options):
    columns = ["expert", "group", "node", "preferred", "other", "strength"]
    return tp.Judgments(pd.DataFrame(rows, columns=columns), {"goal": ("a", "b", "c")}, **options)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            ("e1", "g", "gaol", "a", "b", 2),
            "'gaol'; allowed: goal; proposal: did you mean goal?",
        ),
        (("e1", "g", "goal", "a", "d", 2), "'d' is no child of 'goal'; allowed: a, b, c"),
        (("e1", "g", "goal", "a", "a", 2), "one item against itself"),
        (("e1", "g", "goal", "b", "a", 2), "already judged in statement 1"),
        (("e1", "g", "goal", "a", "c", 0), "found 0; allowed: a number of 1 or more"),
        (("e1", "g", "goal", "a", "c", 0.25), "name the other as preferred, with 4"),
        (("e1", "g", "goal", "a", "c", 19), "found 19; allowed: 1 to 9"),
        (("e1", "g", "goal", "a", "c", "many"), "found 'many'"),
        (("e1", "g", "goal", "a", "c", float("nan")), "no opinion is no row"),
        (("e1", "h", "goal", "a", "c", 2), "e1 stands in groups g, h"),
        (("e1", "", "goal", "a", "c", 2), "the group is blank"),
    ],
)
def test_statements_that_cannot_be_used(row, words):
    with pytest.raises(tp.InputError) as caught:
        tp.ahp(_judgments([("e1", "g", "goal", "a", "b", 2), row]))
    assert words in str(caught.value)


def test_every_fault_of_the_statements_is_told():
    rows = [("e1", "g", "goal", "a", "x", 0), ("e2", "g", "gaol", "a", "b", 2)]
    with pytest.raises(tp.InputError) as caught:
        tp.ahp(_judgments(rows, expert_weights={"e9": 1}, group_weights={"q": 1}))
    stated = ("'x' is no child", "found 0", "unknown node 'gaol'", "unknown expert 'e9'", "unknown group 'q'")
    for words in stated:
        assert words in str(caught.value)


def test_weights_that_silence_everybody():
    rows = [
        ("e1", "g", "goal", "a", "b", 2),
        ("e1", "g", "goal", "b", "c", 2),
        ("e2", "h", "goal", "a", "b", 2),
    ]
    rows.append(("e2", "h", "goal", "b", "c", 2))
    for options, words in (
        ({"group_weights": {"g": 0, "h": 0}}, "the weights of all groups are 0"),
        ({"group_weights": {"g": 1}}, "group 'h' has no weight"),
        ({"group_weights": {"g": 1, "h": 0}, "expert_weights": {"e1": 0, "e2": 1}}, "have weight 0"),
    ):
        with pytest.raises(tp.InputError, match=words):
            tp.ahp(_judgments(rows, **options))


@pytest.mark.parametrize(
    ("hierarchy", "words"),
    [
        ({}, "hierarchy; found nothing"),
        ({"goal": ("a", "b"), "a": ()}, "node 'a'; found no children"),
        ({"goal": ("a", "b"), "z": ("c", "d")}, "node 'z'; found hangs under no other node"),
        ({"goal": ("a", "b"), "a": ("b", "c")}, "node 'b'; found stands under goal, a"),
        ({"goal": ("a", "b"), "a": ("goal", "c")}, "root 'goal'; found stands under 'a'"),
        ({"goal": ("a", "b"), "a": ("c", "d")}, "node 'a'; found nobody compared c, d"),
    ],
)
def test_trees_that_cannot_be_used(hierarchy, words):
    table = pd.DataFrame(
        [("e1", "g", "goal", "a", "b", 2)],
        columns=["expert", "group", "node", "preferred", "other", "strength"],
    )
    with pytest.raises(tp.InputError, match=words):
        tp.ahp(tp.Judgments(table, hierarchy))


def test_statements_without_their_columns():
    with pytest.raises(tp.InputError, match="column 'strength' is missing"):
        tp.ahp(tp.Judgments(pd.DataFrame({"expert": ["e1"]}), {"goal": ("a", "b")}))


def test_experts_who_compare_other_names_or_have_no_group():
    with pytest.raises(tp.InputError, match="other experts compared a, b"):
        tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 2}, "e2": {("a", "c"): 2}})
    with pytest.raises(tp.InputError, match="'e2' has no group"):
        tp.weighting.judgments_from_matrices({"e1": ONE, "e2": TWO}, {"e1": "g"})


def _long(rows, columns=("expert", "group", "preferred", "other", "strength")):
    return pd.DataFrame(rows, columns=list(columns))


TREE_FRAME = pd.DataFrame(
    {
        "criterion": ["readiness", "cost", "jobs"],
        "parent": ["feasible", "feasible", "impact"],
        "direction": ["max", "min", "max"],
    }
)


def test_a_long_list_is_the_panel_of_its_matrices():
    rows = [
        ("e1", "g", "a", "b", 2),
        ("e1", "g", "b", "c", 3),
        ("e2", "h", "b", "a", 4),
        ("e2", "h", "c", "b", 2),
    ]
    found = tp.ahp(_long(rows))
    pairs = {"e1": {("a", "b"): 2, ("b", "c"): 3}, "e2": {("b", "a"): 4, ("c", "b"): 2}}
    same = tp.ahp(tp.weighting.judgments_from_matrices(pairs, {"e1": "g", "e2": "h"}))
    pd.testing.assert_series_equal(found.overall, same.overall)
    pd.testing.assert_frame_equal(found.by_group, same.by_group)
    alone = tp.ahp(_long([("a", "b", 3)], ("preferred", "other", "strength")))
    assert alone.overall.to_dict() == pytest.approx({"a": 0.75, "b": 0.25})


def test_a_long_list_under_a_tree_finds_its_nodes():
    tree = tp.CriteriaTree.from_frame(TREE_FRAME)
    rows = [("e1", "g", "feasible", "impact", 2), ("e1", "g", "readiness", "cost", 3)]
    found = tp.ahp(_long(rows), criteria=tree)
    assert found.overall.to_dict() == pytest.approx({"readiness": 0.5, "cost": 1 / 6, "jobs": 1 / 3})
    by_node = {"goal": {("feasible", "impact"): 2}, "feasible": {("readiness", "cost"): 3}}
    pd.testing.assert_series_equal(tp.ahp(by_node, criteria=tree).overall, found.overall)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("e1", "g", "feasible", "impact", 2)], "node 'feasible'; found nobody compared readiness, cost"),
        (
            [("e1", "g", "feasible", "impact", 2), ("e1", "g", "readiness", "jobs", 3)],
            "'jobs' is no child of",
        ),
        ([("e1", "g", "feasible", "impakt", 2)], "did you mean impact?"),
    ],
)
def test_judgments_must_fit_their_tree(rows, words):
    with pytest.raises(tp.InputError) as caught:
        tp.ahp(_long(rows), criteria=tp.CriteriaTree.from_frame(TREE_FRAME))
    assert words in str(caught.value)


def test_a_flat_table_compares_the_heads_of_its_tree():
    flat = TREE_FRAME.assign(parent="").iloc[:2]
    tree = tp.CriteriaTree.from_frame(flat, root="all")
    assert tp.ahp({("readiness", "cost"): 3}, criteria=tree).overall.tolist() == pytest.approx([0.75, 0.25])
    with pytest.raises(tp.InputError, match="column 'strength' is missing"):
        tp.ahp(_long([("a", "b")], ("preferred", "other")))


def test_faults_of_judgments_are_said_in_vietnamese_too():
    with pytest.raises(tp.InputError) as caught:
        tp.ahp(_judgments([("e1", "g", "goal", "a", "c", 19)]))
    assert "chuyên gia e1" in caught.value.render("vi")
    assert "gõ nhầm?" in caught.value.render("vi")
