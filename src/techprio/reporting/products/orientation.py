"""``dinh-huong``: which technologies matter, and in which direction to go."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Chance, Label, Percent, text
from techprio.reporting.products.basis import goal_parts, scientific
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.roadmap import by_sector, direction_parts, sector_line
from techprio.reporting.products.summary import certainty_of
from techprio.reporting.products.wording import (
    CERTAINTY,
    STANDING,
    named_row,
    number,
    province_label,
    row_of,
    whole_percent,
    without_marks,
    workbook,
)

_AT_ONCE, _ON_TRIAL = 7, 5


def orientation_paper(matter: Matter) -> Paper:
    """Return the report on orientation.

    Parameters
    ----------
    matter : Matter
    """
    province = province_label(matter.letterhead.province)
    return Paper(
        "dinh-huong",
        "report",
        text("“Orientation of the technology innovation roadmap of the key sectors of {province} to {year}”",
             province=province, year=matter.phases[-1].last_year),
        tuple(_parts(matter)),
        annexes=_annexes(matter),
        addressees=matter.informed,
    )  # fmt: skip


def _parts(matter: Matter) -> Iterator[Part]:
    yield from _context(matter)
    yield from _access(matter)
    yield from _lists(matter)
    yield from _direction(matter)
    yield Heading(text("Recommendations"))
    yield from matter.written(
        "proposals", text("What is asked of whom, by when?"), STANDING, part="dinh-huong", else_whole=True
    )
    yield Para(text("{workbook}./.", workbook=workbook("priorities", "technologies", "weights")))


def _context(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Context, trends and requirements of technology by sector"))
    yield Heading(text("Context"), 2)
    yield from matter.written(
        "context", text("In which situation does the province stand, and what is required of it?"), STANDING
    )
    yield Heading(text("Trends and requirements by sector"), 2)
    for sector in matter.sectors:
        label = matter.sector_label(sector.code)
        yield Heading(label, 3)
        question = text("{sector}: which trends, and what do they require?", sector=label)
        yield from matter.written("context", question, text("lead agency of the sector"), part=sector.code)
        own = matter.table[matter.table["sector"] == sector.code]
        ready = own["trl_local"].astype(float)
        yield Para(
            text(
                "{count} technologies were looked at; readiness in the province from {low} to {high} on a "
                "scale of nine; {begun} "
                "have begun.",
                count=len(own), low=int(ready.min()), high=int(ready.max()),
                begun=int((own["status"] != "none").sum()),
            )
        )  # fmt: skip
    yield Heading(text("Experience of other provinces"), 2)
    rows = matter.rows("provinces")
    if not rows:
        yield Dots(
            text("What have other provinces done, and what is to be learnt from it?"),
            "provinces.csv",
            STANDING,
        )
    for row in rows[:6]:
        yield Para(text("{province}: {lesson}", province=row["province"], lesson=row["lesson"]), "dash")


def _access(matter: Matter) -> Iterator[Part]:
    place = matter.letterhead.province.removeprefix("tỉnh ")
    where = Label(place, without_marks(place)) if place else text("the province")
    yield Heading(text("Access to technology and its use in {place}", place=where))
    yield Heading(text("Infrastructure, people, capability of firms"), 2)
    yield from matter.written(
        "feasibility",
        text("Which infrastructure, people and firms are there to take up technology?"),
        STANDING,
    )
    yield Heading(text("How the technologies were chosen"), 2)
    yield Para(scientific(matter))
    yield Heading(text("Readiness"), 2)
    rows = []
    for sector in matter.sectors:
        ready = matter.table[matter.table["sector"] == sector.code]["trl_local"].astype(float)
        classes = (ready >= _AT_ONCE, (ready >= _ON_TRIAL) & (ready < _AT_ONCE), ready < _ON_TRIAL)
        rows.append((matter.sector_label(sector.code), *(str(int(one.sum())) for one in classes)))
    columns = (
        Col(text("Sector"), 40), Col(text("can be used at once"), 20, "right"),
        Col(text("needs a trial"), 20, "right"), Col(text("needs more research"), 20, "right"),
    )  # fmt: skip
    note = text("By readiness in the province: 7 and above, 5 and 6, 4 and below on a scale of nine.")
    yield Grid(columns, tuple(rows), note=note)


def _lists(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Priority, core and platform technologies"))
    yield Heading(text("Priority technologies"), 2)
    for sector in matter.sectors:
        names = matter.of_sector(sector.code, only="priority")
        if not names:
            continue
        yield Heading(matter.sector_label(sector.code), 3)
        for name in names:
            word = certainty_of(matter, name)
            why = matter.why(name)
            said = text("{name}: {word}", name=matter.name(name), word=word)
            yield Para(text("{words}; {why}", words=said, why=why) if why else said, "dash")
    bounds = row_of(
        text("{word} from {least}", word=word, least=Percent(least))
        if least
        else text("{word} below that", word=word)
        for least, word in CERTAINTY
    )
    places = {"draws": number(matter.figures.draws), "bounds": bounds}
    said = text(
        "The word after each name says how often it is among the first {top} of its sector when it is "
        "tried {draws} times: "
        "{bounds}. Technologies are level when neither is ahead of the other in 60% of the trials; "
        "they keep the order of the "
        "list.",
        top=matter.figures.top, **places,
    )  # fmt: skip
    if matter.study.ranking.priority != "top":
        said = text(
            "The word after each name says how often it reaches the reference profile when it is tried "
            "{draws} times: {bounds}.",
            **places,
        )
    yield Para(said, "note")
    yield Heading(text("Core technologies"), 2)
    yield from by_sector(matter, matter.role("core"))
    yield Heading(text("Platform technologies"), 2)
    for name in matter.role("platform"):
        yield Para(_platform(matter, name), "dash")
    yield Heading(text("How certain it is"), 2)
    yield from _certainty(matter)


def _platform(matter: Matter, name: str) -> Words:
    losses = matter.figures.losses
    own_sectors = [sector.code for sector in matter.sectors if not sector.cross]
    losses = losses[losses["sector"].isin(own_sectors)]
    own = losses[losses["technology"] == name].sort_values("share", ascending=False, kind="stable").head(3)
    if not len(own):
        return text("{names}.", names=matter.name(name))
    parts = [
        text(
            "{share} of the value of {sector}",
            share=whole_percent(row.share),
            sector=matter.sector_label(str(row.sector)),
        )
        for row in own.itertuples(index=False)
    ]
    return text("{name}: lost without it: {parts}.", name=matter.name(name), parts=row_of(parts))


def _certainty(matter: Matter) -> Iterator[Part]:
    found, by_top = False, matter.study.ranking.priority == "top"
    for sector in matter.sectors:
        line, label = matter.at_the_line(sector.code), matter.sector_label(sector.code)
        if line is not None:
            found = True
            others = named_row(map(matter.name, line[1]))
            yield Para(
                text(
                    "{sector}: {last} is level with {others}.",
                    sector=label,
                    last=named_row([matter.name(line[0])]),
                    others=others,
                ),
                "dash",
            )
        more = matter.more_often(sector.code)
        if more is not None:
            inside, outside = more
            chance = matter.table["p_top"].astype(float)
            found = True
            places = {
                "sector": label,
                "outside": named_row([matter.name(outside)]), "often": Chance(chance[outside], 0),
                "inside": named_row([matter.name(inside)]), "seldom": Chance(chance[inside], 0),
            }  # fmt: skip
            said = text(
                "{sector}: {outside} stands outside the list, but is among the first in {often} of the "
                "trials, {inside} in "
                "{seldom}.",
                **places,
            )
            if not by_top:
                said = text(
                    "{sector}: {outside} stands outside the list, but reaches the reference profile in "
                    "{often} of the trials, {inside} in {seldom}.",
                    **places,
                )
            yield Para(said, "dash")
    if not found and by_top:
        yield Para(text("At the end of no list are two technologies level."), "dash")
    yield Para(
        text(
            "{count} of {all} technologies rest on single estimates only.",
            count=matter.unmeasured,
            all=len(matter.table),
        ),
        "dash",
    )


def _direction(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Proposed direction, goals and path"))
    yield from direction_parts(matter)
    yield Heading(text("Goals"), 2)
    goals = matter.rows("goals")
    if not goals:
        yield Dots(text("Which goals are reached by the end of each phase?"), "goals.csv", STANDING)
    yield from goal_parts(matter, goals)
    for phase in matter.phases:
        yield Heading(text("Phase {phase}", phase=phase.id), 2)
        names = matter.in_phase(phase.id)
        yield Para(
            text(
                "{count} technologies become operational; the first to begin in each sector:",
                count=len(names),
            )
        )
        for sector in matter.sectors:
            own = [name for name in names if matter.cells[name]["sector"] == sector.code][:3]
            if own:
                yield sector_line(matter, sector.code, map(matter.name, own))


def _annexes(matter: Matter) -> tuple[Annex, ...]:
    found = [
        Annex(text("Priority technologies by sector"), (_ranked(matter),)),
        Annex(text("Core and platform technologies"), (_roles(matter),)),
    ]
    rows = matter.rows("provinces")
    if rows:
        columns = (Col(text("Province"), 20), Col(text("Lesson"), 56), Col(text("Source"), 24))
        cells = tuple((row["province"], row["lesson"], row["source"] or "-") for row in rows)
        found.append(Annex(text("Experience of other provinces"), (Grid(columns, cells, small=True),)))
    return tuple(found)


def _ranked(matter: Matter) -> Grid:
    columns = (
        Col(text("Rank"), 8, "center"), Col(text("Code"), 10, "center"), Col(text("Technology"), 46),
        Col(text("Usual rank"), 16, "center"), Col(text("How certain"), 20),
    )  # fmt: skip
    rows: list[tuple[Words, ...]] = []
    strong = []
    for sector in matter.sectors:
        names = matter.of_sector(sector.code, only="priority")
        if names:
            strong.append(len(rows))
            rows.append(("", "", matter.sector_label(sector.code), "", ""))
        for name in names:
            row = matter.cells[name]
            usual = "-"
            if pd.notna(row["rank_low"]):
                low, high = int(row["rank_low"]), int(row["rank_high"])
                usual = str(low) if low == high else f"{low}-{high}"
            rows.append(
                (
                    str(int(row["rank"])),
                    name,
                    matter.whole_name(name),
                    usual,
                    certainty_of(matter, name),
                )
            )
    note = text("Usual rank: the ranks in nine of ten trials.")
    return Grid(columns, tuple(rows), note=note, small=True, strong=tuple(strong))


def _roles(matter: Matter) -> Grid:
    columns = (
        Col(text("Code"), 10, "center"), Col(text("Technology"), 48),
        Col(text("Sector"), 26), Col(text("Role"), 16),
    )  # fmt: skip
    kinds = (("platform", Label("nền tảng", "platform")), ("core", Label("cốt lõi", "core")))
    rows = tuple(
        (name, matter.whole_name(name), matter.sector_label(str(matter.cells[name]["sector"])), word)
        for role, word in kinds
        for name in matter.role(role)
    )
    return Grid(columns, rows, small=True)
