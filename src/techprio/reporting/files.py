"""Files of a result for its readers, each put in its place whole, or not at all."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from techprio.arguments import validated
from techprio.errors import InputError, TechprioWarning
from techprio.language import Language, resolve_language, text
from techprio.model.provenance import Provenance
from techprio.model.run import RunData


def free_folder(folder: str | Path) -> Path:
    """Return the place of a folder that is there or can be made.

    Raises
    ------
    InputError
        It is a file.
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError(
            text("{place}: found a file; allowed: a folder, or a name that is not taken", place=target)
        )
    return target


def put_files(folder: Path, files: Mapping[str, bytes], language: Language) -> list[Path]:
    """Write files into a folder, each whole or not at all; return them in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    return [put_file(folder / name, content, language) for name, content in sorted(files.items())]


def record_bytes(provenance: Provenance | None, **more: Any) -> bytes:
    """Return the record of what was found as JSON: version, method and inputs first."""
    record = {
        "version": provenance.version if provenance else "",
        "method": provenance.method if provenance else "",
        "inputs": dict(provenance.inputs) if provenance else {},
        **more,
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def put_file(place: str | Path, content: bytes, language: Language) -> Path:
    """Write a file under a temporary name beside its place, then move it there.

    Parameters
    ----------
    place : path
        Its folder is made when it is not there.
    content : bytes
    language : {"vi", "en"}
        Of the warning.

    Returns
    -------
    Path
        Where the file is: a second name when another program holds the first one open.

    Warns
    -----
    TechprioWarning
        The file is open in another program.

    Raises
    ------
    InputError
        The place is a folder, or its folder cannot be written.
    """
    target = Path(place)
    if target.is_dir():
        raise InputError(text("{place}: found a folder; allowed: the name of a file", place=target))
    finished = target.with_name(f".{target.name}-{os.getpid()}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        finished.write_bytes(content)
        return move_file(finished, target, language)
    except OSError as error:
        why = error.strerror or type(error).__name__
        message = text("{place}: cannot be written ({why}); choose another place", place=target, why=why)
        raise InputError(message) from error
    finally:
        with suppress(OSError):
            finished.unlink(missing_ok=True)


def move_file(source: Path, place: Path, language: Language) -> Path:
    """Move a finished file to its place, or beside it under a second name where it is held open."""
    try:
        os.replace(source, place)
    except PermissionError:
        second = _second_name(place)
        os.replace(source, second)
        message = text(
            "{file} is open in another program; the new result is kept as {second}. "
            "Close it in Excel and run again, or give another folder.",
            file=place.name,
            second=second.name,
        )
        warnings.warn(message.render(language), TechprioWarning, stacklevel=4)
        return second
    return place


def _second_name(place: Path) -> Path:
    number = 2
    while (second := place.with_name(f"{place.stem} ({number}){place.suffix}")).exists():
        number += 1
    return second


@validated
def to_workbook(run: RunData, path: str | Path, *, language: Language | None = None) -> Path:
    """Write the workbook for leaders and finance: summary, priority technologies, roadmap, money, people.

    Parameters
    ----------
    run : StudyResult
    path : path
    language : {"vi", "en"}, optional

    Returns
    -------
    Path
        Where the file is: a second name when another program holds the first one open.

    Raises
    ------
    InputError
        A place that is a folder or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> result = tp.run(tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6}), draws=100)
    >>> tp.reporting.to_workbook(result, tempfile.mkdtemp() + "/priorities.xlsx", language="en").name
    'priorities.xlsx'
    """
    from techprio.reporting.workbook import workbook_bytes

    language = resolve_language(language)
    return put_file(path, workbook_bytes(run, language=language), language)


@validated
def to_analysis(run: RunData, path: str | Path, *, language: Language | None = None) -> Path:
    """Write the analyst's workbook: what the figures rest on, scores, certainty, roles, survey, record.

    Parameters
    ----------
    run : StudyResult
    path : path
    language : {"vi", "en"}, optional

    Returns
    -------
    Path
        Where the file is: a second name when another program holds the first one open.

    Raises
    ------
    InputError
        A place that is a folder or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> result = tp.run(tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6}), draws=100)
    >>> tp.reporting.to_analysis(result, tempfile.mkdtemp() + "/analysis.xlsx", language="en").name
    'analysis.xlsx'
    """
    from techprio.reporting.workbook import analysis_bytes

    language = resolve_language(language)
    return put_file(path, analysis_bytes(run, language=language), language)


@validated
def to_document(run: RunData, path: str | Path, *, language: Language | None = None) -> Path:
    """Write the report as a Word document, in the order of the province's documents.

    Parameters
    ----------
    run : StudyResult
    path : path
    language : {"vi", "en"}, optional

    Returns
    -------
    Path

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> result = tp.run(tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6}), draws=100)
    >>> tp.reporting.to_document(result, tempfile.mkdtemp() + "/report.docx", language="en").name
    'report.docx'
    """
    from techprio.reporting.word.document import document_bytes

    language = resolve_language(language)
    return put_file(path, document_bytes(run, language=language), language)


@validated
def to_page(run: RunData, path: str | Path, *, language: Language | None = None) -> Path:
    """Write the report as one page for a browser, both languages in it, with the workshop.

    Parameters
    ----------
    run : StudyResult
    path : path
    language : {"vi", "en"}, optional
        The one that stands there first.

    Returns
    -------
    Path

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"cost": [3.0, 5.0], "jobs": [4.0, 2.0]}, index=["A", "B"])
    >>> farms = pd.DataFrame({"sector": "farming"}, index=["A", "B"])
    >>> catalog = tp.Catalog.from_frame(farms, table, {"cost": "min", "jobs": "max"})
    >>> result = tp.run(tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6}), draws=100)
    >>> tp.reporting.to_page(result, tempfile.mkdtemp() + "/report.html").name
    'report.html'
    """
    from techprio.reporting.page.html_page import page_bytes

    language = resolve_language(language)
    return put_file(path, page_bytes(run, language=language), language)
