"""``techprio survey`` reads a study or a table of firms and says what may not be called official."""

import json

import pandas as pd

from ..commands import techprio
from .conftest import ROOT, copy_study


def test_study_and_its_table_give_the_same_files(tmp_path):
    done = techprio("survey", "lai-chau", "--lang", "en", "--out", "study", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "provisional bounds, no official class" in done.stdout
    assert "extension questionnaire, never an official class" in done.stdout
    survey, instrument = ROOT / "catalogs/lai-chau/survey.csv", ROOT / "criteria/circular17.yaml"
    table = techprio(
        "survey", survey, "--instrument", instrument, "--out", "table", "--lang", "en", cwd=tmp_path
    )
    assert table.returncode == 0, table.stderr
    # f049 leaves E out; by hand its total is not determined, and f001 has 14 + 10 + 10 + 2 + 4.
    for folder in ("study", "table"):
        firms = pd.read_csv(tmp_path / folder / "firms.csv", encoding="utf-8-sig").set_index("firm")
        assert firms.loc["f001", "total"] == 40
        assert pd.isna(firms.loc["f049", "total"])
        assert (
            json.loads((tmp_path / folder / "survey.json").read_text(encoding="utf-8"))["official"] is False
        )


def test_vietnamese_screen_has_no_english(tmp_path):
    shown = techprio("survey", "lai-chau", cwd=tmp_path).stdout
    assert shown
    for word in ("sector", "firms", "strength", "weakness", "total", "level", "small sample"):
        assert word not in shown


def test_table_without_instrument_is_wrong_use(tmp_path):
    done = techprio("survey", ROOT / "catalogs/lai-chau/survey.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "--instrument" in done.stderr


def test_faults_of_a_survey_are_all_named(tmp_path):
    study = copy_study(tmp_path)
    text = (study / "survey.csv").read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    lines[1] = lines[1].replace(",14,10,10,", ",1400,10,10,")
    lines.append(lines[2])
    lines.append(lines[3].replace("f003,AGR", "f900,XXX"))
    (study / "survey.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = techprio("survey", study, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for found in ("1400", "f002", "XXX"):
        assert found in done.stderr


def test_words_of_analysts_join_the_table_of_a_study(tmp_path):
    (tmp_path / "swot.csv").write_text(
        "sector,side,text\nAGR,threat,late frost in the high fields\n", encoding="utf-8"
    )
    done = techprio("survey", "lai-chau", "--swot", "swot.csv", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "late frost in the high fields" in done.stdout


def test_study_without_a_survey_says_so(tmp_path):
    study = copy_study(tmp_path)
    file = study / "study.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("survey: survey.csv", ""), encoding="utf-8")
    done = techprio("survey", study, "--lang", "vi", cwd=tmp_path)
    assert done.returncode == 1
    assert "S342" in done.stderr
    assert "Traceback" not in done.stderr
