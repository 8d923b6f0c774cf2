"""A point that is missing, said where it should stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from techprio.language import Language, text
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Paragraph, Prose
from techprio.reporting.checklist import Point


def gap(points: Sequence[Point], number: str) -> tuple[Block, ...]:
    """Return a warning where a point is missing or only partly there; nothing where all of it is."""
    point = next(point for point in points if point.id == number)
    if point.state not in ("missing", "partial"):
        return ()
    said: dict[str, Any] = {"point": point.id, "words": point.words, "how": point.how}
    if point.state == "missing":
        return (Paragraph(text("Missing ({point}, {words}): {how}.", **said), "warning"),)
    return (Paragraph(text("Only partly there ({point}, {words}): {how}.", **said), "warning"),)


def prose(run: RunData, section: str, language: Language) -> tuple[Block, ...]:
    """Return the prose of a section; nothing where there is none."""
    words = run.study.material.text(section, language)
    return (Prose(words, run.study.material.pictures),) if words else ()
