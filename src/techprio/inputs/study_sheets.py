"""The sheets of a study that is one workbook: which there are, their names and their columns.

Each CSV file is a sheet. Of a YAML file, what repeats (sectors, criteria, phases) is a sheet with a
row each; all other keys stand as ``path | value`` on a sheet of keys. Reader, template and converter
take both from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Literal

from techprio.inputs.catalog_rows import DependencyRow, ScoreRow, SourceRow
from techprio.inputs.columns import Row, fold
from techprio.inputs.criteria import CriteriaFile
from techprio.inputs.document_tables import LegalRow, WorkstreamRow
from techprio.inputs.instrument import InstrumentFile
from techprio.inputs.report_tables import CommentRow, IndicatorRow, SwotRow
from techprio.inputs.resources import ResourcesFile
from techprio.inputs.rows import (
    AlignmentRow,
    GoalRow,
    JudgmentRow,
    PolicyRow,
    ProseRow,
    ProvinceRow,
    SurveyRow,
    TaskRow,
)
from techprio.inputs.status import StatusRow
from techprio.inputs.study_file import RoleOverride, StudyFile
from techprio.inputs.technology_row import TechnologyRow
from techprio.language import LANGUAGES, NO_LABEL, Label, Language
from techprio.model.criteria import Criterion
from techprio.model.fields import Field, Kind, fields_of
from techprio.model.funds import Fund
from techprio.model.gates import Gate
from techprio.model.limits import Phase
from techprio.model.products import Letterhead
from techprio.model.sectors import Sector

Path = tuple[str, ...]


class KeyRow(Row):
    """A sheet of keys: one key of a YAML file a row."""

    label: Annotated[str, Field("Nội dung", "Item")] = ""
    value: Annotated[str, Field("Giá trị", "Value")] = ""
    about: Annotated[str, Field("Giải thích", "Explanation")] = ""
    key: Annotated[str, Field("Khóa", "Key", ("không sửa", "do not change"))] = ""


@dataclass(frozen=True)
class Document:
    """A YAML file of a study.

    Parameters
    ----------
    name : str
        Also the key of ``study.yaml`` that names it.
    file : str
    record : type of Keys
    sheet : str
        The sheet that holds its single keys.
    prefix : Path
        What stands before its paths there.
    label : Label
    """

    name: str
    file: str
    record: type
    sheet: str
    label: Label
    prefix: Path = ()


DOCUMENTS = (
    Document("study", "study.yaml", StudyFile, "study", Label("Bộ dữ liệu", "Study")),
    Document(
        "criteria",
        "criteria.yaml",
        CriteriaFile,
        "study",
        Label("Cây tiêu chí", "Criteria tree"),
        ("criteria",),
    ),
    Document("resources", "resources.yaml", ResourcesFile, "resources", Label("Nguồn lực", "Resources")),
    Document(
        "instrument",
        "instrument.yaml",
        InstrumentFile,
        "instrument",
        Label("Mẫu phiếu điều tra", "Instrument"),
    ),
    Document("letterhead", "letterhead.yaml", Letterhead, "letterhead", Label("Thể thức", "Letterhead")),
)


@dataclass(frozen=True)
class TableSheet:
    """A CSV file of a study.

    Parameters
    ----------
    name : str
    file : str
        Its name; below the folder of the sector when there is one a sector.
    record : type of Row
    label : Label
        Name of the sheet; the code of the sector stands behind it.
    key : str
        The key of ``study.yaml`` that names the file; empty when it is found by its name.
    by_sector : bool
    """

    name: str
    file: str
    record: type[Row]
    label: Label
    key: str = ""
    by_sector: bool = False


TABLES = (
    TableSheet(
        "technologies", "technologies.csv", TechnologyRow, Label("Công nghệ", "Technologies"), "", True
    ),
    TableSheet("scores", "scores.csv", ScoreRow, Label("Điểm", "Scores"), "", True),
    TableSheet("judgments", "judgments.csv", JudgmentRow, Label("So sánh cặp", "Judgments"), "judgments"),
    TableSheet("dependencies", "dependencies.csv", DependencyRow, Label("Quan hệ phụ thuộc", "Dependencies")),
    TableSheet("sources", "sources.csv", SourceRow, Label("Nguồn số liệu", "Sources")),
    TableSheet("survey", "survey.csv", SurveyRow, Label("Khảo sát", "Survey"), "survey"),
    TableSheet("status", "status.csv", StatusRow, Label("Tình hình thực hiện", "Status"), "status"),
    TableSheet("goals", "goals.csv", GoalRow, Label("Mục tiêu", "Goals")),
    TableSheet("tasks", "tasks.csv", TaskRow, Label("Nhiệm vụ", "Tasks")),
    TableSheet("policies", "policies.csv", PolicyRow, Label("Chính sách", "Policies")),
    TableSheet("indicators", "indicators.csv", IndicatorRow, Label("Chỉ tiêu", "Indicators")),
    TableSheet("swot", "swot.csv", SwotRow, Label("SWOT", "SWOT")),
    TableSheet("provinces", "provinces.csv", ProvinceRow, Label("Địa phương khác", "Other provinces")),
    TableSheet("alignment", "alignment.csv", AlignmentRow, Label("Sự phù hợp", "Alignment")),
    TableSheet("comments", "comments.csv", CommentRow, Label("Góp ý", "Comments")),
    TableSheet("legal", "legal.csv", LegalRow, Label("Căn cứ pháp lý", "Legal basis")),
    TableSheet("workstreams", "workstreams.csv", WorkstreamRow, Label("Tiến độ kế hoạch", "Workstreams")),
)


PROSE = TableSheet("prose", "texts", ProseRow, Label("Phần thuyết minh", "Prose"))
"""The Markdown files of the folder ``texts``: one row a section, one column a language."""


@dataclass(frozen=True)
class BlockSheet:
    """What repeats in a YAML file, as rows.

    Parameters
    ----------
    name : str
    label : Label
    document : str
    path : Path
        Where it stands in the file.
    kind : {"blocks", "named", "tree", "anchors", "amounts"}
        A list; one block under each name; the criteria with their parents; the points of their
        scales; amounts by year.
    record : type of Keys, optional
        The block.
    name_column : str
        The column of the name, of named blocks.
    """

    name: str
    label: Label
    document: str
    path: Path
    kind: Literal["blocks", "named", "tree", "anchors", "amounts"]
    record: type | None = None
    name_column: str = ""


BLOCKS = (
    BlockSheet("sectors", Label("Ngành", "Sectors"), "study", ("sectors",), "blocks", Sector),
    BlockSheet("criteria", Label("Tiêu chí", "Criteria"), "criteria", ("criteria",), "tree", Criterion),
    BlockSheet("anchors", Label("Mức điểm", "Anchors"), "criteria", ("criteria",), "anchors"),
    BlockSheet("gates", Label("Điều kiện loại trừ", "Gates"), "study", ("gates",), "blocks", Gate),
    BlockSheet(
        "overrides",
        Label("Vai trò được quyết định", "Role overrides"),
        "study",
        ("role_overrides",),
        "named",
        RoleOverride,
        "technology",
    ),
    BlockSheet("phases", Label("Giai đoạn", "Phases"), "resources", ("phases",), "blocks", Phase),
    BlockSheet("funds", Label("Nguồn vốn", "Funds"), "resources", ("budgets",), "named", Fund, "fund"),
    BlockSheet("amounts", Label("Hạn mức năm", "Yearly limits"), "resources", ("budgets",), "amounts"),
)
KEY_SHEETS = {
    "study": Label("Bộ dữ liệu", "Study"),
    "resources": Label("Nguồn lực", "Resources"),
    "instrument": Label("Mẫu phiếu điều tra", "Instrument"),
    "letterhead": Label("Thể thức", "Letterhead"),
}
GUIDE = Label("Hướng dẫn", "Guide")
STAFF = "staff"
"""The column of yearly limits that holds people; the others are sources of funds."""


def sheet_title(label: Label, language: Language, sector: str = "") -> str:
    """Return the title of a sheet, cut to the 31 signs that Excel takes.

    Examples
    --------
    >>> sheet_title(TABLES[0].label, "vi", "AGR")
    'Công nghệ AGR'
    """
    return f"{label.render(language)} {sector}".strip()[:31].strip()


def sheet_names(label: Label, sector: str = "") -> frozenset[str]:
    """Return the folded titles under which a sheet is found, in either language."""
    return frozenset(fold(sheet_title(label, language, sector)) for language in LANGUAGES)


_NAMES = {"technology": Label("Công nghệ", "Technology"), "fund": Label("Nguồn vốn", "Fund")}
_LANGUAGE_WORDS = {"vi": Label("tiếng Việt", "Vietnamese"), "en": Label("tiếng Anh", "English")}
_SINGLE: frozenset[Kind] = frozenset(
    {"id", "text", "number", "integer", "choice", "month", "list", "flag", "shares", "numbers"}
)
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
        elif field.kind == "blocks":
            yield path, field, label
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
    return field if field.kind in _SINGLE or field.kind == "blocks" else replace(field, kind="text")
