"""A study as one tree of documents, tables and texts, every value with its place: a folder or a workbook.

Each part is opened when it is first asked for and then kept, so that it is read once, and its problems are
noted once, whoever asks: the reader, the check, the conversion. What a part is called, and where it stands,
is known here only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml

from techprio.errors import did_you_mean
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.files import StudyFiles, name_in_study
from techprio.inputs.grid import Grid
from techprio.inputs.key_cells import CellMark, scalar
from techprio.inputs.numbers import LOCALES, Locale
from techprio.inputs.opening import file_bytes, read_grid
from techprio.inputs.sheet_documents import document_node
from techprio.inputs.sniffing import decode, is_packed, sniff
from techprio.inputs.study_sheets import (
    BLOCKS,
    DOCUMENTS,
    GUIDE,
    KEY_SHEETS,
    PROSE,
    TABLES,
    TableSheet,
    sheet_names,
    sheet_title,
)
from techprio.inputs.tables import read_table
from techprio.inputs.workbooks import read_workbook
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import LANGUAGES, Label, text

_T = TypeVar("_T")
_TABLES = {table.name: table for table in TABLES}


class StudyTree(ABC):
    """What stands in a study, before anything is made of it.

    Parameters
    ----------
    files : StudyFiles
        The bytes; those that were read are kept, so that a result can carry its inputs.
    diagnostics : Diagnostics
        Takes the problems.
    locale : {"vi", "en"}, optional
        How its tables write numbers, in place of what the study says.
    """

    is_workbook = False

    def __init__(self, files: StudyFiles, diagnostics: Diagnostics, locale: Locale | None = None) -> None:
        self.files = files
        self.given_locale = locale
        self.diagnostics = diagnostics
        self._opened: dict[tuple[str, ...], Any] = {}

    def document(self, name: str) -> YamlValue | None:
        """Return a YAML file; None, with the problem noted, when it is named and cannot be read."""
        return self._once(("document", name), lambda: self._open_document(name))

    def table(self, name: str, sector: str = "") -> Grid | None:
        """Return the cells of a table; None, with the problem noted, when they cannot be read."""
        grid = self._once((name, sector), lambda: self._open_table(_TABLES[name], sector))
        if grid is not None:
            grid.locale = self.locale
        return grid

    def text(self, name: str) -> str:
        """Return a text of the report by the name of its file; empty when it says or can say nothing."""
        return self._once(("text", name), lambda: self._open_text(name))

    def _once(self, key: tuple[str, ...], opened: Callable[[], _T]) -> _T:
        if key not in self._opened:
            self._opened[key] = opened()
        found: _T = self._opened[key]
        return found

    @cached_property
    def keys(self) -> dict[str, YamlValue]:
        """The keys of the study itself; those that name other parts among them."""
        study = self.document("study")
        return dict(study.entries()) if study is not None else {}

    @property
    def locale(self) -> Locale | None:
        """How the tables write numbers: as the caller says, else the study; None where neither says it."""
        stated = self.given_locale or self.stated("locale")
        return next((known for known in LOCALES if known == stated), None)

    @cached_property
    def folders(self) -> dict[str, str]:
        """The folder of each sector by its code; the code where no folder is stated."""
        found: dict[str, str] = {}
        for item in self.keys["sectors"].items() if "sectors" in self.keys else ():
            sector = dict(item.entries())
            if "code" in sector and not sector["code"].is_empty:
                code = sector["code"].scalar()
                stated = "folder" in sector and not sector["folder"].is_empty
                found.setdefault(code, sector["folder"].scalar() if stated else code)
        return found

    def stated(self, key: str) -> str:
        """Return the file that a key of the study names; empty where it names none."""
        value = self.keys.get(key)
        is_name = value is not None and isinstance(value.node, yaml.ScalarNode) and not value.is_empty
        return value.scalar() if value is not None and is_name else ""

    @abstractmethod
    def has(self, name: str, sector: str = "") -> bool:
        """Return whether a table is there, named by the study or not."""

    @abstractmethod
    def has_sector(self, code: str) -> bool:
        """Return whether there is a place for the tables of a sector."""

    @abstractmethod
    def name_of(self, name: str, sector: str = "") -> str:
        """Return what a table, or the document of the study, is called for people."""

    @abstractmethod
    def text_names(self) -> list[str]:
        """Return the names of the texts of the report, and of whatever else stands among them."""

    @abstractmethod
    def _open_document(self, name: str) -> YamlValue | None: ...

    @abstractmethod
    def _open_table(self, table: TableSheet, sector: str) -> Grid | None: ...

    @abstractmethod
    def _open_text(self, name: str) -> str: ...


class FolderTree(StudyTree):
    """A study in a folder: ``study.yaml``, the files that it names, and those found by their names.

    Parameters
    ----------
    folder : Path
    diagnostics : Diagnostics
    first : str
        The name of ``study.yaml``.
    locale : {"vi", "en"}, optional
    """

    def __init__(
        self,
        folder: Path,
        diagnostics: Diagnostics,
        first: str = DOCUMENTS[0].file,
        locale: Locale | None = None,
    ) -> None:
        files = StudyFiles(folder, diagnostics)
        super().__init__(files, diagnostics, locale or files.snapshot_locale)
        self.first = first

    def has(self, name: str, sector: str = "") -> bool:
        """Return whether there is such a file."""
        return self.files.has(self._file(_TABLES[name], sector))

    def has_sector(self, code: str) -> bool:
        """Return whether the folder of a sector is there."""
        return self.files.has_folder(self.folders[code])

    def name_of(self, name: str, sector: str = "") -> str:
        """Return the path of a file in the study."""
        return name_in_study(self._file(_TABLES[name], sector) if name in _TABLES else self.first)

    def text_names(self) -> list[str]:
        """Return the names of the files in the folder of texts."""
        return self.files.names_in(PROSE.file)

    def _file(self, table: TableSheet, sector: str) -> str:
        if table.by_sector:
            return f"{self.folders[sector]}/{table.file}"
        return (self.stated(table.key) if table.key else "") or table.file

    def _open_document(self, name: str) -> YamlValue | None:
        file = self.first if name == "study" else self.stated(name)
        named_at = None if name == "study" or not file else self.keys[name].location
        data = self.files.read(file, named_at=named_at) if file else None
        return read_yaml(data, name_in_study(file), self.diagnostics) if data is not None else None

    def _open_table(self, table: TableSheet, sector: str) -> Grid | None:
        named_at = self.keys[table.key].location if self.stated(table.key) else None
        data = self.files.read(self._file(table, sector), named_at=named_at)
        return (
            read_grid(data, self.name_of(table.name, sector), self.diagnostics) if data is not None else None
        )

    def _open_text(self, name: str) -> str:
        file = f"{PROSE.file}/{name}"
        data = self.files.read(file)
        if data is None or not data.strip(b"\xef\xbb\xbf \t\r\n"):
            return ""
        return decode(data, file, self.diagnostics) or ""


class WorkbookTree(StudyTree):
    """A study in one workbook: each CSV file a sheet, the YAML files as sheets of keys and of rows.

    Parameters
    ----------
    path : Path
    diagnostics : Diagnostics
    locale : {"vi", "en"}, optional
    """

    is_workbook = True

    def __init__(self, path: Path, diagnostics: Diagnostics, locale: Locale | None = None) -> None:
        files = StudyFiles(path.parent, diagnostics)
        super().__init__(files, diagnostics, locale or files.snapshot_locale)
        self.book = path.name
        data = file_bytes(path)
        self.files.contents[path.name] = data
        kind = sniff(data, path.name, diagnostics)
        grids = read_workbook(data, path.name, kind, diagnostics) if kind not in (None, "text") else []
        self._sheets = {fold(grid.sheet): grid for grid in grids}
        labels = [*KEY_SHEETS.items(), *((block.name, block.label) for block in BLOCKS)]
        self._key_grids = {name: grid for name, label in labels if (grid := self._sheet(label)) is not None}
        self._nodes = {d.name: document_node(d, self._key_grids, diagnostics) for d in DOCUMENTS}
        self._prose = dict(self._written())
        if grids:
            self._name_files()
            self._check_sheets()

    def has(self, name: str, sector: str = "") -> bool:
        """Return whether there is such a sheet, with rows below its headings."""
        grid = self._sheet(_TABLES[name].label, sector)
        return grid is not None and len(grid.rows) > 1

    def has_sheet(self, part: str) -> bool:
        """Return whether there is a sheet of a table or of the prose, empty or not."""
        label = PROSE.label if part == PROSE.file else _TABLES[part].label
        return self._sheet(label) is not None

    def has_sector(self, code: str) -> bool:
        """Return whether the study has such a sector."""
        return code in self.folders

    def name_of(self, name: str, sector: str = "") -> str:
        """Return the workbook and the sheet."""
        if name not in _TABLES:
            return self.book
        grid = self._sheet(_TABLES[name].label, sector)
        title = grid.sheet if grid is not None else sheet_title(_TABLES[name].label, "vi", sector)
        return f"{self.book}: {title}"

    def text_names(self) -> list[str]:
        """Return the names that the texts of the sheet of prose have in a folder."""
        return sorted(self._prose)

    def _open_document(self, name: str) -> YamlValue | None:
        node = self._nodes[name]
        return None if node is None else YamlValue(node, self.book, self.diagnostics)

    def _open_table(self, table: TableSheet, sector: str) -> Grid | None:
        grid = self._sheet(table.label, sector)
        if grid is None:
            name = Label(*(sheet_title(table.label, language, sector) for language in LANGUAGES))
            titles = [grid.sheet for grid in self._sheets.values()]
            self.diagnostics.add(
                "T125",
                Location(self.book),
                field=text("sheet {name}", name=name),
                found=text("no such sheet"),
                allowed=listed(titles),
                proposal=did_you_mean(name.vi, titles),
            )
        return grid

    def _open_text(self, name: str) -> str:
        return self._prose[name]

    def _sheet(self, label: Label, sector: str = "") -> Grid | None:
        found = (self._sheets.get(name) for name in sheet_names(label, sector))
        return next((grid for grid in found if grid is not None), None)

    def _written(self) -> Iterator[tuple[str, str]]:
        """Give the texts of the sheet of prose under the names of their files."""
        grid = self._sheet(PROSE.label)
        if grid is None or len(grid.rows) < 2:
            return
        for line in read_table(grid, f"{self.book}: {grid.sheet}", PROSE.record, self.diagnostics):
            for language in LANGUAGES:
                if line.get("section") and line.get(language):
                    yield f"{line['section']}.{language}.md", f"{line[language]}\n"

    def _name_files(self) -> None:
        """Name in the study the parts that the sheets show, as ``study.yaml`` names its files."""
        study = self._nodes["study"]
        if study is None:
            return
        for document in DOCUMENTS[1:]:
            if self._nodes[document.name] is not None:
                study.value.append(
                    _naming(document.name, document.file, self._key_grids.get(document.name), study)
                )
        for table in TABLES:
            grid = self._sheet(table.label) if table.key else None
            is_awaited = table.name == "judgments" and not _has_given_weights(study)
            if grid is not None and (is_awaited or self.has(table.name)):
                study.value.append(_naming(table.key, table.file, grid, study))

    def _check_sheets(self) -> None:
        """Note sheets that the study does not know; those that begin with x_ are left alone."""
        labels = [
            GUIDE,
            *KEY_SHEETS.values(),
            *(b.label for b in BLOCKS),
            *(t.label for t in TABLES),
            PROSE.label,
        ]
        known = set().union(*(sheet_names(label) for label in labels))
        for table in TABLES:
            for sector in self.folders if table.by_sector else ():
                known |= sheet_names(table.label, sector)
        for name, grid in self._sheets.items():
            if name in known or name.startswith("x_") or not grid.rows:
                continue
            if grid.is_hidden_sheet:
                words = text("{file}: hidden sheet {sheet} is left out", file=self.book, sheet=grid.sheet)
                self.diagnostics.note(words)
                continue
            absent = [label for label in labels if self._sheet(label) is None]
            titles = [*(label.vi for label in absent), *(label.en for label in absent)]
            proposal = did_you_mean(grid.sheet, titles)
            place = Location(self.book, address=grid.sheet)
            allowed = text(
                "the sheets of a study, see {sheet}; a sheet whose name begins with x_ is not read",
                sheet=GUIDE,
            )
            self.diagnostics.add("T125", place, found=grid.sheet, allowed=allowed, proposal=proposal)


def _naming(key: str, file: str, grid: Grid | None, study: yaml.Node) -> tuple[yaml.Node, yaml.Node]:
    mark = CellMark(0, 0, grid.sheet) if grid else study.start_mark
    return scalar(key, mark), scalar(file, mark)


def _has_given_weights(study: yaml.MappingNode) -> bool:
    keys = {name.value: value for name, value in study.value}
    weights = keys.get("weights")
    pairs = weights.value if isinstance(weights, yaml.MappingNode) else ()
    return any(name.value == "method" and value.value == "given" for name, value in pairs)


def study_tree(path: Path, diagnostics: Diagnostics, locale: Locale | None = None) -> StudyTree:
    """Return the tree of a study.

    Parameters
    ----------
    path : Path
        The folder of a study, its ``study.yaml`` under another name, or a workbook.
    diagnostics : Diagnostics
        Takes the problems.
    locale : {"vi", "en"}, optional
        How its tables write numbers.
    """
    if path.is_dir():
        return FolderTree(path, diagnostics, locale=locale)
    return (
        WorkbookTree(path, diagnostics, locale)
        if _is_book(path)
        else FolderTree(path.parent, diagnostics, path.name, locale)
    )


def _is_book(path: Path) -> bool:
    """Return whether a file is a workbook, a damaged one too, whatever its name says."""
    try:
        return path.is_file() and is_packed(file_bytes(path))
    except OSError:
        return False


def is_study_workbook(path: Path) -> bool:
    """Return whether a file is a workbook that holds a study, by its sheet of keys."""
    data = file_bytes(path) if _is_book(path) else b""
    kind = sniff(data, path.name, Diagnostics()) if data else None
    grids = read_workbook(data, path.name, kind, Diagnostics()) if kind else []
    return any(fold(grid.sheet) in sheet_names(KEY_SHEETS["study"]) for grid in grids)
