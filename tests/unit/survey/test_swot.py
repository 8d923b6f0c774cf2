"""SWOT by sector: what the survey shows, and what the analysts add."""

from dataclasses import replace

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
    assert tourism["side"].tolist() == ["strength"] + ["weakness"] * 2 + ["opportunity", "threat"]
    assert (tourism["origin"] == "analyst").tolist() == [False] * 3 + [True] * 2
    innovation = tourism.iloc[0]  # the largest difference of tourism: +8.1 points of a hundred in I
    assert "Innovation capability: 30.5% of the points, province 22.4%" in str(innovation["text"])
    assert "nhiều sông" in table.loc[table["sector"] == "ENE", "text"].tolist()


def test_swot_says_nothing_that_chance_explains_or_a_form_contradicts(assessment):
    table = tp.survey.swot_table(assessment)
    groups = assessment.groups
    told = groups[(groups["side"] != "") & groups["clear"].fillna(False).astype(bool)]
    assert 0 < len(table) <= len(told) < (groups["side"] != "").sum()
    assert table["clear"].all()
    turned = groups.copy()
    first = told.iloc[0]
    other = first.to_dict() | {
        "instrument": "another",
        "side": "weakness" if first["side"] == "strength" else "strength",
    }
    turned.loc[len(turned)] = other
    fewer = tp.survey.swot_table(replace(assessment, groups=turned))
    assert len(fewer) == len(table) - 1


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
