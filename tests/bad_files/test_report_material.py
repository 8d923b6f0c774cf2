"""Prose and tables for the report in the folder of a study: read, or told at their place."""

import shutil

import pytest

import techprio as tp
from techprio.inputs.shipped import shipped_folder


@pytest.fixture
def study(tmp_path):
    shutil.copytree(shipped_folder() / "catalogs" / "lai-chau", tmp_path / "catalogs" / "lai-chau")
    shutil.copytree(shipped_folder() / "criteria", tmp_path / "criteria")
    folder = tmp_path / "catalogs" / "lai-chau"
    (folder / "texts").mkdir()
    return folder


def write(path, words):
    path.write_text(words, encoding="utf-8")


def test_all_of_it_is_read(study):
    write(study / "texts" / "context.vi.md", "\ufeff# Bối cảnh\n")
    write(study / "texts" / "context.en.md", "   \n")
    write(study / "goals.csv", "nganh,giai_doan,chi_tieu,muc_tieu\nAGR,2026-2030,Doanh nghiệp,30 %\n")
    write(study / "tasks.csv", "task,lead,deadline\nXây dựng nền tảng,Sở KH&CN,2028\n")
    write(study / "comments.csv", "group,on,text\nDoanh nghiệp,AGR01;F1,Cần sớm hơn\n")
    write(study / "swot.csv", "sector,side,text\nAGR,Cơ hội,Xuất khẩu\n")
    material = tp.read_study(study).material
    assert material.text("context", "vi") == "# Bối cảnh\n"
    assert material.text("context", "en") == ""
    assert material.table("goals").loc[0, ["sector", "target"]].tolist() == ["AGR", "30 %"]
    assert material.table("comments").loc[0, "on"] == ("AGR01", "F1")
    assert material.table("swot").loc[0, "side"] == "opportunity"
    assert len(material.table("alignment")) == 0
    assert {"texts/context.vi.md", "goals.csv"} <= set(tp.read_study(study).files)


def codes(study):
    return [(problem.code, problem.file, str(problem.place)) for problem in tp.check_study(study)]


def test_every_fault_at_once(study):
    write(study / "texts" / "contex.vi.md", "x")
    write(study / "texts" / "context.fr.md", "x")
    (study / "texts" / "basis.vi.md").write_bytes("Căn cứ\n".encode() + b"\xff\xfe")
    write(study / "goals.csv", "sector,phase,indicator,target\nAGRI,2026-2030,a,1\nAGR,2036-2040,b,2\n")
    write(study / "comments.csv", "group,on,text\nFirms,AGR99,late\n")
    write(study / "tasks.csv", "task,lead\nx,y\n")
    assert codes(study) == [
        ("S303", "comments.csv", "line 2"),
        ("S306", "goals.csv", "line 2"),
        ("R505", "goals.csv", "line 3"),
        ("T105", "tasks.csv", "line 1"),
        ("T104", "texts/basis.vi.md", "line 2"),
        ("T131", "texts/contex.vi.md", ""),
        ("T131", "texts/context.fr.md", ""),
    ]
    near = next(problem for problem in tp.check_study(study) if problem.file == "texts/contex.vi.md")
    assert "did you mean context?" in near.render("en")


def test_other_files_in_the_folder_are_left_alone(study):
    write(study / "texts" / "notes.txt", "x")
    write(study / "texts" / ".~lock.context.vi.md#", "x")
    assert codes(study) == []
