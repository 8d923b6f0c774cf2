"""Sheets of an OpenDocument workbook (ods): values, error values, merged blocks and hidden rows.

Read from ``content.xml`` by the names of OASIS OpenDocument 1.3, part 3; repeated empty rows and cells
are counted, never laid out.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from techprio.inputs.grid import MOST_PLACES, Box, Cell, Grid, GridRow, laid_out
from techprio.inputs.stored_values import moment, number

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
        _sheet(table, file, fonts, table.get(f"{_TABLE}style-name") in hidden)
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


def _sheet(table: Any, file: str, fonts: dict[str, str], is_hidden: bool) -> Grid:
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
        cell = None if covered else _cell(element, fonts)
        if cell is not None and copies > MOST_COLUMNS:
            raise ValueError(f"a cell that stands {copies} times")
        for at in range(column, column + copies if cell is not None else column):
            yield at, cell  # type: ignore[misc]
        column += copies


def _cell(element: Any, fonts: dict[str, str]) -> Cell | None:
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
    """Tell true and false, which LibreOffice writes as 1 and 0 from the formulas TRUE() and FALSE()."""
    formula = element.get(f"{_TABLE}formula", "").removeprefix("of:=").rstrip("()")
    return Cell("flag", formula) if formula in ("TRUE", "FALSE") else None
