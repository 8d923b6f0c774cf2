"""The tables of single agencies: money by year, people by sector, capital of firms, who leads what."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from techprio.language import Text, text
from techprio.model.funds import Fund
from techprio.reporting.products.matter import PUBLIC, Matter
from techprio.reporting.products.parts import Col, Grid, Heading, Para, Part, Words
from techprio.reporting.products.wording import AGENCIES, month, number, percent, row_of

_MORE = re.compile(r"([\d.,]+) người được đào tạo")
_NEEDED = re.compile(r"cần ([\d.,]+) người, nhưng đến hết năm \d+ chỉ đào tạo được ([\d.,]+) người")
_THROUGH = "công nghệ này không thể bố trí"  # the people are wanted by what it needs, which is named itself


def finance_parts(matter: Matter, level: Literal[2, 3] = 2) -> Iterator[Part]:
    """Give limits and needs by year, where little is left, and what draws on the local budget first."""
    yield Heading(text("Need and limit by year ({unit})", unit=matter.money), level)
    state = [fund for fund in matter.funds if fund.id in PUBLIC]
    others = [fund for fund in matter.funds if fund.id not in PUBLIC]
    yield _limits(matter, state, first=1)
    if others and level == 2:  # the annex has the money of the state only
        yield _limits(matter, others, first=len(state) + 1)
    if tight := matter.full_years:
        yield Para(text("At 95% of what is at hand or above: {years}.", years=tight))
    years = matter.years[:1]
    local = matter.figures.spending
    drawn = local[(local["fund"] == "local") & local["year"].isin(years)]["technology"].unique()
    names = [matter.short_name(str(name)) for name in drawn]
    if names:
        yield Heading(text("Technologies that draw on the local budget in {year}", year=years[0]), level)
        yield Para(text("{names}.", names=row_of(names)))


def _limits(matter: Matter, funds: Sequence[Fund], *, first: int) -> Grid:
    """Return limit, need, what is left and what share is used of some sources of money, by year."""
    frame = matter.figures.budget
    columns = [Col(text("Year"), 10, "center")]
    for place in range(first, first + len(funds)):
        heads = (text("Limit"), text("Money needed"), text("Left in the phase"), text("Share used"))
        columns += [Col(text("{head} ({place})", head=head, place=place), 11, "right") for head in heads]
    rows: list[tuple[Words, ...]] = []
    for year in matter.years:
        cells: list[Words] = []
        for fund in funds:
            row = frame[(frame["fund"] == fund.id) & (frame["year"] == year)].iloc[0]
            share = row["cumulative_used"] / row["cumulative_limit"] if row["cumulative_limit"] else 0.0
            left = float(row["cumulative_limit"] - row["cumulative_used"])
            sums = (float(row["limit"]), float(row["used"]), left)
            cells += [*(number(one, 1) for one in sums), percent(share)]
        rows.append((str(year), *cells))
    named = [
        text(
            "({place}) {fund}, limit {kind}",
            place=place, fund=fund.label,
            kind=text("not to be passed") if fund.hard else text("for orientation"),
        )
        for place, fund in enumerate(funds, start=first)
    ]  # fmt: skip
    return Grid(tuple(columns), tuple(rows), note=text("{names}.", names=row_of(named)), points=10)


def people_parts(matter: Matter, level: Literal[2, 3] = 2) -> Iterator[Part]:
    """Give the people who must be ready, by year and sector, and what has no place for want of people."""
    yield Heading(text("People to be ready, by year and sector"), level)
    staff = matter.figures.staff
    sector = matter.table["sector"].to_dict()
    frame = staff.assign(sector=[sector[name] for name in staff["technology"]])
    shown = [s for s in matter.sectors if (frame["sector"] == s.code).any()]
    columns = (
        Col(text("Year"), 8, "center"), *(Col(matter.sector_label(s.code), 12, "right") for s in shown),
        Col(text("Needed in all"), 11, "right"), Col(text("Available"), 11, "right"),
    )  # fmt: skip
    rows = []
    for year in matter.years:
        own = [
            float(frame[(frame["sector"] == s.code) & (frame["year"] == year)]["people"].sum()) for s in shown
        ]
        needed, available = matter.people_by(year)
        rows.append((str(year), *(number(one) for one in own), number(needed), number(available)))
    yield Grid(columns, tuple(rows), points=10, note=text("The last two columns count from the beginning."))
    short = {name: found for name in matter.unplaced if (found := people_short(matter.reason(name).vi))}
    if short:
        yield Heading(text("Technologies without a place for want of people"), level)
        parts = [
            text("{name}: {people} trained people more", name=matter.short_name(name), people=number(people))
            for name, people in short.items()
        ]
        yield Para(text("{names}.", names=row_of(parts)))


def people_short(reason: str) -> int:
    """Return how many people more would place a technology; 0 where it does not want people itself.

    Parameters
    ----------
    reason : str
        Why it has no place, in Vietnamese, as a result keeps it.

    Examples
    --------
    >>> people_short("cần 1.250 người, nhưng đến hết năm 2030 chỉ đào tạo được 1.100,5 người")
    150
    >>> people_short("thiếu nguồn lực: thêm 182 người được đào tạo thì bố trí được từ tháng 7/2033")
    182
    """
    if _THROUGH in reason:
        return 0
    lacking = [_read(needed) - _read(limit) for needed, limit in _NEEDED.findall(reason)]
    lacking += map(_read, _MORE.findall(reason))
    return math.ceil(max(lacking, default=0.0) - 1e-9)


def _read(written: str) -> float:
    return float(written.replace(".", "").replace(",", "."))


def firms_capital(matter: Matter) -> Grid:
    """Return the capital that firms put up, by sector and year."""
    years = matter.years
    rows: list[tuple[Words, ...]] = []
    for sector in matter.sectors:
        own = matter.of_sector(sector.code)
        sums = [matter.spent(fund="enterprise", years=[year], technologies=own) for year in years]
        rows.append((matter.sector_label(sector.code), *(number(one, 1) for one in sums)))
    whole = [matter.spent(fund="enterprise", years=[year]) for year in years]
    rows.append((text("Total"), *(number(one, 1) for one in whole)))
    columns = (Col(text("Sector"), 26), *(Col(str(year), 9, "right") for year in years))
    return Grid(columns, tuple(rows), points=9.5, strong=(len(rows) - 1,))


def leads_by_agency(matter: Matter) -> Grid:
    """Return what each agency leads: technologies, money, money of the state, next start."""
    rows: list[tuple[Words, ...]] = []
    for agency in AGENCIES:
        leads = matter.led_by(agency)
        if leads:
            starts = min(str(matter.cells[name]["start"]) for name in leads)
            rows.append((agency, str(len(leads)), *_sums(matter, leads), month(starts)))
    rows.append((text("Total"), str(len(matter.placed)), *_sums(matter, matter.placed), ""))
    columns = (
        Col(text("Lead agency"), 36), Col(text("Technologies"), 16, "right"), Col(text("Money"), 16, "right"),
        Col(text("Of it money of the state"), 18, "right"), Col(text("First start"), 14, "center"),
    )  # fmt: skip
    return Grid(columns, tuple(rows), points=10, strong=(len(rows) - 1,))


def _sums(matter: Matter, technologies: Sequence[str]) -> tuple[Words, Words]:
    state = sum(matter.spent(fund=one, technologies=technologies) for one in PUBLIC)
    return number(matter.spent(technologies=technologies), 1), number(state, 1)


def named_in_plan(matter: Matter, clause: str) -> list[str]:
    """Return the technologies that a clause of the plan names, the first to begin first."""
    cited = re.compile(rf"(^|[;,\s(]){re.escape(clause)}(?![\w.])")
    written = matter.table.get("plan_clauses", {})
    return [name for name in (*matter.placed, *matter.unplaced) if cited.search(_one(written.get(name, "")))]


def _one(clauses: Any) -> str:
    return "; ".join(clauses) if isinstance(clauses, list | tuple) else str(clauses)


def with_months(matter: Matter, name: str) -> Text:
    """Return a technology with its months of start and operation, or that it has no place."""
    row = matter.cells[name]
    if name in matter.unplaced:
        return text("{name} (not placed)", name=matter.short_name(name))
    return text("{name} ({start}-{operational})", name=matter.short_name(name),
                start=month(str(row["start"])), operational=month(str(row["operational"])))  # fmt: skip
