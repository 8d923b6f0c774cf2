"""Sections and tables of the page, as values for the template, in both languages at once."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from techprio.csv_text import clean
from techprio.inputs.pictures import picture_name
from techprio.language import LANGUAGES, Language
from techprio.reporting.blocks import Paragraph, Prose, Section, TableBlock
from techprio.reporting.tables import NUMBERS, Table, nothing, say
from techprio.reporting.words import no_picture

Words = Mapping[str, str]


@dataclass(frozen=True)
class Cell:
    """A cell: its words in both languages, and the number that it is sorted by, if it is one."""

    words: Words
    number: str = ""

    @property
    def alike(self) -> bool:
        """Whether both languages say the same."""
        return len(set(self.words.values())) == 1


@dataclass(frozen=True)
class Part:
    """A piece of a section: a paragraph, prose (HTML), a table or a picture."""

    kind: str
    words: Words
    style: str = ""
    columns: tuple[tuple[Words, str], ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A section of the page."""

    id: str
    level: int
    title: Words
    parts: tuple[Part, ...]


def chapters(sections: Iterable[Section]) -> list[Chapter]:
    """Return the sections of the page with their words in both languages; full data stay out."""
    return [
        Chapter(one.id, one.level, _words(one.title), tuple(_parts(one))) for one in sections if not one.full
    ]


def picture(content: bytes) -> str:
    """Return a picture as an address that holds it."""
    kind = "jpeg" if content[:2] == b"\xff\xd8" else "gif" if content[:3] == b"GIF" else "png"
    return f"data:image/{kind};base64," + base64.b64encode(content).decode("ascii")


def _parts(section: Section) -> Iterator[Part]:
    for block in section.blocks:
        if isinstance(block, Prose):
            yield Part("prose", {block.only: _html(block)})
        elif isinstance(block, Paragraph):
            languages = LANGUAGES if block.only is None else (block.only,)
            yield Part("paragraph", {one: _sentence(block.words, one) for one in languages}, block.style)
        elif isinstance(block, TableBlock):
            yield _table(block.table)


def _html(prose: Prose) -> str:
    """Return prose as HTML that holds its pictures; a picture that is not there is named in its place."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(clean(prose.markdown))
    for token in tokens:
        for child in token.children or ():
            if child.type != "image":
                continue
            name = picture_name(str(child.attrs["src"]))
            if name in prose.pictures:
                child.attrs["src"] = picture(prose.pictures[name])
            else:
                child.type, child.tag, child.children = "text", "", None
                child.content = no_picture(name).render(prose.only)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _table(table: Table) -> Part:
    if not table.rows:
        return Part("paragraph", {one: nothing(table, one) for one in LANGUAGES}, "note")
    shown = [place for place, column in enumerate(table.columns) if column.place == "page"]
    printed = {one: table.printed(one) for one in LANGUAGES}
    rows = tuple(
        tuple(
            Cell(
                {one: clean(printed[one][number][place]) for one in LANGUAGES},
                _number(row[place], table.columns[place].kind),
            )
            for place in shown
        )
        for number, row in enumerate(table.rows)
    )
    heads = tuple(
        (_words(column.heading), _kind(column.kind)) for column in table.columns if column.place == "page"
    )
    return Part("table", _words(table.title), table.id, heads, rows, tuple(map(_words, table.notes)))


def _number(value: Any, kind: str) -> str:
    return repr(float(value)) if kind in NUMBERS and value is not None and value != "" else ""


def _kind(kind: str) -> str:
    return "number" if kind in NUMBERS else "mark" if kind in ("mark", "month") else "text"


def _words(words: Any) -> Words:
    return {one: _sentence(words, one) for one in LANGUAGES}


def _sentence(words: Any, language: Language) -> str:
    sentence = clean(say(words, language))
    return sentence[:1].upper() + sentence[1:]
