"""Current state, criteria and weights, priority lists, roles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from techprio.language import text
from techprio.model.acceptability import RankAcceptability
from techprio.model.explanation import explain
from techprio.model.ranking import Ranking
from techprio.model.run import RunData
from techprio.reporting.advice_tables import check_tables, opinion_tables
from techprio.reporting.blocks import Block, Figure, Paragraph, Section, TableBlock
from techprio.reporting.chapters.gaps import gap, prose
from techprio.reporting.checklist import Point
from techprio.reporting.criteria_tables import weights_table
from techprio.reporting.figures import in_room, ranking_figures, worth_figures
from techprio.reporting.list_tables import (
    actions_table,
    classes_table,
    deciding_table,
    printed_priorities,
    role_lists,
    sector_list,
)
from techprio.reporting.master_list import master_list_of, on_paper
from techprio.reporting.ranking_tables import candidate_notes, screening_table
from techprio.reporting.supplied_tables import swot_print
from techprio.reporting.survey_tables import survey_tables


def current_state(run: RunData, points: Sequence[Point]) -> Section:
    """Return what the survey of firms found, with SWOT and the list by action."""
    blocks: list[Block] = [*prose(run, "current-state"), *gap(points, "R14")]
    if run.assessment is not None and run.assessment.instrument.bounds:
        rows = len(run.assessment.sectors)
        draw = in_room(run.assessment.plot, rows=rows, row=0.42, rest=1.7)
        blocks.append(Figure("survey-levels", text("Firms by level and sector"), draw))
    blocks += [TableBlock(table) for table in survey_tables(run)]
    swot = swot_print(run)
    blocks += [*([TableBlock(swot)] if swot.rows else []), *gap(points, "R15")]
    blocks += [TableBlock(actions_table(printed_priorities(run))), *gap(points, "R16")]
    return Section("current-state", 1, text("Current state of technology"), tuple(blocks))


def criteria(run: RunData) -> Section:
    """Return the criteria with their weights, and who weighs them how."""
    blocks: list[Block] = [TableBlock(weights_table(run))]
    if len(run.weights.by_expert):
        caption = text("Weights of the panel, its groups and its experts")
        rows = len(run.weights.overall)
        blocks.append(Figure("experts", caption, in_room(run.weights.plot, rows=rows, row=0.32, rest=1.2)))
    blocks += worth_figures(run.study.criteria)
    return Section("criteria", 1, text("Criteria and weights"), tuple(blocks), wide=True)


def dissent(run: RunData) -> list[Section]:
    """Return the opinions in the panel, each with its lists, and what is priority whoever decides."""
    tables = opinion_tables(run)
    if not tables or run.dissent is None:
        return []
    about = text(
        "Experts who weigh alike are one opinion. Each opinion has lists of its own; what is "
        "priority by every opinion is so whoever decides, and the others are what there is to talk about."
    )
    blocks: list[Block] = [Paragraph(about), *(TableBlock(table) for table in tables)]
    return [Section("dissent", 1, text("Where the panel differs"), tuple(blocks), wide=True)]


def check_first(run: RunData) -> list[Section]:
    """Return the figures to check before the lists are signed, with what each would change."""
    tables = check_tables(run)
    if not tables or run.advice is None:
        return []
    about = text(
        "Most uncertain figures change nothing, whatever they turn out to be. These may: known exactly, they "
        "can put technologies into another list, role or phase."
    )
    rows = len(run.advice.first())
    caption = text("Figures to check first")
    blocks: list[Block] = [Paragraph(about)]
    if rows:
        draw = in_room(run.advice.plot, rows=rows, row=0.5, rest=1.4)
        blocks.append(Figure("check-first", caption, draw))
    blocks += [TableBlock(table) for table in tables]
    return [Section("check-first", 1, text("What to check first"), tuple(blocks), wide=True)]


def priorities(run: RunData) -> list[Section]:
    """Return the priority list of each sector, with why and how certain."""
    frame = printed_priorities(run)
    opening = [
        *prose(run, "priorities"),
        TableBlock(on_paper(master_list_of(run)), small=True),
        TableBlock(classes_table(run)),
        TableBlock(screening_table(run)),
    ]
    sections = [Section("priorities", 1, text("Priority lists"), tuple(opening), wide=True), _deciding(run)]
    for sector in run.study.catalog.sectors:
        ranking = run.rankings[sector.code]
        drawn = run.acceptability.get(sector.code)
        blocks: list[Block] = [TableBlock(sector_list(run, frame, sector)), *_why(ranking, drawn)]
        caption = text("What makes the scores: {sector}", sector=sector.label)
        blocks += ranking_figures(f"scores-{sector.code}", caption, ranking)
        if drawn is not None:
            caption = text("How often each technology takes each rank: {sector}", sector=sector.label)
            blocks += ranking_figures(f"ranks-{sector.code}", caption, drawn)
        sections.append(Section(f"priorities-{sector.code}", 2, sector.label, tuple(blocks), wide=True))
    return sections


def _deciding(run: RunData) -> Section:
    """Return what decides between the contested ones on both sides of each line."""
    about = text(
        "Contested technologies above and below the line are one question. Each is held against the nearest "
        "on the other side: the criteria in which they differ, the groups of experts for and against, and "
        "the uncertain score that moves their difference most say what decides."
    )
    blocks: tuple[Block, ...] = (Paragraph(about), TableBlock(deciding_table(run), small=True))
    return Section("deciding", 2, text("What decides at the line"), blocks, wide=True)


def _why(ranking: Ranking, drawn: RankAcceptability | None) -> list[Block]:
    """Give why each of the first three is ahead of the next, or that they are equal."""
    ahead_in = None if drawn is None else drawn.pairwise
    order: list[Any] = list(ranking.order)
    found = [explain(ranking, *pair, pairwise=ahead_in) for pair in list(pairwise(order))[:3]]
    return [Paragraph(one.sentence, "bullet") for one in found]


def roles(run: RunData) -> list[Section]:
    """Return the lists by role with the picture of the dependencies."""
    blocks: list[Block] = [Paragraph(note, "note") for note in (*run.roles.notes, *candidate_notes(run))]
    sections = [
        Section("roles", 1, text("Platform, core and encouraged technologies"), tuple(blocks), wide=True)
    ]
    for role, table in role_lists(printed_priorities(run)):
        sections.append(Section(f"role-{role}", 2, table.title, (TableBlock(table),), wide=True))
    return sections
