"""``tien-do`` before approval: how far the contents of the plan are; and what both forms of it share."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.language import Text, text
from techprio.model.products import CLAUSES
from techprio.reporting.products.basis import reported
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Dots, Grid, Heading, Para, Part, Words
from techprio.reporting.products.wording import STANDING, day, row_of

_CONTENTS: tuple[Text, ...] = (
    text("Steering Committee and its group of assistants"),
    text("Survey and assessment of technology level and capability"),
    text("Orientation of the roadmap"),
    text("Draft of the roadmap, and consultation on it"),
    text("Completed roadmap, and draft policies in its support"),
    text("Approval of the roadmap, and start of its implementation"),
)
"""The contents of the work by clause of the plan (III.1 to III.6)."""
_WORK_STATES: dict[str, Text] = {
    "not started": text("not begun"),
    "running": text("under way"),
    "done": text("done"),
    "late": text("late"),
}


def making_parts(matter: Matter) -> Iterator[Part]:
    """Give the report before the roadmap is approved: how far each content of the plan is."""
    yield Heading(text("Direction and state of the work"))
    yield Heading(text("Direction of the work"), 2)
    yield from steering_parts(matter)
    yield Heading(text("The contents of the plan"), 2)
    stated = {str(row["clause"]): row for row in matter.rows("workstreams")}
    if stated:
        rows = []
        for clause, content in zip(CLAUSES, _CONTENTS, strict=True):
            row = stated.get(clause, {})
            state = _WORK_STATES.get(str(row.get("status", "")), "-")
            said = [one for one in (row.get("product"), row.get("note")) if one]
            rows.append(
                (clause, content, state, day(str(row.get("date") or "")), row_of(said) if said else "-")
            )
        columns = (
            Col(text("Clause"), 9, "center"),
            Col(text("Content"), 40),
            Col(text("State"), 15),
            Col(text("Date"), 14, "center"),
            Col(text("Product, note"), 22),
        )
        yield Grid(columns, tuple(rows), points=12)
    else:
        yield Dots(text("How far is each content of the plan, III.1 to III.6?"), "workstreams.csv", STANDING)
    yield Heading(text("Shortcomings and causes"))
    yield from cause_parts(matter)
    yield Heading(text("Tasks of the next period"))
    following = [
        content
        for clause, content in zip(CLAUSES, _CONTENTS, strict=True)
        if str(stated.get(clause, {}).get("status", "not started")) != "done"
    ]
    for words in following:
        yield Para(words, "dash")
    if not following:
        yield Para(text("None."))
    yield from request_parts(matter, matter.informed[0])


def steering_parts(matter: Matter) -> Iterator[Part]:
    """Give what people wrote on how the work was directed."""
    question = text("How was the work directed: documents issued, meetings, inspections?")
    yield from matter.written("monitoring", question, STANDING, part="STEERING")


def cause_parts(matter: Matter) -> Iterator[Part]:
    """Give what people wrote on the causes of delays."""
    yield from matter.written("monitoring", text("What caused the delays?"), STANDING, part="CAUSES")


def request_parts(matter: Matter, to: Words) -> Iterator[Part]:
    """Give what is asked for, and the end of the report."""
    yield Heading(text("Recommendations and requests"))
    question = text("What is asked of whom, by when?")
    yield from matter.written("proposals", question, STANDING, part="tien-do", else_whole=True)
    yield reported(to)
