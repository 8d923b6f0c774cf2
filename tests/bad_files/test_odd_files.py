"""What is no ordinary file, or more than a table: refused in words at once, by every reader and command."""

import io
import os
import socket
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli.main import main
from techprio.inputs import opening, sniffing

READERS = {
    "score table": tp.read_score_table,
    "weights": tp.inputs.read_weight_table,
    "prerequisites": tp.inputs.read_prerequisites,
    "pairwise": tp.inputs.read_pairwise,
    "ticks": tp.inputs.read_ticks,
    "instrument": tp.inputs.read_instrument,
    "study": tp.read_study,
}


def pipe(folder):
    os.mkfifo(folder / "pipe.csv")
    return folder / "pipe.csv"


def pipe_named_as_workbook(folder):
    os.mkfifo(folder / "pipe.xlsx")
    return folder / "pipe.xlsx"


def bound_socket(folder):
    place = os.path.relpath(folder / "s.csv")  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(place)
    return folder / "s.csv"


def device(folder):
    return "/dev/zero"


def folder_named_as_table(folder):
    (folder / "table.csv").mkdir()
    return folder / "table.csv"


def name_of_300_letters(folder):
    return folder / ("x" * 300 + ".csv")


ODD = {
    "a pipe": pipe,
    "a pipe named as a workbook": pipe_named_as_workbook,
    "a socket": bound_socket,
    "a device": device,
    "a folder": folder_named_as_table,
    "a long name": name_of_300_letters,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_refused_in_words(tmp_path, monkeypatch, odd, reader):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(tp.DataFileError) as caught:
        READERS[reader](ODD[odd](tmp_path))
    assert "Error" not in str(caught.value)
    assert "Errno" not in str(caught.value)


@pytest.mark.parametrize("command", [["check"], ["rank"], ["weights"], ["run"]])
def test_commands_refuse_a_pipe(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*command, str(pipe(tmp_path))])
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def sheet(*, after=b"", rows=b""):
    book = openpyxl.Workbook()
    for row in (["id", "cost", "jobs"], ["A", 1, 2], ["B", 2, 1]):
        book.active.append(row)
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", rows + b"</sheetData>" + after)
            target.writestr(name, content)
    return changed.getvalue()


def test_merged_block_to_the_last_cell_is_cut_to_the_table(tmp_path):
    merged = b'<mergeCells count="1"><mergeCell ref="A4:XFD1048576"/></mergeCells>'
    (tmp_path / "t.xlsx").write_bytes(sheet(after=merged))
    found = tp.read_score_table(tmp_path / "t.xlsx")
    assert found.scores.to_dict("index") == {"A": {"cost": 1, "jobs": 2}, "B": {"cost": 2, "jobs": 1}}


def test_headings_merged_to_the_last_cell_are_a_problem_of_three_columns(tmp_path):
    merged = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    (tmp_path / "t.xlsx").write_bytes(sheet(after=merged))
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(tmp_path / "t.xlsx")
    assert len(caught.value.problems) <= 4


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_table_of_too_many_cells_is_refused_before_it_is_read(tmp_path, monkeypatch, name):
    monkeypatch.setattr(sniffing, "MOST_CELLS", 5)
    content = sheet() if name == "t.xlsx" else b"id,cost,jobs\nA,1,2\nB,2,1\nC,2,2\n"
    (tmp_path / name).write_bytes(content)
    with pytest.raises(tp.DataFileError, match="more than 5 cells"):
        tp.read_score_table(tmp_path / name)


def test_file_larger_than_any_table_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 10)
    (tmp_path / "t.csv").write_bytes(b"id,cost\nA,1\nB,2\n")
    with pytest.raises(tp.DataFileError, match="larger than any table"):
        tp.read_score_table(tmp_path / "t.csv")


def test_damaged_workbook_of_a_study_is_called_one(tmp_path):
    (tmp_path / "study.xlsx").write_bytes(sheet()[:2000])
    problems = tp.check_study(tmp_path / "study.xlsx")
    assert [problem.code for problem in problems] == ["T102"]


@pytest.mark.parametrize("key", ["criteria", "judgments", "survey", "instrument", "resources"])
@pytest.mark.parametrize(
    "beyond",
    ["/etc/passwd", "../../../other.txt", "../../criteria/../../other.txt", "../other.txt", "C:\\\\other.txt",
     "\\\\server\\share\\other.txt", "link.txt"],
)  # fmt: skip
def test_part_of_a_study_that_lies_elsewhere_is_never_read(copy_trimmed_study, tmp_path, key, beyond):
    study = copy_trimmed_study(tmp_path / "tree")
    (tmp_path / "other.txt").write_text("SECRET: 1\n")
    (tmp_path / "tree" / "catalogs" / "other.txt").write_text("SECRET: 1\n")
    (study / "link.txt").symlink_to(tmp_path / "other.txt")
    lines = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{key}:")]
    (study / "study.yaml").write_text("\n".join([*kept, f"{key}: '{beyond}'"]) + "\n", encoding="utf-8")
    said = "\n".join(str(problem) for problem in tp.check_study(study))
    assert "leads out of the study" in said
    assert "SECRET" not in said
    assert "root:" not in said
