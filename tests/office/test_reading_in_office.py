"""Workbooks that LibreOffice wrote, in each of its formats, read the same as ours."""

import datetime

import openpyxl
import pytest

import techprio as tp

pytestmark = pytest.mark.office

KINDS = ["xlsx:Calc MS Excel 2007 XML", "xls", "ods"]
HEAD = [
    ["BẢNG ĐIỂM"],
    [],
    ["Lĩnh vực", "Mã", "Tên", "Tỷ lệ (%)", "Kinh tế"],
    [None, None, None, None, "Chi phí", "Lợi ích"],
]
SOUND = [
    ["Năng lượng", "CN01", "Điện mặt trời", 0.85, 3.5, "=2+2"], [None, "007", "Khí sinh học", 58, "1 250", 5],
    ["Nông nghiệp", "CN03", "Pin", "64,5 %", 1e-7, -2], ["Tổng", None, None, None, 3, 4],
]  # fmt: skip
FAULTY = [
    ["a", "CN01", "x", 0.41, "#N/A", 4], ["b", "CN02", "C«ng nghÖ", 0.5, datetime.date(2026, 5, 3), "=1/0"],
    ["c", "CN03", "y", 50, 4, True], ["d", "CN04", "z", 60, 4, "12.500"],
]  # fmt: skip


def book_of(rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DL"
    for row in [*HEAD, *rows]:
        sheet.append(row)
    for area in ("A1:F1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3"):
        sheet.merge_cells(area)
    sheet.row_dimensions[6].hidden = True
    return book, sheet


@pytest.fixture(params=KINDS)
def through_office(request, tmp_path, to_pdf):
    """Give a function that saves a workbook and has LibreOffice write it anew."""

    def convert(book):
        source = tmp_path / "ours" / "data.xlsx"
        source.parent.mkdir()
        book.save(source)
        return to_pdf(source, request.param, tmp_path)

    return convert


def test_sound_table(through_office):
    book, sheet = book_of(SOUND)
    sheet.merge_cells("A5:A6")
    sheet["D5"].number_format = "0%"
    old = book.create_sheet("Cũ")
    old["A1"] = "bỏ"
    old.sheet_state = "hidden"
    path = through_office(book)
    table = tp.read_score_table(path, locale="vi")
    assert table.scores.to_dict("index") == {
        "CN01": {"Tỷ lệ (%)": 85, "Kinh tế / Chi phí": 3.5, "Kinh tế / Lợi ích": 4},
        "007": {"Tỷ lệ (%)": 58, "Kinh tế / Chi phí": 1250, "Kinh tế / Lợi ích": 5},
        "CN03": {"Tỷ lệ (%)": 64.5, "Kinh tế / Chi phí": 1e-7, "Kinh tế / Lợi ích": -2},
    }
    assert table.texts["Lĩnh vực"].tolist() == ["Năng lượng", "Năng lượng", "Nông nghiệp"]
    notes = " ".join(note.render("en") for note in table.notes)
    assert "hidden row Năng lượng" in notes
    assert "hidden sheet Cũ is left out" in notes
    assert "'Tổng' is not a row" in notes


def test_faults_at_their_cells(through_office):
    book, sheet = book_of(FAULTY)
    sheet["D6"].number_format = "0%"
    sheet["E6"].number_format = "d-mmm"
    sheet["E8"].number_format = "dd/mm/yyyy"
    sheet["C6"].font = openpyxl.styles.Font(name=".VnTime")
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(through_office(book))
    assert {problem.place: (problem.code, str(problem.proposal)) for problem in caught.value.problems} == {
        "DL!D5": ("T126", "write 0.41% or 41%"),
        "DL!E5": ("T119", ""),
        "DL!C6": ("T122", "write Công nghệ"),
        "DL!E6": ("T121", "set the format to Text and type it again; 3-5 or 5-3 may have been typed"),
        "DL!F6": ("T119", ""),
        "DL!F7": ("T128", ""),
        "DL!E8": ("T121", "write 4"),
        "DL!F8": ("T110", "two readings: write 12.5 or 12500"),
    }
