"""Roadmap and resources by phase, cut to the width of a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from techprio.language import text
from techprio.model.plan import Plan
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def phase_lists(run: RunData, plan: Plan) -> Iterator[Table]:
    """Give the technologies of each phase in the order of their operation, and those not placed."""
    frame = plan.placements
    for phase in plan.resources.phases:
        chosen = frame[frame["phase"] == phase.id].sort_values(["operational", "sector"], kind="stable")
        rows = [
            (
                row["sector"],
                name,
                run.study.catalog.label(name),
                row["start"],
                row["operational"],
                "✓" if row["straddles"] else "",
                float(row["cost"]),
                plan.reasons[name],
            )
            for name, row in chosen.iterrows()
        ]
        title = text("Roadmap {phase}", phase=phase.id)
        columns = (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 42),
            Column(text("Start"), "month", 9),
            Column(text("Operational"), "month", 10),
            Column(text("Begun in the phase before"), "mark", 9),
            Column(text("Cost ({currency})", currency=plan.resources.money), "money", 11),
            Column(text("Reason"), "text", 40),
        )
        yield Table(f"phase-{phase.id}", title, title, columns, rows)
    yield _not_placed(run, plan)


def _not_placed(run: RunData, plan: Plan) -> Table:
    rows = [
        (plan.placements.loc[name, "sector"], name, run.study.catalog.label(name), plan.reasons[name])
        for name in plan.unplaced
    ]
    title = text("Technologies that are not placed, and what would place them")
    columns = (
        Column(text("Sector"), "code", 8),
        Column(text("Id"), "code", 9),
        Column(text("Technology"), "text", 48),
        Column(text("Reason"), "text", 60),
    )
    return Table("not-placed", title, title, columns, rows)


def phase_costs(run: RunData, plan: Plan) -> Table:
    """Return spending by phase and source of funds, with the limit beside it."""
    use = plan.budget_use.groupby(["fund", "phase"], sort=False)[["used", "limit"]].sum()
    phases = [phase.id for phase in plan.resources.phases]
    rows: list[tuple[Any, ...]] = []
    for fund in plan.resources.funds:
        cells = [float(x) for phase in phases for x in use.loc[(fund.id, phase), ["used", "limit"]]]
        rows.append((fund.label, *cells, sum(cells[::2])))
    totals = [sum(row[1 + place] for row in rows) for place in range(2 * len(phases))]
    rows.append((text("Total"), *totals, sum(totals[::2])))
    columns = [Column(text("Source of funds"), "text", 40)]
    for phase in phases:
        columns += [
            Column(text("{phase}: used", phase=phase), "money", 13),
            Column(text("{phase}: limit", phase=phase), "money", 13),
        ]
    columns.append(Column(text("Used in all"), "money", 13))
    title = text("Resources by phase and source of funds ({currency})", currency=plan.resources.money)
    note = text("Spending is counted in the year in which the money is used.")
    return Table("phase-costs", title, title, tuple(columns), rows, (note,))
