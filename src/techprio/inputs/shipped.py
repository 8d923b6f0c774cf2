"""Find a study: a folder, a file, a workspace with one study, or a study that ships with techprio."""

from __future__ import annotations

from pathlib import Path

import techprio
from techprio.arguments import validated
from techprio.errors import DataFileError, Problem, did_you_mean
from techprio.inputs.diagnostics import listed
from techprio.inputs.files import SNAPSHOT
from techprio.language import text

STUDY_FILE = "study.yaml"
STUDY_WORKBOOK = "study.xlsx"


def shipped_folder() -> Path:
    """Return the folder that holds ``criteria/`` and ``catalogs/`` of the shipped studies.

    They stand inside the installed package; in a source checkout, at its root.
    """
    package = Path(techprio.__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]


def shipped_studies() -> tuple[str, ...]:
    """Return the names of the studies that ship with techprio.

    Examples
    --------
    >>> "lai-chau" in shipped_studies()
    True
    """
    return tuple(sorted(file.parent.name for file in (shipped_folder() / "catalogs").glob(f"*/{STUDY_FILE}")))


@validated
def find_study(name_or_path: str | Path) -> Path:
    """Return where a study stands.

    Parameters
    ----------
    name_or_path : str or Path
        A folder with ``study.yaml`` or ``study.xlsx``, such a file, a workspace that holds exactly
        one ``catalogs/*/study.yaml``, or the name of a shipped study. A path comes first.

    Returns
    -------
    Path
        The folder of the study; the file itself when it has another name than ``study.yaml``.

    Raises
    ------
    DataFileError
        There is no such study, or the workspace holds several.

    Examples
    --------
    >>> find_study("lai-chau").name
    'lai-chau'
    """
    path = Path(name_or_path)
    if _is_file(path):
        return path.parent if path.name == STUDY_FILE else path
    if _is_file(path / STUDY_FILE):
        return path
    workbook = _only_workbook(path)
    if workbook is not None:
        return workbook
    inside = sorted(path.glob(f"catalogs/*/{STUDY_FILE}")) if _is_folder(path) else []
    if len(inside) == 1:
        return inside[0].parent
    if len(inside) > 1:
        names = listed(tuple(str(file.parent) for file in inside))
        raise _not_found(path, text("several studies: {names}", names=names), text("name one of them"))
    if str(name_or_path) in shipped_studies():
        return shipped_folder() / "catalogs" / str(name_or_path)
    found = text("a folder without study.yaml") if _is_folder(path) else text("no such folder or file")
    raise _not_found(path, found, did_you_mean(str(name_or_path), shipped_studies()))


def _only_workbook(path: Path) -> Path | None:
    """Return the workbook of a folder that holds a study as one: ``study.xlsx``, or that of a result."""
    if _is_file(path / STUDY_WORKBOOK):
        return path / STUDY_WORKBOOK
    if not _is_file(path / SNAPSHOT):
        return None
    others = [file for file in path.iterdir() if file.name != SNAPSHOT and not file.name.startswith(".")]
    return others[0] if len(others) == 1 else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _not_found(path: Path, found: object, proposal: object) -> DataFileError:
    allowed = text(
        "a folder with study.yaml, such a file, or a shipped study: {names}", names=listed(shipped_studies())
    )
    return DataFileError([Problem("S301", str(path), "", "", found, allowed, proposal)])  # type: ignore[arg-type]
