"""The text of the roadmap: sent out as a draft, attached to the decision, annexed to the completed report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from techprio.language import Label, text
from techprio.reporting.products.agencies import AGENCY_DUTIES
from techprio.reporting.products.matter import PUBLIC, Matter
from techprio.reporting.products.parts import Col, Dots, Grid, Heading, Para, Part, Words
from techprio.reporting.products.summary import money_sentence, need_and_limit, passed_parts
from techprio.reporting.products.wording import (
    AGENCIES,
    STANDING,
    agency_label,
    amount,
    is_less,
    measured,
    number,
    row_of,
    workbook,
)

_RUNS = "■"
ROADMAP_POINTS = {"en": 13.0}
"""Size of letters where the words of a language are longer; the decree allows 13 and 14."""
ROUNDED = text("Figures are rounded, so a sum may differ a little.")


def roadmap_subject(matter: Matter) -> Label:
    """Return the title of the study behind the word roadmap."""
    vi, en = matter.study.title
    start = "Lộ trình "
    return Label(vi[len(start) :].capitalize()[:1] + vi[len(start) + 1 :] if vi.startswith(start) else vi, en)


def roadmap_parts(matter: Matter, *, drawn: bool = False) -> Iterator[Part]:
    """Give the seven sections of the roadmap, below what is passed.

    Parameters
    ----------
    matter : Matter
    drawn : bool
        With the lanes of each phase, which an approved roadmap does not have.
    """
    yield from passed_parts(matter)
    yield from _direction(matter)
    yield from _lists(matter)
    yield from _tasks(matter)
    yield from _schedule(matter, drawn=drawn)
    yield from _resources(matter)
    yield from _organisation(matter)
    yield from _monitoring(matter)


def direction_parts(matter: Matter) -> Iterator[Part]:
    """Give what people wrote on the direction of the roadmap."""
    yield Heading(text("Direction of the roadmap"), 2)
    yield from matter.written(
        "orientation", text("In which direction does technology of the province go, and why?"), STANDING
    )


def _direction(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Direction and goals"))
    yield from direction_parts(matter)
    yield Heading(text("Overall goal"), 2)
    question = text("What is reached by the end of the roadmap, in one paragraph?")
    yield from matter.written("orientation", question, STANDING, part="GOAL")
    yield Heading(text("Specific goals"), 2)
    goals = matter.rows("goals")
    for phase in matter.phases:
        yield Heading(text("By {year}", year=phase.last_year), 3)
        own = [row for row in goals if row["phase"] == phase.id]
        if not own:
            yield Dots(
                text("Which goals, with their present state, are reached by {year}?", year=phase.last_year),
                "goals.csv",
                STANDING,
            )
        for row in own:
            yield Para(_goal(matter, row), "dash")
        until = [n for p in matter.phases if p.last_year <= phase.last_year for n in matter.in_phase(p.id)]
        yield Para(text("{count} technologies brought into operation.", count=len(until)), "dash")
        if len(matter.figures.people):
            people = number(matter.people_by(phase.last_year)[0])
            yield Para(text("{people} people trained for them.", people=people), "dash")


def _goal(matter: Matter, values: Mapping[str, Any]) -> Words:
    where = matter.sector_label(values["sector"]) if values["sector"] else text("whole province")
    reached = measured(values["target"], values["unit"])
    if values["baseline"]:
        places = {"where": where, "goal": values["indicator"], "from_": values["baseline"], "to": reached}
        if is_less(values["target"], values["baseline"]):
            return text("{where}: {goal}, down from {from_} to {to}.", **places)
        return text("{where}: {goal}, from {from_} to {to}.", **places)
    return text("{where}: {goal}: {to}.", where=where, goal=values["indicator"], to=reached)


def by_sector(
    matter: Matter, names: Sequence[str], called: Callable[[str], Label] | None = None
) -> Iterator[Part]:
    """Give names sector by sector, a line each."""
    chosen = set(names)
    for sector in matter.sectors:
        own = [name for name in matter.of_sector(sector.code) if name in chosen]
        if own:
            yield sector_line(matter, sector.code, map(called or matter.name, own))


def sector_line(matter: Matter, code: str, labels: Iterable[Label]) -> Para:
    """Return the line of a sector with its technologies."""
    lead = text("{sector}:", sector=matter.sector_label(code))
    return Para(text("{names}.", names=row_of(labels)), "dash", lead=lead)


def _lists(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Lists of technologies"))
    kinds = (
        (text("Priority technologies"), matter.priorities, "I"),
        (text("Platform technologies"), matter.role("platform"), "II"),
        (text("Core technologies"), matter.role("core"), "II"),
        (text("Technologies encouraged for innovation"), matter.encouraged, "III"),
    )
    for title, names, annex in kinds:
        yield Heading(title, 2)
        yield Para(text("{count} technologies (Annex {annex}):", count=len(names), annex=annex))
        yield from by_sector(matter, names)


def _tasks(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Tasks and key solutions of each sector"))
    tasks = matter.rows("tasks")
    for sector in matter.sectors:
        label = matter.sector_label(sector.code)
        yield Heading(label, 2)
        own = [row for row in tasks if row["sector"] == sector.code]
        if not own:
            yield Dots(
                text("Which tasks and solutions does {sector} need, who leads, until when?", sector=label),
                "tasks.csv",
                text("lead agency of the sector"),
            )
        yield from map(_task, own)
        for phase in matter.phases:
            names = [n for n in matter.in_phase(phase.id) if matter.cells[n]["sector"] == sector.code]
            if names:
                yield Para(
                    text("{names}.", names=row_of(map(matter.name, names))),
                    lead=text("Technologies brought into operation in {phase}:", phase=phase.id),
                )
    shared = [row for row in tasks if not row["sector"]]
    if shared:
        yield Heading(text("The whole province"), 2)
    yield from map(_task, shared)


def _task(row: Mapping[str, Any]) -> Para:
    lead = agency_label(row["lead"])
    words = text("{task}; lead: {lead}; until {until}.", task=row["task"], lead=lead, until=row["deadline"])
    return Para(words, "dash")


def _schedule(matter: Matter, *, drawn: bool) -> Iterator[Part]:
    yield Heading(text("Schedule"))
    cells = matter.cells
    for phase in matter.phases:
        yield Heading(text("Phase {phase}", phase=phase.id), 2)
        rows = []
        for year in range(phase.first_year, phase.last_year + 1):
            begun = [n for n in matter.placed if str(cells[n]["start"])[:4] == str(year)]
            done = [n for n in matter.placed if str(cells[n]["operational"])[:4] == str(year)]
            if begun or done:
                rows.append((str(year), _shown(matter, begun), _shown(matter, done)))
        columns = (
            Col(text("Year"), 10, "center"),
            Col(text("Begun"), 45),
            Col(text("Brought into operation"), 45),
        )
        yield Grid(
            columns,
            tuple(rows),
            note=text("Priority and platform technologies by name, the others by number (Annex IV)."),
        )
        first = {*matter.priorities, *matter.role("platform")}
        if drawn and (own := [name for name in matter.in_phase(phase.id) if name in first]):
            yield lanes(matter, own)
    yield Heading(text("Technologies without a place, and on what conditions they get one"), 2)
    if not matter.unplaced:
        yield Para(text("None."))
        return
    out = [(matter.name(name), matter.reason(name)) for name in matter.unplaced]
    yield Grid(
        (Col(text("Technology"), 38), Col(text("Why, and what would place it"), 62)), tuple(out), points=11.5
    )


def lanes(matter: Matter, names: Sequence[str]) -> Grid:
    """Return the years in which technologies are carried out, a lane each, legible without colours.

    Parameters
    ----------
    matter : Matter
    names : sequence of str
    """
    chosen = set(names)
    spans = {
        name: [int(str(matter.cells[name][key])[:4]) for key in ("start", "operational")]
        for name in matter.placed
        if name in chosen
    }
    years = [year for year in matter.years if any(first <= year <= last for first, last in spans.values())]
    rows = tuple(
        (matter.short_name(name), *(_RUNS if first <= year <= last else "" for year in years))
        for name, (first, last) in spans.items()
    )
    columns = (
        Col(text("Technology"), 100 - 6 * len(years)),
        *(Col(str(year), 6, "center") for year in years),
    )
    return Grid(columns, rows, note=text("{sign}: the year in which it is under way.", sign=_RUNS), points=11)


def _shown(matter: Matter, names: Sequence[str]) -> Words:
    first = {*matter.priorities, *matter.role("platform")}
    named = [matter.short_name(name) for name in names if name in first]
    others = len(names) - len(named)
    if not names:
        return "-"
    if not others:
        return row_of(named)
    more = text("{count} others", count=others)
    return row_of([*named, more]) if named else text("{count} technologies", count=others)


def _resources(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Mechanisms, policies and resources"))
    yield Heading(text("Support policies"), 2)
    policies = matter.rows("policies")
    for row in policies:
        yield Para(text("{policy}: {content}", policy=row["policy"], content=row["content"]), "dash")
    if not policies:
        yield from matter.written(
            "policies", text("Which support is given to whom, from which source, on which basis?"), STANDING
        )
    yield Heading(text("Money"), 2)
    yield _money_grid(matter)
    yield Para(money_sentence(matter))
    yield Para(
        text(
            "The sums are expected ones; the budget of each year follows what is decided for it. Capital "
            "of firms is an expectation, never a duty."
        )
    )
    yield Para(text("{workbook}.", workbook=workbook("money", "limits", "staff")))
    if len(matter.figures.people):
        yield Heading(text("People"), 2)
        yield Grid(
            (
                Col(text("Year"), 20, "center"),
                Col(text("People needed"), 40, "right"),
                Col(text("People available"), 40, "right"),
            ),
            tuple((str(year), *(number(one) for one in matter.people_by(year))) for year in matter.years),
            note=text("Counted from the beginning of the roadmap."),
        )


def _money_grid(matter: Matter) -> Grid:
    columns, rows = need_and_limit(matter, source=36, each=16)
    state = [fund for fund in matter.funds if fund.id in PUBLIC]
    if state:
        sums = [
            sum(value(fund.id, phase.id) for fund in state)
            for phase in matter.phases
            for value in (matter.used, matter.limit)
        ]
        rows = (*rows, (text("Of it money of the state"), *map(amount, sums)))
    note = text(
        "In {unit}. Money of a year is what is spent in it; a technology belongs to the phase in which it "
        "becomes "
        "operational, so the two do not add alike. {rounded}",
        unit=matter.money,
        rounded=ROUNDED,
    )
    return Grid(columns, rows, note=note, points=12, strong=(len(rows) - 1,) if state else ())


def _organisation(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Organisation of the work"))
    for agency, duty in zip(AGENCIES, AGENCY_DUTIES, strict=True):
        yield Heading(agency, 2)
        leads, partners = len(matter.led_by(agency)), len(matter.with_partner(agency))
        yield Para(duty)
        if leads and not partners:
            yield Para(text("Leads {leads} technologies (Annex VI).", leads=leads))
        elif leads:
            yield Para(
                text(
                    "Leads {leads} technologies, takes part in {partners} (Annex VI).",
                    leads=leads,
                    partners=partners,
                )
            )
        elif partners:
            yield Para(text("Takes part in {partners} technologies (Annex VI).", partners=partners))
    yield Para(
        text(
            "Difficulties that come up are reported in time to the {agency}, which gathers them and "
            "reports to the "
            "People's Committee of the province.",
            agency=STANDING,
        )
    )


def _monitoring(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Monitoring, evaluation and update"))
    rows = []
    for row in matter.rows("indicators"):
        if row["kind"] != "measured":
            name = Label(row["name_vi"] or row["indicator"], row["name_en"] or row["indicator"])
            kind = text("baseline") if row["kind"] == "baseline" else text("target")
            rows.append((name, kind, str(int(row["year"])), number(float(row["value"])), row["unit"] or "-"))
    if rows:
        columns = (
            Col(text("Indicator"), 44),
            Col(text("Kind"), 16),
            Col(text("Year"), 12, "center"),
            Col(text("Value"), 14, "right"),
            Col(text("Unit"), 14),
        )
        yield Grid(columns, tuple(rows[:8]))
    else:
        yield Dots(
            text("Which indicators are followed, from which value to which?"), "indicators.csv", STANDING
        )
    yield Para(text("Agencies report every six months and every year; the lists are updated every year."))
    question = text("Who approves a change of the lists, and when is progress called late?")
    yield from matter.written("monitoring", question, STANDING)
