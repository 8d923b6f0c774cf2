"""What the commands show: stages, files, tables and notes, in the width of the terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from techprio.display.quantities import Table, Words, render
from techprio.display.screen import table_lines
from techprio.language import Text, text


def terminal_width() -> int | None:
    """Return the letters of a line, of COLUMNS or the terminal; None for a pipe, whose lines stay whole."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdigit() and int(stated):
        return int(stated)
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def has_color() -> bool:
    """Whether colours may be used: on a terminal, unless NO_COLOR forbids them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_table(table: Table, *, titled: bool = True) -> None:
    """Print a table under its title."""
    if titled:
        show(click.style(render(table.title), bold=True) if has_color() else render(table.title))
    click.echo("\n".join(table_lines(table, width=terminal_width(), color=has_color())))
    click.echo()


def show(words: Words, *, mark: str = "") -> None:
    """Print a sentence, in lines of whole words on a terminal."""
    line = f"{mark}{render(words)}"
    width = terminal_width()
    lines = textwrap.wrap(line, max(width, 20), subsequent_indent=" " * len(mark)) if width else [line]
    click.echo("\n".join(lines))


def show_notes(notes: Iterable[Words]) -> None:
    """Print what the reader should know."""
    for note in notes:
        show(note, mark="! ")


def show_written(folder: Path, files: Sequence[Path]) -> None:
    """List the files that were written."""
    show(text("{count} files in {folder}:", count=len(files), folder=folder))
    for path in files:
        click.echo(f"  {path}")


def show_stage(stage: Text) -> None:
    """Name a stage on a terminal's stderr; silent elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"  … {stage}", err=True)
