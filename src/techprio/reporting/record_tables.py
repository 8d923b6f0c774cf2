"""The record of the run, as a printed table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from techprio.language import text
from techprio.model.run import RunData
from techprio.reporting.record import run_record
from techprio.reporting.tables import Column, Table


def record_table(run: RunData) -> Table:
    """Return version, options, seed and input hashes, one a row."""
    record = run_record(run)
    parts = (
        "version",
        "seed",
        "options",
        "ranking",
        "robustness",
        "value",
        "roles",
        "phasing",
        "counts",
        "inputs",
    )
    rows = [row for part in parts for row in _flat(part, record[part])]
    return Table(
        "record",
        text("Record"),
        text("Record of the run: the same inputs and options give the same result"),
        (Column(text("Item"), "code", 44), Column(text("Value"), "text", 90)),
        rows,
        tuple(run.warnings),
    )  # fmt: skip


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item)
    elif value not in (None, "", [], {}):
        yield name, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
