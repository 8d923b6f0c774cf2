"""A run that fails leaves nothing new and touches nothing old."""

from ..commands import techprio
from .conftest import copy_study


def test_bad_study_stops_with_all_problems_and_writes_nothing(tmp_path):
    study = copy_study(tmp_path)
    scores = study / "energy" / "scores.csv"
    scores.write_text(
        scores.read_text(encoding="utf-8").replace("ENE01,F2,4,", "ENE01,F2,nine,"), encoding="utf-8"
    )
    dependencies = study / "dependencies.csv"
    dependencies.write_text(
        dependencies.read_text(encoding="utf-8").replace("CRS02,CRS01,", "CRS02,CRS99,"), encoding="utf-8"
    )
    earlier = tmp_path / "results"
    earlier.mkdir()
    (earlier / "priorities.csv").write_text("earlier", encoding="utf-8")

    done = techprio("run", study, "--files", "workbook", "--out", earlier, cwd=tmp_path)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "CRS99" in done.stderr
    assert "nine" in done.stderr
    assert [file.name for file in earlier.iterdir()] == ["priorities.csv"]
    assert (earlier / "priorities.csv").read_text(encoding="utf-8") == "earlier"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["catalogs", "criteria", "results"]


def test_check_lists_the_same_problems(tmp_path):
    study = copy_study(tmp_path)
    resources = study / "resources.yaml"
    resources.write_text(
        resources.read_text(encoding="utf-8").replace("{2027: 45,", "{2027: -45,"), encoding="utf-8"
    )
    done = techprio("check", study, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "-45" in done.stdout
    assert "resources.yaml" in done.stdout


def test_unknown_study_is_a_finding_with_the_known_names(tmp_path):
    done = techprio("run", "lai-chou", cwd=tmp_path)
    assert done.returncode == 1
    assert "lai-chau" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_status_two(tmp_path):
    assert techprio("run", cwd=tmp_path).returncode == 2
    assert techprio("run", "lai-chau", "--seed", "-1", cwd=tmp_path).returncode == 2
