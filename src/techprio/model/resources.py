"""What a plan may use: phases, money by source, people, and the constants of the phasing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from techprio.language import NO_LABEL, Label, Text, text

CarryOver = Literal["within phase", "none", "whole horizon"]


@dataclass(frozen=True)
class Phase:
    """A phase of the roadmap; it holds the years from first to last, both included."""

    id: str
    first_year: int
    last_year: int
    note: str = ""


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
    label: Label
    per_year: Mapping[int, float]
    hard: bool = True
    carry_over: CarryOver = "within phase"
    plan_clause: str = ""


@dataclass(frozen=True)
class Staff:
    """Newly trained people by year; with ``accumulates`` those of earlier years stay available."""

    label: Label
    per_year: Mapping[int, float]
    hard: bool = True
    accumulates: bool = True
    plan_clause: str = ""


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

    fixed_start: Mapping[str, str] = field(default_factory=dict)
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
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

    id: str
    start: str
    end: str
    phases: tuple[Phase, ...]
    funds: tuple[Fund, ...]
    staff: Staff | None = None
    currency: str = "billion VND"
    period_months: int = 6
    discount_rate: float = 0.08
    lead_factor: Mapping[str, float] = field(default_factory=dict)
    earliest_start_months: Mapping[int, int] = field(default_factory=dict)
    sector_minimum: Mapping[str, int] = field(default_factory=dict)
    decisions: Decisions = Decisions()
    version: str = ""
    illustrative: bool = False
    note: Label = NO_LABEL

    @property
    def money(self) -> Text | str:
        """The unit of money in both languages, where it is the usual one; else as it was given."""
        return text("billion VND") if self.currency == "billion VND" else self.currency

    def fund(self, name: str) -> Fund:
        """Return a source of funds by its id."""
        return next(fund for fund in self.funds if fund.id == name)
