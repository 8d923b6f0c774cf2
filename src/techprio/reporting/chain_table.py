"""How early prerequisites and readiness would allow each technology, as a printed table."""

from __future__ import annotations

from typing import Any

from techprio.language import text
from techprio.model.critical_chain import CriticalChain
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def chain_tables(run: RunData) -> tuple[Table, ...]:
    """Return the sheet of earliest times, the critical chain first; none without resources."""
    chain = run.chain
    if chain is None:
        return ()
    rows = [_row(run, chain, name) for name in _by_slack(chain)]
    columns = (
        Column(text("Id"), "code", 9),
        Column(text("Technology"), "text", 46),
        Column(text("Level"), "integer", 8),
        Column(text("Lead (months)"), "integer", 10),
        Column(text("Earliest start (month)"), "integer", 11),
        Column(text("Earliest operation (month)"), "integer", 11),
        Column(text("Slack (months)"), "integer", 10),
        Column(text("Waits for"), "code", 10),
        Column(text("Critical chain"), "mark", 9),
    )
    notes = (
        text(
            "Months are counted from the beginning of the plan; money and staff are left aside, "
            "so no plan can be earlier."
        ),
        text("Slack: how far a start can slip before the last technology of all becomes operational later."),
        text("Longest chain: {chain}, {months} months.", chain=" - ".join(chain.chain), months=chain.months),
    )
    return (Table("chain", text("Critical chain"), text("Earliest times and slack"), columns, rows, notes),)


def _by_slack(chain: CriticalChain) -> list[str]:
    first = {name: place for place, name in enumerate(chain.chain)}
    table = chain.table
    return sorted(
        table.index,
        key=lambda name: (
            first.get(name, len(first)),
            float(table.at[name, "slack"]),
            float(table.at[name, "earliest_start"]),
            str(name),
        ),
    )


def _row(run: RunData, chain: CriticalChain, name: str) -> tuple[Any, ...]:
    row = chain.table.loc[name]
    return (
        name, run.study.catalog.label(name), int(row["level"]), float(row["lead"]),
        float(row["earliest_start"]), float(row["earliest_end"]), float(row["slack"]),
        row["waits_for"], "◆" if name in chain.chain else "",
    )  # fmt: skip
