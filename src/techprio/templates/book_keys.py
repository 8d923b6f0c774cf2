"""Sheets of keys: each key of a YAML file with its value and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from techprio.errors import InputError
from techprio.inputs.columns import heading
from techprio.inputs.key_cells import packed
from techprio.inputs.raw_study import RawStudy
from techprio.inputs.sheet_columns import as_cell, key_paths
from techprio.inputs.study_sheets import BLOCKS, DOCUMENTS, STAFF, TABLES, Document, KeyRow, Path
from techprio.language import Language
from techprio.model.fields import Field, fields_of
from techprio.templates.book_cells import row_height, set_list, write_cell
from techprio.templates.book_styles import Styles
from techprio.templates.book_tables import node_at
from techprio.templates.yaml_text import explained

_WIDTHS = (36, 44, 74, 30)


@dataclass(frozen=True)
class KeyLine:
    """A key, its value, and the block it stands in."""

    path: Path
    value: str
    label: str
    about: str = ""
    key: Field | None = None
    section: str = ""


def key_lines(document: Document, raw: RawStudy, language: Language) -> Iterator[KeyLine]:
    """Give the single keys of a document, those that are declared first, then what it holds beyond.

    Raises
    ------
    InputError
        A key with a slash, which would not be found again.
    """
    node = raw.documents.get(document.name)
    sections = {
        key.name: key.label.render(language) for key in fields_of(document.record) if key.kind == "block"
    }
    known: set[Path] = set()
    for path, key, label in key_paths(document):
        known.add(path)
        value = node_at(node, path)
        if value is None and key.kind == "words":
            above = node_at(node, path[:-1])
            value = above if isinstance(above, yaml.ScalarNode) else None
        words = packed(value) if value is not None else ""
        section = sections.get(path[0], "") if len(path) > 1 and key.kind != "words" else ""
        if words is None:
            for below, found in _scalars(value, path):
                known.add(below)
                yield KeyLine(below, found, "/".join(below[1:]), section=label.render(language))
        else:
            yield KeyLine(path, words, label.render(language), explained(key, language), key, section)
    for path, found in _scalars(node, ()):
        if not _is_elsewhere(document, path, known):
            yield KeyLine(path, found, "/".join(path))


def _is_elsewhere(document: Document, path: Path, known: set[Path]) -> bool:
    blocks = [block.path for block in BLOCKS if block.document == document.name] + [(STAFF, "per_year")]
    naming = {other.name for other in DOCUMENTS} | {table.key for table in TABLES}
    if document.name == "study" and path[0] in naming:
        return True
    return any(path[: len(start)] == start for start in (*blocks, *known)) or (*path, "vi") in known


def _scalars(node: yaml.Node | None, before: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, yaml.ScalarNode):
        words = packed(node)
        if words:
            yield before, words
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value, 1):
            yield from _scalars(item, (*before, f"#{place}"))
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if "/" in name.value:
                raise InputError(
                    f"key {name.value!r}: a key with a slash cannot stand in a workbook; rename it"
                )
            yield from _scalars(value, (*before, name.value))


def write_keys(
    sheet: Any, documents: list[Document], raw: RawStudy, styles: Styles, *, language: Language
) -> None:
    """Write the keys of the documents that share a sheet."""
    headings = fields_of(KeyRow)
    for place, (column, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading(column, language), styles.needed)
    sheet.set_row(0, 22)
    row = 1
    for document in documents:
        section = document.label.render(language) if len(documents) > 1 else ""
        before = "" if not section else None
        for line in key_lines(document, raw, language):
            wanted = line.section or section
            if wanted != before:
                if wanted:
                    sheet.write_string(row, 0, wanted, styles.section)
                    row += 1
                before = wanted
            _write_line(sheet, row, line, document, styles)
            row += 1


def _write_line(sheet: Any, row: int, line: KeyLine, document: Document, styles: Styles) -> None:
    column = as_cell(line.key) if line.key else Field("", "")
    cells = [*zip((line.label, line.value, line.about), _WIDTHS, strict=False)]
    sheet.set_row(row, row_height(cells))
    sheet.write_string(row, 0, line.label, styles.label)
    numeric = column.kind in ("number", "integer")
    write_cell(sheet, row, 1, line.value, styles.field(column.kind), numeric=numeric)
    sheet.write_string(row, 2, line.about, styles.about)
    sheet.write_string(row, 3, "/".join((*document.prefix, *line.path)), styles.key)
    set_list(sheet, 1, column, first=row, last=row)
