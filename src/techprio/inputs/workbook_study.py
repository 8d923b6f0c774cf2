"""A study that is one workbook: each CSV file a sheet, the YAML files as sheets of keys and rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from techprio.errors import did_you_mean
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.files import StudyFiles
from techprio.inputs.grid import Grid
from techprio.inputs.key_cells import CellMark, scalar
from techprio.inputs.sheet_documents import document_node
from techprio.inputs.sniffing import sniff
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
from techprio.language import LANGUAGES, Label, text


class WorkbookFiles(StudyFiles):
    """The files of a study, found in the sheets of a workbook under the names they have in a folder.

    Parameters
    ----------
    path : Path
        The workbook.
    findings : Diagnostics
        Takes the problems.
    """

    is_workbook = True

    def __init__(self, path: Path, diagnostics: Diagnostics) -> None:
        super().__init__(path.parent, diagnostics)
        self.book = path.name
        self.data = path.read_bytes()
        self.contents[path.name] = self.data
        kind = sniff(self.data, path.name, diagnostics)
        grids = read_workbook(self.data, path.name, kind, diagnostics) if kind not in (None, "text") else []
        self.is_readable = bool(grids)
        self._sheets = {fold(grid.sheet): grid for grid in grids}
        self._parts: dict[str, Grid] = {}
        for name, label in (*KEY_SHEETS.items(), *((block.name, block.label) for block in BLOCKS)):
            grid = self._sheet(label)
            if grid is not None:
                self._parts[name] = grid
        self._documents = {d.file: document_node(d, self._parts, diagnostics) for d in DOCUMENTS}
        self._sectors = dict(self._folders())
        self._prose = dict(self._written())
        if self.is_readable:
            self._name_files()
            self._check_sheets()

    def has(self, relative: str) -> bool:
        """Return whether there is such a sheet, with rows below its headings."""
        grid = self._grid(relative)
        return grid is not None and len(grid.rows) > 1

    def has_folder(self, relative: str) -> bool:
        """Return whether the study has such a sector."""
        return relative in self._sectors

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the texts that the sheet of prose holds."""
        return sorted(self._prose) if folder == PROSE.file else []

    def shown(self, relative: str) -> str:
        """Return the name of a file for people: the workbook and its sheet."""
        grid = self._grid(relative)
        if grid is not None:
            return f"{self.book}: {grid.sheet}"
        table, sector = self._table(relative)
        return f"{self.book}: {sheet_title(table.label, 'vi', sector)}" if table else self.book

    def read(self, relative: str, *, named_at: Location | None = None) -> bytes | Grid | yaml.Node | None:
        """Return a sheet of rows or the node of a YAML file; None, with the problem noted, without it."""
        if relative in self._documents:
            return self._documents[relative]
        if relative.startswith(f"{PROSE.file}/"):
            return self._prose[relative.removeprefix(f"{PROSE.file}/")]
        grid = self._grid(relative)
        if grid is None:
            self._report_missing(relative)
        return grid

    def _report_missing(self, relative: str) -> None:
        table, sector = self._table(relative)
        label = table.label if table else Label(relative, relative)
        name = Label(*(sheet_title(label, language, sector) for language in LANGUAGES))
        titles = [grid.sheet for grid in self._sheets.values()]
        self.diagnostics.add(
            "T125",
            Location(self.book),
            field=text("sheet {name}", name=name),
            found=text("no such sheet"),
            allowed=listed(titles),
            proposal=did_you_mean(name.vi, titles),
        )

    def _sheet(self, label: Label, sector: str = "") -> Grid | None:
        found = (self._sheets.get(name) for name in sheet_names(label, sector))
        return next((grid for grid in found if grid is not None), None)

    def _table(self, relative: str) -> tuple[TableSheet | None, str]:
        folder, _, file = relative.rpartition("/")
        found = next((t for t in TABLES if t.file == file and t.by_sector == bool(folder)), None)
        return found, self._sectors.get(folder, folder)

    def _grid(self, relative: str) -> Grid | None:
        table, sector = self._table(relative)
        return self._sheet(table.label, sector) if table else None

    def _folders(self) -> Iterator[tuple[str, str]]:
        """Give the folder and the code of each sector."""
        study = self._documents["study.yaml"]
        values = {name.value: value for name, value in study.value} if study else {}
        sectors = values.get("sectors")
        for item in sectors.value if isinstance(sectors, yaml.SequenceNode) else ():
            keys = {name.value: value.value for name, value in item.value}
            yield keys.get("folder", ""), keys.get("code", "")

    def _written(self) -> Iterator[tuple[str, bytes]]:
        """Give the texts of the sheet of prose under the names of their files."""
        grid = self._sheet(PROSE.label)
        if grid is None or len(grid.rows) < 2:
            return
        for line in read_table(grid, f"{self.book}: {grid.sheet}", PROSE.record, self.diagnostics):
            for language in LANGUAGES:
                if line.get("section") and line.get(language):
                    yield f"{line['section']}.{language}.md", f"{line[language]}\n".encode()

    def _name_files(self) -> None:
        """Say in the study which files it has, as the sheets show."""
        study = self._documents["study.yaml"]
        if study is None:
            return
        for document in DOCUMENTS:
            if document.name != "study" and self._documents[document.file] is not None:
                study.value.append(self._naming(document.name, document.file, study))
        for table in TABLES:
            is_awaited = table.name == "judgments" and not _has_given_weights(study)
            if table.key and (self.has(table.file) or (is_awaited and self._grid(table.file))):
                study.value.append(self._naming(table.key, table.file, study))

    def _naming(self, key: str, file: str, study: yaml.Node) -> tuple[yaml.Node, yaml.Node]:
        grid = self._grid(file) or self._parts.get(key)
        mark = CellMark(0, 0, grid.sheet) if grid else study.start_mark
        return scalar(key, mark), scalar(file, mark)

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
            for sector in self._sectors.values() if table.by_sector else ():
                known |= sheet_names(table.label, sector)
        for name, grid in self._sheets.items():
            if name in known or name.startswith("x_") or not grid.rows:
                continue
            if grid.is_hidden_sheet:
                words = text("{file}: hidden sheet {sheet} is left out", file=self.book, sheet=grid.sheet)
                self.diagnostics.note(words)
                continue
            titles = [*(label.vi for label in labels), *(label.en for label in labels)]
            proposal = did_you_mean(grid.sheet, titles) or text(
                "take the sheet out, or let its name begin with x_ to have it left alone"
            )
            place = Location(self.book, address=grid.sheet)
            allowed = text("the sheets of a study; see {sheet}", sheet=GUIDE)
            self.diagnostics.add("T125", place, found=grid.sheet, allowed=allowed, proposal=proposal)


def _has_given_weights(study: yaml.Node) -> bool:
    keys = {name.value: value for name, value in study.value}
    weights = keys.get("weights")
    pairs = weights.value if isinstance(weights, yaml.MappingNode) else ()
    return any(name.value == "method" and value.value == "given" for name, value in pairs)


def study_files(path: Path, diagnostics: Diagnostics) -> tuple[StudyFiles, str]:
    """Return the files of a study and the name of the first to read.

    Parameters
    ----------
    path : Path
        The folder of a study, its ``study.yaml`` under another name, or a workbook.
    findings : Diagnostics
        Takes the problems.
    """
    if path.is_dir():
        return StudyFiles(path, diagnostics), DOCUMENTS[0].file
    if is_workbook(path):
        return WorkbookFiles(path, diagnostics), DOCUMENTS[0].file
    return StudyFiles(path.parent, diagnostics), path.name


def is_workbook(path: Path) -> bool:
    """Return whether a file is a workbook, whatever its name says."""
    try:
        return path.is_file() and sniff(path.read_bytes(), path.name, Diagnostics()) not in (None, "text")
    except OSError:
        return False


def is_study_workbook(path: Path) -> bool:
    """Return whether a file is a workbook that holds a study, by its sheet of keys."""
    if not is_workbook(path):
        return False
    diagnostics = Diagnostics()
    data = path.read_bytes()
    grids = read_workbook(data, path.name, sniff(data, path.name, diagnostics) or "xlsx", diagnostics)
    return any(fold(grid.sheet) in sheet_names(KEY_SHEETS["study"]) for grid in grids)
