"""``chinh-sach``: which support is needed, for which technologies, at what cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techprio.language import Text, text
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.wording import STANDING, agency_label, amount, province_label, row_of

_ASKED: tuple[tuple[str, Text], ...] = (
    ("problem", text("Problem to be solved:")),
    ("content", text("Support:")),
    ("beneficiaries", text("For whom:")),
    ("funding", text("Source of money:")),
    ("agency", text("Agency that proposes it:")),
    ("basis", text("Basis:")),
)


def policies_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the draft of the support policies.

    Parameters
    ----------
    matter : Matter
    draft : bool
    """
    province = province_label(matter.letterhead.province)
    return Paper(
        "chinh-sach",
        "report",
        text("Draft mechanisms and policies in support of the roadmap"),
        tuple(_parts(matter)),
        annexes=(Annex(text("Technologies short of money or people"), (_short(matter),)),),
        addressees=(text("People's Committee of {province}", province=province),),
        draft=draft,
    )


def _parts(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Need"))
    yield from matter.written(
        "necessity", text("Why is support needed, in three or four sentences?"), STANDING, part="chinh-sach"
    )
    yield Heading(text("Aim, scope, beneficiaries"))
    yield from matter.written(
        "policies",
        text("What do the policies aim at, where, for whom?"),
        STANDING,
        part="chinh-sach",
        else_whole=True,
    )
    yield Heading(text("Content of the policies"))
    rows = matter.rows("policies")
    if not rows:
        question = text("Which support is given to whom, from which source, on which basis?")
        yield Dots(question, "policies.csv", STANDING)
    for row in rows:
        yield from _policy(matter, row)
    yield Heading(text("Expected resources"))
    touched = sorted({one for row in rows for one in row["technologies"]})
    if touched:
        yield _money(matter, touched)
    else:
        yield Dots(text("Which technologies does each policy touch?"), "policies.csv", STANDING)
    yield Heading(text("Authority and procedure"))
    question = text("Who issues each policy, and by which procedure, where it is a general rule?")
    yield from matter.written("support", question, text("legal officers"), part="chinh-sach")
    yield Para(text("{workbook}./.", workbook=matter.workbook("money", "limits")))


def _policy(matter: Matter, row: Mapping[str, Any]) -> Iterator[Part]:
    yield Heading(row["policy"], 2)
    for key, lead in _ASKED:
        words = row[key]
        if words:
            yield Para(agency_label(str(words)) if key == "agency" else words, lead=lead)
        else:
            yield Para("", lead=lead)
            yield Dots(
                text("{asked} of “{policy}”", asked=lead, policy=row["policy"]), "policies.csv", STANDING
            )
    own = [one for one in row["technologies"] if one in matter.table.index]
    if own:
        parts = [
            text("{fund} {amount}", fund=fund.label, amount=amount(whole))
            for fund in matter.funds
            if (whole := matter.spent(fund=fund.id, technologies=own))
        ]
        yield Para(
            text(
                "Technologies: {names}; money ({unit}): {parts}.",
                names=row_of(map(matter.name, own)), unit=matter.money, parts=row_of(parts) if parts else "0",
            )
        )  # fmt: skip


def _money(matter: Matter, touched: list[str]) -> Grid:
    columns = [Col(text("Source"), 40), *(Col(phase.id, 30, "right") for phase in matter.phases)]
    rows: list[tuple[Words, ...]] = []
    for fund in matter.funds:
        cells = [
            matter.spent(
                fund=fund.id, years=range(phase.first_year, phase.last_year + 1), technologies=touched
            )
            for phase in matter.phases
        ]
        rows.append((fund.label, *map(amount, cells)))
    note = text("In {unit}; money of the technologies that the policies touch.", unit=matter.money)
    return Grid(tuple(columns), tuple(rows), note=note)


def _short(matter: Matter) -> Grid:
    rows = tuple((matter.whole_name(one), matter.reason(one)) for one in matter.unplaced)
    columns = (Col(text("Technology"), 38), Col(text("Why, and what would place it"), 62))
    return Grid(columns, rows or ((text("None."), "-"),), small=True)
