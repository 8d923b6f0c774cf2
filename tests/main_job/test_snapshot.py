"""A result carries its inputs: it is computed again from them, whatever lies around it."""

import shutil

from ..commands import techprio
from .conftest import ROOT, SMALL


def test_snapshot_runs_again_to_the_same_bytes(small_run, tmp_path):
    folder = small_run
    done = techprio("run", folder / "inputs", "--out", "again", *SMALL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("priorities.csv", "plan.csv", "run.json"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_result_compared_with_itself_has_not_changed_even_beside_other_criteria(small_run, tmp_path):
    folder = small_run
    shutil.copytree(folder, tmp_path / "results")
    # the paths of study.yaml lead to these files from results/inputs, and they are not those of the run
    shutil.copytree(ROOT / "criteria", tmp_path / "criteria")
    for file in (tmp_path / "criteria").iterdir():
        file.write_text("other: file\n", encoding="utf-8")
    shutil.copytree(folder, tmp_path / "deep" / "below" / "results")
    done = techprio("compare", "results", "deep/below/results", "--no-plan", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "nothing that the ranking uses has changed" in done.stdout


def test_a_changed_score_is_written_with_places_that_come_and_go(small_run, tmp_path):
    folder = small_run
    shutil.copytree(folder / "inputs", tmp_path / "study")
    resources = tmp_path / "study" / "resources.yaml"
    text = resources.read_text(encoding="utf-8")
    assert "2028: 28," in text
    resources.write_text(text.replace("2028: 28,", "2028: 0,"), encoding="utf-8")
    done = techprio("compare", folder, "study", "--out", "out", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no longer placed" in done.stdout
    assert {file.name for file in (tmp_path / "out").iterdir()} >= {"difference.xlsx", "difference.csv"}
