"""The opinions in a panel, what they agree on, and what hangs on one expert."""

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.scale import Scale
from techprio.weighting.consensus import consensus_band

CRITERIA = ("a", "b")


def study(strengths):
    """Make a study of four technologies and of experts who say how much more a counts than b."""
    names = ["S1", "S2", "S3", "S4"]
    scores = pd.DataFrame({"a": [9.0, 8.0, 1.0, 2.0], "b": [1.0, 8.5, 9.0, 2.0]}, index=names)
    tree = tp.CriteriaTree(
        "t", "goal", [tp.Criterion(c, direction="max", scale=Scale("interval", 0, 10)) for c in CRITERIA]
    )
    technologies = pd.DataFrame({"sector": "S", "name_en": names, "cost": 1.0}, index=names)
    catalog = tp.Catalog.from_frame(technologies, scores, tree, sectors={"S": "Sector"})
    said = {
        name: {("a", "b") if strength > 1 else ("b", "a"): max(strength, 1 / strength)}
        for name, strength in strengths.items()
    }
    panel = tp.weighting.judgments_from_matrices(said, groups={name: name[0] for name in said})
    ranking = {"method": "weighted_sum", "normalization": "reference", "top": 2}
    return tp.Study(catalog, weights=panel, ranking=ranking)


def test_opinions_are_found_and_what_all_agree_on():
    found = tp.robustness.panel_dissent(
        study({"f1": 7, "f2": 6, "f3": 8, "g1": 1 / 7, "g2": 1 / 8}), opinions=2
    )
    assert found.members.to_dict("records") == [
        {"opinion": 1, "group": "f", "experts": 3}, {"opinion": 2, "group": "g", "experts": 2}
    ]  # fmt: skip
    table = found.table.set_index("technology")
    # By hand, a counts .87 in the one and .12 in the other: S2 .81 and .84, S1 .80, S3 .80.
    assert table.loc["S2", ["1", "2"]].tolist() == [1, 1]
    assert table["whoever"].to_dict() == {"S1": False, "S2": True, "S3": False}
    assert "S4" not in table.index
    assert "1 technology is among the first 2" in str(found.tables()["opinions"].notes[0])


def test_leaving_one_out_names_the_group_and_what_changes():
    found = tp.robustness.panel_dissent(study({"f1": 5, "g1": 1 / 4}))
    assert found.left_out.to_dict("records") == [
        {"group": "f", "sector": "S", "came_in": ("S3",), "left": ("S1",), "experts": 1}
    ]
    assert not len(tp.robustness.panel_dissent(study({"f1": 5, "f2": 5, "f3": 6})).left_out)


def test_one_voice_or_no_panel_is_no_dissent(small_study):
    with pytest.raises(tp.InputError, match="at least two experts"):
        tp.robustness.panel_dissent(small_study)
    with pytest.raises(tp.InputError, match="opinions"):
        tp.robustness.panel_dissent(study({"f1": 5, "g1": 4}), opinions=0)


def test_an_agreement_of_weights_without_one_of_orders_is_not_called_high():
    assert consensus_band(0.762, 0.042) == "low"
    assert consensus_band(0.82, float("nan")) == "high"
    assert [consensus_band(0.9, w) for w in (0.29, 0.3, 0.5, 0.7)] == ["low", "moderate", "high", "very high"]
    assert consensus_band(0.2, 0.9) == "very low"


def test_the_distance_of_groups_is_the_weight_that_would_move():
    weights = tp.ahp(study({"f1": 3, "g1": 1 / 3}).judgments)
    overall = tp.weighting.panel_consensus(weights).by_node.set_index("node").loc["overall"]
    assert overall["group_distance"] == pytest.approx(0.5)  # .75 and .25 against .25 and .75
    alone = tp.weighting.panel_consensus(tp.ahp(study({"f1": 3, "f2": 3}).judgments)).by_node
    assert np.isnan(alone["group_distance"]).all()
