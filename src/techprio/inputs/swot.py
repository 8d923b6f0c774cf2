"""The words of the analysts for the SWOT table of each sector."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd

from techprio.inputs.columns import Row
from techprio.inputs.diagnostics import Diagnostics, listed
from techprio.inputs.grid import Grid
from techprio.inputs.opening import read_bytes
from techprio.inputs.tables import read_table
from techprio.language import text
from techprio.model.fields import Field
from techprio.model.swot import SIDES, swot_side


class SwotRow(Row):
    """``swot.csv``: one strength, weakness, opportunity or threat of a sector."""

    sector: Annotated[str, Field("Ngành", "Sector", kind="id", also=("linh_vuc",))]
    side: Annotated[
        str,
        Field(
            "Mặt",
            "Side",
            (
                "S điểm mạnh, W điểm yếu, O cơ hội, T thách thức",
                "S strength, W weakness, O opportunity, T threat",
            ),
        ),
    ]
    text: Annotated[str, Field("Nội dung", "Text")]


def read_swot(path: str | Path, *, sectors: Sequence[str] = ()) -> pd.DataFrame:
    r"""Read strengths, weaknesses, opportunities and threats in the words of the analysts.

    Parameters
    ----------
    path : str or Path
        Table with ``sector, side, text``.
    sectors : sequence of str
        Known sector codes; empty takes every code.

    Returns
    -------
    DataFrame
        ``sector, side, text``; the side is strength, weakness, opportunity or threat.

    Raises
    ------
    DataFileError
        Every problem of the table, with its line.

    Examples
    --------
    >>> import tempfile, techprio as tp
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "swot.csv"
    >>> _ = file.write_text("sector,side,text\nTOU,O,visitors from abroad\n", encoding="utf-8")
    >>> tp.inputs.read_swot(file).values.tolist()
    [['TOU', 'opportunity', 'visitors from abroad']]
    """
    diagnostics = Diagnostics()
    data = read_bytes(path, diagnostics, text("a table with sector, side and text"))
    frame = parse_swot(data, Path(path).name, diagnostics, sectors=sectors)
    diagnostics.check()
    return frame


def parse_swot(
    data: bytes | Grid, file: str, diagnostics: Diagnostics, *, sectors: Sequence[str] = ()
) -> pd.DataFrame:
    """Read the bytes of a SWOT table and note every problem of it."""
    table = read_table(data, file, SwotRow, diagnostics)
    for line in table:
        if line["sector"] and sectors and line["sector"] not in sectors:
            diagnostics.unknown(
                "S306",
                line.location,
                field="sector",
                found=line["sector"],
                name=line["sector"],
                known=tuple(sectors),
            )
        if line["side"] and swot_side(line["side"]) is None:
            allowed = listed((*SIDES, "S", "W", "O", "T"))
            diagnostics.add("T113", line.location, field="side", found=line["side"], allowed=allowed)
    frame = table.frame(SwotRow)
    return frame.assign(side=[swot_side(str(word)) for word in frame["side"]])
