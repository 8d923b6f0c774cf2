"""The tables of a panel."""

from pathlib import Path

import pytest

import techprio as tp

LAI_CHAU = Path(__file__).parents[3] / "catalogs" / "lai-chau"


def test_overview_of_lai_chau_names_whom_to_ask_and_about_what():
    judgments = tp.read_study(LAI_CHAU).judgments
    found = tp.weighting.overview_tables(judgments, language="vi")
    assert found["weights"]["overall"].sum() == pytest.approx(1)
    assert found["weights"]["name"].iloc[0] == judgments.labels["F1"].vi
    assert set(judgments.groups) <= set(found["weights"].columns)
    assert found["revise"]["expert"].unique().tolist() == ["e04", "e11"]
    assert any("e07 bỏ trống 2 " in note for note in found["notes"]["note"])
    assert found["clusters"]["group"].tolist() == [
        next(g for g, members in judgments.groups.items() if e in members) for e in judgments.experts
    ]


def test_overview_of_one_expert_has_no_consensus():
    found = tp.weighting.overview_tables(
        tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 19}}, largest=None), largest=None
    )
    assert "consensus" not in found
    assert found["revise"].empty
    assert found["weights"]["overall"].tolist() == pytest.approx([0.95, 0.05])
