"""What a reader needs to trace a rank to judgments, scores and sources; basis and checklist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from techprio.display.quantities import Table
from techprio.language import text
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Figure, Section, TableBlock
from techprio.reporting.chapters.gaps import gap, prose
from techprio.reporting.checklist import Point, checklist_table
from techprio.reporting.criteria_tables import (
    consistency_table,
    experts_table,
    judgments_table,
    revision_tables,
    stability_table,
)
from techprio.reporting.figures import in_room
from techprio.reporting.list_tables import statements_table
from techprio.reporting.matrix_tables import dependencies_table, matrix_table, scores_table, sources_table
from techprio.reporting.record import record_table
from techprio.reporting.supplied_tables import alignment_table, provinces_table


def basis(run: RunData, points: Sequence[Point]) -> Section:
    """Return the basis, the consistency with other plans and the experience of others."""
    alignment, provinces = alignment_table(run), provinces_table(run)
    blocks: list[Block] = [
        *prose(run, "basis"),
        *gap(points, "R19"),
        *([TableBlock(alignment)] if alignment.rows else []),
        *gap(points, "R21"),
        *([TableBlock(provinces)] if provinces.rows else []),
        *gap(points, "R18"),
        *prose(run, "conclusion"),
    ]
    return Section(
        "basis", 1, text("Basis, consistency with other plans, experience of others"), tuple(blocks)
    )


def annexes(run: RunData, *, full: bool = True) -> Iterator[Section]:
    """Give the annexes, the full data behind every rank where they are asked for, and last the checklist."""
    yield Section("annexes", 1, text("Annexes"), (), wide=True, full=True)
    for table in _tables(run) if full else ():
        blocks: list[Block] = [TableBlock(table, small=True)]
        if table.id == "consistency" and len(run.weights.by_expert):
            draw = in_room(run.weights.plot_consistency, rows=1 + len(run.weights.by_expert))
            blocks.append(Figure("consistency", table.title, draw))
        yield Section(f"annex-{table.id}", 2, table.title, tuple(blocks), wide=True, full=True)
    table = checklist_table(run)
    yield Section("annex-checklist", 2, table.title, (TableBlock(table),), wide=True)


def _tables(run: RunData) -> Iterator[Table]:
    yield statements_table(run)
    yield matrix_table(run)
    yield scores_table(run)
    yield sources_table(run)
    if run.options.get("with_judgments"):
        yield judgments_table(run)
    yield consistency_table(run)
    yield from revision_tables(run)
    yield experts_table(run)
    if run.stability is not None:
        yield stability_table(run)
    yield dependencies_table(run)
    yield record_table(run)
