"""Fields that Word counts itself: page numbers, numbers of captions, the table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm


def add_field(paragraph: Any, code: str, shown: str, *, dirty: bool = False) -> None:
    """Add a field with what it shows until it is counted again."""
    begin_field(paragraph, code, dirty=dirty)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Any, code: str, *, dirty: bool = False) -> None:
    """Open a field; what follows is its present result."""
    begin = _mark(paragraph, "begin")
    if dirty:
        begin.set(qn("w:dirty"), "true")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {code} "
    paragraph.add_run()._r.append(words)
    _mark(paragraph, "separate")


def end_field(paragraph: Any) -> None:
    """Close a field."""
    _mark(paragraph, "end")


def _mark(paragraph: Any, kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
    return mark


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark around a paragraph, so that the table of contents finds its page."""
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag.endswith("Start"):
            mark.set(qn("w:name"), name)
            paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, mark)
        else:
            paragraph._p.append(mark)


def add_contents(document: Any, entries: Sequence[tuple[int, str, str]]) -> None:
    """Add the table of contents: level, title and bookmark of each entry.

    Every page number is a field of its own that points at the bookmark of the heading, so that Word
    and LibreOffice both count it when they open the file; a field for the whole table would stay
    as it was written until somebody asks for its update.
    """
    for level, title, name in entries:
        paragraph = document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent, layout.space_after = Mm(6 * (level - 1)), Mm(0.6)
        layout.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run(f"{title}\t")
        add_field(paragraph, f"PAGEREF {name} \\h", "", dirty=True)
