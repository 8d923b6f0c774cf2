"""The files of a survey: a table each, two charts, and the record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.language import Language, resolve_language
from techprio.model.assessment import Assessment
from techprio.reporting.figures import png
from techprio.reporting.files import free_folder, put_files, record_bytes

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
