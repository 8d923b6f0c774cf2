"""What a plan may use: phases, money by source, people, and the constants of the phasing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import pandas as pd

from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError, did_you_mean
from techprio.language import NO_LABEL, Label, Month, Text, text
from techprio.model.checks import Checks, check_fields
from techprio.model.fields import Field, Names
from techprio.model.funds import Cap, CarryOver, Fund, amounts_by_fund, by_fund
from techprio.model.limits import (
    RANK_CLASSES,
    CostBasis,
    Decisions,
    LeadFactor,
    Objective,
    Phase,
    RankClass,
    Staff,
    StaffNeeded,
    check_horizon,
    phases_of,
    staff_of,
)

CURRENCY = Quantity("currency", text("Currency"), text("Unit of the money of the study."))
PEOPLE_IN_ALL = Quantity(
    "people_in_all",
    text("People in all"),
    text("People whom the technologies of the plan need once all are there."),
    "number",
)

PHASE = Quantity(
    "phase", text("Phase"), text("Phase in which the technology becomes operational; empty: not placed.")
)
FUND = Quantity("fund_name", text("Source of funds"), text("Who pays."))
YEAR = Quantity("year", text("Year"), text("Calendar year."), "year")
AMOUNT = Quantity("available", text("Available"), text("Money available in the year."), "money")

__all__ = [
    "Cap",
    "CarryOver",
    "CostBasis",
    "Decisions",
    "Fund",
    "LeadFactor",
    "Objective",
    "Phase",
    "RankClass",
    "Resources",
    "Staff",
    "StaffNeeded",
]


@dataclass(frozen=True)
class Resources(Result):
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
    objective : {"priority", "value", "counts"}
        What a plan is made for: the rank classes of the technologies, as the canonical plan that stands
        still; the sum of their discounted values; or the most technologies of the first class by the end of
        each phase, then of the next one, and among such plans the one that stands still.
    rank_classes : tuple of RankClass
        Of the objective ``"priority"``; the last one has no ``up_to``.
    cost_basis : {"mode", "mean", "P80"}
        Which cost a plan is made with: the most likely one, the mean of its triangular spread, or what is
        not passed with a probability of 80 %.
    staff_needed : {"from_operation", "from_start"}
        From when on a technology needs its people.
    outlays : tuple of float
        Share of a cost that is spent in each year of a project, of the funds that state none of their own;
        empty: evenly over the lead time.
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
    currency: Annotated[str, Field("Đơn vị tiền tệ", "Currency", also=("don_vi_tien",))] = "billion VND"
    period_months: Annotated[
        int,
        Field("Độ dài kỳ", "Length of a period", unit="months", choices=("1", "2", "3", "4", "6", "12")),
    ] = 6
    discount_rate: Annotated[float, Field("Tỷ suất chiết khấu", "Discount rate", least=0, most=1)] = 0.08
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
    decisions: Annotated[Decisions, Field("Quyết định đã có", "Decisions")] = field(default_factory=Decisions)
    objective: Annotated[
        Objective,
        Field(
            "Mục tiêu của lộ trình",
            "Objective of the plan",
            (
                "priority: theo nhóm hạng, lộ trình ổn định; value: tổng giá trị lớn nhất; counts: nhiều công"
                " nghệ hạng đầu nhất theo giai đoạn",
                "priority: by rank classes, a plan that stands still; value: the greatest sum of values;"
                " counts: the most of the first class by phase, then of the next",
            ),
            words=("ưu tiên", "giá trị", "số lượng"),
        ),
    ] = "priority"
    rank_classes: Annotated[
        tuple[RankClass, ...],
        Field(
            "Nhóm hạng",
            "Rank classes",
            (
                "mỗi nhóm hạng tính bao nhiêu trong lộ trình theo ưu tiên",
                "what each class of ranks counts in a plan by priority",
            ),
        ),
    ] = RANK_CLASSES
    cost_basis: Annotated[
        CostBasis,
        Field(
            "Mức kinh phí của lộ trình",
            "Cost basis of the plan",
            (
                "mode: khả dĩ nhất; mean: trung bình; P80: xác suất 80% không vượt",
                "mode: the most likely; mean: the average; P80: not passed with a probability of 80 %",
            ),
            words=("khả dĩ nhất", "trung bình", "P80"),
        ),
    ] = "mode"
    staff_needed: Annotated[
        StaffNeeded,
        Field(
            "Nhân lực cần",
            "Staff needed",
            ("từ khi vận hành, hoặc từ khi bắt đầu", "from operation on, or from the start on"),
            words=("từ khi vận hành", "từ khi bắt đầu"),
        ),
    ] = "from_operation"
    outlays: Annotated[
        tuple[float, ...],
        Field(
            "Tỷ lệ chi theo năm của dự án",
            "Outlays by year of the project",
            (
                "của các nguồn vốn không nêu riêng; cộng lại bằng 1; trống: chi đều",
                "of the funds that state none; they sum to 1; empty: spent evenly",
            ),
            least=0,
            most=1,
            example="[0.2, 0.5, 0.3]",
        ),
    ] = ()
    version: Annotated[str, Field("Phiên bản", "Version", example='"0.1"')] = ""
    illustrative: Annotated[bool, Field("Số liệu minh họa", "Illustrative")] = False
    note: Annotated[Label, Field("Ghi chú", "Note")] = NO_LABEL

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            start: str,
            end: str,
            phases: Sequence[Phase],
            funds: Sequence[Fund],
            staff: Staff | None = ...,
            currency: str = ...,
            period_months: int = ...,
            discount_rate: float = ...,
            lead_factor: Mapping[str, float] = ...,
            earliest_start_months: Mapping[int, int] = ...,
            sector_minimum: Mapping[str, int] = ...,
            decisions: Decisions = ...,
            objective: Objective = ...,
            rank_classes: Sequence[RankClass] = ...,
            cost_basis: CostBasis = ...,
            staff_needed: StaffNeeded = ...,
            outlays: Sequence[float] = ...,
            version: str = ...,
            illustrative: bool = ...,
            note: Label | str = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check everything at once."""
        checks = Checks(text("the resources cannot be used"))
        check_fields(checks, self)
        if not checks.problems:
            check_horizon(checks, self)
        checks.check()

    @classmethod
    def from_frame(
        cls,
        budgets: pd.DataFrame | pd.Series,
        *,
        start: str,
        end: str,
        phases: Mapping[str, tuple[int, int]] | Sequence[Phase],
        staff: Staff | Mapping[int, float] | pd.Series | None = None,
        hard: bool | Mapping[str, bool] = True,
        carry_over: CarryOver | Mapping[str, CarryOver] = "within phase",
        outlays: Sequence[float] | Mapping[str, Sequence[float]] = (),
        labels: Mapping[str, Label | str] | None = None,
        id: str = "resources",
        currency: str = "billion VND",
        period_months: int = 6,
        discount_rate: float = 0.08,
        lead_factor: Mapping[str, float] | None = None,
        earliest_start_months: Mapping[int, int] | None = None,
        sector_minimum: Mapping[str, int] | None = None,
        decisions: Decisions | None = None,
        objective: Objective = "priority",
        rank_classes: Sequence[RankClass] = RANK_CLASSES,
        illustrative: bool = False,
    ) -> Resources:
        """Build limits from a table of budgets.

        Parameters
        ----------
        budgets : DataFrame
            Index year (or a column ``year``), one column a source of funds. One source pays for all
            technologies that name none.
        start, end : str
            First and last month of the horizon, ``YYYY-MM``, both included.
        phases : mapping of id to (first year, last year), or sequence of Phase
        staff : mapping of year to people, Series or Staff, optional
        hard : bool, or mapping of fund to bool
            A hard limit binds; a soft one is reported when passed.
        carry_over : {"within phase", "none", "next year", "whole horizon"}, or mapping of fund to one of them
        outlays : sequence of float, or mapping of fund to one
            Shares of a cost by year of a project; empty: evenly over the lead time.
        labels : mapping of fund to Label or str, optional
        id : str
        currency, period_months, discount_rate, lead_factor, earliest_start_months
            As of :class:`Resources`.
        sector_minimum, decisions, objective, rank_classes, illustrative
            As of :class:`Resources`.

        Raises
        ------
        InputError
            With every problem at once.

        Examples
        --------
        >>> import pandas as pd
        >>> budgets = pd.DataFrame({"local": [10, 12, 12]}, index=[2026, 2027, 2028])
        >>> limits = Resources.from_frame(
        ...     budgets, start="2026-01", end="2028-12", phases={"2026-2028": (2026, 2028)}
        ... )
        >>> limits.fund("local").per_year[2027]
        12.0
        """
        checks = Checks(text("the resources cannot be used"))
        amounts = amounts_by_fund(checks, budgets)
        binds = by_fund(checks, "hard", hard, True, list(amounts))
        carried = by_fund(checks, "carry_over", carry_over, "within phase", list(amounts))
        shares = by_fund(checks, "outlays", outlays, (), list(amounts))
        names = by_fund(checks, "labels", labels or {}, "", list(amounts))
        placed = phases_of(checks, phases)
        people = None if staff is None else staff_of(checks, staff)
        checks.check()
        funds = [
            Fund(name, names[name], per_year, binds[name], carried[name], outlays=shares[name])
            for name, per_year in amounts.items()
        ]
        return cls(
            id, start, end, placed, funds, people, currency, period_months, discount_rate, lead_factor or {},
            earliest_start_months or {}, sector_minimum or {}, decisions or Decisions(),
            objective, tuple(rank_classes), illustrative=illustrative,
        )  # fmt: skip

    def tables(self) -> dict[str, Table]:
        """Return ``budgets``: what each source of funds has in a year."""
        years = [(fund, year) for fund in self.funds for year in sorted(fund.per_year)]
        rows = [(fund.label, year, fund.per_year[year]) for fund, year in years]
        return tables_of(Table.of("budgets", text("Budgets"), [FUND, YEAR, AMOUNT], rows))

    def _summary(self) -> str:
        phases = ", ".join(phase.id for phase in self.phases)
        return f"{self.start} to {self.end}, phases {phases}, funds {', '.join(f.id for f in self.funds)}"

    def _title(self) -> Words:
        return text("Resources from {start} to {end}", start=Month(self.start), end=Month(self.end))

    @property
    def money(self) -> Text | str:
        """The unit of money in both languages, where it is the usual one; else as it was given."""
        return text("billion VND") if self.currency == "billion VND" else self.currency

    def fund(self, name: str) -> Fund:
        """Return a source of funds by its id."""
        for fund in self.funds:
            if fund.id == name:
                return fund
        known = [fund.id for fund in self.funds]
        raise InputError.argument("fund", found=name, allowed=known, proposal=did_you_mean(str(name), known))
