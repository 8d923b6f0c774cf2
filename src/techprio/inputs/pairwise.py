"""Pairwise comparisons that people bring: square tables, "A or B" forms, signed exports of surveys.

A file of statements (``expert, group, node, preferred, other, strength``) belongs to a study and its
criteria tree; it is read by :mod:`techprio.inputs.judgments`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from techprio.inputs.cells import CellProblem, clean, parse_number_freely
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid, GridRow, shown
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import pick_sheet, read_bytes, read_grid
from techprio.inputs.ratios import read_ratio
from techprio.inputs.sniffing import sniff
from techprio.inputs.square_tables import find_square, read_square
from techprio.inputs.tables import report_problem
from techprio.inputs.workbooks import read_workbook
from techprio.language import Text, text

Side = Literal["left", "right"]


@dataclass(frozen=True)
class PairwiseFile:
    r"""The comparisons of a file.

    Parameters
    ----------
    matrices : dict of str to DataFrame
        By expert, or by the name of the file when it holds one table: ratios, row against column,
        NaN for a pair that was not compared. An expert who answered nothing has an empty table.
    notes : tuple of Text
        What was left out or taken as it is.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "an.csv"
    >>> _ = file.write_text(",cost,value\ncost,1,1/3\nvalue,3,1\n", encoding="utf-8")
    >>> found = tp.inputs.read_pairwise(file)
    >>> found.matrices["an"].round(3).values.tolist()
    [[1.0, 0.333], [3.0, 1.0]]
    """

    matrices: dict[str, pd.DataFrame]
    notes: tuple[Text, ...] = ()


def read_pairwise(
    path: str | Path,
    *,
    sheet: str | None = None,
    locale: Locale | None = None,
    minus_means: Side | None = None,
    largest: float = 9,
) -> PairwiseFile:
    r"""Read pairwise comparisons from a CSV file or a workbook.

    Parameters
    ----------
    path : str or Path
        A square table of ratios; a workbook with one such sheet an expert; a form "A or B, and how
        much"; or an export of a survey with one column a pair and answers from -9 to 9.
    sheet : str, optional
        One sheet of a workbook; without it every visible sheet with text is one expert.
    locale : {"vi", "en"}, optional
        Settles numbers that have two readings.
    minus_means : {"left", "right"}, optional
        Which item of a pair a minus sign favours in a signed export; needed there, never guessed.
    largest : float
        End of the scale.

    Returns
    -------
    PairwiseFile

    Raises
    ------
    DataFileError
        Every problem of the file, with its cell or line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> file = Path(tempfile.mkdtemp()) / "matrix.csv"
    >>> _ = file.write_text(",cost,value\ncost,1,1/3\nvalue,3,1\n", encoding="utf-8")
    >>> tp.ahp(read_pairwise(file).matrices["matrix"]).overall.round(9).tolist()
    [0.25, 0.75]
    """
    source, diagnostics = Path(path), Diagnostics()
    grids = _grids(source, sheet, diagnostics)
    matrices: dict[str, pd.DataFrame] = {}
    for grid in grids:
        name = grid.sheet if len(grids) > 1 else source.stem
        matrices |= _read(grid, name, diagnostics, locale, minus_means, largest)
    diagnostics.check()
    return PairwiseFile(matrices, tuple(diagnostics.notes))


def _grids(source: Path, sheet: str | None, diagnostics: Diagnostics) -> Sequence[Grid]:
    data = read_bytes(source, diagnostics, text("a file of comparisons"))
    kind = sniff(data, source.name, diagnostics)
    if kind is None:
        return ()
    if kind == "text":
        grid = read_grid(data, source.name, diagnostics)
        return () if grid is None else (grid,)
    found_grids = read_workbook(data, source.name, kind, diagnostics)
    if sheet is not None:
        chosen = pick_sheet(found_grids, source.name, diagnostics, sheet=sheet)
        return () if chosen is None else (chosen,)
    return _shown_sheets(found_grids, source.name, diagnostics)


def _shown_sheets(grids: Sequence[Grid], file: str, diagnostics: Diagnostics) -> Sequence[Grid]:
    for grid in grids:
        if grid.rows and grid.is_hidden_sheet:
            diagnostics.note(text("{file}: hidden sheet {sheet} is left out", file=file, sheet=grid.sheet))
    visible = [grid for grid in grids if grid.rows and not grid.is_hidden_sheet]
    if not visible and not len(diagnostics):
        diagnostics.add("T103", Location(file), found=text("no sheet with text"), allowed=_forms())
    return visible


def _read(
    grid: Grid,
    name: str,
    diagnostics: Diagnostics,
    locale: Locale | None,
    minus_means: Side | None,
    largest: float,
) -> dict[str, pd.DataFrame]:
    form = find_ab_form(grid)
    if form is not None:
        return {name: read_ab_form(grid, form, diagnostics, locale=locale, largest=largest)}
    survey = find_signed_survey(grid)
    if survey is not None:
        return read_signed_survey(grid, survey, diagnostics, minus_means=minus_means, largest=largest)
    square = find_square(grid)
    if square is None:
        diagnostics.add(
            "T130", grid.location(grid.rows[0].number), found=text("another table"), allowed=_forms()
        )
        return {}
    table = read_square(grid, square, diagnostics, locale=locale, largest=largest)
    return {name: table.astype(np.float64)}


def _forms() -> Text:
    return text(
        "a square table of ratios, a form with two items, a side and a degree a row, "
        "or a survey with one column a pair and answers from -9 to 9"
    )


_FIRST = ("tieu_chi_a", "criterion_a", "item_a", "a")
_SECOND = ("tieu_chi_b", "criterion_b", "item_b", "b")
_SIDE = ("a_hay_b", "a_or_b", "ben_nao", "side")
_DEGREE = ("muc_do", "degree", "strength", "intensity", "how_much")


@dataclass(frozen=True)
class AbForm:
    """Where the columns of a form stand."""

    heading: GridRow
    first: int
    second: int
    side: int
    degree: int


def find_ab_form(grid: Grid) -> AbForm | None:
    """Find the heading row of a form, or None when the table is something else."""
    for row in grid.rows:
        headings = [fold(shown(entry)) for entry in row.cells]
        first, second = _exact(headings, _FIRST), _exact(headings, _SECOND)
        side, degree = _beginning(headings, _SIDE), _beginning(headings, _DEGREE)
        if first is not None and second is not None and side is not None and degree is not None:
            return AbForm(row, first, second, side, degree)
    return None


def read_ab_form(
    grid: Grid, form: AbForm, diagnostics: Diagnostics, *, locale: Locale | None, largest: float
) -> pd.DataFrame:
    """Return the ratios of a form; a degree of 1 needs no side, any other does."""
    rows = [row for row in grid.rows if row.number > form.heading.number and _ab_pair(row, form)]
    names = list(dict.fromkeys(name for row in rows for name in _ab_pair(row, form)))
    table = pd.DataFrame(np.nan, index=names, columns=names)
    for row in rows:
        first, second = _ab_pair(row, form)
        ratio = _ab_ratio(grid, form, row, diagnostics, locale, largest)
        if ratio is not None:
            table.loc[first, second], table.loc[second, first] = ratio, 1 / ratio
    return table


def _ab_pair(row: GridRow, form: AbForm) -> tuple[str, ...]:
    names = tuple(clean(shown(row.entry(place))) for place in (form.first, form.second))
    return names if all(names) else ()


def _ab_ratio(
    grid: Grid, form: AbForm, row: GridRow, diagnostics: Diagnostics, locale: Locale | None, largest: float
) -> float | None:
    field = " / ".join(_ab_pair(row, form))
    entry = row.entry(form.degree)
    degree = read_ratio(entry, locale=locale, largest=largest)
    if isinstance(degree, CellProblem):
        report_problem(degree, grid.location(row.number, form.degree), field, shown(entry), diagnostics)
        return None
    side = clean(shown(row.entry(form.side))).upper()
    if degree is None:
        if side:
            _missing(grid, row, form.degree, field, diagnostics)
        return None
    if degree < 1:
        allowed = text("a degree of 1 or more; the side says which item it favours")
        diagnostics.add(
            "J403", grid.location(row.number, form.degree), field=field, found=shown(entry), allowed=allowed
        )
        return None
    if degree == 1 or side in ("A", "B"):
        return 1 / degree if side == "B" else degree
    found = side or text("empty cell")
    diagnostics.add("J413", grid.location(row.number, form.side), field=field, found=found, allowed="A, B")
    return None


def _missing(grid: Grid, row: GridRow, place: int, field: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "T114",
        grid.location(row.number, place),
        field=field,
        found=text("empty cell"),
        allowed=text("a degree of 1 or more; the side says which item it favours"),
    )


def _exact(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading in names), None)


def _beginning(headings: list[str], names: tuple[str, ...]) -> int | None:
    return next((place for place, heading in enumerate(headings) if heading.startswith(names)), None)


@dataclass(frozen=True)
class SignedSurvey:
    """The heading row and the pair of each column."""

    heading: GridRow
    pairs: dict[int, tuple[str, str]]


def find_signed_survey(grid: Grid) -> SignedSurvey | None:
    """Find the heading row whose names are pairs ``A_B``, or None when the table is something else."""
    for row in grid.rows:
        pairs = {}
        for place, entry in enumerate(row.cells[1:], start=1):
            parts = clean(shown(entry)).split("_")
            if len(parts) == 2 and all(parts):
                pairs[place] = (parts[0], parts[1])
        names = {name for pair in pairs.values() for name in pair}
        if pairs and len(pairs) == len(row.filled()) - 1 and len(names) <= len(pairs) + 1:
            return SignedSurvey(row, pairs)
    return None


def read_signed_survey(
    grid: Grid,
    survey: SignedSurvey,
    diagnostics: Diagnostics,
    *,
    minus_means: Literal["left", "right"] | None,
    largest: float,
) -> dict[str, pd.DataFrame]:
    """Return the ratios of every expert; what a minus means must be stated, either way is in use."""
    if minus_means is None:
        diagnostics.add(
            "J414",
            grid.location(survey.heading.number),
            field="minus_means",
            found=text("answers with a sign, and no word on what a minus means"),
            allowed=text("left: a minus favours the item named first; right: the one named second"),
            proposal=text("look at the form, and give --minus-means left or right"),
        )
        return {}
    names = list(dict.fromkeys(name for pair in survey.pairs.values() for name in pair))
    tables = {}
    for row in grid.rows:
        expert = clean(shown(row.entry(0)))
        if row.number <= survey.heading.number or not expert:
            continue
        table = pd.DataFrame(np.nan, index=names, columns=names)
        for place, (left, right) in survey.pairs.items():
            answer = _answer(grid, row, place, f"{expert}: {left} / {right}", diagnostics, largest)
            if answer is not None:
                ratio = _left_ratio(answer, minus_means)
                table.loc[left, right], table.loc[right, left] = ratio, 1 / ratio
        tables[expert] = table
    return tables


def _answer(
    grid: Grid, row: GridRow, place: int, field: str, diagnostics: Diagnostics, largest: float
) -> float | None:
    words = clean(shown(row.entry(place)))
    if not words:
        return None
    value = parse_number_freely(words)
    if not isinstance(value, CellProblem) and 1 <= abs(value) <= largest:
        return value
    if not isinstance(value, CellProblem):
        ends = text("from -{largest} to -1, or from 1 to {largest}", largest=f"{largest:g}")
        nothing = text("leave the cell empty for no opinion; 1 means equal")
        value = CellProblem("J409", ends, text("ask who filled in the form") if value else nothing)
    report_problem(value, grid.location(row.number, place), field, words, diagnostics)
    return None


def _left_ratio(answer: float, minus_means: str) -> float:
    favours_left = (answer < 0) == (minus_means == "left")
    return abs(answer) if favours_left else 1 / abs(answer)
