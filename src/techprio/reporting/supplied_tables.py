"""Tables that people wrote for the report, as printed tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from techprio.display.quantities import Column, Table
from techprio.inputs.columns import Row
from techprio.inputs.report_tables import CommentRow, IndicatorRow, SwotRow
from techprio.inputs.rows import AlignmentRow, GoalRow, PolicyRow, ProvinceRow, TaskRow
from techprio.language import Label, Text, text
from techprio.model.catalog import SECTOR_NAME
from techprio.model.fields import stated
from techprio.model.monitoring import INDICATOR_NAME
from techprio.model.report_material import ORIGIN
from techprio.model.resources import YEAR
from techprio.model.run import RunData
from techprio.reporting.products.wording import bilingual
from techprio.survey.swot import swot_table

_SIDES = {
    "strength": text("strength"),
    "weakness": text("weakness"),
    "opportunity": text("opportunity"),
    "threat": text("threat"),
}


def goals_table(run: RunData) -> Table:
    """Return goals by phase."""
    widths = {"sector": 14, "phase": 12, "indicator": 44, "baseline": 14, "target": 14, "unit": 12}
    return _table(run, "goals", text("Goals by phase"), GoalRow, widths)


def tasks_table(run: RunData) -> Table:
    """Return tasks with who leads, who takes part, and until when."""
    widths = {"sector": 12, "task": 44, "lead": 22, "partners": 24, "deadline": 12, "deliverable": 26}
    return _table(run, "tasks", text("Tasks and key solutions"), TaskRow, widths)


def policies_table(run: RunData) -> Table:
    """Return the support policies that are proposed."""
    widths = {"sector": 12, "policy": 32, "content": 44, "agency": 20, "basis": 24}
    return _table(run, "policies", text("Proposed support policies"), PolicyRow, widths)


def provinces_table(run: RunData) -> Table:
    """Return what other provinces have done."""
    widths = {"province": 18, "sector": 12, "lesson": 60, "source": 30}
    return _table(run, "provinces", text("Experience of other provinces"), ProvinceRow, widths)


def alignment_table(run: RunData) -> Table:
    """Return how the roadmap fits what is in force."""
    widths = {"sector": 12, "document": 32, "objective": 36, "contribution": 40}
    return _table(run, "alignment", text("Consistency with plans in force"), AlignmentRow, widths)


def comments_table(run: RunData) -> Table:
    """Return the comments of the consultation with the answers."""
    widths = {"round": 9, "group": 18, "on": 14, "text": 44, "answer": 36, "consequence": 28}
    return _table(run, "comments", text("Record of the consultation"), CommentRow, widths)


def indicators_table(run: RunData) -> Table:
    """Return the indicators with baseline, targets and what was measured."""
    column = stated(IndicatorRow)
    kinds = {"baseline": text("baseline"), "target": text("target"), "measured": text("measured")}
    rows = [
        (row.indicator, Label(row.name_vi or row.indicator, row.name_en or row.indicator), row.unit,
         kinds.get(row.kind, row.kind), int(row.year), float(row.value))
        for row in run.study.material.table("indicators").itertuples(index=False)
    ]  # fmt: skip
    columns = [
        Column(column["indicator"], 12),
        Column(INDICATOR_NAME, 44),
        Column(column["unit"], 12),
        Column(column["kind"], 14),
        YEAR,
        Column(column["value"], 12),
    ]
    return Table.of("indicators", text("Indicators of monitoring"), columns, rows)


def swot_print(run: RunData) -> Table:
    """Return strengths and weaknesses from the survey with the words of the analysts."""
    written = run.study.material.table("swot")
    if run.assessment is not None:
        frame = swot_table(run.assessment, written if len(written) else None)
    else:
        frame = written.assign(origin="analyst") if len(written) else written
    origins = {"survey": text("survey"), "analyst": text("analyst")}
    rows = [
        (_sector(run, row.sector), _SIDES[row.side], bilingual(row.text), origins.get(row.origin, row.origin))
        for row in frame.itertuples(index=False)
    ]
    column = stated(SwotRow)
    columns = [Column(SECTOR_NAME, 28), Column(column["side"], 14), Column(column["text"], 60)]
    title = text("Strengths, weaknesses, opportunities and threats")
    rule = text(
        "From the survey: only what differs from the province beyond chance (its interval of 95 % leaves out "
        "zero) and no other form of the sector contradicts."
    )
    notes = () if run.assessment is None else (rule,)
    return Table.of("swot", title, [*columns, Column(ORIGIN, 12)], rows, notes=notes, name=text("SWOT"))


def _table(run: RunData, name: str, title: Text, record: type[Row], widths: Mapping[str, float]) -> Table:
    frame, column = run.study.material.table(name), stated(record)
    rows = [tuple(_cell(run, key, row[key]) for key in widths) for _, row in frame.iterrows()]
    named = {**column, "sector": SECTOR_NAME}  # codes are printed as names
    columns = [
        Column(named[key], max(width, 18) if key == "sector" else width) for key, width in widths.items()
    ]
    return Table.of(name, title, columns, rows)


def _cell(run: RunData, key: str, value: Any) -> Any:
    if key == "sector":
        return _sector(run, str(value)) if value else text("whole province")
    return "; ".join(value) if isinstance(value, tuple) else bilingual(value)


def _sector(run: RunData, code: str) -> Any:
    return next((sector.label for sector in run.study.catalog.sectors if sector.code == code), code)
