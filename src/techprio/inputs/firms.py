"""The survey of firms, checked against its instrument; and what became of technologies."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.inputs.findings import Findings, Spot
from techprio.inputs.rows import StatusRow, SurveyRow
from techprio.inputs.tables import number_column, read_table
from techprio.inputs.unknown import UnknownNames
from techprio.inputs.yaml_reader import read_yaml
from techprio.language import text


@dataclass(frozen=True)
class InstrumentGroups:
    """The groups of points of an instrument, and the ids under which firms are surveyed with it."""

    ids: tuple[str, ...]
    maxima: dict[str, float]


def read_instrument_groups(data: bytes, file: str, findings: Findings) -> InstrumentGroups | None:
    """Read from an instrument what the check of a survey needs."""
    value = read_yaml(data, file, findings)
    if value is None:
        return None
    given = dict(value.entries())
    for key in ("id", "groups"):
        if key not in given:
            findings.add("Y204", value.spot, field=key, found=text("nothing"), allowed=text("a value"))
    if not {"id", "groups"} <= given.keys():
        return None
    ids = [given["id"].text()]
    if "extension" in given:
        extension = dict(given["extension"].entries())
        ids += [extension["id"].text()] if "id" in extension else []
    maxima: dict[str, float] = {}
    for item in given["groups"].items():
        parts = dict(item.entries())
        points = parts["max_points"].number(0) if "max_points" in parts else None
        if "id" in parts and points is not None:
            maxima[parts["id"].text()] = points
    return InstrumentGroups(tuple(ids), maxima)


def read_survey(
    data: bytes,
    file: str,
    sectors: list[str],
    instrument: InstrumentGroups | None,
    findings: Findings,
) -> pd.DataFrame:
    """Read the points of firms, one row a firm and year.

    Parameters
    ----------
    data : bytes
    file : str
        Name for the problems.
    sectors : list of str
        Known sector codes.
    instrument : InstrumentGroups, optional
        None when it is not known; points are then not compared with a maximum.
    findings : Findings
        Takes the problems.
    """
    maxima = instrument.maxima if instrument else {}
    table = read_table(
        data, file, SurveyRow, findings, extra=[number_column(name, least=0) for name in maxima]
    )
    unknown = UnknownNames("S306", sectors)
    instruments = UnknownNames("S322", instrument.ids if instrument else None)
    first: dict[tuple[str, int], Spot] = {}
    for line in table:
        unknown.is_known(line.get("sector"), line.spot, "sector")
        if line.get("instrument"):
            instruments.is_known(line["instrument"], line.spot, "instrument")
        key = (line.get("firm"), line.get("year"))
        if key in first:
            found = text("{firm} in {year}, also in {spot}", firm=key[0], year=key[1], spot=first[key].words)
            findings.add(
                "S320", line.spot, field="firm", found=found, allowed=text("each firm once in a year")
            )
        elif None not in key:
            first[key] = line.spot
        for name, most in maxima.items():
            points = line.get(name)
            if points is not None and points > most:
                findings.add(
                    "S321",
                    line.spot,
                    field=name,
                    found=f"{points:g}",
                    allowed=text("a number from {least} to {most}", least=0.0, most=most),
                )
    unknown.report(findings)
    instruments.report(findings)
    frame = table.frame(SurveyRow)
    numbers = [name for name in ("employees", "revenue_bn_vnd", "rnd_share", *maxima) if name in frame]
    return frame.astype(dict.fromkeys(numbers, float))


def read_status(data: bytes, file: str, technologies: UnknownNames, findings: Findings) -> pd.DataFrame:
    """Read what became of the technologies, one row a technology and year."""
    table = read_table(data, file, StatusRow, findings)
    first: dict[tuple[str, int], Spot] = {}
    for line in table:
        technologies.is_known(line.get("technology"), line.spot, "technology")
        key = (line.get("technology"), line.get("year"))
        if key in first:
            found = text(
                "{technology} in {year}, also in {spot}",
                technology=key[0],
                year=key[1],
                spot=first[key].words,
            )
            findings.add(
                "S302",
                line.spot,
                field="technology",
                found=found,
                allowed=text("each technology once in a year"),
            )
        elif None not in key:
            first[key] = line.spot
    technologies.report(findings)
    return table.frame(StatusRow)
