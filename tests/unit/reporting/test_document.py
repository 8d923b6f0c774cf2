"""The Word document read back: headings, captions, heading rows, letters, gaps, same bytes."""

import base64
import io
import unicodedata
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from techprio.model.report_material import ReportMaterial
from techprio.reporting.page.html_page import page_bytes
from techprio.reporting.word.document import document_bytes, drawn

TITLES = {
    "vi": [
        "Tóm tắt",
        "Bối cảnh, định hướng và mục tiêu",
        "Phương pháp",
        "Hiện trạng công nghệ",
        "Tiêu chí và trọng số",
        "Danh mục công nghệ ưu tiên",
        "Công nghệ nền tảng, cốt lõi và khuyến khích đổi mới",
        "Lộ trình",
        "Nguồn lực theo giai đoạn và nguồn vốn",
        "Phương án phân kỳ vững đến mức nào",
        "Nhiệm vụ, phân công và chính sách",
    ],
    "en": [
        "Summary",
        "Context, orientation and goals",
        "Method",
        "Current state of technology",
        "Criteria and weights",
        "Priority lists",
        "Platform, core and encouraged technologies",
        "Roadmap",
        "Resources by phase and source of funds",
        "How firmly the plan stands",
        "Tasks, responsibilities and policies",
    ],
}


@pytest.fixture(scope="module")
def blank_figures():
    """Put an empty figure in place of each chart, for tests of words: drawing takes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("techprio.reporting.word.document.drawn", lambda block, **place: Figure((4, 3)))
        yield


@pytest.fixture(scope="module")
def content(run, blank_figures):
    return {language: document_bytes(run, language=language) for language in ("vi", "en")}


@pytest.fixture(params=["vi", "en"])
def spoken(request, content):
    return request.param, docx.Document(io.BytesIO(content[request.param]))


def words(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_chapters_stand_in_the_order_of_the_province(spoken):
    language, document = spoken
    chapters = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert chapters[: len(TITLES[language])] == TITLES[language]
    assert chapters[-1] in ("Phụ lục", "Annexes")


def test_first_page_names_what_is_missing(spoken):
    language, document = spoken
    first = words(document)[:20]
    said = "Báo cáo này chưa đầy đủ" if language == "vi" else "This report is incomplete"
    assert any(said in line for line in first)
    assert sum(line.startswith(("R01", "R02", "R07", "R13", "R21")) for line in first) == 5
    assert not any(line.startswith("R03") for line in first)


def test_every_table_repeats_its_heading_row_and_splits_no_row(spoken):
    _, document = spoken
    assert len(document.tables) > 25
    for table in document.tables:
        marks = table.rows[0]._tr.trPr
        assert marks.find(qn("w:tblHeader")) is not None
        for row in table.rows[:3]:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_captions_are_counted_in_one_row(spoken):
    language, document = spoken
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    name = "Bảng" if language == "vi" else "Table"
    tables = [int(line.split()[1].strip(".")) for line in captions if line.startswith(name)]
    assert tables == list(range(1, len(document.tables) + 1))
    figures = [line for line in captions if not line.startswith(name)]
    assert len(figures) == len(document.inline_shapes)


def test_paper_and_letters(spoken):
    language, document = spoken
    assert document.styles["Normal"].font.name == "Times New Roman"
    for section in document.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    mark = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert mark.get(qn("w:val")) == {"vi": "vi-VN", "en": "en-US"}[language]


def test_pictures_have_220_dots_an_inch(spoken):
    _, document = spoken
    for shape in document.inline_shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert part.image.px_width / (shape.width / 914_400) == pytest.approx(220, rel=0.02)
        assert shape._inline.docPr.get("descr")


def test_a_rank_can_be_traced_to_judgments_scores_and_sources(run, content):
    document = docx.Document(io.BytesIO(content["en"]))
    cells = {tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows}
    score = run.study.catalog.scores.iloc[0]
    assert any(
        row[:2] == (score["technology"], score["criterion"]) and score["source"] in row for row in cells
    )
    source = run.study.catalog.sources.index[0]
    assert any(row[0] == source for row in cells)


def test_every_criterion_of_every_technology_has_its_source(run, content):
    document = docx.Document(io.BytesIO(content["en"]))
    rows = [row.cells for table in document.tables if len(table.columns) == 8 for row in table.rows]
    told = {cells[0].text + cells[1].text for cells in rows}
    catalog = run.study.catalog
    from_catalog = [leaf.id for leaf in catalog.criteria.leaves if leaf.field in ("capex_mode", "trl_local")]
    wanted = {f"{name}{leaf}" for name in catalog.technologies.index[:5] for leaf in from_catalog}
    assert wanted
    assert wanted <= told


def test_numbers_are_written_as_the_reader_writes_them(content):
    vietnamese = "\n".join(
        cell.text
        for t in docx.Document(io.BytesIO(content["vi"])).tables[-4:]
        for r in t.rows[:3]
        for cell in r.cells
    )
    assert "0." not in vietnamese.replace("0.1.0", "")


def test_same_run_same_bytes(trimmed_result, monkeypatch):
    """Charts too, so here they are drawn."""
    monkeypatch.setattr("techprio.reporting.word.document.drawn", drawn)
    one, other = (document_bytes(trimmed_result, language="vi") for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        assert {entry.date_time[:3] for entry in package.infolist()} == {(2026, 1, 1)}


def test_names_that_would_break_a_document(invented, blank_figures):
    name = '=HYPERLINK("x") <b>&\x0bhai\x00'
    document = docx.Document(io.BytesIO(document_bytes(invented(rename={"AGR01": name}), language="vi")))
    found = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert '=HYPERLINK("x") <b>&\nhai' in found


def test_prose_of_people_is_set_as_they_wrote_it(run, blank_figures):
    markdown = (
        "## Xu hướng\n\nĐoạn **đậm** và *nghiêng*.\n\n- một\n- hai\n\n"
        "1. first\n2. second\n\nThen\n\n1. anew\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>"
    )
    material = ReportMaterial(texts={("context", "vi"): markdown})
    told = replace(run, study=replace(run.study, material=material))
    document = docx.Document(io.BytesIO(document_bytes(told, language="vi")))
    by_text = {p.text: p for p in document.paragraphs}
    assert by_text["Xu hướng"].style.name == "Heading 3"
    assert [run.text for run in by_text["Đoạn đậm và nghiêng."].runs if run.bold] == ["đậm"]
    assert by_text["hai"].style.name == "List Bullet"
    assert {"1. first", "2. second", "1. anew"} <= set(by_text)
    assert "<script>x</script>" in by_text
    assert [["a", "b"], ["1", "2"]] in [[[c.text for c in r.cells] for r in t.rows] for t in document.tables]
    r13 = next(line for line in words(document)[:20] if line.startswith("R13"))
    assert "texts/context.vi.md chưa có nội dung cho: Nông nghiệp" in r13


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHOWN = (
    "Trước ![Bản đồ tỉnh](map.png) sau\n\n![](other.png)\n\n"
    "| a |\n|---|\n| ![c](map.png) |\n\n![x](none.png)\n"
)


def with_pictures(run):
    material = ReportMaterial(texts={("context", "vi"): SHOWN}, pictures={"map.png": PNG, "other.png": PNG})
    return replace(run, study=replace(run.study, material=material))


def test_pictures_of_people_stand_in_the_document(run, content, blank_figures):
    document = docx.Document(io.BytesIO(document_bytes(with_pictures(run), language="vi")))
    before = docx.Document(io.BytesIO(content["vi"]))
    assert len(document.inline_shapes) == len(before.inline_shapes) + 3
    told = words(document)
    place = told.index("Trước  sau")
    assert told[place + 2] == "Hình 1. Bản đồ tỉnh"
    assert {"Hình 2. other", "Hình 3. c"} <= set(told)
    assert "[hình none.png chưa được đọc cùng văn bản này]" in told


def test_pictures_of_people_stand_in_the_page(run):
    page = page_bytes(with_pictures(run), language="vi", pictures={"vi": {}, "en": {}}).decode()
    address = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert page.count(address) == 3
    assert "[hình none.png chưa được đọc cùng văn bản này]" in page
    assert 'src="map.png"' not in page


def in_word(document):
    """Give the marks of fields in order as Word reads them: what only Word takes is taken."""
    marks = document.element.body.iter(qn("w:fldChar"), qn("w:instrText"))
    return [m.get(qn("w:fldCharType")) or m.text.strip() for m in marks]


def test_contents_are_one_field_of_word_with_the_entries_in_it(spoken):
    _, document = spoken
    entries = [p for p in document.paragraphs if p.style.name in ("toc 1", "toc 2")]
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Heading 2")]
    assert [p.text.partition("\t")[0] for p in entries] == headings
    told = in_word(document)
    assert told[:3] == ["begin", 'TOC \\o "1-2" \\h \\z', "separate"]
    inside = told[3 : 3 + 4 * len(entries)]
    assert {mark.split()[0] for mark in inside[1::4]} == {"PAGEREF"}
    assert told[3 + 4 * len(entries)] == "end"
    depth = 0
    for mark in told:
        depth += {"begin": 1, "end": -1}.get(mark, 0)
        assert 0 <= depth <= 2
    assert depth == 0


def test_word_is_asked_to_count_all_fields(spoken):
    _, document = spoken
    settings = list(document.settings.element)
    update = document.settings.element.find(qn("w:updateFields"))
    assert update.get(qn("w:val")) == "true"
    assert settings.index(update) < settings.index(document.settings.element.find(qn("w:compat")))


def test_where_only_word_looks_another_reader_finds_whole_fields(spoken):
    """Without the alternate content the fields still open and close."""
    _, document = spoken
    choice = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
    marks = [m.get(qn("w:fldCharType")) for m in document.element.body.iter(qn("w:fldChar"))
             if m.getparent().tag != choice]  # fmt: skip
    assert marks[:3] == ["begin", "separate", "end"]
    assert marks.count("begin") == marks.count("end")


def test_a_table_without_rows_is_a_sentence(run, spoken, blank_figures):
    language, document = spoken
    ranking = {code: replace(one, screened={}) for code, one in run.rankings.items()}
    told = words(docx.Document(io.BytesIO(document_bytes(replace(run, rankings=ranking), language=language))))
    said = {"vi": "Không có công nghệ nào bị loại", "en": "No technology was screened out"}[language]
    assert any(line.startswith(said) for line in told)
    title = {"vi": "Loại trước khi xếp hạng", "en": "Screened before ranking"}[language]
    assert not any(line.endswith(title) for line in told)
    assert all(len(table._tbl.tr_lst) > 1 for table in document.tables)


def wide(word, size):
    """Return the width of a bold word in twips."""
    base = "".join(s for s in unicodedata.normalize("NFD", word) if not unicodedata.combining(s))
    font = FontProperties(family="STIXGeneral", weight="bold", size=size)
    return TextPath((0, 0), base.replace("đ", "d").replace("Đ", "D"), prop=font).get_extents().width * 20


def test_columns_hold_the_longest_word_of_their_headings(spoken):
    """Measured in STIX, which has the widths of Times and comes with matplotlib; marks have no width."""
    _, document = spoken
    narrow = []
    for table in document.tables:
        grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        head = table._tbl.tr_lst[0]
        for width, cell in zip(grid, head.tc_lst, strict=True):
            size = int(next(cell.iter(qn("w:sz"))).get(qn("w:val"))) / 2
            told = "".join(t.text for t in cell.iter(qn("w:t")))
            widest = max((wide(word, size) for word in told.split()), default=0)
            if widest > width - 110:
                narrow.append((told, width, round(widest)))
    assert narrow == []


def test_no_paragraph_stands_there_only_to_end_a_page(spoken):
    _, document = spoken
    for paragraph in document.paragraphs:
        if not paragraph.text and not paragraph._p.xpath(".//w:drawing"):
            assert paragraph.paragraph_format.line_spacing == Pt(1)
    assert not document.element.body.xpath(".//w:br[@w:type='page']")
