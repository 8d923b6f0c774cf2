"""Read several rankings of the same names from one table: a row a name, a column a list."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from techprio.arguments import validated
from techprio.errors import DataFileError
from techprio.inputs.cells import CellProblem
from techprio.inputs.columns import fold
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.free_cells import read_free_number
from techprio.inputs.grid import Grid, shown
from techprio.inputs.numbers import Locale
from techprio.inputs.opening import read_bytes, read_grid
from techprio.inputs.tables import report_problem
from techprio.language import text


@validated
def read_rank_lists(
    path: str | Path, *, sheet: str | None = None, locale: Locale | None = None
) -> pd.DataFrame:
    r"""Read a table of ranks: names in the first column, a list in every other one, 1 is the best.

    Parameters
    ----------
    path : str or Path
        A CSV file or a workbook.
    sheet : str, optional
        Of a workbook with several.
    locale : {"vi", "en"}, optional
        How it writes numbers.

    Returns
    -------
    DataFrame
        Index alternative, a column a list; for :func:`techprio.robustness.rank_aggregation`.

    Raises
    ------
    DataFileError
        Every problem at once: no heading, a name or list twice, a rank that is empty, no number or below 1.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "lists.csv"
    ...     _ = file.write_text("technology,one,two\nA,1,2\nB,2,1\n")
    ...     read_rank_lists(file).to_dict("list")
    {'one': [1.0, 2.0], 'two': [2.0, 1.0]}
    """
    diagnostics = Diagnostics()
    file = str(path)
    data = read_bytes(path, diagnostics, text("a CSV file or workbook with one table"))
    grid = read_grid(data, file, diagnostics, sheet=sheet)
    diagnostics.check()
    if grid is None:
        raise DataFileError(diagnostics.problems)
    frame = _lists(grid, locale, diagnostics)
    diagnostics.check()
    return frame


def _lists(grid: Grid, locale: Locale | None, diagnostics: Diagnostics) -> pd.DataFrame:
    heading, *rows = grid.rows
    lists = [(place, shown(heading.entry(place))) for place in heading.filled() if place]
    if len(lists) < 1 or len(rows) < 2:
        diagnostics.add(
            "T103", grid.location(heading.number),
            found=text("{names} names and {lists} lists", names=len(rows), lists=len(lists)),
            allowed=text("a heading, two names and one list or more"),
        )  # fmt: skip
        return pd.DataFrame()
    met: set[str] = set()
    for place, name in lists:
        if fold(name) in met:
            diagnostics.add(
                "T129", grid.location(heading.number, place), found=name, allowed=text("each list once")
            )
        met.add(fold(name))
    names: dict[str, list[float]] = {}
    for row in rows:
        name = shown(row.entry(0))
        if not name or name in names:
            diagnostics.add(
                "T129", grid.location(row.number, 0), found=name or text("an empty cell"),
                allowed=text("each name once"),
            )  # fmt: skip
            continue
        names[name] = []
        for place, column in lists:
            value = read_free_number(row.entry(place), locale=locale)
            if isinstance(value, CellProblem) or value is None:
                fault = value or CellProblem("T114", text("a rank for each name in every list"))
                report_problem(
                    fault, grid.location(row.number, place), column, shown(row.entry(place)), diagnostics
                )
                value = 1.0
            elif value < 1:
                diagnostics.add(
                    "T114", grid.location(row.number, place), field=column, found=shown(row.entry(place)),
                    allowed=text("a rank of 1 or more"),
                )  # fmt: skip
            names[name].append(float(value))
    index = pd.Index(list(names), name="alternative")
    return pd.DataFrame(list(names.values()), index=index, columns=[name for _, name in lists])
