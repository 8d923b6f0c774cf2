"""The points of surveyed firms from a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from techprio.arguments import validated
from techprio.inputs.columns import number_column
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.rows import SurveyRow
from techprio.inputs.tables import TypedTable, read_table
from techprio.language import text
from techprio.model.instrument import Instrument
from techprio.model.survey_problems import survey_problems


@validated
def read_survey(path: str | Path, instrument: Instrument, *, sectors: Sequence[str] = ()) -> pd.DataFrame:
    r"""Read the points of firms, by group or by the criteria that the instrument lists.

    Parameters
    ----------
    path : str or Path
        Table with ``firm, sector, instrument, year``, points, and what else is known of the firm.
    instrument : Instrument
    sectors : sequence of str
        Known sector codes; empty takes every code.

    Returns
    -------
    DataFrame
        One row a firm and year. An empty cell of points is a missing group.

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
    data = read_bytes(path, diagnostics, text("a table of firms"))
    table = parse_survey(data, Path(path).name, instrument, diagnostics, sectors=sectors)
    diagnostics.check()
    return survey_frame(table, instrument)


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
    columns = [number_column(name, least=0) for name in _point_names(instrument)]
    table = read_table(data, file, SurveyRow, diagnostics, extra=columns)
    if not table.readable:
        return table
    if not table.lines:
        diagnostics.add(
            "T103", Location(file), found=text("no firm"), allowed=text("one row a firm and year")
        )
        return table
    for problem in survey_problems(survey_frame(table, instrument), instrument, sectors=sectors):
        line = None if problem.row is None else table.lines[problem.row]
        if line is None or problem.field not in line.faulty:
            diagnostics.add(
                problem.code,
                Location(file) if line is None else line.location,
                field=problem.field,
                found=problem.found,
                allowed=problem.allowed,
                proposal=problem.proposal,
            )
    return table


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
