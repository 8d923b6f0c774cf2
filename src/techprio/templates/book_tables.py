"""Sheets with a row each: the CSV files, and what repeats in the YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from techprio.errors import InputError
from techprio.inputs.columns import heading, number_column, word_shown
from techprio.inputs.key_cells import packed, packed_blocks
from techprio.inputs.study_sheets import (
    BLOCKS,
    DOCUMENTS,
    STAFF,
    TABLES,
    BlockSheet,
    Document,
    KeyRow,
    Path,
    TableSheet,
    as_cell,
    block_columns,
    key_paths,
)
from techprio.language import Language, text
from techprio.model.fields import Field, fields_of
from techprio.templates.book_cells import Styles, column_note, row_height, set_list, write_cell
from techprio.templates.raw_study import RawStudy, RawTable
from techprio.templates.yaml_text import explained

_WIDTHS = {"id": 13, "text": 30, "number": 11, "integer": 9, "choice": 15, "list": 24, "month": 11}
_WIDTHS |= {"shares": 16, "numbers": 24, "blocks": 44}
_LONG_TEXTS = ("summary", "citation", "definition", "note", "reason", "about", "vi", "en")


@dataclass(frozen=True)
class Body:
    """The columns and rows of a sheet."""

    columns: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]


def table_body(table: TableSheet, raw: RawTable) -> Body:
    """Return a CSV file as a sheet; columns that its record does not know keep their heading."""
    declared = {column.name: column for column in fields_of(table.record)}
    columns = [declared.get(name, number_column(name)) for name in raw.headings]
    return Body(tuple(columns), raw.rows)


def block_body(block: BlockSheet, raw: RawStudy) -> Body:
    """Return what repeats in a YAML file as a sheet."""
    placed = block_columns(block.name)
    columns = [column for column, _ in placed.values()]
    node = node_at(raw.documents.get(block.document), block.path)
    if block.kind == "amounts":
        return _amounts(raw, columns)
    rows = [_cells(placed, item, given) for item, given in _items(block, node)]
    return Body(tuple(columns), tuple(rows))


def node_at(node: yaml.Node | None, path: Path) -> yaml.Node | None:
    """Return what stands under a path; None when nothing does."""
    for step in path:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for name, value in node.value if name.value == step), None)
    return node


def _items(block: BlockSheet, node: yaml.Node | None) -> Iterator[tuple[yaml.Node, dict[str, str]]]:
    """Give each block with what its row says beyond its own keys."""
    if block.kind == "named":
        for name, item in node.value if isinstance(node, yaml.MappingNode) else ():
            yield item, {block.name_column: name.value}
    elif block.kind == "blocks":
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            yield item, {}
    else:
        for item, parent in _criteria(node, ""):
            if block.kind == "tree":
                yield item, {"parent": parent}
                continue
            name = packed(node_at(item, ("id",)) or item) or ""
            anchors = node_at(item, ("anchors",))
            for point, words in anchors.value if isinstance(anchors, yaml.MappingNode) else ():
                yield words, {"criterion": name, "point": point.value}


def _criteria(node: yaml.Node | None, parent: str) -> Iterator[tuple[yaml.Node, str]]:
    for item in node.value if isinstance(node, yaml.SequenceNode) else ():
        yield item, parent
        name = node_at(item, ("id",))
        yield from _criteria(node_at(item, ("children",)), str(name.value) if name is not None else "")


def _cells(
    placed: Mapping[str, tuple[Field, Path]], item: yaml.Node, given: dict[str, str]
) -> tuple[str, ...]:
    cells = []
    for name, (column, path) in placed.items():
        node = node_at(item, path) if path else None
        if node is None and path and path[-1] in ("vi", "en"):
            node = _one_text(item, path)
        pack = packed_blocks if column.kind == "blocks" else packed
        cells.append(given.get(name, "") if not path else (pack(node) or "" if node is not None else ""))
    return tuple(cells)


def _one_text(item: yaml.Node, path: Path) -> yaml.Node | None:
    """Return a label that is written as one text for both languages."""
    above = node_at(item, path[:-1])
    return above if isinstance(above, yaml.ScalarNode) else None


def _amounts(raw: RawStudy, columns: list[Field]) -> Body:
    resources = raw.documents.get("resources")
    budgets = node_at(resources, ("budgets",))
    pairs = budgets.value if isinstance(budgets, yaml.MappingNode) else []
    by_name = {name.value: node_at(fund, ("per_year",)) for name, fund in pairs}
    by_name[STAFF] = node_at(resources, (STAFF, "per_year"))
    amounts = {
        name: {year.value: packed(value) or "" for year, value in node.value}
        for name, node in by_name.items()
        if isinstance(node, yaml.MappingNode)
    }
    years = sorted({year for values in amounts.values() for year in values} | set(_horizon(resources)))
    funds = [number_column(name, least=0) for name in by_name if name != STAFF]
    rows = [(year, *(amounts.get(n, {}).get(year, "") for n in by_name)) for year in years]
    return Body((columns[0], *funds, columns[1]), tuple(rows))


def _horizon(resources: yaml.Node | None) -> list[str]:
    ends = [
        packed(node) or "" for name in ("start", "end") if (node := node_at(resources, (name,))) is not None
    ]
    if len(ends) < 2 or not all(end[:4].isdigit() for end in ends):
        return []
    return [str(year) for year in range(int(ends[0][:4]), int(ends[1][:4]) + 1)]


def write_body(
    sheet: Any,
    body: Body,
    styles: Styles,
    *,
    language: Language,
    lists: Mapping[str, str],
    notes: Sequence[str] = (),
) -> None:
    """Write headings with their notes and lists, then the rows.

    Parameters
    ----------
    lists : mapping of str to str
        Field to the cells that hold its allowed words.
    """
    for place, column in enumerate(body.columns):
        sheet.set_column(place, place, _width(column), styles.empty(column.kind))
        sheet.write_string(0, place, heading(column, language), _heading(column, styles))
        note = column_note(column, language)
        sheet.write_comment(0, place, note, {"x_scale": 2.2, "y_scale": 0.3 + 0.28 * len(note.splitlines())})
        offered = tuple(word_shown(column, choice, language) for choice in column.choices)
        set_list(sheet, place, replace(column, choices=offered), source=lists.get(column.name, ""))
    widths = [_width(column) for column in body.columns]
    headings = [heading(column, language) for column in body.columns]
    sheet.set_row(0, row_height([*zip(headings, [0.85 * width for width in widths], strict=True)]))
    for row, cells in enumerate(body.rows, 1):
        sheet.set_row(row, row_height([*zip(cells, widths, strict=False)]))
        for place, words in enumerate(cells[: len(body.columns)]):
            column = body.columns[place]
            shown = word_shown(column, words, language)
            numeric = column.kind in ("number", "integer")
            write_cell(sheet, row, place, shown, styles.body(column.kind), numeric=numeric)


def body_width(body: Body) -> float:
    """Return the width of all columns, in signs."""
    return float(sum(_width(column) for column in body.columns))


def _heading(column: Field, styles: Styles) -> Any:
    return styles.needed if column.required else styles.optional


def _width(column: Field) -> int:
    long = column.kind == "text" and any(part in _LONG_TEXTS for part in column.name.split("_"))
    return 42 if long else _WIDTHS[column.kind]


_KEY_WIDTHS = (36, 44, 74, 30)


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
                    text(
                        "key {name!r}: a key with a slash cannot stand in a workbook; rename it",
                        name=str(name.value),
                    )
                )
            yield from _scalars(value, (*before, name.value))


def write_keys(
    sheet: Any, documents: list[Document], raw: RawStudy, styles: Styles, *, language: Language
) -> None:
    """Write the keys of the documents that share a sheet."""
    headings = fields_of(KeyRow)
    for place, (column, width) in enumerate(zip(headings, _KEY_WIDTHS, strict=True)):
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
    cells = [*zip((line.label, line.value, line.about), _KEY_WIDTHS, strict=False)]
    sheet.set_row(row, row_height(cells))
    sheet.write_string(row, 0, line.label, styles.label)
    numeric = column.kind in ("number", "integer")
    write_cell(sheet, row, 1, line.value, styles.field(column.kind), numeric=numeric)
    sheet.write_string(row, 2, line.about, styles.about)
    sheet.write_string(row, 3, "/".join((*document.prefix, *line.path)), styles.key)
    set_list(sheet, 1, column, first=row, last=row)
