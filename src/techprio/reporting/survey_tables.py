"""The survey of firms: printed tables of a report, and the files of a survey of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.display.quantities import Column, Table
from techprio.language import Language, Text, resolve_language, text
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
from techprio.reporting.figures import png
from techprio.reporting.files import free_folder, put_files, record_bytes
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
    return Table.from_frame("survey", title, columns, frame, notes=_notes(assessment), name=name)


def _notes(assessment: Assessment) -> tuple[Text, ...]:
    """Return the notes on the survey, with names of sectors; single firms are counted, not named."""
    kept = [note for note in assessment.notes if not {"firm", "firms"} & set(note.values)]
    forms = _forms(assessment)
    for place, note in enumerate(kept):
        named = {
            key: assessment.sector_label(str(value)) if key == "sector" else forms.get(str(value), value)
            for key, value in note.values.items()
        }
        kept[place] = Text(note.template, named)
    left = len(assessment.notes) - len(kept)
    more = text("{count} notes on single firms stand in the output of techprio survey", count=left)
    return (*kept, *([more] if left else []))


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
    found = found.sort_values("total", ascending=False, kind="stable")
    frame = found.assign(
        sector_name=list(map(assessment.sector_label, found["sector"])),
        year=found["year"].astype(int),
    )
    columns = [Column(FIRM, 12), Column(SECTOR_NAME, 34), YEAR, POINTS, SYNCHRONIZATION]
    rule = text("Rule: {rule}. It can be changed in techprio survey.", rule=assessment.rule_words)
    inside = text("For internal use: single firms stand by their codes.")
    title, name = text("Firms with high potential for technology innovation"), text("High potential")
    return Table.from_frame("potential", title, columns, frame, notes=(rule, inside), name=name)


def _forms(assessment: Assessment) -> dict[str, Text]:
    """Return the names of the questionnaires by their ids."""
    instrument = assessment.instrument
    return {
        id: text("extended form") if id == instrument.extension else text("main form")
        for id in instrument.ids
    }


def _named(assessment: Assessment, frame: pd.DataFrame) -> pd.DataFrame:
    levels = [
        _level(assessment, level, instrument)
        for level, instrument in zip(frame["level"], frame["instrument"], strict=True)
    ]
    forms = _forms(assessment)
    return frame.assign(
        sector_name=list(map(assessment.sector_label, frame["sector"])),
        instrument=[forms.get(str(one), one) for one in frame["instrument"]],
        level_name=levels,
    )


def _level(assessment: Assessment, level: Any, instrument: str) -> Any:
    if pd.isna(level):
        return text("not determined")
    first = assessment.instrument.label_sets[0].id
    return marked_level(assessment, int(level), class_status(assessment, instrument), first)


ORDER = ("sectors", "levels", "groups", "firms", "potential", "trend", "yearly", "swot")


def write_survey(
    assessment: Assessment,
    tables: Mapping[str, pd.DataFrame],
    folder: str | Path,
    *,
    language: Language | None = None,
) -> list[Path]:
    """Write the tables as CSV, the charts of levels, and ``survey.json`` into a folder.

    All contents are made first; each file is written under another name and then put in place.

    Parameters
    ----------
    assessment : Assessment
    tables : mapping of str to DataFrame
        From :func:`techprio.survey.tables.tabulate_survey`.
    folder : path
        Made when it is not there.
    language : {"vi", "en"}, optional
        Of the charts and notes.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        The folder is a file.
    """
    target, language = free_folder(folder), resolve_language(language)
    files = {
        f"{name}.csv": frame_csv(tables[name]) for name in ORDER if name in tables and not tables[name].empty
    }
    files |= _charts(assessment, language)
    provenance = assessment.provenance
    files["survey.json"] = record_bytes(
        provenance,
        seed=provenance.seed if provenance else None,
        rule=assessment.rule.words.render(language),
        official=assessment.official,
        notes=[note.render(language) for note in assessment.notes],
    )
    return put_files(target, files, language)


def _charts(assessment: Assessment, language: Language) -> dict[str, bytes]:
    return {
        f"levels{suffix}.png": png(assessment.plot(language=language, extension=extension), tight=True)
        for suffix, extension in (("", False), ("-extension", True))
        if (assessment.sectors["extension"] == extension).any() and assessment.instrument.bounds
    }
