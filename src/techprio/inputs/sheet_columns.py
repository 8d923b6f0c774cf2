"""The columns of the sheets of a study in one workbook, and the keys of its sheets of keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from techprio.inputs.study_sheets import BLOCKS, DOCUMENTS, STAFF, TABLES, Document, Path
from techprio.language import NO_LABEL, Label
from techprio.model.fields import Field, Kind, fields_of

_NAMES = {"technology": Label("Công nghệ", "Technology"), "fund": Label("Nguồn vốn", "Fund")}
_LANGUAGE_WORDS = {"vi": Label("tiếng Việt", "Vietnamese"), "en": Label("tiếng Anh", "English")}
_SINGLE: frozenset[Kind] = frozenset({"id", "text", "number", "integer", "choice", "month", "list", "flag"})
_ELSEWHERE = {("children",), ("anchors",), ("per_year",)}
_IMPLIED = {("folder",)}
"""What a folder of files needs and a workbook does not."""

PlacedColumn = tuple[Field, Path]
PlacedKey = tuple[Path, Field, Label]


@cache
def block_columns(name: str) -> dict[str, PlacedColumn]:
    """Return the columns of a sheet of blocks, each with its path in the block."""
    sheet = next(block for block in BLOCKS if block.name == name)
    if sheet.kind == "anchors":
        return dict(_anchor_columns())
    if sheet.kind == "amounts":
        return dict(_amount_columns())
    found: dict[str, PlacedColumn] = {}
    if sheet.name_column:
        found[sheet.name_column] = (_column(sheet.name_column, "id", _NAMES[sheet.name_column]), ())
    for path, field, label in _leaves(sheet.record) if sheet.record else ():
        found["_".join(path)] = (_column_of(path, field, label), path)
        if sheet.kind == "tree" and path == ("id",):
            found["parent"] = (_parent_column(), ())
    return found


def _column(name: str, kind: Kind, label: Label, *, required: bool = True, **settings: object) -> Field:
    return Field(*label, kind=kind, name=name, required=required, **settings)  # type: ignore[arg-type]


def _parent_column() -> Field:
    about = ("mã của tiêu chí cấp trên; trống: nhóm lớn nhất", "id of the criterion above; empty: a head")
    return _column("parent", "id", Label("Thuộc", "Under"), required=False, about=about)


def _anchor_columns() -> Iterator[tuple[str, PlacedColumn]]:
    yield "criterion", (_column("criterion", "id", Label("Tiêu chí", "Criterion")), ())
    yield "point", (_column("point", "number", Label("Điểm", "Point")), ())
    for language, words in _LANGUAGE_WORDS.items():
        label = Label(f"Ý nghĩa, {words.vi}", f"Meaning, {words.en}")
        yield language, (_column(language, "text", label, required=False), (language,))


def _amount_columns() -> Iterator[tuple[str, PlacedColumn]]:
    yield "year", (_column("year", "integer", Label("Năm", "Year")), ())
    about = ("số người đào tạo thêm trong năm", "people newly trained in the year")
    label = Label("Nhân lực", "Staff")
    yield STAFF, (_column(STAFF, "number", label, required=False, about=about, unit="people"), ())


def _leaves(record: type, before: Path = (), above: Label = NO_LABEL) -> Iterator[PlacedKey]:
    for field in fields_of(record):
        path = (*before, field.name)
        label = _below(above, field.label) if before else field.label
        if path in _ELSEWHERE:
            continue
        if field.kind == "words":
            yield from _spoken(path, field, label)
        elif field.inner:
            yield from _leaves(field.inner, path, label)
        elif field.kind in _SINGLE:
            yield path, field, label


def _spoken(path: Path, field: Field, label: Label) -> Iterator[PlacedKey]:
    for language, words in _LANGUAGE_WORDS.items():
        yield (*path, language), field, Label(f"{label.vi}, {words.vi}", f"{label.en}, {words.en}")


def _below(above: Label, label: Label) -> Label:
    """Say a key with the block it stands in: ``Thang, mức xấu nhất``."""
    return Label(*(f"{one}, {other[:1].lower()}{other[1:]}" for one, other in zip(above, label, strict=True)))


def _column_of(path: Path, field: Field, label: Label) -> Field:
    required = bool(field.required) and len(path) == 1 and path not in _IMPLIED
    cell = as_cell(field)
    return replace(cell, vi=label.vi, en=label.en, name="_".join(path), required=required)


def key_paths(document: Document) -> Iterator[PlacedKey]:
    """Walk the single keys of a document that stand on its sheet of keys.

    Keys under which any name may stand are given with their own path.
    """
    elsewhere = {block.path for block in BLOCKS if block.document == document.name} | {(STAFF, "per_year")}
    if document.name == "study":
        elsewhere |= {(other.name,) for other in DOCUMENTS} | {(table.key,) for table in TABLES}
    yield from _single(document.record, elsewhere, ())


def _single(record: type, elsewhere: set[Path], before: Path) -> Iterator[PlacedKey]:
    for field in fields_of(record):
        path = (*before, field.name)
        if path in elsewhere:
            continue
        if field.kind == "words":
            yield from _spoken(path, field, field.label)
        elif field.kind == "block" and field.inner:
            yield from _single(field.inner, elsewhere, path)
        else:
            yield path, field, field.label


def as_cell(field: Field) -> Field:
    """Return a key as the one cell that holds it in a workbook, for its list and its limits."""
    if field.kind == "flag":
        return replace(field, kind="choice")
    return field if field.kind in _SINGLE else replace(field, kind="text")
