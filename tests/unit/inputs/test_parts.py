import os
import shutil

import openpyxl
import pytest
import yaml

import techprio as tp
from techprio.inputs.study import examine_study

from ..templates.filling import fill_folder

EDGES = "technology,requires,kind,timing,lag_months\nAGR02,AGR01,hard,FS,0\n"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tp.inputs.new_study(tmp_path_factory.mktemp("parts") / "study", sectors="AGR", id="x")
    fill_folder(folder)
    (folder / "dependencies.csv").write_text(EDGES, encoding="utf-8")
    assert examine_study(folder)[:2] == ([], [])
    return folder


@pytest.fixture
def study(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "study")


def codes(study):
    return [problem.code for problem in tp.check_study(study)]


NAMES = [
    "Dependencies.csv", "DEPENDENCIES.CSV", "dependencies (1).csv", "dependencies(2).csv",
    "dependencies.csv.txt", "dependencies.xlsx", "dependencies.txt", "dependencies",
    "Copy of dependencies.csv", "dependencies - Copy.csv", "Bản sao của dependencies.csv",
    "dependencies_final.csv", "dependencies v2.csv", "dependancies.csv", "dependencis.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stated", [True, False])
def test_misnamed_file_is_one_problem_with_its_name(name, stated, study):
    if not stated:
        state(study, None)
    (study / "dependencies.csv").rename(study / name)
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.file) == ("T134", name)
    assert problem.edit.by == ("dependencies.csv",)
    with pytest.raises(tp.DataFileError) as caught:  # a run reads as the check does
        tp.read_study(study)
    assert list(caught.value.problems) == [problem]


@pytest.mark.parametrize("name", ["dependencies (1).csv", "Copy of sources.csv"])
def test_copy_beside_the_file_is_a_problem_without_proposal(name, study):
    (study / name).write_text(EDGES, encoding="utf-8")
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.proposal) == ("T134", "")


def state(study, parts):
    path = study / "study.yaml"
    keys = yaml.safe_load(path.read_text(encoding="utf-8"))
    keys.pop("parts", None)
    keys |= {} if parts is None else {"parts": parts}
    path.write_text(yaml.safe_dump(keys, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.mark.parametrize("part", ["dependencies", "sources"])
def test_stated_part_that_is_gone_is_missed(part, study):
    (study / f"{part}.csv").unlink()
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.field) == ("T134", f"parts: {part}")
    state(study, [])
    assert codes(study) == []


def test_unknown_part_is_a_problem(study):
    state(study, ["dependencies", "sorces"])
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.edit.by) == ("Y208", ("sources",))


def test_folder_or_broken_link_of_the_name(study):
    (study / "dependencies.csv").unlink()
    (study / "dependencies.csv").mkdir()
    assert codes(study) == ["T134"]
    (study / "dependencies.csv").rmdir()
    os.symlink(study / "nowhere.csv", study / "dependencies.csv")
    assert codes(study) == ["T134"]


def test_what_is_no_part_is_told_once(study):
    for name in ("photos.csv", "minutes.docx", "x_mine.csv", "README.md", "~$dependencies.csv"):
        (study / name).write_text("a\n1\n", encoding="utf-8")
    problems, notes, _ = examine_study(study)
    assert problems == []
    assert [note.render("en") for note in notes] == [
        "not read, because no part of a study: minutes.docx, photos.csv"
    ]


def test_file_that_no_key_names_is_told(study):
    (study / "status.csv").write_text("year,technology,status\n2027,AGR01,done\n", encoding="utf-8")
    notes = examine_study(study).notes
    assert [str(note) for note in notes] == ["not read, because study.yaml does not name it: status.csv"]


def test_files_of_a_sector(study):
    folder = next(path.parent for path in study.glob("*/scores.csv"))
    (folder / "scores.csv").rename(folder / "Scores.csv")
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.edit.by) == ("T101", ("Scores.csv",))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_deleted_sheet_is_missed(language, study, tmp_path):
    book = tp.inputs.convert_study(study, tmp_path / "study.xlsx", language=language)
    assert codes(book) == []
    opened = openpyxl.load_workbook(book)
    del opened["Quan hệ phụ thuộc" if language == "vi" else "Dependencies"]
    opened.save(book)
    (problem,) = tp.check_study(book)
    assert (problem.code, problem.field) == ("T134", "parts: dependencies")


def test_converted_and_copied_studies_state_their_parts(study, tmp_path):
    folder = tp.inputs.convert_study(study, tmp_path / "folder")
    assert yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))["parts"] == [
        "dependencies", "sources"
    ]  # fmt: skip
    example = tp.copy_example("lai-chau", tmp_path / "mine")
    assert "dependencies" in yaml.safe_load((example / "study.yaml").read_text(encoding="utf-8"))["parts"]
