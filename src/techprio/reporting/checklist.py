"""The points that the plan asks of the roadmap: each computed, supplied by the analyst, or missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from techprio.display.quantities import Column, Table
from techprio.language import LANGUAGES, Label, Language, Text, text
from techprio.model.assessment import Assessment
from techprio.model.report_material import ASKED, POINT, POINT_STATE, WHERE
from techprio.model.run import RunData
from techprio.model.scale import PLAN_CLAUSE
from techprio.model.sectors import Sector
from techprio.model.study import Study
from techprio.reporting.products.unwritten import says_something
from techprio.reporting.words import in_each, joined, period_name

State = Literal["computed", "supplied", "partial", "missing"]
STATE_WORDS: dict[str, Text] = {
    "computed": text("computed"),
    "supplied": text("supplied"),
    "partial": text("partly there"),
    "missing": text("missing"),
}
#: The sides of the table that no survey gives.
ASKED_SIDES = ("opportunity", "threat")


class Finding(NamedTuple):
    """What a report has of a point: where it stands, what supplies it, or what a partial one leaves out."""

    state: State
    how: Text | Label


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
    found : mapping of language to Finding
        By the language of the report: prose may be there in one and missing in the other.
    required : bool
    """

    id: str
    words: Text
    clause: str
    found: Mapping[Language, Finding]
    required: bool = True

    def is_gap(self, language: Language) -> bool:
        """Whether a required point is missing, or leaves out a part of what is asked."""
        return self.required and self.found[language].state in ("missing", "partial")


def gaps(points: Sequence[Point], language: Language) -> tuple[Point, ...]:
    """Return the required points that are missing or only partly there in the report of a language."""
    return tuple(point for point in points if point.is_gap(language))


def checklist_table(run: RunData) -> Table:
    """Return the checklist as a printed table."""
    points = checklist(run)
    rows = [(p.id, p.words, p.clause, in_each(_state_of(p)), in_each(_how_of(p))) for p in points]
    columns = [
        POINT,
        Column(ASKED, 44),
        Column(PLAN_CLAUSE, 16),
        Column(POINT_STATE, 12),
        Column(WHERE, 52),
    ]
    note = in_each(lambda one: _completeness(len(gaps(points, one))).render(one))
    title = text("Checklist of what the plan asks for")
    return Table.of("checklist", title, columns, rows, notes=(note,), name=text("Checklist"))


def _state_of(point: Point) -> Any:
    return lambda one: STATE_WORDS[point.found[one].state].render(one)


def _how_of(point: Point) -> Any:
    return lambda one: point.found[one].how.render(one)


def _completeness(missing: int) -> Text:
    if not missing:
        return text("Complete: every required point is there.")
    return text("Incomplete: {count} required points are missing or only partly there.", count=missing)


class Ground(NamedTuple):
    """What decides what a report has: the study, and what its survey says; a run knows both."""

    study: Study
    assessment: Assessment | None


def checklist(run: RunData | Ground) -> tuple[Point, ...]:
    """Return the points R01 to R22 with what the report has of each."""
    return tuple(_points(Ground(run.study, run.assessment)))


def _points(run: Ground) -> Iterator[Point]:
    yield Point("R01", text("overall orientation and overall goal"), "III.4.b", _prose(run, "orientation"))
    yield Point("R02", text("specific goals by phase"), "III.4.b; III.3.b", _goals(run))
    sectors, roles = text("lists by sector"), text("lists by role")
    yield Point("R03", text("list of priority technologies"), "III.4.b; III.3.b", _computed(sectors))
    yield Point("R04", text("list of platform technologies"), "III.4.b; III.3.b", _computed(roles))
    yield Point("R05", text("list of technologies encouraged for innovation"), "III.4.b", _computed(roles))
    yield Point("R06", text("list of core technologies"), "III.3.b; V.4", _computed(roles))
    yield Point("R07", text("tasks and key solutions for each sector"), "III.4.b", _tasks(run))
    yield Point("R08", text("responsibility and co-ordination"), "III.4.b; I.2", _agencies(run))
    yield Point("R09", text("deadline for each task"), "I.2", _planned(run, _roadmap(run)))
    by_source = text("resources by phase and source of funds")
    yield Point("R10", text("resources for each phase"), "I.2; III.4.b; III.6.b", _planned(run, by_source))
    yield Point("R11", text("proposed support policies"), "III.4.b; III.5.b", _policies(run))
    yield Point(
        "R12",
        text("monitoring, evaluation and update"),
        "III.4.b; I.2; III.6.b",
        _table(run, "indicators"),
    )
    yield Point("R13", text("context, trends and requirements by sector"), "III.3.b", _context(run))
    left = _without(run, _surveyed_sectors(run))
    firms = _but_for(_surveyed(run), text("survey of firms"), left)
    yield Point("R14", text("current state of technology and classification"), "III.2.b", firms)
    yield Point(
        "R15", text("strengths, weaknesses, opportunities and threats of each sector"), "III.2.b", _swot(run)
    )
    yield Point("R16", text("technologies to renew, replace or transfer first"), "III.2.b", _actions(run))
    reasons = text("scores with reasons and sources")
    yield Point("R17", text("accessibility and applicability in the province"), "III.3.b", _computed(reasons))
    yield Point("R18", text("experience of other provinces"), "III.3.b", _table(run, "provinces"))
    yield Point(
        "R19", text("legal, scientific and practical basis, feasibility"), "III.6.b", _prose(run, "basis")
    )
    yield Point(
        "R20",
        text("record of consultation and how comments were taken in"),
        "III.4.b; III.5.b",
        _comments(run),
    )
    yield Point(
        "R21", text("consistency with planning and socio-economic goals"), "I.2", _table(run, "alignment")
    )
    yield Point("R22", text("firms with high potential"), "III.2.b", _surveyed(run), required=False)


def _alike(state: State, how: Text | Label) -> dict[Language, Finding]:
    return dict.fromkeys(LANGUAGES, Finding(state, how))


def _computed(where: Text) -> dict[Language, Finding]:
    return _alike("computed", where)


def _but_for(
    found: Mapping[Language, Finding], source: Any, left: Sequence[Label | str]
) -> dict[Language, Finding]:
    """Return what was found as partly there where its source has nothing for some of what is asked."""
    if not left:
        return dict(found)
    partial = Finding("partial", text("{source} has nothing for: {names}", source=source, names=joined(left)))
    return {one: finding if finding.state == "missing" else partial for one, finding in found.items()}


def _roadmap(run: Ground) -> Text:
    months = 0 if run.study.resources is None else run.study.resources.period_months
    return text("roadmap by {period}", period=period_name(months))


def _planned(run: Ground, where: Text) -> dict[Language, Finding]:
    if run.study.resources is None:
        return _alike("missing", text("name a file of resources in the study"))
    return _computed(where)


def _prose(run: Ground, section: str) -> dict[Language, Finding]:
    found = {}
    for language in LANGUAGES:
        file = f"texts/{section}.{language}.md"
        if says_something(run.study.material.text(section, language)):
            found[language] = Finding("supplied", text("text {file}", file=file))
        else:
            missing = text("write {file} in the folder of the study", file=file)
            found[language] = Finding("missing", missing)
    return found


def _context(run: Ground) -> dict[Language, Finding]:
    section = "context"
    found = _prose(run, section)
    for language in LANGUAGES:
        left = _not_named(run, run.study.material.text(section, language), language)
        found[language] = _but_for(found, f"texts/{section}.{language}.md", left)[language]
    return found


def _table(run: Ground, name: str) -> dict[Language, Finding]:
    file = f"{name}.csv"
    if len(run.study.material.table(name)):
        return _alike("supplied", text("table {file}", file=file))
    return _alike("missing", text("put {file} into the folder of the study", file=file))


def _goals(run: Ground) -> dict[Language, Finding]:
    found = _table(run, "goals")
    if not len(run.study.material.table("goals")):
        return found
    named = set(run.study.material.table("goals").get("phase", ()))
    if run.study.resources is None:
        one_phase = _alike("partial", text("goals.csv has goals of one phase only"))
        return one_phase if len(named) < 2 else found
    left = [phase.id for phase in run.study.resources.phases if phase.id not in named]
    return _but_for(found, "goals.csv", left)


def _tasks(run: Ground) -> dict[Language, Finding]:
    left = _without(run, run.study.material.table("tasks").get("sector", ()))
    return _but_for(_table(run, "tasks"), "tasks.csv", left)


def _policies(run: Ground) -> dict[Language, Finding]:
    return _table(run, "policies") if len(run.study.material.table("policies")) else _prose(run, "policies")


def _agencies(run: Ground) -> dict[Language, Finding]:
    leads = run.study.catalog.technologies.get("lead_agency")
    if leads is None or not _filled(leads).any():
        return _alike("missing", text("fill the column lead_agency of every technology"))
    return _but_for_blanks(run, "lead_agency", text("agencies and what they lead"))


def _actions(run: Ground) -> dict[Language, Finding]:
    return _but_for_blanks(run, "action", text("list by action"))


def _but_for_blanks(run: Ground, column: str, where: Text) -> dict[Language, Finding]:
    """Return what is computed from a column, as partly there where sectors have a blank in it."""
    technologies, sectors = run.study.catalog.technologies, run.study.catalog.sectors
    bare = {sector.code for sector in sectors}
    if column in technologies:
        bare = set(technologies.loc[~_filled(technologies[column]), "sector"])
    left = [sector.label for sector in sectors if sector.code in bare]
    source = text("the column {column} of some technologies", column=column)
    return _but_for(_computed(where), source, left)


def _surveyed(run: Ground) -> dict[Language, Finding]:
    if run.assessment is None:
        return _alike("missing", text("name a survey and its instrument in the study"))
    if not run.assessment.official:
        return _computed(text("survey of firms; the bounds of the classes are provisional"))
    return _computed(text("survey of firms"))


def _surveyed_sectors(run: Ground) -> Iterable[object]:
    if run.assessment is None:
        return [sector.code for sector in run.study.catalog.sectors]
    sectors = run.assessment.sectors
    return sectors.loc[sectors["complete"] > 0, "sector"]


def _swot(run: Ground) -> dict[Language, Finding]:
    table = run.study.material.table("swot")
    if not set(table.get("side", ())) & set(ASKED_SIDES):
        how = text(
            "put opportunities and threats into swot.csv; strengths and weaknesses come from the survey"
        )
        return _alike("missing", how)
    sides = table.groupby("sector")["side"].agg(set)
    left = _without(run, [code for code, found in sides.items() if set(ASKED_SIDES) <= found])
    if not left:
        return _table(run, "swot")
    return _alike(
        "partial", text("swot.csv lacks an opportunity or a threat of: {names}", names=joined(left))
    )


def _comments(run: Ground) -> dict[Language, Finding]:
    found, table = _table(run, "comments"), run.study.material.table("comments")
    if not {"answer", "consequence"} <= set(table):
        return found
    bare = int((~_filled(table["answer"]) & ~_filled(table["consequence"])).sum())
    if not bare:
        return found
    return _alike("partial", text("comments without an answer: {count}", count=bare))


def _filled(column: Any) -> Any:
    return column.fillna("").astype(str).str.strip() != ""


def _key_sectors(run: Ground) -> tuple[Sector, ...]:
    """Return the sectors of the plan, without the group that serves several."""
    return tuple(sector for sector in run.study.catalog.sectors if not sector.cross)


def _without(run: Ground, named: Iterable[object]) -> list[Label]:
    """Return the key sectors that are not named."""
    there = set(named)
    return [sector.label for sector in _key_sectors(run) if sector.code not in there]


def _not_named(run: Ground, words: str, language: Language) -> list[Label]:
    """Return the key sectors that a text names neither by name nor by code."""
    plain = _plain(words)
    return [
        sector.label
        for sector in _key_sectors(run)
        if _plain(sector.label.render(language)) not in plain and sector.code not in words
    ]


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())
