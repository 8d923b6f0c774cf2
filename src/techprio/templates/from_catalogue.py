"""A blank study that begins with the technologies of a catalogue."""

from __future__ import annotations

import re

import pandas as pd

from techprio.inputs.cells import plain_letters
from techprio.inputs.long_table import CatalogueTable
from techprio.templates.raw_study import RawStudy, RawTable, node_of


def fill_from(raw: RawStudy, table: CatalogueTable, *, has_criteria: bool, id: str) -> None:
    """Put the technologies of a catalogue into the first sector of a blank study.

    Parameters
    ----------
    raw : RawStudy
    table : CatalogueTable
        A field that is a column of ``technologies.csv`` goes there, another becomes a criterion with scores.
    has_criteria : bool
        Whether the study has its criteria already; otherwise those of the fields are begun.
    id : str
        Id of the study.
    """
    sector = next(iter(raw.folders))
    ids: dict[str, str] = {}
    for name in table.values.index:
        plain = re.sub(r"[^A-Za-z0-9_.\-]+", "_", plain_letters(str(name))).strip("_.-") or "T"
        taken = [plain, *(f"{plain}_{number}" for number in range(2, len(table.values) + 2))]
        ids[name] = next(one for one in taken if one not in ids.values())
    headings = raw.tables["technologies", sector].headings
    columns = [field for field in table.values if field in headings]
    bounds = {field: (field.replace("_mode", "_low"), field.replace("_mode", "_high")) for field in columns}
    rows = []
    for name, code in ids.items():
        cells = {"id": code, "name_en": table.names[name] or str(name)}
        for field in columns:
            cells[field] = _number(table.values.loc[name, field])
            for bound, frame in zip(bounds[field], (table.low, table.high), strict=True):
                if bound != field and bound in headings:
                    cells[bound] = _number(frame.loc[name, field])
        rows.append(tuple(cells.get(heading, "") for heading in headings))
    raw.tables["technologies", sector] = RawTable(headings, tuple(rows))
    scores = raw.tables["scores", sector].headings
    criteria = {field: re.sub(r"\W+", "_", plain_letters(field)).strip("_") for field in table.values}
    criteria = {field: code for field, code in criteria.items() if field not in columns}
    lines = [
        {
            "technology": ids[name],
            "criterion": code,
            "value": _number(table.values.loc[name, field]),
            "low": _number(table.low.loc[name, field]),
            "high": _number(table.high.loc[name, field]),
            "evidence": "B",
        }
        for name in ids
        for field, code in criteria.items()
        if pd.notna(table.values.loc[name, field])
    ]
    raw.tables["scores", sector] = RawTable(
        scores, tuple(tuple(line.get(heading, "") for heading in scores) for line in lines)
    )
    if criteria and not has_criteria:
        tree = [{"id": code, "label": {"vi": None, "en": field}} for field, code in criteria.items()]
        raw.documents["criteria"] = node_of({"id": id or None, "criteria": tree})


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.12g}"
