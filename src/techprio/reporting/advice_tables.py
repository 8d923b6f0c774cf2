"""What to check first, and where the panel differs, as printed tables."""

from __future__ import annotations

from dataclasses import replace

from techprio.display.quantities import Table
from techprio.language import text
from techprio.model.run import RunData


def check_tables(run: RunData) -> list[Table]:
    """Return the figures to check first, and the comparisons that the panel should settle."""
    if run.advice is None:
        return []
    tables = run.advice.tables()
    names = {"check_first": text("Check first"), "settle_first": text("Settle first")}
    return [replace(tables[key], name=name) for key, name in names.items() if tables[key].rows]


def opinion_tables(run: RunData) -> list[Table]:
    """Return the lists of each opinion in the panel and what hangs on one expert; nothing without a panel."""
    if run.dissent is None:
        return []
    tables = run.dissent.tables()
    names = {"opinions": text("Opinions"), "left_out": text("Without one expert")}
    return [replace(tables[key], name=name) for key, name in names.items() if tables[key].rows]
