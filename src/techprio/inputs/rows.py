"""One typed record per table of a study."""

from __future__ import annotations

from typing import Literal

from techprio.inputs.columns import Row, column

Evidence = Literal["A", "B", "C", "D"]
Status = Literal["none", "pilot", "partial", "operational"]


class TechnologyRow(Row):
    """``<sector>/technologies.csv``: a candidate technology."""

    id: str = column("Mã", "Id", kind="id", also=("ma_cong_nghe", "code"))
    name_vi: str = column("Tên công nghệ", "Name in Vietnamese", also=("ten", "ten_tieng_viet"))
    name_en: str = column("Tên tiếng Anh", "Name in English", default="")
    summary_vi: str = column("Mô tả", "Summary in Vietnamese", default="", also=("tom_tat",))
    summary_en: str = column("Mô tả tiếng Anh", "Summary in English", default="")
    family: str = column("Nhóm công nghệ", "Family", default="")
    function: Literal["enabling", "production_or_application"] = column(
        "Chức năng",
        "Function",
        about=(
            "enabling: tạo nền cho công nghệ khác; còn lại là production_or_application",
            "enabling: others build on it; all others are production_or_application",
        ),
    )
    plan_naming: Literal["literal", "class", "none"] = column(
        "Cách nêu trong kế hoạch",
        "Naming in the plan",
        default="none",
        about=("nêu đích danh, nêu nhóm, hoặc không nêu", "named itself, only its class, or not at all"),
    )
    plan_clauses: tuple[str, ...] = column("Mục của kế hoạch", "Clauses of the plan", default=())
    trl_global: int | None = column(
        "TRL thế giới", "TRL in the world", default=None, unit="TRL", least=1, most=9
    )
    trl_local: int = column("TRL tại địa phương", "TRL in the province", unit="TRL", least=1, most=9)
    status: Status = column("Hiện trạng tại địa phương", "Status in the province", also=("hien_trang",))
    capex_low: float = column("Vốn đầu tư, thấp", "Capital cost, low", unit="billion VND", least=0)
    capex_mode: float = column(
        "Vốn đầu tư", "Capital cost, most likely", unit="billion VND", least=0, also=("von_dau_tu",)
    )
    capex_high: float = column("Vốn đầu tư, cao", "Capital cost, high", unit="billion VND", least=0)
    capex_basis: str = column("Căn cứ vốn đầu tư", "Basis of the cost", default="")
    lead_low: float = column("Thời gian thực hiện, thấp", "Lead time, low", unit="months", least=0)
    lead_mode: float = column("Thời gian thực hiện", "Lead time, most likely", unit="months", least=0)
    lead_high: float = column("Thời gian thực hiện, cao", "Lead time, high", unit="months", least=0)
    lead_basis: str = column("Căn cứ thời gian", "Basis of the lead time", default="")
    staff: float = column("Nhân lực", "Staff", unit="people", least=0, also=("nhan_luc",))
    fund_local: float = column("Tỷ lệ ngân sách địa phương", "Share of the local budget", least=0, most=1)
    fund_programmes: float = column("Tỷ lệ chương trình, dự án", "Share of programmes", least=0, most=1)
    fund_enterprise: float = column("Tỷ lệ vốn doanh nghiệp", "Share of firms", least=0, most=1)
    fund_other: float = column("Tỷ lệ nguồn khác", "Share of other sources", least=0, most=1)
    action: Literal["renew", "replace", "transfer", "new"] = column(
        "Hình thức", "Action", also=("hinh_thuc",)
    )
    lead_agency: str = column("Cơ quan chủ trì", "Lead agency", default="", also=("chu_tri",))
    partners: tuple[str, ...] = column("Cơ quan phối hợp", "Partners", default=(), also=("phoi_hop",))
    sources: tuple[str, ...] = column("Nguồn", "Sources", default=(), also=("nguon_so_lieu",))


class ScoreRow(Row):
    """``<sector>/scores.csv``: one statement on one technology and criterion."""

    technology: str = column("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))
    criterion: str = column("Tiêu chí", "Criterion", kind="id", also=("ma_tieu_chi",))
    value: float = column("Giá trị", "Value", also=("diem", "score"))
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
    source: str = column("Nguồn", "Source", default="", kind="text")
    note: str = column("Ghi chú", "Note", default="")


class DependencyRow(Row):
    """``dependencies.csv``: a technology and what it requires."""

    technology: str = column("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))
    requires: str = column("Cần trước", "Requires", kind="id", also=("can_truoc", "phu_thuoc"))
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
    lag_months: int = column("Độ trễ", "Lag", default=0, unit="months", least=0)
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
    confidence: float | None = column("Độ tin cậy", "Confidence", default=None, least=0, most=1)
    reason: str = column("Lý do", "Reason", default="")


class SourceRow(Row):
    """``sources.csv``: where figures come from."""

    id: str = column("Mã", "Id", kind="id")
    citation: str = column("Trích dẫn", "Citation")
    url: str = column("Địa chỉ", "Address", default="")
    year: int | None = column("Năm", "Year", default=None, least=1900, most=2100)
    kind: str = column("Loại", "Kind", default="")


class JudgmentRow(Row):
    """``judgments.csv``: an expert prefers one criterion to another, so many times."""

    expert: str = column("Chuyên gia", "Expert", kind="id")
    group: str = column("Nhóm", "Group")
    node: str = column(
        "Nút", "Node", kind="id", about=("nút cha của hai tiêu chí", "parent of the two criteria")
    )
    preferred: str = column("Quan trọng hơn", "Preferred", kind="id", also=("uu_tien",))
    other: str = column("Tiêu chí kia", "Other", kind="id", also=("con_lai",))
    strength: float = column(
        "Mức độ", "Strength", about=("1 là ngang nhau, 9 là hơn tuyệt đối", "1 is equal, 9 is absolute")
    )
    note: str = column("Ghi chú", "Note", default="")


class SurveyRow(Row):
    """``survey.csv``: points of a firm; the groups of the instrument are further columns."""

    firm: str = column("Doanh nghiệp", "Firm", kind="id", also=("ma_doanh_nghiep",))
    sector: str = column("Ngành", "Sector", kind="id", also=("linh_vuc",))
    instrument: str = column("Bộ công cụ", "Instrument", kind="id", default="")
    year: int = column("Năm", "Year", least=1990, most=2100)
    employees: float | None = column("Lao động", "Employees", default=None, unit="people", least=0)
    revenue_bn_vnd: float | None = column("Doanh thu", "Revenue", default=None, unit="billion VND", least=0)
    rnd_share: float | None = column(
        "Tỷ lệ chi nghiên cứu", "Share of revenue for research", default=None, least=0, most=1
    )
    note: str = column("Ghi chú", "Note", default="")


class StatusRow(Row):
    """``status.csv``: what became of a technology in a year."""

    year: int = column("Năm", "Year", least=2000, most=2100)
    technology: str = column("Công nghệ", "Technology", kind="id", also=("ma", "ma_cong_nghe"))
    status: Literal["not started", "running", "done", "stopped"] = column("Tình trạng", "Status")
    start: str = column("Bắt đầu", "Start", default="", kind="month")
    operational: str = column("Vận hành", "Operational", default="", kind="month")
    spent_local: float = column(
        "Đã chi, địa phương", "Spent, local", default=0.0, unit="billion VND", least=0
    )
    spent_programmes: float = column(
        "Đã chi, chương trình", "Spent, programmes", default=0.0, unit="billion VND", least=0
    )
    spent_enterprise: float = column(
        "Đã chi, doanh nghiệp", "Spent, firms", default=0.0, unit="billion VND", least=0
    )
    spent_other: float = column(
        "Đã chi, nguồn khác", "Spent, other", default=0.0, unit="billion VND", least=0
    )
    note: str = column("Ghi chú", "Note", default="")
