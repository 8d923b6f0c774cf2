"""What several documents say alike: what the roadmap rests on, and its core in a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from techprio.language import Label, Text, text
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Dots, Heading, Para, Part, Words
from techprio.reporting.products.roadmap import by_sector
from techprio.reporting.products.summary import money_sentence
from techprio.reporting.products.wording import (
    AGENCIES,
    STANDING,
    measured,
    number,
    row_of,
    whole_percent,
    workbook,
)

_DOTS = "……"
_LAWS = ("luật", "bộ luật", "hiến pháp", "pháp lệnh")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_GOALS = 4


def core_parts(matter: Matter) -> Iterator[Part]:
    """Give goals, lists, phases, resources and agencies of the roadmap, a paragraph each."""
    yield Heading(text("Core of the roadmap"))
    yield Heading(text("Goals"), 2)
    goals = matter.rows("goals")
    if goals:
        yield from goal_parts(matter, goals)
    else:
        yield Dots(text("Which goals are reached by the end of each phase?"), "goals.csv", STANDING)
    yield Heading(text("Lists of technologies"), 2)
    yield Para(
        text(
            "{priority} priority technologies of {all} that were looked at:",
            priority=len(matter.priorities), all=len(matter.table),
        )
    )  # fmt: skip
    yield from by_sector(matter, matter.priorities, matter.short_name)
    yield Heading(text("Phases"), 2)
    parts = [
        text(
            "{count} technologies become operational in {phase}", count=len(matter.in_phase(p.id)), phase=p.id
        )
        for p in matter.phases
    ]
    yield Para(text("{parts}; {out} have no place yet.", parts=row_of(parts), out=len(matter.unplaced)))
    yield Heading(text("Resources"), 2)
    yield Para(money_sentence(matter))
    if len(matter.figures.people):
        last = matter.phases[-1].last_year
        yield Para(
            text(
                "{people} people are trained by {year}.", people=number(matter.people_by(last)[0]), year=last
            )
        )
    yield Para(text("{workbook}.", workbook=workbook("priorities", "roadmap", "limits", "staff")))
    yield Heading(text("Organisation of the work"), 2)
    leads = [
        text("{agency} {count}", agency=agency, count=len(matter.led_by(agency)))
        for agency in AGENCIES
        if matter.led_by(agency)
    ]
    yield Para(text("Technologies by lead agency: {leads}.", leads=row_of(leads)))


def goal_parts(matter: Matter, goals: Sequence[Mapping[str, Any]]) -> Iterator[Part]:
    """Give the goals of each phase in a line."""
    for phase in matter.phases:
        named = [
            text("{name}: {state}", name=row["indicator"], state=measured(row["target"], row["unit"]))
            for row in goals
            if row["phase"] == phase.id
        ][:_GOALS]
        if named:
            lead = text("By {year}:", year=phase.last_year)
            yield Para(text("{names}.", names=row_of(named)), "dash", lead=lead)


def plan_cited(matter: Matter) -> Words:
    """Return the plan of the province as it is cited, with blanks where its number and day are not known."""
    found = next((row for row in matter.rows("legal") if kind_of(row) == "kế hoạch"), None)
    if found is None:
        return text("Plan no. {blank} of the People's Committee of the province", blank=_DOTS)
    return cited(found)


def kind_of(row: Mapping[str, Any]) -> str:
    """Return the kind of a document that may be cited, in small Vietnamese letters."""
    return _label(row["kind"]).vi.casefold()


def legal_parts(matter: Matter, id: str, *, pursuant: bool = False) -> Iterator[Part]:
    """Give the documents that may be cited, a line each; dots where there are none."""
    rows = matter.legal(id)
    if not rows:
        yield Dots(text("On which documents does it rest, powers first?"), "legal.csv", STANDING)
    for place, row in enumerate(rows):
        end = "." if place == len(rows) - 1 and not pursuant else ";"
        if pursuant:
            yield Para(text("On the basis of {document}{end}", document=cited(row), end=end), "basis")
        else:
            yield Para(text("{document}{end}", document=cited(row), end=end), "dash")


def cited(row: Mapping[str, Any]) -> Label:
    """Return how a document is cited: kind, number, day, issuer, subject; a law by its day alone.

    Examples
    --------
    >>> law = {"kind": Label("Luật", "Law"), "title": Label("Đầu tư", "Investment"), "date": "2020-06-17"}
    >>> cited({**law, "number": "", "issuer": ""}).en
    'Law on Investment of 17 June 2020'
    """
    kind, issuer, title = (_label(row[key]) for key in ("kind", "issuer", "title"))
    dated = f"ngày {_day(str(row['date']))}"
    law = kind.vi.casefold() in _LAWS
    if law:
        vi = f"{kind.vi} {title.vi} {dated}"
    else:
        by = f" của {issuer.vi}" if issuer.vi else ""
        vi = f"{kind.vi} số {row['number'] or _DOTS} {dated}{by} {title.vi}"
    if kind.en == kind.vi or title.en == title.vi:  # nobody has put it into English
        return Label(vi, vi)
    day = _english_day(str(row["date"]))
    if law:
        return Label(vi, f"{kind.en} on {title.en} of {day}")
    by = f" of {issuer.en}" if issuer.en else ""
    return Label(vi, f"{kind.en} no. {row['number'] or _DOTS} of {day}{by} {title.en}")


def _label(words: Label | str) -> Label:
    return words if isinstance(words, Label) else Label(str(words or ""), str(words or ""))


def _day(written: str) -> str:
    if not written:
        return f"{_DOTS} tháng {_DOTS} năm {_DOTS}"
    year, of_year, day = written.split("-")
    return f"{day} tháng {of_year if int(of_year) < 3 else int(of_year)} năm {year}"


def _english_day(written: str) -> str:
    if not written:
        return f"{_DOTS} {_DOTS} {_DOTS}"
    year, of_year, day = map(int, written.split("-"))
    return f"{day} {_MONTHS[of_year - 1]} {year}"


def reported(to: Words, by: Words) -> Para:
    """Return the sentence with which a report ends.

    Parameters
    ----------
    to : Words
        Whom it goes to.
    by : Words
        Whose it is.
    """
    return Para(
        text(
            "This is the report of the {agency}, submitted to the {to} for consideration./.", agency=by, to=to
        )
    )


def scientific(matter: Matter) -> Text:
    """Say in four lines how the technologies were chosen."""
    heads = [
        text("{head} {share}", head=Label(str(row.vi), str(row.en)), share=whole_percent(row.share))
        for row in matter.figures.heads.itertuples(index=False)
    ]
    return text(
        "{experts} experts of {groups} groups compared the criteria in pairs; the groups of criteria "
        "weigh: {heads}. Each "
        "technology has a score from 0 to 1 on fixed scales, in its sector by itself; the result was tried "
        "{draws} times, with "
        "opinions and scores changed within what is possible.",
        experts=matter.figures.experts,
        groups=len(matter.figures.groups),
        heads=row_of(heads, ", "),
        draws=number(matter.figures.draws),
    )


def practical(matter: Matter) -> Words:
    """Say on what survey and state of the technologies it rests."""
    begun = int((matter.table["status"].astype(str) != "none").sum()) if "status" in matter.table else 0
    survey = matter.study.survey
    if survey is None:
        return text(
            "{begun} of {all} technologies have begun in the province.", begun=begun, all=len(matter.table)
        )
    return text(
        "{firms} firms and cooperatives were asked about their technology; {begun} of {all} technologies "
        "have begun in the "
        "province.",
        firms=int(survey["firm"].nunique()) if "firm" in survey else len(survey),
        begun=begun,
        all=len(matter.table),
    )
