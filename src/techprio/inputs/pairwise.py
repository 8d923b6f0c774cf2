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

from techprio.inputs.ab_forms import find_ab_form, read_ab_form
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid
from techprio.inputs.numbers import Locale
from techprio.inputs.signed_survey import find_signed_survey, read_signed_survey
from techprio.inputs.sniffing import sniff
from techprio.inputs.square_tables import find_square, read_square
from techprio.inputs.tables import pick_sheet, read_grid
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
    try:
        data = source.read_bytes()
    except OSError as error:
        found = error.strerror or str(error)
        diagnostics.add("T101", Location(str(source)), found=found, allowed=text("a file of comparisons"))
        return ()
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
