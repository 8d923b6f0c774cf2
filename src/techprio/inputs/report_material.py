"""Prose and tables for the report, from the folder of a study; all of it optional."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from techprio.inputs.columns import Row
from techprio.inputs.comments import parse_comments
from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.files import StudyFiles
from techprio.inputs.indicators import parse_indicators
from techprio.inputs.pictures import FOLDER, read_pictures
from techprio.inputs.report_rows import AlignmentRow, GoalRow, PolicyRow, ProvinceRow, TaskRow
from techprio.inputs.swot import parse_swot
from techprio.inputs.tables import read_table
from techprio.language import LANGUAGES, text
from techprio.model.report_material import SECTIONS, TABLES, ReportMaterial

_RECORDS: dict[str, type[Row]] = {
    "goals": GoalRow,
    "tasks": TaskRow,
    "policies": PolicyRow,
    "provinces": ProvinceRow,
    "alignment": AlignmentRow,
}


def read_material(
    files: StudyFiles,
    diagnostics: Diagnostics,
    *,
    sectors: Sequence[str],
    phases: Sequence[str],
    known: Sequence[str],
) -> ReportMaterial:
    """Read what is there of the prose and of the tables.

    Parameters
    ----------
    files : StudyFiles
    findings : Diagnostics
        Takes the problems.
    sectors, phases : sequence of str
        Codes that may stand in the tables; no phase takes every word.
    known : sequence of str
        Ids that a comment can be on.
    """
    tables = {}
    for name in TABLES:
        file = f"{name}.csv"
        data = files.read(file) if files.has(file) else None
        if data is not None:
            tables[name] = _table(name, data, files.shown(file), diagnostics, sectors, phases, known)
    pictures: dict[str, bytes] = {}
    texts = _texts(files, diagnostics, pictures)
    return ReportMaterial(texts=texts, tables=tables, pictures=pictures)


def _table(
    name: str,
    data: Any,
    file: str,
    diagnostics: Diagnostics,
    sectors: Sequence[str],
    phases: Sequence[str],
    known: Sequence[str],
) -> pd.DataFrame:
    others: dict[str, Callable[[], pd.DataFrame]] = {
        "swot": lambda: parse_swot(data, file, diagnostics, sectors=sectors),
        "indicators": lambda: parse_indicators(data, file, diagnostics),
        "comments": lambda: parse_comments(data, file, diagnostics, known=known),
    }
    if name in others:
        return others[name]()
    record = _RECORDS[name]
    table = read_table(data, file, record, diagnostics)
    for line in table:
        for column, allowed, code in (("sector", sectors, "S306"), ("phase", phases, "R505")):
            word = line.get(column)
            if word and allowed and word not in allowed:
                diagnostics.unknown(
                    code, line.location, field=column, found=word, name=word, known=list(allowed)
                )
    return table.frame(record)


def _texts(
    files: StudyFiles, diagnostics: Diagnostics, pictures: dict[str, bytes]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in files.names_in(FOLDER):
        path = PurePosixPath(name)
        section, _, language = path.stem.rpartition(".")
        if path.suffix != ".md" or name.startswith("."):
            continue
        if section not in SECTIONS or language not in LANGUAGES:
            _report_name(name, section, language, diagnostics)
            continue
        data = files.read(f"{FOLDER}/{name}")
        words = None if data is None else _decoded(data, f"{FOLDER}/{name}", diagnostics)
        if words and words.strip():
            found[section, language] = words
            pictures.update(read_pictures(words, f"{FOLDER}/{name}", files, diagnostics))
    return found


def _report_name(name: str, section: str, language: str, diagnostics: Diagnostics) -> None:
    location = Location(f"{FOLDER}/{name}")
    if language not in LANGUAGES:
        allowed = text("a name such as {example}", example=f"{SECTIONS[0]}.vi.md")
        diagnostics.add("T131", location, found=name, allowed=allowed)
    else:
        diagnostics.unknown("T131", location, field="", found=section, name=section, known=list(SECTIONS))


def _decoded(data: bytes, file: str, diagnostics: Diagnostics) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        allowed = text("a text in UTF-8")
        diagnostics.add(
            "T104", Location(file, line), found=listed([f"0x{data[error.start]:02X}"]), allowed=allowed
        )
        return None
