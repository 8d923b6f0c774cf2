"""One file of a result for its readers: the workbook, the Word report or the page."""

from __future__ import annotations

from pathlib import Path

from techprio.language import Language, resolve_language
from techprio.model.run import RunData
from techprio.reporting.files import put_file


def to_workbook(run: RunData, path: str | Path, *, language: Language | None = None) -> Path:
    """Write the workbook of the priority lists.

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
    >>> tree = tp.CriteriaTree.from_frame(
    ...     pd.DataFrame({"criterion": ["cost", "jobs"], "direction": ["min", "max"]})
    ... )
    >>> catalog = tp.Catalog.from_frame(pd.DataFrame({"sector": "farming"}, index=["A", "B"]), table, tree)
    >>> study = tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6})
    >>> result = tp.run(study, draws=100)
    >>> tp.reporting.to_workbook(result, tempfile.mkdtemp() + "/priorities.xlsx", language="en").name
    'priorities.xlsx'
    """
    from techprio.reporting.workbook import workbook_bytes

    language = resolve_language(language)
    return put_file(path, workbook_bytes(run, language=language), language)


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
    >>> tree = tp.CriteriaTree.from_frame(
    ...     pd.DataFrame({"criterion": ["cost", "jobs"], "direction": ["min", "max"]})
    ... )
    >>> catalog = tp.Catalog.from_frame(pd.DataFrame({"sector": "farming"}, index=["A", "B"]), table, tree)
    >>> study = tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6})
    >>> result = tp.run(study, draws=100)
    >>> tp.reporting.to_document(result, tempfile.mkdtemp() + "/report.docx", language="en").name
    'report.docx'
    """
    from techprio.reporting.word.document import document_bytes

    language = resolve_language(language)
    return put_file(path, document_bytes(run, language=language), language)


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
    >>> tree = tp.CriteriaTree.from_frame(
    ...     pd.DataFrame({"criterion": ["cost", "jobs"], "direction": ["min", "max"]})
    ... )
    >>> catalog = tp.Catalog.from_frame(pd.DataFrame({"sector": "farming"}, index=["A", "B"]), table, tree)
    >>> study = tp.Study(catalog, weights={"cost": 0.4, "jobs": 0.6})
    >>> result = tp.run(study, draws=100)
    >>> tp.reporting.to_page(result, tempfile.mkdtemp() + "/report.html").name
    'report.html'
    """
    from techprio.reporting.page.html_page import page_bytes

    language = resolve_language(language)
    return put_file(path, page_bytes(run, language=language), language)
