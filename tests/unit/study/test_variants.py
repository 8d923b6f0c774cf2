"""A run under other weights and thresholds."""

from dataclasses import replace

import numpy as np
import pytest

import techprio as tp


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


def test_nothing_moved_changes_nothing(result):
    same = tp.what_if(result)
    assert (same.ranks()["moved"] == 0).all()
    assert same.role_changes().empty
    assert same.phase_changes().empty
    assert same.plan.value == result.plan.value


def test_shares_that_are_named_hold_and_the_others_keep_their_proportions(result):
    local = tp.what_if(result, {"root": {"M": 0.6}}, plan=False).weights.local["root"]
    before = result.weights.local["root"]
    assert local["M"] == pytest.approx(0.6)
    assert local.sum() == pytest.approx(1.0)
    assert local["F"] / local["I"] == pytest.approx(before["F"] / before["I"])


def test_a_whole_node_takes_any_unit(result):
    points = {"F": 30, "I": 20, "W": 10, "M": 40}
    percent = tp.what_if(result, {"root": points}, plan=False)
    share = tp.what_if(result, {"root": {name: n / 100 for name, n in points.items()}}, plan=False)
    assert np.allclose(percent.weights.overall, share.weights.overall)
    assert percent.weights.overall["M1"] == pytest.approx(0.4 * result.weights.local["M", "M1"])


def test_ranks_are_those_of_rank_under_the_weights(result):
    tried = tp.what_if(result, {"root": {"M": 0.6}}, plan=False)
    matrix = result.study.catalog.decision_matrix("LOG")
    expected = tp.rank(matrix, tried.weights, result.rankings["LOG"].method)
    found = tried.ranks("LOG").set_index("technology")["rank"]
    assert found.to_dict() == expected.ranks.to_dict()


def test_thresholds_move_lists_and_roles(result):
    tried = tp.what_if(result, top=5, roles=replace(result.study.roles, depth=5.0), plan=False)
    assert (tried.ranks()["priority"].groupby(tried.ranks()["sector"]).sum() >= 5).all()
    changes = tried.role_changes()
    assert not changes.empty
    assert set(changes["role_before"]) == {"core"}
    assert set(changes["role"]) == {"encouraged"}


def test_the_plan_follows_the_weights(result):
    tried = tp.what_if(result, {"root": {"M": 0.9}}, gap=0.05)
    assert not tried.phase_changes().empty
    assert {"phase", "phase_before"} <= set(tried.to_frame().columns)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"roof": {"M": 0.5}}, "root"),
        ({"root": {"N": 0.5}}, "child of 'root'; found 'N'"),
        ({"root": {"M": -0.1}}, "0 or more"),
        ({"root": {"M": float("nan")}}, "0 or more"),
        ({"root": {"M": "0.5"}}, "0 or more"),
        ({"root": {"M": 60}}, "name every child"),
        ({"root": {"F": 0, "I": 0, "W": 0, "M": 0}}, "above 0"),
    ],
)
def test_weights_that_cannot_be_used_are_named(result, shares, words):
    with pytest.raises(tp.InputError, match=words):
        tp.what_if(result, shares, plan=False)


def test_all_faults_come_at_once(result):
    with pytest.raises(tp.InputError) as caught:
        tp.what_if(result, {"roof": {"M": 0.5}, "root": {"M": -1.0}}, plan=False)
    assert "roof" in str(caught.value)
    assert "0 or more" in str(caught.value)


@pytest.mark.parametrize(
    ("top", "words"), [(0, "from 1 on"), (True, "a whole number"), (2.5, "a whole number")]
)
def test_a_list_has_at_least_one(result, top, words):
    with pytest.raises(tp.InputError, match=words):
        tp.what_if(result, top=top, plan=False)


def test_unknown_sector_is_named(result):
    with pytest.raises(tp.InputError, match="AGR"):
        tp.what_if(result, plan=False).ranks("AGX")
