"""What the console can show: signs of its code page, errors and warnings as plain sentences."""

from __future__ import annotations

import codecs
import sys
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from techprio.errors import DataFileError, TechprioError, TechprioWarning, file_reason
from techprio.language import Text, text

PLAIN = {
    "–": "-", "—": "-", "−": "-", "…": "...", "×": "x", "≤": "<=", "≥": ">=", "→": "->", "█": "#", "─": "-",
    "━": "-", "“": '"', "”": '"', "’": "'", "đ": "d", "Đ": "D", "λ": "lambda", "²": "2", "Σ": "sum",
}  # fmt: skip
"""What stands for a sign that a code page does not have."""
TONES = "\u0300\u0301\u0303\u0309\u0323"


def prepare_console() -> None:
    """Show the nearest sign where a code page lacks one, rather than stop the work."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # The error itself names "charmap" alone, so each code page has a handler that knows its name.
            codecs.register_error(f"readable-{stream.encoding}", partial(_readable, encoding=stream.encoding))
            stream.reconfigure(errors=f"readable-{stream.encoding}")


def _readable(error: UnicodeError, *, encoding: str) -> tuple[str, int]:
    """Write letter and tone apart where the code page has them so (cp1258), else the letter alone."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_nearest(sign, encoding) for sign in signs), error.end


def _nearest(sign: str, encoding: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    tone = next((part for part in parts[1:] if part in TONES), "")
    letter = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else parts[0]
    for candidate in (letter + tone, letter, PLAIN.get(letter, ""), parts[0], PLAIN.get(sign, "")):
        if candidate and candidate.encode(encoding, "ignore").decode(encoding) == candidate:
            return candidate
    return "?"


@contextmanager
def own_warnings() -> Iterator[None]:
    """Show what the library warns of as a plain sentence, on stderr."""
    others = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **named: Any) -> None:
        if issubclass(category, TechprioWarning):
            click.echo(f"! {message}", err=True)
        else:
            others(message, category, *place, **named)

    with warnings.catch_warnings():
        warnings.simplefilter("always", TechprioWarning)
        warnings.showwarning = show
        yield


def show_error(error: TechprioError) -> None:
    """Print what stops the work, every problem of it, and how many there are."""
    click.echo(error.render(), err=True)
    if isinstance(error, DataFileError):
        count = len(error.problems)
        click.echo(text("{count} problems; nothing was computed", count=count), err=True)


def file_trouble(error: OSError) -> Text:
    """Say in words why a file cannot be read or written."""
    return text("{file}: {reason}", file=error.filename, reason=file_reason(error))
