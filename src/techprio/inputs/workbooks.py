"""Workbooks into grids: every cell with its address, kind, merged blocks and hidden rows.

openpyxl is read once with formulas and, only when there are any, once more with their stored
values. What it cannot open (Strict Open XML, xls, ods, xlsb) is read by calamine, which knows
neither formats nor error values; a note says so.
"""

from __future__ import annotations

import datetime
import gc
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from techprio.inputs.findings import Findings, Spot
from techprio.inputs.grid import Box, Cell, Entry, Grid, GridRow
from techprio.inputs.sniffing import Kind
from techprio.language import text

_Cells = dict[tuple[int, int], Cell]


def read_workbook(data: bytes, file: str, kind: Kind, findings: Findings) -> list[Grid]:
    """Read the sheets of a workbook; empty, with the reason noted, when it cannot be opened.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    kind : {"xlsx", "other workbook"}
    findings : Findings
        Takes problems and notes.
    """
    try:
        with warnings.catch_warnings(), _no_collection():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and lists, which are not read here
            grids = _with_openpyxl(data, file) if kind == "xlsx" else []
            if grids:
                return grids
            grids = _with_calamine(data, file)
    except Exception as error:  # a damaged file can fail anywhere inside either reader
        found = text("a workbook that cannot be opened ({reason})", reason=type(error).__name__)
        allowed = text("CSV UTF-8, or a workbook without a password")
        findings.add(
            "T102",
            Spot(file),
            found=found,
            allowed=allowed,
            proposal=text("open it in Excel and save it again"),
        )
        return []
    findings.note(text("{file}: read without formats; error values show as empty cells", file=file))
    return grids


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


def _with_openpyxl(data: bytes, file: str) -> list[Grid]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    looks = _Looks(book)
    cells = {title: _cells(sheet, looks) for title, sheet in sheets.items()}
    waiting = {
        (title, at)
        for title, found in cells.items()
        for at, cell in found.items()
        if cell.kind == "uncomputed"
    }
    if waiting:
        stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        stored_looks = _Looks(stored)
        for title, at in waiting:
            cell = stored[title].cell(*at)
            if cell.value is not None:
                cells[title][at] = _cell(cell, stored_looks)
    return [_grid(sheet, cells[title], file) for title, sheet in sheets.items()]


class _Looks:
    """Fonts and number formats of a workbook, looked up once each."""

    def __init__(self, book: Any) -> None:
        self.epoch: datetime.datetime = book.epoch
        self._fonts: dict[int, str] = {}
        self._formats: dict[int, str] = {}

    def font(self, cell: Any) -> str:
        """Return the name of the font of a cell."""
        number = cell._style.fontId
        if number not in self._fonts:
            self._fonts[number] = cell.font.name or ""
        return self._fonts[number]

    def number_format(self, cell: Any) -> str:
        """Return the number format of a cell."""
        number = cell._style.numFmtId
        if number not in self._formats:
            self._formats[number] = cell.number_format
        return self._formats[number]


def _cells(sheet: Any, looks: _Looks) -> _Cells:
    # The stored cells: walking the used range would cross a million rows for one coloured cell.
    return {at: _cell(cell, looks) for at, cell in sheet._cells.items() if cell.value is not None}


def _cell(cell: Any, looks: _Looks) -> Cell:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return Cell("uncomputed", str(getattr(value, "text", value)))
    if kind == "e":
        return Cell("error", str(value))
    if kind == "b":
        return Cell("flag", str(value).upper())
    if isinstance(value, int | float):
        return _number(value, looks.number_format(cell))
    if isinstance(value, str):
        return Cell("text", value, font=looks.font(cell))
    return _moment(value, looks.epoch)


def _number(value: float, number_format: str) -> Cell:
    plain = f"{value:.15g}"
    if "%" in number_format:
        return Cell("percent", f"{value * 100:.12g}%", float(value))
    if number_format and set(number_format) == {"0"} and float(value).is_integer():
        plain = f"{int(value):0{len(number_format)}d}"  # a code such as 007
    return Cell("number", plain, float(value))


def _moment(value: Any, epoch: datetime.datetime) -> Cell:
    from openpyxl.utils import datetime as excel_dates

    _serial: Any = excel_dates.to_excel

    if isinstance(value, datetime.datetime | datetime.date):
        return Cell("date", value.isoformat()[:10], float(_serial(value, epoch=epoch)))
    return Cell("date", str(value), 0.0)


def _grid(sheet: Any, cells: _Cells, file: str) -> Grid:
    merged = [
        Box(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges
    ]
    hidden = frozenset(row for row, look in sheet.row_dimensions.items() if look.hidden)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column] = cell
    grid_rows = [GridRow(number, _entries(found)) for number, found in rows.items()]
    return Grid(file, sheet.title, grid_rows, merged, hidden, sheet.sheet_state != "visible")


def _entries(found: dict[int, Cell]) -> list[Entry]:
    entries: list[Entry] = [""] * max(found)
    for column, cell in found.items():
        entries[column - 1] = cell
    return entries


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
        return _number(value, "General")
    if isinstance(value, str):
        return Cell("text", value)
    return _moment(value, datetime.datetime(1899, 12, 30))
