import io
import pickle
import re

import openpyxl
import pytest

from techprio.csv_text import clean
from techprio.display.quantities import render
from techprio.reporting.finance import Live, _across
from techprio.reporting.lists import COLUMNS
from techprio.reporting.workbook import legend_table, run_tables, sheet_names, workbook_bytes


def _open(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module", params=["vi", "en"])
def book(request, run):
    return request.param, _open(workbook_bytes(run, language=request.param))


def test_first_sheet_is_the_page_for_leaders_then_index_and_list(book, run):
    language, workbook = book
    assert workbook.sheetnames[:3] == {
        "vi": ["Tóm tắt", "Mục lục", "Danh mục ưu tiên"], "en": ["Summary", "Index", "Priority list"],
    }[language]  # fmt: skip
    titles = [row[2].value for row in workbook.worksheets[1].iter_rows(min_row=5)]
    tables = run_tables(run)
    assert set(titles) >= {table.title.render(language) for table in tables}


def test_rows_and_printed_page_of_every_sheet(book, run):
    _, workbook = book
    tables = run_tables(run)
    sheets = [sheet for sheet in workbook.worksheets if sheet.title not in ("Index", "Mục lục")]
    for sheet, table in zip(sheets, (*tables, legend_table(tables)), strict=True):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        head = int(sheet.print_title_rows.strip("$").split(":")[0].strip("$"))
        below = sheet.max_row - head - len(table.rows)  # notes stand below, out of the panes that stay
        assert below == 0 if not table.notes else below > len(table.notes) or not table.rows
        assert head == 4
        assert len(list(sheet[head])) == len(table.columns)


def test_last_sheet_states_what_every_column_means(book, run):
    language, workbook = book
    rows = [[cell.value for cell in row] for row in workbook.worksheets[-1].iter_rows(min_row=5)]
    stated = {(key, meaning) for _, meaning, key, _ in rows}
    shown = [column.quantity for table in run_tables(run) for column in table.columns]
    assert stated == {
        (q.key.partition(":")[0], clean(words)) for q in shown if (words := render(q.explanation, language))
    }
    assert all(heading and meaning and sheets for heading, meaning, _, sheets in rows)


def test_list_has_the_agreed_columns_and_numbers_are_numbers(run):
    table = run_tables(run)[1]
    unknown = {"steadiness", "p_in_phase", "p50", "p80"}  # of the invented run, which has no draws of dates
    assert len(table.columns) == len(set(COLUMNS) - unknown)
    sheet = _open(workbook_bytes(run, language="vi")).worksheets[2]
    head = int(sheet.print_title_rows.strip("$").split(":")[0].strip("$"))
    for row in sheet.iter_rows(min_row=head + 1, max_row=head + len(table.rows)):
        for cell, column in zip(row, table.columns, strict=True):
            if cell.value is not None:
                assert cell.data_type == ("n" if column.numeric else "s")


def test_no_name_becomes_a_formula(invented):
    name = '=HYPERLINK("http://x.invalid","xem")'
    workbook = _open(workbook_bytes(invented(rename={"AGR01": name}), language="vi"))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == name for cell in cells)
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [cell for cell in formulas if not re.match(r"=(SUM|SUMIF|[A-Z]+\d+-)", cell.value)]


def test_control_signs_of_word_become_line_ends(invented):
    workbook = _open(workbook_bytes(invented(rename={"AGR01": "Dòng một\x0bDòng hai"}), language="vi"))
    assert any(
        cell.value == "Dòng một\nDòng hai" for row in workbook.worksheets[2].iter_rows() for cell in row
    )


def test_bytes_repeat(run, invented):
    assert workbook_bytes(run, language="vi") == workbook_bytes(invented(), language="vi")


def test_sheet_names_of_any_title():
    long = "Bảng điểm và nguồn của các công nghệ ngành nông nghiệp"
    names = sheet_names([f"{long} (1)", f"{long} (2)", "Lộ trình: 2026/2030 [nháp]", "History"])
    assert len({name.casefold() for name in names}) == 4
    assert all(0 < len(name) <= 31 for name in names)
    assert not [name for name in names if set(name) & set("[]:*?/\\")]
    assert "history" not in {name.casefold() for name in names}


def test_a_figure_with_a_formula_goes_to_another_process():
    live = Live(2.5, _across(3))
    again = pickle.loads(pickle.dumps(live))
    assert again == 2.5
    assert again.formula(6, 5, 3) == "=SUM(C7:E7)"
