"""The points that the plan asks of the roadmap: each computed, supplied by the analyst, or missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from techprio.language import Language, Text, text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table

State = Literal["computed", "supplied", "missing"]
STATE_WORDS: dict[str, Text] = {
    "computed": text("computed"),
    "supplied": text("supplied"),
    "missing": text("missing"),
}


@dataclass(frozen=True)
class Point:
    """A point of the checklist.

    Parameters
    ----------
    id : str
        R01 to R22.
    words : Text
    clause : str
        Of the plan.
    state : {"computed", "supplied", "missing"}
    how : Text
        Where it stands in the report, or what supplies it.
    required : bool
    """

    id: str
    words: Text
    clause: str
    state: State
    how: Text
    required: bool = True

    @property
    def is_gap(self) -> bool:
        """Whether a required point is missing."""
        return self.required and self.state == "missing"


def checklist(run: RunData, language: Language) -> tuple[Point, ...]:
    """Return the points R01 to R22 with what the report has of each, in one language."""
    return tuple(_points(run, language))


def gaps(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the required points that are missing."""
    return tuple(point for point in points if point.is_gap)


def checklist_table(run: RunData, language: Language) -> Table:
    """Return the checklist as a printed table."""
    points = checklist(run, language)
    missing = len(gaps(points))
    note = (
        text("Complete: every required point is there.")
        if not missing
        else text("Incomplete: {count} required points are missing.", count=missing)
    )
    return Table(
        "checklist",
        text("Checklist"),
        text("Checklist of what the plan asks for"),
        (
            Column(text("Point"), "code", 7),
            Column(text("What is asked"), "text", 44),
            Column(text("Clause of the plan"), "text", 16),
            Column(text("State"), "text", 12),
            Column(text("Where, or what to supply"), "text", 52),
        ),
        [(p.id, p.words, p.clause, STATE_WORDS[p.state], p.how) for p in points],
        (note,),
    )


def _points(run: RunData, language: Language) -> Iterator[Point]:
    yield _prose(run, language, "R01", text("overall orientation and overall goal"), "III.4.b", "orientation")
    yield _table(run, "R02", text("specific goals by phase"), "III.4.b; III.3.b", "goals")
    yield _made("R03", text("list of priority technologies"), "III.4.b; III.3.b", text("lists by sector"))
    yield _made("R04", text("list of platform technologies"), "III.4.b; III.3.b", text("lists by role"))
    yield _made(
        "R05", text("list of technologies encouraged for innovation"), "III.4.b", text("lists by role")
    )
    yield _made("R06", text("list of core technologies"), "III.3.b; V.4", text("lists by role"))
    yield _table(run, "R07", text("tasks and key solutions for each sector"), "III.4.b", "tasks")
    yield _agencies(run)
    yield _planned(run, "R09", text("deadline for each task"), "I.2", text("roadmap by half-year"))
    yield _planned(
        run, "R10", text("resources for each phase"), "I.2; III.4.b; III.6.b",
        text("resources by phase and source of funds"),
    )  # fmt: skip
    yield _either(run, language, "R11", text("proposed support policies"), "III.4.b; III.5.b", "policies")
    yield _table(run, "R12", text("monitoring, evaluation and update"), "III.4.b; I.2; III.6.b", "indicators")
    yield _prose(
        run, language, "R13", text("context, trends and requirements by sector"), "III.3.b", "context"
    )
    yield _surveyed(run, "R14", text("current state of technology and classification"))
    yield _swot(run)
    yield _made(
        "R16", text("technologies to renew, replace or transfer first"), "III.2.b", text("list by action")
    )
    yield _made(
        "R17", text("accessibility and applicability in the province"), "III.3.b",
        text("scores with reasons and sources"),
    )  # fmt: skip
    yield _table(run, "R18", text("experience of other provinces"), "III.3.b", "provinces")
    yield _prose(
        run, language, "R19", text("legal, scientific and practical basis, feasibility"), "III.6.b", "basis"
    )
    yield _table(
        run,
        "R20",
        text("record of consultation and how comments were taken in"),
        "III.4.b; III.5.b",
        "comments",
    )
    yield _table(run, "R21", text("consistency with planning and socio-economic goals"), "I.2", "alignment")
    yield _surveyed(run, "R22", text("firms with high potential"), required=False)


def _made(number: str, words: Text, clause: str, where: Text) -> Point:
    return Point(number, words, clause, "computed", where)


def _planned(run: RunData, number: str, words: Text, clause: str, where: Text) -> Point:
    if run.plan is None:
        how = text("name a file of resources in the study")
        return Point(number, words, clause, "missing", how)
    return Point(number, words, clause, "computed", where)


def _prose(run: RunData, language: Language, number: str, words: Text, clause: str, section: str) -> Point:
    file = f"texts/{section}.{language}.md"
    if run.study.material.text(section, language):
        return Point(number, words, clause, "supplied", text("text {file}", file=file))
    return Point(number, words, clause, "missing", text("write {file} in the folder of the study", file=file))


def _table(run: RunData, number: str, words: Text, clause: str, name: str) -> Point:
    file = f"{name}.csv"
    if len(run.study.material.table(name)):
        return Point(number, words, clause, "supplied", text("table {file}", file=file))
    return Point(number, words, clause, "missing", text("put {file} into the folder of the study", file=file))


def _either(run: RunData, language: Language, number: str, words: Text, clause: str, name: str) -> Point:
    table = _table(run, number, words, clause, name)
    return table if table.state == "supplied" else _prose(run, language, number, words, clause, name)


def _agencies(run: RunData) -> Point:
    words = text("responsibility and co-ordination")
    leads = run.study.catalog.technologies.get("lead_agency")
    named = leads is not None and bool((leads.astype(str).str.strip() != "").all())
    if named:
        return Point("R08", words, "III.4.b; I.2", "computed", text("agencies and what they lead"))
    how = text("fill the column lead_agency of every technology")
    return Point("R08", words, "III.4.b; I.2", "missing", how)


def _surveyed(run: RunData, number: str, words: Text, *, required: bool = True) -> Point:
    if run.assessment is None:
        how = text("name a survey and its instrument in the study")
        return Point(number, words, "III.2.b", "missing", how, required)
    where = text("survey of firms")
    if not run.assessment.official:
        where = text("survey of firms; the bounds of the classes are provisional")
    return Point(number, words, "III.2.b", "computed", where, required)


def _swot(run: RunData) -> Point:
    words = text("strengths, weaknesses, opportunities and threats of each sector")
    sides = set(run.study.material.table("swot").get("side", ()))
    if {"opportunity", "threat"} <= sides:
        return Point("R15", words, "III.2.b", "supplied", text("table {file}", file="swot.csv"))
    how = text("put opportunities and threats into swot.csv; strengths and weaknesses come from the survey")
    return Point("R15", words, "III.2.b", "missing", how)
