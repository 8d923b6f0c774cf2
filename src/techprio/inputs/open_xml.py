"""Sheets of an Open XML workbook (xlsx, xlsm, Strict) in one pass, with openpyxl's own parser of sheets.

The parser is used below its workbook objects: those would need a second pass for the values that
formulas have stored, and many times the memory.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, NamedTuple

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import datetime as excel_dates
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from techprio.inputs.grid import MOST_PLACES, Box, Cell, Grid, GridRow, laid_out, moment, number

_STRING_TAG, _TEXT_TAG = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t"))
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""The namespaces of Strict Open XML (ISO/IEC 29500-1) and those of the transitional kind."""


class Look(NamedTuple):
    """What the style of a cell says of its value."""

    number_format: str = "General"
    font: str = ""


class _Cells(WorkSheetParser):
    """The parser of openpyxl, with a word on formulas whose value the file does not hold."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell as openpyxl does, with its serial if it is a date."""
        cell = super().parse_cell(element)
        stored = element.find(VALUE_TAG)
        if cell["data_type"] == "d" and element.get("t", "n") == "n":
            cell["serial"] = float(stored.text)
        is_empty_text = stored is not None and element.get("t") == "str"
        if cell["value"] is None and not is_empty_text and element.find(FORMULA_TAG) is not None:
            return cell | {"data_type": "uncomputed", "value": f"={element.findtext(FORMULA_TAG) or ''}"}
        return cell


def read_open_xml(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of a workbook; a file that is damaged raises whatever it stumbles over."""
    reader = ExcelReader(io.BytesIO(_transitional(data)), keep_links=False)
    reader.read_manifest()
    reader.shared_strings = _shared_strings(reader)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    book: Any = reader.wb
    looks = [_look(book, style) for style in book._cell_styles]
    return [
        _sheet(reader, about, part.target, looks, file)
        for about, part in reader.parser.find_sheets()
        if "chartsheet" not in part.Type
    ]


def _shared_strings(reader: Any) -> list[str]:
    """Return the table of strings; only those with formats inside go through the objects of openpyxl."""
    part = reader.package.find(SHARED_STRINGS)
    if part is None:
        return []
    strings = []
    with reader.archive.open(part.PartName[1:]) as source:
        for _, node in iterparse(source):
            if node.tag != _STRING_TAG:
                continue
            if len(node) == 1 and node[0].tag == _TEXT_TAG:
                words = node[0].text or ""
            else:
                rich: Any = Text.from_tree(node)
                words = rich.content
            strings.append(words.replace("x005F_", ""))
            node.clear()
    return strings


def _transitional(data: bytes) -> bytes:
    """Give a Strict workbook the namespaces that readers know; leave any other as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if b"http://purl.oclc.org/ooxml" not in archive.read("xl/workbook.xml"):
            return data
        rewritten = io.BytesIO()
        with zipfile.ZipFile(rewritten, "w") as target:
            for name in archive.namelist():
                target.writestr(name, _renamed(archive.read(name)))
    return rewritten.getvalue()


def _renamed(part: bytes) -> bytes:
    for strict, transitional in _STRICT.items():
        part = part.replace(strict, transitional)
    return part


def _look(book: Any, style: Any) -> Look:
    custom = style.numFmtId - 164
    known = BUILTIN_FORMATS.get(style.numFmtId, "General")
    number_format = book._number_formats[custom] if custom >= 0 else known
    return Look(number_format, book._fonts[style.fontId].name or "")


def _sheet(reader: Any, about: Any, part: str, looks: list[Look], file: str) -> Grid:
    book = reader.wb
    with reader.archive.open(part) as source:
        parser = _Cells(
            source, reader.shared_strings, True, book.epoch, book._date_formats, book._timedelta_formats
        )
        rows: dict[int, dict[int, Cell]] = {}
        room = MOST_PLACES
        for row, cells in parser.parse():
            found = {
                cell["column"]: _cell(cell, looks, book.epoch) for cell in cells if cell["value"] is not None
            }
            if found.keys() & rows.get(row, {}).keys() or len(found) < _count(cells):
                raise ValueError(f"a cell of row {row} stands twice")
            if found:
                rows.setdefault(row, {}).update(found)
                room -= max(found)
            if room < 0:
                raise ValueError(f"more than {MOST_PLACES} places")
    hidden = frozenset(
        int(row) for row, look in parser.row_dimensions.items() if _is_true(look.get("hidden"))
    )
    merged = [
        Box(area.min_row, area.min_col, area.max_row, area.max_col)
        for area in (parser.merged_cells.mergeCell if parser.merged_cells else ())
    ]
    grid_rows = [GridRow(row, laid_out(rows[row])) for row in sorted(rows)]
    return Grid(file, about.name, grid_rows, merged, hidden, about.state != "visible")


def _count(cells: list[dict[str, Any]]) -> int:
    return sum(cell["value"] is not None for cell in cells)


def _is_true(flag: str | None) -> bool:
    return flag in ("1", "true")


def _cell(cell: dict[str, Any], looks: list[Look], epoch: Any) -> Cell:
    value, kind = cell["value"], cell["data_type"]
    look = looks[cell["style_id"]] if looks else Look()
    if kind == "uncomputed":
        return Cell("uncomputed", value)
    if kind == "e":
        return Cell("error", str(value))
    if kind == "b":
        return Cell("flag", str(value).upper())
    if isinstance(value, int | float):
        return number(value, look.number_format)
    if isinstance(value, str):
        return Cell("text", value, font=look.font)
    to_serial: Any = excel_dates.to_excel
    serial = cell["serial"] if "serial" in cell else to_serial(value, epoch=epoch)
    return moment(value, serial)
