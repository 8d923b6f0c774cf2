"""Workbooks as offices have them: the right table, or an error at the cell (cases of CASES.md)."""

import datetime
import time

import openpyxl
import pytest

import techprio as tp

from .files_of_cases import notes, open_document, problems, read, rezipped, saved, workbook

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}

FORM = [
    ["UBND TỈNH ...\nSỞ KHOA HỌC VÀ CÔNG NGHỆ"],
    ["BẢNG ĐIỂM CÁC CÔNG NGHỆ ĐỀ XUẤT"],
    [],
    ["Mã", "Tên công nghệ", "Kinh tế", None, "Môi trường"],
    [None, None, "Chi phí", "Lợi ích", "Phát thải", "Chất thải"],
    ["CN01", "Điện mặt trời mái nhà", 3, 4, 5, 4],
    ["CN02", "Khí sinh học", 2, 4, 4, 3],
    ["Tổng", None, 5, 8, 9, 7],
    [],
    ["Ghi chú: thang điểm 1-5"],
    [None, None, None, None, "Người lập biểu"],
]
FORM_MERGED = ("A1:C1", "A2:F2", "A4:A5", "B4:B5", "C4:D4", "E4:F4")


# 048
def test_form_with_titles_two_heading_rows_totals_and_notes(tmp_path):
    table = read(tmp_path, workbook(FORM, sheet="Danh mục", merged=FORM_MERGED), "form.xlsx")
    assert list(table.texts) == ["Tên công nghệ"]
    assert list(table.scores) == [
        "Kinh tế / Chi phí", "Kinh tế / Lợi ích", "Môi trường / Phát thải", "Môi trường / Chất thải"
    ]  # fmt: skip
    assert table.scores.to_numpy().tolist() == [[3, 4, 5, 4], [2, 4, 4, 3]]
    assert table.texts["Tên công nghệ"].to_dict() == {"CN01": "Điện mặt trời mái nhà", "CN02": "Khí sinh học"}
    assert any("Danh mục!8:8: 'Tổng'" in note for note in notes(table))
    assert any("Ghi chú" in note and "bỏ qua" in note for note in notes(table, "vi"))
    assert any("Người lập biểu" in note for note in notes(table))


def test_agency_and_motto_side_by_side_are_not_headings(tmp_path):
    rows = [
        ["UBND TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ KH&CN", None, None, "Độc lập - Tự do - Hạnh phúc"],
        *FORM[3:],
    ]
    merged = ("A1:C1", "D1:F1", "A2:C2", "D2:F2", "A3:A4", "B3:B4", "C3:D3", "E3:F3")
    table = read(tmp_path, workbook(rows, merged=merged))
    assert table.scores.loc["CN02"].tolist() == [2, 4, 4, 3]


# 049
def test_merged_block_is_filled_and_a_blank_is_not(tmp_path):
    rows = [
        ["Lĩnh vực", "Mã", "Điểm"], ["Năng lượng", "CN01", 4], [None, "CN02", 3], [None, "CN03", 5],
        ["Nông nghiệp", "CN04", 2], [None, "CN05", 3],
    ]  # fmt: skip
    table = read(tmp_path, workbook(rows, merged=("A2:A4",)))
    assert table.texts["Lĩnh vực"].to_dict() == {
        "CN01": "Năng lượng", "CN02": "Năng lượng", "CN03": "Năng lượng", "CN04": "Nông nghiệp", "CN05": None
    }  # fmt: skip
    assert notes(table) == ["data.xlsx, DL!A6: Lĩnh vực is empty"]
    assert notes(table, "vi") == ["data.xlsx, DL!A6: cột Lĩnh vực để trống"]


# 051
def test_error_values_of_excel(tmp_path):
    rows = [["Mã", "Chi phí", "Lợi ích"], ["CN01", 5, "#N/A"], ["CN02", "#DIV/0!", 3], ["CN03", 4, 2]]
    found = problems(tmp_path, workbook(rows))
    assert {place: (p.code, str(p.found)) for place, p in found.items()} == {
        "DL!C2": ("T119", "#N/A"), "DL!B3": ("T119", "#DIV/0!")
    }  # fmt: skip
    assert "sửa công thức" in found["DL!C2"].render("vi")


def _stored(formula_cell):
    """A sheet whose cell B2 is a formula, as a program that computes (or does not) leaves it."""
    data = workbook([["Mã", "Điểm"], ["CN01", 1]])

    def change(name, content):
        return content.replace(b"<v>1</v>", formula_cell) if name == "xl/worksheets/sheet1.xml" else content

    return rezipped(data, change)


def test_formula_with_its_stored_value(tmp_path):
    table = read(tmp_path, _stored(b"<f>2+2</f><v>4</v>"))
    assert table.scores.loc["CN01", "Điểm"] == 4


def test_formula_without_stored_value(tmp_path):
    (problem,) = problems(tmp_path, workbook([["Mã", "Điểm", "x"], ["CN01", "=2+2", 1]])).values()
    assert (problem.code, problem.place, problem.found) == ("T120", "DL!B2", "=2+2")
    assert "open the workbook in Excel" in str(problem.proposal)
    assert "mở tệp bằng Excel" in problem.render("vi")


# 052
def test_percent_cells_five_ways(tmp_path):
    head = ["Mã", "Tỷ lệ nội địa hóa (%)"]
    sound = [["CN01", 0.85], ["CN02", "72%"], ["CN03", "64,5 %"], ["CN04", 58]]
    formats = {"B2": "0%"}
    table = read(tmp_path, workbook([head, *sound], formats=formats), locale="vi")
    assert table.scores[head[1]].tolist() == [85, 72, 64.5, 58]
    (problem,) = problems(
        tmp_path, workbook([head, *sound, ["CN05", 0.41]], formats=formats), locale="vi"
    ).values()
    assert (problem.code, problem.place, problem.found) == ("T126", "DL!B6", "0.41")
    assert str(problem.proposal) == "write 0.41% or 41%"
    assert "0.41% hoặc 41%" in problem.render("vi")


def test_plain_number_among_percents_without_a_percent_heading(tmp_path):
    rows = [["Mã", "Tỷ lệ"], ["CN01", 0.85], ["CN02", 58]]
    (problem,) = problems(tmp_path, workbook(rows, formats={"B2": "0%"})).values()
    assert (problem.code, problem.place) == ("T126", "DL!B3")


# 055
def test_blanks_that_cannot_be_seen(tmp_path):
    rows = [
        ["Mã", "Chi\u00a0phí ", " Lợi ích\u200b"], ["CN01", "1\u00a0250", 4],
        ["CN02\u00a0", "1\u202f300", 3], ["CN03 ", 900, "5 "],
    ]  # fmt: skip
    table = read(tmp_path, workbook(rows, sheet="DL "), sheet="DL")
    assert list(table.scores) == ["Chi phí", "Lợi ích"]
    assert table.scores.T.to_dict("list") == {"CN01": [1250, 4], "CN02": [1300, 3], "CN03": [900, 5]}


# 056
def test_numbers_in_disguise(tmp_path):
    rows = [["Mã", "Điểm"], ["CN01", "'5"], ["CN02", "５"], ["CN03", "−2"], ["CN04", "–3"], ["CN06", "+1"]]
    assert read(tmp_path, workbook(rows)).scores["Điểm"].tolist() == [5, 5, -2, -3, 1]
    (problem,) = problems(tmp_path, workbook([*rows[:5], ["CN05", "4*"], rows[5]])).values()
    assert (problem.code, problem.place, problem.found) == ("T110", "DL!B6", "4*")


def test_number_with_two_readings_needs_the_option(tmp_path):
    data = workbook([["Mã", "Chi phí"], ["CN01", "12.500"], ["CN02", "3"]])
    (problem,) = problems(tmp_path, data).values()
    assert (problem.code, problem.place) == ("T110", "DL!B2")
    assert str(problem.proposal) == "two readings: write 12.5 or 12500"
    assert read(tmp_path, data, locale="vi").scores.loc["CN01", "Chi phí"] == 12500
    assert read(tmp_path, data, locale="en").scores.loc["CN01", "Chi phí"] == 12.5


def test_digits_with_a_blank_that_parts_no_thousands(tmp_path):
    (problem,) = problems(tmp_path, workbook([["Mã", "Chi phí"], ["CN01", "1 2"], ["CN02", 3]])).values()
    assert (problem.code, problem.place) == ("T110", "DL!B2")


# 057
def test_hidden_row_is_read_and_told(tmp_path):
    rows = [["Mã", "Điểm"], ["CN01", 4], ["CN02", 5], ["CN03-cũ", 1], ["CN03", 3]]
    table = read(tmp_path, workbook(rows, hidden=(4,)))
    assert list(table.scores.index) == ["CN01", "CN02", "CN03-cũ", "CN03"]
    assert notes(table) == ["data.xlsx, DL!4:4: hidden row CN03-cũ is read like the others"]
    assert "ẩn CN03-cũ" in notes(table, "vi")[0]


def test_hidden_sheet_is_left_out_and_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Mã", "Điểm"])
    book.active.append(["CN01", 4])
    old = book.create_sheet("Cũ")
    old.append(["Mã", "Điểm"])
    old.sheet_state = "veryHidden"
    assert notes(read(tmp_path, saved(book))) == ["data.xlsx: hidden sheet Cũ is left out"]
    old.sheet_state = "visible"
    (problem,) = problems(tmp_path, saved(book)).values()
    assert problem.code == "T125"
    assert "Cũ" in str(problem.found)


# 059
def test_used_range_of_a_million_rows(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Mã", "Điểm"], ["CN01", 4], ["CN02", 5], ["CN03", 3]):
        book.active.append(row)
    book.active["XFD1048576"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    started = time.perf_counter()
    assert read(tmp_path, saved(book)).scores["Điểm"].tolist() == [4, 5, 3]
    assert time.perf_counter() - started < 5


# 060
def test_dimension_that_says_one_cell(tmp_path):
    data = workbook([["Mã", "Điểm"], ["CN01", 4], ["CN02", 5]])
    assert b'ref="A1:B3"' in _part(data)
    data = rezipped(data, lambda name, content: content.replace(b'ref="A1:B3"', b'ref="A1"'))
    assert read(tmp_path, data).scores["Điểm"].tolist() == [4, 5]


def test_dimension_of_a_billion_cells(tmp_path):
    data = workbook([["Mã", "Điểm"], ["CN01", 4], ["CN02", 5]])
    data = rezipped(data, lambda name, content: content.replace(b'ref="A1:B3"', b'ref="A1:XFD1048576"'))
    assert read(tmp_path, data).scores["Điểm"].tolist() == [4, 5]


def _part(data, name="xl/worksheets/sheet1.xml"):
    parts = {}
    rezipped(data, lambda part, content: parts.update({part: content}))
    return parts[name]


# 061
def test_scores_that_became_dates(tmp_path):
    rows = [
        ["Mã", "Điểm", "Khoảng TRL"], ["CN01", 4, datetime.date(2026, 5, 3)], ["CN02", 5, "6-8"],
    ]  # fmt: skip
    found = problems(tmp_path, workbook(rows, formats={"B2": "dd/mm/yyyy", "C2": "d-mmm"}))
    assert {place: p.code for place, p in found.items()} == {"DL!B2": "T121", "DL!C2": "T121"}
    assert str(found["DL!B2"].proposal) == "write 4"
    assert "3-5 or 5-3 may have been typed" in str(found["DL!C2"].proposal)


def test_serial_of_a_workbook_that_counts_from_1904(tmp_path):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for row in (["Mã", "Điểm"], ["CN01", 4], ["CN02", 5]):
        book.active.append(row)
    book.active["B2"].number_format = "dd/mm/yyyy"
    (problem,) = problems(tmp_path, saved(book)).values()
    assert (problem.found, str(problem.proposal)) == ("1904-01-05", "write 4")


# 063
def test_same_column_twice(tmp_path):
    rows = [["Mã", "Chi phí", "Lợi ích", "Chi phí"], ["CN01", 10, 4, 12], ["CN02", 8, 3, 9]]
    (problem,) = problems(tmp_path, workbook(rows)).values()
    assert (problem.code, problem.place, problem.field) == ("T106", "DL!D1", "Chi phí")
    assert "DL!B1" in str(problem.found)


# 064
@pytest.mark.parametrize(
    "name", ["Điện mặt trời mái nhà", "Điê\u0323n mă\u0323t trời mái nhà", "ĐIỆN mặt trời  mái nhà\u00a0"]
)
def test_one_technology_under_several_spellings(tmp_path, name):
    rows = [["Mã", "Tên", "Điểm"], ["CN01", "Điện mặt trời mái nhà", 4], ["CN02", name, 5], ["CN04", "x", 2]]
    (problem,) = problems(tmp_path, workbook(rows)).values()
    assert (problem.code, problem.place) == ("T129", "DL!B3")
    assert "CN01, CN02" in str(problem.found)


def test_old_and_new_place_of_the_tone_mark_are_one_name(tmp_path):
    rows = [["Mã", "Tên", "Điểm"], ["CN01", "Điều hoà thuỷ nhiệt", 4], ["CN02", "Điều hòa thủy nhiệt", 5]]
    (problem,) = problems(tmp_path, workbook(rows)).values()
    assert problem.code == "T129"


def test_code_twice(tmp_path):
    rows = [["Mã", "Điểm"], ["CN01", 4], ["cn01\u00a0", 5]]
    (problem,) = problems(tmp_path, workbook(rows)).values()
    assert (problem.code, problem.place) == ("S302", "DL!A3")


def test_codes_keep_their_zeros(tmp_path):
    rows = [["Mã", "Điểm"], [7, 4], ["010", 5], [12, 3]]
    table = read(tmp_path, workbook(rows, formats={"A2": "000", "A4": "000"}))
    assert list(table.scores.index) == ["007", "010", "012"]


# 067
def test_list_of_codes_that_became_a_decimal(tmp_path):
    rows = [["Mã", "Cần trước"], ["1", None], ["2", None], ["3", 1.2], ["4", "1;2"]]
    path = tmp_path / "data.xlsx"
    path.write_bytes(workbook(rows, sheet="PhuThuoc"))
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_prerequisites(path, sheet="PhuThuoc")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place, problem.found) == ("T127", "PhuThuoc!B4", "1.2")
    assert str(problem.proposal) == "write 1;2"


# 068
def test_strict_open_xml(tmp_path):
    def strict(_, content):
        for transitional, name in STRICT.items():
            content = content.replace(transitional, name)
        return content

    table = read(tmp_path, rezipped(workbook([["Mã", "Điểm"], ["CN01", 4]]), strict))
    assert table.scores.to_dict() == {"Điểm": {"CN01": 4}}
    rows = [["Mã", "Điểm"], ["CN01", "#N/A"], ["CN02", 1]]
    assert "DL!B2" in problems(tmp_path, rezipped(workbook(rows), strict))


# 069
def test_page_of_the_web_named_xls(tmp_path):
    page = "<html><table><tr><td>Mã</td><td>Điểm</td></tr><tr><td>CN01</td><td>4</td></tr></table></html>"
    (problem,) = problems(tmp_path, page, "data.xls").values()
    assert problem.code == "T124"
    assert "HTML" in str(problem.found)
    assert ".xlsx" in problem.render("vi")


def test_text_named_xlsx(tmp_path):
    assert read(tmp_path, "Mã,Điểm\nCN01,4\n", "data.xlsx").scores.loc["CN01", "Điểm"] == 4


# 071
def test_password(tmp_path):
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    )
    (problem,) = problems(tmp_path, data).values()
    assert problem.code == "T123"
    assert "password" in problem.render("en")
    assert "mật khẩu" in problem.render("vi")


# 076
def test_font_of_a_legacy_code_page(tmp_path):
    rows = [
        ["M·", "Tªn c«ng nghÖ", "§iÓm"],
        ["CN01", "C«ng nghÖ sinh häc", 4],
        ["CN02", "N¨ng l\u00adîng t¸i t¹o", 5],
    ]
    fonts = {f"{column}{row}": ".VnTime" for column in "ABC" for row in (1, 2, 3)}
    found = problems(tmp_path, workbook(rows, fonts=fonts))
    assert {place: str(p.proposal) for place, p in found.items()} == {
        "DL!A1": "write Mã", "DL!B1": "write Tên công nghệ", "DL!C1": "write Điểm",
        "DL!B2": "write Công nghệ sinh học", "DL!B3": "write Năng lượng tái tạo",
    }  # fmt: skip
    assert {p.code for p in found.values()} == {"T122"}
    assert ".VnTime" in found["DL!B2"].render("vi")


def test_zip_that_unpacks_to_more_than_any_memory(tmp_path):
    data = workbook([["Mã", "Điểm"], ["CN01", 4]])
    bomb = b"<!--" + b" " * 310_000_000 + b"-->"
    data = rezipped(data, lambda name, part: part + bomb if name == "xl/worksheets/sheet1.xml" else part)
    assert len(data) < 1_000_000
    started = time.perf_counter()
    (problem,) = problems(tmp_path, data).values()
    assert (problem.code, time.perf_counter() - started < 5) == ("T102", True)
    assert "300 MB" in problem.render("en")


def _row(*cells, copies=1):
    return f'<table:table-row table:number-rows-repeated="{copies}">{"".join(cells)}</table:table-row>'


def _words(words, copies=1):
    repeated = f'table:number-columns-repeated="{copies}"'
    return (
        f'<table:table-cell office:value-type="string" {repeated}><text:p>{words}</text:p></table:table-cell>'
    )


def _float(value):
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


ODS = [_row(copies=3), _row(_words("Mã"), _words("Điểm")), _row(_words("CN01"), _float(4))]


def test_open_document_with_a_million_empty_rows(tmp_path):
    data = open_document("".join([*ODS, _row(_words("", 16_384), copies=1_048_570)]))
    assert read(tmp_path, data, "data.ods").scores.to_dict() == {"Điểm": {"CN01": 4}}


@pytest.mark.parametrize(
    "row",
    [_row(_words("x", 16_384), copies=1_048_570), _row(_words("x", 10**9)), _row(_words("x"), copies=10**9)],
)
def test_open_document_of_a_billion_cells(tmp_path, row):
    started = time.perf_counter()
    (problem,) = problems(tmp_path, open_document("".join([*ODS, row])), "data.ods").values()
    assert (problem.code, time.perf_counter() - started < 5) == ("T102", True)


def test_error_in_an_open_document_of_another_program(tmp_path):
    """Without LibreOffice's own attribute an error is a formula that has no value."""
    cell = '<table:table-cell table:formula="of:=1/0"/>'
    data = open_document("".join([*ODS, _row(_words("CN02"), cell)]))
    (problem,) = problems(tmp_path, data, "data.ods").values()
    assert (problem.code, problem.place) == ("T120", "DL!B6")


# Siblings of 055: letters of several formats inside a cell, readings above the letters, an empty string
def test_texts_with_formats_inside_are_whole(tmp_path):
    import xlsxwriter

    path = tmp_path / "rich.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["Mã", "C1"])
        sheet.write_rich_string(1, 0, "CN", bold, "01")
        sheet.write_string(2, 0, "CN02")
        sheet.write_column(1, 1, [3, 4])
    plain = b"<si><t>CN02</t></si>"
    above = b'<si><t>CN02</t><rPh sb="0" eb="2"><t>si en</t></rPh><phoneticPr fontId="1"/></si>'
    content = rezipped(path.read_bytes(), lambda name, part: part.replace(plain, above))
    assert content != path.read_bytes()
    assert read(tmp_path, content, "rich.xlsx").scores.index.tolist() == ["CN01", "CN02"]
