"""First page, orientation, goals, context and method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from techprio.language import LANGUAGES, Language, Text, text
from techprio.model.plan import Plan
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Paragraph, Section, TableBlock
from techprio.reporting.chapters.gaps import gap, prose
from techprio.reporting.checklist import Point, gaps
from techprio.reporting.plan_tables import plan_notes
from techprio.reporting.record import run_method
from techprio.reporting.supplied_tables import goals_table
from techprio.reporting.words import period_name, printed_notes, role_name


def summary(run: RunData, points: Sequence[Point]) -> Section:
    """Return the first page: whether the report is complete, and what was found."""
    blocks: list[Block] = [block for language in LANGUAGES for block in _incomplete(points, language)]
    blocks += [Paragraph(warning, "note") for warning in printed_notes(run)]
    blocks += [Paragraph(words) for words in _found(run)]
    return Section("summary", 1, text("Summary"), tuple(blocks))


def _incomplete(points: Sequence[Point], language: Language) -> Iterator[Block]:
    """List the gaps of the report in one language."""
    missing = gaps(points, language)
    if missing:
        incomplete = text(
            "This report is incomplete: {count} required points are missing or only partly there.",
            count=len(missing),
        )
        yield Paragraph(incomplete, "warning", language)
    for point in missing:
        words = text("{point}: {words}", point=point.id, words=point.words)
        if point.found[language].state == "partial":
            how = point.found[language].how
            words = text("{point}: {words} ({how})", point=point.id, words=point.words, how=how)
        yield Paragraph(words, "bullet", language)


def _found(run: RunData) -> list[object]:
    roles = run.roles.table["role_final"].value_counts()
    found: list[object] = [
        text(
            "{technologies} technologies of {sectors} sectors were judged on {criteria} criteria.",
            technologies=len(run.study.catalog.technologies),
            sectors=len(run.study.catalog.sectors),
            criteria=len(run.study.criteria.leaves),
        ),
        text(
            "{platform} are platforms, {core} are core, {encouraged} are encouraged, {watch} are to be "
            "watched and not begun now.",
            platform=int(roles.get("platform", 0)),
            core=int(roles.get("core", 0)),
            encouraged=int(roles.get("encouraged", 0)),
            watch=int(roles.get("watch", 0)),
        ),
    ]
    if run.plan is not None:
        counts = run.plan.placements["phase"].value_counts()
        found += [
            text(
                "{count} technologies become operational in {phase}.",
                count=int(counts.get(phase.id, 0)),
                phase=phase.id,
            )
            for phase in run.plan.resources.phases
        ]
        found.append(text("{count} technologies are not placed.", count=len(run.plan.unplaced)))
        found += [text("{sentence}.", sentence=words) for words in run.plan.proofs()]
    if run.dates is not None:
        found += [text("{sentence}.", sentence=words) for words in run.dates.notes]
    return found


def context(run: RunData, points: Sequence[Point]) -> Section:
    """Return orientation, goals and context."""
    goals = goals_table(run)
    blocks: list[Block] = [
        *prose(run, "orientation"),
        *gap(points, "R01"),
        *prose(run, "context"),
        *gap(points, "R13"),
        *([TableBlock(goals)] if goals.rows else []),
        *gap(points, "R02"),
    ]
    return Section("context", 1, text("Context, orientation and goals"), tuple(blocks))


def method(run: RunData) -> Section:
    """Return how the numbers were made, in words."""
    study = run.study
    steps: list[object] = []
    if run.weights.by_expert is not None and len(run.weights.by_expert):
        steps.append(_pooling(run))
    steps += [
        text("Ranking: {method}, in each sector by itself.", method=run_method(run)),
        text(
            "Certainty: {draws} draws of weights and scores (seed {seed}); a probability is the share of "
            "the draws.",
            draws=float(study.robustness.draws),
            seed=study.robustness.seed,
        ),
        text(
            "Roles: {platform}, {core} and {encouraged} follow from what is out of reach when a technology "
            "is missing.",
            platform=role_name("platform"),
            core=role_name("core"),
            encouraged=role_name("encouraged"),
        ),
    ]
    if run.plan is not None:
        steps.append(_phasing(run.plan))
    blocks = [*prose(run, "method"), *(Paragraph(step, "number") for step in steps)]
    if run.plan is not None:
        blocks += [Paragraph(note, "note") for note in plan_notes(run.plan)]
    return Section("method", 1, text("Method"), tuple(blocks))


def _phasing(plan: Plan) -> Text:
    period = period_name(plan.resources.period_months)
    if plan.priorities is None:
        return text(
            "Phases: a start in each {period} or none, so that the discounted value is greatest under "
            "the budgets, the staff and the prerequisites; proven by a bound.",
            period=period,
        )
    return text(
        "Phases: a start in each {period} or none; the whole plan closest to the mean of {count} continuous "
        "plans for the rank classes under limits drawn around the stated ones, under the budgets, the staff "
        "and the prerequisites; proven by a bound.",
        period=period,
        count=plan.priorities.samples,
    )


def _pooling(run: RunData) -> Text:
    experts = len(run.weights.by_expert)
    if run.study.weights.group_weights:
        votes = ", ".join(f"{name} {weight:g}" for name, weight in run.study.weights.group_weights.items())
        return text(
            "Weights: {experts} experts compared the criteria in pairs (AHP); their answers were pooled "
            "inside each stakeholder group, then across the groups with these weights: {votes}.",
            experts=experts,
            votes=votes,
        )
    if run.study.weights.groups == "equal":
        return text(
            "Weights: {experts} experts compared the criteria in pairs (AHP); their answers were pooled "
            "inside each stakeholder group, then across the groups.",
            experts=experts,
        )
    return text(
        "Weights: {experts} experts compared the criteria in pairs (AHP); their answers were pooled, "
        "each expert counting alike.",
        experts=experts,
    )
