"""Puts a finished file in its place: whole, or not at all."""

from __future__ import annotations

import os
import warnings
from contextlib import suppress
from pathlib import Path

from techprio.errors import InputError, TechprioWarning
from techprio.language import Language, text


def put_file(place: str | Path, content: bytes, language: Language) -> Path:
    """Write a file under a temporary name beside its place, then move it there.

    Parameters
    ----------
    place : path
        Its folder is made when it is not there.
    content : bytes
    language : {"vi", "en"}
        Of the warning.

    Returns
    -------
    Path
        Where the file is: a second name when another program holds the first one open.

    Warns
    -----
    TechprioWarning
        The file is open in another program.

    Raises
    ------
    InputError
        The place is a folder, or its folder cannot be written.
    """
    target = Path(place)
    if target.is_dir():
        raise InputError(f"{target}: found a folder; allowed: the name of a file")
    finished = target.with_name(f".{target.name}-{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        finished.write_bytes(content)
        return move_file(finished, target, language)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(f"{target}: cannot be written ({why}); choose another place") from error
    finally:
        with suppress(OSError):
            finished.unlink(missing_ok=True)


def move_file(source: Path, place: Path, language: Language) -> Path:
    """Move a finished file to its place, or beside it under a second name where it is held open."""
    try:
        os.replace(source, place)
    except PermissionError:
        second = _second_name(place)
        os.replace(source, second)
        said = text(
            "{file} is open in another program; the new result is kept as {second}. "
            "Close it in Excel and run again, or give another folder.",
            file=place.name,
            second=second.name,
        )
        warnings.warn(said.render(language), TechprioWarning, stacklevel=4)
        return second
    return place


def _second_name(place: Path) -> Path:
    number = 2
    while (second := place.with_name(f"{place.stem} ({number}){place.suffix}")).exists():
        number += 1
    return second
