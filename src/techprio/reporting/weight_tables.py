"""Weights and consistency, as printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from techprio.language import text
from techprio.model.criteria import Criterion
from techprio.model.known_names import group_name, unit_name
from techprio.model.run import RunData
from techprio.reporting.tables import Column, Table
from techprio.reporting.words import DIRECTION_NAMES

CR_LIMIT = 0.10


def weights_table(run: RunData) -> Table:
    """Return heads and criteria with local, overall and effective weights, direction and fixed scale."""
    notes = [
        text("Local weights add to 1 under each head, overall weights over all criteria."),
        text("TOPSIS squares the weights: the share in the distance shows what a criterion really moves."),
        *run.weights.notes,
    ]
    return Table(
        "weights",
        text("Weights"),
        text("Criteria and weights"),
        (
            Column(text("Criterion"), "code", 9),
            Column(text("Name"), "text", 44),
            Column(text("Local weight"), "weight", 11),
            Column(text("Overall weight"), "weight", 12, bar=True),
            Column(text("Share in the distance"), "share", 12, bar=True),
            Column(text("Direction"), "text", 18),
            Column(text("Unit"), "text", 18),
            Column(text("Worst"), "money", 10),
            Column(text("Best"), "money", 10),
            Column(text("Scale"), "text", 12),
            Column(text("Clause of the plan"), "text", 16),
        ),
        list(_weight_rows(run)),
        tuple(notes),
    )


def _weight_rows(run: RunData) -> Iterator[tuple[Any, ...]]:
    overall = run.weights.overall
    squares = overall**2 / float((overall**2).sum())
    tree = run.study.criteria
    for criterion in tree.by_id.values():
        below = [leaf.id for leaf in criterion.walk() if leaf.is_leaf and leaf.id in overall.index]
        yield (
            criterion.id, criterion.label, _local(run, criterion.id), float(overall[below].sum()),
            float(squares[below].sum()), *_scale(criterion), criterion.plan_clause,
        )  # fmt: skip


def _local(run: RunData, criterion: str) -> float | None:
    for (_, child), weight in run.weights.local.items():
        if child == criterion:
            return float(weight)
    return None


def _scale(criterion: Criterion) -> tuple[Any, ...]:
    scale = criterion.scale
    if scale is None:
        return (DIRECTION_NAMES.get(str(criterion.direction), ""), unit_name(criterion.unit), None, None, "")
    kind = text("logarithm") if scale.transform == "log10" else text("straight")
    return (
        DIRECTION_NAMES[str(criterion.direction)],
        unit_name(criterion.unit),
        scale.worst,
        scale.best,
        kind,
    )


def consistency_table(run: RunData) -> Table:
    """Return the consistency ratio of every expert and node, the group first."""
    frame = run.weights.consistency
    rows = [
        (
            group_name(row.expert), _node_name(run, row.node), int(row.n),
            _finite(row.lambda_max), _finite(row.ci),
            _finite(row.cr), text("revise") if _finite(row.cr) is not None and row.cr > CR_LIMIT else "",
        )
        for row in frame.itertuples(index=False)
    ]  # fmt: skip
    return Table(
        "consistency",
        text("Consistency"),
        text("Consistency of the judgments"),
        (
            Column(text("Expert"), "code", 12),
            Column(text("Comparison of"), "text", 40),
            Column(text("Items"), "integer", 8),
            Column("λmax", "weight", 10),
            Column("CI", "weight", 10),
            Column("CR", "weight", 10, bar=True),
            Column(text("Advice"), "text", 14),
        ),
        rows,
        (text("A consistency ratio above {limit} asks for a second look, not for refusal.", limit=CR_LIMIT),),
    )


def experts_table(run: RunData) -> Table:
    """Return the overall weights of every group and expert beside those of the panel."""
    criteria = list(run.weights.overall.index)
    rows: list[tuple[Any, ...]] = [(text("Panel"), *map(float, run.weights.overall))]
    for frame in (run.weights.by_group, run.weights.by_expert):
        rows += [(group_name(str(name)), *map(float, frame.loc[name, criteria])) for name in frame.index]
    columns = [Column(text("Group or expert"), "text", 18), *(Column(c, "weight", 9) for c in criteria)]
    return Table(
        "experts",
        text("Weights by expert"),
        text("Weights of every group and expert"),
        tuple(columns),
        rows,
        (text("First the panel, then stakeholder groups, then experts."),),
    )


def revision_tables(run: RunData) -> tuple[Table, ...]:
    """Return the judgments to look at again; nothing where no judgment stands out."""
    if run.revisions is None or run.revisions.empty:
        return ()
    rows = [_revision(run, row) for row in run.revisions.itertuples(index=False)]
    table = Table(
        "revisions",
        text("Judgments to revise"),
        text("Judgments to look at again"),
        (
            Column(text("Expert"), "code", 9),
            Column(text("Comparison of"), "text", 26),
            Column("CR", "weight", 9),
            Column(text("Preferred"), "code", 10),
            Column(text("Other"), "code", 9),
            Column(text("Strength"), "money", 9),
            Column(text("Preferred (proposal)"), "code", 11),
            Column(text("Other (proposal)"), "code", 11),
            Column(text("Strength (proposal)"), "money", 11),
            Column(text("CR after"), "weight", 9),
            Column(text("Clears 0.10"), "text", 10),
            Column(text("Change among the first {k}", k=run.study.ranking.top), "text", 40),
        ),
        rows,
        (
            text(
                "Three judgments a set, the furthest from consistent first. "
                "The expert decides; nothing is changed here."
            ),
            text("Change: what would come in (+) and leave (-), if this one proposal were taken up."),
        ),
    )
    return (table,)


def _revision(run: RunData, row: Any) -> tuple[Any, ...]:
    return (
        row.expert,
        _node_name(run, row.node),
        float(row.cr),
        row.preferred,
        row.other,
        float(row.strength),
        row.proposed_preferred,
        row.proposed_other,
        float(row.proposed_strength),
        float(row.cr_after),
        text("yes") if row.clears else text("no"),
        row.top_changes or text("none"),
    )


def _node_name(run: RunData, node: str) -> Any:
    criteria = run.study.criteria
    return criteria.by_id[node].label if node in criteria.by_id else text("heads of criteria")


def _finite(number: Any) -> float | None:
    return None if number is None or number != number else float(number)
