"""What a document of the plan is made of, before any file: headings, paragraphs, tables, lines of dots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from techprio.language import Label

Words = Any
"""A Text, a Label or a plain string."""
Kind = Literal["report", "submission", "decision", "roadmap", "plan", "plain", "booklet"]
Look = Literal["body", "dash", "note", "basis", "center", "right"]
Side = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Heading:
    """A heading, numbered by where it stands: I., 1., a)."""

    words: Words
    level: int = 1


@dataclass(frozen=True)
class Para:
    """A paragraph; ``lead`` are its first words, in bold."""

    words: Words
    look: Look = "body"
    lead: Words = ""


@dataclass(frozen=True)
class Dots:
    """A line of dots where people have to write, and what the drafter learns of it.

    Parameters
    ----------
    question : Words
        What the part must answer.
    source : Words
        The file that takes it.
    agency : Words
        Whom to ask.
    """

    question: Words
    source: Words
    agency: Words = ""


@dataclass(frozen=True)
class Prose:
    """What people wrote, in Markdown, by language; dots where it is not there in the one that is written."""

    words: Mapping[str, str]
    without: Dots


@dataclass(frozen=True)
class Col:
    """A column of a table: its heading, its share of the width, the side its cells stand on."""

    head: Words
    width: float
    side: Side = "left"


@dataclass(frozen=True)
class Grid:
    """A table of the text, or of an annex when it is small; rows of words, ``strong`` ones in bold."""

    columns: tuple[Col, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: Words = ""
    small: bool = False
    points: float = 0.0
    strong: tuple[int, ...] = ()


@dataclass(frozen=True)
class Bars:
    """A picture of bars in grey, drawn with the cells of a table.

    Parameters
    ----------
    title : Words
        Over the names of the bars.
    key : tuple of Words
        What each grey stands for, from light to dark.
    rows : tuple of (name, parts)
        A part is its share of the whole bar and what stands in it.
    dark_first : bool
        The greys go from dark to light instead.
    """

    title: Words
    key: tuple[Words, ...]
    rows: tuple[tuple[Words, tuple[tuple[float, Words], ...]], ...]
    dark_first: bool = False


@dataclass(frozen=True)
class Break:
    """A new page."""


Part = Heading | Para | Prose | Dots | Grid | Bars | Break


@dataclass(frozen=True)
class Annex:
    """An annex: its title and what stands in it; ``wide`` lies across the page, ``mark`` is framed on it.

    ``label`` stands for the number of an annex that belongs to an annexed text; ``subject`` stands under the
    title, as written.
    """

    title: Words
    parts: tuple[Part, ...]
    wide: bool = False
    mark: Words = ""
    points: float = 0.0
    label: Words = ""
    subject: Words = ""


@dataclass(frozen=True)
class Paper:
    """A document.

    Parameters
    ----------
    id : str
    kind : str
        Its form: whose head it has, how it opens and ends.
    title : Words
        The subject under the kind.
    parts : tuple of Part
    annexes : tuple of Annex
    addressees : tuple of Words
        After ``Kính gửi:``; none where it informs nobody above.
    enclosed : Words
        What goes with it, under the signature.
    draft : bool
        Whether it is marked as a draft.
    points : float
        Size of the letters of the text.
    points_in : mapping of language to float
        Another size, where the words of a language need it; tables follow.
    attached : tuple of Part
        What goes with it on pages of its own.
    issuer : Label, optional
        The agency that issues it, where it is not the standing one.
    year : str
        Of its date; dots where nothing says it.
    """

    id: str
    kind: Kind
    title: Words
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...] = ()
    addressees: tuple[Words, ...] = ()
    enclosed: tuple[Words, ...] = ()
    draft: bool = False
    points: float = 14.0
    points_in: Mapping[str, float] = field(default_factory=dict)
    attached: tuple[Part, ...] = field(default=())
    issuer: Label | None = None
    year: str = "……"

    def gaps(self, language: str) -> Iterator[tuple[Words, Dots]]:
        """Give the lines of dots of a language with the heading or annex that they stand under."""
        place: Words = ""
        for part in (*self.parts, *self.attached):
            if isinstance(part, Heading):
                place = part.words
            elif (dots := dots_of(part, language)) is not None:
                yield place, dots
        for annex in self.annexes:
            for part in annex.parts:
                if (dots := dots_of(part, language)) is not None:
                    yield annex.title, dots


def dots_of(part: Part, language: str) -> Dots | None:
    """Return the line of dots that a part is in a language; None where it says something."""
    if isinstance(part, Prose):
        return None if part.words.get(language) else part.without
    return part if isinstance(part, Dots) else None
