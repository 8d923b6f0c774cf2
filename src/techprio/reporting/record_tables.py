"""The record of the run, as a printed table in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from techprio.language import Label, Month, Percent, Text, text
from techprio.model.known_names import group_name
from techprio.model.run import RunData
from techprio.reporting.method_words import run_method
from techprio.reporting.record import run_record
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import ROLE_NAMES

_ITEMS: dict[str, Text] = {
    "version": text("Version of techprio"),
    "seed": text("Seed"),
    "ranking.method": text("Ranking method"),
    "ranking.reversal_possible": text("Another candidate can swap two others"),
    "ranking.top": text("Technologies a sector that have priority"),
    "ranking.ties": text("Equal scores"),
    "ranking.notes": text("Remarks on the ranking"),
    "robustness.draws": text("Simulation: draws"),
    "robustness.seed": text("Simulation: seed"),
    "robustness.weights": text("Simulation: weights are drawn from"),
    "robustness.scores": text("Simulation: scores are drawn from"),
    "value.source": text("Value for roles and phases comes from"),
    "value.leave_out": text("Value for roles and phases leaves out"),
    "roles.theta": text("Roles: share out of reach that counts a sector"),
    "roles.breadth": text("Roles: sectors that make a platform"),
    "roles.own_sector": text("Roles: share of its own sector that makes a platform"),
    "roles.depth": text("Roles: average technologies that make a core one"),
    "roles.kept": text("Roles: share of the value that stays with its owner"),
    "phasing.value": text("Plan: value"),
    "phasing.bound": text("Plan: proven bound of the value"),
    "phasing.gap": text("Plan: gap to the bound"),
    "phasing.status": text("Plan: state of the proof"),
    "phasing.stopped_on": text("Plan: the search stopped on"),
    "phasing.placed": text("Plan: technologies placed"),
    "phasing.not_placed": text("Plan: technologies not placed"),
    "phasing.discount_rate": text("Plan: discount rate a year"),
    "phasing.period_months": text("Plan: months of a period"),
    "phasing.start": text("Plan: first month"),
    "phasing.end": text("Plan: last month"),
    "phasing.illustrative_resources": text("Plan: the limits are illustrative"),
    "phasing.warnings": text("Plan: remarks"),
    "counts.technologies": text("Technologies"),
    "counts.dependencies": text("Dependencies"),
    "counts.criteria": text("Criteria"),
    "counts.experts": text("Experts"),
    "counts.screened": text("Screened before ranking"),
    **{f"counts.roles.{role}": words for role, words in ROLE_NAMES.items()},
}
_VALUES: dict[str, Text] = {
    "optimal": text("proven within the gap"),
    "stopped": text("stopped before the proof"),
    "gap": text("the gap"),
    "nodes": text("the number of nodes"),
    "time": text("time"),
    "score": text("the ranking score"),
    "triangular": text("the triangle of low, value and high"),
    "uniform": text("uniform weights"),
}
_SHARES = ("roles.theta", "roles.own_sector", "roles.kept", "phasing.gap", "phasing.discount_rate")
_COUNTED = ("robustness.draws", "options.draws")
_LEFT_OUT = ("ranking.normalization",)  # it stands in the words of the method


def record_table(run: RunData) -> Table:
    """Return version, options, seed and digests of the inputs, one a row."""
    record = run_record(run)
    record["ranking"]["method"] = run_method(run)
    parts = ("version", "seed", "options", "ranking", "robustness", "value", "roles", "phasing", "counts")
    rows = [
        (_item(name), _said(name, value))
        for part in parts
        for name, value in _flat(part, record[part])
        if name not in _LEFT_OUT
    ]
    rows += [(text("Input {file}", file=name), digest) for name, digest in record["inputs"].items()]
    return Table(
        "record",
        text("Record"),
        text("Record of the run: the same inputs and options give the same result"),
        (Column(text("Item"), "text", 44), Column(text("Value"), "text", 90)),
        rows,
        tuple(run.notes),
    )


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Give every single value under its whole name; sentences one a row."""
    if isinstance(value, Mapping) and set(value) == {"en", "vi"}:
        yield name, Label(value["vi"], value["en"])
    elif name == "ranking.ties":
        yield from ((name, "; ".join(", ".join(group) for group in groups)) for groups in value.values())
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for item in value:
            yield from _flat(name, item)
    elif value is not None and value not in ("", [], {}):
        yield name, value


def _item(name: str) -> Any:
    part, _, key = name.partition(".")
    return text("Option of the run: {name}", name=key) if part == "options" else _ITEMS.get(name, name)


def _said(name: str, value: Any) -> Any:
    """Return a value of the record as readers know it."""
    if isinstance(value, bool):
        return text("yes") if value else text("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in _SHARES:
        return Percent(float(value))
    if name in _COUNTED or name.startswith("counts."):
        return float(value)
    if name in ("phasing.start", "phasing.end"):
        return Month(value)
    if name == "robustness.weights" and isinstance(value, str):
        return _VALUES.get(value, group_name(value))
    return _VALUES.get(value, value) if isinstance(value, str) else value
