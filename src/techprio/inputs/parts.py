"""The parts that a study states to have, and what lies beside them: a misnamed file never vanishes."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from techprio.errors import Edit, Sayable
from techprio.inputs.diagnostics import Location
from techprio.inputs.files import SNAPSHOT
from techprio.inputs.opening import file_bytes
from techprio.inputs.records import Reading
from techprio.inputs.study_sheets import DOCUMENTS, PROSE, TABLES
from techprio.inputs.study_tree import FolderTree, StudyTree, WorkbookTree
from techprio.language import text
from techprio.near_names import near_name

PARTS = (*(table.name for table in TABLES if not table.key and not table.by_sector), PROSE.file)
"""What a study finds by its name, not by a key: ``parts`` states which of them there are."""
_FILES = {name: PROSE.file if name == PROSE.file else f"{name}.csv" for name in PARTS}
_KEYED = {document.name: document.file for document in DOCUMENTS[1:]} | {
    table.key: table.file for table in TABLES if table.key
}
_ENDS = re.compile(r"(\.(csv|tsv|txt|xlsx|xlsm|xls|ods|yaml|yml|md|bak|old|orig))+$")
_COPY = re.compile(
    r"^(copy of|bản sao của|ban sao cua)\s+|"
    r"([\s_\-]*(copy|bản sao|ban sao|new|mới|old|cũ|final|v)?\s*(\(?[0-9]{1,2}\)?)?)$"
)


def check_parts(tree: StudyTree, reading: Reading) -> None:
    """Note parts that are stated and not there, files near a known name, and, once, what is not read.

    Parameters
    ----------
    tree : StudyTree
    reading : Reading
        Of ``study.yaml``.
    """
    stated = [name for name in reading["parts"] or () if _is_part(name, reading)]
    if isinstance(tree, FolderTree):
        if (tree.files.folder / SNAPSHOT).is_file():
            return
        _check_folder(tree, tree.files.folder, "", _known_files(tree), stated, reading)
        for folder in dict.fromkeys(tree.folders.values()):
            files = [table.file for table in TABLES if table.by_sector]
            path = tree.files.path(folder)
            if path.is_dir() and path != tree.files.folder:
                _check_folder(tree, path, f"{folder}/", files, (), reading)
    elif isinstance(tree, WorkbookTree):
        for name in stated:
            if not tree.has_sheet(name):
                _report_absent(reading, name, text("no such sheet"))


def _is_part(name: str, reading: Reading) -> bool:
    if name not in PARTS:
        reading.unknown("parts", "Y208", name, list(PARTS))
    return name in PARTS


def _known_files(tree: FolderTree) -> list[str]:
    """Return the names that files in the folder of the study can have."""
    named = [file for key in _KEYED if (file := tree.stated(key)) and "/" not in file and "\\" not in file]
    return [tree.first, *named, *_FILES.values(), *_keyed_files(tree)]


def _keyed_files(tree: FolderTree) -> list[str]:
    """Return the usual names of files that a key would name, but that no key names."""
    return [file for key, file in _KEYED.items() if not tree.stated(key)]


def _has_rows(path: Path) -> bool:
    """Return whether a file says more than its first line."""
    return len(file_bytes(path).split(b"\n", 1)[-1].strip()) > 0


def _check_folder(
    tree: FolderTree, folder: Path, prefix: str, known: list[str], stated: Iterable[str], reading: Reading
) -> None:
    known = [unicodedata.normalize("NFC", name) for name in known]
    spelled = {unicodedata.normalize("NFC", entry): folder / entry for entry in sorted(os.listdir(folder))}
    there = {
        name for name in known if _is_there(spelled.get(name, folder / name), is_folder=name == PROSE.file)
    }
    unread: list[str] = []
    meant_by: dict[str, str] = {}
    for name, path in spelled.items():
        if name.startswith((".", "~$", "x_")) or name.endswith("~") or name in there:
            continue
        if name in known:
            _report_no_file(tree, prefix + name, path)
            continue
        meant = meant_file(name, known)
        if path.is_dir() and meant != PROSE.file:
            continue
        if meant is None:
            unread.append(prefix + name)
        elif not (meant in there and path.exists() and spelled.get(meant, folder / meant).samefile(path)):
            meant_by.setdefault(meant, name)
            if meant in there or not _is_missed_anyway(meant, prefix, tree):
                _report_near(tree, prefix, name, meant, is_there=meant in there)
    for part in stated:
        file = _FILES[part]
        if file not in there and file not in meant_by and file not in spelled:
            _report_absent(reading, part, text("no such file"))
    keyed = [name for name in ([] if prefix else _keyed_files(tree)) if name in there]
    unnamed = [name for name in keyed if _has_rows(spelled.get(name, folder / name))]
    if unnamed:
        tree.diagnostics.note(
            text("not read, because {file} does not name it: {names}", file=tree.first, names=unnamed)
        )
    unread = [name for name in unread if not re.match(r"(readme|license|changelog)", name, re.IGNORECASE)]
    if unread:
        tree.diagnostics.note(text("not read, because no part of a study: {names}", names=unread))


def _is_there(path: Path, *, is_folder: bool) -> bool:
    return path.is_dir() if is_folder else path.is_file()


def _is_missed_anyway(file: str, prefix: str, tree: FolderTree) -> bool:
    """Return whether the absence of a file is a problem of its own, with the same proposal."""
    return bool(prefix) or any(tree.stated(key) == file for key in _KEYED)


def meant_file(name: str, known: Iterable[str]) -> str | None:
    """Return the known file that a name is near: another case, a copy, another ending, a slip.

    Examples
    --------
    >>> [meant_file(name, ["dependencies.csv", "goals.csv"]) for name in (
    ...     "Dependencies.csv", "dependencies (1).csv", "dependencies.csv.txt", "goal.csv", "photos.csv")]
    ['dependencies.csv', 'dependencies.csv', 'dependencies.csv', 'goals.csv', None]
    """
    stems = {_stem(file): file for file in known}
    stem = _stem(name)
    bare = _COPY.sub("", _COPY.sub("", stem)).strip()
    for candidate in (stem, bare):
        if candidate in stems:
            return stems[candidate]
    near = near_name(bare, list(stems)) if len(bare) > 3 else None
    return stems[near] if near else None


def _stem(name: str) -> str:
    return _ENDS.sub("", unicodedata.normalize("NFC", name).casefold()).strip()


def _report_near(tree: FolderTree, prefix: str, name: str, meant: str, *, is_there: bool) -> None:
    proposal: Sayable = ""
    if not is_there:
        proposal = Edit.of(text("did you mean {name}?", name=meant), meant, replaces=name)
    allowed = text("{name}; a file whose name begins with x_ is not read", name=meant)
    found = text("{name} beside {other}", name=name, other=meant) if is_there else name
    location = Location(prefix + name)
    tree.diagnostics.add("T134", location, found=found, allowed=allowed, proposal=proposal)


def _report_no_file(tree: FolderTree, name: str, path: Path) -> None:
    found = text("a folder") if path.is_dir() else text("a broken link")
    tree.diagnostics.add("T134", Location(name), found=found, allowed=text("a file that can be read"))


def _report_absent(reading: Reading, part: str, found: Sayable) -> None:
    key = reading.parts["parts"]
    allowed = text("what parts states; a part that the study does not have is not stated")
    key.diagnostics.add("T134", key.location, field=f"parts: {part}", found=found, allowed=allowed)
