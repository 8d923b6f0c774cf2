"""The points that the plan asks of the roadmap: each computed, supplied by the analyst, or missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from techprio.language import Label, Language, Text, text
from techprio.model.run import RunData
from techprio.reporting import coverage
from techprio.reporting.tables import Column, Table

State = Literal["computed", "supplied", "partial", "missing"]
STATE_WORDS: dict[str, Text] = {
    "computed": text("computed"),
    "supplied": text("supplied"),
    "partial": text("partly there"),
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
    state : {"computed", "supplied", "partial", "missing"}
    how : Text
        Where it stands in the report, or what supplies it; of a partial one, what it leaves out.
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
        """Whether a required point is missing, or leaves out a part of what is asked."""
        return self.required and self.state in ("missing", "partial")


def checklist(run: RunData, language: Language) -> tuple[Point, ...]:
    """Return the points R01 to R22 with what the report has of each, in one language."""
    return tuple(_points(run, language))


def gaps(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the required points that are missing or only partly there."""
    return tuple(point for point in points if point.is_gap)


def checklist_table(run: RunData, language: Language) -> Table:
    """Return the checklist as a printed table."""
    points = checklist(run, language)
    missing = len(gaps(points))
    note = (
        text("Complete: every required point is there.")
        if not missing
        else text("Incomplete: {count} required points are missing or only partly there.", count=missing)
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
    yield _goals(run)
    yield _made("R03", text("list of priority technologies"), "III.4.b; III.3.b", text("lists by sector"))
    yield _made("R04", text("list of platform technologies"), "III.4.b; III.3.b", text("lists by role"))
    yield _made(
        "R05", text("list of technologies encouraged for innovation"), "III.4.b", text("lists by role")
    )
    yield _made("R06", text("list of core technologies"), "III.3.b; V.4", text("lists by role"))
    tasks = _table(run, "R07", text("tasks and key solutions for each sector"), "III.4.b", "tasks")
    yield _but_for(tasks, "tasks.csv", _joined(coverage.sectors_left_out(run, "tasks"), language))
    yield _agencies(run, language)
    yield _planned(run, "R09", text("deadline for each task"), "I.2", text("roadmap by half-year"))
    yield _planned(
        run, "R10", text("resources for each phase"), "I.2; III.4.b; III.6.b",
        text("resources by phase and source of funds"),
    )  # fmt: skip
    yield _either(run, language, "R11", text("proposed support policies"), "III.4.b; III.5.b", "policies")
    yield _table(run, "R12", text("monitoring, evaluation and update"), "III.4.b; I.2; III.6.b", "indicators")
    yield _context(run, language)
    firms = _surveyed(run, "R14", text("current state of technology and classification"))
    yield _but_for(firms, text("survey of firms"), _joined(coverage.sectors_not_surveyed(run), language))
    yield _swot(run, language)
    yield _actions(run, language)
    yield _made(
        "R17", text("accessibility and applicability in the province"), "III.3.b",
        text("scores with reasons and sources"),
    )  # fmt: skip
    yield _table(run, "R18", text("experience of other provinces"), "III.3.b", "provinces")
    yield _prose(
        run, language, "R19", text("legal, scientific and practical basis, feasibility"), "III.6.b", "basis"
    )
    yield _comments(run)
    yield _table(run, "R21", text("consistency with planning and socio-economic goals"), "I.2", "alignment")
    yield _surveyed(run, "R22", text("firms with high potential"), required=False)


def _joined(names: Sequence[Label], language: Language) -> str:
    return "; ".join(name.render(language) for name in names)


def _but_for(point: Point, source: Any, names: str) -> Point:
    """Return the point as partly there where its source has nothing for some of what is asked."""
    if not names or point.state == "missing":
        return point
    how = text("{source} has nothing for: {names}", source=source, names=names)
    return replace(point, state="partial", how=how)


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


def _context(run: RunData, language: Language) -> Point:
    section, words = "context", text("context, trends and requirements by sector")
    point = _prose(run, language, "R13", words, "III.3.b", section)
    told = run.study.material.text(section, language)
    names = _joined(coverage.sectors_not_named(run, told, language), language)
    return _but_for(point, f"texts/{section}.{language}.md", names)


def _table(run: RunData, number: str, words: Text, clause: str, name: str) -> Point:
    file = f"{name}.csv"
    if len(run.study.material.table(name)):
        return Point(number, words, clause, "supplied", text("table {file}", file=file))
    return Point(number, words, clause, "missing", text("put {file} into the folder of the study", file=file))


def _goals(run: RunData) -> Point:
    point = _table(run, "R02", text("specific goals by phase"), "III.4.b; III.3.b", "goals")
    phases = set(run.study.material.table("goals").get("phase", ()))
    if point.state == "supplied" and run.study.resources is None and len(phases) < 2:
        return replace(point, state="partial", how=text("goals.csv has goals of one phase only"))
    return _but_for(point, "goals.csv", "; ".join(coverage.phases_left_out(run, "goals")))


def _either(run: RunData, language: Language, number: str, words: Text, clause: str, name: str) -> Point:
    table = _table(run, number, words, clause, name)
    return table if table.state == "supplied" else _prose(run, language, number, words, clause, name)


def _agencies(run: RunData, language: Language) -> Point:
    clause, leads = "III.4.b; I.2", run.study.catalog.technologies.get("lead_agency")
    words = text("responsibility and co-ordination")
    if leads is None or not (leads.fillna("").astype(str).str.strip() != "").any():
        return Point("R08", words, clause, "missing", text("fill the column lead_agency of every technology"))
    point = Point("R08", words, clause, "computed", text("agencies and what they lead"))
    names = _joined(coverage.sectors_with_blanks(run, "lead_agency"), language)
    return _but_for(point, text("the column {column} of some technologies", column="lead_agency"), names)


def _actions(run: RunData, language: Language) -> Point:
    words = text("technologies to renew, replace or transfer first")
    point = _made("R16", words, "III.2.b", text("list by action"))
    names = _joined(coverage.sectors_with_blanks(run, "action"), language)
    return _but_for(point, text("the column {column} of some technologies", column="action"), names)


def _surveyed(run: RunData, number: str, words: Text, *, required: bool = True) -> Point:
    if run.assessment is None:
        how = text("name a survey and its instrument in the study")
        return Point(number, words, "III.2.b", "missing", how, required)
    where = text("survey of firms")
    if not run.assessment.official:
        where = text("survey of firms; the bounds of the classes are provisional")
    return Point(number, words, "III.2.b", "computed", where, required)


def _swot(run: RunData, language: Language) -> Point:
    words = text("strengths, weaknesses, opportunities and threats of each sector")
    sides = set(run.study.material.table("swot").get("side", ()))
    if not sides & set(coverage.ASKED_SIDES):
        how = text(
            "put opportunities and threats into swot.csv; strengths and weaknesses come from the survey"
        )
        return Point("R15", words, "III.2.b", "missing", how)
    point = Point("R15", words, "III.2.b", "supplied", text("table {file}", file="swot.csv"))
    bare = coverage.sectors_without_swot(run)
    if not bare:
        return point
    how = text("swot.csv lacks an opportunity or a threat of: {names}", names=_joined(bare, language))
    return replace(point, state="partial", how=how)


def _comments(run: RunData) -> Point:
    words = text("record of consultation and how comments were taken in")
    point = _table(run, "R20", words, "III.4.b; III.5.b", "comments")
    table = run.study.material.table("comments")
    if point.state == "missing" or not {"answer", "consequence"} <= set(table):
        return point
    told = table["answer"].fillna("").astype(str) + table["consequence"].fillna("").astype(str)
    bare = int((told.str.strip() == "").sum())
    if not bare:
        return point
    return replace(point, state="partial", how=text("comments without an answer: {count}", count=bare))
