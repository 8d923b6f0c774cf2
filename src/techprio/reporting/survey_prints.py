"""The survey of firms, as printed tables."""

from __future__ import annotations

from typing import Any

from techprio.language import text
from techprio.model.assessment import Assessment
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table
from techprio.survey.tables import class_status, marked_level


def survey_prints(run: RunData) -> tuple[Table, ...]:
    """Return sectors, levels and firms with high potential; nothing without a survey."""
    if run.assessment is None:
        return ()
    return (_sectors(run.assessment), _levels(run.assessment), _potential(run.assessment))


def _sectors(assessment: Assessment) -> Table:
    rows = [
        (
            assessment.sector_label(row.sector),
            row.instrument,
            int(row.firms),
            int(row.complete),
            _number(row.total),
            _number(row.synchronization),
            _level(assessment, row.level, row.instrument),
        )
        for row in assessment.sectors.itertuples(index=False)
    ]
    return Table(
        "survey",
        text("Survey"),
        text("Technology level of the sectors"),
        (
            Column(text("Sector"), "text", 30),
            Column(text("Instrument"), "code", 18),
            Column(text("Firms"), "integer", 8),
            Column(text("Complete"), "integer", 9),
            Column(text("Points"), "money", 9),
            Column(text("Synchronization (K)"), "score", 11),
            Column(text("Level"), "text", 26),
        ),
        rows,
        assessment.notes,
    )


def _levels(assessment: Assessment) -> Table:
    rows = [
        (
            assessment.sector_label(row.sector),
            row.instrument,
            _level(assessment, row.level, row.instrument),
            int(row.firms),
            float(row.share),
        )
        for row in assessment.levels.itertuples(index=False)
    ]
    return Table(
        "levels",
        text("Levels of firms"),
        text("Firms by level"),
        (
            Column(text("Sector"), "text", 30),
            Column(text("Instrument"), "code", 18),
            Column(text("Level"), "text", 30),
            Column(text("Firms"), "integer", 8),
            Column(text("Share"), "share", 9, bar=True),
        ),
        rows,
    )


def _potential(assessment: Assessment) -> Table:
    found = assessment.potential[assessment.potential["potential"].fillna(False).astype(bool)]
    rows = [
        (
            row.firm,
            assessment.sector_label(row.sector),
            str(int(row.year)),
            _number(row.total),
            _number(row.synchronization),
        )
        for row in found.itertuples(index=False)
    ]
    return Table(
        "potential",
        text("High potential"),
        text("Firms with high potential for technology innovation"),
        (
            Column(text("Firm"), "code", 12),
            Column(text("Sector"), "text", 34),
            Column(text("Year"), "code", 8),
            Column(text("Points"), "money", 10),
            Column(text("Synchronization (K)"), "score", 12),
        ),
        rows,
        (text("By the rule stated for the survey; the rule can be changed in techprio survey."),),
    )


def _level(assessment: Assessment, rank: Any, instrument: str) -> Any:
    if rank is None or rank != rank or str(rank) == "<NA>":
        return text("not determined")
    first = assessment.instrument.label_sets[0].id
    return marked_level(assessment, int(rank), class_status(assessment, instrument), first)


def _number(value: Any) -> float | None:
    return None if value is None or str(value) in ("<NA>", "nan") else float(value)
