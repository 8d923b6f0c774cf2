"""Lists by sector, role, action and agency, cut to the width of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.language import text
from techprio.model.catalog import Sector
from techprio.model.run import RunData
from techprio.reporting.lists import priority_table
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import ACTION_NAMES, SCOPE_NAMES, role_name


def sector_list(run: RunData, frame: pd.DataFrame, sector: Sector) -> Table:
    """Return the priority list of one sector with certainty, role, phase and reason."""
    rows = [
        (
            _whole(row.rank),
            row.id,
            run.study.catalog.label(row.id),
            _plain(row.score),
            _range(row.rank_low, row.rank_high),
            _plain(row.p_top),
            "✓" if row.priority else "",
            role_name(row.role_final),
            row.phase or text("not placed"),
            row.operational,
            row.reason,
            _plain(row.evidence),
        )
        for row in frame[frame["sector"] == sector.code].itertuples(index=False)
    ]
    return Table(
        f"list-{sector.code}",
        sector.label,
        text("Priority list: {sector}", sector=sector.label),
        (
            Column(text("Rank"), "integer", 6),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 33),
            Column(text("Score"), "score", 7),
            Column(text("Rank, 5-95%"), "mark", 8),
            Column(text("First {k}", k=run.study.ranking.top), "share", 7.5),
            Column(text("Priority"), "mark", 7),
            Column(text("Role"), "text", 11),
            Column(text("Phase"), "text", 11),
            Column(text("Operational"), "month", 9),
            Column(text("Reason for the phase"), "text", 34),
            Column(text("Evidence A-C"), "share", 8),
        ),
        rows,
    )


def role_lists(run: RunData) -> Iterator[tuple[str, Table]]:
    """Give platform, core and encouraged technologies; the last without those that are priority."""
    frame = priority_table(run).set_index("id")
    titles = {
        "platform": text("Platform technologies"),
        "core": text("Core technologies"),
        "encouraged": text("Technologies encouraged for innovation"),
    }
    for role, title in titles.items():
        chosen = frame[frame["role_final"] == role]
        if role == "encouraged":
            chosen = chosen[chosen["priority"] == ""]
        yield role, _role_list(run, role, title, chosen)


def _role_list(run: RunData, role: str, title: Any, chosen: pd.DataFrame) -> Table:
    table = run.roles.table
    rows = [
        (
            row["sector"],
            name,
            run.study.catalog.label(name),
            SCOPE_NAMES.get(table.loc[name, "scope"], ""),
            float(table.loc[name, "certainty"]),
            float(row["unlocked_value"]),
            "✓" if row["priority"] else "",
            row["phase"] or text("not placed"),
            table.loc[name, "role_reason"],
        )
        for name, row in chosen.iterrows()
    ]
    return Table(
        f"role-{role}",
        title,
        title,
        (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 40),
            Column(text("Scope"), "text", 12),
            Column(text("Certainty"), "share", 9),
            Column(text("Unlocked value"), "score", 9),
            Column(text("Priority"), "mark", 7),
            Column(text("Phase"), "text", 11),
            Column(text("Reason of the decision"), "text", 20),
        ),
        rows,
    )


def actions_table(run: RunData) -> Table:
    """Return technologies by what is to be done with them: renew, replace, transfer in, new investment."""
    frame = priority_table(run)
    order = {action: place for place, action in enumerate(ACTION_NAMES)}
    frame = frame.assign(_order=frame["action"].map(order).fillna(len(order))).sort_values(
        ["_order", "sector", "rank"], kind="stable"
    )
    rows = [
        (
            ACTION_NAMES.get(row.action, row.action),
            row.sector,
            row.id,
            run.study.catalog.label(row.id),
            _whole(row.rank),
            "✓" if row.priority else "",
            row.phase or text("not placed"),
        )
        for row in frame.itertuples(index=False)
    ]
    title = text("Technologies to renew, replace or transfer first")
    columns = (
        Column(text("Action"), "text", 14),
        Column(text("Sector"), "code", 7),
        Column(text("Id"), "code", 8),
        Column(text("Technology"), "text", 44),
        Column(text("Rank"), "integer", 6),
        Column(text("Priority"), "mark", 7),
        Column(text("Phase"), "text", 11),
    )
    return Table("actions", title, title, columns, rows)


def agencies_table(run: RunData) -> Table:
    """Return who leads what with whom, and until when."""
    frame = priority_table(run)
    rows = [
        (
            row.lead_agency,
            row.id,
            run.study.catalog.label(row.id),
            str(row.partners).replace(";", "; "),
            row.start,
            row.operational,
        )
        for row in frame.sort_values(["lead_agency", "sector", "rank"], kind="stable").itertuples(index=False)
    ]
    title = text("Who leads, who takes part, until when")
    columns = (
        Column(text("Lead agency"), "text", 22),
        Column(text("Id"), "code", 8),
        Column(text("Technology"), "text", 38),
        Column(text("Partners"), "text", 36),
        Column(text("Start"), "month", 9),
        Column(text("Operational"), "month", 10),
    )
    return Table("agencies", title, title, columns, rows)


def _whole(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _plain(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def _range(low: Any, high: Any) -> str:
    return "" if _whole(low) is None else f"{_whole(low)}-{_whole(high)}"
