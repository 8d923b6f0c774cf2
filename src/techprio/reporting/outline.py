"""The report as sections, in the order of the administrative documents that it serves."""

from __future__ import annotations

from techprio.model.run import RunData
from techprio.reporting.blocks import Section
from techprio.reporting.chapters import annexes, opening, plan, standing
from techprio.reporting.checklist import checklist
from techprio.reporting.named_codes import names_in, with_names


def report_sections(run: RunData, *, page: bool = False) -> tuple[Section, ...]:
    """Return every section of the report, in no language yet: the summary first, the checklist last.

    Names stand for codes; ids are left beside names, and in the annexes with full data. The page does without
    these, and without the figures, which it has of its own: what takes long is then not made.
    """
    points = checklist(run)
    sections = (
        opening.summary(run, points),
        opening.context(run, points),
        opening.method(run),
        standing.current_state(run, points),
        standing.criteria(run),
        *standing.dissent(run),
        *standing.priorities(run),
        *standing.roles(run),
        *standing.check_first(run),
        *plan.roadmap(run, points, drawn=not page),
        plan.resources(run, points),
        *plan.certainty(run, points),
        plan.responsibilities(run, points),
        plan.monitoring(run, points),
        plan.consultation(run, points),
        annexes.basis(run, points),
        *annexes.annexes(run, full=not page),
    )
    names = names_in(run)
    return tuple(with_names(section, names) for section in sections)
