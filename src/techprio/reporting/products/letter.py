"""Head and end of official papers: issuer, national name, number, date, addressees, signature, receivers."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from techprio.language import Text, text
from techprio.model.products import Letterhead
from techprio.reporting.products.wording import province_label

NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
_COMMITTEE = "ỦY BAN NHÂN DÂN"
KINDS = {"report": "BC", "submission": "TTr", "decision": "QĐ", "plan": "KH"}
"""The kinds of documents in their numbers."""
KIND_NAMES = {
    "report": text("REPORT"),
    "submission": text("SUBMISSION"),
    "decision": text("DECISION"),
    "roadmap": text("ROADMAP"),
    "plan": text("PLAN"),
}
"""The kinds of documents as their heads name them."""
_BLANK = "……"
_NO_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_LEFT, _RIGHT = 72, 93  # mm of the two cells of the head


def enclosed_with_decision(letter: Letterhead, year: str) -> Text:
    """Return the line that ties a text to the decision of a year that it goes with."""
    return text(
        "(With Decision no.      /QĐ-UBND of      month      {year} of the People's Committee of {province})",
        year=year, province=province_label(letter.province),
    )  # fmt: skip


def add_head(writer: Any) -> None:
    """Write issuer, national name, number and date, then kind and subject, then whom it is for."""
    paper = writer.paper
    if paper.kind == "roadmap":
        _draft_mark(writer)
    else:
        _issuer(writer)
    _center(writer.document, writer.say(KIND_NAMES[paper.kind]), bold=True, points=14, before=10)
    _ruled(writer.document, writer.say(paper.title), 0.35, points=14)
    if paper.kind == "roadmap":
        _center(writer.document, writer.say(writer.enclosure()), italic=True, points=13)
    if paper.addressees:
        _addressed(writer)


def add_cover(writer: Any) -> None:
    """Write the cover of a booklet: who publishes it, what it is, place and year."""
    letter = writer.letterhead
    _center(writer.document, letter.parent or _BLANK, points=14)
    _ruled(writer.document, letter.agency.upper(), 0.4, points=14)
    kind = writer.say(text("GUIDE TO THE ROADMAP AND ITS IMPLEMENTATION"))
    _center(writer.document, kind, bold=True, points=20, before=180, after=18)
    _center(writer.document, writer.say(writer.paper.title), bold=True, points=16)
    dated = f"{letter.place or _BLANK}, {writer.say(text('year {year}', year=writer.paper.year))}"
    _center(writer.document, dated, points=14, before=260)
    writer.document.add_page_break()


def _draft_mark(writer: Any) -> None:
    """Write the mark of a draft where a paper without a number has it."""
    if writer.paper.draft:
        words = text("DRAFT").render(writer.language)
        if writer.draft:
            numbered = text("({number}, of        )", number=writer.draft)
            words = f"{words} {numbered.render(writer.language)}"
        _center(writer.document, words, bold=True, points=13).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _issuer(writer: Any) -> None:
    paper, letter = writer.paper, writer.letterhead
    left, right = _two_cells(writer.document)
    if paper.kind == "decision":
        _center(left, _COMMITTEE, bold=True, points=12)
        _ruled(left, letter.province.upper() or _BLANK, 0.4, points=12)
    else:
        _center(left, letter.parent or _BLANK, points=12)
        _ruled(left, letter.agency.upper(), 0.4, points=12)
    _center(right, NATION, bold=True, points=12)
    _ruled(right, MOTTO, 1.0, points=13)
    symbol = "UBND" if paper.kind == "decision" else letter.symbol
    _center(left, f"Số:          /{KINDS[paper.kind]}-{symbol}", points=13)
    if paper.draft:
        _center(left, "DỰ THẢO", bold=True, points=12)
        if writer.draft:
            _center(left, f"(lần {writer.draft}, ngày        )", points=12)
    dated = f"{letter.place or _BLANK}, ngày        tháng        năm {paper.year}"
    _center(right, dated, italic=True, points=13)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def _addressed(writer: Any) -> None:
    to = text("To:").render(writer.language)
    whom = [writer.say(words) for words in writer.paper.addressees]
    if len(whom) == 1:
        _center(writer.document, f"{to} {whom[0]}.", points=14, before=4, after=8)
        return
    _center(writer.document, to, points=14, before=4)
    for place, words in enumerate(whom):
        line = f"- {words}{'.' if place == len(whom) - 1 else ';'}"
        paragraph = writer.document.add_paragraph(line)
        paragraph.paragraph_format.left_indent = Mm(60)
        paragraph.paragraph_format.space_after = Pt(8 if place == len(whom) - 1 else 2)


def add_ending(writer: Any) -> None:
    """Write the receivers at the left and the signature at the right."""
    paper, letter = writer.paper, writer.letterhead
    if writer.document.paragraphs:  # a signature never stands on a page without text
        writer.document.paragraphs[-1].paragraph_format.keep_with_next = True
    left, right = _two_cells(writer.document, widths=(85, 80))
    _left(left, text("Receivers:").render(writer.language), points=12, bold=True, italic=True)
    for words in _receivers(writer):
        _left(left, words, points=11)
    signer = letter.province_signer if paper.kind == "decision" else letter.signer
    powers = "" if paper.kind == "decision" and letter.authority == "head" else signer.powers
    for words in (powers, signer.office):
        if words:
            _center(right, words.upper(), bold=True, points=14)
    for _ in range(3):
        _center(right, "", points=14)
    for cell in (left, right):
        cell._tc.remove(cell.paragraphs[0]._p)


def _receivers(writer: Any) -> list[str]:
    paper, letter = writer.paper, writer.letterhead
    first = {"decision": "Như Điều 4", "plan": "Các cơ quan, đơn vị tại mục V"}.get(paper.kind, "Như trên")
    further = {
        "decision": letter.receivers_decision,
        "submission": letter.receivers_submission,
    }.get(paper.kind, letter.receivers_report)
    known = [one for one in further if letter.steering or one != "Ban Chỉ đạo"]
    filed = f"Lưu: VT, {letter.drafting_unit or _BLANK}."
    return [f"- {words};" for words in (first, *known)] + [f"- {filed}"]


def _two_cells(document: Any, widths: tuple[int, int] = (_LEFT, _RIGHT)) -> tuple[Any, Any]:
    """Add a table of two cells without borders; widths stand in its grid and in its cells."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # which the schema wants last
    properties.insert(len(properties) if look is None else properties.index(look), parse_xml(_NO_MARGINS))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    left, right = table.rows[0].cells
    for cell, width in zip((left, right), widths, strict=True):
        cell.width = Mm(width)
    return left, right


def _center(
    place: Any,
    words: str,
    *,
    points: float,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
) -> Any:
    paragraph = place.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(points)
    return paragraph


def _left(place: Any, words: str, *, points: float, bold: bool = False, italic: bool = False) -> None:
    paragraph = _center(place, words, points=points, bold=bold, italic=italic)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _ruled(place: Any, words: str, share: float, *, points: float = 13) -> None:
    """Write bold words with a drawn line beneath: as long as the words, or a share of their length."""
    _center(place, words, bold=True, points=points)
    if not share:
        return
    line = _center(place, "", points=2)
    # About half the size of a letter is its width; a line of two thirds of the page is the longest.
    length = min(max(24.0, len(words) * points * 0.53 * share), 290.0)
    picture = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<w:pict><v:rect style="width:{length:.0f}pt;height:0.75pt" fillcolor="black" stroked="f"/>'
        "</w:pict></w:r>"
    )
    line._p.append(picture)
    layout = line.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    layout.space_before, layout.space_after = Pt(0), Pt(3)
