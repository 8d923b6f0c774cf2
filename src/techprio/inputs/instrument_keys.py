"""The keys of the file of a survey instrument."""

from __future__ import annotations

from typing import Any, Literal

from techprio.inputs.keys import Keys, Words, key

Verified = Literal["true", "derived", "false"]


class ToldKeys(Keys):
    """Where a statement comes from; every block of an instrument can say it."""

    source: str = key("Nguồn", "Source", default="")
    verified: Verified = key(
        "Đã kiểm chứng",
        "Verified",
        default="false",
        about=(
            "true: đã đọc trong nguồn; derived: tính lại; false: chưa kiểm chứng, không in mức chính thức",
            "true: read in the source; derived: computed again; false: unverified, prints nothing official",
        ),
    )
    confidence: float | None = key("Độ tin cậy", "Confidence", default=None, least=0, most=1)


class QuestionKeys(ToldKeys):
    """A criterion of a group of points."""

    id: str = key("Mã", "Id", kind="id")
    max_points: float = key("Điểm tối đa", "Most points", least=0)
    label: Words = key("Tên", "Name", default=Words())


class PointGroupKeys(ToldKeys):
    """A group of points."""

    id: str = key("Mã", "Id", kind="id", about=("cũng là cột của survey.csv", "also a column of survey.csv"))
    max_points: float = key("Điểm tối đa", "Most points")
    label: Words = key("Tên", "Name", default=Words())
    criteria: int | tuple[QuestionKeys, ...] = key(
        "Tiêu chí",
        "Criteria",
        default=0,
        kind="free",
        about=("số tiêu chí, hoặc danh sách tiêu chí", "how many, or a list of them"),
    )


class ScopeKeys(ToldKeys):
    """What the instrument covers."""

    vi: str = key("Tiếng Việt", "Vietnamese", default="")
    en: str = key("Tiếng Anh", "English", default="")


class SynchronizationKeys(ToldKeys):
    """The coefficient of synchronization."""

    exponents: dict[str, float] = key("Số mũ", "Exponents", about=("theo nhóm điểm", "by group of points"))
    label: Words = key("Tên", "Name", default=Words())
    form: str = key("Công thức", "Formula", default="")
    evidence: tuple[dict[str, Any], ...] = key("Căn cứ", "Evidence", default=(), kind="free")


class BoundKeys(ToldKeys):
    """Where a class begins."""

    rank: int = key("Mức", "Rank", least=1)
    total_min: float = key("Tổng điểm từ", "Total from", least=0)
    k_min: float | None = key("Hệ số K từ", "Coefficient from", default=None, least=0, most=1)


class LabelKeys(Keys):
    """The name of a class."""

    rank: int = key("Mức", "Rank", least=1)
    vi: str = key("Tiếng Việt", "Vietnamese")
    en: str = key("Tiếng Anh", "English")


class LabelSetKeys(ToldKeys):
    """The names of the classes in one document."""

    items: tuple[LabelKeys, ...] = key("Tên các mức", "Names")


class ClassKeys(ToldKeys):
    """The classes of technology level."""

    bounds: tuple[BoundKeys, ...] = key("Ngưỡng", "Bounds")
    labels: dict[str, LabelSetKeys] = key("Bộ tên gọi", "Names", default={})
    basis: str = key("Căn cứ phân mức", "Basis", default="")
    basis_verified: Verified = key("Căn cứ đã kiểm chứng", "Basis verified", default="false")
    basis_source: str = key("Nguồn của căn cứ", "Source of the basis", default="")
    label_mapping: dict[str, int] = key("Đối chiếu tên gọi", "Mapping of names", default={})
    label_mapping_verified: bool = key("Đối chiếu đã kiểm chứng", "Mapping verified", default=False)
    label_mapping_note: str = key("Ghi chú đối chiếu", "Note on the mapping", default="")


class ExtensionKeys(ToldKeys):
    """The mark of firms outside the scope."""

    id: str = key("Mã", "Id", kind="id")
    label: Words = key("Tên", "Name", default=Words())
    rule: str = key("Quy tắc", "Rule", default="")


class InstrumentKeys(ToldKeys):
    """The file of a survey instrument."""

    id: str = key("Mã bộ công cụ", "Id", kind="id", example="circular17")
    groups: tuple[PointGroupKeys, ...] = key("Nhóm điểm", "Groups of points")
    number: str = key("Số văn bản", "Number", default="")
    label: Words = key("Tên", "Name", default=Words())
    issued: str = key("Ngày ban hành", "Issued", default="")
    in_force_from: str = key("Hiệu lực từ", "In force from", default="")
    scope: ScopeKeys = key("Phạm vi", "Scope", default=ScopeKeys())
    total_max: float = key("Tổng điểm tối đa", "Most points in all", default=100, least=0)
    criteria_count: int | None = key("Số tiêu chí", "Number of criteria", default=None)
    synchronisation: SynchronizationKeys | None = key("Hệ số đồng bộ", "Synchronization", default=None)
    classes: ClassKeys | None = key("Phân mức", "Classes", default=None)
    extension: ExtensionKeys | None = key("Phần mở rộng", "Extension", default=None)
