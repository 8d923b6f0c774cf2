"""How sure the ranks are, and what a gate kept out, as printed tables."""

from __future__ import annotations

from typing import Any

from techprio.language import text
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def acceptability_table(run: RunData) -> Table:
    """Return the rank acceptability of every technology: the share of draws in which it takes each rank."""
    longest = max((len(sure.index.columns) for sure in run.acceptability.values()), default=0)
    rows: list[tuple[Any, ...]] = []
    for code, sure in run.acceptability.items():
        frame = sure.to_frame().set_index("alternative")
        for name in run.rankings[code].to_frame()["alternative"]:
            ranks = [float(x) if x >= 0.0005 else None for x in sure.index.loc[name]]
            rows.append(
                (
                    code, name, run.study.catalog.label(name), int(run.rankings[code].ranks[name]),
                    float(frame.at[name, "expected_rank"]), float(frame.at[name, "p_first"]),
                    float(frame.at[name, "p_top"]), *ranks, *[None] * (longest - len(ranks)),
                )
            )  # fmt: skip
    first = next(iter(run.acceptability.values()), None)
    top = run.study.ranking.top
    return Table(
        "acceptability",
        text("Rank acceptability"),
        text("Rank acceptability: share of the draws in which a technology takes each rank"),
        (
            Column(text("Sector"), "code", 7),
            Column(text("Id"), "code", 8),
            Column(text("Technology"), "text", 40),
            Column(text("Rank"), "integer", 7),
            Column(text("Expected rank"), "money", 9),
            Column(text("First"), "share", 8),
            Column(text("First {k}", k=top), "share", 8, bar=True),
            *(Column(str(rank), "share", 6.3) for rank in range(1, longest + 1)),
        ),
        rows,
        ()
        if first is None
        else (
            text(
                "{draws} draws of weights and scores; seed {seed}.", draws=float(first.draws), seed=first.seed
            ),
        ),
    )


def screening_table(run: RunData) -> Table:
    """Return what a gate kept out of the ranking, with the reason."""
    rows = [
        (code, name, run.study.catalog.label(name), reason)
        for code, ranking in run.rankings.items()
        for name, reason in ranking.screened.items()
    ]
    notes = () if rows else (text("No technology was screened out."),)
    return Table(
        "screening",
        text("Screening"),
        text("Screened before ranking"),
        (
            Column(text("Sector"), "code", 8),
            Column(text("Id"), "code", 9),
            Column(text("Technology"), "text", 50),
            Column(text("Reason"), "text", 70),
        ),
        rows,
        notes,
    )
