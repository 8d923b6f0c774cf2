"""How sure the plan is, and what it would be under other limits, as tables and CSV."""

from __future__ import annotations

from techprio.csv_text import frame_csv
from techprio.language import Percent, text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def sureness_files(run: RunData) -> dict[str, bytes]:
    """Return the CSV files of what was asked for besides the plan."""
    files = {}
    if run.robust is not None:
        files["robustness.csv"] = frame_csv(run.robust.to_frame())
    if run.scenarios is not None:
        files["scenarios.csv"] = frame_csv(run.scenarios.to_frame())
        files["scenario-summary.csv"] = frame_csv(run.scenarios.summary)
    return files


def sureness_tables(run: RunData) -> tuple[Table, ...]:
    """Return the sheets of what was asked for besides the plan."""
    return (*_robust_tables(run), *_scenario_tables(run))


def _robust_tables(run: RunData) -> tuple[Table, ...]:
    robust = run.robust
    if robust is None:
        return ()
    words = {"firm": text("firm placement"), "border": text("border"), "never": text("never")}
    catalog = run.study.catalog
    phases = list(robust.index.columns[:-1])
    rows = [
        (
            name,
            catalog.label(name),
            *(float(robust.index.loc[name, phase]) for phase in phases),
            float(robust.index.loc[name, "not placed"]),
            words[robust.group[name]],
            text("yes") if robust.phase_firm[name] else text("no"),
        )
        for name in robust.index.index
    ]
    columns = (
        Column(text("Id"), "code", 9),
        Column(text("Technology"), "text", 50),
        *(Column(phase, "share", 11, bar=True) for phase in phases),
        Column(text("not placed"), "share", 11),
        Column(text("Group"), "text", 12),
        Column(text("Phase is firm"), "text", 11),
    )
    share = text(
        "Share of {draws} draws whose best plan places the technology in the phase; firm from {firm} on.",
        draws=float(robust.draws),
        firm=Percent(0.95),
    )
    title = text("How sure each placement is")
    return (Table("robustness", text("Sureness of the plan"), title, columns, rows, (share, *robust.notes)),)


def _scenario_tables(run: RunData) -> tuple[Table, ...]:
    found = run.scenarios
    if found is None:
        return ()
    names = list(found.plans)
    rows = [
        (row[0], run.study.catalog.label(row[0]), *row[1:-1], text("yes") if row[-1] else "")
        for row in found.to_frame().itertuples(index=False, name=None)
    ]
    columns = (
        Column(text("Id"), "code", 9),
        Column(text("Technology"), "text", 50),
        *(Column(text("as stated") if name == names[0] else name, "month", 14) for name in names),
        Column(text("Differs"), "text", 9),
    )
    notes = [text("Month of operation in each scenario; empty: not placed.")]
    notes += [
        text(
            "{scenario}: value {value}, proven gap {gap}",
            scenario=name,
            value=round(plan.value, 3),
            gap=round(plan.gap, 5),
        )
        for name, plan in found.plans.items()
    ]
    notes += [
        text("{scenario}: {reason}", scenario=name, reason=why) for name, why in found.infeasible.items()
    ]
    return (Table("scenarios", text("Scenarios"), text("Plan by scenario"), columns, rows, tuple(notes)),)
