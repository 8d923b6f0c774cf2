"""Tables of a command as CSV files of a folder, as a workbook, or as both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from techprio import __version__
from techprio.cli.screen import show
from techprio.language import resolve_language

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table


def write_tables(
    frames: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    title: str,
    *,
    folder: Path | None = None,
    workbook: Path | None = None,
) -> None:
    """Write frames by their keys as CSV, tables by their headings as sheets; list the files on stderr."""
    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file
    from techprio.reporting.sheets import Imprint, tables_bytes

    language = resolve_language()
    files: dict[Path, bytes] = {}
    if folder is not None:
        files = {folder / f"{name}.csv": frame_csv(frame) for name, frame in frames.items()}
    if workbook is not None:
        files[workbook] = tables_bytes(tuple(tables.values()), Imprint(title, title, __version__))
    for place, content in files.items():
        show(str(put_file(place, content, language)), err=True)


def put_csv(place: Path, frame: pd.DataFrame) -> None:
    """Write a frame as CSV."""
    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file

    put_file(place, frame_csv(frame), resolve_language())
