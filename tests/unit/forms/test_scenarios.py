"""What study teams saw with returned forms, by class, each with siblings: read by a rule, or found.

Of 49 ways in which forms went out and came back 34 had been silently wrong or unhelpful. Each class of them
stands below once, with ways of its own; ``read`` is the answer that must be in the table, ``found`` the code
of the finding and a word that it must say. The other eleven questions, and the other expert, are read in
every case.
"""

import datetime

import pytest

from techprio.forms.questions import pairs_of, scores_of

PAIR, LEVEL = "pair:root:F:J", "score:AGR:AGR01:F1"
NUMBER, MONTHS = "score:AGR:AGR01:J", "score:AGR:AGR01:F3"
GRID = "Bảng điểm AGR"


def typed(question, value, degree=None):
    """Write one answer otherwise than from the list."""

    def change(form):
        form.answer(question, value)
        if question.startswith("pair:"):
            form.cell(question, "degree").value = degree

    return change


def kept_by_excel(value, number_format):
    def change(form):
        form.cell(LEVEL, "value").value = value
        form.cell(LEVEL, "value").number_format = number_format

    return change


def exchanged(column):
    """Exchange two rows under one column only, as a partial sort does."""

    def change(form):
        sheet, row = form.rows[LEVEL]
        one, other = (sheet.cell(at, form.columns[sheet.title][column]) for at in (row, row + 1))
        one.value, other.value = other.value, one.value

    return change


def copied(value):
    """Copy the sheet of scores, and answer one question of the copy otherwise."""

    def change(form):
        sheet, row = form.rows[LEVEL]
        copy = form.book.copy_worksheet(sheet)
        copy.cell(row, form.columns[sheet.title]["value"]).value = value

    return change


def without(*titles):
    def change(form):
        for title in titles:
            del form.book[title]

    return change


def moved(form):
    for sheet in form.book.worksheets[1:4]:
        sheet.insert_cols(2)
        sheet.insert_rows(1)


def renamed(form):
    form.book["So sánh cặp"].title = "của tôi"
    form.book.move_sheet("Chấm điểm AGR", -1)


#: class: (way, change, question, what is read, what is found)
SCENARIOS = {
    "words for equality": [
        *((f"side {words}", typed(PAIR, words), PAIR, (1, None, None), None)
          for words in ("bằng nhau", "Ngang nhau", "=", "như nhau", "EQUAL", "Quan trọng như nhau")),
        ("beside its degree 1", typed(PAIR, "ngang nhau", 1), PAIR, (1, None, None), None),
        ("with a degree", typed(PAIR, "=", 5), PAIR, None, "no degree beside"),
        ("degree 1 beside a side", typed(PAIR, "A", 1), PAIR, None, "= as the side"),
    ],
    "words for a side": [
        *((f"side {words}", typed(PAIR, words, 5), PAIR, (5, None, None), None)
          for words in ("A", "b", "F", "Khả thi", "kha thi", "Feasibility", "F Khả thi", "J Jobs")),
        *((f"side {words}", typed(PAIR, words, 5), PAIR, None, "F, J, = or ?")
          for words in ("cả hai", "x", "F > J", "A, B")),
    ],
    "half of a comparison": [
        ("no degree", typed(PAIR, "A"), PAIR, None, "no degree"),
        ("no side", typed(PAIR, None, 5), PAIR, None, "no side"),
    ],
    "ways of a degree": [
        *((f"degree {words}", typed(PAIR, "A", words), PAIR, (5, None, None), None)
          for words in (5, "5", "5 - quan trọng hơn rõ rệt", "rõ rệt", "hơn rõ rệt", "rõ rệt (5)", "~5",
                        "khoảng 5", "mức 5", "5 điểm")),
        *((f"degree {words}", typed(PAIR, "A", words), PAIR, (6, 4, 9), None)
          for words in ("4-9", "4 hoặc 9", "từ 4 đến 9", "9 – 4")),
        *((f"degree {words}", typed(PAIR, "A", words), PAIR, None, "a degree from 2 to 9")
          for words in ("1/5", 12, 0, "4,5", "rất", "5 - rất nhiều", "A")),
    ],
    "ranges and words of levels": [
        *((f"level {words}", typed(LEVEL, words), LEVEL, (4, 3, 5), None)
          for words in ("3-5", "3 - 5", "3 đến 5", "từ 3 đến 5", "vừa hoặc tốt", "mức 3 đến mức 5")),
        *((f"level {words}", typed(LEVEL, words), LEVEL, (3.5, 3, 4), None)
          for words in ("3 hoặc 4", "4 or 3", "3,5", "3.5", 3.5)),
        *((f"level {words}", typed(LEVEL, words), LEVEL, (5, None, None), None)
          for words in ("tốt", "5 (tốt)", "5 - tốt", "mức 5", "5 điểm", "good")),
        *((f"level {words}", typed(LEVEL, words), LEVEL, None, "a level from 1 to 5")
          for words in ("3/4", "3;4", ">3", "4+", 6, 0, "5 (kém)", "cao")),
    ],
    "numbers with a unit, and with two readings": [
        *((f"number {words}", typed(NUMBER, words), NUMBER, (1500, None, None), None)
          for words in (1500, "1500 việc làm", "1 500", "khoảng 1500", "1500 jobs")),
        ("a range", typed(NUMBER, "100-10000"), NUMBER, (1000, 100, 10000), None),
        ("two readings", typed(NUMBER, "1.500"), NUMBER, None, "two readings: write 1.5 or 1500"),
        ("with a comma", typed(NUMBER, "1,500"), NUMBER, None, "two readings: write 1.5 or 1500"),
        ("one of them off the scale", typed(MONTHS, "1.500"), MONTHS, None, "write 1.5"),
        *((f"number {words}", typed(NUMBER, words), NUMBER, None, "a number from 1 to 10,000 jobs")
          for words in ("1,5 nghìn", "1.5k", ">100", 0, -3, "100-200 người", "nhiều")),
    ],
    "what Excel makes of an answer": [
        ("a date", kept_by_excel(datetime.datetime(2026, 5, 3), "d-mmm"), LEVEL, None, "Excel made a date"),
        ("a formula without its value", kept_by_excel("=1+2", "General"), LEVEL, None, "=1+2"),
        ("an error", kept_by_excel("#N/A", "General"), LEVEL, None, "#N/A"),
        ("true", kept_by_excel(True, "General"), LEVEL, None, "a level from 1 to 5"),
    ],
    "copied sheets": [
        ("the same answers", copied(4), LEVEL, (4, None, None), None),
        ("another answer", copied(2), LEVEL, None, "another one stands at"),
        ("left open", copied(None), LEVEL, (4, None, None), None),
    ],
    "sheets and columns that were moved": [
        ("inserted columns and rows", moved, LEVEL, (4, None, None), None),
        ("renamed and moved sheets", renamed, PAIR, (3, None, None), None),
        ("a sheet deleted", without("Chấm điểm AGR", GRID), LEVEL, None, "15 questions stand on no sheet"),
        ("a list deleted", without("Chấm điểm AGR"), LEVEL, None, "15 questions stand on no sheet"),
        ("a grid deleted", without(GRID), LEVEL, (4, None, None), None),
    ],
    "answers beside the wrong technology": [
        ("names exchanged", exchanged("technology"), LEVEL, None, "moved against their hidden marks"),
        ("hidden marks exchanged", exchanged("question"), LEVEL, None, "moved against their hidden marks"),
    ],
}  # fmt: skip
CASES = [(name, *case) for name, cases in SCENARIOS.items() for case in cases]


@pytest.mark.parametrize(
    ("change", "question", "read", "said"),
    [case[2:] for case in CASES],
    ids=[f"{c[0]}: {c[1]}" for c in CASES],
)
def test_a_workbook_as_it_comes_back(a_round, states, change, question, read, said):
    form = a_round.form("e1").answer_all()
    change(form)
    form.save(a_round.back / "phiếu.xlsx")
    a_round.put_answers("e2")
    found = a_round.read()
    is_pair = question.startswith("pair:")
    table = (found.comparisons if is_pair else found.answers).query("expert == 'e1'")
    table = table.set_index(["one", "other"] if is_pair else ["technology", "criterion"])
    value = table[["strength" if is_pair else "value", "low", "high"]].astype(object)
    value = value.where(value.notna(), None)
    key = tuple(question.split(":")[2:])
    if read is None:
        assert key not in value.index
        assert any(said in problem.render("en") for problem in found.problems)
        assert states(found)["e1"] == "incomplete"
    else:
        assert [problem.render("en") for problem in found.problems] == []
        assert tuple(value.loc[key]) == read
        assert states(found)["e1"] == "complete"
    lost = [one for one in found.problems if "no sheet" in str(one.found)]
    asked = len(pairs_of(a_round.study)) + len(scores_of(a_round.study, a_round.experts[0]))
    if not lost:
        assert len(found.comparisons.query("expert == 'e1'")) + len(found.answers) >= asked - 2
    assert states(found)["e2"] == "complete"


def test_an_empty_form_is_said_to_be_empty(a_round):
    a_round.form("e1").save(a_round.back / "phiếu.xlsx")
    found = a_round.read()
    assert [what.render("en") for what in found.doubtful["what"]] == ["the form came back empty"]
    assert found.problems == ()
