"""Sections and tables of the page, as values for the template, in both languages at once."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

from techprio.csv_text import clean
from techprio.inputs.pictures import picture_name
from techprio.language import LANGUAGES, Language
from techprio.model.run import RunData
from techprio.reporting.blocks import Paragraph, Prose, Section, TableBlock
from techprio.reporting.chapters import annexes, opening, plan, standing
from techprio.reporting.checklist import checklist
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


def chapters(run: RunData) -> list[Chapter]:
    """Return the sections of the page; the full data of the annexes stay in workbook and document."""
    spoken = [_sections(run, language) for language in LANGUAGES]
    return [_chapter(dict(zip(LANGUAGES, same, strict=True))) for same in zip(*spoken, strict=True)]


def picture(content: bytes) -> str:
    """Return a picture as an address that holds it."""
    kind = "jpeg" if content[:2] == b"\xff\xd8" else "gif" if content[:3] == b"GIF" else "png"
    return f"data:image/{kind};base64," + base64.b64encode(content).decode("ascii")


def _sections(run: RunData, language: Language) -> list[Section]:
    points = checklist(run, language)
    return [
        opening.summary(run, points, language),
        opening.context(run, points, language),
        opening.method(run, points, language),
        standing.current_state(run, points, language),
        standing.criteria(run, points, language),
        *standing.priorities(run, points, language),
        *standing.roles(run, points, language),
        *plan.roadmap(run, points, language),
        plan.resources(run, points, language),
        plan.responsibilities(run, points, language),
        plan.monitoring(run, points, language),
        plan.consultation(run, points, language),
        annexes.basis(run, points, language),
        annexes.last(run, language),
    ]


def _chapter(spoken: Mapping[str, Section]) -> Chapter:
    first = next(iter(spoken.values()))
    return Chapter(first.id, first.level, _words(spoken, lambda s: s.title), tuple(_parts(spoken)))


def _parts(spoken: Mapping[str, Section]) -> Iterable[Part]:
    """Give the blocks of both languages side by side; prose stands in the languages it was written in."""
    for language, section in spoken.items():
        for block in section.blocks:
            if isinstance(block, Prose):
                yield Part("prose", {language: _html(block, language)})
            elif isinstance(block, Paragraph) and block.style == "warning":
                yield Part("paragraph", {language: _told(block.words, language)}, block.style)
    plain = {
        language: [
            b for b in section.blocks if not isinstance(b, Prose) and getattr(b, "style", "") != "warning"
        ]
        for language, section in spoken.items()
    }
    for blocks in zip(*plain.values(), strict=False):
        pair = dict(zip(plain, blocks, strict=True))
        first = blocks[0]
        if isinstance(first, Paragraph):
            yield Part("paragraph", _words(pair, lambda b: b.words), first.style)
        elif isinstance(first, TableBlock):
            yield _table({language: block.table for language, block in pair.items()})


def _html(prose: Prose, language: str) -> str:
    """Return prose as HTML that holds its pictures; a picture that is not there is said in its place."""
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
                child.content = no_picture(name).render(language)  # type: ignore[arg-type]
    return str(reader.renderer.render(tokens, reader.options, {}))


def _table(spoken: Mapping[str, Table]) -> Part:
    first = next(iter(spoken.values()))
    if not first.rows:
        return Part("paragraph", {one: nothing(table, one) for one, table in spoken.items()}, "note")  # type: ignore[arg-type]
    shown = [place for place, column in enumerate(first.columns) if column.place == "page"]
    printed = {language: table.printed(language) for language, table in spoken.items()}  # type: ignore[arg-type]
    rows = tuple(
        tuple(
            Cell(
                {language: clean(printed[language][number][place]) for language in spoken},
                _number(row[place], first.columns[place].kind),
            )
            for place in shown
        )
        for number, row in enumerate(first.rows)
    )
    heads = tuple(
        (_words(spoken, lambda t, place=place: t.columns[place].heading), _kind(first.columns[place].kind))
        for place in shown
    )
    notes = tuple(
        {language: _told(table.notes[k], language) for language, table in spoken.items()}
        for k in range(len(first.notes))
    )
    return Part("table", _words(spoken, lambda t: t.title), first.id, heads, rows, notes)


def _number(value: Any, kind: str) -> str:
    return repr(float(value)) if kind in NUMBERS and value is not None and value != "" else ""


def _kind(kind: str) -> str:
    return "number" if kind in NUMBERS else "mark" if kind in ("mark", "month") else "text"


def _words(spoken: Mapping[str, Any], of: Any) -> dict[str, str]:
    return {language: _told(of(value), language) for language, value in spoken.items()}


def _told(words: Any, language: str) -> str:
    told = clean(say(words, language))  # type: ignore[arg-type]
    return told[:1].upper() + told[1:]
