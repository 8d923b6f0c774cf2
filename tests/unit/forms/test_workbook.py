"""The workbook form: what stands on it, what can be typed into it, and what is locked."""

import openpyxl
import pytest

import techprio as tp
from techprio.forms.questions import pairs_of, scores_of

EXPERT = tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("AGR",))


@pytest.fixture(scope="module", params=["vi", "en"])
def form(small_study, tmp_path_factory, open_workbook, request):
    place = tmp_path_factory.mktemp("form") / "sent"
    tp.forms.make_forms(
        small_study, [EXPERT], place, language=request.param, deadline="15/12", contact="Sở KH&CN, 0213"
    )
    return request.param, open_workbook(place / "small-e1-r1.xlsx")


def words_of(sheet):
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


def test_the_first_page_says_for_whom_how_long_until_when_and_whom_to_ask(form):
    language, book = form
    words = words_of(book.book.worksheets[0])
    expected = {
        "vi": ["Nguyễn Văn An (e1)", "6 so sánh, khoảng 1 phút · 15 điểm, khoảng 2 phút", "còn thiếu: "],
        "en": ["Nguyễn Văn An (e1)", "6 comparisons, about 1 min · 15 scores, about 2 min", "still open: "],
    }[language]
    for said in (*expected, "15/12", "Sở KH&CN, 0213"):
        assert said in words, said


def test_definitions_level_words_and_units_stand_on_the_sheets(form):
    language, book = form
    pairs, scores, grid = (words_of(sheet) for sheet in book.book.worksheets[1:4])
    definition, between, unit, other = {
        "vi": ("Có nhà cung cấp.", "2 - giữa 1 và 3", "việc làm", "jobs"),
        "en": ("Suppliers exist.", "2 - between 1 and 3", "jobs", "việc làm"),
    }[language]
    assert definition in pairs
    for words in (scores, grid):
        assert all(said in words for said in (definition, between, unit)), words
        assert other not in words
    best = {"vi": "1 - không rủi ro (tốt nhất)", "en": "1 - no risk (best)"}[language]
    assert best in scores  # the best is said where 1 is best, too


def test_only_answers_can_be_changed(form, small_study):
    _, book = form
    asked = {*pairs_of(small_study), *scores_of(small_study, EXPERT)}
    open_cells = {
        (sheet.title, cell.coordinate)
        for sheet in book.book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    expected = set()
    for question in asked:
        for key in ("side", "degree", "note") if question.key.startswith("pair:") else ("value", "note"):
            cell = book.cell(question.key, key)
            expected.add((cell.parent.title, cell.coordinate))
    for technology in ("AGR01", "AGR02", "AGR03"):
        for criterion in ("F1", "F2", "F3", "J", "R"):
            cell = book.cell(f"grid:AGR:{technology}", criterion)
            expected.add((cell.parent.title, cell.coordinate))
    guide = book.book.worksheets[0]
    missing = {place for place in open_cells if place[0] == guide.title}
    assert len(missing) == 1  # what experts miss
    assert open_cells - missing == expected
    assert all(sheet.protection.sheet for sheet in book.book.worksheets[:4])
    assert book.book["techprio"].sheet_state == "veryHidden"


def rule_of(cell):
    return next(rule for rule in cell.parent.data_validations.dataValidation if cell.coordinate in rule.sqref)


@pytest.mark.parametrize(
    ("question", "key", "kind", "limits"),
    [
        ("pair:root:F:J", "side", "list", None),
        ("pair:root:F:J", "degree", "list", None),
        ("score:AGR:AGR01:F1", "value", "list", None),
        ("grid:AGR:AGR01", "F1", "list", None),
        ("score:AGR:AGR03:F3", "value", "decimal", (0, 60)),
        ("score:AGR:AGR01:J", "value", "decimal", (1, 10_000)),
        ("grid:AGR:AGR02", "J", "decimal", (1, 10_000)),
    ],
)
def test_every_answer_has_its_list_or_its_limits(form, question, key, kind, limits):
    rule = rule_of(form[1].cell(question, key))
    assert rule.type == kind
    assert rule.errorStyle == "warning"  # a range may be meant
    if limits:
        assert (float(rule.formula1), float(rule.formula2)) == limits
        unit = {"vi": ("tháng", "việc làm"), "en": ("months", "jobs")}[form[0]]
        assert any(word in rule.error for word in unit)


def test_a_name_that_looks_like_a_formula_stays_a_name(small_study, tmp_path):
    expert = tp.forms.Expert("e1", '=HYPERLINK("x")', "agencies")
    tp.forms.make_forms(small_study, [expert], tmp_path / "sent")
    book = openpyxl.load_workbook(tmp_path / "sent" / "small-e1-r1.xlsx")
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
