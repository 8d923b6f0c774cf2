"""Criteria, weights and judgments, as printed tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Table
from techprio.inputs.rows import JudgmentRow
from techprio.language import text
from techprio.model.catalog import SECTOR
from techprio.model.criteria import Criterion
from techprio.model.fields import stated
from techprio.model.judgments import EXPERT, GROUP, OTHER, PREFERRED, STRENGTH
from techprio.model.known_names import group_name, unit_name
from techprio.model.run import (
    LEADER_HIGH,
    LEADER_LOW,
    REACHED_HIGH,
    REACHED_LOW,
    TOP_HIGH,
    TOP_LOW,
    RunData,
    changes_of,
)
from techprio.model.scale import (
    CRITERION,
    CRITERION_NAME,
    DIRECTION,
    NODE_NAME,
    PLAN_CLAUSE,
    SCALE,
    SCALE_BEST,
    SCALE_WORST,
    UNIT,
)
from techprio.model.weights import (
    ACCEPTED_RATIO,
    ADVICE,
    CONSISTENCY_INDEX,
    CONSISTENCY_RATIO,
    EFFECTIVE_SHARE,
    ITEMS,
    LAMBDA_MAX,
    LOCAL_WEIGHT,
    MEMBER,
    OVERALL_WEIGHT,
    WEIGHT,
)
from techprio.ranking.topsis import Topsis
from techprio.ranking.worth import inner_method
from techprio.reporting.words import DIRECTION_NAMES, printed_notes
from techprio.weighting.revise import (
    CLEARS,
    PROPOSED_OTHER,
    PROPOSED_PREFERRED,
    PROPOSED_STRENGTH,
    RATIO_AFTER,
)


def weights_table(run: RunData) -> Table:
    """Return heads and criteria with local, overall and effective weights, direction and fixed scale."""
    overall = run.weights.overall
    squares = overall**2 / float((overall**2).sum())
    squared = all(isinstance(inner_method(ranking.method), Topsis) for ranking in run.rankings.values())
    local = {child: float(weight) for (_, child), weight in reversed(list(run.weights.local.items()))}
    rows = []
    for criterion in run.study.criteria.by_id.values():
        below = [leaf.id for leaf in criterion.walk() if leaf.is_leaf and leaf.id in overall.index]
        shares = [float(overall[below].sum()), *([float(squares[below].sum())] if squared else [])]
        head = (criterion.id, criterion.label, local.get(criterion.id))
        rows.append((*head, *shares, *_scale(criterion), criterion.plan_clause))
    columns = [
        CRITERION,
        Column(CRITERION_NAME, 44),
        LOCAL_WEIGHT,
        Column(OVERALL_WEIGHT, 12, bar=True),
        *([Column(EFFECTIVE_SHARE, 12, bar=True)] if squared else []),
        Column(DIRECTION, 18),
        Column(UNIT, 18),
        SCALE_WORST,
        SCALE_BEST,
        Column(SCALE, 12),
        Column(PLAN_CLAUSE, 16),
    ]
    distance = text(
        "TOPSIS squares the weights: the share in the distance shows what a criterion really moves."
    )
    notes = (
        text("Local weights add to 1 under each head, overall weights over all criteria."),
        *([distance] if squared else []),
        *printed_notes(run, run.weights.notes),
    )
    return Table.of("weights", text("Criteria and weights"), columns, rows, notes=notes, name=text("Weights"))


def _scale(criterion: Criterion) -> tuple[Any, ...]:
    direction = DIRECTION_NAMES.get(str(criterion.direction), "")
    scale, unit = criterion.scale, unit_name(criterion.unit)
    if scale is None:
        return direction, unit, None, None, ""
    kind = text("logarithm") if scale.transform == "log10" else text("straight")
    if scale.ideal:
        ends = text("{low} to {high}", low=float(scale.ideal[0]), high=float(scale.ideal[-1]))
        kind = text("{kind}, best from {range}", kind=kind, range=ends)
    elif scale.points:
        kind = text("{kind}, {count} stated points of worth", kind=kind, count=len(scale.points))
    elif scale.middle is not None:
        kind = text("{kind}, half of the worth at {value}", kind=kind, value=float(scale.middle))
    return direction, unit, scale.worst, scale.best, kind


def consistency_table(run: RunData) -> Table:
    """Return the consistency ratio of every expert and node, the group first."""
    columns = [
        Column(EXPERT, 12),
        Column(NODE_NAME, 40),
        ITEMS,
        LAMBDA_MAX,
        CONSISTENCY_INDEX,
        Column(CONSISTENCY_RATIO, bar=True),
        Column(ADVICE, 14),
    ]
    notes = (
        text(
            "A consistency ratio above {limit} asks for a second look, not for refusal.", limit=ACCEPTED_RATIO
        ),
    )
    title, name = text("Consistency of the judgments"), text("Consistency")
    frame = run.weights.consistency
    if frame.empty:
        return Table.of("consistency", title, columns, [], notes=notes, name=name)
    frame = _by_group(run, frame).assign(
        node_name=[_node_name(run, node) for node in frame["node"]],
        advice=[text("revise") if ratio > ACCEPTED_RATIO else "" for ratio in frame["cr"]],
    )
    return Table.from_frame("consistency", title, columns, frame, notes=notes, name=name)


def _by_group(run: RunData, frame: pd.DataFrame) -> pd.DataFrame:
    """Name experts by their groups, the least consistent first, unless the run was asked for judgments."""
    judgments = run.study.judgments
    if judgments is None or run.options.get("with_judgments"):
        return frame.assign(expert=list(map(group_name, frame["expert"])))
    pairs = judgments.statements[["expert", "group"]].drop_duplicates("expert").set_index("expert")["group"]
    groups = [str(pairs.get(expert, expert)) for expert in frame["expert"]]
    places = {name: place for place, name in enumerate(dict.fromkeys([*pairs, *groups]))}
    ordered = frame.assign(place=list(map(places.get, groups)), expert=list(map(group_name, groups)))
    return ordered.sort_values(["place", "node", "cr"], ascending=[True, True, False], kind="stable")


def experts_table(run: RunData) -> Table:
    """Return the weights of every group beside those of the panel; of experts where that was asked for."""
    single = bool(run.options.get("with_judgments"))
    criteria = list(run.weights.overall.index)
    rows: list[tuple[Any, ...]] = [(text("Panel"), *map(float, run.weights.overall))]
    for frame in (run.weights.by_group, *([run.weights.by_expert] if single else [])):
        rows += [(group_name(str(name)), *map(float, frame.loc[name, criteria])) for name in frame.index]
    columns = [Column(MEMBER, 18), *(Column(WEIGHT.each(str(name)), 9) for name in criteria)]
    if single:
        note = text("First the panel, then stakeholder groups, then experts.")
        title, name = text("Weights of every group and expert"), text("Weights by expert")
        return Table.of("experts", title, columns, rows, notes=(note,), name=name)
    title, name = text("Weights of the panel and of every group"), text("Weights by group")
    return Table.of("experts", title, columns, rows, name=name)


def revision_tables(run: RunData) -> tuple[Table, ...]:
    """Return the judgments to look at again, where judgments were asked for and one stands out."""
    if run.revisions is None or run.revisions.empty or not run.options.get("with_judgments"):
        return ()
    frame = run.revisions.assign(
        node_name=[_node_name(run, node) for node in run.revisions["node"]],
        top_changes=[changes or text("none") for changes in run.revisions["top_changes"]],
    )
    columns = [
        EXPERT,
        Column(NODE_NAME, 26),
        CONSISTENCY_RATIO,
        PREFERRED,
        OTHER,
        STRENGTH,
        Column(PROPOSED_PREFERRED, 11),
        Column(PROPOSED_OTHER, 11),
        Column(PROPOSED_STRENGTH, 11),
        RATIO_AFTER,
        Column(CLEARS, 10),
        Column(changes_of(run.study.ranking.priority, run.study.ranking.top), 40),
    ]
    notes = (
        text(
            "Three judgments a set, the furthest from consistent first. "
            "The expert decides; nothing is changed here."
        ),
        text("Change: what would come in (+) and leave (-), if this one proposal were taken up."),
    )
    title, name = text("Judgments to look at again"), text("Judgments to revise")
    return (Table.from_frame("revisions", title, columns, frame, notes=notes, name=name),)


def judgments_table(run: RunData) -> Table:
    """Return every judgment of every expert with their notes."""
    columns = [
        EXPERT,
        Column(GROUP, 14),
        Column(NODE_NAME, 26),
        PREFERRED,
        OTHER,
        STRENGTH,
        Column(stated(JudgmentRow)["note"], 50),
    ]
    title, judgments = text("Judgments of the experts"), run.study.judgments
    if judgments is None:
        return Table.of("judgments", title, columns, [])
    frame = judgments.statements
    labels = {**judgments.labels, judgments.root: text("heads of criteria")}
    frame = frame.assign(
        group=list(map(group_name, frame["group"])),
        node_name=[labels.get(node, node) for node in frame["node"]],
    )
    return Table.from_frame("judgments", title, columns, frame)


def stability_table(run: RunData) -> Table:
    """Return how far each weight may move before the leader, or the first k, of a sector change."""
    label = {criterion.id: criterion.label for criterion in run.study.criteria.by_id.values()}
    k = run.study.ranking.top
    by_top = run.study.ranking.priority == "top"
    first = (TOP_LOW.fill(k=k), TOP_HIGH.fill(k=k)) if by_top else (REACHED_LOW, REACHED_HIGH)
    columns = [
        SECTOR,
        CRITERION,
        Column(CRITERION_NAME, 40),
        WEIGHT,
        *(LEADER_LOW, LEADER_HIGH, *first),
    ]
    notes = (text("One weight at a time; the others keep their proportions."),)
    title, name = text("How far a weight can move before the list changes"), text("Sensitivity")
    if run.stability is None:
        return Table.of("sensitivity", title, columns, [], notes=notes, name=name)
    frame = run.stability.rename(columns={"node": "criterion"})
    frame["criterion_name"] = [label.get(criterion, criterion) for criterion in frame["criterion"]]
    return Table.from_frame("sensitivity", title, columns, frame, notes=notes, name=name)


def _node_name(run: RunData, node: str) -> Any:
    criteria = run.study.criteria
    return criteria.by_id[node].label if node in criteria.by_id else text("heads of criteria")
