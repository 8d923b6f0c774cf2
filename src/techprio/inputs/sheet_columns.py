"""The columns of the sheets of a study in one workbook, and the keys of its sheets of keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from techprio.inputs.columns import Column, Kind
from techprio.inputs.keys import Key, KeyKind, Keys, keys_of
from techprio.inputs.study_sheets import BLOCKS, DOCUMENTS, STAFF, TABLES, Document, Path
from techprio.language import NO_LABEL, Label

_NAMES = {"technology": Label("Công nghệ", "Technology"), "fund": Label("Nguồn vốn", "Fund")}
_LANGUAGE_WORDS = {"vi": Label("tiếng Việt", "Vietnamese"), "en": Label("tiếng Anh", "English")}
_COLUMN_KINDS: dict[KeyKind, Kind] = {
    "id": "id", "text": "text", "number": "number", "integer": "integer", "choice": "choice",
    "month": "month", "list": "list", "flag": "choice",
}  # fmt: skip
_ELSEWHERE = {("children",), ("anchors",), ("per_year",)}
_IMPLIED = {("folder",)}
"""What a folder of files needs and a workbook does not."""

PlacedColumn = tuple[Column, Path]
PlacedKey = tuple[Path, Key, Label]


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
        label = _NAMES[sheet.name_column]
        found[sheet.name_column] = (Column(sheet.name_column, "id", label, NO_LABEL), ())
    for path, key, label in _leaves(sheet.record) if sheet.record else ():
        found["_".join(path)] = (_column_of(path, key, label), path)
        if sheet.kind == "tree" and path == ("id",):
            found["parent"] = (_parent_column(), ())
    return found


def _parent_column() -> Column:
    about = Label(
        "mã của tiêu chí cấp trên; trống: nhóm lớn nhất", "id of the criterion above; empty: a head"
    )
    return Column("parent", "id", Label("Thuộc", "Under"), about, required=False)


def _anchor_columns() -> Iterator[tuple[str, PlacedColumn]]:
    yield "criterion", (Column("criterion", "id", Label("Tiêu chí", "Criterion"), NO_LABEL), ())
    yield "point", (Column("point", "number", Label("Điểm", "Point"), NO_LABEL), ())
    for language, words in _LANGUAGE_WORDS.items():
        label = Label(f"Ý nghĩa, {words.vi}", f"Meaning, {words.en}")
        yield language, (Column(language, "text", label, NO_LABEL, required=False), (language,))


def _amount_columns() -> Iterator[tuple[str, PlacedColumn]]:
    yield "year", (Column("year", "integer", Label("Năm", "Year"), NO_LABEL), ())
    about = Label("số người đào tạo thêm trong năm", "people newly trained in the year")
    column = Column(STAFF, "number", Label("Nhân lực", "Staff"), about, required=False, unit="people")
    yield STAFF, (column, ())


def _leaves(record: type[Keys], before: Path = (), above: Label = NO_LABEL) -> Iterator[PlacedKey]:
    for key in keys_of(record):
        path = (*before, key.name)
        label = _below(above, key.label) if before else key.label
        if path in _ELSEWHERE:
            continue
        if key.kind == "words":
            yield from _spoken(path, key, label)
        elif key.inner:
            yield from _leaves(key.inner, path, label)
        elif key.kind in _COLUMN_KINDS:
            yield path, key, label


def _spoken(path: Path, key: Key, label: Label) -> Iterator[PlacedKey]:
    for language, words in _LANGUAGE_WORDS.items():
        yield (*path, language), key, Label(f"{label.vi}, {words.vi}", f"{label.en}, {words.en}")


def _below(above: Label, label: Label) -> Label:
    """Say a key with the block it stands in: ``Thang, mức xấu nhất``."""
    return Label(*(f"{one}, {other[:1].lower()}{other[1:]}" for one, other in zip(above, label, strict=True)))


def _column_of(path: Path, key: Key, label: Label) -> Column:
    return Column(
        name="_".join(path),
        kind="text" if key.kind == "words" else _COLUMN_KINDS[key.kind],
        label=label,
        about=key.about,
        unit=key.unit,
        least=key.least,
        most=key.most,
        choices=("true", "false") if key.kind == "flag" else key.choices,
        required=key.required and len(path) == 1 and path not in _IMPLIED,
        default=key.default,
    )


def key_paths(document: Document) -> Iterator[PlacedKey]:
    """Walk the single keys of a document that stand on its sheet of keys.

    Keys under which any name may stand are given with their own path.
    """
    elsewhere = {block.path for block in BLOCKS if block.document == document.name} | {(STAFF, "per_year")}
    if document.name == "study":
        elsewhere |= {(other.name,) for other in DOCUMENTS} | {(table.key,) for table in TABLES}
    yield from _single(document.record, elsewhere, ())


def _single(record: type[Keys], elsewhere: set[Path], before: Path) -> Iterator[PlacedKey]:
    for key in keys_of(record):
        path = (*before, key.name)
        if path in elsewhere:
            continue
        if key.kind == "words":
            yield from _spoken(path, key, key.label)
        elif key.kind == "block" and key.inner:
            yield from _single(key.inner, elsewhere, path)
        else:
            yield path, key, key.label


def key_column(key: Key) -> Column:
    """Return the cell of a key on a sheet of keys as a column, for its list and its limits."""
    kind = _COLUMN_KINDS.get(key.kind, "text")
    choices = ("true", "false") if key.kind == "flag" else key.choices
    return Column(
        key.name, kind, key.label, key.about, unit=key.unit, least=key.least, most=key.most, choices=choices,
        required=key.required,
    )  # fmt: skip
