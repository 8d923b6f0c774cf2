"""Limits and constants of the phasing from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

import yaml

from techprio.inputs.cells import Fault, parse_integer
from techprio.inputs.diagnostics import Diagnostics
from techprio.inputs.keys import choices_of, names_of
from techprio.inputs.resources_keys import DecisionKeys, FundKeys, PhaseKeys, ResourcesKeys, StaffKeys
from techprio.inputs.technology_row import Status
from techprio.inputs.unknown import UnknownNames
from techprio.inputs.yaml_reader import YamlValue, read_yaml
from techprio.language import NO_LABEL, Label, text
from techprio.model.resources import CarryOver, Decisions, Fund, Phase, Resources, Staff

_CARRY_OVER: tuple[CarryOver, ...] = get_args(CarryOver)


@dataclass
class ReadResources:
    """The limits, and the decisions whose technologies are still to be checked."""

    resources: Resources
    named: list[tuple[str, YamlValue]] = field(default_factory=list)

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
    findings : Diagnostics
        Takes the problems.
    """
    value = read_yaml(data, file, diagnostics)
    if value is None:
        return None
    before = len(diagnostics)
    parts = value.fields(*names_of(ResourcesKeys))
    start, end = (parts[name].month() if name in parts else None for name in ("start", "end"))
    if start and end and end <= start:
        parts["end"].complain("R506", text("a month after {start}", start=start))
        start = end = None
    years = range(int(start[:4]), int(end[:4]) + 1) if start and end else None
    phases = _phases(parts["phases"], years) if "phases" in parts else ()
    funds = tuple(_fund(name, item, years) for name, item in _entries(parts, "budgets"))
    named: list[tuple[str, YamlValue]] = []
    constants = _constants(parts, phases)
    decisions = _decisions(parts["decisions"], named, start, end) if "decisions" in parts else Decisions()
    staff = _staff(parts["staff"], years) if "staff" in parts else None
    if start is None or end is None or (len(diagnostics) > before and not funds):
        return None
    resources = Resources(
        id=parts["id"].text() if "id" in parts else "",
        start=start,
        end=end,
        phases=phases,
        funds=funds,
        staff=staff,
        decisions=decisions,
        version=parts["version"].text() if "version" in parts else "",
        illustrative="illustrative" in parts and parts["illustrative"].flag(),
        note=parts["note"].label() if "note" in parts else NO_LABEL,
        **constants,  # type: ignore[arg-type]
    )
    return ReadResources(resources, named)


def _entries(parts: Mapping[str, YamlValue], name: str) -> list[tuple[str, YamlValue]]:
    return parts[name].entries() if name in parts else []


def _phases(value: YamlValue, years: range | None) -> tuple[Phase, ...]:
    phases: list[Phase] = []
    for item in value.items():
        parts = item.fields(*names_of(PhaseKeys))
        first, last = (
            parts[n].integer(1900, 2200) if n in parts else None for n in ("first_year", "last_year")
        )
        if "id" not in parts or first is None or last is None:
            continue
        if last < first:
            parts["last_year"].complain("R504", text("a year from {year} on", year=first))
        elif phases and first != phases[-1].last_year + 1:
            found = text("{first} after a phase that ends {last}", first=first, last=phases[-1].last_year)
            parts["first_year"].complain("R504", str(phases[-1].last_year + 1), found=found)
        note = parts["note"].text() if "note" in parts else ""
        phases.append(Phase(parts["id"].text(), first, last, note))
    if phases and years and not (phases[0].first_year <= years[0] and years[-1] <= phases[-1].last_year):
        shown = f"{phases[0].first_year}-{phases[-1].last_year}"
        value.complain(
            "R504",
            text("phases that hold all years {first}-{last}", first=years[0], last=years[-1]),
            found=shown,
        )
    return tuple(phases)


def _fund(name: str, value: YamlValue, years: range | None) -> Fund:
    parts = value.fields(*names_of(FundKeys))
    label = parts["label"].label() if "label" in parts else NO_LABEL
    return Fund(
        id=name,
        label=label if any(label) else Label(name, name),
        per_year=_per_year(parts["per_year"], years) if "per_year" in parts else {},
        hard=_is_hard(parts),
        carry_over=parts["carry_over"].choice(_CARRY_OVER, _CARRY_OVER[0])
        if "carry_over" in parts
        else _CARRY_OVER[0],  # type: ignore[arg-type]
        plan_clause=parts["plan_clause"].text() if "plan_clause" in parts else "",
    )


def _staff(value: YamlValue, years: range | None) -> Staff:
    parts = value.fields(*names_of(StaffKeys))
    return Staff(
        label=parts["label"].label() if "label" in parts else NO_LABEL,
        per_year=_per_year(parts["per_year"], years) if "per_year" in parts else {},
        hard=_is_hard(parts),
        accumulates=parts["accumulates"].flag() if "accumulates" in parts else True,
        plan_clause=parts["plan_clause"].text() if "plan_clause" in parts else "",
    )


def _is_hard(parts: Mapping[str, YamlValue]) -> bool:
    return parts["limit"].choice(("hard", "soft"), "hard") == "hard" if "limit" in parts else True


def _per_year(value: YamlValue, years: range | None) -> dict[int, float]:
    amounts: dict[int, float] = {}
    named: set[int] = set()
    for key, item in value.entries():
        year = parse_integer(key)
        if isinstance(year, Fault):
            item.complain("Y206", text("a year"), year.proposal, found=key)
            continue
        named.add(year)
        if years is not None and year not in years:
            allowed = text("a year from {first} to {last}", first=years[0], last=years[-1])
            item.complain("R503", allowed, found=key)
        amount = item.number()
        if amount is not None and amount < 0:
            item.complain("R501", text("a number from {least} on", least=0.0))
        elif amount is not None:
            amounts[year] = amount
    lacking = [str(year) for year in years or () if year not in named]
    if lacking:
        value.complain(
            "R502",
            text("an amount for each year of the horizon"),
            found=text("no amount for {years}", years=", ".join(lacking)),
        )
    return amounts


def _constants(parts: Mapping[str, YamlValue], phases: tuple[Phase, ...]) -> dict[str, object]:
    found: dict[str, object] = {}
    if "currency" in parts:
        found["currency"] = parts["currency"].text()
    if "period_months" in parts:
        word = parts["period_months"].choice(choices_of(ResourcesKeys, "period_months"), "6")
        found["period_months"] = int(word)
    if "discount_rate" in parts:
        found["discount_rate"] = parts["discount_rate"].number(0, 1) or 0.0
    if "spending" in parts:
        parts["spending"].choice(("even_over_lead",), "even_over_lead")
    if "staff_needed" in parts:
        parts["staff_needed"].choice(("from_operation",), "from_operation")
    if "lead_factor" in parts:
        found["lead_factor"] = _lead_factor(parts["lead_factor"])
    if "earliest_start_months" in parts:
        found["earliest_start_months"] = _earliest(parts["earliest_start_months"])
    if "sector_minimum" in parts:
        found["sector_minimum"] = _minimum(parts["sector_minimum"], [phase.id for phase in phases])
    return found


def _lead_factor(value: YamlValue) -> dict[str, float]:
    statuses = get_args(Status)
    parts = value.fields((), statuses)
    lacking = [status for status in statuses if status not in parts]
    if lacking:
        value.complain(
            "R507", text("a factor for each status"), found=text("none for {names}", names=", ".join(lacking))
        )
    return {status: item.number(0, 1) or 0.0 for status, item in parts.items()}


def _earliest(value: YamlValue) -> dict[int, int]:
    months: dict[int, int] = {}
    for key, item in value.entries():
        level = parse_integer(key)
        if isinstance(level, Fault) or not 1 <= level <= 9:
            item.complain("Y207", text("a readiness level from 1 to 9"), found=key)
            continue
        months[level] = item.integer(0) or 0
    return months


def _minimum(value: YamlValue, phases: list[str]) -> dict[str, int]:
    minimum: dict[str, int] = {}
    for key, item in value.entries():
        if phases and key not in phases:
            value.diagnostics.unknown(
                "R505", item.location, field=item.path, found=key, name=key, known=phases
            )
        minimum[key] = item.integer(0) or 0
    return minimum


def _decisions(
    value: YamlValue, named: list[tuple[str, YamlValue]], start: str | None, end: str | None
) -> Decisions:
    parts = value.fields(*names_of(DecisionKeys))
    fixed: dict[str, str] = {}
    for name, item in _entries(parts, "fixed_start"):
        named.append((name, item))
        month = item.month()
        if month and start and end and not start <= month <= end:
            item.complain("R503", text("a month from {first} to {last}", first=start, last=end))
        fixed[name] = month or ""
    must, must_not = (_names(parts, key, named) for key in ("must", "must_not"))
    for name in (*must, *fixed):
        if name in must_not:
            parts["must_not"].complain("R508", text("either placed or never"), found=name)
    groups = []
    for group in parts["exclusive"].items() if "exclusive" in parts else ():
        named += [(item.text(), item) for item in group.items()]
        groups.append(group.texts())
    return Decisions(fixed, must, must_not, tuple(groups))


def _names(parts: Mapping[str, YamlValue], key: str, named: list[tuple[str, YamlValue]]) -> tuple[str, ...]:
    if key not in parts:
        return ()
    found = [(item.text(), item) for item in parts[key].items()]
    named += found
    return tuple(name for name, _ in found)
