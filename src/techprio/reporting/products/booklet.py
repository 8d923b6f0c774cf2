"""``tuyen-truyen``: what the roadmap is to firms, cooperatives and communes, after it is approved."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.reporting.products.basis import cited, kind_of
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.roadmap import lanes
from techprio.reporting.products.wording import STANDING, agency_label, month, row_of, without_marks

_IN_A_SECTOR = 5


def booklet_paper(matter: Matter) -> Paper:
    """Return the booklet.

    Parameters
    ----------
    matter : Matter

    Raises
    ------
    InputError
        Figures that are examples: nothing of them is spread among firms.
    """
    if matter.study.illustrative:
        raise InputError(
            text(
                "the figures of this study are examples, so nothing of it is spread among firms and communes"
            )
        )
    return Paper("tuyen-truyen", "booklet", matter.study.title, tuple(_parts(matter)), points=13)


def _parts(matter: Matter) -> Iterator[Part]:
    yield Heading(text("What is the roadmap?"))
    yield from _what(matter)
    yield Heading(text("Which technologies are there for my sector?"))
    for sector in matter.sectors:
        yield from _sector(matter, sector.code)
    yield Heading(text("When is it carried out?"))
    yield Para(text("The technologies on which others build, from their start to their operation:"))
    yield lanes(matter, matter.role("platform"))
    yield Heading(text("Which support is there for firms and cooperatives?"))
    yield from _support(matter)
    yield Heading(text("What is to be done to take part?"))
    question = text("What does a firm or cooperative do, step by step, to take part?")
    yield from matter.written("support", question, STANDING, part="tuyen-truyen", else_whole=True)
    yield Heading(text("Who leads, and whom can I ask?"))
    yield _leads(matter)
    question = text("Which unit answers, at which address and telephone number?")
    yield from matter.written("contacts", question, STANDING)
    yield Heading(text("Comments and updates"))
    yield Para(text("The lists are looked through and updated every year."))
    yield Para(
        text("Firms, cooperatives and communes send comments and needs to the {agency}.", agency=STANDING)
    )
    yield from _imprint(matter)


def _decision(matter: Matter) -> Label | None:
    """Return how the decision is cited that approved the roadmap, where it is known."""
    rows = [row for row in matter.legal("tuyen-truyen") if kind_of(row) == "quyết định"]
    return cited(rows[-1]) if rows and rows[-1]["number"] else None


def _what(matter: Matter) -> Iterator[Part]:
    own = sum(not sector.cross for sector in matter.sectors)
    first, last = matter.phases[0], matter.phases[-1]
    yield Para(text("The roadmap says which technologies the province renews first, and when."))
    yield Para(text("It covers {sectors} sectors and the technologies that they share.", sectors=own))
    yield Para(
        text(
            "It names {count} technologies; {priority} of them have priority.",
            count=len(matter.placed),
            priority=len([n for n in matter.priorities if n in set(matter.placed)]),
        )
    )
    yield Para(
        text(
            "It runs from {first} to {last}, in {count} phases.",
            first=first.first_year,
            last=last.last_year,
            count=len(matter.phases),
        )
    )
    decision = _decision(matter)
    if decision is not None:
        yield Para(text("It was approved by {decision}.", decision=decision))
    yield Para(text("Taking part is voluntary: the roadmap is an orientation for firms, not a duty."))


def _sector(matter: Matter, code: str) -> Iterator[Part]:
    placed = set(matter.placed)
    names = [name for name in matter.of_sector(code) if name in placed]
    if not names:
        return
    first = [name for name in names if name in set(matter.priorities)]
    shown = [*first, *(name for name in names if name not in first)][:_IN_A_SECTOR]
    yield Heading(matter.sector_label(code), 2)
    for name in shown:
        row = matter.cells[name]
        vi, en = str(row.get("summary_vi") or ""), str(row.get("summary_en") or "")
        when = text(
            "From {start}, in operation from {operational}.",
            start=month(str(row["start"])),
            operational=month(str(row["operational"])),
        )
        summary = [Label(vi or en, en or vi)] if vi or en else []
        yield Para(row_of([*summary, when], " "), "dash", lead=text("{sector}:", sector=matter.name(name)))
    rest = len(names) - len(shown)
    if rest:
        yield Para(text("{count} further technologies are in the lists of the roadmap.", count=rest))


def _support(matter: Matter) -> Iterator[Part]:
    issued = [row for row in matter.rows("policies") if row["basis"]]
    if not issued:
        question = text("Which support was issued, by which document?")
        yield Dots(question, "policies.csv", STANDING)
    for row in issued:
        yield Para(
            text("{content} ({basis}).", content=row["content"], basis=row["basis"]),
            "dash",
            lead=text("{sector}:", sector=row["policy"]),
        )


def _leads(matter: Matter) -> Grid:
    rows: list[tuple[Words, ...]] = []
    for sector in matter.sectors:
        own = [n for n in matter.placed if matter.cells[n]["sector"] == sector.code]
        agencies = matter.table.loc[own, "lead_agency"].value_counts(sort=True).index
        if len(agencies):
            named: list[Label | Text | str] = [agency_label(str(one)) for one in agencies[:3]]
            rows.append((matter.sector_label(sector.code), row_of(named)))
    return Grid((Col(text("Sector"), 42), Col(text("Lead agency"), 58)), tuple(rows))


def _imprint(matter: Matter) -> Iterator[Part]:
    place = matter.letterhead.place or "……"
    named = Label(place, without_marks(place))
    yield Para(text("Published by the {agency}, {place}.", agency=STANDING, place=named), "note")
    decision = _decision(matter)
    if decision is None:
        yield Dots(text("Number and day of the decision that approved the roadmap?"), "legal.csv", STANDING)
    else:
        yield Para(decision, "note")
