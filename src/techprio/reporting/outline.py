"""The report as sections, in the order of the province's documents."""

from __future__ import annotations

from techprio.language import Language
from techprio.model.run import RunData
from techprio.reporting.blocks import Section
from techprio.reporting.chapters import annexes, opening, plan, standing
from techprio.reporting.checklist import checklist


def report_sections(run: RunData, language: Language) -> tuple[Section, ...]:
    """Return every section of the report in one language, the summary first, the checklist last."""
    points = checklist(run, language)
    return (
        opening.summary(run, points, language),
        opening.context(run, points, language),
        opening.method(run, points, language),
        standing.current_state(run, points, language),
        standing.criteria(run, points, language),
        *standing.priorities(run, points, language),
        *standing.roles(run, points, language),
        *plan.roadmap(run, points, language),
        plan.resources(run, points, language),
        plan.responsibilities(run, points, language),
        plan.monitoring(run, points, language),
        plan.consultation(run, points, language),
        annexes.basis(run, points, language),
        *annexes.annexes(run, points, language),
    )
