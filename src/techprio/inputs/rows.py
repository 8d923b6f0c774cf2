"""One typed record per table of a study; that of the technologies stands in ``technology_row``."""

from __future__ import annotations

from typing import Literal

from techprio.inputs.columns import Row, column

Evidence = Literal["A", "B", "C", "D"]


class ScoreRow(Row):
    """``<sector>/scores.csv``: one statement on one technology and criterion."""

    technology: str = column(
        "Công nghệ",
        "Technology",
        kind="id",
        also=("ma", "ma_cong_nghe"),
        about=("mã trong technologies.csv của ngành", "id in technologies.csv of the sector"),
    )
    criterion: str = column(
        "Tiêu chí",
        "Criterion",
        kind="id",
        also=("ma_tieu_chi",),
        about=(
            "mã tiêu chí không có tiêu chí con và không lấy từ cột",
            "id of a criterion without children that is not read from a column",
        ),
    )
    value: float = column(
        "Giá trị",
        "Value",
        also=("diem", "score"),
        about=("trên thang của tiêu chí, theo đơn vị gốc", "on the scale of the criterion, in its own unit"),
    )
    low: float | None = column("Thấp", "Low", default=None, about=("trống: bằng giá trị", "empty: the value"))
    high: float | None = column(
        "Cao", "High", default=None, about=("trống: bằng giá trị", "empty: the value")
    )
    evidence: Evidence = column(
        "Mức chứng cứ",
        "Evidence",
        about=(
            "A số liệu chính thức hoặc đo được; B suy ra từ nguồn đã đọc; C nhiều chuyên gia thống nhất; "
            "D ước tính của một người",
            "A official or measured; B derived from a source; C several judgments agree; D one estimate",
        ),
    )
    source: str = column(
        "Nguồn",
        "Source",
        default="",
        kind="text",
        about=("mã trong sources.csv", "id in sources.csv"),
    )
    note: str = column("Ghi chú", "Note", default="")


class DependencyRow(Row):
    """``dependencies.csv``: a technology and what it requires."""

    technology: str = column(
        "Công nghệ",
        "Technology",
        kind="id",
        also=("ma", "ma_cong_nghe"),
        about=("công nghệ cần công nghệ khác", "the one that needs the other"),
    )
    requires: str = column(
        "Cần trước",
        "Requires",
        kind="id",
        also=("can_truoc", "phu_thuoc"),
        about=("công nghệ phải có trước", "the one that is needed"),
    )
    kind: Literal["hard", "soft"] = column(
        "Loại",
        "Kind",
        about=("hard: bắt buộc; soft: có thì tốt hơn", "hard: cannot run without; soft: works better with"),
    )
    timing: Literal["FS", "FF"] = column(
        "Quan hệ thời gian",
        "Timing",
        default="FS",
        about=(
            "FS: xong rồi mới bắt đầu; FF: xong trước khi vận hành",
            "FS: operational before the start; FF: operational before operation",
        ),
    )
    lag_months: int = column(
        "Độ trễ",
        "Lag",
        default=0,
        unit="months",
        least=0,
        about=(
            "số tháng chờ thêm sau khi công nghệ kia vận hành",
            "months to wait after the other is operational",
        ),
    )
    share: float | None = column(
        "Phần giá trị mất",
        "Share lost",
        default=None,
        least=0,
        most=1,
        about=("chỉ cho soft; trống: 0.3", "soft only; empty: 0.3"),
    )
    one_of: str = column(
        "Nhóm thay thế",
        "One of",
        default="",
        about=("một trong nhóm là đủ", "one of the group is enough"),
    )
    confidence: float | None = column(
        "Độ tin cậy",
        "Confidence",
        default=None,
        least=0,
        most=1,
        about=("mức chắc chắn của quan hệ này; trống: chắc chắn", "how sure this dependency is; empty: sure"),
    )
    reason: str = column("Lý do", "Reason", default="")


class SourceRow(Row):
    """``sources.csv``: where figures come from."""

    id: str = column(
        "Mã",
        "Id",
        kind="id",
        about=("được nêu ở cột nguồn của các bảng khác", "named in the source columns of other tables"),
    )
    citation: str = column("Trích dẫn", "Citation")
    url: str = column("Địa chỉ", "Address", default="")
    year: int | None = column("Năm", "Year", default=None, least=1900, most=2100)
    kind: str = column("Loại", "Kind", default="")


class JudgmentRow(Row):
    """``judgments.csv``: an expert prefers one criterion to another, so many times."""

    expert: str = column(
        "Chuyên gia",
        "Expert",
        kind="id",
        about=("mã chuyên gia, không ghi tên người", "a code, not the name of a person"),
    )
    group: str = column(
        "Nhóm",
        "Group",
        about=(
            "nhóm của chuyên gia: cơ quan, nghiên cứu, doanh nghiệp",
            "whom the expert stands for: agencies, research, firms",
        ),
    )
    node: str = column(
        "Nút", "Node", kind="id", about=("nút cha của hai tiêu chí", "parent of the two criteria")
    )
    preferred: str = column(
        "Quan trọng hơn",
        "Preferred",
        kind="id",
        also=("uu_tien",),
        about=("tiêu chí được coi trọng hơn", "the criterion that matters more"),
    )
    other: str = column(
        "Tiêu chí kia",
        "Other",
        kind="id",
        also=("con_lai",),
        about=("tiêu chí được so sánh với nó", "the criterion it is compared with"),
    )
    strength: float = column(
        "Mức độ", "Strength", about=("1 là ngang nhau, 9 là hơn tuyệt đối", "1 is equal, 9 is absolute")
    )
    note: str = column("Ghi chú", "Note", default="")


class SurveyRow(Row):
    """``survey.csv``: points of a firm; the groups of the instrument are further columns."""

    firm: str = column(
        "Doanh nghiệp",
        "Firm",
        kind="id",
        also=("ma_doanh_nghiep",),
        about=("mã doanh nghiệp, không ghi tên", "a code, not the name"),
    )
    sector: str = column(
        "Ngành",
        "Sector",
        kind="id",
        also=("linh_vuc",),
        about=("mã ngành của nghiên cứu", "code of a sector of the study"),
    )
    instrument: str = column(
        "Bộ công cụ",
        "Instrument",
        kind="id",
        default="",
        about=(
            "mã bộ công cụ hoặc phần mở rộng; không tính bình quân chung hai loại",
            "id of the instrument or of its extension; the two are never averaged",
        ),
    )
    year: int = column("Năm", "Year", least=1990, most=2100)
    employees: float | None = column("Lao động", "Employees", default=None, unit="people", least=0)
    revenue_bn_vnd: float | None = column("Doanh thu", "Revenue", default=None, unit="billion VND", least=0)
    rnd_share: float | None = column(
        "Tỷ lệ chi nghiên cứu",
        "Share of revenue for research",
        default=None,
        least=0,
        most=1,
        about=("0.01 là một phần trăm", "0.01 is one percent"),
    )
    note: str = column("Ghi chú", "Note", default="")


class StatusRow(Row):
    """``status.csv``: what became of a technology in a year."""

    year: int = column("Năm", "Year", least=2000, most=2100)
    technology: str = column("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))
    status: Literal["not started", "running", "done", "stopped"] = column(
        "Tình trạng",
        "Status",
        about=(
            "not started chưa bắt đầu; running đang làm; done xong; stopped dừng",
            "what it is at the end of the year",
        ),
    )
    start: str = column(
        "Bắt đầu",
        "Start",
        default="",
        kind="month",
        about=("tháng bắt đầu thật", "the month in which it really began"),
    )
    operational: str = column(
        "Vận hành",
        "Operational",
        default="",
        kind="month",
        about=("tháng vận hành thật", "the month in which it really went into operation"),
    )
    spent_local: float = column(
        "Đã chi, địa phương",
        "Spent, local",
        default=0.0,
        unit="billion VND",
        least=0,
        about=("trong năm này", "in this year"),
    )
    spent_programmes: float = column(
        "Đã chi, chương trình",
        "Spent, programmes",
        default=0.0,
        unit="billion VND",
        least=0,
        about=("trong năm này", "in this year"),
    )
    spent_enterprise: float = column(
        "Đã chi, doanh nghiệp",
        "Spent, firms",
        default=0.0,
        unit="billion VND",
        least=0,
        about=("trong năm này", "in this year"),
    )
    spent_other: float = column(
        "Đã chi, nguồn khác",
        "Spent, other",
        default=0.0,
        unit="billion VND",
        least=0,
        about=("trong năm này", "in this year"),
    )
    note: str = column("Ghi chú", "Note", default="")
