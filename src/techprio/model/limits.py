"""The parts of the resources beside money: phases, people, classes of ranks, decisions already taken.

And what all parts must agree on: horizon, phases, years, periods, outlays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal

import pandas as pd

from techprio.errors import InputError
from techprio.language import Label, Month, text
from techprio.model.checks import Checks, as_mapping, as_written, check_fields, check_named_once, is_month
from techprio.model.fields import Field
from techprio.model.funds import LIMIT, LIMIT_WORDS, YEAR, check_amounts, check_outlays

if TYPE_CHECKING:
    from techprio.model.resources import Resources

Objective = Literal["priority", "value", "counts"]
CostBasis = Literal["mode", "mean", "P80"]
StaffNeeded = Literal["from_operation", "from_start"]


@dataclass(frozen=True)
class Phase:
    """A phase of the roadmap; it holds the years from first to last, both included.

    Parameters
    ----------
    id : str
    first_year, last_year : int
    note : str

    Raises
    ------
    InputError
        Years that are no whole numbers or stand in the wrong order.

    Examples
    --------
    >>> Phase("2026-2030", 2026, 2030).last_year
    2030
    """

    id: Annotated[str, Field("Giai đoạn", "Phase", example='"2026-2030"')]
    first_year: Annotated[int, Field("Năm đầu", "First year", least=1900, most=2200, example="2026")]
    last_year: Annotated[int, Field("Năm cuối", "Last year", least=1900, most=2200, example="2030")]
    note: Annotated[str, Field("Ghi chú", "Note")] = ""

    def __post_init__(self) -> None:
        """Check words and years."""
        checks = Checks(text("the phase {name} cannot be used", name=as_written(self.id)))
        check_fields(checks, self)
        if not checks.problems and self.last_year < self.first_year:
            checks.add("last_year", str(self.last_year), text("a year from {year} on", year=self.first_year))
        checks.check()


@dataclass(frozen=True)
class Staff:
    """Newly trained people by year.

    Parameters
    ----------
    label : Label or str
    per_year : mapping of int to float
        People by calendar year.
    hard : bool
        A hard limit binds; a soft one is reported when passed.
    accumulates : bool
        Whether those of earlier years stay available.
    plan_clause : str

    Examples
    --------
    >>> Staff("Engineers", {2027: 30, 2028: 40}).accumulates
    True
    """

    label: Annotated[Label, Field("Tên", "Name", required=False)]
    per_year: Annotated[
        Mapping[int, float],
        Field(
            "Số người từng năm",
            "Per year",
            unit="people",
            names=YEAR,
            example="{2027: 300, 2028: 650}",
        ),
    ]
    hard: Annotated[bool, Field("Hạn mức", "Limit", name="limit", choices=LIMIT, words=LIMIT_WORDS)] = True
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
    plan_clause: Annotated[str, Field("Mục của Kế hoạch", "Clause of the plan")] = ""

    if TYPE_CHECKING:

        def __init__(
            self,
            label: Label | str,
            per_year: Mapping[int, float] | pd.Series,
            hard: bool = ...,
            accumulates: bool = ...,
            plan_clause: str = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check words and amounts."""
        checks = Checks(text("the staff cannot be used"))
        check_fields(checks, self)
        check_amounts(checks, self.per_year)
        checks.check()


@dataclass(frozen=True)
class RankClass:
    """Ranks of a sector that count the same in a plan: those up to ``up_to`` that no class before it holds.

    Parameters
    ----------
    weight : float
        What a technology of the class counts in the plan: a stated policy, not an estimate.
    up_to : int, optional
        Last rank of the class; without it the class holds all the rest.

    Raises
    ------
    InputError
        A weight below 0, or a last rank below 1.

    Examples
    --------
    >>> RankClass(8, up_to=4).weight
    8
    """

    weight: Annotated[float, Field("Trọng số", "Weight", least=0, example="8")]
    up_to: Annotated[
        int | None,
        Field(
            "Đến hạng",
            "Up to rank",
            ("trống: mọi hạng còn lại", "empty: all the rest"),
            least=1,
            example="4",
        ),
    ] = None

    def __post_init__(self) -> None:
        """Check weight and rank."""
        checks = Checks(text("the rank class cannot be used"))
        check_fields(checks, self)
        checks.check()


RANK_CLASSES = (RankClass(8.0, 4), RankClass(3.0, 8), RankClass(1.0))


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

    Raises
    ------
    InputError
        Months that are none, and technologies that are both wanted and left out.

    Examples
    --------
    >>> Decisions(must=["ENE06"], fixed_start={"AGR01": "2028-01"}).must
    ('ENE06',)
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

    if TYPE_CHECKING:

        def __init__(
            self,
            fixed_start: Mapping[str, str] = ...,
            must: Sequence[str] = ...,
            must_not: Sequence[str] = ...,
            exclusive: Sequence[Sequence[str]] = ...,
            not_before: Mapping[str, str] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check names and months, and what contradicts itself."""
        checks = Checks(text("the decisions cannot be used"))
        check_fields(checks, self)
        for name, month in (self.not_before or {}).items():
            if not is_month(month):
                place = text("{what} of {name}", what="not_before", name=str(name))
                checks.add(place, as_written(month), text("a month YYYY-MM"))
        if not checks.problems:
            self._check_contradictions(checks)
        checks.check()

    def _check_contradictions(self, checks: Checks) -> None:
        wanted = [*self.must, *self.fixed_start]
        for name in self.must_not:
            if name in wanted:
                found = text("{technology}, which is wanted as well", technology=name)
                checks.add("must_not", found, text("either must or fixed_start, or must_not"))
        for group in self.exclusive:
            both = tuple(name for name in group if name in wanted)
            if len(both) > 1:
                allowed = text("at most one of {group}", group=tuple(group))
                checks.add("exclusive", text("{technologies} are wanted", technologies=both), allowed)


def check_classes(checks: Checks, classes: Sequence[RankClass]) -> None:
    """Note last ranks that are missing or do not rise."""
    bounds = [one.up_to for one in classes]
    stated = [bound for bound in bounds if bound is not None]
    if not bounds or bounds[-1] is not None or len(stated) != len(bounds) - 1:
        found = text("last ranks {ranks}", ranks=tuple(map(str, stated)) or "-")
        allowed = text("up_to in every class but the last, which holds all the rest")
        checks.add("rank_classes", found, allowed)
    elif any(after <= before for before, after in pairwise(stated)):
        found = text("last ranks {ranks}", ranks=tuple(map(str, stated)))
        checks.add("rank_classes", found, text("last ranks that rise from class to class"))


def phases_of(checks: Checks, phases: Any) -> Sequence[Phase]:
    """Return phases, also from a first and a last year under each name."""
    named = as_mapping(phases)
    if named is None:
        return phases if isinstance(phases, Sequence) else (phases,)
    placed: list[Phase] = []
    for name, years in named.items():
        place = text("phases, {name}", name=str(name))
        if isinstance(years, str) or not isinstance(years, Sequence) or len(years) != 2:
            checks.add(place, as_written(years), text("a first and a last year"))
            continue
        try:
            placed.append(Phase(name, *years))
        except InputError as error:
            checks.take(error, place)
    return placed


def staff_of(checks: Checks, staff: Any) -> Staff | None:
    """Return the staff, also from people by year."""
    if isinstance(staff, Staff):
        return staff
    try:
        return Staff("", staff)
    except InputError as error:
        checks.take(error, text("staff"))
        return None


def check_horizon(checks: Checks, resources: Resources) -> None:
    """Note what contradicts horizon, phases, years and periods; shares of outlays that are no whole."""
    start, end = resources.start, resources.end
    if end < start:
        found = text("end {end} before start {start}", end=end, start=start)
        checks.add("resources", found, text("an end after the start"))
        return
    years = range(int(start[:4]), int(end[:4]) + 1)
    if not resources.discount_rate < 1:
        checks.add("discount_rate", repr(resources.discount_rate), text("from 0 to below 1"))
    _check_phases(checks, resources, years)
    limits = [(text("budget {fund}", fund=fund.id), fund.per_year) for fund in resources.funds]
    if resources.staff is not None:
        limits.append((text("staff"), resources.staff.per_year))
    for place, per_year in limits:
        if lacking := tuple(str(year) for year in years if year not in per_year):
            found = text("no amount for {years}", years=lacking)
            allowed = text("an amount for each year of the horizon")
            checks.add(place, found, allowed, text("give 0 where there is none"))
    check_classes(checks, resources.rank_classes)
    check_outlays(checks, resources.outlays)
    for name, month in resources.decisions.fixed_start.items():
        _check_start(checks, resources, name, month)


def _check_phases(checks: Checks, resources: Resources, years: range) -> None:
    phases = resources.phases
    check_named_once(checks, "phases", [phase.id for phase in phases])
    check_named_once(checks, "funds", [fund.id for fund in resources.funds])
    for before, after in pairwise(phases):
        if after.first_year <= before.last_year:
            found = text("{before} and {after} that overlap", before=before.id, after=after.id)
            checks.add("phases", found, text("phases one after the other"))
    for year in years:
        if not any(phase.first_year <= year <= phase.last_year for phase in phases):
            allowed = text("a phase for each year of the horizon")
            checks.add("phases", text("none with {year}", year=year), allowed)
    for name in resources.sector_minimum:
        if name not in [phase.id for phase in phases]:
            checks.unknown("sector_minimum", name, [phase.id for phase in phases])


def _check_start(checks: Checks, resources: Resources, name: str, month: str) -> None:
    place = text("{what} of {name}", what="fixed_start", name=name)
    first, last, given = (_number_of(one) for one in (resources.start, resources.end, month))
    step = resources.period_months
    if not first <= given <= last:
        allowed = text("{first} to {last}", first=Month(resources.start), last=Month(resources.end))
        checks.add(place, month, allowed)
    elif (given - first) % step:
        near = [Month(_month_of(first + ((given - first) // step + more) * step)) for more in (0, 1)]
        proposal = text("nearest: {before}, {after}", before=near[0], after=near[1])
        checks.add(place, month, text("the start of a period"), proposal)


def _number_of(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:]) - 1


def _month_of(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
