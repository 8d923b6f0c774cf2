"""What the commands show: stages, files, tables."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import click

from techprio.language import Text, text


def show_written(folder: Path, files: Sequence[Path]) -> None:
    """List the files that were written."""
    click.echo(text("{count} files in {folder}:", count=len(files), folder=folder))
    for path in files:
        click.echo(f"  {path}")


def show_stage(stage: Text) -> None:
    """Name a stage on a terminal's stderr; silent elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"  … {stage}", err=True)


def table_lines(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> list[str]:
    """Lay out a table in columns as wide as their widest cell."""
    cells = [[unicodedata.normalize("NFC", cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = []
    for row in cells:
        padded = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return lines


def shorten(name: str, width: int) -> str:
    """Cut a long name at a word and mark the cut."""
    name = unicodedata.normalize("NFC", name)
    if len(name) <= width:
        return name
    return name[: width - 1].rsplit(" ", 1)[0].rstrip(",;(") + "…"
