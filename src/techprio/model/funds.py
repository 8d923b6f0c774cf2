"""Sources of funds: money by year, what may be carried over, and what a source may spend it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pandas as pd

from techprio.display.quantities import Quantity
from techprio.language import Label, text
from techprio.model.checks import (
    Checks,
    as_mapping,
    as_written,
    check_fields,
    check_named_once,
    check_number,
    is_integer,
)
from techprio.model.fields import Field, Names

CarryOver = Literal["within phase", "none", "next year", "whole horizon"]
LIMIT = ("hard", "soft")
LIMIT_WORDS = ("không được vượt", "tham khảo")
YEAR = Names("integer", text("a year"))
SPENT_IN_YEAR = Quantity(
    "spent_in",
    text("Spent in a year"),
    text("Money that is spent in the year of the column, from the source of the row."),
    "money",
)
SPENT_OF = Quantity(
    "spent_of",
    text("Spent of a source"),
    text("Money that the plan spends on the technology from the source of the column."),
    "money",
)
SPENT_IN_ALL = Quantity(
    "spent_in_all", text("Spent in all years"), text("Sum of the years, from the source of the row."), "money"
)


@dataclass(frozen=True)
class Cap:
    """What a source of funds may spend in all over several years, beside its money of each year.

    Parameters
    ----------
    first_year, last_year : int
        Both included.
    amount : float

    Raises
    ------
    InputError
        Years in the wrong order, or an amount below 0.

    Examples
    --------
    >>> Cap(2028, 2030, 250).amount
    250
    """

    first_year: Annotated[int, Field("Năm đầu", "First year", least=1900, most=2200, example="2028")]
    last_year: Annotated[int, Field("Năm cuối", "Last year", least=1900, most=2200, example="2030")]
    amount: Annotated[float, Field("Mức trần", "Amount", unit="billion VND", least=0, example="250")]

    def __post_init__(self) -> None:
        """Check years and amount."""
        checks = Checks(text("the cap cannot be used"))
        check_fields(checks, self)
        if not checks.problems and self.last_year < self.first_year:
            checks.add("last_year", str(self.last_year), text("a year from {year} on", year=self.first_year))
        checks.check()


@dataclass(frozen=True)
class Fund:
    """A source of funds.

    Parameters
    ----------
    id : str
        Its name in ``fund_<id>`` of ``technologies.csv``.
    label : Label or str
        Empty: the id.
    per_year : mapping of int to float
        Money available by calendar year.
    hard : bool
        A hard limit binds; a soft one is reported when passed.
    carry_over : {"within phase", "none", "next year", "whole horizon"}
        Whether unspent money stays available; ``"next year"``: until the end of the next year.
    plan_clause : str
    outlays : tuple of float
        Share of its part of a cost that is spent in each year of a project, counted from the start; what
        falls after the work is spent in its last year. Empty: those of the resources, else evenly over the
        lead time.
    caps : tuple of Cap
        Limits over several years.
    only_for : tuple of str
        Technologies or sectors that a grant is tied to; empty: all.

    Raises
    ------
    InputError
        Amounts that are no numbers or are below 0, years that are no whole numbers.

    Examples
    --------
    >>> Fund("local", "Local budget", {2027: 10, 2028: 12}).per_year[2028]
    12
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
            names=YEAR,
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
            choices=LIMIT,
            words=LIMIT_WORDS,
        ),
    ] = True
    carry_over: Annotated[
        CarryOver,
        Field(
            "Chuyển nguồn",
            "Carry-over",
            ("kinh phí chưa chi được giữ đến khi nào", "how long unspent money stays available"),
            words=("trong giai đoạn", "không chuyển", "đến hết năm sau", "cả thời kỳ"),
        ),
    ] = "within phase"
    plan_clause: Annotated[str, Field("Mục của Kế hoạch", "Clause of the plan")] = ""
    outlays: Annotated[
        tuple[float, ...],
        Field(
            "Tỷ lệ chi theo năm của dự án",
            "Outlays by year of the project",
            ("cộng lại bằng 1; trống: như mức chung", "they sum to 1; empty: those of all funds"),
            least=0,
            most=1,
            example="[0.2, 0.5, 0.3]",
        ),
    ] = ()
    caps: Annotated[
        tuple[Cap, ...],
        Field("Mức trần nhiều năm", "Caps over several years"),
    ] = ()
    only_for: Annotated[
        tuple[str, ...],
        Field(
            "Chỉ dành cho",
            "Only for",
            ("mã công nghệ hoặc ngành", "codes of technologies or sectors"),
            example="[ENE]",
        ),
    ] = ()

    if TYPE_CHECKING:

        def __init__(
            self,
            id: str,
            label: Label | str,
            per_year: Mapping[int, float] | pd.Series,
            hard: bool = ...,
            carry_over: CarryOver = ...,
            plan_clause: str = ...,
            outlays: Sequence[float] = ...,
            caps: Sequence[Cap] = ...,
            only_for: Sequence[str] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check words and amounts."""
        checks = Checks(text("the budget {name} cannot be used", name=as_written(self.id)))
        check_named_once(checks, "id", [self.id])
        check_fields(checks, self)
        check_amounts(checks, self.per_year)
        if not checks.problems:
            check_outlays(checks, self.outlays)
        checks.check()


def check_outlays(checks: Checks, outlays: Sequence[float]) -> None:
    """Note shares by year of a project that do not add up to 1; none are even spending."""
    if outlays and abs(sum(outlays) - 1) > 1e-6:
        found = text("shares that add up to {sum}", sum=f"{sum(outlays):.6g}")
        checks.add("outlays", found, text("shares that add up to 1"))


def check_amounts(checks: Checks, per_year: Mapping[int, float]) -> None:
    """Note amounts by year that are no numbers or are below 0."""
    for year, amount in per_year.items():
        check_number(checks, text("{what} of {name}", what="per_year", name=str(year)), amount, 0)


def amounts_by_fund(checks: Checks, budgets: object) -> dict[str, dict[int, float]]:
    """Return the money of each fund by year, from a table with a column a fund."""
    if isinstance(budgets, pd.Series):
        budgets = budgets.to_frame("budget" if budgets.name is None else str(budgets.name))
    if not isinstance(budgets, pd.DataFrame) or budgets.empty:
        checks.add("budgets", as_written(budgets), text("a DataFrame with a row a year and a column a fund"))
        return {}
    table = budgets.set_index("year") if "year" in budgets else budgets
    years = [int(year) if is_integer(year) else year for year in table.index]
    for year in years:
        if not is_integer(year):
            checks.add("budgets", as_written(year), text("a year"))
    check_named_once(checks, "budgets", [str(name) for name in [*table.columns, *years]])
    if checks.problems:
        return {}
    amounts: dict[str, dict[int, float]] = {}
    for fund in table:
        for year, amount in zip(years, table[fund], strict=True):
            check_number(checks, text("budgets, {name}, {year}", name=str(fund), year=year), amount, 0)
        amounts[str(fund)] = {} if checks.problems else dict(zip(years, map(float, table[fund]), strict=True))
    return amounts


def by_fund(checks: Checks, name: str, value: Any, default: Any, funds: Iterable[str]) -> dict[str, Any]:
    """Return a setting of each fund: one for all, or its own; what is not named has the default."""
    own = as_mapping(value)
    if own is None:
        return dict.fromkeys(funds, value)
    for fund in own:
        if fund not in [*funds]:
            checks.unknown(name, fund, funds)
    return {fund: own.get(fund, default) for fund in funds}
