"""Roles and dependencies, as printed tables."""

from __future__ import annotations

from typing import Any

from techprio.language import text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import EDGE_NAMES, SCOPE_NAMES, role_name

_ORDER = ("platform", "core", "encouraged")


def roles_table(run: RunData) -> Table:
    """Return platform, core and encouraged technologies with the figures and margins that say so."""
    table = run.roles.table
    codes = list(run.roles.knockout.columns)
    rows = [_role_row(run, name, codes) for name in role_order(run)]
    settings = run.roles.settings
    notes = [
        text("A margin of 1 is on the line of the rule. Role by rule and final role are both shown."),
        text(
            "Out of reach: the share of a sector's value that is lost when this technology alone is missing. "
            "These shares are never added up over technologies."
        ),
        text(
            "Platform: breadth at least {breadth} sectors at {theta}, "
            "or {own} of its own sector; core: depth {depth}.",
            breadth=text("half of the") if settings.breadth is None else float(settings.breadth),
            theta=float(settings.theta), own=float(settings.own_sector), depth=float(settings.depth),
        ),
        *run.roles.notes,
    ]  # fmt: skip
    return Table(
        "roles",
        text("Roles"),
        text("Roles: platform, core, encouraged"),
        (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 38),
            Column(text("Role by rule"), "text", 11),
            Column(text("Final role"), "text", 11),
            Column(text("Scope"), "text", 11),
            Column(text("Certainty"), "share", 9, bar=True),
            Column(text("Breadth"), "score", 8),
            Column(text("Breadth, margin"), "score", 9),
            Column(text("Loss of own sector"), "share", 9),
            Column(text("Depth"), "score", 8),
            Column(text("Depth, margin"), "score", 9),
            Column(text("Own value"), "score", 8),
            Column(text("Unlocked value"), "score", 9),
            *(Column(text("Out of reach {sector}", sector=code), "share", 8) for code in codes),
            Column(text("Reason of the decision"), "text", 20),
        ),
        rows if len(table) else [],
        tuple(notes),
    )


def role_order(run: RunData) -> list[str]:
    """Return the technologies by final role, then sector in the order of the study, then unlocked value."""
    table = run.roles.table
    sectors = {sector.code: place for place, sector in enumerate(run.study.catalog.sectors)}

    def place(name: Any) -> tuple[Any, ...]:
        row = table.loc[name]
        role = row["role_final"]
        return (
            _ORDER.index(role) if role in _ORDER else len(_ORDER),
            sectors.get(row["sector"], len(sectors)), -float(row["carried"]), str(name),
        )  # fmt: skip

    return sorted(table.index, key=place)


def _role_row(run: RunData, name: str, codes: list[str]) -> tuple[Any, ...]:
    row = run.roles.table.loc[name]
    return (
        row["sector"], name, run.study.catalog.label(name),
        role_name(row["role"]), role_name(row["role_final"]),
        SCOPE_NAMES.get(row["scope"], row["scope"]), float(row["certainty"]), float(row["breadth"]),
        float(row["breadth_margin"]), float(row["own_loss"]), float(row["depth"]), float(row["depth_margin"]),
        float(row["own_value"]), float(row["carried"]),
        *(_share(run.roles.knockout.at[name, code]) for code in codes), row["role_reason"],
    )  # fmt: skip


def _share(value: Any) -> float | None:
    return float(value) if value >= 0.005 else None


def dependencies_table(run: RunData) -> Table:
    """Return every stated dependency with its kind, timing and reason."""
    label = run.study.catalog.label
    frame = run.study.catalog.dependencies
    rows = [
        (
            row.technology, label(row.technology), row.requires, label(row.requires),
            EDGE_NAMES.get(row.kind, row.kind), row.timing, float(row.lag_months), row.reason,
        )
        for row in frame.itertuples(index=False)
    ]  # fmt: skip
    return Table(
        "dependencies",
        text("Dependencies"),
        text("What a technology needs"),
        (
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 34),
            Column(text("Needs"), "code", 8),
            Column(text("Prerequisite"), "text", 34),
            Column(text("Kind"), "text", 18),
            Column(text("Timing"), "mark", 8),
            Column(text("Lag (months)"), "integer", 9),
            Column(text("Reason"), "text", 44),
        ),
        rows,
        (
            text("FS: the prerequisite is in operation before work starts."),
            text("FF: the prerequisite is in operation before this technology is."),
        ),
    )
