"""Limits and constants of the phasing from YAML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

import yaml

from techprio.inputs.cells import parse_integer
from techprio.inputs.diagnostics import Diagnostics, UnknownNames
from techprio.inputs.records import Reading, read_record
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import Month, text
from techprio.model.fields import Field
from techprio.model.limits import Staff
from techprio.model.resources import Resources


class StaffFile(Staff):
    """Newly trained people by year, with what is for readers only."""

    unit: Annotated[str, Field("Đơn vị", "Unit")] = ""
    scope: Annotated[str, Field("Phạm vi", "Scope")] = ""


class ResourcesFile(Resources):
    """The file of limits and constants of the phasing."""

    staff: Annotated[StaffFile | None, Field("Nhân lực", "Staff")] = None
    spending: Annotated[
        Literal["even_over_lead"],
        Field(
            "Cách chi",
            "Spending",
            (
                "chi đều trong thời gian thực hiện, nếu không nêu outlays",
                "evenly over the lead time, unless outlays are stated",
            ),
        ),
    ] = "even_over_lead"


@dataclass
class ReadResources:
    """The limits, and what other files are checked against.

    Parameters
    ----------
    resources : Resources, optional
        None when they have a problem.
    funds : list of str, optional
        Names of the sources of funds; None when none could be read.
    phases : list of str
    named : list of (str, YamlValue)
        Technologies of the decisions, which are still to be checked.
    tied : dict of str to YamlValue
        What each source of funds is tied to, where it is tied.
    """

    resources: Resources | None
    funds: list[str] | None
    phases: list[str]
    named: list[tuple[str, YamlValue]] = field(default_factory=list)
    tied: dict[str, YamlValue] = field(default_factory=dict)

    def check_technologies(self, technologies: UnknownNames, diagnostics: Diagnostics) -> None:
        """Note technologies of the decisions that the catalogue does not have."""
        for name, value in self.named:
            technologies.is_known(name, value.location, value.path)
        technologies.report(diagnostics)


def read_resources(data: bytes | yaml.Node, file: str, diagnostics: Diagnostics) -> ReadResources | None:
    """Read a resources file; None when it cannot be used.

    Parameters
    ----------
    data : bytes or Node
    file : str
        Name for the problems.
    diagnostics : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    before = len(diagnostics)
    reading = read_record(value, ResourcesFile)
    start, end = reading["start"], reading["end"]
    if start and end and end <= start:
        reading.complain("end", "R506", text("a month after {start}", start=start))
        start = end = None
    years = range(int(start[:4]), int(end[:4]) + 1) if start and end else None
    _check_phases(reading, years)
    funds = reading.blocks("funds")
    for limit in (*funds, *reading.blocks("staff")):
        _check_years(limit, years)
    for cap in (cap for fund in funds for cap in fund.blocks("caps")):
        _check_cap(cap, years)
    _check_minimum(reading)
    named = [
        item
        for part in reading.blocks("decisions")
        for item in _check_decisions(part, start, end, reading["period_months"])
    ]
    is_sound = len(diagnostics) == before
    phases = [name for phase in reading.blocks("phases") if (name := phase["id"])]
    names = [fund.name for fund in funds] or None
    tied = {fund.name: fund.parts["only_for"] for fund in funds if "only_for" in fund}
    return ReadResources(reading.build() if is_sound else None, names, phases, named, tied)


def _check_cap(cap: Reading, years: range | None) -> None:
    """Note a cap over years outside the horizon; one that begins before it may hold earlier money."""
    first, last = cap["first_year"], cap["last_year"]
    if years and first and last and first <= last and not (first <= years[-1] and years[0] <= last):
        found = text("{first} to {last}", first=str(first), last=str(last))
        allowed = text("years of the horizon, {first} to {last}", first=str(years[0]), last=str(years[-1]))
        cap.complain("first_year", "R503", allowed, found=found)


def _check_phases(reading: Reading, years: range | None) -> None:
    """Note phases that overlap, leave a gap or do not hold the horizon; such without years are left out."""
    sound: list[Reading] = []
    for phase in reading.blocks("phases"):
        first, last = phase["first_year"], phase["last_year"]
        if phase["id"] is None or first is None or last is None:
            continue
        before = sound[-1]["last_year"] if sound else None
        if last < first:
            phase.complain("last_year", "R504", text("a year from {year} on", year=first))
        elif before is not None and first != before + 1:
            found = text("{first} after a phase that ends {last}", first=first, last=before)
            phase.complain("first_year", "R504", str(before + 1), found=found)
        sound.append(phase)
    if not sound or not years:
        return
    first, last = sound[0]["first_year"], sound[-1]["last_year"]
    if not (first <= years[0] and years[-1] <= last):
        allowed = text("phases that hold all years {first}-{last}", first=years[0], last=years[-1])
        reading.complain("phases", "R504", allowed, found=f"{first}-{last}")


def _check_years(limit: Reading, years: range | None) -> None:
    """Note amounts below zero, years outside the horizon, and years without an amount."""
    amounts: dict[int, float] = limit.values.setdefault("per_year", {})
    if "per_year" not in limit:
        return
    named: set[int] = set()
    for name, item in limit.parts["per_year"].entries():
        year = parse_integer(name)
        if not isinstance(year, int):
            continue
        named.add(year)
        if years is not None and year not in years:
            allowed = text("a year from {first} to {last}", first=years[0], last=years[-1])
            item.complain("R503", allowed, found=name)
        if amounts.get(year, 0.0) < 0:
            item.complain("R501", text("a number from {least} on", least=0.0))
            del amounts[year]
    lacking = [str(year) for year in years or () if year not in named]
    if lacking:
        limit.complain(
            "per_year",
            "R502",
            text("an amount for each year of the horizon"),
            found=text("no amount for {years}", years=", ".join(lacking)),
        )


def _check_minimum(reading: Reading) -> None:
    phases = [name for phase in reading.blocks("phases") if (name := phase["id"])]
    for name, item in reading.parts["sector_minimum"].entries() if "sector_minimum" in reading else ():
        if phases and name not in phases:
            item.diagnostics.unknown(
                "R505", item.location, field=item.path, found=name, name=name, known=phases
            )


def _check_decisions(
    reading: Reading, start: str | None, end: str | None, period: int | None
) -> list[tuple[str, YamlValue]]:
    """Check months and contradictions; return the technologies that are named, with their places."""
    fixed = reading.parts["fixed_start"].entries() if "fixed_start" in reading else []
    for name, item in fixed:
        month = reading["fixed_start"].get(name)
        if month and start and end and not start <= month <= end:
            item.complain("R503", text("a month from {first} to {last}", first=start, last=end))
        elif month and start and end and period and (away := (_months(month) - _months(start)) % period):
            near = tuple(Month(_month(_months(month) - away + more)) for more in (0, period))
            proposal = text("nearest: {before}, {after}", before=near[0], after=near[1])
            item.complain("Y205", text("the start of a period"), proposal)
    for name in (*reading["must"], *(name for name, _ in fixed)):
        if name in reading["must_not"]:
            reading.complain("must_not", "R508", text("either placed or never"), found=name)
    lists = [reading.parts[key] for key in ("must", "must_not") if key in reading]
    lists += reading.parts["exclusive"].items() if "exclusive" in reading else []
    items = [item for part in lists for item in part.items() if isinstance(item.node, yaml.ScalarNode)]
    return [*fixed, *((item.scalar(), item) for item in items)]


def _months(month: str) -> int:
    return 12 * int(month[:4]) + int(month[5:]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
