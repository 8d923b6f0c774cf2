"""Workbooks into grids: every cell with its address, kind, merged blocks and hidden rows.

Open XML, Excel 97-2003 and OpenDocument are read in full. Binary workbooks (xlsb) are read by calamine,
which knows neither formats nor error values; a note says so.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import MOST_PLACES, Box, Cell, Entry, Grid, GridRow, laid_out, moment, number
from techprio.inputs.sniffing import Kind
from techprio.language import text


def read_workbook(data: bytes, file: str, kind: Kind, diagnostics: Diagnostics) -> list[Grid]:
    """Read the sheets of a workbook; empty, with the reason noted, when it cannot be opened.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    kind : {"xlsx", "xls", "ods", "xlsb"}
    diagnostics : Diagnostics
        Takes problems and notes.
    """
    try:
        with warnings.catch_warnings(), _no_collection():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and lists, which are not read here
            grids = _read(data, file, kind)
    except Exception as error:  # a damaged file can fail anywhere inside either reader
        found = text("a workbook that cannot be opened ({reason})", reason=type(error).__name__)
        allowed = text("CSV UTF-8, or a workbook without a password")
        diagnostics.add(
            "T102",
            Location(file),
            found=found,
            allowed=allowed,
            proposal=text("open it in Excel and save it again"),
        )
        return []
    for grid in grids:
        grid.merged = _inside(grid)
    if kind == "xlsb":
        diagnostics.note(text("{file}: read without formats; error values show as empty cells", file=file))
    return grids


def _inside(grid: Grid) -> list[Box]:
    """Return the merged blocks as far as there are cells; a block can reach to the last cell of a sheet."""
    high = grid.rows[-1].number if grid.rows else 0
    wide = max((len(row.cells) for row in grid.rows), default=0)
    boxes = (Box(box.top, box.left, min(box.bottom, high), min(box.right, wide)) for box in grid.merged)
    return [box for box in boxes if box.top <= box.bottom and box.left <= box.right]


def _read(data: bytes, file: str, kind: Kind) -> list[Grid]:
    # openpyxl is loaded when a file needs it: the command line starts without it.
    if kind == "xlsx":
        from techprio.inputs.open_xml import read_open_xml

        return read_open_xml(data, file)
    if kind == "xls":
        return read_old_excel(data, file)
    if kind == "ods":
        return read_open_document(data, file)
    return _with_calamine(data, file)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Pause the garbage collector, which would walk a million new cells again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with_calamine(data: bytes, file: str) -> list[Grid]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids = []
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        rows = [
            GridRow(number, [_plain(value) for value in values])
            for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
            if any(value != "" for value in values)
        ]
        areas = getattr(sheet, "merged_cell_ranges", None) or []
        merged = [Box(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in areas]
        is_hidden = about.visible != SheetVisibleEnum.Visible
        grids.append(Grid(file, about.name, rows, merged, frozenset(), is_hidden))
    return grids


def _plain(value: Any) -> Entry:
    if value == "":
        return ""
    if isinstance(value, bool):
        return Cell("flag", str(value).upper())
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return Cell("text", value)
    from openpyxl.utils import datetime as excel_dates

    serial: Any = excel_dates.to_excel
    return moment(value, serial(value))


def read_old_excel(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook; a file that is damaged raises whatever it stumbles over."""
    import xlrd

    with contextlib.redirect_stdout(io.StringIO()):  # xlrd says what it finds odd where nobody asked
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    return [_old_sheet(book, sheet, file) for sheet in book.sheets()]


def _old_sheet(book: Any, sheet: Any, file: str) -> Grid:
    rows = []
    for row in range(sheet.nrows):
        found = {column + 1: _old_cell(book, cell) for column, cell in enumerate(sheet.row(row))}
        kept = {column: cell for column, cell in found.items() if cell is not None}
        if kept:
            rows.append(GridRow(row + 1, laid_out(kept)))
    merged = [Box(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    hidden = frozenset(row + 1 for row, look in sheet.rowinfo_map.items() if look.hidden)
    return Grid(file, sheet.name, rows, merged, hidden, sheet.visibility != 0)


def _old_cell(book: Any, cell: Any) -> Cell | None:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell("error", xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("flag", str(bool(cell.value)).upper())
    look = book.xf_list[cell.xf_index]
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Cell("text", cell.value, font=book.font_list[look.font_index].name) if cell.value else None
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return moment(xlrd.xldate_as_datetime(cell.value, book.datemode), cell.value)
        except (OverflowError, ValueError, xlrd.XLDateError):
            return Cell("error", "#VALUE!")
    return number(cell.value, book.format_map[look.format_key].format_str)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
MOST_COLUMNS = 16_384
_DAY_ZERO = datetime.datetime(1899, 12, 30)


def read_open_document(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook; a file that is damaged raises whatever it stumbles over."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))
    hidden = _hidden_styles(root)
    fonts = _fonts(root)
    return [
        _open_sheet(table, file, fonts, table.get(f"{_TABLE}style-name") in hidden)
        for table in root.iterfind(f".//{_OFFICE}spreadsheet/{_TABLE}table")
    ]


def _hidden_styles(root: Any) -> set[str]:
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        for look in style.iterfind(f"{_STYLE}table-properties")
        if look.get(f"{_TABLE}display") == "false"
    }


def _fonts(root: Any) -> dict[str, str]:
    return {
        style.get(f"{_STYLE}name"): look.get(f"{_STYLE}font-name", "")
        for style in root.iter(f"{_STYLE}style")
        for look in style.iterfind(f"{_STYLE}text-properties")
    }


def _open_sheet(table: Any, file: str, fonts: dict[str, str], is_hidden: bool) -> Grid:
    grid = Grid(file, table.get(f"{_TABLE}name") or "", is_hidden_sheet=is_hidden)
    merged: list[Box] = []
    hidden: set[int] = set()
    number_of_row, room = 1, MOST_PLACES
    for row in table.iter(f"{_TABLE}table-row"):
        copies = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        cells = dict(_cells(row, number_of_row, merged, fonts))
        room -= max(cells, default=0) * copies
        if room < 0:
            raise ValueError(f"more than {MOST_PLACES} places")
        for at in range(number_of_row, number_of_row + copies if cells else number_of_row):
            grid.rows.append(GridRow(at, laid_out(cells)))
            if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
                hidden.add(at)
        number_of_row += copies
    grid.merged, grid.hidden = merged, frozenset(hidden)
    return grid


def _cells(
    row: Any, number_of_row: int, merged: list[Box], fonts: dict[str, str]
) -> Iterator[tuple[int, Cell]]:
    column = 1
    for element in row:
        if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        copies = int(element.get(f"{_TABLE}number-columns-repeated", 1))
        wide = int(element.get(f"{_TABLE}number-columns-spanned", 1))
        high = int(element.get(f"{_TABLE}number-rows-spanned", 1))
        if wide > 1 or high > 1:
            merged.append(Box(number_of_row, column, number_of_row + high - 1, column + wide - 1))
        covered = element.tag == f"{_TABLE}covered-table-cell"
        cell = None if covered else _open_cell(element, fonts)
        if cell is not None and copies > MOST_COLUMNS:
            raise ValueError(f"a cell that stands {copies} times")
        for at in range(column, column + copies if cell is not None else column):
            yield at, cell  # type: ignore[misc]
        column += copies


def _open_cell(element: Any, fonts: dict[str, str]) -> Cell | None:
    kind = element.get(f"{_OFFICE}value-type")
    words = "\n".join("".join(part.itertext()) for part in element.iterfind(f"{_TEXT}p"))
    if element.get(f"{_CALC}value-type") == "error":
        return Cell("error", words)
    if kind in ("float", "currency"):
        return _flag(element) or number(float(element.get(f"{_OFFICE}value")))
    if kind == "percentage":
        return number(float(element.get(f"{_OFFICE}value")), "0%")
    if kind == "boolean":
        return Cell("flag", element.get(f"{_OFFICE}boolean-value", "").upper())
    if kind == "date":
        when = datetime.datetime.fromisoformat(element.get(f"{_OFFICE}date-value"))
        return moment(when, (when - _DAY_ZERO) / datetime.timedelta(days=1))
    if kind == "time":
        return Cell("date", words)
    if kind is None and element.get(f"{_TABLE}formula"):
        return Cell("uncomputed", element.get(f"{_TABLE}formula"))
    stated = element.get(f"{_OFFICE}string-value")
    shown = stated if stated is not None else words
    return Cell("text", shown, font=fonts.get(element.get(f"{_TABLE}style-name", ""), "")) if shown else None


def _flag(element: Any) -> Cell | None:
    """Return true and false, which LibreOffice writes as 1 and 0 from the formulas TRUE() and FALSE()."""
    formula = element.get(f"{_TABLE}formula", "").removeprefix("of:=").rstrip("()")
    return Cell("flag", formula) if formula in ("TRUE", "FALSE") else None
