"""Fields that Word counts itself: page numbers, numbers of captions, the table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

#: The styles of the entries, by level.
CONTENTS = {1: "toc 1", 2: "toc 2"}
_CONTENTS_CODE = 'TOC \\o "1-2" \\h \\z'
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WORD_2013 = "http://schemas.microsoft.com/office/word/2012/wordml"
# What the schema wants behind updateFields, of the settings that the template has.
_AFTER_UPDATE = tuple(qn(f"w:{name}") for name in ("footnotePr", "endnotePr", "compat", "rsids"))


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

    For Word it is one field, which its menus update, with the entries in it. Each page number is a
    field of its own that points at the bookmark of the heading. LibreOffice counts such numbers when
    it opens the file, but not inside a table of contents, which it leaves as it was written; so the
    marks of the outer field are alternate content that only Word takes.
    """
    for place, (level, title, name) in enumerate(entries):
        paragraph = document.add_paragraph(style=CONTENTS[level])
        if place == 0:
            _only_word(paragraph, '<w:fldChar w:fldCharType="begin" w:dirty="true"/>')
            _only_word(paragraph, f'<w:instrText xml:space="preserve"> {_CONTENTS_CODE} </w:instrText>')
            _only_word(paragraph, '<w:fldChar w:fldCharType="separate"/>')
        paragraph.add_run(f"{title}\t")
        add_field(paragraph, f"PAGEREF {name} \\h", "", dirty=True)
        if place == len(entries) - 1:
            _only_word(paragraph, '<w:fldChar w:fldCharType="end"/>')


def _only_word(paragraph: Any, mark: str) -> None:
    """Add a run that Word takes (since 2013) and LibreOffice leaves out."""
    run = (
        f'<w:r {nsdecls("w")} xmlns:mc="{_COMPATIBILITY}" xmlns:w15="{_WORD_2013}"><mc:AlternateContent>'
        f'<mc:Choice Requires="w15">{mark}</mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>'
    )
    paragraph._p.append(parse_xml(run))


def ask_for_update(document: Any) -> None:
    """Have Word count all fields when it opens the file."""
    mark = OxmlElement("w:updateFields")
    mark.set(qn("w:val"), "true")
    settings = document.settings.element
    place = next((n for n, one in enumerate(settings) if one.tag in _AFTER_UPDATE), len(settings))
    settings.insert(place, mark)
