"""Answers on a scale as experts return them (cases of CASES.md)."""

import math

import pytest

import techprio as tp

from .files_of_cases import workbook

SCALE = {"Rất thấp": 1, "Thấp": 2, "Trung bình": 3, "Cao": 4, "Rất cao": 5}


def put(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def problems(call):
    with pytest.raises(tp.DataFileError) as caught:
        call()
    for problem in caught.value.problems:
        assert problem.render("vi") != problem.render("en")
    return caught.value.problems


# 079
def test_words_and_numbers_in_one_column(tmp_path):
    rows = [
        ["Chuyên gia", "CN01", "CN02", "CN03", "CN04"], ["E01", 5, "Cao", "5 - Rất cao", "4.0"],
        ["E02", "rất  cao", "3", "Trung bình", "Không biết"], ["E03", "Thấp", 2, None, "KB"],
    ]  # fmt: skip
    path = put(tmp_path, workbook(rows, sheet="Phiếu"), "answers.xlsx")
    answers = tp.inputs.read_answers(path, scale=SCALE, no_answer=["Không biết", "KB"], sheet="Phiếu")
    found = {who: [None if math.isnan(x) else x for x in row] for who, row in zip(
        answers.table.index, answers.table.to_numpy(), strict=True
    )}  # fmt: skip
    assert found == {"E01": [5, 4, 5, 4], "E02": [5, 3, 3, None], "E03": [2, 2, None, None]}
    assert answers.mean.to_dict() == {"CN01": 4, "CN02": 3, "CN03": 4, "CN04": 4}
    assert answers.counted.to_dict() == {"CN01": 3, "CN02": 3, "CN03": 2, "CN04": 1}
    assert {note.render("en") for note in answers.notes} == {
        "answers.xlsx, Phiếu!D4: E03 left CN03 empty",
        "answers.xlsx, Phiếu!E3: E02 gave no answer on CN04: Không biết",
        "answers.xlsx, Phiếu!E4: E03 gave no answer on CN04: KB",
    }


def test_word_off_the_scale(tmp_path):
    path = put(tmp_path, "Người,CN01,CN02\nE01,Cáo,4 - Rất cao\nE02,Cao,Không biết\n", "answers.csv")
    found = problems(lambda: tp.inputs.read_answers(path, scale=SCALE))
    assert [(p.code, p.field, p.found) for p in found] == [
        ("T113", "E01: CN01", "Cáo"), ("T113", "E01: CN02", "4 - Rất cao"),
        ("T113", "E02: CN02", "Không biết"),
    ]  # fmt: skip
    assert str(found[0].proposal) == "did you mean Cao?"


# 080
def test_ticked_twice_or_not_at_all(tmp_path):
    head = ["Công nghệ", 1, 2, 3, 4, 5]
    sound = [["CN01", None, None, "x"], ["CN04", None, None, None, None, "✓"]]
    path = put(tmp_path, workbook([head, *sound], sheet="Phiếu"), "answers.xlsx")
    assert tp.inputs.read_ticks(path, sheet="Phiếu").to_dict() == {"CN01": 3, "CN04": 5}
    rows = [head, sound[0], ["CN02", None, "X", None, "x"], ["CN03"], sound[1]]
    path = put(tmp_path, workbook(rows, sheet="Phiếu"), "answers.xlsx")
    found = problems(lambda: tp.inputs.read_ticks(path))
    assert [(p.code, p.place, p.field, str(p.found)) for p in found] == [
        ("T132", "Phiếu!3:3", "CN02", "ticks at 2, 4"), ("T132", "Phiếu!4:4", "CN03", "no tick")
    ]  # fmt: skip


# 081
def test_ninety_nine_and_zero_for_no_answer(tmp_path):
    path = put(tmp_path, "chuyen_gia,CN01,CN02\nE01,4,99\nE02,0,3\nE03,5,4\n", "answers.csv")
    found = problems(lambda: tp.inputs.read_answers(path, scale=(1, 5)))
    assert [(p.code, p.field, p.found) for p in found] == [
        ("T112", "E01: CN02", "99"), ("T112", "E02: CN01", "0")
    ]  # fmt: skip
    assert "no_answer" in found[0].render("vi")


# 107
def test_scale_turned_round_is_told_and_left(tmp_path):
    words = "ma,E01,E02,E03,E04\nCN01,5,5,4,1\nCN02,4,5,4,2\nCN03,3,3,3,3\nCN04,2,2,1,4\nCN05,1,1,1,5\n"
    scores = tp.read_score_table(put(tmp_path, words, "scores.csv")).scores
    assert scores.mean(axis=1).tolist() == [3.75, 3.75, 3, 2.25, 2]
    agreement = tp.weighting.correlate_with_others(scores.T)
    assert agreement["E04"] == pytest.approx(-1, abs=1e-9)
    assert (agreement.drop("E04") > 0).all()


def test_expert_twice(tmp_path):
    path = put(tmp_path, "chuyen_gia,CN01\nE01,4\ne01 ,5\n", "answers.csv")
    (problem,) = problems(lambda: tp.inputs.read_answers(path, scale=(1, 5)))
    assert (problem.code, str(problem.place)) == ("T129", "line 3")
