"""``ke-hoach-nam``: what starts, runs and is finished in a year, with money and people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from techprio.errors import InputError
from techprio.language import Text, text
from techprio.reporting.products.basis import plan_cited
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.summary import passed_parts
from techprio.reporting.products.wording import (
    AGENCIES,
    STANDING,
    agency_label,
    amount,
    month,
    number,
    page_of,
    roman,
    row_of,
    workbook,
)

_MOST_ROWS = 8
"""How many technologies a list of the text has at most; a longer one is an annex."""


def year_paper(matter: Matter, year: int) -> Paper:
    """Return the plan of a year.

    Parameters
    ----------
    matter : Matter
    year : int
        0 for the first of the roadmap.

    Raises
    ------
    InputError
        A year that the roadmap does not have.
    """
    years = matter.years
    year = year or years[0]
    if year not in years:
        raise InputError.argument("--year", found=year, allowed=f"{years[0]}-{years[-1]}")
    title = text("Implementation in {year}: {title}", year=year, title=matter.study.title)
    long = [(words, names) for words, names in _tasks(matter, year) if len(names) > _MOST_ROWS]
    annexes = tuple(Annex(words, (_grid(matter, names),)) for words, names in long)
    return Paper("ke-hoach-nam", "plan", title, tuple(_parts(matter, year)), annexes, draft=True)


def _tasks(matter: Matter, year: int) -> list[tuple[Text, list[str]]]:
    """Return what begins, goes on and is brought into operation in a year."""
    cells = matter.cells
    starts = [n for n in matter.placed if str(cells[n]["start"])[:4] == str(year)]
    ends = [n for n in matter.placed if str(cells[n]["operational"])[:4] == str(year)]
    goes_on = [
        n for n in matter.placed if str(cells[n]["start"])[:4] < str(year) < str(cells[n]["operational"])[:4]
    ]
    return [
        (text("To begin in the year"), starts),
        (text("To be continued"), goes_on),
        (text("To be brought into operation"), ends),
    ]


def _parts(matter: Matter, year: int) -> Iterator[Part]:
    tasks = _tasks(matter, year)
    following = [n for n in matter.placed if str(matter.cells[n]["start"])[:4] == str(year + 1)]
    yield from passed_parts(matter)
    yield Para(
        text("Carrying out {plan}, the {agency} issues this plan:", plan=plan_cited(matter), agency=STANDING)
    )
    yield Heading(text("Aim and requirements"))
    yield from matter.written(
        "process",
        text("What is this year for, and what is required of the agencies?"),
        STANDING,
        part="ke-hoach-nam",
    )
    yield Heading(text("Main tasks"))
    annexed = [words for words, names in tasks if len(names) > _MOST_ROWS]
    for words, names in tasks:
        yield Heading(words, 2)
        if words in annexed:
            sign = (
                text("Annex {number}", number=roman(annexed.index(words) + 1))
                if annexed[1:]
                else text("Annex")
            )
            yield _counted(matter, names, sign)
        else:
            yield _grid(matter, names) if names else Para(text("None."))
    yield Heading(text("To be prepared for the next year"), 2)
    yield Para(
        text("{names}.", names=row_of(map(matter.short_name, following))) if following else text("None.")
    )
    yield Heading(text("Money of the year"))
    yield _money(matter, year)
    yield Heading(text("Training"))
    yield from _people(matter, year)
    yield Heading(text("Organisation of the work"))
    for agency in AGENCIES:
        own = {*matter.led_by(agency)} & {name for _, names in tasks for name in names}
        if own:
            yield Para(
                text("{agency}: leads {count} technologies of the year.", agency=agency, count=len(own)),
                "dash",
            )
    yield Para(text("{workbook}.", workbook=workbook("roadmap", "money", "staff")))
    yield Para(text("Reports every six months and every year to the {agency}./.", agency=STANDING))


def _counted(matter: Matter, names: Sequence[str], annex: Text) -> Para:
    """Say how many technologies a list has, by agency, and where the list is."""
    led = Counter(agency_label(str(matter.cells[name]["lead_agency"])) for name in names)
    parts = [text("{agency} {count}", agency=agency, count=count) for agency, count in led.items()]
    return Para(
        text("{count} technologies ({annex}): {parts}.", count=len(names), annex=annex, parts=row_of(parts))
    )


def _grid(matter: Matter, names: Sequence[str]) -> Grid:
    """Return technologies with their months and the agency that leads each."""
    cells = matter.cells
    rows = tuple(
        (
            matter.name(n),
            month(str(cells[n]["start"])),
            month(str(cells[n]["operational"])),
            agency_label(str(cells[n]["lead_agency"])),
        )
        for n in names
    )
    columns = (
        Col(text("Technology"), 50), Col(text("Start"), 12, "center"), Col(text("Operational"), 12, "center"),
        Col(text("Lead agency"), 26),
    )  # fmt: skip
    return Grid(columns, rows, points=11.5)


def _money(matter: Matter, year: int) -> Grid:
    led = {name: page_of(str(matter.cells[name]["lead_agency"])) for name in matter.placed}
    rows: list[tuple[Words, ...]] = []
    for agency in AGENCIES:
        own = [name for name, lead in led.items() if lead == agency]
        sums = [matter.spent(fund=fund.id, years=[year], technologies=own) for fund in matter.funds]
        if sum(sums):
            rows.append((agency, *map(amount, sums), amount(sum(sums))))
    sums = [matter.spent(fund=fund.id, years=[year]) for fund in matter.funds]
    rows.append((text("Total"), *map(amount, sums), amount(sum(sums))))
    columns = (
        Col(text("Lead agency"), 28),
        *(Col(fund.label, 15, "right") for fund in matter.funds),
        Col(text("Total"), 12, "right"),
    )
    note = text(
        "In {unit}; expected sums, which follow the budget that is decided for the year.", unit=matter.money
    )
    return Grid(columns, tuple(rows), note=note, points=11, strong=(len(rows) - 1,))


def _people(matter: Matter, year: int) -> Iterator[Part]:
    staff = matter.figures.staff
    sector = matter.table["sector"].to_dict()
    own = staff[staff["year"] == year]
    parts = []
    for one in matter.sectors:
        count = float(own.loc[[sector[name] == one.code for name in own["technology"]], "people"].sum())
        if count:
            parts.append(text("{sector} {count}", sector=matter.sector_label(one.code), count=number(count)))
    needed, available = matter.people_by(year)
    if parts:
        yield Para(text("People to be ready in the year: {parts}.", parts=row_of(parts)))
    if available:
        yield Para(
            text(
                "By the end of the year {needed} people are needed in all, {available} are available.",
                needed=number(needed), available=number(available),
            )
        )  # fmt: skip
