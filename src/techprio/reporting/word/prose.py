"""Markdown that people wrote, as paragraphs of the document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from techprio.csv_text import clean
from techprio.display.quantities import Column, Quantity, Table
from techprio.inputs.pictures import picture_name
from techprio.language import Language, text
from techprio.reporting.word.table_xml import add_gap, table_xml

_LOWEST_HEADING = 3
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")


def add_prose(
    document: Any,
    markdown: str,
    language: Language,
    *,
    width: int,
    points: float,
    show: Callable[[str, str], None],
) -> None:
    """Add headings, paragraphs, lists, quotations and tables of a Markdown text; HTML is not taken.

    Pictures are handed to ``show`` with their address and words, after the paragraph, or the table,
    that they stand in.
    """
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)
    lists: list[str] = []
    number = ""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append("List Bullet" if token.type.startswith("bullet") else "Normal")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "table_open":
            first = place
            place = _add_table(document, tokens, place, language, width=width, points=points)
            _show_pictures(tokens[first:place], show)
        elif token.type in ("fence", "code_block"):
            document.add_paragraph(clean(token.content.rstrip()))
        elif token.type == "list_item_open":
            number = f"{token.info}. " if token.info else ""
        elif token.type == "inline":
            if any(child.type != "image" for child in token.children or ()):
                _add_inline(document, tokens[place - 1], token, lists, number)
                number = ""
            _show_pictures([token], show)
        place += 1


def _show_pictures(tokens: list[Token], show: Callable[[str, str], None]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                name = picture_name(str(child.attrs["src"]))
                show(name, clean(child.content) or PurePosixPath(name).stem)


def _add_inline(document: Any, opened: Token, token: Token, lists: list[str], number: str) -> None:
    if opened.type == "heading_open":
        level = min(_LOWEST_HEADING, int(opened.tag[1:]) + 1)
        paragraph = document.add_heading(level=level)
    else:
        paragraph = document.add_paragraph(number or None, style=lists[-1] if lists else None)
    add_runs(paragraph, token)


def add_runs(paragraph: Any, token: Token) -> None:
    """Add the words of an inline token with bold and italics; a link shows its address."""
    bold = italic = False
    address = ""
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold = child.type.endswith("open")
        elif child.type in ("em_open", "em_close"):
            italic = child.type.endswith("open")
        elif child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            paragraph.add_run(f" ({clean(address)})" if address else "")
        elif child.type in ("softbreak", "hardbreak"):
            paragraph.add_run(" " if child.type == "softbreak" else "\n")
        elif child.content and child.type != "image":
            run = paragraph.add_run(clean(child.content))
            run.bold, run.italic = bold or None, italic or None


def _add_table(
    document: Any, tokens: list[Token], place: int, language: Language, *, width: int, points: float
) -> int:
    rows: list[list[str]] = []
    while tokens[place].type != "table_close":
        if tokens[place].type == "tr_open":
            rows.append([])
        elif tokens[place].type == "inline":
            rows[-1].append(_IMAGE.sub(r"\1", tokens[place].content))
        place += 1
    longest = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    columns = [
        Column(Quantity(head, head, ""), max(8, min(60, size)))
        for head, size in zip(rows[0], longest, strict=True)
    ]
    table = Table.of("prose", text("table"), columns, rows[1:])
    document._body._body.insert_element_before(
        table_xml(table, language, width=width, points=points), "w:sectPr"
    )
    add_gap(document)
    return place
