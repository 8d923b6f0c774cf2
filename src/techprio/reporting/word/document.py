"""Writes the sections of the report as a Word document, the same bytes for the same run."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from techprio.charts.png import png_bytes
from techprio.charts.style import figure_of, release_figure
from techprio.csv_text import clean
from techprio.display.quantities import Table, render
from techprio.language import Language, resolve_language, text
from techprio.model.run import RunData
from techprio.reporting.blocks import Figure, Paragraph, Prose, Room, Section, TableBlock, nothing
from techprio.reporting.figures import PRINTED_DPI
from techprio.reporting.outline import report_sections
from techprio.reporting.word.fields import add_contents, add_field, ask_for_update, bookmark
from techprio.reporting.word.prose import add_prose
from techprio.reporting.word.styles import (
    SMALL,
    TABLE,
    WARNING,
    new_document,
    set_page,
    set_styles,
    text_height,
    text_width,
)
from techprio.reporting.word.table_xml import add_gap, table_xml
from techprio.reporting.words import no_picture

_COLORS = 96  # of a figure; more make the file larger and nothing on paper
_EMU_PER_INCH = 914_400
_BESIDE = 1.0  # inches of a page that stay for a heading and the caption
_NO_CLOCK = dt.datetime(2026, 1, 1)
_KINDS = {"bullet": "List Bullet"}


def document_bytes(
    run: RunData, *, language: Language | None = None, sections: Sequence[Section] | None = None
) -> bytes:
    """Return the report of a run as a Word document.

    Parameters
    ----------
    run : RunData
    language : {"vi", "en"}, optional
    sections : sequence of Section, optional
        Of :func:`techprio.reporting.outline.report_sections`, where they are composed already.

    Returns
    -------
    bytes
        The same for the same run.
    """
    writer = _Writer(run, resolve_language(language))
    return writer.write(tuple(report_sections(run) if sections is None else sections))


class _Writer:
    """Keeps the document while it grows, and the numbers of captions and bookmarks."""

    def __init__(self, run: RunData, language: Language) -> None:
        self.run = run
        self.language = language
        self.document = new_document()
        self.counts = {"table": 0, "figure": 0}
        self.bookmarks = 0
        self.steps = 0
        self.wide = False

    def write(self, sections: tuple[Section, ...]) -> bytes:
        """Write all sections and return the file."""
        set_styles(self.document, self.language)
        ask_for_update(self.document)
        set_page(self.section, wide=False)
        self._properties()
        self._footer()
        self._opening(sections)
        for section in sections:
            self._section(section)
        stream = io.BytesIO()
        self.document.save(stream)
        return without_clock(stream.getvalue())

    @property
    def section(self) -> Any:
        """The section of pages that is written now."""
        return self.document.sections[-1]

    @property
    def room(self) -> Room:
        """What the page that is written now has for a figure."""
        height = text_height(self.section) / _EMU_PER_INCH - _BESIDE
        return Room(text_width(self.section) / _EMU_PER_INCH, height)

    def _properties(self) -> None:
        known = self.document.core_properties
        known.title = clean(self.run.study.title.render(self.language))
        known.author = known.last_modified_by = f"techprio {self.run.provenance.version}"
        known.comments, known.language = "", {"vi": "vi-VN", "en": "en-US"}[self.language]
        known.created = known.modified = _NO_CLOCK

    def _footer(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_field(paragraph, "PAGE", "1")

    def _opening(self, sections: tuple[Section, ...]) -> None:
        self.document.add_paragraph(clean(self.run.study.title.render(self.language)), style="Title")
        self._section(sections[0])
        contents = self.document.add_paragraph(text("Contents").render(self.language), style="Title")
        contents.paragraph_format.page_break_before = True
        entries = [
            (section.level, self._title(section), _anchor(place))
            for place, section in enumerate(sections, start=1)
        ]
        add_contents(self.document, entries)

    def _title(self, section: Section) -> str:
        return clean(render(section.title, self.language))

    def _section(self, section: Section) -> None:
        if section.id == "summary" and self.bookmarks:
            return  # it stands on the first page
        turned = section.wide != self.wide
        if turned:
            self._turn(wide=section.wide)
        heading = self.document.add_heading(self._title(section), level=section.level)
        if section.level == 1 and self.bookmarks and not turned:
            heading.paragraph_format.page_break_before = True
        self.bookmarks += 1
        bookmark(heading, _anchor(self.bookmarks), self.bookmarks)
        self.steps = 0
        for block in section.spoken(self.language):
            self._block(block)

    def _turn(self, *, wide: bool) -> None:
        from docx.enum.section import WD_SECTION

        self.document.add_section(WD_SECTION.NEW_PAGE)
        self._close_in_last_paragraph()
        set_page(self.section, wide=wide)
        self.wide = wide

    def _close_in_last_paragraph(self) -> None:
        """Let the last paragraph of a section end it: one of its own could open an empty page."""
        end = self.document.paragraphs[-1]._p
        before = end.getprevious()
        if before is None or before.tag != end.tag:
            return
        before.get_or_add_pPr().append(end.get_or_add_pPr().sectPr)
        end.getparent().remove(end)

    def _block(self, block: Any) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Prose):
            width = text_width(self.section)
            show = partial(self._picture, block.pictures)
            add_prose(self.document, block.markdown, self.language, width=width, points=TABLE.pt, show=show)
        elif isinstance(block, TableBlock):
            self._table(block)
        elif isinstance(block, Figure):
            self._figure(block)

    def _paragraph(self, block: Paragraph) -> None:
        words = clean(render(block.words, self.language))
        paragraph = self.document.add_paragraph(style=_KINDS.get(block.style))
        words = words[:1].upper() + words[1:]
        if block.style == "number":  # counted here, so that every list begins with 1
            self.steps += 1
            words = f"{self.steps}. {words}"
        run = paragraph.add_run(words)
        if block.style == "warning":
            run.bold, run.font.color.rgb = True, WARNING
        elif block.style == "note":
            run.italic = True

    def _table(self, block: TableBlock) -> None:
        table = block.table
        if not table.rows:
            self._nothing(table)
            return
        self._caption("table", table.title)
        points = SMALL if block.small else TABLE
        element = table_xml(table, self.language, width=text_width(self.section), points=points.pt)
        self.document._body._body.insert_element_before(element, "w:sectPr")
        for note in table.notes:
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            run = paragraph.add_run(clean(render(note, self.language)))
            run.italic, run.font.size = True, TABLE
        add_gap(self.document)

    def _nothing(self, table: Table) -> None:
        """Write in one sentence that a table would be empty."""
        self.document.add_paragraph().add_run(nothing(table, self.language)).italic = True

    def _picture(self, pictures: Mapping[str, bytes], name: str, words: str) -> None:
        """Set a picture of people between the margins, never larger than it is."""
        if name not in pictures:
            run = self.document.add_paragraph().add_run(no_picture(name).render(self.language))
            run.bold, run.font.color.rgb = True, WARNING
            return
        paragraph = self._centered()
        picture = paragraph.add_run().add_picture(io.BytesIO(pictures[name]))
        height = text_height(self.section) - int(_BESIDE * _EMU_PER_INCH)
        scale = min(1.0, text_width(self.section) / picture.width, height / picture.height)
        picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
        picture._inline.docPr.set("descr", clean(words))
        self._caption("figure", words)

    def _centered(self) -> Any:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _figure(self, block: Figure) -> None:
        room = self.room
        figure = drawn(block, room=room, language=self.language)
        width, height = figure.get_size_inches()
        scale = min(1.0, room.width / width, room.height / height)  # below 1 only for a single huge row
        stream = io.BytesIO(png_bytes(figure, dpi=PRINTED_DPI * scale, colors=_COLORS))
        release_figure(figure)
        picture = self._centered().add_run().add_picture(stream, width=int(width * scale * _EMU_PER_INCH))
        picture._inline.docPr.set("descr", clean(render(block.caption, self.language)))
        self._caption("figure", block.caption)

    def _caption(self, kind: str, words: Any) -> None:
        self.counts[kind] += 1
        name = {"table": text("Table"), "figure": text("Figure")}[kind].render(self.language)
        paragraph = self.document.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = kind == "table"
        paragraph.add_run(f"{name} ")
        add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(self.counts[kind]))
        paragraph.add_run(f". {clean(render(words, self.language))}")


def drawn(block: Figure, *, room: Room, language: Language) -> Any:
    """Return the figure of a block, drawn for its place on the paper."""
    return figure_of(block.draw(room=room, language=language))


def _anchor(number: int) -> str:
    return f"_Toc{number:06d}"


def without_clock(content: bytes) -> bytes:
    """Write the parts of the file anew with a fixed date, so that the bytes repeat."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _NO_CLOCK.timetuple()[:6])
            packed = name.endswith(".png")
            part.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return stream.getvalue()
