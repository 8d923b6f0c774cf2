"""What is put before the People's Committee: submission, decision with the roadmap, policies in its support.

``to-trinh``: what is asked for and what is uncertain; ``quyet-dinh``: the decision, with the roadmap and its
annexes attached; ``chinh-sach``: which support is needed, for which technologies, at what cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.reporting.products.annexes import roadmap_annexes
from techprio.reporting.products.basis import core_parts, legal_parts, plan_cited, practical, scientific
from techprio.reporting.products.dates import year_of
from techprio.reporting.products.letter import enclosed_with_decision
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.roadmap import ROADMAP_POINTS, roadmap_parts, roadmap_subject
from techprio.reporting.products.summary import decisions, over_and_out, passed_parts, uncertain
from techprio.reporting.products.wording import (
    AGENCIES,
    STANDING,
    agency_label,
    amount,
    lettered,
    province_label,
    row_of,
    workbook,
)

_ASKED: tuple[tuple[str, Text], ...] = (
    ("problem", text("Problem to be solved:")),
    ("content", text("Support:")),
    ("beneficiaries", text("For whom:")),
    ("funding", text("Source of money:")),
    ("agency", text("Agency that proposes it:")),
    ("basis", text("Basis:")),
)


def submission_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the submission.

    Parameters
    ----------
    matter : Matter
    draft : bool
    """
    return Paper(
        "to-trinh",
        "submission",
        text("On the approval of: {title}", title=matter.study.title),
        tuple(_submission_parts(matter)),
        addressees=(
            text("People's Committee of {province}", province=province_label(matter.letterhead.province)),
        ),
        draft=draft,
    )


def _submission_parts(matter: Matter) -> Iterator[Part]:
    yield Para(
        text(
            "Carrying out {plan}, the {agency} submits the roadmap to the People's Committee of the "
            "province for "
            "consideration and approval, as follows:",
            plan=plan_cited(matter),
            agency=STANDING,
        )
    )
    yield from passed_parts(matter)
    yield Heading(text("Need"))
    yield from matter.written(
        "necessity",
        text("Why is the roadmap needed now, in three or four sentences?"),
        STANDING,
        part="to-trinh",
        else_whole=True,
    )
    yield Heading(text("Basis"))
    yield Heading(text("Legal basis"), 2)
    yield from legal_parts(matter, "to-trinh")
    yield Heading(text("Scientific basis"), 2)
    yield Para(scientific(matter))
    yield Heading(text("Practical basis"), 2)
    yield Para(practical(matter))
    yield Heading(text("How it was prepared"))
    yield from matter.written(
        "process",
        text("Survey, reports, consultation: with days and numbers?"),
        STANDING,
        part="to-trinh",
        else_whole=True,
    )
    comments = matter.rows("comments")
    if comments:
        groups = row_of(dict.fromkeys(row["group"] for row in comments))
        yield Para(text("{count} comments were received from: {groups}.", count=len(comments), groups=groups))
    yield from core_parts(matter)
    yield Heading(text("Feasibility, and what is not certain"))
    for words in (*over_and_out(matter), *uncertain(matter)):
        yield Para(words, "dash")
    yield Heading(text("Decisions that are asked for"))
    for place, words in enumerate(decisions(matter)):
        yield Para(words, lead=text("{letter})", letter=lettered(place)))
    yield Para(
        text(
            "The {agency} respectfully submits it to the People's Committee of the province for "
            "consideration and "
            "decision./.",
            agency=STANDING,
        )
    )
    yield Para(
        text(
            "(Enclosed: draft Decision; draft roadmap with its annexes; completed report; table of "
            "comments with the answers; "
            "draft policies; workbook of the figures.)"
        ),
        "note",
    )


def decision_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the decision.

    Parameters
    ----------
    matter : Matter
    draft : bool

    Raises
    ------
    InputError
        A placed technology that no agency leads.
    """
    bare = [name for name in matter.placed if not str(matter.cells[name]["lead_agency"]).strip()]
    if bare:
        found = text("technologies without a lead agency: {names}", names=", ".join(bare))
        raise InputError.argument(
            "lead_agency", found=found, allowed=text("a lead agency of every technology")
        )
    attached: tuple[Part, ...] = (
        Para("", "center", lead=text("ROADMAP")),
        Para("", "center", lead=roadmap_subject(matter)),
        Para(enclosed_with_decision(matter.letterhead, year_of(matter, "quyet-dinh")), "center"),
        *roadmap_parts(matter),
    )
    return Paper(
        "quyet-dinh",
        "decision",
        text("On the approval of: {title}", title=matter.study.title),
        tuple(_articles(matter)),
        annexes=roadmap_annexes(matter),
        attached=attached,
        draft=draft,
        points_in=ROADMAP_POINTS,
    )


def _articles(matter: Matter) -> Iterator[Part]:
    named = province_label(matter.letterhead.province)
    province = Label(*(words.upper() for words in named))
    yield Para("", "center", lead=text("THE PEOPLE'S COMMITTEE OF {province}", province=province))
    yield from legal_parts(matter, "quyet-dinh", pursuant=True)
    yield Para(
        text(
            "At the proposal of the Director of the {agency} in Submission no.      /TTr-{symbol} of      "
            "month      {year}.",
            agency=AGENCIES[0], symbol=matter.letterhead.symbol, year=year_of(matter, "to-trinh"),
        ),
        "basis",
    )  # fmt: skip
    yield Para("", "center", lead=text("DECIDES:"))
    yield Para(
        text("There is approved, attached to this Decision: {title}.", title=matter.study.title),
        lead=text("Article 1."),
    )
    yield Para(
        text(
            "The {agency} is charged with leading, together with the agencies and units concerned, the "
            "carrying out of the "
            "roadmap; with following it and urging it on; and with reporting to the People's Committee of "
            "the province at the set "
            "times.",
            agency=AGENCIES[0],
        ),
        lead=text("Article 2."),
    )
    yield Para(text("This Decision takes effect on the day of its signature."), lead=text("Article 3."))
    yield Para(
        text(
            "The Chief of Office of the People's Committee of the province; the directors of the "
            "departments; the heads of the "
            "boards and sectors; the chairmen of the People's Committees of communes and wards; the "
            "chairman of the Provincial "
            "Business Association and the agencies and organisations concerned carry out this Decision./."
        ),
        lead=text("Article 4."),
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
        tuple(_policies(matter)),
        annexes=(Annex(text("Technologies short of money or people"), (_short(matter),)),),
        addressees=(text("People's Committee of {province}", province=province),),
        draft=draft,
    )


def _policies(matter: Matter) -> Iterator[Part]:
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
    yield Para(text("{workbook}./.", workbook=workbook("money", "limits")))


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
