"""A study as it stands in its files, before anything is made of it: for templates and conversion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from techprio.inputs.cells import parse_number, parse_number_freely
from techprio.inputs.columns import fold, headings_of, word_kept
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.encodings import decode
from techprio.inputs.entries import cell_problem
from techprio.inputs.files import StudyFiles
from techprio.inputs.grid import Cell, Entry, Grid, shown
from techprio.inputs.key_cells import cell_words
from techprio.inputs.layout import find_layout
from techprio.inputs.opening import read_grid
from techprio.inputs.pictures import read_pictures
from techprio.inputs.study_sheets import DOCUMENTS, PROSE, TABLES, TableSheet
from techprio.inputs.tables import report_problem
from techprio.inputs.workbook_study import study_files
from techprio.inputs.yaml_reader import read_yaml
from techprio.model.fields import Field, fields_of

TableKey = tuple[str, str]
"""Name of a table and code of its sector; an empty code where there is one table for all."""


@dataclass(frozen=True)
class RawTable:
    """The headings and the cells of a table, as texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class RawStudy:
    """The parts of a study.

    Parameters
    ----------
    documents : mapping of str to MappingNode
        The YAML files, by name.
    tables : mapping of TableKey to RawTable
    folders : mapping of str to str
        Code of each sector to its folder.
    texts : mapping of str to str
        Prose for the report, by the name of its file.
    pictures : mapping of str to bytes
        What the prose shows, by address.
    """

    documents: dict[str, yaml.MappingNode] = field(default_factory=dict)
    tables: dict[TableKey, RawTable] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def read_raw(path: Path) -> RawStudy:
    """Read the parts of a study: a folder or a workbook, whether or not it is complete.

    Parameters
    ----------
    path : Path
        As :func:`~techprio.inputs.shipped.find_study` gives it.

    Raises
    ------
    DataFileError
        What keeps a part from being taken over as it stands.
    """
    diagnostics = Diagnostics()
    files, first = study_files(path, diagnostics)
    study = _document(files, first, diagnostics)
    raw = RawStudy()
    if study is None:
        diagnostics.check()
        return raw
    raw.documents["study"] = study
    named = _texts(study)
    for document in DOCUMENTS[1:]:
        node = _document(files, named.get(document.name, ""), diagnostics)
        if node is not None:
            raw.documents[document.name] = node
    raw.folders.update(sector_folders(study))
    for table in TABLES:
        for sector, relative in _places(table, raw, named):
            taken = _table(files, relative, table, named, diagnostics)
            if taken is not None:
                raw.tables[table.name, sector] = taken
    raw.texts.update(_prose(files, diagnostics))
    for name, words in raw.texts.items():
        raw.pictures.update(read_pictures(words, f"{PROSE.file}/{name}", files, diagnostics))
    diagnostics.check()
    return raw


def _prose(files: StudyFiles, diagnostics: Diagnostics) -> Iterator[tuple[str, str]]:
    for name in files.names_in(PROSE.file):
        data = files.read(f"{PROSE.file}/{name}") if name.endswith(".md") else None
        words = decode(data, f"{PROSE.file}/{name}", diagnostics) if data is not None else None
        if words is not None:
            yield name, words


def sector_folders(study: yaml.MappingNode) -> dict[str, str]:
    """Return the folder of each sector by its code."""
    sectors = next((value for name, value in study.value if name.value == "sectors"), None)
    found = {}
    for item in sectors.value if isinstance(sectors, yaml.SequenceNode) else ():
        keys = _texts(item) if isinstance(item, yaml.MappingNode) else {}
        if keys.get("code"):
            found[keys["code"]] = keys.get("folder") or keys["code"]
    return found


def _texts(node: yaml.MappingNode) -> dict[str, str]:
    return {
        str(name.value): str(value.value)
        for name, value in node.value
        if isinstance(name, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }


def _document(files: StudyFiles, relative: str, diagnostics: Diagnostics) -> yaml.MappingNode | None:
    data = files.read(relative) if relative else None
    value = read_yaml(data, files.shown(relative), diagnostics) if data is not None else None
    return value.node if value is not None and isinstance(value.node, yaml.MappingNode) else None


def _places(table: TableSheet, raw: RawStudy, named: dict[str, str]) -> list[tuple[str, str]]:
    """Return the sectors and names of the files of a table."""
    if table.by_sector:
        return [(code, f"{folder}/{table.file}") for code, folder in raw.folders.items()]
    relative = named.get(table.key, "") if table.key else table.file
    return [("", relative or table.file)]


def _table(
    files: StudyFiles, relative: str, table: TableSheet, named: dict[str, str], diagnostics: Diagnostics
) -> RawTable | None:
    if not (files.has(relative) or table.by_sector or table.key in named):
        return None
    source = files.read(relative)
    if source is None:
        return None
    grid = source if isinstance(source, Grid) else read_grid(source, files.shown(relative), diagnostics)
    if grid is None:
        return None
    return _from_workbook(grid, table, diagnostics) if grid.is_workbook else _from_text(grid)


def _from_text(grid: Grid) -> RawTable:
    rows = [tuple(str(entry) for entry in row.cells) for row in grid.rows]
    return RawTable(rows[0], tuple(rows[1:]))


def _from_workbook(grid: Grid, table: TableSheet, diagnostics: Diagnostics) -> RawTable | None:
    """Take the rows of a sheet under the names that the columns have in a CSV file."""
    declared = {column.name: column for column in fields_of(table.record)}
    names = headings_of(tuple(declared.values()))
    layout = find_layout(grid, diagnostics, known=names.keys())
    if layout is None:
        return None
    headings = [names.get(fold(heading), heading) for heading in layout.headings]
    while headings and not headings[-1]:
        headings.pop()
    rows = []
    for row in layout.rows:
        cells = []
        for place, name in enumerate(headings):
            entry = row.entry(place)
            fault = cell_problem(entry) if isinstance(entry, Cell) else None
            if fault is not None:
                report_problem(fault, grid.location(row.number, place), name, shown(entry), diagnostics)
            cells.append(_as_text(entry, declared.get(name)))
        rows.append(tuple(cells))
    return RawTable(tuple(headings), tuple(rows))


def _as_text(entry: Entry, column: Field | None) -> str:
    """Return a cell of a workbook as a CSV file spells it."""
    kind = column.kind if column else "text"
    if column is not None and column.choices:
        return word_kept(column, cell_words(entry, kind))
    if isinstance(entry, Cell) and entry.kind == "text":
        words = entry.shown
        if kind not in ("number", "integer") or not words.strip() or isinstance(parse_number(words), float):
            return words
        number = parse_number_freely(words.strip())
        return f"{number:.15g}" if isinstance(number, float) else words
    return cell_words(entry, kind)
