"""The files of a survey: a table each, two charts, and the record."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.charts.style import release_figure
from techprio.csv_text import frame_csv
from techprio.errors import InputError
from techprio.language import Language
from techprio.model.assessment import Assessment
from techprio.reporting.files import put_file

ORDER = ("sectors", "levels", "groups", "firms", "potential", "trend", "yearly", "swot")


def write_survey(
    assessment: Assessment,
    tables: Mapping[str, pd.DataFrame],
    folder: str | Path,
    *,
    language: Language = "vi",
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
    language : {"vi", "en"}
        Of the charts and notes.

    Returns
    -------
    list of Path

    Raises
    ------
    InputError
        The folder is a file.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: found a file; allowed: a folder, or a name that is not taken")
    files = {
        f"{name}.csv": frame_csv(tables[name]) for name in ORDER if name in tables and not tables[name].empty
    }
    files |= _charts(assessment, language)
    files["survey.json"] = _record(assessment, language)
    target.mkdir(parents=True, exist_ok=True)
    return [put_file(target / name, content, language) for name, content in sorted(files.items())]


def _charts(assessment: Assessment, language: Language) -> dict[str, bytes]:
    import matplotlib as mpl

    with mpl.rc_context({"svg.hashsalt": "techprio"}):
        return {
            f"levels{suffix}.png": _png(assessment.plot(language=language, extension=extension))
            for suffix, extension in (("", False), ("-extension", True))
            if (assessment.sectors["extension"] == extension).any() and assessment.instrument.bounds
        }


def _png(ax: Any) -> bytes:
    stream = io.BytesIO()
    ax.figure.savefig(stream, format="png", dpi=150, bbox_inches="tight", metadata={"Software": None})
    release_figure(ax.figure)
    return stream.getvalue()


def _record(assessment: Assessment, language: Language) -> bytes:
    provenance = assessment.provenance
    record = {
        "version": provenance.version if provenance else "",
        "method": provenance.method if provenance else "",
        "seed": provenance.seed if provenance else None,
        "inputs": dict(provenance.inputs) if provenance else {},
        "rule": assessment.rule.words.render(language),
        "official": assessment.official,
        "notes": [note.render(language) for note in assessment.notes],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
