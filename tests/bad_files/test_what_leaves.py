"""What leaves the house with odd names, notes and numbers in it (cases 095 to 105 of the collection)."""

import csv
import io
import os
import unicodedata
import warnings
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pytest

import techprio as tp
from techprio.charts.contributions import draw_contributions
from techprio.csv_text import frame_csv
from techprio.errors import TechprioWarning
from techprio.language import collation_key, format_number, format_percent
from techprio.model.run import RunData
from techprio.reporting.lists import priorities_csv
from techprio.reporting.sheets import sheet_names
from techprio.reporting.workbook import workbook_bytes
from techprio.reporting.write import write_results

NAMES = ["=1+1", "-Bơm nhiệt", "+Pin", "@Lab", '=HYPERLINK("http://x.invalid","xem")', "Bình thường"]
IDS = [f"AGR0{number}" for number in range(1, 7)]


@pytest.fixture(scope="module")
def result(trimmed_result):
    return trimmed_result


def renamed(result, names, column="name_vi"):
    technologies = result.study.catalog.technologies.copy()
    for name, words in zip(IDS, names, strict=False):
        technologies.loc[name, column] = words
    catalog = replace(result.study.catalog, technologies=technologies)
    return replace(result, study=replace(result.study, catalog=catalog))


# 095: a name that looks like a formula stays a text, negative numbers stay numbers.
def test_names_that_look_like_formulas(result):
    run = renamed(result, NAMES)
    assert isinstance(run, RunData)
    rows = list(csv.DictReader(io.StringIO(priorities_csv(run).decode("utf-8-sig"))))
    found = {row["id"]: row["name_vi"] for row in rows}
    assert [found[name] for name in IDS] == [
        "'=1+1", "'-Bơm nhiệt", "'+Pin", "'@Lab", "'=HYPERLINK(\"http://x.invalid\",\"xem\")", "Bình thường"
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(run, language="vi")))
    cells = [cell for row in book["Tất cả công nghệ"].iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert set(NAMES) <= {cell.value for cell in cells}


def test_scores_get_no_quote():
    table = pd.DataFrame({"name": NAMES, "score": [-0.5, 0.1, 0.2, 0.3, 0.4, 0.5]})
    rows = list(csv.DictReader(io.StringIO(frame_csv(table).decode("utf-8-sig"))))
    assert [row["score"] for row in rows] == ["-0.5", "0.1", "0.2", "0.3", "0.4", "0.5"]


# 096: a vertical tab pasted from Word becomes a line end, and that is said with its code.
def test_control_signs_in_a_note(result, tmp_path):
    run = renamed(result, ["Dòng một\x0bDòng hai"])
    with pytest.warns(TechprioWarning, match="0B"):
        write_results(run, tmp_path / "out", outputs=("workbook", "reference"))
    book = openpyxl.load_workbook(tmp_path / "out" / "priorities.xlsx")
    cells = {cell.value for row in book["Tất cả công nghệ"].iter_rows() for cell in row}
    assert "Dòng một\nDòng hai" in cells
    document = docx.Document(tmp_path / "out" / "report.docx")
    assert any("Dòng một\nDòng hai" in cell.text for table in document.tables for cell in table._cells)


def test_clean_names_are_written_without_a_word(result, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error", TechprioWarning)
        write_results(result, tmp_path / "out", outputs=("workbook",))


# 097: long names of sheets that begin alike, barred signs, a reserved name.
def test_sheet_names():
    titles = [
        "Danh mục công nghệ ưu tiên ngành nông nghiệp giai đoạn 2026-2030",
        "Danh mục công nghệ ưu tiên ngành nông nghiệp giai đoạn 2031-2035",
        "Vốn/Nguồn: [2026] *?",
        "History",
    ]
    names = sheet_names(titles)
    assert len({name.casefold() for name in names}) == 4
    assert max(map(len, names)) <= 31
    assert not set("".join(names)) & set("[]:*?/\\")
    assert "history" not in {name.casefold() for name in names}


def test_an_index_sheet_keeps_the_full_titles(result):
    content = workbook_bytes(result, language="vi", beside="analysis.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    index = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}
    assert "Trọng số có thể thay đổi bao nhiêu trước khi danh mục thay đổi" in index
    assert max(map(len, book.sheetnames)) <= 31


# 099: numbers as a Vietnamese office reads them; a rounded zero has no sign.
def test_numbers_for_a_vietnamese_report():
    assert format_number(1234567.891, "vi", 2) == "1.234.567,89"
    assert format_percent(0.285, "vi", 1) == "28,5%"
    assert format_number(0.004, "vi", 2) == "0,00"
    assert format_number(-0.004, "vi", 2) == "0,00"


def test_numbers_of_the_workbook_stay_numbers(result):
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(result, language="vi")))
    sheet = book["Tất cả công nghệ"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Mã")
    score = next(cell.column for cell in head if cell.value == "Điểm")
    count = len(result.study.catalog.technologies)
    values = [sheet.cell(row, score).value for row in range(head[0].row + 1, head[0].row + 1 + count)]
    assert all(isinstance(value, float) for value in values)


# 100: the 29 letters in their order, whatever the machine is set to.
def test_vietnamese_alphabet():
    order = ["Ao nuôi", "Ăng-ten", "Âm học", "Dầu sinh học", "Đất hiếm", "Ong mật", "Ô tô điện", "Uốn ván",
             "Ươm giống", "Yến sào"]  # fmt: skip
    mixed = order[1::2] + order[::2]
    assert sorted(mixed, key=collation_key) == order


# 101: every letter has its glyph, and decomposed names are drawn composed.
def test_letters_in_charts(result):
    words = "Ưu tiên: Ắ ằ Ặ ẵ Ệ ễ Ộ ỗ Ợ ỡ Ự ữ Ỹ ỵ Đ đ ₫ – “ ” … ≥ ±"
    ranking = result.rankings["AGR"]
    table = ranking.contributions().iloc[:2]
    labels = {str(table.index[0]): tp.Label(unicodedata.normalize("NFD", words), "")}
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph")
        ax = draw_contributions(table, labels=labels, language="vi")
        ax.figure.draw_without_rendering()
    drawn = " ".join(label.get_text().replace("\n", " ") for label in ax.get_yticklabels())
    assert words[:12] in drawn
    assert unicodedata.normalize("NFC", drawn) == drawn


# 105: the workbook is still open in Excel.
def test_a_result_that_is_open_elsewhere(result, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    write_results(result, folder, outputs=("workbook",))
    (folder / "priorities.xlsx").write_bytes(b"open in Excel")
    move = os.replace

    def refuse(source, place):
        if str(place).endswith("priorities.xlsx"):
            raise PermissionError(13, "Permission denied")
        move(source, place)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.warns(TechprioWarning, match=r"priorities\.xlsx .*Đóng|priorities\.xlsx"):
        written = write_results(result, folder, outputs=("workbook",))
    assert (folder / "priorities.xlsx").read_bytes() == b"open in Excel"
    assert tmp_path / "out (2)" / "priorities.xlsx" in written
    assert (tmp_path / "out (2)" / "priorities.csv").exists()
