"""CSV and tab-separated text into a grid, each row with the line on which it begins."""

from __future__ import annotations

import csv
import io
import re

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.encodings import decode
from techprio.inputs.grid import Entry, Grid, GridRow
from techprio.language import text

_SEPARATORS = ",;\t|"


def read_delimited(data: bytes, file: str, diagnostics: Diagnostics) -> Grid | None:
    """Read a text file as a grid; None, with the reason noted, when it has no cells.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    findings : Diagnostics
        Takes the problems.
    """
    words = decode(data, file, diagnostics)
    if words is None:
        return None
    first_line, declared, words = _declared_separator(words)
    separator = declared or _likely_separator(words)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=separator, strict=True)
    grid = Grid(file)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                entries: list[Entry] = list(cells)
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
