"""Comments between two runs, and the plan that was approved."""

import shutil

import pandas as pd
import pytest

from ..commands import techprio

COMMENTS = (
    "round,group,on,text,answer,consequence\n"
    "1,departments,AGR01,Readiness is too high,Agreed,Score of F1 lowered\n"
    '1,firms,"CRS; LOG",Costs look low,Checked,None\n'
    "2,scientists,,Method is sound,Thank you,None\n"
)


def _table(path):
    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False)


@pytest.fixture(scope="module")
def changed(small_run, tmp_path_factory):
    """Return a copy of the inputs of the run, with two scores of AGR01 lowered."""
    folder = small_run
    study = tmp_path_factory.mktemp("changed") / "study"
    shutil.copytree(folder / "inputs", study)
    scores = study / "agriculture" / "scores.csv"
    text = scores.read_text(encoding="utf-8")
    for before, after in (("AGR01,F2,5,4.5,5", "AGR01,F2,1,1,1"), ("AGR01,I2,5,4.5,5", "AGR01,I2,1,1,1")):
        assert before in text
        text = text.replace(before, after)
    scores.write_text(text, encoding="utf-8")
    return study


def test_each_comment_shows_what_moved(small_run, changed, tmp_path):
    folder = small_run
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    options = ("--no-plan", "--comments", "comments.csv", "--out", "out", "--lang", "en")
    done = techprio("compare", folder, changed, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    record = _table(tmp_path / "out" / "consultation.csv")
    assert record["consequence"].tolist() == ["Score of F1 lowered", "None", "None"]
    assert "AGR01" in record.loc[0, "moved"]
    assert record.loc[1, "moved"] == "no rank moved. no rank moved."
    assert "AGR01" in record.loc[2, "moved"]
    assert "Record of the consultation" in pd.read_excel(
        tmp_path / "out" / "difference.xlsx", sheet_name=None
    )


def test_comment_on_an_unknown_id_is_named(small_run, tmp_path):
    folder = small_run
    (tmp_path / "comments.csv").write_text(COMMENTS.replace("AGR01", "AGR91"), encoding="utf-8")
    done = techprio(
        "compare", folder, folder, "--no-plan", "--comments", "comments.csv", "--lang", "en", cwd=tmp_path
    )
    assert done.returncode == 1
    assert "comments.csv:line 2" in done.stderr
    assert "AGR91" in done.stderr


STATUS = "year,technology,status,start,operational\n2028,CRS01,running,2028-01,\n"


def test_monitor_holds_the_approved_plan_not_a_new_one(trimmed_folder, small_run, changed, tmp_path):
    folder = small_run
    (tmp_path / "status.csv").write_text(STATUS, encoding="utf-8")
    options = ("--status", "status.csv", "--plan", folder, "--csv", "out", "--lang", "en")
    done = techprio("monitor", changed, *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "not an approved one" not in done.stdout
    technologies = pd.read_csv(
        tmp_path / "out" / "technologies.csv", encoding="utf-8-sig", keep_default_na=False
    )
    planned = technologies.set_index("technology")["operational_planned"]
    approved = pd.read_csv(folder / "priorities.csv", encoding="utf-8-sig", keep_default_na=False)
    listed = approved.set_index("id")["operational"]
    placed = listed[listed != ""]
    assert planned[placed.index].tolist() == placed.tolist()


def test_a_list_changed_by_hand_is_no_approved_plan(trimmed_folder, small_run, tmp_path):
    folder = small_run
    shutil.copytree(folder, tmp_path / "results")
    path = tmp_path / "results" / "priorities.csv"
    text = path.read_text(encoding="utf-8-sig")
    assert ",2027-07,2028-06," in text
    path.write_text(text.replace(",2027-07,2028-06,", ",2027-07,2028-07,", 1), encoding="utf-8-sig")
    (tmp_path / "status.csv").write_text(STATUS, encoding="utf-8")
    done = techprio(
        "monitor", trimmed_folder, "--status", "status.csv", "--plan", "results", "--lang", "en", cwd=tmp_path
    )
    assert done.returncode == 1
    assert "S344" in done.stderr
    assert "CRS01" in done.stderr
