"""One returned workbook: each answer by itself, wherever its cell stands now."""

import pandas as pd
import pytest

import techprio as tp
from techprio.forms.questions import pairs_of, scores_of

PAIR, LEVEL, NUMBER = "pair:root:F:J", "score:AGR:AGR01:F1", "score:AGR:AGR01:J"


def answers(found):
    table = found.answers.set_index(["technology", "criterion"])
    return {key: tuple(row) for key, row in table[["value", "low", "high"]].iterrows()}


def judged(found, one, other):
    rows = found.comparisons.query("one == @one and other == @other")
    return rows.iloc[0]


@pytest.mark.parametrize(("side", "preferred"), [("A", 0), ("B", 1)])
def test_the_letter_of_a_column_is_the_side_that_stands_there(a_round, side, preferred):
    form = a_round.form("e1").answer_all(side=side)
    shown = [form.cell(PAIR, letter).value.split(" ")[0] for letter in "AB"]
    form.save(a_round.back / "a.xlsx")
    assert judged(a_round.read(), "F", "J")["preferred"] == shown[preferred]


def test_a_side_by_id_or_name(a_round):
    form = a_round.form("e1")
    said = ["F", "Khả thi", "Risk", "F1 Tiếp cận", "f1  tiep can", "Skills"]
    meant = ["F", "F", "R", "F1", "F1", "F2"]
    for pair, words in zip(pairs_of(a_round.study), said, strict=True):
        form.answer(pair.key, words, 5)
    form.save(a_round.back / "a.xlsx")
    assert a_round.read().comparisons["preferred"].tolist() == meant


def test_everything_that_was_filled_in_comes_back(a_round, states, small_study):
    form = a_round.form("e1").answer_all(side="=", degree=None, level="4 - giữa 3 và 5", number="6 tháng")
    for question in form.rows:
        if question.startswith("score:") and question.endswith(":J"):
            form.answer(question, "100-10000", note="ước lượng")
    form.save(a_round.back / "phiếu An.xlsx")
    found = a_round.read()
    assert found.problems == ()
    assert states(found) == {"e1": "complete", "e2": "missing", "e3": "missing"}
    assert (found.judgments["strength"] == 1).all()
    assert len(found.judgments) == len(pairs_of(small_study))
    assert len(found.answers) == len(scores_of(small_study, a_round.experts[0]))
    assert answers(found)["AGR02", "J"] == (1000, 100, 10000)
    assert set(found.answers.query("criterion == 'J'")["note"]) == {"ước lượng"}
    row = found.scores.set_index(["technology", "criterion"]).loc[("AGR02", "J")]
    assert (row["value"], row["low"], row["high"]) == (1000, 100, 10000)


BAD = [
    ("pair:root:F:J", "the first one", 3, "F603", "side"),
    ("pair:root:F:R", "A", "12 - more", "F603", "degree"),
    ("pair:root:J:R", "A", None, "F604", "degree"),
    ("pair:F:F1:F2", None, 5, "F604", "side"),
    ("pair:F:F1:F3", "=", 5, "F604", "degree"),
    ("pair:F:F2:F3", "không biết", 5, "F604", "degree"),
    ("score:AGR:AGR01:F1", 6, None, "F603", "value"),
    ("score:AGR:AGR02:F1", "5 - kém", None, "F603", "value"),
    ("score:AGR:AGR01:J", "1.500", None, "F603", "value"),
    ("score:AGR:AGR02:J", "nhiều", None, "F603", "value"),
    ("score:AGR:AGR03:J", 20_000, None, "F603", "value"),
]


def test_one_bad_answer_costs_that_answer(a_round, states):
    form = a_round.form("e1").answer_all()
    expected = set()
    for question, value, degree, code, key in BAD:
        form.answer(question, value)
        if question.startswith("pair:"):
            form.cell(question, "degree").value = degree
        cell = form.cell(question, key)
        expected.add((code, "a.xlsx", f"{cell.parent.title}!{cell.coordinate}"))
    form.save(a_round.back / "a.xlsx")
    a_round.form("e2").answer_all().save(a_round.back / "b.xlsx")
    found = a_round.read()
    assert {(one.code, one.file, str(one.place)) for one in found.problems} == expected
    assert len(found.problems) == len(BAD)
    assert states(found) == {"e1": "incomplete", "e2": "complete", "e3": "missing"}
    row = found.progress.set_index("expert").loc["e1"]
    total = row["pairs"] + row["scores"]
    assert (row["pairs_answered"] + row["scores_answered"], row["findings"]) == (total - len(BAD), len(BAD))
    strict = a_round.read(strict=True)
    assert states(strict) == {"e1": "refused", "e2": "complete", "e3": "missing"}
    assert "e1" not in set(strict.answers["expert"]) | set(strict.comparisons["expert"])


def test_a_number_with_two_readings_proposes_both(a_round):
    form = a_round.form("e1")
    form.answer(NUMBER, "1.500")
    form.save(a_round.back / "a.xlsx")
    (problem,) = a_round.read().problems
    assert problem.proposal.render("en") == "two readings: write 1.5 or 1500"


def test_a_range_that_excel_made_a_date(a_round):
    import datetime

    form = a_round.form("e1")
    form.cell(LEVEL, "value").number_format = "d-mmm"
    form.cell(LEVEL, "value").value = datetime.datetime(2026, 5, 3)
    form.save(a_round.back / "a.xlsx")
    (problem,) = a_round.read().problems
    assert problem.code == "F603"
    assert "Excel made a date of it" in problem.render("en")


def test_unknown_counts_as_an_answer_and_a_blank_does_not(a_round, states):
    form = a_round.form("e2").answer_all()
    form.answer(PAIR, "Không biết")
    form.cell(PAIR, "degree").value = None
    for key in ("side", "degree"):
        form.cell("pair:root:F:R", key).value = None
    form.save(a_round.back / "b.xlsx")
    found = a_round.read()
    row = found.progress.set_index("expert").loc["e2"]
    assert (row["unknown"], row["pairs_answered"], row["state"]) == (1, row["pairs"] - 2, "incomplete")


def test_a_half_filled_node_is_kept_and_counts_later(a_round):
    a_round.form("e1").answer_all().save(a_round.back / "a.xlsx")
    form = a_round.form("e2")
    form.answer("pair:F:F1:F2", "A", 3)  # F3 is joined by nothing
    form.save(a_round.back / "b.xlsx")
    found = a_round.read()
    assert set(found.judgments["expert"]) == {"e1"}
    assert len(found.comparisons.query("expert == 'e2'")) == 1
    assert any("e2: comparisons of Feasibility do not join" in str(note) for note in found.notes)


def test_nobody_has_compared_a_node(a_round):
    form = a_round.form("e2")
    for question in ("pair:root:F:J", "pair:root:F:R"):
        form.answer(question, "A", 3)
    form.save(a_round.back / "b.xlsx")
    found = a_round.read()
    said = [str(note) for note in found.notes]
    assert said == ["weights cannot be computed yet; nobody has compared all of: Feasibility"]
    assert len(found.judgments) == 2


def copied(form, title):
    """Copy a sheet inside the workbook, as people do to keep a version."""
    sheet = form.book[title]
    copy = form.book.copy_worksheet(sheet)
    copy.title = f"{title} (2)"
    return copy


@pytest.mark.parametrize("title", ["So sánh cặp", "Chấm điểm AGR"])
def test_a_copied_sheet_with_the_same_answers_counts_once(a_round, states, title):
    form = a_round.form("e1").answer_all()
    copied(form, title)
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert found.problems == ()
    assert states(found)["e1"] == "complete"


def test_a_copied_sheet_with_another_answer_costs_that_question(a_round, states):
    form = a_round.form("e1").answer_all()
    sheet, row = form.rows[LEVEL]
    column = form.columns[sheet.title]["value"]
    copied(form, sheet.title).cell(row, column).value = 2
    form.save(a_round.back / "a.xlsx")
    a_round.form("e2").answer_all().save(a_round.back / "b.xlsx")
    found = a_round.read()
    (problem,) = found.problems
    assert (problem.code, str(problem.place)) == ("F610", f"Chấm điểm AGR (2)!{chr(64 + column)}{row}")
    assert ("AGR01", "F1") not in answers(found)
    assert len(answers(found)) == 14
    assert states(found)["e2"] == "complete"


def test_a_copy_that_was_left_empty_takes_nothing_away(a_round, states):
    form = a_round.form("e1")
    copied(form, "Chấm điểm AGR")
    form.answer_all().save(a_round.back / "a.xlsx")
    assert states(a_round.read())["e1"] == "complete"


@pytest.mark.parametrize("before", [1, 2, 3])
def test_an_inserted_column_or_row_moves_nothing(a_round, states, before):
    form = a_round.form("e1").answer_all()
    for sheet in form.book.worksheets[1:4]:
        sheet.insert_cols(before)
        sheet.insert_rows(6)
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert [problem.render("en") for problem in found.problems] == []
    assert states(found)["e1"] == "complete"


def test_rows_that_were_sorted_without_their_marks(a_round):
    form = a_round.form("e1").answer_all()
    sheet, row = form.rows[LEVEL]
    name = form.columns[sheet.title]["technology"]
    for key in (name, form.columns[sheet.title]["value"]):
        one, other = sheet.cell(row, key), sheet.cell(row + 1, key)
        one.value, other.value = other.value, one.value
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert [problem.code for problem in found.problems] == ["F612", "F612"]
    assert {("AGR01", "F1"), ("AGR02", "F1")}.isdisjoint(answers(found))


def test_the_grid_is_read_like_the_list(a_round, states):
    form = a_round.form("e1")
    for question in form.rows:
        if question.startswith("pair:"):
            form.answer(question, "A", 2)
    for technology in ("AGR01", "AGR02", "AGR03"):
        for criterion in ("F1", "F2", "F3", "J", "R"):
            form.cell(f"grid:AGR:{technology}", criterion).value = "3-5" if criterion == "F1" else 3
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert found.problems == ()
    assert states(found)["e1"] == "complete"
    assert answers(found)["AGR03", "F1"] == (4, 3, 5)


def test_list_and_grid_that_contradict_each_other(a_round):
    form = a_round.form("e1").answer_all()
    form.cell("grid:AGR:AGR01", "F1").value = 2
    form.cell("grid:AGR:AGR01", "F2").value = 4  # the same as in the list
    form.save(a_round.back / "a.xlsx")
    (problem,) = a_round.read().problems
    assert (problem.code, str(problem.field)) == ("F610", "AGR01 / F1")


def test_notes_stay_with_answers_and_without(a_round):
    form = a_round.form("e1").answer_all()
    form.answer(PAIR, "A", 3, note="vì điện")
    form.answer(LEVEL, 4, note="=có đại lý")
    for key in ("value",):
        form.cell("score:AGR:AGR02:F1", key).value = None
    form.cell("score:AGR:AGR02:F1", "note").value = "hỏi lại sở"
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert "vì điện" in set(found.judgments["note"])
    assert found.answers.set_index(["technology", "criterion"]).loc[("AGR01", "F1"), "note"] == "=có đại lý"
    said = found.doubtful.set_index("node")["what"]["AGR02 / F1"]
    assert said.render("en") == "a note without an answer: hỏi lại sở"


@pytest.mark.parametrize("names", [("A 1", "A 1 b", "A"), ("A:1", "A:2", "B")])
@pytest.mark.parametrize("sheet", ["list", "grid"])
def test_ids_that_hold_blanks_or_colons(small_study, new_round, tmp_path, names, sheet):
    leaves = tuple(
        tp.Criterion(name, direction="max", scale=tp.Scale("ordinal", 1, 5)) for name in ("F 1", "F", "F 1 b")
    )
    table = pd.DataFrame({"sector": "AGR"}, index=list(names))
    tree = tp.CriteriaTree("s", "root", leaves)
    catalog = tp.Catalog(tree, (), table, missing="full_range")
    study = tp.Study(catalog, weights={leaf.id: 1 / 3 for leaf in leaves}, id="small")
    experts = (tp.forms.Expert("e1", "An", "g", ("AGR",)),)
    made = new_round(tmp_path, study=study, experts=experts)
    form = made.form("e1")
    for question in form.rows:
        if question.startswith("pair:"):
            form.answer(question, "A", 3)
        elif question.startswith("score:") and sheet == "list":
            form.answer(question, 4)
        elif question.startswith("grid:") and sheet == "grid":
            for leaf in leaves:
                form.cell(question, leaf.id).value = 4
    form.save(made.back / "a.xlsx")
    found = made.read()
    assert found.problems == ()
    assert set(found.progress["state"]) == {"complete"}
    assert (len(found.answers), set(found.answers["value"])) == (9, {4})


def test_what_is_missing_is_a_suggestion_and_no_number(a_round):
    form = a_round.form("e1").answer_all()
    guide = form.book.worksheets[0]
    row = next(row[0].row for row in guide.iter_rows() if row[1].value == "missing")
    guide.cell(row, 1).value = "Kho thóc"
    form.save(a_round.back / "a.xlsx")
    assert a_round.read().suggestions.values.tolist() == [["e1", "Kho thóc"]]


def test_a_group_that_was_typed_into_the_file_is_ignored(a_round):
    form = a_round.form("e1").answer_all()
    meta = form.book["techprio"]
    meta.cell(20, 1).value, meta.cell(20, 2).value = "group", "another"
    form.save(a_round.back / "a.xlsx")
    assert set(a_round.read().judgments["group"]) == {"agencies"}


def test_a_sheet_without_its_marks_is_named(a_round):
    form = a_round.form("e1").answer_all()
    form.book["Chấm điểm AGR"].delete_rows(3)
    form.save(a_round.back / "a.xlsx")
    found = a_round.read()
    assert [(problem.code, str(problem.place)) for problem in found.problems] == [("F601", "Chấm điểm AGR")]
    assert len(found.comparisons) == 6
