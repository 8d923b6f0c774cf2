"""Writes all files of a run, or none: an earlier result stays untouched until everything is finished."""

from __future__ import annotations

import json
import os
import unicodedata
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from techprio.csv_text import control_signs
from techprio.errors import InputError, TechprioWarning
from techprio.inputs.files import SNAPSHOT
from techprio.language import LANGUAGES, Language, check_language, text
from techprio.model.run import RunData
from techprio.reporting.blocks import Section
from techprio.reporting.figures import Charts, draw_charts
from techprio.reporting.lists import certainty_files, plan_csv, priorities_csv, statements_csv
from techprio.reporting.outline import report_sections
from techprio.reporting.page.html_page import page_bytes
from techprio.reporting.products.compose import usual_papers
from techprio.reporting.products.figures import FIGURES, figures_of
from techprio.reporting.products.files import paper_files
from techprio.reporting.products.matter import matter_of
from techprio.reporting.record import record_json
from techprio.reporting.result_folder import RECORD, open_result_folder, replace_result
from techprio.reporting.word.document import document_bytes
from techprio.reporting.workbook import ANALYSIS, Tables, analysis_bytes, workbook_bytes
from techprio.templates.study_files import study_files

#: What a run may write for readers besides the lists.
OUTPUTS = ("workbook", "charts", "papers", "page", "reference")
#: What it writes where nothing is said: the long report is for the analyst who asks for it.
USUAL = OUTPUTS[:-1]
Progress = Callable[[float, float], None]
INPUTS = "inputs"
PAPERS = "documents"


class Composed(NamedTuple):
    """The report in no language: the tables of the workbook, the sections of document and page."""

    tables: Tables
    sections: tuple[Section, ...]


def write_results(
    run: RunData,
    folder: str | Path,
    *,
    languages: Sequence[str] = ("vi",),
    outputs: Collection[str] = USUAL,
    progress: Progress | None = None,
) -> list[Path]:
    """Write lists, workbook, charts, document, page, the record and the inputs of a run into a folder.

    ``priorities.csv``, ``statements.csv``, ``plan.csv`` and ``run.json`` are the same in every language
    but for reasons and statements, which are in the first one. Of the files made for readers the first
    language takes the plain name (``priorities.xlsx``), each further one its code before the suffix
    (``priorities.en.xlsx``).

    Everything is made in memory and in a folder beside the target, which then takes its place: whatever
    happens on the way, the folder holds the old result or the new one. What the previous run wrote here
    and this one does not (by its ``run.json``) is removed; other files in the folder are kept.

    Parameters
    ----------
    run : RunData
    folder : path
        Made when it is not there.
    languages : sequence of {"vi", "en"}
    outputs : collection of {"workbook", "charts", "papers", "page", "reference"}
        What is written besides lists, record and inputs.

    Returns
    -------
    list of Path
        The files, in the order of their names.

    Warns
    -----
    TechprioWarning
        A file that another program holds open: the new result is kept in a second folder.

    Raises
    ------
    InputError
        No language, an unknown one, an unknown output, or a folder that cannot be written.
    """
    target = open_result_folder(folder)
    spoken = _languages(languages)
    _check_outputs(outputs)
    _warn_of_cleaned_signs(run)
    files = result_files(run, languages=spoken, outputs=outputs, progress=progress)
    files[RECORD] = record_json(run, files=[*files, RECORD])
    return replace_result(target, files, spoken[0])


def result_files(
    run: RunData,
    *,
    languages: Sequence[Language],
    outputs: Collection[str] = USUAL,
    progress: Progress | None = None,
) -> dict[str, bytes]:
    """Return every file of a result by its name, the record apart."""
    report = progress or (lambda done, whole: None)
    steps = 3 + 2 * len(languages)
    files = {"priorities.csv": priorities_csv(run, language=languages[0]), "plan.csv": plan_csv(run)}
    files["statements.csv"] = statements_csv(run, language=languages[0])
    files |= certainty_files(run)
    files[FIGURES] = figures_of(run).json()
    composed = Composed(
        Tables.of(run) if "workbook" in outputs else Tables(),
        report_sections(run, page="reference" not in outputs) if {"reference", "page"} & set(outputs) else (),
    )
    report(1, steps)
    drawn: dict[Language, Mapping[str, str]] = {}
    found = _in_languages(run, composed, languages, outputs)
    for place, (spoken, made) in enumerate(zip(languages, found, strict=True)):
        files |= {named_for(name, spoken, languages): content for name, content in made.files.items()}
        drawn[spoken] = made.markup
        report(2 + 2 * place, steps)
        if "papers" in outputs:
            matter = matter_of(run)
            papers = paper_files(matter, usual_papers(matter), language=spoken)
            files |= {f"{PAPERS}/{named_for(name, spoken, languages)}": one for name, one in papers.items()}
        report(3 + 2 * place, steps)
    if "page" in outputs:
        missing = [one for one in LANGUAGES if one not in languages]
        drawn |= {one: draw_charts(run, language=one, files=False).markup for one in missing}
        files["report.html"] = page_bytes(
            run, language=languages[0], sections=composed.sections, pictures=drawn
        )
    files[f"{INPUTS}/{SNAPSHOT}"] = _snapshot_note(run)
    for name, content in (run.study.files or study_files(run.study, languages[0])).items():
        files[f"{INPUTS}/{inside(name)}"] = content
    return files


def _in_languages(
    run: RunData, composed: Composed, languages: Sequence[Language], outputs: Collection[str]
) -> Iterator[Charts]:
    """Give the files of each language, two languages side by side where that pays."""
    places = range(len(languages))
    if len(languages) == 1 or (os.cpu_count() or 1) == 1 or "reference" not in outputs:
        return (files_for_readers(run, composed, languages, place, outputs) for place in places)
    from joblib import Parallel, delayed

    render = delayed(files_for_readers)
    found = Parallel(n_jobs=len(languages))(
        render(run, composed, languages, place, outputs) for place in places
    )
    return iter(found)


def files_for_readers(
    run: RunData, composed: Composed, languages: Sequence[Language], place: int, outputs: Collection[str]
) -> Charts:
    """Return workbook, document and charts in one language by their plain names, and those of the page."""
    files: dict[str, bytes] = {}
    language = languages[place]
    if "workbook" in outputs:
        beside, tables = named_for(ANALYSIS, language, languages), composed.tables
        files["priorities.xlsx"] = workbook_bytes(run, language=language, beside=beside, tables=tables)
        files[ANALYSIS] = analysis_bytes(run, language=language, tables=tables)
    if "reference" in outputs:
        files["report.docx"] = document_bytes(run, language=language, sections=composed.sections)
    wanted = {"files": "charts" in outputs, "markup": "page" in outputs}
    charts = draw_charts(run, language=language, **wanted) if any(wanted.values()) else Charts()
    return Charts({**files, **charts.files}, charts.markup)


def _snapshot_note(run: RunData) -> bytes:
    """Return the file that marks the inputs of a result as a closed folder."""
    note = {"study": run.study.id, "paths": "read inside this folder", "version": run.provenance.version}
    if run.study.files and run.study.locale:
        note["locale"] = run.study.locale
    return (json.dumps(note, indent=2) + "\n").encode()


def named_for(name: str, language: Language, languages: Sequence[Language]) -> str:
    """Return the file name of a language: plain for the first, with its code for the others.

    Examples
    --------
    >>> named_for("priorities.xlsx", "en", ("vi", "en"))
    'priorities.en.xlsx'
    """
    if language == languages[0]:
        return name
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{language}{path.suffix}"))


def inside(name: str) -> str:
    """Return the name of an input so that it stays inside the folder of inputs.

    Examples
    --------
    >>> inside("../../criteria/lai-chau.yaml")
    'criteria/lai-chau.yaml'
    """
    parts = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("..", ".", "/") and not part.endswith(":")]
    return str(PurePosixPath(*kept))


def _languages(languages: Sequence[str]) -> tuple[Language, ...]:
    if isinstance(languages, str) or not languages:
        allowed = text("a list of {names}", names=LANGUAGES)
        raise InputError.argument("languages", found=languages, allowed=allowed)
    return tuple(dict.fromkeys(check_language(language) for language in languages))


def _warn_of_cleaned_signs(run: RunData) -> None:
    """Warn of signs that no workbook or document can hold; they become line ends or are left out."""
    catalog = run.study.catalog
    signs: set[str] = set()
    for frame in (catalog.technologies, catalog.scores, catalog.sources):
        for column in frame.select_dtypes(include=["object", "string"]):
            for words in frame[column].dropna().astype(str):
                signs |= set(control_signs(words))
    if signs:
        message = text("signs that no document can hold became line ends or were left out: {signs}",
                    signs=", ".join(sorted(signs)))  # fmt: skip
        warnings.warn(str(message), TechprioWarning, stacklevel=3)


def _check_outputs(outputs: Collection[str]) -> None:
    unknown = [name for name in outputs if name not in OUTPUTS]
    if isinstance(outputs, str) or unknown:
        found = outputs if isinstance(outputs, str) else ", ".join(unknown)
        raise InputError.argument("outputs", found=found, allowed=text("a list of {names}", names=OUTPUTS))
