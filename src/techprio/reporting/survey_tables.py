"""The survey of firms, as printed tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Table
from techprio.language import text
from techprio.model.assessment import (
    COMPLETE,
    FIRM,
    FIRMS,
    FIRMS_SHARE,
    INSTRUMENT,
    LEVEL_NAME,
    POINTS,
    SYNCHRONIZATION,
    Assessment,
)
from techprio.model.catalog import SECTOR_NAME
from techprio.model.resources import YEAR
from techprio.model.run import RunData
from techprio.survey.tables import class_status, marked_level


def survey_tables(run: RunData) -> tuple[Table, ...]:
    """Return sectors, levels and firms with high potential; nothing without a survey."""
    if run.assessment is None:
        return ()
    return (_sectors(run.assessment), _levels(run.assessment), _potential(run.assessment))


def _sectors(assessment: Assessment) -> Table:
    columns = [
        Column(SECTOR_NAME, 30),
        Column(INSTRUMENT, 18),
        *(FIRMS, COMPLETE, POINTS, SYNCHRONIZATION),
        Column(LEVEL_NAME, 26),
    ]
    frame = _named(assessment, assessment.sectors)
    title, name = text("Technology level of the sectors"), text("Survey")
    return Table.from_frame("survey", title, columns, frame, notes=assessment.notes, name=name)


def _levels(assessment: Assessment) -> Table:
    columns = [
        Column(SECTOR_NAME, 30),
        Column(INSTRUMENT, 18),
        Column(LEVEL_NAME, 30),
        FIRMS,
        Column(FIRMS_SHARE, bar=True),
    ]
    frame = _named(assessment, assessment.levels)
    return Table.from_frame("levels", text("Firms by level"), columns, frame, name=text("Levels of firms"))


def _potential(assessment: Assessment) -> Table:
    found = assessment.potential[assessment.potential["potential"].fillna(False).astype(bool)]
    frame = found.assign(
        sector_name=list(map(assessment.sector_label, found["sector"])),
        year=found["year"].astype(int).astype(str),
    )
    columns = [Column(FIRM, 12), Column(SECTOR_NAME, 34), YEAR, POINTS, SYNCHRONIZATION]
    rule = text("By the rule stated for the survey; the rule can be changed in techprio survey.")
    title, name = text("Firms with high potential for technology innovation"), text("High potential")
    return Table.from_frame("potential", title, columns, frame, notes=(rule,), name=name)


def _named(assessment: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    levels = [
        _level(assessment, level, instrument)
        for level, instrument in zip(frame["level"], frame["instrument"], strict=True)
    ]
    return frame.assign(
        sector_name=list(map(assessment.sector_label, frame["sector"])),
        level_name=levels,
    )


def _level(assessment: Assessment, level: Any, instrument: str) -> Any:
    if pd.isna(level):
        return text("not determined")
    first = assessment.instrument.label_sets[0].id
    return marked_level(assessment, int(level), class_status(assessment, instrument), first)
