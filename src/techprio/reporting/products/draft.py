"""``du-thao``: the roadmap as it is sent out for comments."""

from __future__ import annotations

from techprio.reporting.products.annexes import comment_form, roadmap_annexes
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.parts import Paper
from techprio.reporting.products.roadmap import roadmap_parts, roadmap_subject


def draft_paper(matter: Matter) -> Paper:
    """Return the draft roadmap that is sent out for comments."""
    return Paper(
        "du-thao",
        "roadmap",
        roadmap_subject(matter),
        tuple(roadmap_parts(matter)),
        annexes=(*roadmap_annexes(matter), comment_form()),
        draft=True,
    )
