"""Records of the tables of a catalogue beside the technologies: scores, dependencies, sources.

What people say there in words, a note, a reason, a citation, is given once in whatever language, or in both.
"""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field
from techprio.model.prerequisites import LONGEST_LAG, Timing

Evidence = Literal["A", "B", "C", "D"]


class ScoreRow(Row):
    """``<sector>/scores.csv``: one statement on one technology and criterion."""

    technology: Annotated[
        str,
        Field(
            "Công nghệ",
            "Technology",
            ("mã trong technologies.csv của ngành", "id in technologies.csv of the sector"),
            kind="id",
            also=("ma", "ma_cong_nghe"),
        ),
    ]
    criterion: Annotated[
        str,
        Field(
            "Tiêu chí",
            "Criterion",
            (
                "mã tiêu chí không có tiêu chí con và không lấy từ cột",
                "id of a criterion without children that is not read from a column",
            ),
            kind="id",
            also=("ma_tieu_chi",),
        ),
    ]
    value: Annotated[
        float,
        Field(
            "Giá trị",
            "Value",
            ("trên thang của tiêu chí, theo đơn vị gốc", "on the scale of the criterion, in its own unit"),
            also=("diem", "score"),
        ),
    ]
    low: Annotated[float | None, Field("Thấp", "Low", ("trống: bằng giá trị", "empty: the value"))] = None
    high: Annotated[float | None, Field("Cao", "High", ("trống: bằng giá trị", "empty: the value"))] = None
    evidence: Annotated[
        Evidence,
        Field(
            "Mức chứng cứ",
            "Evidence",
            (
                "A số liệu chính thức hoặc đo được; B suy ra từ nguồn đã đọc; C nhiều chuyên gia thống nhất; "
                "D ước tính của một người",
                "A official or measured; B derived from a source; C several judgments agree; D one estimate",
            ),
        ),
    ] = "D"
    source: Annotated[str, Field("Nguồn", "Source", ("mã trong sources.csv", "id in sources.csv"))] = ""
    note: Annotated[
        str,
        Field(
            "Ghi chú",
            "Note",
            (
                "một ngôn ngữ; đủ hai ngôn ngữ thì dùng note_vi và note_en",
                "in whatever language; for both use note_vi and note_en",
            ),
        ),
    ] = ""
    note_vi: Annotated[
        str, Field("Ghi chú tiếng Việt", "Note in Vietnamese", ("thay cho note", "in place of note"))
    ] = ""
    note_en: Annotated[
        str, Field("Ghi chú tiếng Anh", "Note in English", ("thay cho note", "in place of note"))
    ] = ""


class DependencyRow(Row):
    """``dependencies.csv``: a technology and what it requires."""

    technology: Annotated[
        str,
        Field(
            "Công nghệ",
            "Technology",
            ("công nghệ cần công nghệ khác", "the one that needs the other"),
            kind="id",
            also=("ma", "ma_cong_nghe"),
        ),
    ]
    requires: Annotated[
        str,
        Field(
            "Cần trước",
            "Requires",
            ("công nghệ phải có trước", "the one that is needed"),
            kind="id",
            also=("can_truoc", "phu_thuoc"),
        ),
    ]
    kind: Annotated[
        Literal["hard", "soft"],
        Field(
            "Loại",
            "Kind",
            ("hard: bắt buộc; soft: có thì tốt hơn", "hard: cannot run without; soft: works better with"),
            words=("bắt buộc", "có thì tốt hơn"),
        ),
    ] = "hard"
    timing: Annotated[
        Timing,
        Field(
            "Quan hệ thời gian",
            "Timing",
            (
                "FS: công nghệ kia vận hành rồi mới bắt đầu; SS: bắt đầu sau khi công nghệ kia bắt đầu; "
                "FF: vận hành sau khi công nghệ kia vận hành; SF: vận hành sau khi công nghệ kia bắt đầu",
                "FS: starts after the other is operational; SS: starts after the other starts; "
                "FF: operational after the other is; SF: operational after the other starts",
            ),
        ),
    ] = "FS"
    lag_months: Annotated[
        float,
        Field(
            "Độ trễ",
            "Lag",
            (
                "số tháng giữa hai mốc mà cột quan hệ thời gian nêu; số âm: được chồng lên nhau",
                "months between the two ends that the timing names; negative: the two may overlap",
            ),
            unit="months",
            least=-LONGEST_LAG,
            most=LONGEST_LAG,
        ),
    ] = 0
    share: Annotated[
        float | None,
        Field(
            "Phần giá trị mất",
            "Share lost",
            ("chỉ cho soft; trống: 0.3", "soft only; empty: 0.3"),
            least=0,
            most=1,
        ),
    ] = None
    one_of: Annotated[
        str, Field("Nhóm thay thế", "One of", ("một trong nhóm là đủ", "one of the group is enough"))
    ] = ""
    confidence: Annotated[
        float | None,
        Field(
            "Độ tin cậy",
            "Confidence",
            (
                "mức độ chắc chắn của quan hệ này; trống: chắc chắn",
                "how sure this dependency is; empty: sure",
            ),
            least=0,
            most=1,
        ),
    ] = None
    reason: Annotated[
        str,
        Field(
            "Lý do",
            "Reason",
            (
                "một ngôn ngữ; đủ hai ngôn ngữ thì dùng reason_vi và reason_en",
                "in whatever language; for both use reason_vi and reason_en",
            ),
        ),
    ] = ""
    reason_vi: Annotated[
        str, Field("Lý do tiếng Việt", "Reason in Vietnamese", ("thay cho reason", "in place of reason"))
    ] = ""
    reason_en: Annotated[
        str, Field("Lý do tiếng Anh", "Reason in English", ("thay cho reason", "in place of reason"))
    ] = ""


class SourceRow(Row):
    """``sources.csv``: where figures come from."""

    id: Annotated[
        str,
        Field(
            "Mã",
            "Id",
            ("được nêu ở cột nguồn của các bảng khác", "named in the source columns of other tables"),
            kind="id",
        ),
    ]
    citation: Annotated[
        str,
        Field(
            "Trích dẫn",
            "Citation",
            (
                "một ngôn ngữ; đủ hai ngôn ngữ thì dùng citation_vi và citation_en",
                "in whatever language; for both use citation_vi and citation_en",
            ),
        ),
    ] = ""
    citation_vi: Annotated[
        str,
        Field(
            "Trích dẫn tiếng Việt", "Citation in Vietnamese", ("thay cho citation", "in place of citation")
        ),
    ] = ""
    citation_en: Annotated[
        str,
        Field("Trích dẫn tiếng Anh", "Citation in English", ("thay cho citation", "in place of citation")),
    ] = ""
    url: Annotated[str, Field("Địa chỉ", "Address")] = ""
    year: Annotated[int | None, Field("Năm", "Year", least=1900, most=2100)] = None
    kind: Annotated[str, Field("Loại", "Kind")] = ""
