"""``techprio monitor`` reads a status table, of the study or beside it, and names its faults."""

import pandas as pd

from ..commands import techprio

STATUS = "year,technology,status,start,operational,spent_local\n2028,CRS05,stopped,2027-07,,3\n"


def test_status_of_the_study_and_beside_it_give_the_same(copy_trimmed_study, trimmed_folder, tmp_path):
    study = copy_trimmed_study(tmp_path)
    (study / "status.csv").write_text(STATUS, encoding="utf-8")
    beside = techprio(
        "monitor",
        trimmed_folder,
        "--status",
        study / "status.csv",
        "--lang",
        "en",
        "--csv",
        "out",
        cwd=tmp_path,
    )
    assert beside.returncode == 0, beside.stderr
    assert "CRS05" in beside.stdout
    assert "needs CRS05" in beside.stdout
    lights = pd.read_csv(tmp_path / "out" / "technologies.csv").set_index("technology")["light"]
    assert lights["CRS05"] == lights["CRS02"] == "red"
    with (study / "study.yaml").open("a", encoding="utf-8") as stream:
        stream.write("status: status.csv\n")
    own = techprio("monitor", study, "--lang", "en", cwd=tmp_path)
    assert own.stdout == beside.stdout
    spoken = techprio("monitor", study, cwd=tmp_path).stdout
    assert spoken
    for word in ("stopped", "late", "planned", "agency", "red", "needs"):
        assert word not in spoken


def test_faults_are_named(tmp_path):
    (tmp_path / "status.csv").write_text(STATUS.replace("CRS05", "CRS55"), encoding="utf-8")
    done = techprio("monitor", "lai-chau", "--status", "status.csv", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "CRS55" in done.stderr
    none = techprio("monitor", "lai-chau", "--lang", "en", cwd=tmp_path)
    assert none.returncode == 1
    assert "S343" in none.stderr
    for said in (done.stderr, none.stderr):
        assert "Traceback" not in said


def test_plan_from_here_on_leaves_the_stopped_out(trimmed_folder, tmp_path):
    (tmp_path / "status.csv").write_text(STATUS, encoding="utf-8")
    done = techprio(
        "monitor", trimmed_folder, "--status", "status.csv", "--onward", "--csv", "out", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "lộ trình từ nay trở đi" in done.stdout
    plan = pd.read_csv(tmp_path / "out" / "onward.csv", keep_default_na=False).set_index("technology")
    assert plan.loc["CRS05", "start"] == plan.loc["CRS02", "start"] == ""
    assert (plan.loc[plan["start"] != "", "start"] >= "2029-01").all()
