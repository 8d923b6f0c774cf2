"""The report as sections, in the order of the administrative documents that it serves."""

from __future__ import annotations

from techprio.model.run import RunData
from techprio.reporting.blocks import Section
from techprio.reporting.chapters import annexes, opening, plan, standing
from techprio.reporting.checklist import checklist


def report_sections(run: RunData) -> tuple[Section, ...]:
    """Return every section of the report, in no language yet: the summary first, the checklist last."""
    points = checklist(run)
    return (
        opening.summary(run, points),
        opening.context(run, points),
        opening.method(run),
        standing.current_state(run, points),
        standing.criteria(run),
        *standing.dissent(run),
        *standing.priorities(run),
        *standing.roles(run),
        *standing.check_first(run),
        *plan.roadmap(run, points),
        plan.resources(run, points),
        *plan.certainty(run, points),
        plan.responsibilities(run, points),
        plan.monitoring(run, points),
        plan.consultation(run, points),
        annexes.basis(run, points),
        *annexes.annexes(run),
    )
