"""The keys of a resources file."""

from __future__ import annotations

from typing import Literal

from techprio.inputs.keys import Keys, Words, key


class PhaseKeys(Keys):
    """A phase of the roadmap."""

    id: str = key("Giai đoạn", "Phase", example='"2026-2030"')
    first_year: int = key("Năm đầu", "First year", least=1900, most=2200, example="2026")
    last_year: int = key("Năm cuối", "Last year", least=1900, most=2200, example="2030")
    note: str = key("Ghi chú", "Note", default="")


class FundKeys(Keys):
    """A source of funds; its name is that of ``fund_<name>`` in technologies.csv."""

    label: Words = key("Tên nguồn vốn", "Name", default=Words())
    plan_clause: str = key("Mục của kế hoạch", "Clause of the plan", default="")
    limit: Literal["hard", "soft"] = key(
        "Hạn mức",
        "Limit",
        default="hard",
        about=("hard: không được vượt; soft: vượt thì báo", "hard: binds; soft: reported when passed"),
    )
    carry_over: Literal["within phase", "none", "whole horizon"] = key(
        "Chuyển nguồn",
        "Carry-over",
        default="within phase",
        about=("tiền chưa chi được giữ đến khi nào", "how long unspent money stays available"),
    )
    per_year: dict[str, float] = key(
        "Kinh phí từng năm",
        "Per year",
        unit="billion VND",
        about=("một số cho mỗi năm của thời kỳ", "an amount for each year of the horizon"),
        example="{2027: 45, 2028: 85}",
    )


class StaffKeys(Keys):
    """Newly trained people by year."""

    label: Words = key("Tên", "Name", default=Words())
    plan_clause: str = key("Mục của kế hoạch", "Clause of the plan", default="")
    unit: str = key("Đơn vị", "Unit", default="")
    limit: Literal["hard", "soft"] = key("Hạn mức", "Limit", default="hard")
    accumulates: bool = key(
        "Cộng dồn",
        "Accumulates",
        default=True,
        about=(
            "true: người đào tạo năm trước vẫn làm việc",
            "true: people trained in earlier years stay available",
        ),
    )
    scope: str = key("Phạm vi", "Scope", default="")
    per_year: dict[str, float] = key(
        "Số người từng năm", "Per year", unit="people", example="{2027: 300, 2028: 650}"
    )


class LeadFactorKeys(Keys):
    """Share of the lead time still to go, by status in the province."""

    none: float = key("Chưa có", "None", default=1.0, least=0, most=1)
    pilot: float = key("Thử nghiệm", "Pilot", default=0.8, least=0, most=1)
    partial: float = key("Một phần", "Partial", default=0.5, least=0, most=1)
    operational: float = key("Đang vận hành", "Operational", default=0.0, least=0, most=1)


class DecisionKeys(Keys):
    """Decisions already taken."""

    fixed_start: dict[str, str] = key(
        "Tháng bắt đầu đã định", "Fixed start", default={}, kind="months", example='{AGR01: "2028-01"}'
    )
    must: tuple[str, ...] = key("Phải thực hiện", "Must", default=(), example="[AGR01]")
    must_not: tuple[str, ...] = key("Không thực hiện", "Must not", default=(), example="[ENE02]")
    exclusive: tuple[tuple[str, ...], ...] = key(
        "Loại trừ nhau",
        "Exclusive",
        default=(),
        about=("nhiều nhất một công nghệ mỗi nhóm", "at most one of each group"),
        example="[[AGR01, AGR02]]",
    )


class ResourcesKeys(Keys):
    """The file of limits and constants of the phasing."""

    id: str = key("Mã", "Id", kind="id", example="my-province")
    version: str = key("Phiên bản", "Version", default="", example='"0.1"')
    illustrative: bool = key("Số liệu minh họa", "Illustrative", default=False)
    note: Words = key("Ghi chú", "Note", default=Words())
    start: str = key("Bắt đầu", "Start", kind="month", example='"2027-07"')
    end: str = key("Kết thúc", "End", kind="month", example='"2035-12"')
    phases: tuple[PhaseKeys, ...] = key("Giai đoạn", "Phases")
    currency: str = key("Đơn vị tiền", "Currency", default="billion VND")
    budgets: dict[str, FundKeys] = key("Nguồn vốn", "Budgets")
    staff: StaffKeys | None = key("Nhân lực", "Staff", default=None)
    period_months: Literal["1", "2", "3", "4", "6", "12"] = key(
        "Độ dài kỳ", "Length of a period", default="6", unit="months"
    )
    discount_rate: float = key("Tỷ lệ chiết khấu", "Discount rate", default=0.08, least=0, most=1)
    spending: Literal["even_over_lead"] = key(
        "Cách chi",
        "Spending",
        default="even_over_lead",
        about=("chi đều trong thời gian thực hiện", "evenly over the lead time"),
    )
    staff_needed: Literal["from_operation"] = key(
        "Nhân lực cần",
        "Staff needed",
        default="from_operation",
        about=("từ khi vận hành", "from operation on"),
    )
    lead_factor: LeadFactorKeys | None = key(
        "Phần thời gian còn lại theo hiện trạng",
        "Share of the lead time by status",
        default=None,
        about=("khi có thì phải đủ bốn mức", "all four, when given"),
    )
    earliest_start_months: dict[str, int] = key(
        "Bắt đầu sớm nhất theo TRL tại địa phương",
        "Earliest start by TRL in the province",
        default={},
        unit="months",
        about=("số tháng sau thời điểm bắt đầu", "months after the start"),
        example="{9: 0, 5: 12, 3: 36}",
    )
    sector_minimum: dict[str, int] = key(
        "Số công nghệ tối thiểu mỗi ngành theo giai đoạn",
        "Least number of technologies a sector by phase",
        default={},
        example='{"2026-2030": 2}',
    )
    decisions: DecisionKeys = key("Quyết định đã có", "Decisions", default=DecisionKeys())
