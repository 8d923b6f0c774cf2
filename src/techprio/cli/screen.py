"""What the commands show: stages, files, tables and notes, in the width of the terminal."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from techprio.display.quantities import Table, Words, render
from techprio.display.screen import table_lines
from techprio.language import text


def terminal_width(*, err: bool = False) -> int | None:
    """Return the letters of a line, of COLUMNS or the terminal; None for a pipe, whose lines stay whole."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdigit() and int(stated):
        return int(stated)
    stream = sys.stderr if err else sys.stdout
    return shutil.get_terminal_size().columns if stream.isatty() else None


def has_color() -> bool:
    """Whether colours may be used: on a terminal, unless NO_COLOR forbids them."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show_table(table: Table, *, titled: bool = True) -> None:
    """Print a table under its title."""
    if titled:
        show(click.style(render(table.title), bold=True) if has_color() else render(table.title))
    click.echo("\n".join(table_lines(table, width=terminal_width(), color=has_color())))
    click.echo()


def show(words: Any, *, mark: str = "", err: bool = False) -> None:
    """Print sentences, in lines of whole words on a terminal; what goes on stands below the beginning."""
    width = terminal_width(err=err)
    for line in f"{mark}{render(words)}".split("\n"):
        click.echo("\n".join(_wrapped(line, width, len(mark)) if width else [line]), err=err)


def _wrapped(line: str, width: int, indent: int) -> list[str]:
    below = " " * max(indent, len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, max(width, 20), subsequent_indent=below, break_on_hyphens=False, replace_whitespace=False
    ) or [""]


def show_notes(notes: Iterable[Words]) -> None:
    """Print what the reader should know."""
    for note in notes:
        show(note, mark="! ")


def show_written(folder: Path, files: Sequence[Path]) -> None:
    """List the files that were written."""
    show(text("{count} files in {folder}:", count=len(files), folder=folder))
    for path in files:
        show_file(path.relative_to(folder) if path.is_relative_to(folder) else path)


def show_file(name: Path | str, words: Words = "") -> None:
    """Print the name of a file, and behind it, or below where there is no room, what it is."""
    line, said = f"  {name}", render(words)
    width = terminal_width()
    if not said or width is None or len(line) + 2 + len(said) <= width:
        click.echo(f"{line}  {said}".rstrip())
        return
    click.echo(line)
    show(said, mark="    ")
