"""The points of surveyed firms from a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from techprio.arguments import validated
from techprio.inputs.columns import number_column
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.finding import LayoutLike, TableOptions
from techprio.inputs.grid import Grid
from techprio.inputs.numbers import Locale
from techprio.inputs.rows import SurveyRow
from techprio.inputs.tables import TypedTable, read_record_table, read_table
from techprio.language import Text, text
from techprio.model.fields import Field
from techprio.model.instrument import Instrument
from techprio.model.layout import Layout
from techprio.model.survey_problems import survey_problems


class SurveyedFirms(pd.DataFrame):  # type: ignore[misc] # the stubs of pandas are not used
    r"""The points of firms, one row a firm and year, and the layout of their table.

    Attributes
    ----------
    layout : Layout
        What each row and column was taken for.
    notes : tuple of Text

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "firms.csv"
    >>> lines = ["firm,sector,year,T,E,O,R,I", "f1,AGR,2026,14,10,10,2,4", "Total,,,14,10,10,2,4"]
    >>> _ = file.write_text("\n".join(lines), encoding="utf-8")
    >>> firms = tp.inputs.read_survey(file, tp.example("lai-chau").instrument)
    >>> len(firms), firms.layout.left_out["name"].tolist()
    (1, ['Total'])
    """

    _metadata: list[str] = ["layout", "notes"]  # noqa: RUF012 (pandas reads it)
    layout: Layout
    notes: tuple[Text, ...]

    @property
    def _constructor(self) -> Callable[..., Any]:
        return pd.DataFrame


@validated
def read_survey(
    path: str | Path,
    instrument: Instrument,
    *,
    sectors: Sequence[str] = (),
    sheet: str | None = None,
    locale: Locale | None = None,
    layout: LayoutLike | None = None,
    header_rows: int | None = None,
    columns: Mapping[str, str] | None = None,
    skip_rows: Collection[int] = (),
    scale: Mapping[str, float] | None = None,
) -> SurveyedFirms:
    r"""Read the points of firms, by group or by the criteria that the instrument lists.

    Parameters
    ----------
    path : str or Path
        Table with ``firm, sector, instrument, year``, points, and what else is known of the firm.
    instrument : Instrument
    sectors : sequence of str
        Known sector codes; empty takes every code.
    sheet : str, optional
        Needed when a workbook has several sheets.
    locale : {"vi", "en"}, optional
        How numbers are written; without it the numbers of the file say it.
    layout : {"rows", "columns"} or mapping of int to str, optional
        Whether each row or each column is a firm; or what single rows are, by their number in the file.
    header_rows : int, optional
        How many rows of headings there are.
    columns : mapping of str to str, optional
        What headings stand for: ``{"Mã số thuế": "firm", "Q1": "T", "Email": "left out"}``.
    skip_rows : collection of int
        Lines (rows of a sheet) to be left out.
    scale : mapping of str to float, optional
        Points of words: ``{"Thấp": 5, "Cao": 15}``.

    Returns
    -------
    SurveyedFirms
        A DataFrame with one row a firm and year; it carries ``layout`` and ``notes``. An empty cell of
        points is a missing group.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "firms.csv"
    >>> _ = file.write_text(
    ...     "firm,sector,instrument,year,T,E,O,R,I\nf1,AGR,circular17,2026,14,10,10,2,4\n",
    ...     encoding="utf-8",
    ... )
    >>> instrument = tp.example("lai-chau").instrument
    >>> tp.inputs.read_survey(file, instrument)[["firm", "T", "I"]].values.tolist()
    [['f1', 14.0, 4.0]]
    """
    diagnostics = Diagnostics()
    options = TableOptions(layout, header_rows, columns, skip_rows, sheet, locale)
    table, taken_for = read_record_table(
        path, SurveyRow, diagnostics, options, text("a table of firms"),
        extra=_point_columns(instrument), points=scale,
    )  # fmt: skip
    _check_survey(table, instrument, diagnostics, sectors=sectors)
    diagnostics.check()
    firms = SurveyedFirms(survey_frame(table, instrument))
    firms.layout, firms.notes = taken_for, tuple(diagnostics.notes)
    return firms


def parse_survey(
    data: bytes | Grid,
    file: str,
    instrument: Instrument,
    diagnostics: Diagnostics,
    *,
    sectors: Sequence[str] = (),
) -> TypedTable:
    """Read the bytes of a survey and note every problem of it.

    Parameters
    ----------
    data : bytes or Grid
    file : str
        Name for the problems.
    instrument : Instrument
    diagnostics : Diagnostics
        Takes the problems.
    sectors : sequence of str
        Known sector codes; empty takes every code.
    """
    table = read_table(data, file, SurveyRow, diagnostics, extra=_point_columns(instrument))
    _check_survey(table, instrument, diagnostics, sectors=sectors)
    return table


def _point_columns(instrument: Instrument) -> list[Field]:
    return [number_column(name, least=0) for name in _point_names(instrument)]


def _check_survey(
    table: TypedTable, instrument: Instrument, diagnostics: Diagnostics, *, sectors: Sequence[str]
) -> None:
    if not table.readable:
        return
    if not table.lines:
        diagnostics.add(
            "T103", Location(table.file), found=text("no firm"), allowed=text("one row a firm and year")
        )
        return
    for problem in survey_problems(survey_frame(table, instrument), instrument, sectors=sectors):
        line = None if problem.row is None else table.lines[problem.row]
        if line is None or problem.field not in line.faulty:
            diagnostics.add(
                problem.code,
                Location(table.file) if line is None else line.location,
                field=problem.field,
                found=problem.found,
                allowed=problem.allowed,
                proposal=problem.proposal,
            )


def survey_frame(table: TypedTable, instrument: Instrument) -> pd.DataFrame:
    """Return the lines with the columns that the file has; no ``instrument`` column when it has none."""
    frame = table.frame(SurveyRow)
    have = {column.name for column in table.columns}
    absent = [
        name for name in (*_point_names(instrument), "instrument") if name in frame and name not in have
    ]
    return frame.drop(columns=absent)


def _point_names(instrument: Instrument) -> list[str]:
    questions = [question.id for group in instrument.groups for question in group.questions]
    return [*(group.id for group in instrument.groups), *questions]
