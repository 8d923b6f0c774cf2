"""Open a file that holds one table without declared columns."""

from __future__ import annotations

from pathlib import Path

from techprio.errors import DataFileError, Sayable
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.layout import Layout, find_layout
from techprio.inputs.names import tidy
from techprio.inputs.tables import read_grid


def open_free_table(
    path: str | Path, diagnostics: Diagnostics, *, sheet: str | None, allowed: Sayable
) -> Layout:
    """Return the headings and rows of a table.

    Raises
    ------
    DataFileError
        The file cannot be read, or no table is in it.
    """
    source = Path(path)
    data = b""
    try:
        data = source.read_bytes()
    except OSError as error:
        diagnostics.add("T101", Location(str(source)), found=error.strerror or str(error), allowed=allowed)
    diagnostics.check()
    grid = read_grid(data, tidy(source.name), diagnostics, sheet=sheet)
    layout = find_layout(grid, diagnostics) if grid is not None else None
    if layout is None:
        raise DataFileError(diagnostics.problems)
    return layout
