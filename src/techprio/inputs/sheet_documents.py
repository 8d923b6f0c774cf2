"""The YAML files of a study out of the sheets of a workbook, as nodes that know their cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

import yaml

from techprio.inputs.cells import CellProblem, parse_number_freely
from techprio.inputs.column_places import find_columns
from techprio.inputs.columns import headings_of, number_column, word_kept
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.entries import cell_problem
from techprio.inputs.finding import find_known_table
from techprio.inputs.grid import Cell, Grid, GridRow
from techprio.inputs.key_cells import CellMark, cell_words, mapping, reported, scalar, sequence, unpacked
from techprio.inputs.layout import FoundTable
from techprio.inputs.numbers import readings
from techprio.inputs.study_sheets import (
    BLOCKS,
    DOCUMENTS,
    STAFF,
    BlockSheet,
    Document,
    KeyRow,
    Path,
    block_columns,
    key_paths,
)
from techprio.inputs.tables import report_problem
from techprio.language import text
from techprio.model.fields import Field, fields_of

_ANY = Field("", "", kind="choice")
"""A key that is not declared: its cell is taken as it stands."""

Tree = dict[str, Any]
"""Names to trees, lists of trees, or nodes."""


def document_node(
    document: Document, grids: Mapping[str, Grid], diagnostics: Diagnostics
) -> yaml.MappingNode | None:
    """Return a YAML file as the sheets of a workbook say it; None when they say nothing of it.

    Parameters
    ----------
    document : Document
    grids : mapping of str to Grid
        The sheets of keys and of blocks, by name.
    diagnostics : Diagnostics
        Takes the problems of the sheets.
    """
    tree: Tree = {}
    if document.sheet in grids:
        _take_keys(tree, document, grids[document.sheet], diagnostics)
    for block in BLOCKS:
        if block.document == document.name and block.name in grids:
            _TAKERS[block.kind](tree, block, grids[block.name], diagnostics)
    if not tree:
        return None
    node = _node(tree)
    return node if isinstance(node, yaml.MappingNode) else None


def _mark(grid: Grid, row: int, column: int | None = None) -> CellMark:
    location = grid.location(row, column)
    return CellMark(row - 1, column or 0, location.address)


def _node(tree: Any) -> yaml.Node:
    """Turn a tree into nodes; a branch that says nothing is one empty scalar."""
    if isinstance(tree, yaml.Node):
        return tree
    if isinstance(tree, list):
        items = [_node(item) for item in tree]
        return sequence(items, items[0].start_mark) if items else scalar("", None)
    values = {name: _node(branch) for name, branch in tree.items()}
    if all(_is_blank(node) for node in values.values()):
        return next(iter(values.values()))
    indexed = all(name.startswith("#") for name in values)
    mark = next(iter(values.values())).start_mark
    return sequence(list(values.values()), mark) if indexed else mapping(values, mark)


def _is_blank(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value


def _put(tree: Tree, path: Path, value: Any) -> bool:
    """Put a value under its path; False when there is one already."""
    for step in path[:-1]:
        branch = tree.setdefault(step, {})
        if not isinstance(branch, dict):
            return False
        tree = branch
    return tree.setdefault(path[-1], value) is value


def _take_keys(tree: Tree, document: Document, grid: Grid, diagnostics: Diagnostics) -> None:
    columns = {path: key for path, key, _ in key_paths(document)}
    others = [other.prefix for other in DOCUMENTS if other.prefix and other != document]
    layout, places = _columns(grid, fields_of(KeyRow), diagnostics)
    if layout is None or "key" not in places or "value" not in places:
        return
    for row in layout.rows:
        steps = tuple(step for step in cell_words(row.entry(places["key"]), "text").split("/") if step)
        path = steps[len(document.prefix) :]
        if not path or steps[: len(document.prefix)] != document.prefix:
            continue
        if any(steps[: len(other)] == other for other in others):
            continue
        node = _cell(grid, row, places["value"], columns.get(path, _ANY), diagnostics)
        if not _put(tree, path, node):
            location = grid.location(row.number, places["key"])
            diagnostics.add(
                "Y202", location, field="/".join(steps), found="/".join(steps), allowed=text("each key once")
            )


def _cell(
    grid: Grid,
    row: GridRow,
    place: int,
    field: Field,
    diagnostics: Diagnostics,
) -> yaml.Node:
    entry = row.entry(place)
    fault = cell_problem(entry) if isinstance(entry, Cell) else None
    if fault is not None:
        report_problem(
            fault, grid.location(row.number, place), "", str(getattr(entry, "shown", "")), diagnostics
        )
        return reported("", _mark(grid, row.number, place))
    words = cell_words(entry, field.kind)
    if field.kind in ("number", "integer") and isinstance(entry, Cell) and entry.kind == "text":
        number = parse_number_freely(words) if words else 0.0
        if isinstance(number, CellProblem) and len(readings(words)) > 1:
            problem = CellProblem("Y206", number.allowed, number.proposal)
            report_problem(problem, grid.location(row.number, place), field.name, words, diagnostics)
            return reported(words, _mark(grid, row.number, place))
    kept = word_kept(field, words) if field.choices else words
    return unpacked(kept, field.kind, _mark(grid, row.number, place))


def _columns(
    grid: Grid, columns: tuple[Field, ...], diagnostics: Diagnostics
) -> tuple[FoundTable | None, dict[str, int]]:
    names = headings_of(columns)
    layout = find_known_table(grid, diagnostics, names.keys())
    places = find_columns(layout, columns, names, diagnostics) if layout else None
    return layout, places or {}


def _rows(
    block: BlockSheet, grid: Grid, diagnostics: Diagnostics, extra: tuple[Field, ...] = ()
) -> Iterator[tuple[GridRow, dict[str, int]]]:
    columns = tuple(column for column, _ in block_columns(block.name).values())
    layout, places = _columns(grid, (*columns, *extra), diagnostics)
    for row in layout.rows if layout and places else ():
        yield row, places


def _item(
    block: BlockSheet, grid: Grid, row: GridRow, places: Mapping[str, int], diagnostics: Diagnostics
) -> Tree:
    item: Tree = {}
    for name, (column, path) in block_columns(block.name).items():
        if path and name in places:
            _put(item, path, _cell(grid, row, places[name], column, diagnostics))
    return item


def _name(grid: Grid, row: GridRow, places: Mapping[str, int], column: str, diagnostics: Diagnostics) -> str:
    """Return the name that a row is about; a blank one is reported."""
    words = cell_words(row.entry(places[column]), "id")
    if not words:
        location = grid.location(row.number, places[column])
        diagnostics.add("T114", location, field=column, found=text("nothing"), allowed=text("an id"))
    return words


def _take_blocks(tree: Tree, block: BlockSheet, grid: Grid, diagnostics: Diagnostics) -> None:
    items = [_item(block, grid, row, places, diagnostics) for row, places in _rows(block, grid, diagnostics)]
    if block.name == "sectors":
        for item in items:
            if _is_blank(item.get("folder", scalar("", None))):
                item["folder"] = copy(item["code"])  # the same node twice would be an alias in a file
    _put(tree, block.path, items if items else scalar("", _mark(grid, 0)))


def _take_named(tree: Tree, block: BlockSheet, grid: Grid, diagnostics: Diagnostics) -> None:
    for row, places in _rows(block, grid, diagnostics):
        name = _name(grid, row, places, block.name_column, diagnostics)
        item = _item(block, grid, row, places, diagnostics)
        if name and not _put(tree, (*block.path, name), item):
            location = grid.location(row.number, places[block.name_column])
            diagnostics.add(
                "Y202", location, field=block.name_column, found=name, allowed=text("each key once")
            )


def _take_tree(tree: Tree, block: BlockSheet, grid: Grid, diagnostics: Diagnostics) -> None:
    heads: list[Tree] = []
    known: dict[str, Tree] = {}
    for row, places in _rows(block, grid, diagnostics):
        item = _item(block, grid, row, places, diagnostics)
        above = cell_words(row.entry(places["parent"]), "id") if "parent" in places else ""
        if above and above not in known:
            location = grid.location(row.number, places["parent"])
            diagnostics.unknown("S304", location, field="parent", found=above, name=above, known=list(known))
        siblings = known[above].setdefault("children", []) if above in known else heads
        siblings.append(item)
        known.setdefault(cell_words(row.entry(places["id"]), "id"), item)
    _put(tree, block.path, heads if heads else scalar("", _mark(grid, 0)))


def _take_anchors(tree: Tree, block: BlockSheet, grid: Grid, diagnostics: Diagnostics) -> None:
    criteria = dict(_criteria(tree.get("criteria", [])))
    for row, places in _rows(block, grid, diagnostics):
        name = _name(grid, row, places, "criterion", diagnostics)
        if name and name not in criteria:
            location = grid.location(row.number, places["criterion"])
            diagnostics.unknown(
                "S304", location, field="criterion", found=name, name=name, known=list(criteria)
            )
        elif name:
            point = cell_words(row.entry(places["point"]), "number")
            item = _item(block, grid, row, places, diagnostics)
            if not _put(criteria[name], ("anchors", point), item):
                location = grid.location(row.number, places["point"])
                diagnostics.add("Y202", location, field=name, found=point, allowed=text("each key once"))


def _criteria(items: Any) -> Iterator[tuple[str, Tree]]:
    for item in items if isinstance(items, list) else ():
        yield item["id"].value, item
        yield from _criteria(item.get("children", []))


def _take_amounts(tree: Tree, block: BlockSheet, grid: Grid, diagnostics: Diagnostics) -> None:
    funds = tuple(number_column(fund) for fund in tree.get("budgets", {}))
    fixed = tuple(column for column, _ in block_columns(block.name).values())
    layout, places = _columns(grid, (*fixed, *funds), diagnostics)
    if layout is None or not places:
        return
    for row in layout.rows:
        year = _name(grid, row, places, "year", diagnostics)
        for name, place in places.items():
            node = _cell(grid, row, place, number_column(name), diagnostics)
            if year and name != "year" and not _is_blank(node):
                above = (name,) if name == STAFF else (*block.path, name)
                if not _put(tree, (*above, "per_year", year), node):
                    location = grid.location(row.number, place)
                    diagnostics.add("Y202", location, field=name, found=year, allowed=text("each key once"))
    _await_amounts(tree, block, grid, layout.heading_row, places)


def _await_amounts(
    tree: Tree, block: BlockSheet, grid: Grid, heading_row: int, places: Mapping[str, int]
) -> None:
    """Let a source of funds without any amount be missed in its own column."""
    for name, place in places.items():
        if name in tree.get("budgets", {}):
            _put(tree, (*block.path, name, "per_year"), scalar("", _mark(grid, heading_row, place)))


_TAKERS = {
    "blocks": _take_blocks,
    "named": _take_named,
    "tree": _take_tree,
    "anchors": _take_anchors,
    "amounts": _take_amounts,
}
