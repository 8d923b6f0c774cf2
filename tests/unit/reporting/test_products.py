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
from techprio.kept_files import sealed
from techprio.language import Label, text
from techprio.model.report_material import ReportMaterial
from techprio.phasing.monitor import monitor_plan
from techprio.reporting.leaders import _rows
from techprio.reporting.master_list import master_list
from techprio.reporting.products.agencies import find_agency
from techprio.reporting.products.agency_tables import people_short
from techprio.reporting.products.compose import WRITTEN, Wish, compose, known_product, possible_papers
from techprio.reporting.products.figures import FIGURES, figures_of, read_figures
from techprio.reporting.products.files import cover_sheet, paper_files
from techprio.reporting.products.matter import Matter, matter_of
from techprio.reporting.products.orientation import _certainty
from techprio.reporting.products.parts import Annex, Paper, Para
from techprio.reporting.products.summary import certainty_of, leaders_lines, with_certainty
from techprio.reporting.products.unwritten import says_something
from techprio.reporting.products.wording import AGENCIES, CERTAINTY, certainty_word, page_of
from techprio.reporting.products.writer import paper_bytes
from techprio.reporting.workbook import run_tables

from ...profile_study import study_of

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
ENGLISH = re.compile(r"\b(the|of|and|with|years?|which|technology|technologies)\b")
WORKSHOP = re.compile(
    r"(?i)\broot\b|topsis|\bahp\b|shapley|milp|normali[sz]|reference (point|scale)|bootstrap|"
    r"\be\d\d\b|\bf\d{3}\b|\.csv|\.md\b|\.yaml|\.json|texts/|\bthiếu phần\b|techprio|Label\(|Text\("
)
"""What belongs to the workshop: technical words, names of files, ids of experts and firms."""
AVOIDED = re.compile(
    r"(?i)hạt giống|\bseed\b|\bnút\b|chuẩn hóa|lần rút|hội đồng chuyên gia|\bcạnh (cứng|mềm)\b|bị sàng lọc|"
    r"gánh vác|độ chấp nhận hạng|giá trị mở ra|ngoài tầm với|khoảng chính xác|chắc chắn 100|"
    r"hạn mức (cứng|mềm)|ngành mình"
)
"""Words of the wording list that a document says otherwise."""
CODE = re.compile(r"\b(AGR|CRS|LOG|MIN|ENE|TOU|PRO)\d\d\b|\b[FIWM]\d\b")
DECIMAL_POINT = re.compile(r"\d\.\d{1,2}(?!\d)")
DOTTED = "…" * 10
DOTTED_IDS = ("khao-sat", "hoan-thien", "tien-do", "chinh-sach")


@pytest.fixture(scope="module")
def matter(trimmed_result):
    """The study as it is, with nothing written by people."""
    return Matter(trimmed_result.study, figures_of(trimmed_result))


@pytest.fixture(scope="module")
def filled(trimmed_result, matter, sample_material):
    """The study with the sample texts and tables, with what became of it and another draft before."""
    material, status = sample_material
    known = {*matter.table.index, *(sector.code for sector in matter.sectors), ""}
    tables = {
        name: table[table["sector"].isin(known)] if "sector" in table else table
        for name, table in material.tables.items()
    }
    comments = tables["comments"]
    tables["comments"] = comments[[set(on) <= known for on in comments["on"]]]
    for name in ("tasks", "policies"):
        tables[name] = tables[name].assign(
            technologies=[tuple(one for one in ids if one in known) for ids in tables[name]["technologies"]]
        )
    progress = monitor_plan(trimmed_result.plan, status[status["technology"].isin(known)])
    before = matter.figures.standing.copy()
    before.loc["CRS01", "role"], before.loc["AGR01", "priority"] = (
        "encouraged",
        not before.loc["AGR01", "priority"],
    )
    study = replace(trimmed_result.study, material=replace(material, tables=tables))
    return Matter(study, matter.figures, progress, replace(matter.figures, standing=before))


@pytest.fixture(scope="module")
def written(filled):
    """Every document in both languages; the booklet of a study whose figures are no examples."""
    official = replace(filled, study=replace(filled.study, illustrative=False))
    ids = [id for id in WRITTEN if id != "tuyen-truyen"]
    return {
        language: paper_files(filled, ids, language=language)
        | paper_files(official, ["tuyen-truyen"], language=language)
        for language in ("vi", "en")
    }


@pytest.fixture(scope="module")
def empty(matter):
    """Documents of a study for which nothing was written."""
    return {"vi": paper_files(matter, DOTTED_IDS, language="vi")}


def opened(content):
    return docx.Document(io.BytesIO(content))


def lines(document):
    """Give every paragraph and every cell as a text, the head of the document first."""
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        found += [cell.text for row in table.rows for cell in row.cells]
    return [line for line in found if line.strip()]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("id", WRITTEN)
def test_no_document_has_a_word_of_the_workshop_or_of_the_other_language(written, filled, id, language):
    """No file, no id of an expert or a firm, no code outside a cell of its own, no word to avoid."""
    document = opened(written[language][f"{id}.docx"])
    shown = lines(document)
    if id == "khao-sat":  # the annex for internal use has codes of firms, alone in their cells
        assert [line for line in shown if re.fullmatch(r"f\d{3}", line)]
        shown = [line for line in shown if not re.fullmatch(r"f\d{3}", line)]
    strange = [line for line in shown if WORKSHOP.search(line)]
    strange += [line for line in shown if CODE.search(line) and not CODE.fullmatch(line)]
    if language == "vi":
        strange += [line for line in shown if AVOIDED.search(line) or DECIMAL_POINT.search(line)]
        strange += [line for line in shown if ENGLISH.search(line)]
        english = [name for name in filled.table["name_en"] if " " in name]
        assert english
        strange += [line for line in shown for name in english if name in line]
    else:
        official = ("/QĐ-UBND", "SKHCN", "Lai Châu, ", "LAI CHÂU", "DỰ THẢO")
        ends = ("Receivers:", "GIÁM ĐỐC", "CHỦ TỊCH", "CỘNG HÒA", "SỞ ", "Số:")  # these stay as they are
        strange += [line for line in shown if VIETNAMESE.search(line)
                    and not any(words in line for words in (*official, *ends))]  # fmt: skip
    assert not strange


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_cover_sheet_has_an_id_of_the_study(written, language):
    """Files are named there, for the drafter; codes of points such as R01 are those of the plan."""
    ids = re.compile(rf"{CODE.pattern}|\\broot\\b|\\be\\d\\d\\b|\\breference\\b")
    for id in WRITTEN:
        shown = lines(opened(written[language][f"{id}-phieu.docx"]))
        assert not [line for line in shown if ids.search(line)]


def test_annexes_have_the_columns_of_the_master_list(filled, written):
    """One list, declared once: its words head the annexes, and its cells are theirs."""
    listed = master_list(filled)
    heads = dict(zip((column.key for column in listed.columns), listed.heads("vi"), strict=True))
    document = opened(written["vi"]["quyet-dinh.docx"])
    annex = next(table for table in document.tables if table.cell(0, 1).text == "Mã")
    shown = [cell.text for cell in annex.rows[0].cells]
    assert {heads[key] for key in ("number", "name", "start", "operational", "lead_agency")} <= set(shown)
    names = [row.cells[2].text for row in annex.rows if row.cells[1].text in filled.table.index]
    place = [column.key for column in listed.columns].index("name")
    assert names == [render(row[place], "vi") for row in listed.rows]


def test_a_text_names_the_sheets_of_the_workbook_where_its_figures_are(written, trimmed_result):
    """The sheets are those of the workbook of the same run."""
    named = set()
    silent = {
        "quyet-dinh",
        "tuyen-truyen",
        "tien-do",
        "phieu-viec",
    }  # no figures of the workbook, or all there
    for files in (written["vi"], written["en"]):
        for id in set(WRITTEN) - silent:
            found = [
                line
                for line in lines(opened(files[f"{id}.docx"]))
                if "workbook that" in line or "tệp Excel" in line
            ]
            assert found, id
            named |= {sheet for line in found for sheet in re.findall(r"“(.+?)”", line)}
    sheets = {
        render(table.title if table.name is None else table.name, language)
        for table in run_tables(trimmed_result)
        for language in ("vi", "en")
    }
    assert named
    assert named <= sheets


def test_with_all_written_no_line_of_dots_is_left(filled):
    """But the number of the decision, which only the decision brings."""
    official = replace(filled, study=replace(filled.study, illustrative=False))
    left = {id: [str(dots.source) for _, dots in compose(id, official).gaps(language)]
            for id in WRITTEN for language in ("vi", "en")}  # fmt: skip
    assert left == {id: ["legal.csv"] if id == "tuyen-truyen" else [] for id in WRITTEN}


@pytest.mark.parametrize("id", DOTTED_IDS)
def test_each_line_of_dots_is_a_row_of_the_cover_sheet(empty, id):
    written, language = empty, "vi"
    document = opened(written[language][f"{id}.docx"])
    dotted = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith(DOTTED)]
    sheet = opened(written[language][f"{id}-phieu.docx"])
    asked = [table for table in sheet.tables if len(table.columns) == 5]
    assert len(dotted) == len(asked[0].rows) - 1 > 0


def test_what_is_written_takes_the_place_of_dots(matter):
    words = "Phát triển công nghệ phục vụ các ngành mũi nhọn của tỉnh, gắn với doanh nghiệp."
    texts = {("orientation", "vi"): f"{words}\n\n## GOAL\n\n{words} Mục tiêu.", ("necessity", "vi"): "thiếu"}
    study = replace(matter.study, material=replace(matter.study.material, texts=texts))
    fuller = Matter(study, matter.figures)
    before = [dots.source for _, dots in compose("du-thao", matter).gaps("vi")]
    after = [dots.source for _, dots in compose("du-thao", fuller).gaps("vi")]
    gone = [source for source in before if source not in after]
    assert [source.vi for source in gone] == ["texts/orientation.vi.md", "texts/orientation.vi.md, ## GOAL"]
    assert [d.source for _, d in compose("du-thao", fuller).gaps("en")] == before
    file = paper_files(fuller, ["du-thao"], language="vi")["du-thao.docx"]
    assert words in "\n".join(lines(opened(file)))
    # a dummy word fills nothing
    asked = [str(dots.source) for _, dots in compose("to-trinh", fuller).gaps("vi")]
    assert [source for source in asked if "texts/necessity.vi.md" in source]


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
        marked = "SỐ LIỆU MINH HỌA" in section.first_page_footer.paragraphs[-1].text
        assert marked == (id != "tuyen-truyen")  # the booklet is of official figures only
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_the_annexes_of_the_decision_are_numbered(written):
    shown = lines(opened(written["vi"]["quyet-dinh.docx"]))
    assert [line for line in shown if re.fullmatch(r"Phụ lục [IVX]+", line)] == [
        f"Phụ lục {number}" for number in ("I", "II", "III", "IV", "V", "VI")
    ]
    articles = [line for line in shown if line.startswith("Điều ")]
    assert [line[:7] for line in articles] == [f"Điều {number}." for number in (1, 2, 3, 4)]
    assert articles[-1].endswith("./.")


@pytest.mark.parametrize(("kind", "signs"), [("report", "BC"), ("submission", "TTr"), ("plan", "KH")])
def test_an_annex_goes_with_the_number_of_its_document(kind, signs, matter):
    """The signs of the kind in the line under its title are those in the head of the document."""
    paper = Paper("tien-do", kind, "x", (), (Annex("Bảng", (Para("y"),)),))
    made = paper_bytes(paper, language="vi", letterhead=matter.letterhead, illustrative=False)
    said = "\n".join(lines(opened(made)))
    assert re.search(rf"Kèm theo văn bản số\s+/{signs}-", said)
    assert re.search(rf"Số:\s+/{signs}-", said)


def test_same_bytes_from_the_run_and_from_what_is_kept(matter, empty, tmp_path):
    (tmp_path / FIGURES).write_bytes(matter.figures.json())
    kept = Matter(matter.study, read_figures(tmp_path, tp.__version__))
    assert paper_files(kept, DOTTED_IDS, language="vi") == empty["vi"]


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


def test_the_screen_and_the_first_sheet_say_how_certain_each_place_is(matter):
    contested = [name for name in matter.priorities if matter.table.loc[name, "class"] == "contested"]
    assert contested
    screen = "\n".join(render(words, "en") for words in leaders_lines(matter))
    assert "³ to be looked at again" in screen
    for name in matter.priorities:
        marked = with_certainty(matter, name, matter.short_name(name)).en
        assert marked in screen
        assert (marked[-1] in "¹²") == (name not in contested)


def test_a_veto_or_a_stricter_bound_is_never_called_certain():
    assert certainty_word(0.99, "contested") == certainty_word(0.6, "contested")
    assert certainty_word(0.99, "firm") == CERTAINTY[0][1]


def test_where_every_candidate_has_a_place_nothing_is_certain(small_study):
    run = tp.run(small_study, draws=50)  # three and two technologies for four places
    own = matter_of(run)
    assert {certainty_of(own, name) for name in own.priorities} == {"-"}
    words = "\n".join(render(one, "en") for one in leaders_lines(own))
    assert "no place had to be won" in words
    assert "¹" not in words


def test_where_a_profile_is_to_be_reached_no_list_ends_level():
    own = matter_of(tp.run(study_of("score"), draws=50))
    level = pd.DataFrame({"first": ["B"], "second": ["C"], "ahead": [0.5]})
    everywhere = replace(own.figures, pairs=level)
    own, by_top = Matter(own.study, everywhere), Matter(study_of("top"), everywhere)
    code = own.sectors[0].code
    assert by_top.at_the_line(code) is not None
    assert own.at_the_line(code) is None
    own.table.loc[own.of_sector(code, only="priority")[-1], "p_top"] = -1.0
    said = " ".join(render(part.words, "en") for part in _certainty(own))
    assert "but reaches the reference profile in" in said
    assert "among the first" not in said
    assert "level" not in said


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


@pytest.mark.parametrize("id", ["letter", "", "tien do", "../tom-tat", "x" * 300])
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
        (lambda kept: kept | {"form": 99}, "another form"),
        (lambda kept: {"form": 1, "version": tp.__version__}, "another form"),
        (lambda kept: kept | {"standing": {}}, "another content"),
        (lambda kept: kept | {"draws": kept["draws"] + 1}, "another content"),
        (lambda kept: kept | {"checksum": None}, "another content"),
        (lambda kept: [], "figures that techprio run has kept"),
    ],
)
def test_figures_of_another_version_or_content_are_refused(matter, tmp_path, change, words):
    kept = json.loads(matter.figures.json())
    (tmp_path / FIGURES).write_text(json.dumps(change(kept)), encoding="utf-8")
    with pytest.raises(tp.DataFileError, match=words) as refused:
        read_figures(tmp_path, tp.__version__)
    assert f"techprio run STUDY --out {tmp_path.name}" in str(refused.value)
    with pytest.raises(tp.DataFileError, match="there is no such file"):
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
    for id in possible_papers(other):
        paper = compose(id, other)
        assert cover_sheet(paper, other, "vi").id == f"{id}-phieu"
    shown = "\n".join(lines(opened(paper_files(other, ["du-thao"], language="vi")["du-thao.docx"])))
    assert long.strip() in shown


def test_the_page_for_leaders_stays_one_page_with_long_names(matter):
    """Names are cut, parts of the page are not; a page of 9.5 points holds 4,200 letters."""
    other = Matter(matter.study, matter.figures)
    long = matter.table["name_vi"] + " " + "rất dài " * 30
    other.__dict__["table"] = matter.table.assign(name_vi=long, name_en=long, short_vi="", short_en="")
    paper, usual = compose("tom-tat", other), compose("tom-tat", matter)
    assert [type(part) for part in paper.parts] == [type(part) for part in usual.parts]
    said = [part.words for part in paper.parts if hasattr(part, "words")]
    said += [cell for part in paper.parts if hasattr(part, "rows") for row in part.rows for cell in row]
    assert sum(len(render(words, "vi")) for words in said) <= 4200
    assert "…" in "".join(render(words, "vi") for words in said)


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


def test_the_completed_report_tells_what_changed_since_the_draft(filled, written):
    shown = "\n".join(lines(opened(written["vi"]["hoan-thien.docx"])))
    assert f"{filled.name('CRS01').vi}: vai trò: " in shown
    assert filled.name("AGR01").vi in shown
    assert "Bảng tổng hợp, tiếp thu, giải trình ý kiến".upper() in shown
    same = replace(filled, before=filled.figures)
    assert "giữ như dự thảo" in "\n".join(
        lines(opened(paper_files(same, ["hoan-thien"], language="vi")["hoan-thien.docx"]))
    )


def test_progress_is_that_of_the_monitoring_and_of_one_agency_its_own(filled, written):
    """Every technology that is placed or was begun stands once in a state."""
    states = filled.progress.technologies
    counted = states[(states["state"] != "not planned") | (states["status"] != "not started")]
    table = opened(written["vi"]["tien-do.docx"]).tables[1]
    whole = [cell.text for cell in table.rows[-1].cells]
    assert int(whole[-1]) == len(counted) == sum(map(int, whole[1:-1]))
    one = paper_files(filled, ["tien-do"], language="vi", wish=Wish(agency="Sở Công Thương"))["tien-do.docx"]
    shown = opened(one)
    assert "SỞ CÔNG THƯƠNG" in shown.tables[0].cell(0, 0).text
    assert any("Kính gửi: Sở Khoa học và Công nghệ" in line for line in lines(shown))
    half = compose("tien-do", filled, Wish(period=6))
    assert "6 tháng cuối năm" in render(half.title, "vi")
    with pytest.raises(tp.errors.InputError, match="--period"):
        compose("tien-do", filled, Wish(period=3))


def test_before_approval_progress_is_that_of_the_contents_of_the_plan(filled):
    early = replace(filled, progress=None)
    shown = lines(opened(paper_files(early, ["tien-do"], language="vi")["tien-do.docx"]))
    assert [line for line in shown if line in ("III.1", "III.6")] == ["III.1", "III.6"]
    assert "20/02/2026" in shown


def test_nothing_of_examples_is_spread_among_firms(filled):
    assert "tuyen-truyen" not in possible_papers(filled)
    with pytest.raises(tp.errors.InputError, match="examples"):
        compose("tuyen-truyen", filled)


def test_sentences_of_the_booklet_are_short(written):
    """At most 25 words in a sentence that techprio writes; names of technologies are data."""
    shown = [
        p.text for p in opened(written["en"]["tuyen-truyen.docx"]).paragraphs if not p.text.startswith("- ")
    ]
    long = [one for line in shown for one in re.split(r"[.;:] ", line) if len(one.split()) > 25]
    assert not long


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", False),
        ("thiếu", False),
        ("# Định hướng phát triển công nghệ của tỉnh đến năm 2035 và các giai đoạn", False),
        # What a drafter leaves in a text for later, in English too: it says nothing yet.
        ("To be written: the department adds the orientation before the meeting of the committee", False),
        ("Sẽ bổ sung sau khi có ý kiến của các sở, ngành, doanh nghiệp", False),
        ("abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc", False),
        ("Phát triển công nghệ phục vụ các ngành mũi nhọn của tỉnh, gắn với doanh nghiệp.", True),
    ],
)
def test_a_dummy_sentence_says_nothing(words, says):
    assert says_something(words) == says


def test_a_draft_of_any_version_is_compared_and_a_result_of_another_form_is_not(matter, tmp_path):
    kept = json.loads(matter.figures.json())
    del kept["checksum"]
    (tmp_path / FIGURES).write_bytes(sealed(kept | {"version": "0.0.9"}))
    assert read_figures(tmp_path).version == "0.0.9"
    (tmp_path / FIGURES).write_text(json.dumps(kept | {"form": 1}), encoding="utf-8")
    with pytest.raises(tp.DataFileError):
        read_figures(tmp_path)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_a_table_is_wider_than_its_cell(written, language):
    """A word that is wider is parted by the word processor: three letters of it stood alone."""
    for name, content in written[language].items():
        for table in opened(content).tables:
            for row in table.rows:
                for cell in {cell._tc: cell for cell in row.cells}.values():
                    points = [run.font.size.pt for p in cell.paragraphs for run in p.runs if run.font.size]
                    room = (cell.width or 0) / 12700 - 6  # points between the margins
                    words = [word for word in cell.text.split() if len(word) <= 24 and "……" not in word]
                    widest = max((len(word) * 0.42 for word in words), default=0) * max(points, default=0)
                    assert widest <= max(room, 0) or not words, (name, cell.text)


def test_the_name_of_a_group_stays_with_its_rows_and_what_leads_to_a_list_with_the_list(written):
    document = opened(written["vi"]["quyet-dinh.docx"])
    groups = [
        row.cells[0].paragraphs[0]
        for table in document.tables
        for row in table.rows
        if len(row.cells) > 2 and len({cell._tc for cell in row.cells}) == 1
    ]
    leading = [
        one for one in document.paragraphs if one.text.endswith(":") and not one.style.name.startswith("H")
    ]
    assert groups
    assert leading
    assert all(one.paragraph_format.keep_with_next for one in (*groups, *leading))


def test_short_names_of_agencies_are_explained_where_they_stand_and_no_others(filled, written):
    """The note under an annex names what its own table has."""
    for id in ("tien-do", "quyet-dinh"):
        document = opened(written["vi"][f"{id}.docx"])
        notes = [line.text for line in document.paragraphs if re.search(r"KH&CN: Sở Khoa học", line.text)]
        assert notes
        for note in notes:
            assert "TC: Sở Tài chính" not in note


@pytest.mark.parametrize(
    ("id", "year"),
    [("khao-sat", "2026"), ("to-trinh", "2027"), ("tien-do", "2028"), ("ke-hoach-nam", "2027")],
)
def test_the_year_of_a_document_is_given_and_its_day_is_not(filled, written, id, year):
    head = " ".join(cell.text for cell in opened(written["vi"][f"{id}.docx"]).tables[0].rows[0].cells)
    assert f"năm {year}" in head
    assert "ngày   " in head.replace("\u00a0", " ")
    stated = replace(filled.letterhead, year=2031)
    material = replace(filled.study.material, letterhead=stated)
    assert compose(id, replace(filled, study=replace(filled.study, material=material))).year == "2031"


def test_a_list_of_the_yearly_plan_that_is_long_is_an_annex(filled):
    """At most eight rows stand in the text; the annex has them all."""
    for year in filled.years:
        paper = compose("ke-hoach-nam", filled, Wish(year=year))
        assert all(len(part.rows) <= 8 for part in paper.parts if hasattr(part, "rows"))
        assert all(len(annex.parts[0].rows) > 8 for annex in paper.annexes)


def test_the_cover_sheet_names_its_document_and_the_points_that_it_answers(written):
    shown = lines(opened(written["vi"]["to-trinh-phieu.docx"]))
    assert any(line.startswith("TỜ TRÌNH: Về việc phê duyệt") for line in shown)
    assert {one for one in shown if re.fullmatch(r"R\d\d", one)} == {"R19", "R21"}


def test_what_is_wanted_of_home_affairs_are_people_and_of_firms_no_name(filled):
    """The page of an agency has what concerns it: no money for Home Affairs, no firm by name."""
    home = compose("phieu-viec", filled, Wish(agency="Sở Nội vụ"))
    said = " ".join(render(part.words, "vi") for part in home.parts if hasattr(part, "words"))
    assert "tỷ đồng" not in said
    firms = compose("phieu-viec", filled, Wish(agency="Hiệp hội Doanh nghiệp tỉnh"))
    said = " ".join(render(part.words, "vi") for part in firms.parts if hasattr(part, "words"))
    assert re.search(r"\d+ trong \d+ doanh nghiệp được khảo sát đạt tiêu chuẩn", said)
    assert not re.search(r"\bf\d{3}\b", said)


def test_people_are_those_that_lack_not_those_that_are_needed():
    too_many = text(
        "needs {needed} people, but {limit} are trained by {year}", needed=1250, limit=1100.5, year=2030
    )
    assert people_short(too_many.render("vi")) == 150
    more = text("{people} trained people in {year}", people=1182, year=2029).render("vi")
    assert people_short(f"{more}, {more.replace('2029', '2030')}") == 1182
    through = text("needs {technology}, which cannot be placed: {reason}", technology="GIS", reason=too_many)
    assert people_short(through.render("vi")) == 0


def test_the_page_of_the_standing_agency_has_what_each_agency_leads(filled):
    paper = compose("phieu-viec", filled, Wish(agency="Sở Khoa học và Công nghệ"))
    grid = next(part for part in paper.parts if hasattr(part, "rows"))
    counts = [int(row[1]) for row in grid.rows]
    assert sum(counts[:-1]) == counts[-1] == len(filled.placed)
    said = " ".join(render(part.words, "vi") for part in paper.parts if hasattr(part, "words"))
    assert "gửi Ủy ban nhân dân" in said


def test_one_agency_does_not_sign_what_the_standing_agency_wrote_and_looks_half_a_year_ahead(filled):
    """The report of one agency had the requests of another, and of a half-year the tasks of the next year."""
    paper = compose("tien-do", filled, Wish(agency="Sở Công Thương", period=6))
    assert len(list(paper.gaps("vi"))) == 3
    leads = [render(part.lead, "vi") for part in paper.parts if getattr(part, "lead", "")]
    assert any("từ tháng 01/2029 đến tháng 6/2029" in lead for lead in leads)
    assert "báo cáo của Sở Công Thương" in render(paper.parts[-1].words, "vi")
