"""All problems of a study in a workbook: by cause, one by one, and marked in copies of the tables."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from techprio.errors import Problem, say
from techprio.inputs.diagnostics import CODES, Diagnostics
from techprio.inputs.grid import shown
from techprio.inputs.opening import read_delimited
from techprio.language import Language, Text, resolve_language, text
from techprio.model.layout import letters
from techprio.problems import find_causes

_MARK = "FFFFC7CE"
_HEADINGS = (
    text("Code"),
    text("Kind of problem"),
    text("File"),
    text("Place"),
    text("Field"),
    text("Found"),
    text("Allowed"),
    text("Proposal"),
)


def write_problems(
    problems: Sequence[Problem], source: Path, path: str | Path, *, language: Language | None = None
) -> Path:
    r"""Write the problems of a study and copies of its tables with the cells marked.

    Parameters
    ----------
    problems : sequence of Problem
    source : Path
        The folder or the workbook of the study, which stays as it is.
    path : str or Path
        The workbook to write.
    language : {"vi", "en"}, optional

    Returns
    -------
    Path

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_text("id,cost\nT1,x\n", encoding="utf-8")
    >>> problem = Problem("T110", "a.csv", text("line {line}", line=2), "cost", "x", "a number")
    >>> write_problems([problem], folder, folder / "problems.xlsx").name
    'problems.xlsx'
    """
    import openpyxl

    language = resolve_language(language)
    in_workbook = source.is_file() and source.suffix.lower() in (".xlsx", ".xlsm")
    book = openpyxl.load_workbook(io.BytesIO(source.read_bytes())) if in_workbook else openpyxl.Workbook()
    first = book.create_sheet(_free(book, say(text("Problems"), language)), 0)
    first.append([say(text("{count} problems", count=len(problems)), language)])
    for finding in find_causes(problems):
        first.append([finding.render(language)])
    every = book.create_sheet(_free(book, say(text("Problems one by one"), language)), 1)
    every.append([heading.render(language) for heading in _HEADINGS])
    for problem in problems:
        words = problem.to_dict(language)
        title = say(CODES.get(problem.code, ""), language)
        names = ("file", "place", "field", "found", "allowed", "proposal")
        every.append([problem.code, title, *(_plain(words[name]) for name in names)])
    _mark_cells(book, problems, source if source.is_dir() else source.parent, language, in_workbook)
    if not in_workbook:
        del book["Sheet"]
    path = Path(path)
    book.save(path)
    return path


def _mark_cells(
    book: Any, problems: Sequence[Problem], folder: Path, language: Language, in_workbook: bool
) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    copies: dict[str, Any] = {}
    for problem in problems:
        if in_workbook:
            name, _, address = say(problem.place, language).rpartition("!")
            sheet = book[name] if name in book.sheetnames else None
        else:
            sheet = copies.setdefault(problem.file, _copied(book, folder / problem.file))
            address = _address(problem, sheet)
        if sheet is None or not re.fullmatch(r"[A-Z]{1,3}[0-9]+", address):
            continue
        cell = sheet[address]
        cell.fill = PatternFill("solid", start_color=_MARK)
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(before + problem.render(language), "techprio")


def _address(problem: Problem, sheet: Any) -> str:
    """Return the cell of a problem of a text file: its column, that of its field, or the first."""
    place = problem.place
    if sheet is None or not isinstance(place, Text) or "line" not in place.values:
        return ""
    line = place.values["line"]
    if "column" in place.values:
        return f"{letters(place.values['column'] - 1)}{line}"
    names = [str(cell.value).strip() for cell in sheet[1]]
    found = [str(cell.value).strip() for cell in sheet[line]]
    for words, among in ((str(problem.field), names), (str(problem.found), found)):
        if words in among:
            return f"{letters(among.index(words))}{line}"
    return f"A{line}"


def _copied(book: Any, file: Path) -> Any:
    """Return a sheet with the cells of a text file at their lines; None for a file that is no table."""
    if file.suffix.lower() not in (".csv", ".txt", ".tsv") or not file.is_file():
        return None
    grid = read_delimited(file.read_bytes(), file.name, Diagnostics())
    if grid is None:
        return None
    sheet = book.create_sheet(_free(book, f"{file.parent.name} {file.stem}"))
    for row in grid.rows:
        for place, entry in enumerate(row.cells, 1):
            sheet.cell(row.number, place, _plain(shown(entry)))
    return sheet


def _free(book: Any, title: str) -> str:
    """Return a title of a sheet that is allowed and not taken."""
    title = re.sub(r"[\[\]:*?/\\]", " ", title)[:28].strip()
    taken = {name.casefold() for name in book.sheetnames}
    names = [title, *(f"{title} {number}" for number in range(2, 1000))]
    return next(name for name in names if name.casefold() not in taken)


def _plain(words: str) -> str:
    """Return a text as a workbook keeps it: no formula, no control characters."""
    words = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", words)[:32000]
    return f"'{words}" if words[:1] in ("=", "+", "-", "@") else words
