"""One typed record per table of a study; that of the technologies stands in ``technology_row``."""

from __future__ import annotations

from typing import Annotated, Literal

from techprio.inputs.columns import Row
from techprio.model.fields import Field

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
    ]
    source: Annotated[str, Field("Nguồn", "Source", ("mã trong sources.csv", "id in sources.csv"))] = ""
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


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
            words=("cứng", "mềm"),
        ),
    ]
    timing: Annotated[
        Literal["FS", "FF"],
        Field(
            "Quan hệ thời gian",
            "Timing",
            (
                "FS: xong rồi mới bắt đầu; FF: xong trước khi vận hành",
                "FS: operational before the start; FF: operational before operation",
            ),
        ),
    ] = "FS"
    lag_months: Annotated[
        int,
        Field(
            "Độ trễ",
            "Lag",
            (
                "số tháng chờ thêm sau khi công nghệ kia vận hành",
                "months to wait after the other is operational",
            ),
            unit="months",
            least=0,
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
            ("mức chắc chắn của quan hệ này; trống: chắc chắn", "how sure this dependency is; empty: sure"),
            least=0,
            most=1,
        ),
    ] = None
    reason: Annotated[str, Field("Lý do", "Reason")] = ""


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
    citation: Annotated[str, Field("Trích dẫn", "Citation")]
    url: Annotated[str, Field("Địa chỉ", "Address")] = ""
    year: Annotated[int | None, Field("Năm", "Year", least=1900, most=2100)] = None
    kind: Annotated[str, Field("Loại", "Kind")] = ""


class JudgmentRow(Row):
    """``judgments.csv``: an expert prefers one criterion to another, so many times."""

    expert: Annotated[
        str,
        Field(
            "Chuyên gia",
            "Expert",
            ("mã chuyên gia, không ghi tên người", "a code, not the name of a person"),
            kind="id",
        ),
    ]
    group: Annotated[
        str,
        Field(
            "Nhóm",
            "Group",
            (
                "nhóm của chuyên gia: cơ quan, nghiên cứu, doanh nghiệp",
                "whom the expert stands for: agencies, research, firms",
            ),
        ),
    ]
    node: Annotated[
        str, Field("Nút", "Node", ("nút cha của hai tiêu chí", "parent of the two criteria"), kind="id")
    ]
    preferred: Annotated[
        str,
        Field(
            "Quan trọng hơn",
            "Preferred",
            ("tiêu chí được coi trọng hơn", "the criterion that matters more"),
            kind="id",
            also=("uu_tien",),
        ),
    ]
    other: Annotated[
        str,
        Field(
            "Tiêu chí kia",
            "Other",
            ("tiêu chí được so sánh với nó", "the criterion it is compared with"),
            kind="id",
            also=("con_lai",),
        ),
    ]
    strength: Annotated[
        float,
        Field("Mức độ", "Strength", ("1 là ngang nhau, 9 là hơn tuyệt đối", "1 is equal, 9 is absolute")),
    ]
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


class SurveyRow(Row):
    """``survey.csv``: points of a firm; the groups of the instrument are further columns."""

    firm: Annotated[
        str,
        Field(
            "Doanh nghiệp",
            "Firm",
            ("mã doanh nghiệp, không ghi tên", "a code, not the name"),
            kind="id",
            also=("ma_doanh_nghiep",),
        ),
    ]
    sector: Annotated[
        str,
        Field(
            "Ngành",
            "Sector",
            ("mã ngành của nghiên cứu", "code of a sector of the study"),
            kind="id",
            also=("linh_vuc",),
        ),
    ]
    instrument: Annotated[
        str,
        Field(
            "Bộ công cụ",
            "Instrument",
            (
                "mã bộ công cụ hoặc phần mở rộng; không tính bình quân chung hai loại",
                "id of the instrument or of its extension; the two are never averaged",
            ),
            kind="id",
        ),
    ] = ""
    year: Annotated[int, Field("Năm", "Year", least=1990, most=2100)]
    employees: Annotated[float | None, Field("Lao động", "Employees", unit="people", least=0)] = None
    revenue_bn_vnd: Annotated[float | None, Field("Doanh thu", "Revenue", unit="billion VND", least=0)] = None
    rnd_share: Annotated[
        float | None,
        Field(
            "Tỷ lệ chi nghiên cứu",
            "Share of revenue for research",
            ("0.01 là một phần trăm", "0.01 is one percent"),
            least=0,
            most=1,
        ),
    ] = None
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


class StatusRow(Row):
    """``status.csv``: what became of a technology in a year."""

    year: Annotated[int, Field("Năm", "Year", least=2000, most=2100)]
    technology: Annotated[str, Field("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))]
    status: Annotated[
        Literal["not started", "running", "done", "stopped"],
        Field(
            "Tình trạng",
            "Status",
            (
                "not started chưa bắt đầu; running đang làm; done xong; stopped dừng",
                "what it is at the end of the year",
            ),
            words=("chưa bắt đầu", "đang thực hiện", "hoàn thành", "đã dừng"),
        ),
    ]
    start: Annotated[
        str,
        Field("Bắt đầu", "Start", ("tháng bắt đầu thật", "the month in which it really began"), kind="month"),
    ] = ""
    operational: Annotated[
        str,
        Field(
            "Vận hành",
            "Operational",
            ("tháng vận hành thật", "the month in which it really went into operation"),
            kind="month",
        ),
    ] = ""
    spent_local: Annotated[
        float,
        Field(
            "Đã chi, địa phương",
            "Spent, local",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_programmes: Annotated[
        float,
        Field(
            "Đã chi, chương trình",
            "Spent, programmes",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_enterprise: Annotated[
        float,
        Field(
            "Đã chi, doanh nghiệp",
            "Spent, firms",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    spent_other: Annotated[
        float,
        Field(
            "Đã chi, nguồn khác",
            "Spent, other",
            ("trong năm này", "in this year"),
            unit="billion VND",
            least=0,
        ),
    ] = 0.0
    note: Annotated[str, Field("Ghi chú", "Note")] = ""
