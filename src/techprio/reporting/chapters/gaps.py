"""A point that is missing, said where it should stand."""

from __future__ import annotations

from collections.abc import Sequence

from techprio.language import Language, text
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Paragraph, Prose
from techprio.reporting.checklist import Point


def gap(points: Sequence[Point], number: str) -> tuple[Block, ...]:
    """Return a warning where a point is missing; nothing where it is there."""
    point = next(point for point in points if point.id == number)
    if point.state != "missing":
        return ()
    words = text("Missing ({point}, {words}): {how}.", point=point.id, words=point.words, how=point.how)
    return (Paragraph(words, "warning"),)


def prose(run: RunData, section: str, language: Language) -> tuple[Block, ...]:
    """Return the prose of a section; nothing where there is none."""
    words = run.study.material.text(section, language)
    return (Prose(words),) if words else ()
