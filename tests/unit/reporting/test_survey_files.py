"""Files of a survey: the same bytes each time, none for a refused folder."""

import json
from pathlib import Path

import pandas as pd
import pytest

import techprio as tp
from techprio.reporting.survey_tables import write_survey

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def assessment():
    instrument = tp.inputs.read_instrument(ROOT / "criteria" / "circular17.yaml")
    return tp.assess_survey(
        tp.inputs.read_survey(ROOT / "catalogs" / "lai-chau" / "survey.csv", instrument), instrument
    )


def test_files_repeat_to_the_byte_and_hold_every_firm(assessment, tmp_path):
    tables = tp.survey.tabulate_survey(assessment, "en")
    written = write_survey(assessment, tables, tmp_path / "one", language="en")
    again = write_survey(assessment, tables, tmp_path / "two", language="en")
    assert [path.name for path in written] == [path.name for path in again]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(written, again, strict=True))
    firms = pd.read_csv(tmp_path / "one" / "firms.csv")
    assert len(firms) == 121
    assert firms["total"].isna().sum() == 4
    record = json.loads((tmp_path / "one" / "survey.json").read_text(encoding="utf-8"))
    assert record["official"] is False
    assert record["seed"] == 0
    assert not list((tmp_path / "one").glob(".*"))


def test_a_file_in_place_of_the_folder_is_refused(assessment, tmp_path):
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(tp.InputError, match="allowed: a folder"):
        write_survey(assessment, tp.survey.tabulate_survey(assessment), tmp_path / "taken")
