import io
import re
import warnings

import openpyxl
import pytest

from techprio.csv_text import clean
from techprio.display.legend import legend_table
from techprio.display.quantities import render
from techprio.reporting.lists import COLUMNS
from techprio.reporting.sheets import Imprint, tables_bytes, without_empty
from techprio.reporting.workbook import (
    ANALYSIS,
    Tables,
    analysis_bytes,
    run_tables,
    workbook_bytes,
)

NUMBER_AS_TEXT = re.compile(r"[+-]?\d+([.,]\d+)?%?")
MONTH = re.compile(r"\d{4}-\d\d")
WINDOW = 15 * (8.43 + 0.71)  # columns of the usual width, with their margins


def _open(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module", params=["vi", "en"])
def book(request, run):
    return request.param, _open(workbook_bytes(run, language=request.param, beside=ANALYSIS))


@pytest.fixture(scope="module", params=["vi", "en"])
def books(request, trimmed_result):
    """Give both workbooks of a real run, with the tables on their sheets."""
    language, tables = request.param, Tables.of(trimmed_result)
    made = (
        workbook_bytes(trimmed_result, language=language, tables=tables, beside=ANALYSIS),
        analysis_bytes(trimmed_result, language=language, tables=tables),
    )
    pairs = []
    for content, on_sheets in zip(made, tables, strict=True):
        printed = [without_empty(table) for table in on_sheets]
        workbook = _open(content)
        pairs += zip((s for s in workbook if s is not workbook.worksheets[1]), printed, strict=False)
    return pairs


def test_first_sheet_is_the_page_for_leaders_then_index_and_list(book, run):
    language, workbook = book
    assert workbook.sheetnames[:3] == {
        "vi": ["Tóm tắt", "Mục lục", "Công nghệ ưu tiên"],
        "en": ["Summary", "Index", "Priority technologies"],
    }[language]  # fmt: skip
    assert len(workbook.sheetnames) <= 12
    titles = [row[2].value for row in workbook.worksheets[1].iter_rows(min_row=5)]
    assert set(titles) >= {table.title.render(language) for tables in Tables.of(run) for table in tables}


def test_the_index_leads_to_every_sheet_of_both_workbooks(book, run):
    language, workbook = book
    beside = _open(analysis_bytes(run, language=language)).sheetnames
    index = workbook.worksheets[1]
    led = [cell.hyperlink for (cell,) in index.iter_rows(min_row=5, min_col=2, max_col=2)]
    inside = [link.location for link in led if not link.target]
    outside = [link.location for link in led if link.target]
    assert {link.target for link in led if link.target} == {ANALYSIS}
    assert inside == [f"'{name}'!A1" for name in workbook.sheetnames]
    assert outside == [f"'{name}'!A1" for name in (beside[0], *beside[2:-1])]  # without index and legend


def test_rows_and_printed_page_of_every_sheet(book, run):
    _, workbook = book
    tables = [without_empty(table) for table in run_tables(run)]
    sheets = [sheet for sheet in workbook.worksheets if sheet.title not in ("Index", "Mục lục")]
    for sheet, table in zip(sheets, (*tables, legend_table(tables)), strict=True):
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1) == (9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert int(sheet.print_title_rows.strip("$").split(":")[0].strip("$")) == 4
        below = sheet.max_row - 4 - len(table.rows)  # notes stand below, out of the panes that stay
        assert below == 0 if not table.notes else below > len(table.notes)
        assert len(list(sheet[4])) == len(table.columns)


def test_what_stays_in_sight_is_a_third_of_a_window_at_most(books):
    for sheet, _ in books:
        column, row = openpyxl.utils.cell.coordinate_from_string(sheet.freeze_panes)
        stay = openpyxl.utils.column_index_from_string(column) - 1
        dimensions = [sheet.column_dimensions[openpyxl.utils.get_column_letter(n + 1)] for n in range(stay)]
        assert sum(one.width for one in dimensions if not one.hidden) <= WINDOW / 3, sheet.title
        heights = [sheet.row_dimensions[n].height or 15 for n in range(1, row)]
        assert sum(heights) <= 150, sheet.title  # points, of 30 rows of 15


def test_no_column_is_empty_and_no_sheet(books):
    for sheet, table in books:
        assert table.rows
        for cells in sheet.iter_cols(min_row=5, max_row=4 + len(table.rows)):
            assert any(cell.value is not None for cell in cells), (sheet.title, cells[0].column_letter)


def test_years_months_and_numbers_are_what_they_are(books):
    seen = set()
    for sheet, table in books:
        for row in sheet.iter_rows(min_row=5, max_row=4 + len(table.rows)):
            for cell, column in zip(row, table.columns, strict=True):
                seen.add((column.format, cell.data_type))
                if cell.data_type == "s" and column.format not in ("code", "mark"):
                    assert not NUMBER_AS_TEXT.fullmatch(cell.value), (sheet.title, cell.coordinate)
                    assert not MONTH.fullmatch(cell.value), (sheet.title, cell.coordinate)
                decimals = cell.number_format.partition(";")[0].partition(".")[2].rstrip("%")
                assert len(decimals) <= 3 or cell.number_format == "General"
    assert {("year", "n"), ("month", "d"), ("code", "s"), ("money", "f")} <= seen


def test_last_sheet_states_what_every_column_means(book, run):
    language, workbook = book
    rows = [[cell.value for cell in row] for row in workbook.worksheets[-1].iter_rows(min_row=5)]
    stated = {(key, meaning) for _, meaning, key, _ in rows}
    shown = [column.quantity for table in run_tables(run) for column in without_empty(table).columns]
    assert stated == {
        (q.key.partition(":")[0], clean(words)) for q in shown if (words := render(q.explanation, language))
    }
    assert all(heading and meaning and sheets for heading, meaning, _, sheets in rows)


def test_list_of_all_has_the_agreed_columns(run):
    table = next(table for table in run_tables(run) if table.id == "technologies")
    unknown = {"steadiness", "p_in_phase", "p50", "p80"}  # of the invented run, which has no draws of dates
    assert len(table.columns) == len(set(COLUMNS) - unknown)
    assert len(table.rows) == len(run.study.catalog.technologies)


def test_no_name_becomes_a_formula(invented):
    name = '=HYPERLINK("http://x.invalid","xem")'
    workbook = _open(workbook_bytes(invented(rename={"AGR01": name}), language="vi"))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == name for cell in cells)
    formulas = [cell for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [c for c in formulas if not re.match(r"=(SUM\(|SUMIF\(|[A-Z]+\d+([-+/][A-Z]+\d+)?$)", c.value)]


def test_control_signs_of_word_become_line_ends(invented):
    workbook = _open(workbook_bytes(invented(rename={"AGR01": "Dòng một\x0bDòng hai"}), language="vi"))
    assert any(
        cell.value == "Dòng một\nDòng hai" for sheet in workbook for row in sheet.iter_rows() for cell in row
    )


def test_bytes_repeat(run, invented):
    assert workbook_bytes(run, language="vi") == workbook_bytes(invented(), language="vi")


def test_footer_of_a_long_id_fits(run):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tables_bytes(run_tables(run)[:1], Imprint("t", "&" * 300, "1"), language="en")
