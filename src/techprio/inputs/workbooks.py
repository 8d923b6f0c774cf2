"""Workbooks into grids: every cell with its address, kind, merged blocks and hidden rows.

Open XML, Excel 97-2003 and OpenDocument are read in full. Binary workbooks (xlsb) are read by calamine,
which knows neither formats nor error values; a note says so.
"""

from __future__ import annotations

import gc
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Box, Cell, Entry, Grid, GridRow
from techprio.inputs.sniffing import Kind
from techprio.inputs.stored_values import moment, number
from techprio.language import text


def read_workbook(data: bytes, file: str, kind: Kind, diagnostics: Diagnostics) -> list[Grid]:
    """Read the sheets of a workbook; empty, with the reason noted, when it cannot be opened.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    kind : {"xlsx", "xls", "ods", "xlsb"}
    findings : Diagnostics
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
    if kind == "xlsb":
        diagnostics.note(text("{file}: read without formats; error values show as empty cells", file=file))
    return grids


def _read(data: bytes, file: str, kind: Kind) -> list[Grid]:
    # Each library is loaded when a file needs it: the command line starts without them.
    if kind == "xlsx":
        from techprio.inputs.open_xml import read_open_xml

        return read_open_xml(data, file)
    if kind == "xls":
        from techprio.inputs.old_excel import read_old_excel

        return read_old_excel(data, file)
    if kind == "ods":
        from techprio.inputs.open_document import read_open_document

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
