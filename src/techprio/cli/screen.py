"""What the commands show: problems, tables, and the language option."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from techprio.errors import DataFileError, InfeasibleError, InputError, Problem
from techprio.language import Language, Text, text

FINDINGS = 1
Command = TypeVar("Command", bound=Callable[..., Any])


def language_option(*, both: bool = False) -> Callable[[Command], Command]:
    """Add ``--lang``."""
    choices = ["vi", "en", "both"] if both else ["vi", "en"]
    option: Callable[[Command], Command] = click.option(
        "--lang", "language", type=click.Choice(choices), default="vi", show_default=True, help="Language."
    )
    return option


def show_problems(problems: Sequence[Problem], language: Language, *, err: bool) -> None:
    """Print every problem and how many there are."""
    for problem in problems:
        click.echo(problem.render(language), err=err)
    click.echo(text("{count} problems; nothing was computed", count=len(problems)).render(language), err=err)


@contextmanager
def findings_stop(language: Language) -> Iterator[None]:
    """Turn what stops the work into words and exit status 1."""
    try:
        yield
    except DataFileError as error:
        show_problems(error.problems, language, err=True)
        raise SystemExit(FINDINGS) from error
    except (InputError, InfeasibleError) as error:
        click.echo(str(error), err=True)
        raise SystemExit(FINDINGS) from error


def stage_printer(language: Language) -> Callable[[Text], None]:
    """Say each stage on a terminal's stderr; stay silent elsewhere."""

    def show(stage: Text) -> None:
        click.echo(f"  … {stage.render(language)}", err=True)

    def keep_silent(stage: Text) -> None:
        return None

    return show if sys.stderr.isatty() else keep_silent


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
