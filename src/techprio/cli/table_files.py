"""Tables of a command as CSV files of a folder, as a workbook, or as both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from techprio.display.quantities import render
from techprio.language import Label, Text, resolve_language

if TYPE_CHECKING:
    import pandas as pd

    from techprio.display.quantities import Table


def write_tables(
    frames: Mapping[str, pd.DataFrame],
    tables: Mapping[str, Table],
    *,
    folder: Path | None = None,
    workbook: Path | None = None,
) -> None:
    """Write frames by their keys as CSV, tables by their headings as sheets; list the files on stderr."""
    from techprio.csv_text import frame_csv
    from techprio.reporting.files import put_file

    language = resolve_language()
    files: dict[Path, bytes] = {}
    if folder is not None:
        files = {folder / f"{name}.csv": frame_csv(frame) for name, frame in frames.items()}
    if workbook is not None:
        files[workbook] = _workbook(tables)
    for place, content in files.items():
        click.echo(str(put_file(place, content, language)), err=True)


def _workbook(tables: Mapping[str, Table]) -> bytes:
    import io

    import pandas as pd

    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="xlsxwriter") as book:
        for name, table in tables.items():
            cells = [[render(v) if isinstance(v, Text | Label) else v for v in row] for row in table.rows]
            frame = pd.DataFrame(cells, columns=table.heads())
            frame.to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
            book.sheets[name[:31]].autofit()
    return stream.getvalue()
