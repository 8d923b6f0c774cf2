"""What became of technologies."""

from __future__ import annotations

import pandas as pd

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid
from techprio.inputs.rows import StatusRow
from techprio.inputs.tables import read_table
from techprio.inputs.unknown import UnknownNames
from techprio.language import text


def read_status(
    data: bytes | Grid, file: str, technologies: UnknownNames, diagnostics: Diagnostics
) -> pd.DataFrame:
    """Read what became of the technologies, one row a technology and year."""
    table = read_table(data, file, StatusRow, diagnostics)
    first: dict[tuple[str, int], Location] = {}
    for line in table:
        technologies.is_known(line.get("technology"), line.location, "technology")
        key = (line.get("technology"), line.get("year"))
        if key in first:
            found = text(
                "{technology} in {year}, also in {location}",
                technology=key[0],
                year=key[1],
                location=first[key].words,
            )
            diagnostics.add(
                "S302",
                line.location,
                field="technology",
                found=found,
                allowed=text("each technology once in a year"),
            )
        elif None not in key:
            first[key] = line.location
    technologies.report(diagnostics)
    return table.frame(StatusRow)
