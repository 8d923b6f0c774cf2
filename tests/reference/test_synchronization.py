"""The synchronization coefficient of four sectors, as a department published it."""

import json
from pathlib import Path

import pandas as pd
import pytest

import techprio as tp

FACTS = json.loads(Path(__file__).with_name("phu_yen_sectors.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def instrument():
    return tp.inputs.read_instrument(ROOT / "criteria" / "circular17.yaml")


def test_the_instrument_has_the_published_maxima(instrument):
    assert instrument.maxima.to_dict() == FACTS["maxima"]


@pytest.mark.parametrize("row", FACTS["sectors"], ids=lambda row: row["sector"])
def test_coefficient_to_two_decimals(row, instrument):
    points = pd.Series({group: row[group] for group in FACTS["maxima"]})
    assert round(float(tp.survey.measure_synchronization(points, instrument)), 2) == row["published"]


@pytest.mark.parametrize("row", FACTS["sectors"], ids=lambda row: row["sector"])
def test_a_firm_with_the_sector_points_has_its_total_and_coefficient(row, instrument):
    firm = pd.DataFrame([{**row, "firm": "f", "year": 2016}])
    found = tp.assess_survey(firm, instrument).firms.iloc[0]
    assert found["total"] == row["total"]
    assert round(found["synchronization"], 2) == row["published"]
