"""Prose and tables for the report in the folder of a study: read, or told at their place."""

import base64
import shutil

import pytest

import techprio as tp
from techprio.inputs.shipped import shipped_folder
from techprio.templates.writing import convert_study


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


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_pictures_come_with_the_text_and_into_the_snapshot(study):
    (study / "texts" / "bản đồ.png").write_bytes(PNG)
    (study / "texts" / "maps").mkdir()
    (study / "texts" / "maps" / "b.png").write_bytes(PNG)
    write(study / "texts" / "context.vi.md", "Xem\n\n![Bản đồ](<bản đồ.png>)\n\n![b](maps/b.png)\n")
    read = tp.read_study(study)
    assert set(read.material.pictures) == {"bản đồ.png", "maps/b.png"}
    assert {"texts/bản đồ.png", "texts/maps/b.png"} <= set(read.files)


@pytest.mark.parametrize(
    "address",
    ["../b.png", "..%2fb.png", "%2e%2e/b.png", "a/../../b.png", "..%252fb.png", "%2Fb.png", "/b.png",
     "..%5cb.png", "../texts/../b.png", "../../b.png"],
)  # fmt: skip
def test_a_picture_outside_the_texts_is_refused_and_never_read(study, address):
    (study / "b.png").write_bytes(PNG)
    (study.parent / "b.png").write_bytes(PNG)
    write(study / "texts" / "context.vi.md", f"![b]({address})\n")
    assert codes(study) == [("T133", "texts/context.vi.md", "line 1")]
    with pytest.raises(tp.DataFileError):
        tp.read_study(study)


def test_a_picture_that_cannot_be_printed_is_told_with_its_line(study):
    (study / "texts" / "a.png").write_bytes(PNG)
    (study / "texts" / "broken.png").write_bytes(PNG[:20])
    (study / "texts" / "drawing.svg").write_bytes(b"<svg/>")
    write(
        study / "texts" / "context.vi.md",
        "# Bối cảnh\n\n![Bản đồ](b.png)\n\nMột dòng\nvà ![x](drawing.svg)\n\n![y](broken.png)\n\n"
        "![z](https://example.org/a.png)\n\n- ![ok](a.png)\n- ![C](C:/a.png)\n",
    )
    assert codes(study) == [
        ("T101", "texts/context.vi.md", "line 3"),
        ("T133", "texts/context.vi.md", "line 6"),
        ("T133", "texts/context.vi.md", "line 8"),
        ("T133", "texts/context.vi.md", "line 10"),
        ("T133", "texts/context.vi.md", "line 13"),
    ]
    near = tp.check_study(study)[0]
    assert "did you mean a.png?" in near.render("en")


def test_a_study_taken_over_as_a_folder_keeps_its_pictures(study, tmp_path):
    (study / "texts" / "a.png").write_bytes(PNG)
    write(study / "texts" / "context.vi.md", "![ok](a.png)\n")
    convert_study(study, tmp_path / "copy", language="vi")
    assert (tmp_path / "copy" / "texts" / "a.png").read_bytes() == PNG


def test_a_workbook_looks_beside_itself(study, tmp_path):
    (study / "texts" / "a.png").write_bytes(PNG)
    write(study / "texts" / "context.vi.md", "![ok](a.png)\n")
    convert_study(study, tmp_path / "book" / "study.xlsx", language="vi")
    book = tmp_path / "book" / "study.xlsx"
    assert [(p.code, p.file) for p in tp.check_study(book)] == [("T101", "texts/context.vi.md")]
    (tmp_path / "book" / "texts").mkdir()
    (tmp_path / "book" / "texts" / "a.png").write_bytes(PNG)
    assert tp.read_study(book).material.pictures == {"a.png": PNG}
