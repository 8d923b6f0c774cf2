"""Writes the page: one file that needs no network, in both languages."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from markdown_it import MarkdownIt

from techprio.charts.svg_pair import Looks, joined_markup, svg_label
from techprio.csv_text import clean
from techprio.display.quantities import Column, Table, is_missing, render
from techprio.inputs.pictures import picture_name
from techprio.language import LANGUAGES, Language, Text, resolve_language, text, translate
from techprio.model.roles import ROLE_WORDS
from techprio.model.run import RunData
from techprio.reporting.blocks import Paragraph, Prose, Section, TableBlock, nothing
from techprio.reporting.figures import draw_charts
from techprio.reporting.leaders import leaders_table
from techprio.reporting.outline import report_sections
from techprio.reporting.page.workshop import workshop_data
from techprio.reporting.words import no_picture

#: What may stand without quotes; before the end of an element "/" would become part of the value.
_SHORT_VALUE = re.compile(r' (class|x|y|lang)="([\w.-]+)"(?=[ >])')
Words = Mapping[str, str]
_WORDS: dict[str, Text] = {
    "skip": text("Skip to the content"),
    "contents": text("Contents"),
    "theme": text("Light or dark"),
    "language": text("Language"),
    "filter": text("Filter rows"),
    "workshop": text("Workshop: move the weights"),
    "about": text(
        "Move a weight: the others keep their proportions, and ranks, scores and parts change at once. "
        "The mark on each slider is the panel, the band its groups (and its members, where single experts "
        "are shown)."
    ),
    "still": text(
        "Role and phase do not follow the sliders; they can be switched to what was computed beside."
    ),
    "still_role": text(
        "The role does not follow the sliders; it can be switched to what was computed beside."
    ),
    "view": text("Roles and phases of"),
    "was": text("in the run: {before}"),
    "needs": text("Show lines from each prerequisite to what needs it"),
    "no_script": text(
        "The weights can be moved where JavaScript is allowed; summary, lists and roadmap are complete "
        "without it."
    ),
    "elsewhere": text("The method of this study ({method}) cannot be computed in the page."),
    "sector": text("Sector"),
    "reset": text("Back to the panel"),
    "share": text("Copy the link of this setting"),
    "copied": text("The link is copied."),
    "rank": text("Rank"),
    "move": text("Against the panel"),
    "technology": text("Technology"),
    "score": text("Score"),
    "parts": text("Parts of the score"),
    "role": text("Role"),
    "phase": text("Phase"),
    "in": text("come in: {names}"),
    "out": text("leave: {names}"),
    "same_top": text("the first {k} are those of the panel"),
    "same_score": text("the same technologies reach the reference profile (●) as under the panel"),
    "same_outranking": text(
        "● outranks the reference profile in the run; this mark does not follow the sliders"
    ),
    "reached": text("reaches the reference profile"),
    "panel": text("panel {share}"),
    "overall": text("overall"),
    "screened": text("Screened before ranking"),
    "not_placed": text("not placed"),
}


def page_bytes(
    run: RunData,
    *,
    language: Language | None = None,
    sections: Sequence[Section] | None = None,
    pictures: Mapping[Language, Mapping[str, str]] | None = None,
) -> bytes:
    """Return the report of a run as one HTML page.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
        In which the page opens; it holds both.
    sections : sequence of Section, optional
        Of :func:`techprio.reporting.outline.report_sections`, where they are composed already.
    pictures : mapping of language to mapping of name to SVG, optional
        The charts, where they are drawn already.

    Returns
    -------
    bytes
        The same for the same run.
    """
    language = resolve_language(language)
    drawn = pictures
    if drawn is None:
        drawn = {one: draw_charts(run, language=one, files=False).markup for one in LANGUAGES}
    found = chapters(report_sections(run, page=True) if sections is None else sections, leaders_table(run))
    script, looks = _asset("page.js"), Looks()
    shown = _pictures(drawn, looks)
    page = _template().render(
        language=language,
        title={one: run.study.title.render(one) for one in LANGUAGES},
        version=run.provenance.version,
        words={key: {one: words.render(one) for one in LANGUAGES} for key, words in _WORDS.items()},
        front=[one for one in found if one.front],
        back=[one for one in found if not one.front],
        pictures=shown,
        phases=run.plan is not None,
        columns=max((len(part.columns) for one in found for part in one.parts), default=0),
        style=_asset("page.css") + looks.style,
        script=script,
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        data=_as_json(_data(run)),
    )
    return page.encode()


def _data(run: RunData) -> dict[str, Any]:
    return workshop_data(run) | {
        "words": {key: {one: _bare(words, one) for one in LANGUAGES} for key, words in _WORDS.items()},
        "roles": {role: {one: words.render(one) for one in LANGUAGES} for role, words in ROLE_WORDS.items()},
    }


def _bare(words: Text, language: Language) -> str:
    """Return the sentence with its places open, for the page to fill in."""
    return translate(words.template, language)


def _pictures(drawn: Mapping[Language, Mapping[str, str]], looks: Looks) -> list[dict[str, Any]]:
    """Return each chart under the section that it belongs to, once for both languages where that can be."""
    found = []
    for place, name in enumerate(next(iter(drawn.values()))):
        markups = {language: shown[name] for language, shown in drawn.items()}
        caption = f"picture-{place}"
        whole = joined_markup(markups, name=f"p{place}-", caption=caption, looks=looks)
        found.append(
            {
                "section": next((one for one in ("dependencies", "certainty") if one in name), "roadmap"),
                "id": caption,
                "words": {language: svg_label(markup) for language, markup in markups.items()},
                "markup": {code: _unquoted(one) for code, one in ({"": whole} if whole else markups).items()},
            }
        )
    return found


def _unquoted(markup: str) -> str:
    """Return markup without the quotes that HTML, other than XML, can do without: a twentieth of it."""
    return _SHORT_VALUE.sub(r" \1=\2", markup)


def _as_json(data: Any) -> str:
    """Write data so that no text in it can end the element that holds it."""
    words = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        words = words.replace(sign, f"\\u{ord(sign):04x}")
    return words


def _asset(name: str) -> str:
    return (resources.files("techprio.reporting.page") / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_asset("page.html"))


@dataclass(frozen=True)
class PageCell:
    """A cell: its words in both languages, and the number that it is sorted by, if it is one."""

    words: Words
    number: str = ""

    @property
    def alike(self) -> bool:
        """Whether the words are the same in both languages."""
        return len(set(self.words.values())) == 1


@dataclass(frozen=True)
class Part:
    """A piece of a section: a paragraph, prose (HTML) or a table; widths of its columns in letters."""

    kind: str
    words: Words
    style: str = ""
    columns: tuple[tuple[Words, str, Words], ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[tuple[PageCell, ...], ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A section of the page."""

    id: str
    level: int
    title: Words
    parts: tuple[Part, ...]
    front: bool = False


#: Chapters that stand before the workshop, in this order, and are what is printed.
_FRONT = ("summary", "priorities", "roadmap")


def chapters(sections: Iterable[Section], leaders: Table) -> list[Chapter]:
    """Return the sections of the page with their words in both languages, those of the front first.

    The page for leaders begins the summary. Full data stay out, and so do chapters that say nothing.
    """
    whole: dict[str, list[Chapter]] = {}
    for one in sections:
        if one.level == 1:
            top = one.id
        if one.full:
            continue
        parts = [*(_table(leaders) for _ in range(one.id == "summary")), *_parts(one)]
        made = Chapter(one.id, one.level, _words(one.title), tuple(parts), top in _FRONT)
        whole.setdefault(top, []).append(made)
    order = [*(one for one in _FRONT if one in whole), *(one for one in whole if one not in _FRONT)]
    return _explained_once(
        [chapter for top in order for chapter in whole[top] if any(one.parts for one in whole[top])]
    )


def _explained_once(made: list[Chapter]) -> list[Chapter]:
    """Return chapters whose headings are explained where they first stand; the script does it elsewhere."""
    first: dict[tuple[str, ...], Words] = {}

    def column(heading: Words, kind: str, meaning: Words) -> tuple[Words, str, Words]:
        before = first.setdefault(tuple(heading.values()), meaning)
        return heading, kind, meaning if before is meaning or before != meaning else {}

    return [
        replace(
            chapter,
            parts=tuple(
                replace(part, columns=tuple(column(*one) for one in part.columns)) for part in chapter.parts
            ),
        )
        for chapter in made
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
            PageCell(
                {one: clean(printed[one][number][place]) for one in LANGUAGES},
                _number(row[place], table.columns[place], printed["vi"][number][place]),
            )
            for place in shown
        )
        for number, row in enumerate(table.rows)
    )
    heads: tuple[tuple[Words, str, Words], ...] = tuple(
        (
            {one: _capital(column.quantity.head(one, short=True)) for one in LANGUAGES},
            _kind(column),
            _words(column.quantity.explanation),
        )
        for column in table.columns
        if column.place == "page"
    )
    widths = tuple(table.columns[place].letters for place in shown)
    return Part("table", _words(table.title), table.id, heads, widths, rows, tuple(map(_words, table.notes)))


def _number(value: Any, column: Column, printed: str) -> str:
    """Return what a cell is sorted by where its words do not say it, as whole numbers and months do."""
    number = column.numeric and not is_missing(value) and not isinstance(value, str | Text)
    shown = f"{float(value):.9g}" if number else ""
    return "" if shown == printed else shown


def _kind(column: Column) -> str:
    return "number" if column.numeric else "mark" if column.format in ("mark", "month") else "text"


def _words(words: Any) -> Words:
    return {one: _sentence(words, one) for one in LANGUAGES}


def _sentence(words: Any, language: Language) -> str:
    return _capital(render(words, language))


def _capital(words: str) -> str:
    words = clean(words)
    return words[:1].upper() + words[1:]
