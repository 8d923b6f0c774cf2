"""What a plan may use: phases, money by source, people, and the constants of the phasing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from techprio.display.quantities import Quantity
from techprio.language import NO_LABEL, Label, Text, text
from techprio.model.fields import Field, Names

CarryOver = Literal["within phase", "none", "whole horizon"]
_LIMIT = ("hard", "soft")
_LIMIT_WORDS = ("cứng", "mềm")
_YEAR = Names("integer", text("a year"))

PHASE = Quantity(
    "phase", text("Phase"), text("Phase in which the technology becomes operational; empty: not placed.")
)
FUND = Quantity("fund_name", text("Source of funds"), text("Who pays."))
YEAR = Quantity("year", text("Year"), text("Calendar year."), "code")


@dataclass(frozen=True)
class Phase:
    """A phase of the roadmap; it holds the years from first to last, both included."""

    id: Annotated[str, Field("Giai đoạn", "Phase", example='"2026-2030"')]
    first_year: Annotated[int, Field("Năm đầu", "First year", least=1900, most=2200, example="2026")]
    last_year: Annotated[int, Field("Năm cuối", "Last year", least=1900, most=2200, example="2030")]
    note: Annotated[str, Field("Ghi chú", "Note")] = ""


@dataclass(frozen=True)
class Fund:
    """A source of funds.

    Parameters
    ----------
    id : str
        Its name in ``fund_<id>`` of ``technologies.csv``.
    label : Label
    per_year : mapping of int to float
        Money available by calendar year.
    hard : bool
        A hard limit binds; a soft one is reported when passed.
    carry_over : {"within phase", "none", "whole horizon"}
        Whether unspent money stays available.
    plan_clause : str
    """

    id: str
    label: Annotated[Label, Field("Tên nguồn vốn", "Name", required=False, like="id")]
    per_year: Annotated[
        Mapping[int, float],
        Field(
            "Kinh phí từng năm",
            "Per year",
            ("một số cho mỗi năm của thời kỳ", "an amount for each year of the horizon"),
            unit="billion VND",
            names=_YEAR,
            example="{2027: 45, 2028: 85}",
        ),
    ]
    hard: Annotated[
        bool,
        Field(
            "Hạn mức",
            "Limit",
            ("hard: không được vượt; soft: vượt thì báo", "hard: binds; soft: reported when passed"),
            name="limit",
            choices=_LIMIT,
            words=_LIMIT_WORDS,
        ),
    ] = True
    carry_over: Annotated[
        CarryOver,
        Field(
            "Chuyển nguồn",
            "Carry-over",
            ("tiền chưa chi được giữ đến khi nào", "how long unspent money stays available"),
            words=("trong giai đoạn", "không chuyển", "cả thời kỳ"),
        ),
    ] = "within phase"
    plan_clause: Annotated[str, Field("Mục của kế hoạch", "Clause of the plan")] = ""


@dataclass(frozen=True)
class Staff:
    """Newly trained people by year; with ``accumulates`` those of earlier years stay available."""

    label: Annotated[Label, Field("Tên", "Name", required=False)]
    per_year: Annotated[
        Mapping[int, float],
        Field(
            "Số người từng năm",
            "Per year",
            unit="people",
            names=_YEAR,
            example="{2027: 300, 2028: 650}",
        ),
    ]
    hard: Annotated[bool, Field("Hạn mức", "Limit", name="limit", choices=_LIMIT, words=_LIMIT_WORDS)] = True
    accumulates: Annotated[
        bool,
        Field(
            "Cộng dồn",
            "Accumulates",
            (
                "true: người đào tạo năm trước vẫn làm việc",
                "true: people trained in earlier years stay available",
            ),
        ),
    ] = True
    plan_clause: Annotated[str, Field("Mục của kế hoạch", "Clause of the plan")] = ""


class LeadFactor:
    """The factors of ``Resources.lead_factor``: share of the lead time still to go, by local status."""

    lacking = ("R507", text("a factor for each status"))

    none: Annotated[float, Field("Chưa có", "None", least=0, most=1, example="1.0")]
    pilot: Annotated[float, Field("Thử nghiệm", "Pilot", least=0, most=1, example="0.8")]
    partial: Annotated[float, Field("Một phần", "Partial", least=0, most=1, example="0.5")]
    operational: Annotated[float, Field("Đang vận hành", "Operational", least=0, most=1, example="0.0")]


@dataclass(frozen=True)
class Decisions:
    """Decisions already taken, which a plan keeps.

    Parameters
    ----------
    fixed_start : mapping of str to str
        Technology to the month ``YYYY-MM`` in which it starts.
    must, must_not : tuple of str
        Technologies that are to be placed, or never.
    exclusive : tuple of tuple of str
        Groups of which at most one is placed.
    not_before : mapping of str to str
        Technology to the month ``YYYY-MM`` before which it cannot start.
    """

    fixed_start: Annotated[
        Mapping[str, str],
        Field("Tháng bắt đầu đã định", "Fixed start", kind="months", example='{AGR01: "2028-01"}'),
    ] = field(default_factory=dict)
    must: Annotated[tuple[str, ...], Field("Phải thực hiện", "Must", example="[AGR01]")] = ()
    must_not: Annotated[tuple[str, ...], Field("Không thực hiện", "Must not", example="[ENE02]")] = ()
    exclusive: Annotated[
        tuple[tuple[str, ...], ...],
        Field(
            "Loại trừ nhau",
            "Exclusive",
            ("nhiều nhất một công nghệ mỗi nhóm", "at most one of each group"),
            example="[[AGR01, AGR02]]",
        ),
    ] = ()
    not_before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resources:
    """Limits and constants of the phasing, as ``resources.yaml`` states them.

    Parameters
    ----------
    id : str
    start, end : str
        First and last month of the horizon, ``YYYY-MM``, both included.
    phases : tuple of Phase
    funds : tuple of Fund
    staff : Staff, optional
    currency : str
    period_months : int
        Length of a period; 6 is a half-year.
    discount_rate : float
        Yearly.
    lead_factor : mapping of str to float
        Share of the lead time still to go, by local status.
    earliest_start_months : mapping of int to int
        Months after ``start`` before which work cannot begin, by local readiness level.
    sector_minimum : mapping of str to int
        Technologies of each sector of the plan that are to be operational by the end of a phase.
    decisions : Decisions
    version : str
    illustrative : bool
    note : Label

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> limits = study.resources
    >>> limits.start, limits.end, [phase.id for phase in limits.phases]
    ('2027-07', '2035-12', ['2026-2030', '2031-2035'])
    >>> [fund.id for fund in limits.funds]
    ['local', 'programmes', 'enterprise', 'other']
    """

    id: Annotated[str, Field("Mã", "Id", kind="id", example="my-province")]
    start: Annotated[str, Field("Bắt đầu", "Start", kind="month", example='"2027-07"')]
    end: Annotated[str, Field("Kết thúc", "End", kind="month", example='"2035-12"')]
    phases: Annotated[tuple[Phase, ...], Field("Giai đoạn", "Phases")]
    funds: Annotated[
        tuple[Fund, ...], Field("Nguồn vốn", "Budgets", kind="named", name="budgets", named_by="id")
    ]
    staff: Annotated[Staff | None, Field("Nhân lực", "Staff")] = None
    currency: Annotated[str, Field("Đơn vị tiền", "Currency")] = "billion VND"
    period_months: Annotated[
        int,
        Field("Độ dài kỳ", "Length of a period", unit="months", choices=("1", "2", "3", "4", "6", "12")),
    ] = 6
    discount_rate: Annotated[float, Field("Tỷ lệ chiết khấu", "Discount rate", least=0, most=1)] = 0.08
    lead_factor: Annotated[
        Mapping[str, float],
        Field(
            "Phần thời gian còn lại theo hiện trạng",
            "Share of the lead time by status",
            ("khi có thì phải đủ bốn mức", "all four, when given"),
            kind="block",
            inner=LeadFactor,
        ),
    ] = field(default_factory=dict)
    earliest_start_months: Annotated[
        Mapping[int, int],
        Field(
            "Bắt đầu sớm nhất theo TRL tại địa phương",
            "Earliest start by TRL in the province",
            ("số tháng sau thời điểm bắt đầu", "months after the start"),
            unit="months",
            least=0,
            names=Names("integer", text("a readiness level from 1 to 9"), 1, 9),
            example="{9: 0, 5: 12, 3: 36}",
        ),
    ] = field(default_factory=dict)
    sector_minimum: Annotated[
        Mapping[str, int],
        Field(
            "Số công nghệ tối thiểu mỗi ngành theo giai đoạn",
            "Least number of technologies a sector by phase",
            least=0,
            example='{"2026-2030": 2}',
        ),
    ] = field(default_factory=dict)
    decisions: Annotated[Decisions, Field("Quyết định đã có", "Decisions")] = Decisions()
    version: Annotated[str, Field("Phiên bản", "Version", example='"0.1"')] = ""
    illustrative: Annotated[bool, Field("Số liệu minh họa", "Illustrative")] = False
    note: Annotated[Label, Field("Ghi chú", "Note")] = NO_LABEL

    @property
    def money(self) -> Text | str:
        """The unit of money in both languages, where it is the usual one; else as it was given."""
        return text("billion VND") if self.currency == "billion VND" else self.currency

    def fund(self, name: str) -> Fund:
        """Return a source of funds by its id."""
        return next(fund for fund in self.funds if fund.id == name)
