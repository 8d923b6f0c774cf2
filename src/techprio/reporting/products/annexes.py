"""The annexes of the roadmap: lists, schedule, money, what each agency is charged with, the comment form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from techprio.language import text
from techprio.reporting.products.agencies import agency_parts
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
from techprio.reporting.words import ACTION_NAMES


def roadmap_annexes(matter: Matter) -> tuple[Annex, ...]:
    """Return the six annexes: lists, schedule, money, agencies."""
    middle = [*matter.role("platform"), *(n for n in matter.role("core"))]
    return (
        Annex(text("List of priority technologies"), (_list(matter, matter.priorities),), wide=True),
        Annex(text("List of platform and core technologies"), (_list(matter, middle, role=True),), wide=True),
        Annex(
            text("List of technologies encouraged for innovation"),
            (_list(matter, matter.encouraged),),
            wide=True,
        ),
        Annex(text("Roadmap by year"), (_by_start(matter),), wide=True),
        Annex(text("Money by source, year and sector"), tuple(_money(matter)), wide=True),
        Annex(text("What each agency is charged with"), tuple(_agencies(matter)), points=12),
    )


def _agencies(matter: Matter) -> Iterator[Part]:
    for agency in AGENCIES:
        yield Heading(agency)
        yield from agency_parts(matter, agency, small=True)


def _list(matter: Matter, names: Sequence[str], *, role: bool = False) -> Grid:
    columns = (
        Col(text("No."), 5, "center"), Col(text("Code"), 7, "center"), Col(text("Technology"), 38),
        Col(text("Role") if role else text("Form of action"), 10), Col(text("Phase"), 9, "center"),
        Col(text("Start"), 8, "center"), Col(text("Operational"), 8, "center"),
        Col(text("Lead agency"), 11), Col(text("Partners"), 25),
    )  # fmt: skip
    rows: list[tuple[Words, ...]] = []
    strong = []
    count = 0
    for sector in matter.sectors:
        own = [name for name in names if matter.table.loc[name, "sector"] == sector.code]
        if own:
            strong.append(len(rows))
            rows.append(("", "", matter.sector_label(sector.code), *[""] * 6))
        for name in own:
            count += 1
            rows.append(_line(matter, name, count, role=role))
    return Grid(columns, tuple(rows), note=agencies_note(), small=True, strong=tuple(strong))


_ROLES = {
    "platform": text("platform"),
    "core": text("core"),
    "encouraged": text("encouraged for innovation"),
    "watch": text("watch, not now"),
}


def _line(matter: Matter, name: str, count: int, *, role: bool) -> tuple[Words, ...]:
    row = matter.table.loc[name]
    kind: Words = _ROLES[str(row["role"])] if role else ACTION_NAMES.get(str(row["action"]), "-")
    return (
        str(count), name, matter.whole_name(name), kind, str(row["phase"] or "") or text("not placed"),
        month(str(row["start"] or "")), month(str(row["operational"] or "")),
        agency_in_table(str(row["lead_agency"])), _partners(matter, name),
    )  # fmt: skip


def _partners(matter: Matter, name: str) -> Words:
    return row_of(map(agency_in_table, matter.partners(name))) if matter.partners(name) else "-"


def _by_start(matter: Matter) -> Grid:
    columns = (
        Col(text("No."), 5, "center"), Col(text("Code"), 8, "center"), Col(text("Technology"), 47),
        Col(text("Sector"), 22), Col(text("Start"), 9, "center"), Col(text("Operational"), 9, "center"),
    )  # fmt: skip
    rows: list[tuple[Words, ...]] = []
    strong, year = [], ""
    for count, name in enumerate(matter.placed, start=1):
        row = matter.table.loc[name]
        if str(row["start"])[:4] != year:
            year = str(row["start"])[:4]
            strong.append(len(rows))
            rows.append(("", "", text("Begun in {year}", year=year), "", "", ""))
        rows.append(
            (
                str(count),
                name,
                matter.whole_name(name),
                matter.sector_label(str(row["sector"])),
                month(str(row["start"])),
                month(str(row["operational"])),
            )
        )
    return Grid(columns, tuple(rows), small=True, strong=tuple(strong))


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
        small=True,
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
        (Col(text("Sector"), 26), *heads, whole), tuple(rows), note=note, small=True, strong=(len(rows) - 1,)
    )


def comment_form() -> Annex:
    """Return the form on which comments come back, with the columns of the table of comments."""
    columns = (
        Col(text("Section, technology"), 26),
        Col(text("Comment"), 40),
        Col(text("Proposed wording"), 34),
    )
    parts: tuple[Part, ...] = (
        Para(text("Agency, organisation: ……………………………………… Group: ……………………… Date: ……………")),
        Grid(columns, tuple(("", "", "") for _ in range(14))),
    )
    return Annex(text("Comment form"), parts)
