"""A point that is missing, stated where it should stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from techprio.language import LANGUAGES, text
from techprio.model.run import RunData
from techprio.reporting.blocks import Block, Paragraph, Prose
from techprio.reporting.checklist import Point


def gap(points: Sequence[Point], number: str) -> Iterator[Block]:
    """Give a warning where a point is missing or only partly there; nothing where all of it is."""
    point = next(point for point in points if point.id == number)
    for language, finding in point.found.items():
        named: dict[str, Any] = {"point": point.id, "words": point.words, "how": finding.how}
        if finding.state == "missing":
            yield Paragraph(text("Missing ({point}, {words}): {how}.", **named), "warning", language)
        elif finding.state == "partial":
            words = text("Only partly there ({point}, {words}): {how}.", **named)
            yield Paragraph(words, "warning", language)


def prose(run: RunData, section: str) -> Iterator[Block]:
    """Give the prose of a section in the languages in which it was written."""
    material = run.study.material
    for language in LANGUAGES:
        if words := material.text(section, language):
            yield Prose(words, language, material.pictures)
