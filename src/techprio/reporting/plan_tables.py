"""The roadmap, people and the certainty of the plan, as printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.language import Percent, Text, text
from techprio.model.catalog import COST, LEAD_MONTHS, SECTOR, SECTOR_NAME, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.critical_chain import (
    CRITICAL,
    EARLIEST_END,
    EARLIEST_START,
    LEVEL,
    SLACK,
    WAITS_FOR,
)
from techprio.model.plan import (
    AVAILABLE,
    NEEDED,
    OPERATIONAL,
    REASON,
    SPENT_OF_LIMIT,
    START,
    STATE_IN_YEAR,
    STRADDLES,
    Plan,
)
from techprio.model.plan_certainty import P80, P_IN_PHASE
from techprio.model.plan_priorities import STEADINESS
from techprio.model.resources import PHASE, YEAR
from techprio.model.roles import ROLE
from techprio.model.run import RunData
from techprio.model.scenarios import DIFFERS
from techprio.reporting.words import currency, role_with_certainty

UNDER_WAY = "▬"
BECOMES_OPERATIONAL = "◆"
IN_USE = "·"


def roadmap_table(run: RunData) -> Table:
    """Return one row per technology: phase, start, operational month, a sign for each year, the reason."""
    plan = run.plan
    years = range(int(plan.resources.start[:4]), int(plan.resources.end[:4]) + 1) if plan else range(0)
    columns = [
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 33),
        Column(SECTOR_NAME, 18),
        Column(ROLE, 14),
        Column(PHASE, 11),
        *(START, OPERATIONAL, LEAD_MONTHS),
        *certainty_columns(run),
        *(Column(STATE_IN_YEAR.each(str(year)), 5.5) for year in years),
        COST.per(currency(run)),
        Column(REASON, 44),
    ]
    signs = text(
        "{way} under way, {done} becomes operational, {use} in use.",
        way=UNDER_WAY,
        done=BECOMES_OPERATIONAL,
        use=IN_USE,
    )
    title, notes = text("Roadmap by year"), (signs, *plan_notes(plan))
    if plan is None:
        return Table.of("roadmap", title, columns, [], notes=notes, name=text("Roadmap"))
    frame = _placements(run, plan).assign(
        **{
            STATE_IN_YEAR.each(str(year)).key: lambda table, year=year: [
                _sign(start, operational, year)
                for start, operational in zip(table["start"], table["operational"], strict=True)
            ]
            for year in years
        }
    )
    order = {sector.code: place for place, sector in enumerate(run.study.catalog.sectors)}
    frame = frame.assign(
        place=frame["sector"].map(lambda code: order.get(code, len(order))),
        first=frame["start"].replace("", "9999"),
    ).sort_values(["place", "first", "technology"])
    return Table.from_frame("roadmap", title, columns, frame, notes=notes, name=text("Roadmap"))


def certainty_columns(run: RunData) -> tuple[Column, ...]:
    """Return how steady a placement is and how likely its date, where that is known."""
    steady = () if run.plan is None or run.plan.priorities is None else (STEADINESS,)
    dated: tuple[Quantity, ...] = () if run.dates is None else (P_IN_PHASE, P80)
    return tuple(Column(quantity, 9) for quantity in (*steady, *dated))


def _placements(run: RunData, plan: Plan) -> pd.DataFrame:
    """Return the placements with what their tables print of names, roles, phases and reasons."""
    names = [str(name) for name in plan.placements.index]
    roles = run.roles.table.loc[names]
    dated = {} if run.dates is None else {key: run.dates.by_technology(key) for key in ("p_in_phase", "p80")}
    return plan.placements.rename_axis(index=None).assign(
        technology=names,
        sector_name=[run.study.catalog.sector(code).label for code in plan.placements["sector"]],
        name=[run.study.catalog.label(name) for name in names],
        role_final=list(
            map(role_with_certainty, *(roles[key] for key in ("role_final", "role", "certainty")))
        ),
        phase=[phase or text("not placed") for phase in plan.placements["phase"]],
        reason=[plan.reasons[name] for name in names],
        straddles=["✓" if straddles else "" for straddles in plan.placements["straddles"]],
        steadiness=plan.steadiness,
        **{key: [found.get(name) for name in names] for key, found in dated.items()},
    )


def _sign(start: str, operational: str, year: int) -> str:
    if not start or year < int(start[:4]):
        return ""
    if year < int(operational[:4]):
        return UNDER_WAY
    return BECOMES_OPERATIONAL if year == int(operational[:4]) else IN_USE


def plan_notes(plan: Plan | None) -> tuple[Text, ...]:
    """Return how good the plan is proven to be, and what it warns of."""
    if plan is None:
        return (text("the study gives no resources, so nothing is phased"),)
    proof = text(
        "Value {value}; no plan is better by more than {gap} (proven bound {bound}).",
        value=round(plan.value, 4), gap=Percent(plan.gap), bound=round(plan.bound, 4),
    )  # fmt: skip
    proofs = plan.proofs()
    if plan.priorities is not None:
        proof = plan.quality()
    notes = [*proofs, proof, *(note for note in plan.notes if note not in proofs)]
    if plan.resources.illustrative:
        notes.append(
            text("The limits are illustrative: to be replaced by official figures before any official use.")
        )
    return tuple(notes)


def phase_lists(run: RunData, plan: Plan) -> Iterator[Table]:
    """Give the technologies of each phase in the order of their operation, and those not placed."""
    frame = _placements(run, plan)
    columns = [
        SECTOR,
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 42),
        *(START, OPERATIONAL, *certainty_columns(run)),
        *(Column(STRADDLES, 9), Column(COST.per(plan.resources.money), 11)),
        Column(REASON, 40),
    ]
    for phase in plan.resources.phases:
        chosen = frame[plan.placements["phase"] == phase.id]
        chosen = chosen.sort_values(["operational", "sector"], kind="stable")
        title = text("Roadmap {phase}", phase=phase.id)
        yield Table.from_frame(f"phase-{phase.id}", title, columns, chosen)
    left = [SECTOR, TECHNOLOGY, Column(TECHNOLOGY_NAME, 48), Column(REASON, 60)]
    title = text("Technologies that are not placed, and what would place them")
    yield Table.from_frame("not-placed", title, left, frame.loc[list(plan.unplaced)])


def staff_table(run: RunData) -> Table:
    """Return people needed against people available by year."""
    columns = [YEAR, Column(AVAILABLE, 16), Column(NEEDED, 16), Column(SPENT_OF_LIMIT, 14, bar=True)]
    title, name = text("Trained people: needed and available"), text("Staff")
    if run.plan is None or run.plan.staff_use.empty:
        return Table.of("staff", title, columns, [], name=name)
    use = run.plan.staff_use
    frame = use.assign(
        year=use["year"].astype(int),
        cumulative_share=(use["needed"] / use["available"]).where(use["available"] > 0),
    )
    return Table.from_frame("staff", title, columns, frame, name=name)


def certainty_tables(run: RunData) -> tuple[Table, ...]:
    """Return how firmly the plan stands: dates, money, and what was asked for besides."""
    found = [one.tables().values() for one in (run.dates, run.influence, run.certainty) if one is not None]
    changes = {} if run.plan is None else run.plan.tables()
    kept = [changes["plan_changes"]] if "plan_changes" in changes else []
    return (*kept, *(table for tables in found for table in tables), *_scenario_tables(run))


def _scenario_tables(run: RunData) -> Iterator[Table]:
    found = run.scenarios
    if found is None:
        return
    rows = [
        (name, run.study.catalog.label(name), *months, text("yes") if differs else "")
        for name, *months, differs in found.to_frame().itertuples(index=False, name=None)
    ]
    heads: list[Words] = [text("as stated"), *list(found.plans)[1:]]
    months = [OPERATIONAL.each(name, head) for name, head in zip(found.plans, heads, strict=True)]
    columns = [
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 50),
        *(Column(month, 14) for month in months),
        Column(DIFFERS, 9),
    ]
    notes = [text("Month of operation in each scenario; empty: not placed.")]
    notes += [_scenario_note(row) for row in found.summary.itertuples()]
    notes += [
        text("{scenario}: {reason}", scenario=name, reason=why) for name, why in found.infeasible.items()
    ]
    title, name = text("Plan by scenario"), text("Scenarios")
    yield Table.of("scenarios", title, columns, rows, notes=tuple(notes), name=name)


def _scenario_note(row: Any) -> Text:
    """State value and gap of a scenario, and whether its difference shows anything."""
    words = text(
        "{scenario}: value {value}, proven gap {gap}",
        scenario=row.scenario,
        value=round(row.value, 3),
        gap=Percent(row.gap, 2),
    )
    if row.below_gap is None:
        return words
    change = Percent(row.value_change, 2)
    if row.below_gap:
        return text("{words}; {change} against the plan as stated is below the gap: it shows nothing",
                    words=words, change=change)  # fmt: skip
    return text("{words}; {change} against the plan as stated", words=words, change=change)


def chain_tables(run: RunData) -> tuple[Table, ...]:
    """Return the sheet of earliest times, the critical chain first; none without resources."""
    chain = run.chain
    if chain is None:
        return ()
    first = {name: place for place, name in enumerate(chain.chain)}
    names = list(chain.table.index)
    frame = (
        chain.table.rename_axis(index=None)
        .assign(
            technology=names,
            name=[run.study.catalog.label(name) for name in names],
            lead_months=chain.table["lead"],
            critical=["◆" if name in first else "" for name in names],
            place=[first.get(name, len(first)) for name in names],
        )
        .sort_values(["place", "slack", "earliest_start", "technology"])
    )
    columns = [
        TECHNOLOGY,
        Column(TECHNOLOGY_NAME, 46),
        *(Column(q, 10) for q in (LEVEL, LEAD_MONTHS, EARLIEST_START, EARLIEST_END, SLACK, WAITS_FOR)),
        Column(CRITICAL, 9),
    ]
    notes = (
        text(
            "Months are counted from the beginning of the plan; money and staff are left aside, "
            "so no plan can be earlier."
        ),
        text("Slack: how far a start can slip before the last technology of all becomes operational later."),
        text("Longest chain: {chain}, {months} months.", chain=" - ".join(chain.chain), months=chain.months),
    )
    title, name = text("Earliest times and slack"), text("Critical chain")
    return (Table.from_frame("chain", title, columns, frame, notes=notes, name=name),)
