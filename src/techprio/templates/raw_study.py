"""The parts of a study as files and sheets spell them: what templates and conversion write.

A blank study can begin with the technologies of a catalogue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from techprio.inputs.cells import parse_number, parse_number_freely, plain_letters
from techprio.inputs.columns import fold, headings_of, word_kept
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import cell_problem
from techprio.inputs.finding import find_known_table
from techprio.inputs.grid import Cell, Entry, Grid, shown
from techprio.inputs.key_cells import cell_words, scalar, sequence
from techprio.inputs.long_table import CatalogueTable
from techprio.inputs.parts import PARTS
from techprio.inputs.pictures import read_pictures
from techprio.inputs.study_sheets import DOCUMENTS, PROSE, TABLES, TableSheet
from techprio.inputs.study_tree import study_tree
from techprio.inputs.tables import report_problem
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
    tree = study_tree(path, diagnostics)
    raw = RawStudy(folders=dict(tree.folders))
    for document in DOCUMENTS:
        value = tree.document(document.name)
        if value is not None and isinstance(value.node, yaml.MappingNode):
            raw.documents[document.name] = value.node
    for table in TABLES if "study" in raw.documents else ():
        for sector in raw.folders if table.by_sector else ("",):
            is_wanted = table.by_sector or tree.has(table.name) or tree.stated(table.key)
            grid = tree.table(table.name, sector) if is_wanted else None
            taken = _spelled(grid, table, diagnostics) if grid is not None else None
            if taken is not None:
                raw.tables[table.name, sector] = taken
    for name in tree.text_names():
        if name.endswith(".md"):
            raw.texts[name] = tree.text(name)
            file = f"{PROSE.file}/{name}"
            raw.pictures.update(read_pictures(raw.texts[name], file, tree.files, diagnostics))
    diagnostics.check()
    return raw


def with_parts(raw: RawStudy) -> RawStudy:
    """Return a study that states which parts it has, so that one that gets lost is missed."""
    study = raw.documents.get("study")
    if study is None:
        return raw
    always = ("dependencies", "sources")
    has_rows = {name for (name, _), table in raw.tables.items() if table.rows or name in always}
    names = [name for name in PARTS if name in has_rows or (name == PROSE.file and raw.texts)]
    kept = [(key, value) for key, value in study.value if key.value != "parts"]
    stated = sequence([scalar(name, None, text=True) for name in names], None)
    parts = [(scalar("parts", None), stated)] if names else []
    return replace(raw, documents=raw.documents | {"study": yaml.MappingNode(study.tag, [*kept, *parts])})


def node_of(document: dict[str, Any]) -> yaml.MappingNode:
    """Return the node of a YAML document from its values."""
    words = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    node = yaml.compose(words.replace(": null\n", ":\n"), Loader=yaml.SafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return node


def _spelled(grid: Grid, table: TableSheet, diagnostics: Diagnostics) -> RawTable | None:
    return _from_workbook(grid, table, diagnostics) if grid.is_workbook else _from_text(grid)


def _from_text(grid: Grid) -> RawTable:
    rows = [tuple(str(entry) for entry in row.cells) for row in grid.rows]
    return RawTable(rows[0], tuple(rows[1:]))


def _from_workbook(grid: Grid, table: TableSheet, diagnostics: Diagnostics) -> RawTable | None:
    """Take the rows of a sheet under the names that the columns have in a CSV file."""
    declared = {column.name: column for column in fields_of(table.record)}
    names = headings_of(tuple(declared.values()))
    layout = find_known_table(grid, diagnostics, names.keys())
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


def fill_from(raw: RawStudy, table: CatalogueTable, *, has_criteria: bool, id: str) -> None:
    """Put the technologies of a catalogue into the first sector of a blank study.

    Parameters
    ----------
    raw : RawStudy
    table : CatalogueTable
        A field that is a column of ``technologies.csv`` goes there, another becomes a criterion with scores.
    has_criteria : bool
        Whether the study has its criteria already; otherwise those of the fields are begun.
    id : str
        Id of the study.
    """
    sector = next(iter(raw.folders))
    ids: dict[str, str] = {}
    for name in table.values.index:
        plain = re.sub(r"[^A-Za-z0-9_.\-]+", "_", plain_letters(str(name))).strip("_.-") or "T"
        taken = [plain, *(f"{plain}_{number}" for number in range(2, len(table.values) + 2))]
        ids[name] = next(one for one in taken if one not in ids.values())
    headings = raw.tables["technologies", sector].headings
    columns = [field for field in table.values if field in headings]
    bounds = {field: (field.replace("_mode", "_low"), field.replace("_mode", "_high")) for field in columns}
    rows = []
    for name, code in ids.items():
        cells = {"id": code, "name_en": table.names[name] or str(name)}
        for column in columns:
            cells[column] = _number(table.values.loc[name, column])
            for bound, frame in zip(bounds[column], (table.low, table.high), strict=True):
                if bound != column and bound in headings:
                    cells[bound] = _number(frame.loc[name, column])
        rows.append(tuple(cells.get(heading, "") for heading in headings))
    raw.tables["technologies", sector] = RawTable(headings, tuple(rows))
    scores = raw.tables["scores", sector].headings
    criteria = {field: re.sub(r"\W+", "_", plain_letters(field)).strip("_") for field in table.values}
    criteria = {field: code for field, code in criteria.items() if field not in columns}
    lines = [
        {
            "technology": ids[name],
            "criterion": code,
            "value": _number(table.values.loc[name, field]),
            "low": _number(table.low.loc[name, field]),
            "high": _number(table.high.loc[name, field]),
            "evidence": "B",
        }
        for name in ids
        for field, code in criteria.items()
        if pd.notna(table.values.loc[name, field])
    ]
    raw.tables["scores", sector] = RawTable(
        scores, tuple(tuple(line.get(heading, "") for heading in scores) for line in lines)
    )
    if criteria and not has_criteria:
        tree = [{"id": code, "label": {"vi": None, "en": field}} for field, code in criteria.items()]
        raw.documents["criteria"] = node_of({"id": id or None, "criteria": tree})


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.12g}"
