"""The answers of one returned form, whatever file they came in."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from techprio.display.quantities import Words
from techprio.forms.questions import Pair, Question, Score
from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.kept_files import checksum_of
from techprio.language import Text, text
from techprio.model.criteria import Criterion


@dataclass(frozen=True)
class Answer:
    """What was said to one question.

    Parameters
    ----------
    question : Pair, Score or Half
    value : float, optional
        Degree or score; of a range its middle. None: don't know.
    preferred : str
        Of a comparison: the side that is more important; the first of the pair where both are equal.
    low, high : float, optional
        Of a range.
    note : str
    first : (preferred, value), optional
        The first answer where it was another one.
    after_help : bool
        Whether help with consistency had been shown before.
    kept : bool
        Whether the answer of the round before was left as it is.
    """

    question: Question
    value: float | None
    preferred: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""
    first: tuple[str, float | None] | None = None
    after_help: bool = False
    kept: bool = False

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two answers the same."""
        return (self.preferred if self.value != 1 else "", self.value, self.low, self.high)


@dataclass
class Filled:
    """A form that came back: whose, and what stands in it.

    Parameters
    ----------
    file : str
        Path inside the folder of returned forms.
    expert : str
    answers : dict of question to Answer
    faulty : set of question
        Answered in a way that cannot be taken; each has its finding.
    sequence : int
        Counts the final files that one browser wrote.
    partial : bool
        Saved to be continued.
    code : str
        Six letters that the sender sees too.
    missing : str
        Technologies or criteria that the expert misses.
    bare_notes : list of (question, note)
        Notes beside questions without an answer.
    blocks : dict of block to (certainty, seconds)
        Of answer files; None where nothing was said.
    """

    file: str
    expert: str
    answers: dict[Question, Answer] = field(default_factory=dict)
    faulty: set[Question] = field(default_factory=set)
    sequence: int = 0
    partial: bool = False
    code: str = ""
    missing: str = ""
    bare_notes: list[tuple[Question, str]] = field(default_factory=list)
    blocks: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    places: dict[Question, Location] = field(default_factory=dict)

    def take(self, answer: Answer, place: Location, diagnostics: Diagnostics) -> None:
        """Take an answer; two different ones to a question cost that question."""
        question = answer.question
        earlier = self.answers.get(question)
        if question not in self.places:
            self.answers[question] = answer
            self.places[question] = place
        elif earlier is None or earlier.content != answer.content:
            self.answers.pop(question, None)
            first = self.places[question]
            self.refuse(
                "F610",
                question,
                place,
                diagnostics,
                found=text("{first} and {second}", first=_shown(earlier), second=_shown(answer)),
                allowed=text("one answer; another one stands at {place}", place=first.place or first.file),
            )

    def refuse(
        self,
        code: str,
        question: Question,
        place: Location,
        diagnostics: Diagnostics,
        *,
        found: Words,
        allowed: Words,
        proposal: Words = "",
    ) -> None:
        """Note why the answer to a question cannot be taken."""
        self.faulty.add(question)
        self.answers.pop(question, None)
        self.places.setdefault(question, place)
        diagnostics.add(code, place, field=question.name, found=found, allowed=allowed, proposal=proposal)

    @property
    def judgments(self) -> Iterator[tuple[Pair, Answer]]:
        """Comparisons with an answer."""
        return ((q, a) for q, a in self.answers.items() if isinstance(q, Pair))

    @property
    def scores(self) -> Iterator[tuple[Score, Answer]]:
        """Scores with an answer."""
        return ((q, a) for q, a in self.answers.items() if isinstance(q, Score))

    @property
    def content(self) -> frozenset[tuple[object, ...]]:
        """What makes two forms the same."""
        return frozenset((*a.question, *a.content, a.note) for a in self.answers.values())


class Span(NamedTuple):
    """A value with its range; low and high are None where one value was given."""

    value: float
    low: float | None = None
    high: float | None = None


def middle_of(criterion: Criterion, low: float, high: float) -> Span:
    """Return a range of a score with its middle on the scale of the criterion."""
    if low == high:
        return Span(low)
    transform = criterion.scale.transform if criterion.scale else None
    value = math.sqrt(low * high) if transform == "log10" and low > 0 else (low + high) / 2
    return Span(value, low, high)


def middle_degree(low: float, high: float) -> Span:
    """Return a range of a degree with its geometric mean, as ratios are averaged (Aczél and Saaty 1983)."""
    return Span(low) if low == high else Span(math.sqrt(low * high), low, high)


def code_of(checksum: str) -> str:
    """Return six letters of a checksum, for people to compare.

    Examples
    --------
    >>> code_of("00ff10abcd" + "0" * 54)
    'AD7RBK'
    """
    return base64.b32encode(bytes.fromhex(checksum[:10])).decode()[:6]


def mark_of(content: object) -> str:
    """Return a short mark of plain values: another one when anything in them changes."""
    return checksum_of(json.dumps(content, ensure_ascii=False, sort_keys=True))[:16]


def _shown(answer: Answer | None) -> Text | str:
    if answer is None:
        return text("an answer that cannot be taken")
    if answer.value is None:
        return text("don't know")
    return (
        text("{side} {value}", side=answer.preferred, value=answer.value)
        if answer.preferred
        else (text("{value}", value=answer.value))
    )
