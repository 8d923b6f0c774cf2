"""SWOT by sector: what the survey shows, and what the analysts add."""

import pandas as pd
import pytest

import techprio as tp


def test_swot_merges_computed_and_written(assessment):
    words = pd.DataFrame(
        [("TOU", "O", "cửa khẩu mở"), ("TOU", "thách thức", "thiên tai"), ("ENE", "strength", "nhiều sông")],
        columns=["sector", "side", "text"],
    )
    table = tp.survey.swot_table(assessment, words)
    tourism = table[table["sector"] == "TOU"]
    assert tourism["side"].tolist() == ["strength"] * 2 + ["weakness"] * 2 + ["opportunity", "threat"]
    assert (tourism["origin"] == "analyst").tolist() == [False] * 4 + [True] * 2
    innovation = tourism.iloc[0]  # the largest difference of tourism: +8.1 points of a hundred in I
    assert "Innovation capability: 30.5% of the points, province 22.4%" in str(innovation["text"])
    assert "nhiều sông" in table.loc[table["sector"] == "ENE", "text"].tolist()


def test_swot_faults_all_at_once(assessment):
    words = pd.DataFrame([("TOO", "Q", ""), ("TOU", "O", "x")], columns=["sector", "side", "text"])
    with pytest.raises(tp.InputError) as caught:
        tp.survey.swot_table(assessment, words)
    for part in (
        "row 1, sector; found 'TOO'",
        "did you mean TOU",
        "row 1, side; found 'Q'",
        "row 1, text; found nothing",
    ):
        assert part in str(caught.value)
    with pytest.raises(tp.InputError, match="lacks text"):
        tp.survey.swot_table(assessment, words.drop(columns="text"))
