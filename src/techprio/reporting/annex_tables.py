"""Judgments and sensitivity, for the annexes."""

from __future__ import annotations

from typing import Any

from techprio.language import text
from techprio.model.known_names import group_name
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table


def judgments_table(run: RunData) -> Table:
    """Return every judgment of every expert."""
    judgments = run.study.judgments
    rows: list[tuple[Any, ...]] = []
    if judgments is not None:
        labels = judgments.labels
        rows = [
            (
                row.expert,
                group_name(row.group),
                text("heads of criteria") if row.node == judgments.root else labels.get(row.node, row.node),
                row.preferred,
                row.other,
                float(row.strength),
                _words(row.note),
            )
            for row in judgments.statements.itertuples(index=False)
        ]
    title = text("Judgments of the experts")
    columns = (
        Column(text("Expert"), "code", 9),
        Column(text("Group"), "text", 14),
        Column(text("Comparison of"), "text", 26),
        Column(text("Preferred"), "code", 10),
        Column(text("Other"), "code", 9),
        Column(text("Strength"), "money", 9),
        Column(text("Note"), "text", 50),
    )
    return Table("judgments", title, title, columns, rows)


def stability_table(run: RunData) -> Table:
    """Return how far each weight may move before the leader, or the first k, of a sector change."""
    frame = run.stability
    label = {criterion.id: criterion.label for criterion in run.study.criteria.by_id.values()}
    rows = [
        (
            row.sector,
            row.node,
            label.get(row.node, row.node),
            float(row.weight),
            float(row.leader_low),
            float(row.leader_high),
            float(row.top_low),
            float(row.top_high),
        )
        for row in (() if frame is None else frame.itertuples(index=False))
    ]
    k = run.study.ranking.top
    return Table(
        "sensitivity",
        text("Sensitivity"),
        text("How far a weight can move before the list changes"),
        (
            Column(text("Sector"), "code", 7),
            Column(text("Criterion"), "code", 9),
            Column(text("Name"), "text", 40),
            Column(text("Weight"), "share", 9),
            Column(text("Leader stays from"), "share", 10),
            Column(text("Leader stays up to"), "share", 10),
            Column(text("First {k} stay from", k=k), "share", 10),
            Column(text("First {k} stay up to", k=k), "share", 10),
        ),
        rows,
        (text("One weight at a time; the others keep their proportions."),),
    )


def _words(value: Any) -> str:
    return "" if value is None or value != value else str(value)
