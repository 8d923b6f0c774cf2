"""The study behind a result folder, read from the inputs that the folder carries."""

from __future__ import annotations

import json
from pathlib import Path

from techprio.errors import DataFileError, Problem
from techprio.inputs.shipped import find_study
from techprio.inputs.study import read_study
from techprio.language import Text, text
from techprio.model.study import Study

RECORD = "run.json"
INPUTS = "inputs"


def read_for_comparison(path: Path) -> tuple[Study, tuple[Text, ...]]:
    """Read a study, or the study of a result folder, with what is to be said of it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Study and tuple of Text

    Raises
    ------
    DataFileError
        Neither a study nor a result; a result without its inputs or with an unreadable record.
    """
    if not (path / RECORD).is_file():
        return read_study(find_study(str(path))), ()
    version = _version(path / RECORD)
    if not (path / INPUTS).is_dir():
        allowed = text("a result folder with the inputs it was made from")
        proposal = text("run the study again with this version")
        raise DataFileError(
            [Problem("S301", str(path), "", INPUTS, text("no such folder"), allowed, proposal)]
        )
    study = read_study(path / INPUTS)
    return study, _version_notes(path, version)


def _version(record: Path) -> str:
    try:
        return str(json.loads(record.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        allowed = text("the record that a run writes")
        problem = Problem("T102", str(record), "", "version", type(error).__name__, allowed)
        raise DataFileError([problem]) from error


def _version_notes(path: Path, version: str) -> tuple[Text, ...]:
    from techprio import __version__

    if version == __version__:
        return ()
    return (
        text(
            "{folder} was made by version {old}; it is computed again with version {new}",
            folder=path.name,
            old=version,
            new=__version__,
        ),
    )
