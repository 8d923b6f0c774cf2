"""The files of a study: bytes, digests and names relative to the study."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from techprio.errors import did_you_mean, file_reason
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.numbers import LOCALES, Locale
from techprio.inputs.opening import file_bytes
from techprio.kept_files import parse_json
from techprio.language import text

#: The folder of criteria, judgments and instruments that studies share; it stands beside that of a study
#: or one further up, as ``catalogs/lai-chau`` and ``criteria``.
SHARED = "criteria"

#: A result folder keeps its inputs under their names in the study, beside this file; paths that lead out of
#: such a folder are read inside it, so that a result can never take up another file by accident.
SNAPSHOT = "snapshot.json"


class StudyFiles:
    """Read files of a study and keep their bytes, so that a result can carry its inputs.

    Parameters
    ----------
    folder : Path
        The folder of ``study.yaml``, or of the workbook that holds the study.
    diagnostics : Diagnostics
        Takes the problems.
    """

    def __init__(self, folder: Path, diagnostics: Diagnostics) -> None:
        self.folder = folder
        self.diagnostics = diagnostics
        self.contents: dict[str, bytes] = {}
        self._inside: dict[str, bool] = {}  # asked for each part several times: links are followed once

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that was read, by its name in the study."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(self.contents.items())}

    @cached_property
    def snapshot_locale(self) -> Locale | None:
        """How the tables of a snapshot write numbers, where whoever ran the study said it."""
        try:
            note = parse_json((self.folder / SNAPSHOT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        stated = note.get("locale") if isinstance(note, dict) else None
        return next((known for known in LOCALES if known == stated), None)

    @cached_property
    def _home(self) -> Path:
        return self.folder.resolve()

    @cached_property
    def _is_snapshot(self) -> bool:
        return (self.folder / SNAPSHOT).is_file()

    def has(self, relative: str) -> bool:
        """Return whether there is such a file."""
        return self._is_of_the_study(relative) and self.path(relative).is_file()

    def has_folder(self, relative: str) -> bool:
        """Return whether there is such a folder."""
        return self._is_of_the_study(relative) and self.path(relative).is_dir()

    def _is_of_the_study(self, relative: str) -> bool:
        """Whether a path stays inside the study and the shared folder of criteria, whatever it is made of."""
        if relative not in self._inside:
            self._inside[relative] = self._stays_inside(relative)
        return self._inside[relative]

    def _stays_inside(self, relative: str) -> bool:
        stated = PureWindowsPath(relative)
        if stated.drive or stated.root:
            return False
        try:
            home, found = self._home, self.path(relative).resolve()
        except (OSError, ValueError, RuntimeError):
            return True  # no path at all: reading says why
        shared = [above / SHARED for above in (home.parent, home.parent.parent)]
        return any(found.is_relative_to(one) for one in (home, *shared))

    def path(self, relative: str) -> Path:
        """Return where a file lies; inside the folder, when that is the snapshot of a result."""
        if self._is_snapshot:
            return _as_spelled(self.folder / name_in_study(relative))
        return _as_spelled(self.folder / relative)

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the files of a folder in order; none where there is no such folder."""
        path = self.path(folder)
        return sorted(item.name for item in path.iterdir() if item.is_file()) if path.is_dir() else []

    def read(self, relative: str, *, named_at: Location | None = None) -> bytes | None:
        """Return the bytes of a file; None, with the problem noted, when it cannot be read."""
        path = self.path(relative)
        name = name_in_study(relative)
        if not self._is_of_the_study(relative):
            found = text("a path that leads out of the study: {path}", path=relative)
            allowed = text("a file in the folder of the study, or in the folder criteria/ that studies share")
            self.diagnostics.add("T102", named_at or Location(name), field=name, found=found, allowed=allowed)
            return None
        try:
            data = file_bytes(path)
        except (OSError, ValueError) as error:
            self._report(path, name, named_at or Location(name), error)
            return None
        self.contents[name] = data
        return data

    def _report(self, path: Path, name: str, location: Location, error: Exception) -> None:
        allowed = text("a file that can be read")
        if path.is_dir():
            self.diagnostics.add("T102", location, field=name, found=text("a folder"), allowed=allowed)
            return
        if not isinstance(error, FileNotFoundError | NotADirectoryError):
            why = file_reason(error) if isinstance(error, OSError) else type(error).__name__
            self.diagnostics.add("T102", location, field=name, found=why, allowed=allowed)
            return
        folder = path.parent
        there = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
        found = text("no such file") if folder.is_dir() else text("no such folder")
        self.diagnostics.add(
            "T101",
            location,
            field=name,
            found=found,
            allowed=allowed,
            proposal=did_you_mean(path.name, there),
        )


def _as_spelled(path: Path) -> Path:
    """Return the path as the disk spells it: names from a Mac have their marks apart from the letters."""
    if path.exists() or path.name.isascii() or not path.parent.is_dir():
        return path
    wanted = unicodedata.normalize("NFC", path.name)
    return next((p for p in path.parent.iterdir() if unicodedata.normalize("NFC", p.name) == wanted), path)


def name_in_study(relative: str) -> str:
    """Return the name of a file in the study: its path without the steps upwards.

    Examples
    --------
    >>> name_in_study("../../criteria/lai-chau.yaml")
    'criteria/lai-chau.yaml'
    """
    path = PurePosixPath(relative.replace("\\", "/"))
    if path.is_absolute():
        return path.name
    return "/".join(part for part in path.parts if part not in ("..", "."))
