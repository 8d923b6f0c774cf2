"""The documents of the plan: form, words, dots and cover sheet, and the same figures wherever they stand."""

import io
import json
import re
from dataclasses import replace

import docx
import pandas as pd
import pytest

import techprio as tp
from techprio.display.quantities import render
from techprio.language import Label
from techprio.model.report_material import ReportMaterial
from techprio.reporting.leaders import _rows
from techprio.reporting.products.agencies import find_agency
from techprio.reporting.products.compose import WRITTEN, Wish, compose, known_product, possible_papers
from techprio.reporting.products.drafter import cover_sheet
from techprio.reporting.products.figures import FIGURES, figures_of, read_figures
from techprio.reporting.products.files import paper_files
from techprio.reporting.products.matter import Matter
from techprio.reporting.products.summary import leaders_lines
from techprio.reporting.products.wording import AGENCIES, page_of

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
FORBIDDEN = re.compile(
    r"(?i)\broot\b|\bseed\b|hạt giống|topsis|\bahp\b|shapley|milp|normali|reference|bootstrap|"
    r"\be\d\d\b|\bf\d{3}\b|\.csv|\.md\b|\.yaml|texts/|\bthiếu phần\b|techprio"
)
DECIMAL_POINT = re.compile(r"\d\.\d{1,2}(?!\d)")
DOTTED = "…" * 10


@pytest.fixture(scope="module")
def matter(trimmed_result):
    return Matter(trimmed_result.study, figures_of(trimmed_result))


@pytest.fixture(scope="module")
def written(matter):
    return {language: paper_files(matter, WRITTEN, language=language) for language in ("vi", "en")}


def opened(content):
    return docx.Document(io.BytesIO(content))


def lines(document):
    """Give every paragraph and every cell as a text, the head of the document first."""
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return [line for line in found if line.strip()]


@pytest.mark.parametrize("id", WRITTEN)
def test_no_word_of_the_workshop_in_a_vietnamese_document(written, id):
    shown = lines(opened(written["vi"][f"{id}.docx"]))
    if id == "khao-sat":  # the annex for internal use has codes of firms, alone in their cells
        assert [line for line in shown if re.fullmatch(r"f\d{3}", line)]
        shown = [line for line in shown if not re.fullmatch(r"f\d{3}", line)]
    assert not [line for line in shown if FORBIDDEN.search(line)]
    assert not [line for line in shown if DECIMAL_POINT.search(line)]


@pytest.mark.parametrize("id", WRITTEN)
def test_no_english_name_in_a_vietnamese_document(written, matter, id):
    shown = "\n".join(lines(opened(written["vi"][f"{id}.docx"])))
    english = [name for name in matter.table["name_en"] if " " in name]
    assert english
    assert not [name for name in english if name in shown]


@pytest.mark.parametrize("id", WRITTEN)
def test_no_vietnamese_letter_in_an_english_document(written, matter, id):
    document = opened(written["en"][f"{id}.docx"])
    cited = [row["title"] for row in matter.rows("legal")]
    official = (*cited, "Nơi nhận", "/QĐ-UBND", "SKHCN", "Lai Châu", "LAI CHÂU")
    body = [paragraph.text for paragraph in document.paragraphs]
    inner = document.tables if document.tables and "CỘNG HÒA" not in document.tables[0].cell(0, 1).text else (
        document.tables[1:]
    )  # fmt: skip
    body += [cell.text for table in inner for row in table.rows for cell in row.cells]
    ends = ("Receivers:", "GIÁM ĐỐC", "CHỦ TỊCH")  # receivers and signature stay as they are
    strange = [
        line
        for line in body
        if VIETNAMESE.search(line)
        and not any(words in line for words in official)
        and not any(words in line for words in ends)
    ]
    assert not strange


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("id", WRITTEN)
def test_each_line_of_dots_is_a_row_of_the_cover_sheet(written, language, id):
    document = opened(written[language][f"{id}.docx"])
    dotted = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(DOTTED)]
    sheet = opened(written[language][f"{id}-phieu.docx"])
    asked = [table for table in sheet.tables if len(table.columns) == 5]
    assert len(dotted) == (len(asked[0].rows) - 1 if asked else 0)


def test_what_is_written_takes_the_place_of_dots(matter):
    words = "Phát triển công nghệ phục vụ các ngành mũi nhọn của tỉnh, gắn với doanh nghiệp."
    texts = {("orientation", "vi"): f"{words}\n\n## GOAL\n\n{words} Mục tiêu.", ("necessity", "vi"): "thiếu"}
    study = replace(matter.study, material=replace(matter.study.material, texts=texts))
    fuller = Matter(study, matter.figures)
    before = [dots.source for _, dots in compose("du-thao", matter).gaps("vi")]
    after = [dots.source for _, dots in compose("du-thao", fuller).gaps("vi")]
    assert before.count("texts/orientation.vi.md") == 2
    assert after == [source for source in before if source != "texts/orientation.vi.md"]
    assert [d.source for _, d in compose("du-thao", fuller).gaps("en")] == before
    file = paper_files(fuller, ["du-thao"], language="vi")["du-thao.docx"]
    assert words in "\n".join(lines(opened(file)))
    # a dummy word fills nothing
    assert "texts/necessity.vi.md" in [dots.source for _, dots in compose("to-trinh", fuller).gaps("vi")]


@pytest.mark.parametrize(
    ("id", "issuer", "number", "ends"),
    [
        ("to-trinh", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "/TTr-SKHCN", "GIÁM ĐỐC"),
        ("quyet-dinh", "TỈNH LAI CHÂU", "/QĐ-UBND", "CHỦ TỊCH"),
    ],
)
def test_head_and_end_are_those_of_official_papers(written, id, issuer, number, ends):
    document = opened(written["vi"][f"{id}.docx"])
    head, end = document.tables[0], next(
        table for table in document.tables if "Nơi nhận:" in table.cell(0, 0).text
    )  # fmt: skip
    left, right = head.cell(0, 0).text, head.cell(0, 1).text
    assert issuer in left
    assert number in left
    assert "DỰ THẢO" in left
    assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert "Lai Châu, ngày" in right
    assert end.cell(0, 1).text.strip().endswith(ends)
    assert end.cell(0, 0).text.rstrip().endswith("Lưu: VT, QLCN.")
    widths = [column.width for column in head.columns]
    assert [cell.width for cell in head.rows[0].cells] == widths


@pytest.mark.parametrize("id", WRITTEN)
def test_paper_letters_and_numbers_of_pages(written, id):
    document = opened(written["vi"][f"{id}.docx"])
    for section in document.sections:
        assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
        sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
        assert "PAGE" in section.header._element.xml
        assert section.different_first_page_header_footer
        assert "PAGE" not in section.first_page_header._element.xml
        assert 'w:start="1"' in section._sectPr.xml
        assert "SỐ LIỆU MINH HỌA" in section.first_page_footer.paragraphs[-1].text
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_annexes_of_the_decision_are_numbered(written):
    shown = lines(opened(written["vi"]["quyet-dinh.docx"]))
    assert [line for line in shown if re.fullmatch(r"Phụ lục [IVX]+", line)] == [
        f"Phụ lục {number}" for number in ("I", "II", "III", "IV", "V", "VI")
    ]
    articles = [line for line in shown if line.startswith("Điều ")]
    assert [line[:7] for line in articles] == [f"Điều {number}." for number in (1, 2, 3, 4)]
    assert articles[-1].endswith("./.")


def test_same_bytes_from_the_run_and_from_what_is_kept(matter, written, tmp_path):
    (tmp_path / FIGURES).write_bytes(matter.figures.json())
    kept = Matter(matter.study, read_figures(tmp_path, tp.__version__))
    assert paper_files(kept, WRITTEN, language="vi") == written["vi"]


def test_sums_are_those_of_the_plan(matter, trimmed_result):
    plan = trimmed_result.plan
    assert matter.total == pytest.approx(float(plan.spending["amount"].sum()), rel=1e-12)
    for fund in matter.funds:
        used = plan.budget_use.query("fund == @fund.id")["used"].sum()
        assert sum(matter.used(fund.id, phase.id) for phase in matter.phases) == pytest.approx(used)
        assert matter.spent(fund=fund.id) == pytest.approx(used)
    led = [name for agency in AGENCIES for name in matter.led_by(agency)]
    assert sorted(led) == sorted(matter.placed)
    money = sum(matter.spent(technologies=matter.led_by(agency)) for agency in AGENCIES)
    assert money == pytest.approx(matter.total)


def test_every_agency_of_the_plan_has_its_page(written):
    shown = "\n".join(lines(opened(written["vi"]["phieu-viec.docx"])))
    for agency in AGENCIES:
        assert agency.vi.upper() in shown
    assert page_of("UBND xã, phường") == AGENCIES[7]
    assert find_agency("department of finance") == AGENCIES[1]


def test_names_are_the_same_on_the_page_and_on_the_screen(matter, written):
    page = "\n".join(lines(opened(written["vi"]["tom-tat.docx"])))
    screen = [render(words, "vi") for words in leaders_lines(matter)]
    assert 3 <= len(screen) <= 10
    for name in matter.priorities:
        assert matter.short_name(name).vi in page
        assert any(matter.short_name(name).vi in line for line in screen)


def test_a_study_without_survey_has_no_report_on_one(matter):
    bare = Matter(replace(matter.study, survey=None), matter.figures)
    assert "khao-sat" in possible_papers(matter)
    assert "khao-sat" not in possible_papers(bare)
    with pytest.raises(tp.errors.InputError, match="survey"):
        compose("khao-sat", bare)


def test_a_plan_of_a_year_that_the_roadmap_has(matter):
    first = matter.years[0]
    assert str(first) in render(compose("ke-hoach-nam", matter).title, "vi")
    assert str(first + 2) in render(compose("ke-hoach-nam", matter, Wish(year=first + 2)).title, "en")
    with pytest.raises(tp.errors.InputError, match=str(matter.years[-1])):
        compose("ke-hoach-nam", matter, Wish(year=1999))


def test_a_policy_has_its_technologies_with_their_money(matter):
    policies = pd.DataFrame(
        [{"sector": "", "policy": "Hỗ trợ lãi suất", "content": "Hỗ trợ lãi vay", "agency": "Sở Tài chính",
          "basis": "", "problem": "", "beneficiaries": "", "funding": "", "technologies": ("AGR01",)}]
    )  # fmt: skip
    material = replace(matter.study.material, tables={**matter.study.material.tables, "policies": policies})
    fuller = Matter(replace(matter.study, material=material), matter.figures)
    shown = "\n".join(lines(opened(paper_files(fuller, ["chinh-sach"], language="vi")["chinh-sach.docx"])))
    assert matter.name("AGR01").vi in shown
    assert "Hỗ trợ lãi vay" in shown
    asked = [dots.source for _, dots in compose("chinh-sach", fuller).gaps("vi")]
    assert asked.count("policies.csv") == 4  # problem, beneficiaries, source of money, basis


@pytest.mark.parametrize("id", ["letter", "", "tien-do", "../tom-tat"])
def test_an_unknown_document_is_refused_with_those_there_are(id):
    with pytest.raises(tp.errors.InputError, match="tom-tat"):
        known_product(id)
    assert known_product("decision") == "quyet-dinh"


def test_figures_that_are_examples_make_no_final_document(matter):
    with pytest.raises(tp.errors.InputError, match="--final"):
        compose("quyet-dinh", matter, Wish(final=True))
    official = Matter(replace(matter.study, illustrative=False), matter.figures)
    assert not compose("quyet-dinh", official, Wish(final=True)).draft


def test_no_decision_without_a_lead_agency(matter):
    table = matter.table.assign(lead_agency="")
    poorer = Matter(matter.study, matter.figures)
    poorer.__dict__["table"] = table
    with pytest.raises(tp.errors.InputError, match="lead agency"):
        compose("quyet-dinh", poorer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept: kept | {"version": "0.0.9"}, "version 0.0.9"),
        (lambda kept: kept | {"form": 99}, "version"),
        (lambda kept: {"form": 1}, "another content"),
        (lambda kept: [], "another content"),
    ],
)
def test_figures_of_another_version_or_content_are_refused(matter, tmp_path, change, words):
    kept = json.loads(matter.figures.json())
    (tmp_path / FIGURES).write_text(json.dumps(change(kept)), encoding="utf-8")
    with pytest.raises(tp.DataFileError, match=words):
        read_figures(tmp_path, tp.__version__)
    with pytest.raises(tp.DataFileError, match="no such file"):
        read_figures(tmp_path / "nowhere", tp.__version__)


def test_figures_of_other_inputs_are_refused_and_later_texts_are_not(matter, tmp_path):
    study = matter.study
    matter.figures.check(study, tmp_path)
    texts = replace(
        study, inputs={**study.inputs, "texts/basis.vi.md": "0", "goals.csv": "0", "legal.csv": "1"}
    )
    matter.figures.check(texts, tmp_path)
    score = next(name for name in study.inputs if name.endswith("scores.csv"))
    with pytest.raises(tp.DataFileError, match=r"scores\.csv"):
        matter.figures.check(replace(study, inputs={**study.inputs, score: "0"}), tmp_path)
    with pytest.raises(tp.DataFileError, match="the result of lai-chau"):
        matter.figures.check(replace(study, id="other"), tmp_path)


def test_a_study_without_letterhead_has_blanks_and_no_other_province(matter):
    bare = Matter(replace(matter.study, material=ReportMaterial()), matter.figures)
    shown = "\n".join(lines(opened(paper_files(bare, ["to-trinh"], language="vi")["to-trinh.docx"])))
    assert "UBND TỈNH LAI CHÂU" not in shown
    assert "legal.csv" in [dots.source for _, dots in compose("to-trinh", bare).gaps("vi")]


def test_a_name_of_three_hundred_letters_is_printed_whole(matter):
    long = "Công nghệ " + "rất dài " * 36
    first = matter.priorities[0]
    table = matter.table.copy()
    table.loc[first, "name_vi"] = long
    other = Matter(matter.study, matter.figures)
    other.__dict__["table"] = table
    for id in WRITTEN:
        paper = compose(id, other)
        assert cover_sheet(paper, other, "vi").id == f"{id}-phieu"
    shown = "\n".join(lines(opened(paper_files(other, ["du-thao"], language="vi")["du-thao.docx"])))
    assert long.strip() in shown


# What comes next where a limit is passed.
FIRST = {
    "tom-tat": {"en": "Priority technologies", "vi": "Công nghệ ưu tiên"},
    "du-thao": {"en": "Direction and goals", "vi": "Định hướng, mục tiêu"},
    "quyet-dinh": {"en": "Direction and goals", "vi": "Định hướng, mục tiêu"},
    "to-trinh": {"en": "Legal basis", "vi": "Sự cần thiết"},
}


def test_what_is_passed_comes_first_and_what_is_not_placed_is_not_late(matter):
    """A priority technology without a place was marked as operational after the first phase."""
    first, *_ = matter.priorities
    table = matter.figures.standing.copy()
    table.loc[first, ["phase", "start", "operational"]] = ""
    passed = (Label("nhu cầu cao hơn hạn mức 5 tỷ đồng", "the need is 5 billion VND above the limit"),)
    other = Matter(matter.study, replace(matter.figures, standing=table, passed=passed))
    money = matter.study.resources.money
    assert next(_rows(other, money))[0].render("en") == "Over a limit"
    assert next(_rows(matter, money))[0].render("en") != "Over a limit"
    for id, next_words in FIRST.items():
        for language, over in (("en", "above the limit"), ("vi", "cao hơn hạn mức")):
            words = next_words[language].casefold()
            before = [
                "\n".join(lines(opened(paper_files(one, (id,), language=language)[f"{id}.docx"])))
                .casefold()
                .partition(words)[0]
                for one in (other, matter)
            ]
            assert [over in shown for shown in before] == [True, False]
    shown = "\n".join(lines(opened(paper_files(other, ("tom-tat",), language="en")["tom-tat.docx"])))
    assert "(***)" in shown.replace("(***) not placed", "")
