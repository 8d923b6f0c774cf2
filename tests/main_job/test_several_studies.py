"""``techprio run A B``: each study into its own folder, and what belongs to one study alone is refused."""

from dataclasses import replace

import pytest

from ..commands import techprio


@pytest.fixture(scope="module")
def two(small_study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies")
    return [replace(small_study, id=name).save(folder / name) for name in ("an", "binh")]


def test_each_study_has_its_folder_and_a_second_call_finds_them_finished(two, tmp_path):
    asked = ("run", *two, "--out", "all", "--draws", "100", "--files", "none", "--lang", "en")
    done = techprio(*asked, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["an: finished", "binh: finished"]
    assert all((tmp_path / "all" / name / "priorities.csv").is_file() for name in ("an", "binh"))
    again = techprio(*asked, cwd=tmp_path)
    assert again.stdout.splitlines()[:2] == ["an: finished before", "binh: finished before"]


@pytest.mark.parametrize(
    "option", [["--lists"], ["--certify"], ["--scenario", "budget=0.8"], ["--keep", "."]]
)
def test_what_belongs_to_one_study_is_refused_for_several(two, tmp_path, option):
    done = techprio("run", *two, "--out", "all", "--lang", "en", *option, cwd=tmp_path)
    assert done.returncode == 2
    assert "found several studies; allowed: one study" in done.stderr
    assert option[0] in done.stderr
    assert not (tmp_path / "all" / "an").exists()


def test_an_engine_is_for_several_studies(two, tmp_path):
    done = techprio("run", two[0], "--engine", "loky", "--lang", "vi", cwd=tmp_path)
    assert done.returncode == 2
    assert "cho nhiều bộ dữ liệu" in done.stderr
