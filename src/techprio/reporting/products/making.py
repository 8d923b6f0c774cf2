"""``tien-do`` before the roadmap is approved: how far its making is, and what later reports share."""

from __future__ import annotations

from collections.abc import Iterator

from techprio.language import Label, Text, text
from techprio.model.products import CLAUSES
from techprio.reporting.products.basis import reported
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Col, Dots, Grid, Heading, Para, Part, Words
from techprio.reporting.products.wording import STANDING, day, row_of

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
        for clause, content in CLAUSES.items():
            row = stated.get(clause, {})
            state = _WORK_STATES.get(str(row.get("status", "")), "-")
            said = [one for one in (row.get("product"), row.get("note")) if one]
            note = row_of(said) if said else "-"
            rows.append((clause, content, state, day(str(row.get("date") or "")), note))
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
    following = [words for clause, words in CLAUSES.items() if stated.get(clause, {}).get("status") != "done"]
    yield from [Para(words, "dash") for words in following] or [Para(text("None."))]
    yield from request_parts(matter, matter.informed[0])


def steering_parts(matter: Matter, agency: Label | None = None) -> Iterator[Part]:
    """Give what people wrote on how the work was directed; dots in the report of one agency."""
    question = text("How was the work directed: documents issued, meetings, inspections?")
    yield from _written(matter, agency, "monitoring", question, "STEERING")


def cause_parts(matter: Matter, agency: Label | None = None) -> Iterator[Part]:
    """Give what people wrote on the causes of delays."""
    yield from _written(matter, agency, "monitoring", text("What caused the delays?"), "CAUSES")


def request_parts(matter: Matter, to: Words, agency: Label | None = None) -> Iterator[Part]:
    """Give what is asked for, and the end of the report."""
    yield Heading(text("Recommendations and requests"))
    question = text("What is asked of whom, by when?")
    yield from _written(matter, agency, "proposals", question, "tien-do", else_whole=True)
    yield reported(to, agency or STANDING)


def _written(
    matter: Matter, agency: Label | None, section: str, question: Text, part: str, *, else_whole: bool = False
) -> list[Part]:
    """Return what people wrote; dots in the report of one agency, for the standing agency wrote it."""
    if agency is not None:
        return [Dots(question, text("written in the document itself"), agency)]
    return matter.written(section, question, STANDING, part=part, else_whole=else_whole)
