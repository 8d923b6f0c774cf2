"""``hoan-thien``: what changed after the consultation, and whether the roadmap is feasible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from techprio.language import Label, Text, text
from techprio.model.roles import ROLE_WORDS
from techprio.reporting.products.annexes import roadmap_annexes
from techprio.reporting.products.basis import core_parts, legal_parts, practical, reported, scientific
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Annex, Col, Dots, Grid, Heading, Paper, Para, Part, Words
from techprio.reporting.products.roadmap import roadmap_parts, roadmap_subject
from techprio.reporting.products.summary import need_and_limit, over_and_out, uncertain
from techprio.reporting.products.wording import (
    STANDING,
    agency_label,
    number,
    roman,
    row_of,
)

_MOST = 8


def final_paper(matter: Matter, *, draft: bool = True) -> Paper:
    """Return the report that completes the roadmap, with the roadmap annexed.

    Parameters
    ----------
    matter : Matter
    draft : bool
    """
    return Paper(
        "hoan-thien",
        "report",
        text("On the completion of: {title}", title=matter.study.title),
        tuple(_parts(matter)),
        annexes=tuple(_annexes(matter)),
        addressees=matter.informed[:1],
        draft=draft,
    )


def _parts(matter: Matter) -> Iterator[Part]:
    yield Heading(text("How it was prepared and put to consultation"))
    yield Heading(text("Preparation"), 2)
    question = text("Survey, reports, consultation: with days and numbers?")
    yield from matter.written("process", question, STANDING, part="hoan-thien", else_whole=True)
    yield Heading(text("Result of the consultation"), 2)
    yield from _consulted(matter)
    yield Heading(text("Comments taken in and answered"))
    yield from _answered(matter)
    yield Heading(text("What changed since the draft"), 2)
    yield from _changed(matter)
    yield from _founded(matter)
    yield from core_parts(matter)
    yield Heading(text("Proposed mechanisms and policies"))
    yield from _policies(matter)
    yield Heading(text("Points on which opinions differ, and recommendations"))
    question = text("On which points do opinions still differ, and what is asked of whom?")
    yield from matter.written("proposals", question, STANDING, part="hoan-thien", else_whole=True)
    yield reported(matter.informed[0], STANDING)


def _consulted(matter: Matter) -> Iterator[Part]:
    comments = matter.rows("comments")
    if not comments:
        yield Dots(
            text("Who was asked, in which round, and how many comments came?"), "comments.csv", STANDING
        )
        return
    rounds = list(dict.fromkeys(row["round"] for row in comments))
    counts = Counter((row["group"], row["round"]) for row in comments)
    groups = list(dict.fromkeys(group for group, _ in counts))
    rows: list[tuple[Words, ...]] = []
    for group in groups:
        own = [counts[group, one] for one in rounds]
        rows.append((group, *map(str, own), str(sum(own))))
    sums = [sum(counts[group, one] for group in groups) for one in rounds]
    rows.append((text("Total"), *map(str, sums), str(sum(sums))))
    heads = [
        Col(text("Comments, round {round}", round=one) if one else text("Comments"), 18, "right")
        for one in rounds
    ]
    columns = (Col(text("Group that commented"), 46), *heads, Col(text("Total"), 14, "right"))
    if len(rounds) == 1:
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    yield Grid(columns, tuple(rows), strong=(len(rows) - 1,))


def _answered(matter: Matter) -> Iterator[Part]:
    comments = matter.rows("comments")
    kinds = (
        (text("What was taken in"), "consequence", text("What was taken in of which comment?")),
        (
            text("What was answered"),
            "answer",
            text("What is answered to the comments that were not taken in?"),
        ),
    )
    for title, key, question in kinds:
        yield Heading(title, 2)
        own = [row for row in comments if row[key]]
        if key == "answer":
            own = [row for row in own if not row["consequence"]] or own
        if not own:
            yield Dots(question, "comments.csv", STANDING)
            continue
        for row in own[:_MOST]:
            yield Para(
                text(
                    "{what} ({group}: {comment})",
                    what=_bare(row[key]),
                    group=row["group"],
                    comment=_bare(row["text"]),
                ),
                "dash",
            )
        if len(own) > _MOST:
            yield Para(text("All {count} are in Annex I.", count=len(own)))


def _bare(words: Words) -> Words:
    """Return words without the full stop at their end."""
    if isinstance(words, Label):
        return Label(*(one.rstrip(".") for one in words))
    return str(words).strip().rstrip(".")


def _changed(matter: Matter) -> Iterator[Part]:
    if matter.before is None:
        yield Dots(
            text("What entered and left the lists, what changed role, phase or lead agency?"),
            "--since",
            STANDING,
        )
        return
    found = list(changes(matter))
    if not found:
        yield Para(text("Lists, roles, phases and lead agencies are those of the draft."))
        return
    yield Para(text("{count} changes; each with what led to it in Annex III.", count=len(found)))
    for name, change, _ in found[:_MOST]:
        yield Para(text("{name}: {change}.", name=name, change=change), "dash")


def changes(matter: Matter) -> Iterator[tuple[Label, Text, Words]]:
    """Give each technology that changed since the draft: its name, the change, and the comments on it.

    Parameters
    ----------
    matter : Matter
        With the figures of the run on which the draft rested.
    """
    if matter.before is None:
        return
    old, new = matter.before.standing, matter.table
    for name in new.index:
        row = new.loc[name]
        if name not in old.index:
            yield (
                matter.name(name),
                text("new among the technologies that were looked at"),
                _through(matter, name),
            )
            continue
        for words in _differences(old.loc[name], row):
            yield matter.name(name), words, _through(matter, name)
    for name in old.index:
        if name not in new.index:
            yield Label(name, name), text("no longer looked at"), _through(matter, name)


def _differences(old: Any, new: Any) -> Iterator[Text]:
    if bool(old["priority"]) != bool(new["priority"]):
        yield text("enters the priority list") if new["priority"] else text("leaves the priority list")
    if old["role"] != new["role"]:
        yield text("role {new}, {old} in the draft", new=_role(new["role"]), old=_role(old["role"]))
    before, now = str(old["phase"] or ""), str(new["phase"] or "")
    if before != now:
        no = text("not placed")
        yield text("phase {new}, {old} in the draft", new=now or no, old=before or no)
    if "lead_agency" in old and old["lead_agency"] != new["lead_agency"]:
        yield text(
            "led by {new}, by {old} in the draft",
            new=agency_label(str(new["lead_agency"])),
            old=agency_label(str(old["lead_agency"])),
        )


def _role(role: Any) -> Words:
    return ROLE_WORDS.get(str(role), str(role))


def _through(matter: Matter, name: str) -> Words:
    """Return the groups whose comments were on a technology or its sector."""
    sector = matter.cells[name]["sector"] if name in matter.table.index else ""
    groups = dict.fromkeys(row["group"] for row in matter.rows("comments") if {name, sector} & set(row["on"]))
    return row_of(groups) if groups else text("new data or settings")


def _founded(matter: Matter) -> Iterator[Part]:
    yield Heading(text("Basis and feasibility"))
    yield Heading(text("Legal basis"), 2)
    yield from legal_parts(matter, "hoan-thien")
    yield Heading(text("Scientific basis"), 2)
    yield Para(scientific(matter))
    for words in uncertain(matter):
        yield Para(words, "dash")
    yield Heading(text("Practical basis"), 2)
    yield Para(practical(matter))
    for row in matter.rows("provinces")[:4]:
        yield Para(text("{province}: {lesson}", province=row["province"], lesson=row["lesson"]), "dash")
    yield Heading(text("Fit with planning and plans"), 2)
    fits = matter.rows("alignment")
    if not fits:
        yield Dots(
            text("Which objectives of plans in force does the roadmap serve, and how?"),
            "alignment.csv",
            STANDING,
        )
    for row in fits[:_MOST]:
        yield Para(
            text(
                "{objective}: {contribution}.",
                objective=_bare(row["objective"]),
                contribution=_bare(row["contribution"]),
            ),
            "dash",
            lead=text("{document}:", document=row["document"]),
        )
    yield Heading(text("Whether the resources suffice"), 2)
    columns, rows = need_and_limit(matter, source=36, each=16)
    yield Grid(columns, rows, note=text("In {unit}.", unit=matter.money), points=12)
    for words in over_and_out(matter):
        yield Para(words, "dash")
    if full := matter.full_years:
        yield Para(text("At 95% of what is at hand or above: {years}.", years=full), "dash")
    if len(matter.figures.people):
        last = matter.phases[-1].last_year
        needed, there = matter.people_by(last)
        yield Para(
            text(
                "People by the end of {year}: {needed} needed, {there} available.",
                year=last,
                needed=number(needed),
                there=number(there),
            ),
            "dash",
        )
    question = text("What else makes it feasible: agencies, firms, infrastructure?")
    yield from matter.written("basis", question, STANDING)


def _policies(matter: Matter) -> Iterator[Part]:
    rows = matter.rows("policies")
    if not rows:
        yield Dots(
            text("Which support is given to whom, from which source, on which basis?"),
            "policies.csv",
            STANDING,
        )
    for row in rows:
        yield Para(text("{policy}: {content}", policy=row["policy"], content=row["content"]), "dash")


def _annexes(matter: Matter) -> Iterator[Annex]:
    yield Annex(text("Comments, what was taken in, and answers"), tuple(_comments(matter)), wide=True)
    yield Annex(text("Roadmap"), tuple(roadmap_parts(matter)), subject=roadmap_subject(matter))
    for count, annex in enumerate(roadmap_annexes(matter), start=1):
        label = text("Annex {number} of the roadmap", number=roman(count))
        yield Annex(annex.title, annex.parts, annex.wide, annex.mark, annex.points, label)
    found = list(changes(matter))
    if found:
        columns = (Col(text("Technology"), 40), Col(text("Change"), 36), Col(text("Through what"), 24))
        yield Annex(text("Changes since the draft"), (Grid(columns, tuple(found), small=True),))


def _comments(matter: Matter) -> Iterator[Part]:
    rows = matter.rows("comments")
    if not rows:
        yield Dots(
            text("Who commented on what, what was taken in, and what was answered?"), "comments.csv", STANDING
        )
        return
    columns = (
        Col(text("No."), 5, "center"),
        Col(text("Group that commented"), 15),
        Col(text("What it is on"), 14),
        Col(text("Comment"), 26),
        Col(text("Taken in"), 20),
        Col(text("Answer"), 20),
    )
    cells = tuple(
        (
            str(count),
            row["group"],
            _subjects(matter, row),
            row["text"],
            row["consequence"] or "-",
            row["answer"] or "-",
        )
        for count, row in enumerate(rows, start=1)
    )
    yield Grid(columns, cells, small=True)


def _subjects(matter: Matter, row: Mapping[str, Any]) -> Words:
    criteria = matter.study.criteria.by_id
    named: list[Label] = []
    for id in row["on"]:
        if id in matter.table.index:
            named.append(matter.name(id))
        else:
            named.append(criteria[id].label if id in criteria else matter.sector_label(id))
    return row_of(named) if named else text("whole roadmap")
