"""Open a table: a path into bytes, bytes into located cells, a text file or one sheet of a workbook.

What comes next is :func:`~techprio.inputs.finding.find_free_table`, which recognises a table among the cells,
or :func:`~techprio.inputs.tables.read_table`, which types them by a record.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from techprio.csv_text import unguarded
from techprio.errors import DataFileError, Sayable, file_reason
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.grid import Entry, Grid, GridRow
from techprio.inputs.sniffing import MOST_BYTES, decode, sniff
from techprio.inputs.workbooks import read_workbook
from techprio.language import text

_SEPARATORS = ",;\t|"


def file_bytes(path: str | Path) -> bytes:
    """Return the bytes of an ordinary file.

    Raises
    ------
    OSError
        It cannot be read, is larger than any table, or is a pipe, a device or a socket, which may never end.
    """
    about = os.stat(path)
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.ESPIPE, os.strerror(errno.ESPIPE), str(path))
    if about.st_size > MOST_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return Path(path).read_bytes()


def read_bytes(path: str | Path, diagnostics: Diagnostics, allowed: Sayable) -> bytes:
    """Return the bytes of a file.

    Raises
    ------
    DataFileError
        The file cannot be read.
    """
    try:
        return file_bytes(path)
    except (OSError, ValueError) as error:
        found = file_reason(error) if isinstance(error, OSError) else str(error)
        diagnostics.add("T101", Location(str(path)), found=found, allowed=allowed)
    raise DataFileError(diagnostics.problems)


def read_grid(data: bytes, file: str, diagnostics: Diagnostics, *, sheet: str | None = None) -> Grid | None:
    """Read a CSV file, or one sheet of a workbook, as cells.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    diagnostics : Diagnostics
        Takes problems and notes.
    sheet : str, optional
        Needed when the workbook has several sheets that are visible and not empty.
    """
    kind = sniff(data, file, diagnostics)
    if kind is None:
        return None
    if kind == "text":
        return read_delimited(data, file, diagnostics)
    return pick_sheet(read_workbook(data, file, kind, diagnostics), file, diagnostics, sheet=sheet)


def pick_sheet(
    grids: Sequence[Grid], file: str, diagnostics: Diagnostics, *, sheet: str | None = None
) -> Grid | None:
    """Return the sheet of that name, or the only one that is visible and not empty."""
    if not grids:
        return None
    names = [grid.sheet for grid in grids]
    if sheet is not None:
        found = next((grid for grid in grids if fold(grid.sheet) == fold(sheet)), None)
        if found is None:
            diagnostics.unknown("T125", Location(file), field="", found=sheet, name=sheet, known=names)
        return found
    candidates = [grid for grid in grids if grid.rows and not grid.is_hidden_sheet]
    if len(candidates) == 1:
        for grid in grids:
            if grid.rows and grid.is_hidden_sheet:
                diagnostics.note(
                    text("{file}: hidden sheet {sheet} is left out", file=file, sheet=grid.sheet)
                )
        return candidates[0]
    found_words = text("{count} sheets with text: {names}", count=len(candidates), names=listed(names))
    diagnostics.add(
        "T125", Location(file), found=found_words, allowed=text("one sheet, or the name of the sheet")
    )
    return None


def read_delimited(data: bytes, file: str, diagnostics: Diagnostics) -> Grid | None:
    """Read a text file as a grid; None, with the reason noted, when it has no cells.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    diagnostics : Diagnostics
        Takes the problems.
    """
    words = decode(data, file, diagnostics)
    if words is None:
        return None
    first_line, declared, words = _declared_separator(words)
    separator = declared or _likely_separator(words)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    grid = Grid(file, separator=separator)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                entries: list[Entry] = [unguarded(cell) for cell in cells]
                grid.rows.append(GridRow(start + first_line, entries))
            start = reader.line_num + 1
    except csv.Error as error:
        allowed = text("each quote that opens a text is closed; a quote inside is doubled")
        diagnostics.add("T109", Location(file, start + first_line), found=str(error), allowed=allowed)
        return None
    if not grid.rows:
        diagnostics.add(
            "T103", Location(file), found=text("no line with text"), allowed=text("a line of headings")
        )
        return None
    return grid


def _declared_separator(words: str) -> tuple[int, str, str]:
    """Take off the line ``sep=;`` that Excel writes and reads: lines taken, separator, rest."""
    found = re.match(r"sep=(.)\r?\n", words, re.IGNORECASE)
    return (1, found[1], words[found.end() :]) if found else (0, "", words)


def _likely_separator(words: str) -> str:
    """Return the sign that parts the first line with text into the most cells."""
    first = next((line for line in words.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=bare.count)
