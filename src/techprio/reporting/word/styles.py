"""The look of the document: A4 and Unicode Times New Roman in black, as administrative papers have it.

Margins and sizes of letters are our choice: 13 points are easy to read, and 30 mm on the left leave room
for binding.
"""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from techprio.language import Language
from techprio.reporting.word.fields import CONTENTS

FONT = "Times New Roman"
BODY, SMALL, TABLE = Pt(13), Pt(8), Pt(9.5)
INK = RGBColor(0, 0, 0)
WARNING = RGBColor(0xA8, 0x1E, 0x1E)
PAGE = (Mm(210), Mm(297))
LEFT, RIGHT, ABOVE, BELOW = Mm(30), Mm(18), Mm(20), Mm(20)
_TAGS = {"vi": "vi-VN", "en": "en-US"}
_HEADINGS = {1: Pt(15), 2: Pt(13.5), 3: Pt(13)}


def new_document() -> Any:
    """Return an empty document, without what the template of python-docx has against the published schemas.

    Left out are the styles with effects of Word 2010, which say something else than the styles do once
    these are set; the zoom gets the percentage that it must have.
    """
    import docx

    document = docx.Document()
    old = [key for key, one in document.part.rels.items() if one.reltype.endswith("/stylesWithEffects")]
    for key in old:
        del document.part.rels[key]
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")
    return document


def set_styles(document: Any, language: Language) -> None:
    """Set letters, sizes and spaces of every style that the report uses."""
    styles = document.styles
    _language(styles, language)
    _style(styles["Normal"], BODY)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for level, size in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _style(heading, size, bold=True)
        heading.paragraph_format.space_before = Pt(14 if level == 1 else 10)
        heading.paragraph_format.space_after = Pt(6)
        heading.paragraph_format.keep_with_next = True
    _style(styles["Title"], Pt(20), bold=True)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _no_border(styles["Title"])
    _style(styles["Caption"], Pt(11.5), bold=True)
    styles["Caption"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(8)
    for level, name in CONTENTS.items():
        _contents(styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True), styles["Normal"], level)
    _style(styles["List Bullet"], BODY)
    styles["List Bullet"].paragraph_format.space_after = Pt(3)


def set_page(section: Any, *, wide: bool) -> None:
    """Set paper and margins of a section, across when it is wide."""
    from docx.enum.section import WD_ORIENT

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (PAGE[1], PAGE[0]) if wide else PAGE
    sides = (Mm(20), Mm(20), Mm(25), Mm(18)) if wide else (LEFT, RIGHT, ABOVE, BELOW)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = sides


def text_width(section: Any) -> int:
    """Return the width between the margins in EMU."""
    return int(section.page_width - section.left_margin - section.right_margin)


def text_height(section: Any) -> int:
    """Return the height between the margins in EMU."""
    return int(section.page_height - section.top_margin - section.bottom_margin)


def _style(style: Any, size: Any, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = FONT, size, bold
    style.font.italic = False
    style.font.color.rgb = INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(part), FONT)
    for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(part), None)


def _contents(style: Any, base: Any, level: int) -> None:
    style.base_style = base
    layout = style.paragraph_format
    layout.left_indent, layout.space_after = Mm(6 * (level - 1)), Mm(0.6)
    right = PAGE[0] - LEFT - RIGHT
    layout.tab_stops.add_tab_stop(right, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _no_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _language(styles: Any, language: Language) -> None:
    default = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    mark = default.find(qn("w:lang"))
    if mark is None:
        mark = OxmlElement("w:lang")
        default.append(mark)
    for part in ("w:val", "w:eastAsia", "w:bidi"):
        mark.set(qn(part), _TAGS[language])
