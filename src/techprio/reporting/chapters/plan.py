"""Roadmap, resources, responsibilities, monitoring, consultation."""

from __future__ import annotations

from collections.abc import Sequence

from techprio.language import Text, text
from techprio.model.plan_certainty import DateCertainty, ReplacementCosts
from techprio.model.plan_influence import PlanInfluence
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Paragraph, Section, TableBlock
from techprio.reporting.chapters.gaps import gap, prose
from techprio.reporting.checklist import Point
from techprio.reporting.figures import certainty_figures, dependency_figures, roadmap_figures
from techprio.reporting.list_tables import agencies_table, printed_priorities
from techprio.reporting.money_tables import budget_table, phase_costs
from techprio.reporting.passed_limits import passed_limits
from techprio.reporting.plan_tables import (
    certainty_tables,
    phase_lists,
    plan_notes,
    staff_table,
)
from techprio.reporting.supplied_tables import (
    comments_table,
    indicators_table,
    policies_table,
    tasks_table,
)


def roadmap(run: RunData, points: Sequence[Point], *, drawn: bool = True) -> list[Section]:
    """Return the roadmap of every phase, each placement with its reason, below what is passed."""
    plan = run.plan
    opening: list[Block] = []
    if plan is not None:
        opening += [Paragraph(words, "warning") for words in passed_limits(plan)]
    opening += [*prose(run, "roadmap"), *gap(points, "R09")]
    opening += [Paragraph(note, "note") for note in plan_notes(plan)]
    if plan is not None:
        opening += roadmap_figures(run, plan)
    sections = [Section("roadmap", 1, text("Roadmap"), tuple(opening), wide=True)]
    if plan is not None:
        for table in phase_lists(run, plan):
            sections.append(Section(table.id, 2, table.title, (TableBlock(table),), wide=True))
        pale = text("Pale boxes stand in another figure; implied dependencies are not drawn.")
        needs: list[Block] = [Paragraph(pale, "note"), *(dependency_figures(run) if drawn else ())]
        sections.append(Section("dependencies", 2, text("Dependencies"), tuple(needs), wide=True))
    return sections


def resources(run: RunData, points: Sequence[Point]) -> Section:
    """Return money and people by phase and year."""
    blocks: list[Block] = [*gap(points, "R10")]
    if run.plan is not None:
        blocks += [
            TableBlock(phase_costs(run, run.plan)),
            TableBlock(budget_table(run)),
            TableBlock(staff_table(run)),
        ]
    return Section("resources", 1, text("Resources by phase and source of funds"), tuple(blocks), wide=True)


def certainty(run: RunData, points: Sequence[Point]) -> list[Section]:
    """Return how firmly the plan stands: what decides it, dates and money under draws, other placements."""
    plan = run.plan
    if plan is None:
        return []
    words = [*plan.proofs(), plan.quality()]
    for found in (run.dates, run.influence, run.certainty):
        words += [] if found is None else _stated(found)
    blocks: list[Block] = [Paragraph(one) for one in words]
    blocks += certainty_figures(run, plan)
    blocks += [TableBlock(table, small=table.id == "plan_certainty") for table in certainty_tables(run)]
    title = text("How firmly the plan stands")
    return [Section("certainty", 1, title, tuple(blocks), wide=True)]


def _stated(found: DateCertainty | PlanInfluence | ReplacementCosts) -> Sequence[Text]:
    return found.notes if isinstance(found, DateCertainty) else found.sentences()


def responsibilities(run: RunData, points: Sequence[Point]) -> Section:
    """Return tasks, agencies and policies."""
    tasks, policies = tasks_table(run), policies_table(run)
    blocks: list[Block] = [
        *([TableBlock(tasks)] if tasks.rows else []),
        *gap(points, "R07"),
        TableBlock(agencies_table(printed_priorities(run))),
        *gap(points, "R08"),
        *prose(run, "policies"),
        *([TableBlock(policies)] if policies.rows else []),
        *gap(points, "R11"),
    ]
    title = text("Tasks, responsibilities and policies")
    return Section("responsibilities", 1, title, tuple(blocks), wide=True)


def monitoring(run: RunData, points: Sequence[Point]) -> Section:
    """Return indicators and how the roadmap is updated."""
    indicators = indicators_table(run)
    blocks: list[Block] = [
        *prose(run, "monitoring"),
        *([TableBlock(indicators)] if indicators.rows else []),
        *gap(points, "R12"),
        Paragraph(
            text(
                "Each year the roadmap is held against what became of it; each new version is compared with "
                "the one before, with the part of every factor."
            )
        ),
    ]
    return Section("monitoring", 1, text("Monitoring, evaluation and update"), tuple(blocks))


def consultation(run: RunData, points: Sequence[Point]) -> Section:
    """Return who commented what in the consultation, and what came of it."""
    comments = comments_table(run)
    blocks: list[Block] = [*([TableBlock(comments)] if comments.rows else []), *gap(points, "R20")]
    return Section("consultation", 1, text("Consultation"), tuple(blocks), wide=True)
