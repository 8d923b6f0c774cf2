"""The annexes of the roadmap: lists, schedule, money, what each agency is charged with, the comment form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from techprio.display.quantities import NUMBER
from techprio.language import text
from techprio.model.catalog import PARTNERS, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.monitoring import LEAD_AGENCY
from techprio.model.plan import OPERATIONAL, START
from techprio.model.resources import PHASE
from techprio.reporting.master_list import annex_list
from techprio.reporting.products.agencies import agency_lines
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Grid, Heading, Para, Part, Words
from techprio.reporting.products.roadmap import ROUNDED
from techprio.reporting.products.wording import (
    AGENCIES,
    agencies_note,
    agency_in_table,
    month,
    number,
    row_of,
)


def roadmap_annexes(matter: Matter) -> tuple[Annex, ...]:
    """Return the six annexes: lists, schedule, money, agencies."""
    middle = [*matter.role("platform"), *(n for n in matter.role("core"))]
    return (
        Annex(
            text("List of priority technologies"), (_list(matter, matter.priorities, phase=True),), wide=True
        ),
        Annex(text("List of platform and core technologies"), (_list(matter, middle, role=True),), wide=True),
        Annex(
            text("List of technologies encouraged for innovation"),
            (_list(matter, matter.encouraged),),
            wide=True,
        ),
        Annex(text("Roadmap by year"), (_by_start(matter),), wide=True),
        Annex(text("Money by source, year and sector"), tuple(_money(matter)), wide=True),
        Annex(text("What each agency is charged with"), tuple(_agencies(matter)), points=11),
    )


def _agencies(matter: Matter) -> Iterator[Part]:
    for agency in AGENCIES:
        yield Heading(agency, 2)
        yield from agency_lines(matter, agency)


_CENTERED = (NUMBER.key, TECHNOLOGY.key, PHASE.key, START.key, OPERATIONAL.key)


def _list(matter: Matter, names: Sequence[str], *, role: bool = False, phase: bool = False) -> Grid:
    """Return the master list as an annex has it: agencies short, months as they are written in numbers."""
    table = annex_list(matter, names, role=role, phase=phase)
    columns = tuple(
        Col(one.quantity.heading, one.width or 0, "center" if one.key in _CENTERED else "left")
        for one in table.columns
    )
    keys = [one.key for one in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    strong = tuple(place for place, row in enumerate(rows) if not row[TECHNOLOGY.key])
    cells = tuple(tuple(_cell(row, key, shown=phase) for key in keys) for row in rows)
    agencies = [str(matter.cells[name]["lead_agency"]) for name in names]
    named = [*agencies, *(one for name in names for one in matter.partners(name))]
    return Grid(columns, cells, note=agencies_note(named), points=10, strong=strong)


def _cell(row: Mapping[str, Any], key: str, *, shown: bool) -> Words:
    """Return a cell as the annex writes it; what is not placed says so in the first column on time."""
    value = row[key]
    if not row[TECHNOLOGY.key]:
        return value if key == TECHNOLOGY_NAME.key else ""
    if key == (PHASE.key if shown else START.key) and not value:
        return text("not placed")
    if key in (START.key, OPERATIONAL.key):
        return month(value)
    if key == LEAD_AGENCY.key:
        return agency_in_table(value.vi)
    if key == PARTNERS.key:
        return row_of(map(agency_in_table, value)) if value else "-"
    return str(value) if isinstance(value, int) else value or "-"


def _by_start(matter: Matter) -> Grid:
    cells = matter.cells
    rows: list[tuple[Words, ...]] = []
    for year in matter.years:
        begun = [n for n in matter.placed if str(cells[n]["start"])[:4] == str(year)]
        done = sum(str(cells[n]["operational"])[:4] == str(year) for n in matter.placed)
        if begun or done:
            rows.append((str(year), str(len(begun)), str(done), _begun(matter, begun)))
    columns = (
        Col(text("Year"), 5, "center"), Col(text("Begun"), 6, "center"),
        Col(text("Operational"), 7, "center"),
        Col(text("Technologies that begin, by month of start (month of operation)"), 82),
    )  # fmt: skip
    return Grid(columns, tuple(rows), points=10)


def _begun(matter: Matter, names: Sequence[str]) -> Words:
    """Return the technologies that begin in a year, by month, each with the month of its operation."""
    cells = matter.cells
    parts: list[Words] = []
    for start in sorted({str(cells[name]["start"]) for name in names}):
        own = [
            text("{name} ({month})", name=matter.short_name(n), month=month(str(cells[n]["operational"])))
            for n in names
            if cells[n]["start"] == start
        ]
        parts.append(text("{month}: {names}", month=month(start), names=row_of(own)))
    return row_of(parts, ". ") if parts else "-"


def _money(matter: Matter) -> Iterator[Part]:
    heads = [Col(fund.label, 18, "right") for fund in matter.funds]
    whole = Col(text("Total"), 14, "right")
    rows: list[tuple[Words, ...]] = []
    for year in matter.years:
        sums = [matter.spent(fund=fund.id, years=[year]) for fund in matter.funds]
        rows.append((str(year), *(number(one, 1) for one in sums), number(sum(sums), 1)))
    sums = [matter.spent(fund=fund.id) for fund in matter.funds]
    rows.append((text("Total"), *(number(one, 1) for one in sums), number(matter.total, 1)))
    note = text("In {unit}. {rounded}", unit=matter.money, rounded=ROUNDED)
    yield Grid(
        (Col(text("Year"), 14, "center"), *heads, whole),
        tuple(rows),
        note=note,
        points=10,
        strong=(len(rows) - 1,),
    )
    rows = []
    for sector in matter.sectors:
        own = matter.of_sector(sector.code)
        sums = [matter.spent(fund=fund.id, technologies=own) for fund in matter.funds]
        rows.append(
            (matter.sector_label(sector.code), *(number(one, 1) for one in sums), number(sum(sums), 1))
        )
    sums = [matter.spent(fund=fund.id) for fund in matter.funds]
    rows.append((text("Total"), *(number(one, 1) for one in sums), number(matter.total, 1)))
    yield Grid(
        (Col(text("Sector"), 26), *heads, whole), tuple(rows), note=note, points=10, strong=(len(rows) - 1,)
    )


def comment_form() -> Annex:
    """Return the form on which comments come back, with the columns of the table of comments."""
    columns = (
        Col(text("Section, technology"), 26),
        Col(text("Comment"), 40),
        Col(text("Proposed wording"), 34),
    )
    parts: tuple[Part, ...] = (
        Para(text("Agency, organisation: {blank}", blank="…" * 24)),
        Para(text("Group: {blank}", blank="…" * 24)),
        Para(text("Date: {blank}", blank="…" * 12)),
        Grid(columns, tuple(("", "", "") for _ in range(14))),
    )
    return Annex(text("Comment form"), parts)
