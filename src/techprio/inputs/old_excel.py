"""Sheets of an Excel 97-2003 workbook (xls), with formats, fonts, error values and hidden rows, by xlrd.

The file keeps the last value of a formula beside it, so none is ever without value.
"""

from __future__ import annotations

import contextlib
import io
from typing import Any

from techprio.inputs.grid import Box, Cell, Grid, GridRow, laid_out
from techprio.inputs.stored_values import moment, number


def read_old_excel(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook; a file that is damaged raises whatever it stumbles over."""
    import xlrd

    with contextlib.redirect_stdout(io.StringIO()):  # xlrd says what it finds odd where nobody asked
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    return [_sheet(book, sheet, file) for sheet in book.sheets()]


def _sheet(book: Any, sheet: Any, file: str) -> Grid:
    rows = []
    for row in range(sheet.nrows):
        found = {column + 1: _cell(book, cell) for column, cell in enumerate(sheet.row(row))}
        kept = {column: cell for column, cell in found.items() if cell is not None}
        if kept:
            rows.append(GridRow(row + 1, laid_out(kept)))
    merged = [Box(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    hidden = frozenset(row + 1 for row, look in sheet.rowinfo_map.items() if look.hidden)
    return Grid(file, sheet.name, rows, merged, hidden, sheet.visibility != 0)


def _cell(book: Any, cell: Any) -> Cell | None:
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
