"""Tables of results on the screen, as CSV files, or as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.cli.screen import shorten, table_lines
from techprio.language import Language, format_number

WIDEST = 44


def frame_lines(table: pd.DataFrame, language: Language) -> list[str]:
    """Lay out a table: numbers to the right with the decimal sign of the language."""
    numbers = [place for place, name in enumerate(table.columns) if _is_number(table[name])]
    rows = [[_cell(value, language) for value in row] for row in table.itertuples(index=False)]
    return table_lines([str(name) for name in table.columns], rows, right=numbers)


def write_frames(
    tables: Mapping[str, pd.DataFrame], *, folder: Path | None = None, workbook: Path | None = None
) -> list[Path]:
    """Write tables as CSV files of a folder, as sheets of a workbook, or both; return the files."""
    written = []
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            path = folder / f"{name}.csv"
            path.write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig"))
            written.append(path)
    if workbook is not None:
        workbook.parent.mkdir(parents=True, exist_ok=True)
        with pd.ExcelWriter(workbook, engine="xlsxwriter") as book:
            for name, table in tables.items():
                table.to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
                book.sheets[name[:31]].autofit()
        written.append(workbook)
    return written


def _is_number(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)


def _cell(value: Any, language: Language) -> str:
    if isinstance(value, bool) or not isinstance(value, float):
        return shorten(str(value), WIDEST)
    return "–" if value != value else format_number(value, language, 4)
