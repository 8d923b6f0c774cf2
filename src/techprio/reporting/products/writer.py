"""Writes a document of the plan as a Word file in the form of official papers, the same bytes each time.

Sizes, margins, head, numbering and signature follow the decree on clerical work (30/2020/NĐ-CP, Annexes I to
III); where it leaves a range, the choice stands here.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from techprio.csv_text import clean
from techprio.display.quantities import render
from techprio.language import Language, text
from techprio.model.products import Letterhead
from techprio.reporting.products.grid_xml import add_bars, add_grid
from techprio.reporting.products.letter import (
    KINDS,
    add_cover,
    add_ending,
    add_head,
    enclosed_with_decision,
)
from techprio.reporting.products.parts import (
    Annex,
    Bars,
    Break,
    Grid,
    Heading,
    Paper,
    Para,
    Part,
    Prose,
    dots_of,
)
from techprio.reporting.products.wording import lettered, roman
from techprio.reporting.word.document import without_clock
from techprio.reporting.word.fields import add_field
from techprio.reporting.word.prose import add_prose
from techprio.reporting.word.styles import new_document, text_width

FONT = "Times New Roman"
DOTTED = "…" * 30
_SIDES = dict.fromkeys(("body", "dash", "note", "basis"), WD_ALIGN_PARAGRAPH.JUSTIFY) | {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NO_CLOCK = dt.datetime(2026, 1, 1)
_MARGINS = (Mm(20), Mm(20), Mm(30), Mm(15))  # above, below, left, right
_SMALL = 11.0
_LETTER = 2  # a point such as a) keeps its small letter
_EMU_PER_TWIP = 635
_BLANKS = re.compile(" {2,}")  # where a number or a day is written by hand: no line ends in it
# What the schema wants behind the numbering of pages, of the settings that a section can have.
_AFTER_NUMBERS = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi",
                  "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")  # fmt: skip


def paper_bytes(
    paper: Paper,
    *,
    language: Language,
    letterhead: Letterhead,
    illustrative: bool,
    draft: int = 0,
    version: str = "",
) -> bytes:
    """Return a document as the bytes of a Word file.

    Parameters
    ----------
    paper : Paper
    language : {"vi", "en"}
    letterhead : Letterhead
    illustrative : bool
        Every page says that its figures are examples.
    draft : int
        Number of the draft; 0 leaves it out.
    version : str
        Of techprio, for the properties of the file.
    """
    return _Writer(paper, language, letterhead, illustrative, draft, version).write()


class _Writer:
    """Keeps the document while it grows, and the numbers of its headings."""

    def __init__(
        self,
        paper: Paper,
        language: Language,
        letterhead: Letterhead,
        illustrative: bool,
        draft: int,
        version: str,
    ) -> None:
        self.paper, self.language, self.letterhead = paper, language, letterhead
        self.illustrative, self.draft, self.version = illustrative, draft, version
        self.document = new_document()
        self.usual = paper.points_in.get(language, paper.points)
        self.points = self.usual
        self.counts = [0, 0, 0]
        self.broken = False

    def write(self) -> bytes:
        """Write head, text, signature and annexes, and return the file."""
        self._styles()
        self._page(self.document.sections[0], wide=False, first_numbered=False)
        self._mark(self.document.sections[0])
        if self.language == "en" and self.paper.kind not in ("plain", "booklet"):
            words = "Translation for reference; the Vietnamese text prevails."
            self._line(words, italic=True, points=11, side="center")
        if self.paper.kind == "booklet":
            add_cover(self)
        elif self.paper.kind != "plain":
            add_head(self)
        else:
            self._line(self.say(self.paper.title), bold=True, side="center", points=self.points + 1)
        for part in self.paper.parts:
            self.add(part)
        if self.paper.kind in ("report", "submission", "decision", "plan"):
            add_ending(self)
        if self.paper.attached:
            self._new_section(wide=False)
            self._restart()
            for part in self.paper.attached:
                self.add(part)
        for number, annex in enumerate(self.paper.annexes, start=1):
            self._annex(annex, number)
        stream = io.BytesIO()
        self.document.save(stream)
        return without_clock(stream.getvalue())

    def say(self, words: Any) -> str:
        """Return words in the language of the document."""
        said = clean(render(words, self.language))
        return _BLANKS.sub(lambda found: "\u00a0" * len(found[0]), said)

    def add(self, part: Part) -> None:
        """Write one part."""
        if isinstance(part, Heading):
            self._heading(part)
        elif isinstance(part, Para):
            self._para(part)
        elif dots_of(part, self.language) is not None:
            self._line(DOTTED, side="center")
        elif isinstance(part, Prose):
            self._prose(part.words.get(self.language, ""))
        elif isinstance(part, Break):
            self._restart()
            self.broken = True
        elif isinstance(part, Grid):
            add_grid(self, part)
        elif isinstance(part, Bars):
            add_bars(self, part)

    def _prose(self, words: str) -> None:
        """Write what people wrote, in the form of the paragraphs around it."""
        before = len(self.document.paragraphs)
        width = self.width() * _EMU_PER_TWIP
        add_prose(
            self.document, words, self.language, width=width, points=self.points - 1,
            show=lambda name, words: None,
        )  # fmt: skip
        for paragraph in self.document.paragraphs[before:]:
            if paragraph.style.name == "Normal":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
                paragraph.paragraph_format.first_line_indent = Mm(10)
            for run in paragraph.runs:
                if self.points != self.usual:
                    run.font.size = Pt(self.points)

    # --- pages --------------------------------------------------------------------------------------------

    def _styles(self) -> None:
        normal = self.document.styles["Normal"]
        _times(normal, self.points)
        tight = self.points < 12
        normal.paragraph_format.space_after = Pt(1.5 if tight else 3 if self.points == 12 else 6)
        normal.paragraph_format.space_before = Pt(0)
        normal.paragraph_format.line_spacing = 1.0
        for name in ("List Bullet", *(f"Heading {level}" for level in (1, 2, 3))):
            _times(self.document.styles[name], self.points)
        for level in (1, 2, 3):
            heading = self.document.styles[f"Heading {level}"]
            heading.font.bold = level < 3
            heading.font.italic = False
            heading.paragraph_format.keep_with_next = True
            heading.paragraph_format.space_before = Pt(8 if level == 1 else 3 if tight else 4)
            heading.paragraph_format.space_after = Pt(2 if tight else 4)
        known = self.document.core_properties
        known.title = self.say(self.paper.title)
        known.author = known.last_modified_by = f"techprio {self.version}".strip()
        known.comments, known.language = "", {"vi": "vi-VN", "en": "en-US"}[self.language]
        known.created = known.modified = _NO_CLOCK

    def _page(self, section: Any, *, wide: bool, first_numbered: bool) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        above, below, left, right = _MARGINS
        section.top_margin, section.bottom_margin = above, below
        section.left_margin, section.right_margin = left, right
        section.header_distance, section.footer_distance = Mm(9), Mm(8)
        section.different_first_page_header_footer = not first_numbered
        section.header.is_linked_to_previous = False
        section.first_page_header.is_linked_to_previous = False
        number = section.header.paragraphs[0]
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_field(number, "PAGE", "2")
        for run in number.runs:
            run.font.size = Pt(13)
        for run in number.runs:
            run.font.name = FONT
        _restart_numbers(section)

    def _mark(self, section: Any, own: str = "") -> None:
        """Frame the mark of illustrative figures on every page, in the place of the circulation mark."""
        section.footer.is_linked_to_previous = section.first_page_footer.is_linked_to_previous = False
        words = [own] if own else []
        if self.illustrative:
            words.append(
                text("ILLUSTRATIVE FIGURES - NOT TO BE USED AS FIGURES OF THE PROVINCE").render(self.language)
            )
        for footer in (section.footer, section.first_page_footer):
            for place, line in enumerate(words):
                paragraph = footer.paragraphs[0] if place == 0 else footer.add_paragraph()
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(line)
                run.bold, run.font.size = True, Pt(10)
                _frame(run)

    def _new_section(self, *, wide: bool, mark: str = "") -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        last = self.document.paragraphs[-1].paragraph_format  # it holds the end of the section before
        last.line_spacing, last.space_before, last.space_after = Pt(1), Pt(0), Pt(0)
        for header in (section.header, section.first_page_header):
            header.is_linked_to_previous = False
            for paragraph in header.paragraphs:
                paragraph.clear()
        self._page(section, wide=wide, first_numbered=False)
        self._mark(section, mark)

    def width(self) -> int:
        """Return the width between the margins in twips."""
        return int(text_width(self.document.sections[-1]) / _EMU_PER_TWIP)

    def _annex(self, annex: Annex, number: int) -> None:
        self._new_section(wide=annex.wide, mark=self.say(annex.mark) if annex.mark else "")
        self._restart()
        count = len(self.paper.annexes)
        name = text("Annex").render(self.language)
        label = self.say(annex.label) or (f"{name} {roman(number)}" if count > 1 else name)
        lines = [
            self._line(label, bold=True, side="center", points=14),
            self._line(self.say(annex.title).upper(), bold=True, side="center", points=14),
        ]
        if annex.subject:
            lines.append(self._line(self.say(annex.subject), bold=True, side="center", points=14))
        lines.append(self._line(self.say(self.enclosure()), italic=True, side="center", points=13))
        for line in lines[:-1]:
            line.paragraph_format.space_after = Pt(1)
        self.points = annex.points or self.usual
        for part in annex.parts:
            self.add(part)
        self.points = self.usual

    def enclosure(self) -> Any:
        """Return the line under the title of an annex: what it goes with."""
        if self.paper.kind in ("decision", "roadmap"):
            return enclosed_with_decision(self.letterhead, self.paper.year)
        kind = KINDS.get(self.paper.kind, KINDS["report"])
        return text(
            "(With document no.      /{kind}-{symbol} of      month      {year})",
            kind=kind, symbol=self.letterhead.symbol, year=self.paper.year,
        )  # fmt: skip

    # --- text ---------------------------------------------------------------------------------------------

    def _restart(self) -> None:
        self.counts = [0, 0, 0]

    def _heading(self, part: Heading) -> None:
        level = part.level
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (3 - level)
        words, count = self.say(part.words), self.counts[level - 1]
        sign = {1: f"{roman(count)}.", 2: f"{count}.", 3: f"{self.say(lettered(count - 1))})"}[level]
        heading = self.document.add_heading(level=level)
        heading.paragraph_format.first_line_indent = Mm(10)
        booklet = self.paper.kind == "booklet"  # its headings are questions, without numbers
        run = heading.add_run(words if booklet else f"{sign} {words.upper() if level == 1 else words}")
        _plain(run)
        if self.points != self.usual:
            run.font.size = Pt(self.points)

    def _para(self, part: Para) -> None:
        words = self.say(part.words)
        words = words if part.lead else words[:1].upper() + words[1:]
        paragraph = self.document.add_paragraph()
        paragraph.alignment = _SIDES[part.look]
        paragraph.paragraph_format.page_break_before, self.broken = self.broken or None, False
        if part.look in ("body", "dash", "basis", "note"):
            paragraph.paragraph_format.first_line_indent = Mm(10)
        if words and (part.look == "dash" or (part.lead and part.look == "body")):
            words = words if words[-1] in ".;:!?…" else f"{words}."
        if words.endswith(":"):  # what leads to a list stays with its first line
            paragraph.paragraph_format.keep_with_next = True
        if part.look == "dash":
            paragraph.paragraph_format.space_after = Pt(3)
            paragraph.add_run("- ")
        if part.lead:
            lead = self.say(part.lead)
            lead = lead if len(lead) <= _LETTER else lead[:1].upper() + lead[1:]
            paragraph.add_run(f"{lead} ").bold = True
        if self.points < self.usual and self.points <= _SMALL:
            paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(words)
        run.italic = part.look in ("basis", "note")
        if part.look == "note":
            run.font.size = Pt(self.points - 1)
        elif self.points != self.usual:
            for one in paragraph.runs:
                one.font.size = Pt(self.points)

    def _line(
        self, words: str, *, bold: bool = False, italic: bool = False, side: str = "body", points: float = 0
    ) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = _SIDES[side]
        run = paragraph.add_run(words)
        run.bold, run.italic = bold, italic
        if points:
            run.font.size = Pt(points)
        return paragraph


def _times(style: Any, points: float) -> None:
    style.font.name, style.font.size = FONT, Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(part), FONT)
    for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(part), None)


def _plain(run: Any) -> None:
    run.font.name = FONT
    run.font.color.rgb = RGBColor(0, 0, 0)


def _frame(run: Any) -> None:
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(border)


def _restart_numbers(section: Any) -> None:
    kind = section._sectPr.find(qn("w:pgNumType"))
    if kind is None:
        kind = OxmlElement("w:pgNumType")
        section._sectPr.insert_element_before(kind, *_AFTER_NUMBERS)
    kind.set(qn("w:start"), "1")
