"""Agreement of a panel."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.weighting.consensus import consensus_band

LAI_CHAU = Path(__file__).parents[3] / "catalogs" / "lai-chau"


@pytest.fixture(scope="module")
def lai_chau():
    weights = tp.ahp(tp.read_study(LAI_CHAU).judgments)
    return weights, tp.weighting.panel_consensus(weights)


def test_every_node_and_the_whole_are_measured(lai_chau):
    _, found = lai_chau
    assert found.by_node["node"].tolist() == ["root", "F", "I", "W", "M", "overall"]
    assert (found.by_node["experts"] == 12).all()
    assert found.by_node["consensus"].between(0, 1).all()
    assert found.to_frame().equals(found.by_node)


def test_shannon_consensus_of_a_node_by_hand(lai_chau):
    weights, found = lai_chau
    p = weights.local_by_expert["I"].to_numpy()
    alpha = np.mean([-sum(x * np.log(x) for x in row) for row in p])
    mean = p.mean(axis=0)
    gamma = -sum(x * np.log(x) for x in mean)
    # Twelve experts, three criteria, scale to 9: alpha is least when one criterion has 9 of 11 parts.
    lowest = -(9 / 11) * np.log(9 / 11) - 2 * (1 / 11) * np.log(1 / 11)
    floor = np.exp(lowest) / 3
    expected = (np.exp(alpha - gamma) - floor) / (1 - floor)
    assert found.by_node.set_index("node").loc["I", "consensus"] == pytest.approx(expected)


def test_fewer_experts_than_criteria_can_differ_less():
    # Two experts behind two of four criteria with all the scale: no consensus at all.
    p = np.array([[9, 1, 1, 1], [1, 9, 1, 1]]) / 12
    assert tp.weighting.shannon_consensus(p) == pytest.approx(0, abs=1e-12)
    assert tp.weighting.shannon_consensus(p[[0, 0]]) == pytest.approx(1)
    free = np.eye(4)[:2]
    assert tp.weighting.shannon_consensus(free, largest=None) == pytest.approx(0, abs=1e-12)


def test_words_of_the_scale():
    words = [consensus_band(value) for value in (0.49, 0.5, 0.62, 0.7, 0.8, 0.875)]
    assert words == ["very low", "low", "low", "moderate", "high", "very high"]


def test_any_two_of_a_cluster_are_similar_enough(lai_chau):
    weights, found = lai_chau
    for members in found.clusters.groupby(found.clusters).groups.values():
        assert found.similarity.loc[members, members].to_numpy().min() >= 0.75
    assert found.clusters.iloc[0] == 1
    strict = tp.weighting.panel_consensus(weights, similar=0.999).clusters
    assert strict.nunique() == 12
    assert (tp.weighting.panel_consensus(weights, similar=0.01).clusters == 1).all()


def test_differences_name_the_criterion_with_the_largest_gap(lai_chau):
    weights, found = lai_chau
    first = found.differences.iloc[0]
    own = weights.local_by_expert.loc[first["expert"], first["node"]]
    gap = (own - weights.local[first["node"]]).abs()
    assert gap.idxmax() == first["criterion"]
    assert found.differences["similarity"].is_monotonic_increasing
    assert len(found.differences) == 12 * 5


def test_two_camps_are_two_clusters():
    one, other = {("a", "b"): 7, ("a", "c"): 7, ("b", "c"): 1}, {("c", "a"): 7, ("c", "b"): 7, ("a", "b"): 1}
    panel = tp.weighting.judgments_from_matrices({"e1": one, "e2": other, "e3": one, "e4": other})
    assert tp.weighting.panel_consensus(tp.ahp(panel)).clusters.tolist() == [1, 2, 1, 2]


def test_equal_opinions_have_no_order_to_agree_on():
    level = {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1}
    found = tp.weighting.panel_consensus(
        tp.ahp(tp.weighting.judgments_from_matrices({"e1": level, "e2": level}))
    ).by_node
    assert found["kendall_w"].isna().all()
    assert found["consensus"].tolist() == pytest.approx([1, 1])


def test_consensus_needs_a_panel():
    with pytest.raises(tp.InputError, match="at least two experts"):
        tp.weighting.panel_consensus(tp.given_weights({"a": 1}))
    with pytest.raises(tp.InputError, match="similar"):
        tp.weighting.panel_consensus(
            tp.ahp(tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 1}, "e2": {("a", "b"): 2}})),
            similar=0,
        )


def test_a_scale_turned_round_shows_in_the_correlation():
    scores = pd.DataFrame(
        {"E01": [5, 4, 3, 2, 1], "E02": [5, 5, 3, 2, 1], "E03": [4, 4, 3, 1, 1], "E04": [1, 2, 3, 4, 5]},
        index=["CN01", "CN02", "CN03", "CN04", "CN05"],
    ).T
    found = tp.weighting.correlate_with_others(scores)
    assert found["E04"] == pytest.approx(-1)
    assert (found.drop("E04") > 0).all()
    assert tp.weighting.correlate_with_others(scores.assign(CN06=3).iloc[:2] * 0 + 1).tolist() == [0, 0]
    with pytest.raises(tp.InputError, match="two judges"):
        tp.weighting.correlate_with_others(scores.iloc[:1])


def test_full_agreement_and_its_p_value():
    found = tp.weighting.kendall_w(np.tile([1.0, 2.0, 3.0, 4.0], (6, 1)))
    assert found.w == pytest.approx(1)
    assert found.p_value < 0.001


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ([[1, 2, 3]], "found 1 judges"),
        ([[1, 2], [1, None]], "allowed: a finite number"),
        ([[2, 2], [3, 3]], "no order to agree on"),
    ],
)
def test_ratings_that_cannot_be_used(ratings, words):
    with pytest.raises(tp.InputError, match=words):
        tp.weighting.kendall_w(ratings)


@pytest.mark.parametrize("p", [[[0.5, 0.5]], [[0.5, 0.6], [0.5, 0.5]], [[1.2, -0.2], [0.5, 0.5]]])
def test_priorities_that_are_no_shares(p):
    with pytest.raises(tp.InputError, match="priorities"):
        tp.weighting.shannon_consensus(p)


def test_nobody_answered_every_node():
    one, two = {"goal": {("x", "y"): 2}}, {"goal": {("x", "y"): 3}}
    panel = tp.weighting.judgments_from_matrices({"e1": {**one, "x": {("p", "q"): 2}}, "e2": two, "e3": two})
    found = tp.weighting.panel_consensus(tp.ahp(panel))
    assert found.by_node["node"].tolist() == ["goal"]
    assert found.clusters.to_dict() == {"e1": 1}
