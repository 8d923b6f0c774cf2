"""The roadmap by year, money and people, as printed tables."""

from __future__ import annotations

from typing import Any

from techprio.language import Percent, text
from techprio.model.plan import Plan
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import role_name

UNDER_WAY = "▬"
OPERATIONAL = "◆"
IN_USE = "·"


def years_of(plan: Plan) -> range:
    """Return the calendar years of the horizon."""
    return range(int(plan.resources.start[:4]), int(plan.resources.end[:4]) + 1)


def roadmap_table(run: RunData) -> Table:
    """Return one row per technology: phase, start, operational month, a sign for each year, the reason."""
    plan = run.plan
    years = years_of(plan) if plan else range(0)
    rows = [_roadmap_row(run, plan, name, years) for name in _by_start(run, plan)] if plan else []
    return Table(
        "roadmap",
        text("Roadmap"),
        text("Roadmap by year"),
        (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 40),
            Column(text("Role"), "text", 12),
            Column(text("Phase"), "text", 11),
            Column(text("Start"), "month", 9),
            Column(text("Operational"), "month", 10),
            Column(text("Lead (months)"), "integer", 8),
            *(Column(str(year), "mark", 5.5) for year in years),
            Column(text("Cost"), "money", 10),
            Column(text("Reason"), "text", 44),
        ),
        rows,
        (
            text(
                "{way} under way, {done} becomes operational, {use} in use.",
                way=UNDER_WAY,
                done=OPERATIONAL,
                use=IN_USE,
            ),
            *plan_notes(plan),
        ),
    )


def plan_notes(plan: Plan | None) -> tuple[Any, ...]:
    """Say how good the plan is proven to be, and what it warns of."""
    if plan is None:
        return (text("the study gives no resources, so nothing is phased"),)
    proof = text(
        "Value {value}; no plan is better by more than {gap} (proven bound {bound}).",
        value=round(plan.value, 4), gap=Percent(plan.gap), bound=round(plan.bound, 4),
    )  # fmt: skip
    notes = [proof, *plan.notes]
    if plan.resources.illustrative:
        notes.append(
            text("The limits are illustrative: to be replaced by official figures before any official use.")
        )
    return tuple(notes)


def _by_start(run: RunData, plan: Plan) -> list[str]:
    order = {sector.code: place for place, sector in enumerate(run.study.catalog.sectors)}
    frame = plan.placements
    return sorted(
        frame.index,
        key=lambda n: (order.get(frame.at[n, "sector"], 99), frame.at[n, "start"] or "9999", str(n)),
    )


def _roadmap_row(run: RunData, plan: Plan, name: str, years: range) -> tuple[Any, ...]:
    row = plan.placements.loc[name]
    role = run.roles.table.at[name, "role_final"]
    return (
        row["sector"], name, run.study.catalog.label(name), role_name(role),
        row["phase"] or text("not placed"), row["start"], row["operational"], int(row["lead_months"]),
        *(_sign(row["start"], row["operational"], year) for year in years),
        float(row["cost"]), plan.reasons[name],
    )  # fmt: skip


def _sign(start: str, operational: str, year: int) -> str:
    if not start or year < int(start[:4]):
        return ""
    if year < int(operational[:4]):
        return UNDER_WAY
    return OPERATIONAL if year == int(operational[:4]) else IN_USE


def budget_table(run: RunData) -> Table:
    """Return money by source of funds and year, used against the limit, in the year and cumulative."""
    plan = run.plan
    rows: list[tuple[Any, ...]] = []
    if plan is not None:
        labels = {fund.id: fund.label for fund in plan.resources.funds}
        rows = [
            (
                labels.get(row.fund, row.fund), row.phase, str(int(row.year)),
                float(row.limit), float(row.used), float(row.cumulative_limit), float(row.cumulative_used),
                _share_used(row), text("hard") if row.hard else text("soft"),
            )
            for row in plan.budget_use.itertuples(index=False)
        ]  # fmt: skip
    return Table(
        "budget",
        text("Budget use"),
        text("Use of the budgets by source of funds"),
        (
            Column(text("Source of funds"), "text", 46),
            Column(text("Phase"), "code", 11),
            Column(text("Year"), "code", 8),
            Column(text("Limit of the year"), "money", 13),
            Column(text("Used in the year"), "money", 13),
            Column(text("Limit, cumulative"), "money", 13),
            Column(text("Used, cumulative"), "money", 13),
            Column(text("Share used, cumulative"), "share", 12, bar=True),
            Column(text("Limit is"), "text", 9),
        ),
        rows,
        (
            text(
                "Billion VND. Unspent money is carried over inside a phase, so the cumulative columns bind."
            ),
            text("A soft limit is reported when it is passed; a hard one is kept."),
        ),
    )


def _share_used(row: Any) -> float | None:
    return float(row.cumulative_used / row.cumulative_limit) if row.cumulative_limit else None


def staff_table(run: RunData) -> Table:
    """Return people needed against people available by year."""
    plan = run.plan
    use = plan.staff_use if plan is not None else None
    rows = (
        []
        if use is None or use.empty
        else [
            (str(int(row.year)), float(row.available), float(row.needed),
             float(row.needed / row.available) if row.available else None)
            for row in use.itertuples(index=False)
        ]
    )  # fmt: skip
    return Table(
        "staff",
        text("Staff"),
        text("Trained people: needed and available"),
        (
            Column(text("Year"), "code", 10),
            Column(text("Available, cumulative"), "integer", 16),
            Column(text("Needed, cumulative"), "integer", 16),
            Column(text("Share used, cumulative"), "share", 14, bar=True),
        ),
        rows,
    )
