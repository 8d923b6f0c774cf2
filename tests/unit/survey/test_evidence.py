"""The survey beside the scores of a criterion, and as its score."""

import pandas as pd
import pytest

import techprio as tp
from techprio.inputs.study import read_study


@pytest.fixture(scope="module")
def catalog():
    return read_study("lai-chau").catalog


def test_evidence_stands_beside_the_score_and_maps_nothing(assessment, catalog):
    table = tp.survey.tabulate_evidence(assessment, catalog, "W3")
    assert set(table["technology"]) == set(catalog.technologies.index)
    assert table["mapped"].isna().all()
    mining = table[table["sector"] == "MIN"]
    assert mining.groupby("technology")["instrument"].nunique().eq(2).all()
    cross = table[table["sector"] == "CRS"]
    assert cross["total"].isna().all()
    assert (cross["instrument"] == "").all()
    given = catalog.scores.query("criterion == 'W3'").set_index("technology")["value"]
    assert (table.set_index("technology")["score"].astype(float) == given.reindex(table["technology"])).all()


def test_capability_is_the_share_of_the_named_groups(assessment, catalog):
    table = tp.survey.tabulate_evidence(assessment, catalog, "W3", groups=("R", "I"))
    energy = table[table["sector"] == "ENE"].iloc[0]
    means = assessment.groups.query("sector == 'ENE' and group in ['R', 'I']")["mean"]
    assert energy["capability"] == pytest.approx(means.sum() / (17 + 14))


def test_a_mapping_gives_scores_linear_in_between(assessment, catalog):
    mapping = {"circular17": {0: 1, 100: 5}}
    table = tp.survey.tabulate_evidence(assessment, catalog, "W3", mapping=mapping)
    inside = table[table["instrument"] == "circular17"]
    assert (inside["mapped"] - (1 + inside["total"] * 4 / 100)).abs().max() < 1e-12
    assert table.loc[table["instrument"] == "circular17-extension", "mapped"].isna().all()

    fed = tp.survey.score_from_survey(assessment, catalog, "W3", mapping=mapping)
    new = fed.scores.query("criterion == 'W3'").set_index("technology")
    old = catalog.scores.query("criterion == 'W3'").set_index("technology")
    sector = catalog.technologies["sector"].reindex(new.index)
    processing = assessment.sectors.query("instrument == 'circular17' and sector == 'PRO'")["total"].iloc[0]
    assert new.loc[sector == "PRO", "value"].tolist() == pytest.approx(
        [1 + processing / 25] * int((sector == "PRO").sum())
    )
    assert (new["low"] <= new["value"]).all()
    assert (new["value"] <= new["high"]).all()
    pd.testing.assert_frame_equal(new[sector == "TOU"], old[sector == "TOU"])
    others = fed.scores["criterion"] != "W3"
    pd.testing.assert_frame_equal(fed.scores[others], catalog.scores[others])


def test_two_instruments_in_a_sector_need_a_choice(assessment, catalog):
    mapping = {name: {0: 1, 100: 5} for name in assessment.instrument.ids}
    with pytest.raises(tp.InputError, match="never averaged"):
        tp.survey.score_from_survey(assessment, catalog, "W3", mapping=mapping)
    chosen = {"AGR": "circular17-extension", "MIN": "circular17"}
    fed = tp.survey.score_from_survey(assessment, catalog, "W3", mapping=mapping, instruments=chosen)
    farms = assessment.sectors.query("sector == 'AGR' and extension")["total"].iloc[0]
    rows = fed.scores.query("criterion == 'W3'").set_index("technology")["value"]
    assert rows["AGR01"] == pytest.approx(1 + farms / 25)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"criterion": "W9"}, "criterion: found 'W9'"),
        ({"groups": ("Z",)}, "unknown groups Z"),
        ({"mapping": {"circular18": {0: 1, 100: 5}}}, "mapping: found 'circular18'"),
        ({"mapping": {"circular17": {10: 1, 100: 5}}}, "must reach from 0 to 100"),
        ({"mapping": {"circular17": {0: 1, 100: 6}}}, "leaves the scale of W3"),
        ({"mapping": {"circular17": {0: 5, 100: 1}}}, "never be a worse score"),
    ],
)
def test_bad_requests(options, words, assessment, catalog):
    with pytest.raises(tp.InputError, match=words):
        tp.survey.tabulate_evidence(assessment, catalog, **{"criterion": "W3", **options})
