"""The survey instrument from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml

from techprio.arguments import validated
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.opening import read_bytes
from techprio.inputs.records import Reading, read_record
from techprio.inputs.yaml_reader import read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.fields import Field, Names
from techprio.model.instrument import (
    ClassBound,
    Instrument,
    LabelSet,
    PointGroup,
    Question,
    Verified,
    instrument_problems,
)


class Sourced:
    """Where a statement comes from; every block of an instrument can say it."""

    source: Annotated[str, Field("Nguồn", "Source")] = ""
    confidence: Annotated[float | None, Field("Độ tin cậy", "Confidence", least=0, most=1)] = None


class Statement(Sourced):
    """What was read in its source, worked out from it, or neither."""

    verified: Annotated[
        Verified,
        Field(
            "Đã kiểm chứng",
            "Verified",
            (
                "true: đã đọc trong nguồn; derived: tính lại; false: chưa kiểm chứng, chưa chính thức",
                "true: read in the source; derived: computed again; false: unverified, nothing official",
            ),
        ),
    ] = "false"


class QuestionFile(Statement):
    """A criterion of a group of points."""

    id: Annotated[str, Field("Mã", "Id", kind="id")]
    max_points: Annotated[float, Field("Điểm tối đa", "Most points", least=0)]
    label: Annotated[Label, Field("Tên", "Name")] = NO_LABEL


class PointGroupFile(Statement):
    """A group of points."""

    id: Annotated[
        str, Field("Mã", "Id", ("cũng là cột của survey.csv", "also a column of survey.csv"), kind="id")
    ]
    max_points: Annotated[float, Field("Điểm tối đa", "Most points")]
    label: Annotated[Label, Field("Tên", "Name")] = NO_LABEL
    questions: Annotated[
        tuple[QuestionFile, ...],
        Field(
            "Tiêu chí",
            "Criteria",
            ("số tiêu chí, hoặc danh sách tiêu chí", "how many, or a list of them"),
            name="criteria",
            may_be_count=True,
        ),
    ] = ()


class ScopeFile(Statement):
    """What the instrument covers."""

    vi: Annotated[str, Field("Tiếng Việt", "Vietnamese")] = ""
    en: Annotated[str, Field("Tiếng Anh", "English")] = ""


class SynchronizationFile(Statement):
    """The coefficient of synchronization."""

    exponents: Annotated[
        Mapping[str, float], Field("Số mũ", "Exponents", ("theo nhóm điểm", "by group of points"))
    ]
    label: Annotated[Label, Field("Tên", "Name")] = NO_LABEL
    form: Annotated[str, Field("Công thức", "Formula")] = ""
    evidence: Annotated[tuple[Mapping[str, Any], ...], Field("Căn cứ", "Evidence", kind="free")] = ()


class BoundFile(Statement):
    """Where a class begins."""

    rank: Annotated[int, Field("Mức", "Rank", least=1)]
    total_min: Annotated[float, Field("Tổng điểm từ", "Total from", least=0)]
    k_min: Annotated[float | None, Field("Hệ số K từ", "Coefficient from", least=0, most=1)] = None


class LabelFile:
    """The name of a class."""

    rank: Annotated[int, Field("Mức", "Rank", least=1)]
    vi: Annotated[str, Field("Tiếng Việt", "Vietnamese")]
    en: Annotated[str, Field("Tiếng Anh", "English")]


class LabelSetFile(Sourced):
    """The names of the classes in one document."""

    verified: Annotated[bool, Field("Đã kiểm chứng", "Verified")] = False
    items: Annotated[tuple[LabelFile, ...], Field("Tên các mức", "Names")]


class ClassesFile(Sourced):
    """The classes of technology level."""

    verified: Annotated[
        bool,
        Field(
            "Đã kiểm chứng",
            "Verified",
            ("chỉ ngưỡng đã kiểm chứng cho mức chính thức", "only verified bounds give an official class"),
        ),
    ] = False
    bounds: Annotated[tuple[BoundFile, ...], Field("Ngưỡng", "Bounds")]
    labels: Annotated[Mapping[str, LabelSetFile], Field("Bộ tên gọi", "Names")] = {}
    basis: Annotated[str, Field("Căn cứ phân mức", "Basis")] = ""
    basis_verified: Annotated[Verified, Field("Căn cứ đã kiểm chứng", "Basis verified")] = "false"
    basis_source: Annotated[str, Field("Nguồn của căn cứ", "Source of the basis")] = ""
    label_mapping: Annotated[
        Mapping[int, int], Field("Đối chiếu tên gọi", "Mapping of names", least=1, names=Names("integer"))
    ] = {}
    label_mapping_verified: Annotated[bool, Field("Đối chiếu đã kiểm chứng", "Mapping verified")] = False
    label_mapping_note: Annotated[str, Field("Ghi chú đối chiếu", "Note on the mapping")] = ""


class ExtensionFile(Statement):
    """The mark of firms outside the scope."""

    id: Annotated[str, Field("Mã", "Id", kind="id")]
    label: Annotated[Label, Field("Tên", "Name")] = NO_LABEL
    rule: Annotated[str, Field("Quy tắc", "Rule")] = ""


class InstrumentFile(Statement):
    """The file of a survey instrument."""

    id: Annotated[str, Field("Mã mẫu phiếu điều tra", "Id", kind="id", example="circular17")]
    groups: Annotated[tuple[PointGroupFile, ...], Field("Nhóm điểm", "Groups of points")]
    number: Annotated[str, Field("Số văn bản", "Number")] = ""
    label: Annotated[Label, Field("Tên", "Name")] = NO_LABEL
    issued: Annotated[str, Field("Ngày ban hành", "Issued")] = ""
    in_force_from: Annotated[str, Field("Hiệu lực từ", "In force from")] = ""
    scope: Annotated[ScopeFile, Field("Phạm vi", "Scope")] = ScopeFile()
    total_max: Annotated[float, Field("Tổng điểm tối đa", "Most points in all", least=0)] = (
        Instrument.total_max
    )
    criteria_count: Annotated[int | None, Field("Số tiêu chí", "Number of criteria")] = None
    synchronisation: Annotated[SynchronizationFile | None, Field("Hệ số đồng bộ", "Synchronization")] = None
    classes: Annotated[ClassesFile | None, Field("Phân mức", "Classes")] = None
    extension: Annotated[ExtensionFile | None, Field("Phần mở rộng", "Extension")] = None


@validated
def read_instrument(path: str | Path) -> Instrument:
    """Read an instrument file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Instrument

    Raises
    ------
    DataFileError
        Every problem of the file, with line and column.

    Examples
    --------
    >>> import techprio as tp
    >>> file = tp.inputs.find_study("lai-chau") / "../../criteria/circular17.yaml"
    >>> instrument = tp.inputs.read_instrument(file)
    >>> instrument.id, instrument.total_max, instrument.bounds_verified
    ('circular17', 100.0, False)
    """
    diagnostics = Diagnostics()
    data = read_bytes(path, diagnostics, text("an instrument file in YAML"))
    instrument = parse_instrument(data, Path(path).name, diagnostics)
    diagnostics.check()
    assert instrument is not None
    return instrument


def parse_instrument(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> Instrument | None:
    """Read the bytes of an instrument file; None when it has no groups that could be used.

    Parameters
    ----------
    data : bytes or Node
    file : str
        Name for the problems.
    diagnostics : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    before = len(diagnostics)
    reading = read_record(value, InstrumentFile)
    if reading["id"] is None or "groups" not in reading:
        return None
    synchronization, classes, extension = (
        next(iter(reading.blocks(name)), None) for name in ("synchronisation", "classes", "extension")
    )
    instrument = Instrument(
        id=reading["id"],
        groups=tuple(group for item in reading.blocks("groups") if (group := _group(item)) is not None),
        label=reading["label"],
        scope=next((Label(scope["vi"], scope["en"]) for scope in reading.blocks("scope")), NO_LABEL),
        total_max=reading["total_max"],
        **({} if synchronization is None else _synchronization(synchronization)),
        **({} if classes is None else _classes(classes)),
        **({} if extension is None else _extension(extension)),
    )
    if len(diagnostics) == before:
        for fault in instrument_problems(instrument):
            part = reading.parts.get(fault.field.split(".")[0])
            location = part.location if part is not None else Location(file)
            diagnostics.add("S340", location, field=fault.field, found=fault.found, allowed=fault.allowed)
    return instrument


def _group(reading: Reading) -> PointGroup | None:
    if reading["id"] is None or reading["max_points"] is None:
        return None
    questions = [
        Question(one["id"], one["max_points"], one["label"])
        for one in reading.blocks("questions")
        if one["id"] is not None and one["max_points"] is not None
    ]
    return PointGroup(
        reading["id"], reading["max_points"], reading["label"], tuple(questions), reading["verified"]
    )


def _synchronization(reading: Reading) -> dict[str, Any]:
    return {"exponents": reading["exponents"] or {}, "exponents_verified": reading["verified"]}


def _classes(reading: Reading) -> dict[str, Any]:
    bounds = [
        ClassBound(one["rank"], one["total_min"], one["k_min"])
        for one in reading.blocks("bounds")
        if one["rank"] is not None and one["total_min"] is not None
    ]
    return {
        "bounds": tuple(bounds),
        "bounds_verified": reading["verified"],
        "label_sets": tuple(_label_set(one) for one in reading.blocks("labels")),
        "label_mapping": reading["label_mapping"],
        "label_mapping_verified": reading["label_mapping_verified"],
    }


def _label_set(reading: Reading) -> LabelSet:
    names = {
        one["rank"]: Label(one["vi"] or "", one["en"] or "")
        for one in reading.blocks("items")
        if one["rank"] is not None
    }
    return LabelSet(reading.name, names, reading["verified"])


def _extension(reading: Reading) -> dict[str, Any]:
    return {"extension": reading["id"] or "", "extension_label": reading["label"]}
