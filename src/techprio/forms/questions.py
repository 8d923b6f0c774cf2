"""What an expert is asked: pairs of criteria, scores of technologies, values that are worth a half.

A node of more than seven children is asked by a connected design of two comparisons a child (a circulant
graph); the weights follow by logarithmic least squares (Bozóki, Fülöp and Rónyai 2010). Which of two
criteria stands first, and the order of the pairs, come from study and expert: the same at every opening and
in every round, and no criterion stands first more often than its share (order effects: Schuman and
Presser 1981, *Questions and Answers in Attitude Surveys*).

What values are worth is asked by bisection (mid-value splitting: von Winterfeldt and Edwards 1986, *Decision
Analysis and Behavioral Research*, chapter 7): which value is worth half of the best, then which halves the
halves. Only a measured scale whose best value is an end can be halved so; see :func:`halved_criteria`.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from techprio.display.quantities import Words
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
UNITS: dict[str, Text] = {
    "billion VND": text("billion VND"),
    "billion VND per year": text("billion VND per year"),
    "months": text("months"),
    "years": text("years"),
    "jobs": text("jobs"),
    "jobs or households": text("jobs or households"),
    "households": text("households"),
    "people": text("people"),
    "points": text("points"),
    "score": text("points"),
}
MOST_LEVELS = 11
MOST_SIBLINGS = 7


class Pair(NamedTuple):
    """Two criteria under a node, in the order of the tree."""

    node: str
    one: str
    other: str

    @property
    def key(self) -> str:
        """Name of the question in an answer file."""
        return ":".join(("pair", *self))

    @property
    def name(self) -> str:
        """What it is about, as problems name it."""
        return f"{self.one} / {self.other}"


class Score(NamedTuple):
    """A technology on a criterion."""

    sector: str
    technology: str
    criterion: str

    @property
    def key(self) -> str:
        """Name of the question in an answer file."""
        return ":".join(("score", *self))

    @property
    def name(self) -> str:
        """What it is about, as problems name it."""
        return f"{self.technology} / {self.criterion}"


class Half(NamedTuple):
    """The value of a criterion that is worth 0.5 of the best; 0.25 and 0.75 halve the halves."""

    criterion: str
    worth: float

    @property
    def key(self) -> str:
        """Name of the question in an answer file."""
        return f"half:{self.criterion}:{self.worth:g}"

    @property
    def name(self) -> str:
        """What it is about, as problems name it."""
        return f"{self.criterion} / {self.worth:g}"


Question = Pair | Score | Half
#: The questions of one criterion in the order in which they are asked, with what they say.
HALVES: dict[float, Text] = {
    0.5: text("worth half of the best"),
    0.25: text("worth a quarter of the best"),
    0.75: text("worth three quarters of the best"),
}


def pairs_of(study: Study) -> list[Pair]:
    """Return the pairs of siblings that are asked, node by node."""
    return [
        Pair(node, children[i], children[j])
        for node, children in study.criteria.hierarchy.items()
        for i, j in _design(len(children))
    ]


def _design(size: int) -> list[tuple[int, int]]:
    """Return places of the pairs that are asked of so many siblings: all, or a connected design.

    Examples
    --------
    >>> len(_design(7)), len(_design(9))
    (21, 18)
    """
    if size <= MOST_SIBLINGS:
        return list(itertools.combinations(range(size), 2))
    around = {frozenset((i, (i + by) % size)) for i in range(size) for by in _steps(size)}
    return sorted((min(pair), max(pair)) for pair in around)


def _steps(size: int) -> tuple[int, int]:
    """Return how far the two partners of a child stand from it around the circle of a design."""
    return 1, max(2, round(size**0.5))


def ordered_pairs(study: Study, expert: Expert) -> list[tuple[Pair, bool]]:
    """Return the pairs in the order in which an expert meets them, and whether the second stands first."""
    found = []
    asked: dict[str, list[Pair]] = {}
    for pair in pairs_of(study):
        asked.setdefault(pair.node, []).append(pair)
    for node, pairs in asked.items():
        stream = random.Random(f"{study.id}\n{expert.code}\n{node}")
        children = list(study.criteria.hierarchy[node])
        size = len(children)
        # Around a circle each stands first against the half that follows it, or against its partners.
        follows: Sequence[int] = range(1, size // 2 + 1)
        if size > MOST_SIBLINGS:
            follows = _steps(size)
        else:
            stream.shuffle(children)
        place = {name: i for i, name in enumerate(children)}
        coin = stream.random() < 0.5
        stream.shuffle(pairs)
        found += [(pair, ((place[pair.other] - place[pair.one]) % size in follows) == coin) for pair in pairs]
    return found


def scores_of(study: Study, expert: Expert) -> list[Score]:
    """Return what an expert scores, criterion by criterion, on criteria that are judged."""
    leaves = judged_criteria(study)
    technologies = {sector: study.catalog.technologies_of(sector) for sector in expert.sectors}
    return [
        Score(sector, str(technology), leaf.id)
        for sector, names in technologies.items()
        for leaf in leaves
        for technology in names
    ]


def judged_criteria(study: Study) -> list[Criterion]:
    """Return the criteria that people judge; the others are read from a column of the catalogue."""
    return [leaf for leaf in study.criteria.leaves if not leaf.field and leaf.scale is not None]


def questions_of(study: Study, expert: Expert, *, with_halves: bool) -> list[Question]:
    """Return everything that an expert is asked."""
    halves = halves_of(study) if with_halves else []
    return [*pairs_of(study), *halves, *scores_of(study, expert)]


def halved_criteria(study: Study) -> list[Criterion]:
    """Return the criteria whose scale is measured and best at an end: those that can be halved."""
    leaves = [leaf for leaf in study.criteria.leaves if leaf.scale is not None]
    return [leaf for leaf in leaves if leaf.scale.type != "ordinal" and not leaf.scale.ideal]  # type: ignore[union-attr]


def halves_of(study: Study) -> list[Half]:
    """Return the questions of bisection, criterion by criterion: the half first, then the quarters."""
    return [Half(leaf.id, worth) for leaf in halved_criteria(study) for worth in HALVES]


def not_halved(study: Study) -> list[Text]:
    """Say which measured criteria are not asked by bisection, and why."""
    ideal = tuple(leaf.id for leaf in study.criteria.leaves if leaf.scale is not None and leaf.scale.ideal)
    if not ideal:
        return []
    return [
        text(
            "not asked by halves, because the best value lies inside the scale (ideal): {names}", names=ideal
        )
    ]


def levels_of(criterion: Criterion) -> list[int]:
    """Return the points that can be chosen; none for a scale of too many steps, which takes a number."""
    scale = criterion.scale
    if scale is None or scale.type != "ordinal":
        return []
    low, high = float(scale.lowest), float(scale.highest)
    count = int(high - low) + 1
    return list(range(int(low), int(high) + 1)) if low.is_integer() and count <= MOST_LEVELS else []


def level_name(criterion: Criterion, level: int) -> Words:
    """Return what a point means, such as ``rất cao``, or between which points with words it lies."""
    anchor = criterion.anchors.get(float(level))
    if anchor is not None and (anchor.vi or anchor.en):
        return anchor
    below = [point for point in criterion.anchors if point < level]
    above = [point for point in criterion.anchors if point > level]
    if below and above:
        return text("between {low} and {high}", low=float(max(below)), high=float(min(above)))
    return ""


def level_words(criterion: Criterion, level: int) -> Words:
    """Return a point with its words, such as ``5 - rất cao``."""
    name = level_name(criterion, level)
    return text("{level} - {name}", level=level, name=name) if name else str(level)


def unit_of(criterion: Criterion) -> Words:
    """Return the unit in the language of the reader, where it is one of the known."""
    return UNITS.get(criterion.unit, criterion.unit)


def node_name(study: Study, node: str) -> Words:
    """Return the name of a node in words."""
    return study.criteria.by_id[node].label if node in study.criteria.by_id else text("heads of criteria")


def block_name(study: Study, block: str) -> Words:
    """Return the name of a node, a criterion or a sector; anything else as it is."""
    sectors: dict[str, Words] = {sector.code: sector.label for sector in study.catalog.sectors}
    if block in study.criteria.hierarchy or block in study.criteria.by_id:
        return node_name(study, block)
    return sectors.get(block, block)


def facts_of(study: Study, sectors: Sequence[str], *, with_halves: bool = False) -> dict[str, dict[str, Any]]:
    """Return everything that a form of these sectors shows, by what it describes.

    ``words`` can be put differently without another meaning; all else is what the question is about.
    """
    facts: dict[str, dict[str, Any]] = {}
    if with_halves:
        facts["halves"] = {"words": {}, "criteria": [leaf.id for leaf in halved_criteria(study)]}
    for node, children in study.criteria.hierarchy.items():
        facts[f"node {node}"] = {"words": {}, "children": list(children)}
    for criterion in study.criteria.by_id.values():
        scale = criterion.scale
        bounds = None if scale is None else [scale.type, float(scale.worst), float(scale.best)]
        words = _both(criterion.label, "name") | _both(criterion.definition, "definition")
        for point, label in sorted(criterion.anchors.items()):
            words |= _both(label, f"level {point:g}")
        facts[f"criterion {criterion.id}"] = {"words": words, "scale": bounds, "unit": criterion.unit}
    for code in sectors:
        facts[f"sector {code}"] = {"words": _both(study.catalog.sector(code).label, "name")}
        for technology in study.catalog.technologies_of(code):
            label = study.catalog.label(technology)
            facts[f"technology {technology}"] = {"words": _both(label, "name"), "sector": code}
    return facts


def _both(label: Label | str, what: str) -> dict[str, str]:
    vi, en = (label.vi, label.en) if isinstance(label, Label) else (label, label)
    return {f"{what} vi": vi, f"{what} en": en}


def changed_facts(
    sent: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> list[tuple[str, bool]]:
    """Return what is shown otherwise now, and whether the wording alone differs.

    A name that belonged to another one before is an exchange, not a wording.
    """
    owners: dict[str, set[str]] = {}
    for about, fact in sent.items():
        for words in fact["words"].values():
            owners.setdefault(words, set()).add(about)
    found = []
    for about in dict.fromkeys([*sent, *now]):
        old, new = sent.get(about), now.get(about)
        if old == new:
            continue
        same = old is not None and new is not None and {**old, "words": 0} == {**new, "words": 0}
        taken = (
            any(
                words and owners.get(words, {about}) != {about} and about not in owners[words]
                for key, words in new["words"].items()
                if key.startswith("name")
            )
            if new is not None
            else False
        )
        found.append((about, same and not taken))
    return found
