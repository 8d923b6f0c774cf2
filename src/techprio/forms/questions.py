"""What an expert is asked: pairs of criteria under each node, and scores of technologies."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator
from typing import NamedTuple

from techprio.language import Label, Text, text
from techprio.model.criteria import Criterion
from techprio.model.forms import Expert
from techprio.model.study import Study

DEGREES: dict[int, Text] = {
    1: text("equal"),
    2: text("between equal and slightly more"),
    3: text("slightly more important"),
    4: text("between slightly and clearly more"),
    5: text("clearly more important"),
    6: text("between clearly and very much more"),
    7: text("very much more important"),
    8: text("between very much and absolutely more"),
    9: text("absolutely more important"),
}
EQUAL = text("equally important")
UNKNOWN = text("don't know")
MOST_LEVELS = 11


class Pair(NamedTuple):
    """Two criteria under a node."""

    node: str
    one: str
    other: str


class Score(NamedTuple):
    """A technology on a criterion."""

    sector: str
    technology: str
    criterion: str


def pairs_of(study: Study) -> list[Pair]:
    """Return every pair of siblings of the criteria tree, node by node."""
    return [
        Pair(node, one, other)
        for node, children in study.criteria.hierarchy.items()
        for one, other in itertools.combinations(children, 2)
    ]


def scores_of(study: Study, expert: Expert) -> list[Score]:
    """Return what an expert scores: technologies of the sectors asked for, on criteria that are judged."""
    return [
        Score(sector, str(technology), leaf.id)
        for sector in expert.sectors
        for technology in study.catalog.technologies_of(sector)
        for leaf in judged_criteria(study)
    ]


def judged_criteria(study: Study) -> list[Criterion]:
    """Return the criteria that people judge; the others are read from a column of the catalogue."""
    return [leaf for leaf in study.criteria.leaves if not leaf.field and leaf.scale is not None]


def levels_of(criterion: Criterion) -> list[int]:
    """Return the points that can be chosen; none for a scale of too many steps, which takes a number."""
    scale = criterion.scale
    if scale is None or scale.type != "ordinal":
        return []
    low, high = scale.lowest, scale.highest
    count = int(high - low) + 1
    return list(range(int(low), int(high) + 1)) if low.is_integer() and count <= MOST_LEVELS else []


def level_words(criterion: Criterion, level: int) -> Label:
    """Return a point with its words, such as ``5 - rất cao``."""
    anchor = criterion.anchors.get(float(level))
    vi, en = (anchor.vi, anchor.en) if anchor is not None else ("", "")
    return Label(f"{level} - {vi}" if vi else str(level), f"{level} - {en}" if en else str(level))


def criteria_mark(study: Study) -> str:
    """Return the mark of the questions: another one when criteria, their names or scales change."""
    return hashlib.sha256(json.dumps(list(_facts(study)), ensure_ascii=False).encode()).hexdigest()[:16]


def _facts(study: Study) -> Iterator[list[object]]:
    for criterion in study.criteria.by_id.values():
        scale = criterion.scale
        bounds = None if scale is None else [scale.type, scale.worst, scale.best]
        children = [child.id for child in criterion.children]
        yield [criterion.id, criterion.label.vi, criterion.label.en, children, bounds]
