"""Tables that people wrote for the report, as printed tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from techprio.language import Label, Text, text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Kind, Table
from techprio.survey.swot import swot_table

_SIDES = {
    "strength": text("strength"),
    "weakness": text("weakness"),
    "opportunity": text("opportunity"),
    "threat": text("threat"),
}


def goals_table(run: RunData) -> Table:
    """Return goals by phase."""
    columns = [
        ("sector", text("Sector"), 14),
        ("phase", text("Phase"), 12),
        ("indicator", text("Indicator"), 44),
        ("baseline", text("Baseline"), 14),
        ("target", text("Target"), 14),
        ("unit", text("Unit"), 12),
    ]
    return _table(run, "goals", text("Goals by phase"), columns)


def tasks_table(run: RunData) -> Table:
    """Return tasks with who leads, who takes part, and until when."""
    columns = [
        ("sector", text("Sector"), 12),
        ("task", text("Task"), 44),
        ("lead", text("Lead agency"), 22),
        ("partners", text("Partners"), 24),
        ("deadline", text("Deadline"), 12),
        ("deliverable", text("Deliverable"), 26),
    ]
    return _table(run, "tasks", text("Tasks and key solutions"), columns)


def policies_table(run: RunData) -> Table:
    """Return the support policies that are proposed."""
    columns = [
        ("sector", text("Sector"), 12),
        ("policy", text("Policy"), 32),
        ("content", text("Content"), 44),
        ("agency", text("Agency"), 20),
        ("basis", text("Basis"), 24),
    ]
    return _table(run, "policies", text("Proposed support policies"), columns)


def provinces_table(run: RunData) -> Table:
    """Return what other provinces have done."""
    columns = [
        ("province", text("Province"), 18),
        ("sector", text("Sector"), 12),
        ("lesson", text("Lesson"), 60),
        ("source", text("Source"), 30),
    ]
    return _table(run, "provinces", text("Experience of other provinces"), columns)


def alignment_table(run: RunData) -> Table:
    """Return how the roadmap fits what is in force."""
    columns = [
        ("sector", text("Sector"), 12),
        ("document", text("Document"), 32),
        ("objective", text("Objective"), 36),
        ("contribution", text("Contribution of the roadmap"), 40),
    ]
    return _table(run, "alignment", text("Consistency with plans in force"), columns)


def comments_table(run: RunData) -> Table:
    """Return the comments of the consultation with the answers."""
    columns = [
        ("round", text("Round"), 9),
        ("group", text("Group"), 18),
        ("on", text("On"), 14),
        ("text", text("Comment"), 44),
        ("answer", text("Answer"), 36),
        ("consequence", text("Consequence"), 28),
    ]
    return _table(run, "comments", text("Record of the consultation"), columns)


def indicators_table(run: RunData) -> Table:
    """Return the indicators with baseline, targets and what was measured."""
    frame = run.study.material.table("indicators")
    kinds = {"baseline": text("baseline"), "target": text("target"), "measured": text("measured")}
    rows = [
        (
            row.indicator,
            _named(row),
            row.unit,
            kinds.get(row.kind, row.kind),
            str(int(row.year)),
            float(row.value),
        )
        for row in frame.itertuples(index=False)
    ]
    columns = (
        Column(text("Indicator"), "code", 12),
        Column(text("Name"), "text", 44),
        Column(text("Unit"), "text", 12),
        Column(text("Kind"), "text", 14),
        Column(text("Year"), "code", 8),
        Column(text("Value"), "money", 12),
    )
    title = text("Indicators of monitoring")
    return Table("indicators", title, title, columns, rows)


def swot_print(run: RunData) -> Table:
    """Return strengths and weaknesses from the survey with the words of the analysts."""
    written = run.study.material.table("swot")
    if run.assessment is not None:
        frame = swot_table(run.assessment, written if len(written) else None)
    else:
        frame = written.assign(origin="analyst") if len(written) else written
    origins = {"survey": text("survey"), "analyst": text("analyst")}
    rows = [
        (_sector(run, row.sector), _SIDES[row.side], row.text, origins.get(row.origin, row.origin))
        for row in frame.itertuples(index=False)
    ]
    columns = (
        Column(text("Sector"), "text", 18),
        Column(text("Side"), "text", 14),
        Column(text("Text"), "text", 60),
        Column(text("Origin"), "text", 12),
    )
    title = text("Strengths, weaknesses, opportunities and threats")
    return Table("swot", title, title, columns, rows)


def _table(run: RunData, name: str, title: Text, columns: Sequence[tuple[str, Text, float]]) -> Table:
    frame = run.study.material.table(name)
    rows = [tuple(_cell(run, key, row[key]) for key, _, _ in columns) for _, row in frame.iterrows()]
    kind: Kind = "text"
    return Table(
        name, title, title, tuple(Column(heading, kind, width) for _, heading, width in columns), rows
    )


def _cell(run: RunData, key: str, value: Any) -> Any:
    if key == "sector":
        return _sector(run, str(value)) if value else text("whole province")
    return "; ".join(value) if isinstance(value, tuple) else value


def _sector(run: RunData, code: str) -> Any:
    return next((sector.label for sector in run.study.catalog.sectors if sector.code == code), code)


def _named(row: Any) -> Label:
    return Label(str(row.name_vi or row.indicator), str(row.name_en or row.indicator))
