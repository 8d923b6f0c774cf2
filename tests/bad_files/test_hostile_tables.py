"""Tables that look like something else: the right reading, or one problem that shows both; never silence.

A group of tables is a kind of misreading; what is tried is each one, and what the caller then says of it.
"""

import re

import openpyxl
import pytest

import techprio as tp


def written(folder, words):
    """Write lines as a CSV file, or rows as a workbook."""
    if isinstance(words, str):
        file = folder / "table.csv"
        file.write_text(words, encoding="utf-8")
        return file
    book = openpyxl.Workbook()
    for row in words:
        book.active.append(row)
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def told(reader, file, **options):
    """Return the one problem of a table."""
    with pytest.raises(tp.DataFileError) as caught:
        reader(file, **options)
    (problem,) = caught.value.problems
    return problem


def lines(problem):
    """Return the lines that a proposal names, as in ``layout={6: 'data'}``."""
    return {int(number) for number in re.findall(r"\{(\d+):", str(problem.proposal))}


SUMS = {
    "total under a name": "plant,a,b\nSolar,2,4\nWind,4,6\nTidal,1,2\nHydro,5,8\nCombined,12,20\n",
    "total under a letter": "plant,a,b\nA,1,2\nB,1,2\nC,2,4\nD,4,8\nE,8,16\n",
    "total of a region": "xã,a,b\nNậm Nhùn,2,4\nMường Tè,4,6\nSìn Hồ,1,2\nTam Đường,5,8\nHuyện,12,20\n",
}


@pytest.mark.parametrize("words", SUMS.values(), ids=SUMS)
def test_an_alternative_that_equals_the_sum_of_the_others_is_asked_for(words, tmp_path):
    file = written(tmp_path, words)
    problem = told(tp.read_score_table, file)
    assert (problem.code, lines(problem)) == ("T137", {6})
    assert len(tp.read_score_table(file, layout={6: "data"}).scores) == 5
    assert len(tp.read_score_table(file, layout={6: "total"}).scores) == 4


@pytest.mark.parametrize("name", ["Tổng", "All", "Toàn tỉnh", "Cả tỉnh", ""])
def test_a_sum_under_its_name_or_none_is_left_out_and_told(name, tmp_path):
    words = f"plant,a,b,c\nSolar,2,4,6\nWind,4,6,8\nTidal,1,2,3\nHydro,5,8,11\n{name},12,20,28\n"
    table = tp.read_score_table(written(tmp_path, words))
    assert list(table.scores.index) == ["Solar", "Wind", "Tidal", "Hydro"]
    assert table.layout.left_out["role"].tolist() == ["total"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Cộng nhóm I,8,10", "Cộng nhóm II,3,3"),
        ("Tổng vùng 1,8,10", "Tổng vùng 2,3,3"),
        ("Subtotal north,8,10", "Subtotal south,3,3"),
        ("Trung bình nhóm 1,4,5", "Trung bình nhóm 2,1.5,1.5"),
    ],
)
def test_sums_of_groups_are_no_alternatives(first, second, tmp_path):
    words = f"id,a,b\nT1,3,4\nT2,5,6\n{first}\nT3,1,1\nT4,2,2\n{second}\nTổng cộng,11,13\n"
    table = tp.read_score_table(written(tmp_path, words))
    assert list(table.scores.index) == ["T1", "T2", "T3", "T4"]
    assert table.layout.left_out["place"].tolist() == ["4", "7", "8"]


@pytest.mark.parametrize("name", ["Average of experts", "Total Energies", "Trung bình các xã"])
def test_a_row_that_begins_like_a_sum_and_is_none_is_asked_for(name, tmp_path):
    file = written(tmp_path, f"plant,a,b\nSolar,3,4\nWind,5,7\nBio,1,1\n{name},3.3,4.1\n")
    problem = told(tp.read_score_table, file)
    assert (problem.code, lines(problem)) == ("T137", {5})
    assert name in tp.read_score_table(file, layout={5: "data"}).scores.index


def test_offices_and_practices_are_no_sums(tmp_path):
    words = "đơn vị,a,b\nTổng công ty điện,3,4\nTập đoàn than,5,6\nMinimum tillage,8,1\nTổng cục,2,2\n"
    assert len(tp.read_score_table(written(tmp_path, words)).scores) == 4


def test_signatures_below_a_table_are_notes(tmp_path):
    rows = [["Mã", "a", "b"], ["T1", 3, 4], ["T2", 5, 6], [], [None, "Lai Châu, ngày 3 tháng 5 năm 2026"]]
    for below in (["Người lập", "Giám đốc"], [None, "Người lập"], ["Ghi chú:", "điểm từ thấp đến cao"]):
        table = tp.read_score_table(written(tmp_path, [*rows, below]))
        assert list(table.scores.index) == ["T1", "T2"]
        assert set(table.layout.left_out["role"]) <= {"note", "section"}
    with pytest.raises(tp.DataFileError):  # a code like the others is no signature
        tp.read_score_table(written(tmp_path, [*rows[:4], ["T3", "n/a", "n/a"]]))


LIKE_WEIGHTS = {
    "without a name": ("id,a,b,c\nT1,30,4,5\nT2,50,6,7\nT3,20,5,6\n,0.2,0.3,0.5\n", 5),
    "in percent, without a name": ("id,a,b,c\nT1,30,4,5\nT2,50,6,7\nT3,20,5,6\n,20,30,50\n", 5),
    "under a foreign name": ("id,a,b,c\nT1,3,4,5\nT2,5,6,7\nT3,5,3,7\nGewicht,0.2,0.3,0.5\n", 5),
    "in percent, under a foreign name": ("id,a,b,c\nT1,3,4,5\nT2,5,6,7\nT3,5,3,7\nPoids,20,30,50\n", 5),
    "like an alternative": ("id,a,b,c\nT1,3,4,5\nT2,5,6,7\nT3,0.2,0.3,0.5\n", 4),
    "above the headings": (",0.2,0.3,0.5\nid,a,b,c\nT1,30,4,5\nT2,50,6,7\nT3,20,5,6\n", 1),
}


@pytest.mark.parametrize(("words", "line"), LIKE_WEIGHTS.values(), ids=LIKE_WEIGHTS)
def test_a_row_that_may_hold_weights_is_asked_for(words, line, tmp_path):
    file = written(tmp_path, words)
    problem = told(tp.read_score_table, file)
    assert (problem.code, lines(problem)) == ("T137", {line})
    table = tp.read_score_table(file, layout={line: "weights"})
    assert sum(table.weights.values()) in (pytest.approx(1), 100)


@pytest.mark.parametrize(
    "rows",
    [
        "Trọng số AHP,0.4,0.6\nTrọng số Entropy,0.5,0.5\n",
        "Weight,0.4,0.6\nWeights,0.5,0.5\n",
        "Type,max,min\nDirection,max,max\n",
        "Đơn vị,tấn,ha\nUnit,t,ha\n",
    ],
)
def test_two_rows_of_weights_or_directions_are_not_chosen_from(rows, tmp_path):
    file = written(tmp_path, "id,a,b\nT1,3,4\nT2,5,6\nT3,7,2\n" + rows)
    problem = told(tp.read_score_table, file)
    assert (problem.code, lines(problem)) == ("T137", {5, 6})
    assert len(tp.read_score_table(file, layout={6: "skipped"}).scores) == 3


@pytest.mark.parametrize("row", ["Type,1,0,1", "Loại,2,1,2", "Direction,0,0,1", "Đơn vị,1,2,3"])
def test_numbers_under_a_name_for_directions_are_asked_for(row, tmp_path):
    file = written(tmp_path, f"id,a,b,c\nT1,3,4,5\nT2,5,6,7\nT3,5,3,7\n{row}\n")
    problem = told(tp.read_score_table, file)
    assert (problem.code, lines(problem)) == ("T137", {5})
    assert len(tp.read_score_table(file, layout={5: "kind"}).scores) == 3


def test_alternatives_called_a_and_b_with_scores_1_and_2_stay(tmp_path):
    table = tp.read_score_table(written(tmp_path, "id,x,y\nA,1,2\nB,2,1\nC,3,5\n"))
    assert list(table.scores.index) == ["A", "B", "C"]
    table = tp.read_score_table(written(tmp_path, "Mã,Tên,x,y\nA,B,1,2\nT1,s,2,1\nT2,w,3,5\n"))
    assert list(table.scores.index) == ["T1", "T2"]


SECOND = {
    "with a gap": [
        ["id", "a", "b"], ["T1", 1, 2], ["T2", 3, 4], [], ["id", "c", "d"], ["T1", 5, 6], ["T2", 7, 8],
    ],
    "with titles": [
        ["Bảng 1"], ["id", "a", "b"], ["T1", 1, 2], ["T2", 3, 4], [], ["Bảng 2"], ["Mã", "Giá"],
        ["X1", 5], ["X2", 7],
    ],
    "in a text file": "id,a,b\nT1,1,2\nT2,3,4\n\nid,c,d\nX1,5,6\nX2,7,8\n",
    "to the right": [
        ["id", "a", "b", None, "id", "c"], ["T1", 1, 2, None, "X1", 9], ["T2", 3, 4, None, "X2", 8]
    ],
    "of weights to the right": [
        ["id", "a", "b", None, "Tiêu chí", "Trọng số"], ["T1", 1, 2, None, "a", 0.4],
        ["T2", 3, 4, None, "b", 0.6],
    ],
}  # fmt: skip


@pytest.mark.parametrize("words", SECOND.values(), ids=SECOND)
def test_a_second_table_is_one_problem(words, tmp_path):
    file = written(tmp_path, words)
    problem = told(tp.read_score_table, file)
    assert problem.code == "T137"
    assert "table" in str(problem.found)
    proposal = str(problem.proposal)
    if "skip_rows" in proposal:
        first, last = re.search(r"range\((\d+), (\d+)\)", proposal).groups()
        left = tp.read_score_table(file, skip_rows=range(int(first), int(last)))
    else:
        left = tp.read_score_table(file, columns=["a", "b"])
    assert left.scores.loc["T1"].to_dict() == {"a": 1, "b": 2}


def test_headings_that_come_again_on_a_page_are_left_out(tmp_path):
    words = "id,a,b\nT1,1,2\nT2,3,4\nid,a,b\nT3,5,6\n"
    table = tp.read_score_table(written(tmp_path, words))
    assert list(table.scores.index) == ["T1", "T2", "T3"]
    assert table.layout.parts.query("role == 'headings'")["place"].tolist() == ["1", "4"]


@pytest.mark.parametrize("codes", ["T1,T2,T3", "CN01,CN02,CN03", "Alt 1,Alt 2,Alt 3", "A1,A2,A3"])
def test_codes_of_alternatives_over_names_of_criteria_are_asked_for(codes, tmp_path):
    file = written(tmp_path, f",{codes}\nChi phí,1,2,3\nViệc làm,4,5,6\n")
    assert told(tp.read_score_table, file).code == "T137"
    assert list(tp.read_score_table(file, layout="columns").scores) == ["Chi phí", "Việc làm"]
    assert list(tp.read_score_table(file, layout="rows").scores) == codes.split(",")


def test_codes_of_criteria_over_names_of_alternatives_are_read(tmp_path):
    for codes in ("C1,C2,C3", "K1,K2,K3", "TC1,TC2,TC3"):
        table = tp.read_score_table(written(tmp_path, f",{codes}\nSolar,1,2,3\nWind,4,5,6\n"))
        assert list(table.scores.index) == ["Solar", "Wind"]


@pytest.mark.parametrize("corner", ["Nội dung", "Question", "Tiêu chí", "Câu hỏi"])
def test_answers_with_a_question_a_row_are_asked_for(corner, tmp_path):
    file = written(tmp_path, f"{corner},CG1,CG2,CG3\nQ1,3,4,5\nQ2,2,5,4\n")
    assert told(tp.inputs.read_answers, file, scale=(1, 5)).code == "T137"
    answers = tp.inputs.read_answers(file, scale=(1, 5), layout="columns")
    assert answers.mean.to_dict() == {"Q1": 4, "Q2": 11 / 3}


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("id,Best,Rank of risk,Max", ["Best", "Rank of risk", "Max"]),
        ("id,Weight (kg),Price,Target", ["Weight (kg)", "Price", "Target"]),
        ("id,Weight,Min,Unit cost", ["Weight", "Min", "Unit cost"]),
        ("id,Time,Order,Mục tiêu", ["Time", "Order", "Mục tiêu"]),
    ],
)
def test_criteria_may_be_called_like_rows_and_asides(head, names, tmp_path):
    table = tp.read_score_table(written(tmp_path, f"{head}\nT1,3.5,4,2.5\nT2,5,6,1\nT3,2,2,3\n"))
    assert list(table.scores) == names


COLUMNS = {
    "a triple out of order": ('"(5,7,9)"', '"(7,5,3)"', '"(1,3,5)"', "T110"),
    "a word among triples": ('"(5,7,9)"', "high", '"(1,3,5)"', "T110"),
    "a word among ranges": ("5-9", "high", "1-3", "T110"),
    "amounts with their unit": ("3 tỷ đồng", "4 tỷ đồng", "5 tỷ đồng", "T110"),
    "months with their unit": ("3 tháng", "14 tháng", "5 tháng", "T110"),
    "fractions": ("1/2", "3/4", "1", "T110"),
}


@pytest.mark.parametrize("cells", COLUMNS.values(), ids=COLUMNS)
def test_a_column_that_is_nearly_one_of_numbers_is_no_text(cells, tmp_path):
    *cells, code = cells
    words = "id,a,b\n" + "".join(f"T{n},{cell},{n}\n" for n, cell in enumerate(cells, 1))
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(written(tmp_path, words))
    assert {problem.code for problem in caught.value.problems} == {code}


@pytest.mark.parametrize(
    "cells",
    [
        ("Cao", "Thấp", "Trung bình"), ("High", "Low", "Medium"), ("Có", "Không", "Có"), ("x", "", "✓"),
        ("***", "*", "**"), ("Tốt", "Khá", "Yếu"), ("L", "M", "H"), ("cao", "thap", "vua"), ("●", "○", "●"),
    ],
)  # fmt: skip
def test_a_criterion_in_words_or_signs_is_told_with_the_scale_it_needs(cells, tmp_path):
    words = "id,a,b\n" + "".join(f"T{n},{cell},{n}\n" for n, cell in enumerate(cells, 1))
    table = tp.read_score_table(written(tmp_path, words))
    row = table.layout.parts.set_index("name").loc["a"]
    assert row["role"] == "words"
    assert "scale=" in str(row["reason"])
    assert any("scale=" in note.render("en") for note in table.notes)


SURVEY = "Timestamp,Họ tên,a vs b,a vs c,b vs c\n2026-01-01 10:00,An,3,5,2\n2026-01-02 11:30,Bình,2,4,2\n"


@pytest.mark.parametrize("row", ["", "Trung bình,,2.45,4.47,2\n", "Mean,,2.4,4.5,2\n,Tổng,5,9,4\n"])
def test_experts_of_a_survey_are_people_not_times_or_means(row, tmp_path):
    found = tp.inputs.read_pairwise(written(tmp_path, SURVEY + row))
    assert list(found.matrices) == ["An", "Bình"]
    assert len(found.notes) >= bool(row)


@pytest.mark.parametrize(
    "words",
    [
        ",a,b,c\na,1,3,5\nb,0.33,1,2\nc,0.2,0.5,1\nTổng,1.53,4.5,8\n",
        ",a,b,c,Trọng số\na,1,3,5,0.6\nb,0.33,1,2,0.25\nc,0.2,0.5,1,0.15\nTổng,1.53,4.5,8,1\n",
        ",a,b,c,Tổng\na,1,3,5,9\nb,0.33,1,2,3.33\nc,0.2,0.5,1,1.7\nSum,1.53,4.5,8,14.03\nCR,0.003\n",
        ",a,b,c\na,1,3,5\nb,0.33,1,2\nc,0.2,0.5,1\nCR = 0.003\n",
    ],
)
def test_sums_and_weights_beside_a_matrix_are_no_criteria(words, tmp_path):
    found = tp.inputs.read_pairwise(written(tmp_path, words))
    assert {name: list(table) for name, table in found.matrices.items()} == {"table": ["a", "b", "c"]}


def test_sums_of_marks_are_no_technologies_and_rows_of_marks_are_none_too_many(tmp_path):
    words = ",T1,T2,T3,Tổng\nT1,0,3,0,3\nT2,1,0,2,3\nT3,0,0,0,0\nTổng,1,3,2,6\n"
    found = tp.inputs.read_prerequisites(written(tmp_path, words), arrow="needs")
    assert found.technologies == ("T1", "T2", "T3")
    assert found.dependencies["strength"].tolist() == [3, 1, 2]
    for row in ("T3,x,\n", "T3,x,x\n", "T3,2,1\n"):
        file = written(tmp_path, f",T1,T2\nT1,,x\nT2,,\n{row}")
        assert told(tp.inputs.read_prerequisites, file, arrow="needs").code == "J412"
    words = ",MIN,TB,MAX\nMIN,,x,\nTB,,,x\nMAX,,,\n"
    found = tp.inputs.read_prerequisites(written(tmp_path, words), arrow="needs")
    assert found.technologies == ("MIN", "TB", "MAX")


@pytest.mark.parametrize(
    ("words", "weights"),
    [
        ("criterion,weight\ncost,0.2\nCost,0.3\njobs,0.5\n", "T129"),
        ("criterion,weight\nChi phí,0.2\nchi  phí,0.3\njobs,0.5\n", "T129"),
        (
            "criterion,weight\nI. Kinh tế,0.6\nChi phí,0.3\nLợi ích,0.3\nII. Xã hội,0.4\nViệc làm,0.4\n",
            {"Chi phí": 0.3, "Lợi ích": 0.3, "Việc làm": 0.4},
        ),
        ("criterion,weight\nA. Kinh tế,0.6\nChi phí,0.5\nLợi ích,0.5\nB. Xã hội,0.4\nViệc làm,1\n", "T137"),
        ("Nhóm,Tiêu chí,Trọng số nhóm,Trọng số\nKT,a,0.6,0.5\nKT,b,0.6,0.5\nXH,c,0.4,1\n", "T137"),
        ("Nhóm,Tiêu chí,Trọng số\nKT,a,0.3\nKT,b,0.3\nXH,c,0.4\n", {"a": 0.3, "b": 0.3, "c": 0.4}),
    ],
)
def test_levels_and_doubled_names_of_weights(words, weights, tmp_path):
    file = written(tmp_path, words)
    if isinstance(weights, str):
        assert told(tp.inputs.read_weight_table, file).code == weights
    else:
        assert dict(tp.inputs.read_weight_table(file)) == weights


@pytest.mark.parametrize(
    ("heads", "names"),
    [
        ("C1 - C2,C1 - C3,C2 - C3", ["C1", "C2", "C3"]),
        ("C1 vs C2,C1 vs C3,C2 vs C3", ["C1", "C2", "C3"]),
        ("C1_C2,C1_C3,C2_C3", ["C1", "C2", "C3"]),
        ("Q1. C1 - C2,Q2. C1 - C3,Q3. C2 - C3", ["C1", "C2", "C3"]),
        ("C1. Cost - Jobs,C2. Cost - Air,C3. Jobs - Air", ["Cost", "Jobs", "Air"]),
        ("Câu 1: chọn [Chi phí - Đất],Câu 2: chọn [Chi phí - Nước],Câu 3: chọn [Đất - Nước]",
         ["Chi phí", "Đất", "Nước"]),
    ],
)  # fmt: skip
def test_codes_of_criteria_are_no_numbers_of_questions(heads, names, tmp_path):
    found = tp.inputs.read_pairwise(written(tmp_path, f"id,{heads}\ne1,2,4,2\ne2,3,5,2\n"))
    assert list(found.matrices["e1"]) == names


def test_equal_is_a_side_and_votes_have_several_names(tmp_path):
    for equal in ("Equal", "Bằng nhau", "="):
        words = f"e,a vs b,Degree,a vs c,Degree\n1,a,3,c,5\n2,b,2,{equal},1\n"
        found = tp.inputs.read_pairwise(written(tmp_path, words))
        assert found.matrices["2"].loc["a", "c"] == 1
    file = written(tmp_path, "e,a vs b,Degree\n1,a,3\n2,Equal,4\n")
    assert told(tp.inputs.read_pairwise, file).code == "J413"
    for heading in ("Trọng số phiếu", "vote", "expert_weight"):
        words = f"e,{heading},a vs b,a vs c\n1,0.4,3,2\n2,0.6,2,1\n"
        assert tp.inputs.read_pairwise(written(tmp_path, words)).votes == {"1": 0.4, "2": 0.6}


def test_numbered_answers_are_no_pairs(tmp_path):
    with pytest.raises(tp.DataFileError):
        tp.inputs.read_pairwise(written(tmp_path, "id,c1_age,c2_sex,c3_job\ne1,2,4,2\ne2,3,5,2\n"))


# --- lists of contents ---------------------------------------------------------------------------------

CONTENTS = {
    "pages": "No,Title,Page\n1,Introduction,1\n2,Wind,7\n3,Solar,12\n4,References,20\n",
    "pages in Vietnamese": "STT,Nội dung,Trang\n1,Mở đầu,1\n2,Điện gió,7\n3,Điện mặt trời,12\n",
    "years of update": "Sheet,Technology,Last update\nwind,Wind,2023\nsolar,Solar,2024\nhydro,Hydro,2022\n",
    "versions": "ID,Name,Version\nA,Alpha,1\nB,Beta,2\nC,Gamma,1\n",
    "pages and sizes": "id,Title,Page,Rows\nA,Wind,1,120\nB,Solar,3,80\nC,Hydro,9,44\n",
}


@pytest.mark.parametrize("contents", CONTENTS)
def test_a_list_of_contents_is_no_matrix(tmp_path, contents):
    problem = told(tp.read_score_table, written(tmp_path, CONTENTS[contents]))
    assert "list of contents" in problem.found.render("en")
    assert "mục lục" in problem.found.render("vi")


def test_a_criterion_called_like_a_place_counts_beside_others_or_when_stated(tmp_path):
    both = written(tmp_path, "id,Version,Cost\nA,1,5\nB,2,4\nC,3,3\n")
    assert list(tp.read_score_table(both).scores) == ["Version", "Cost"]
    alone = written(tmp_path, CONTENTS["versions"])
    assert tp.read_score_table(alone, columns=["Version"]).scores["Version"].tolist() == [1, 2, 1]


# --- rows about the criteria under names that methods and offices use -----------------------------------

BODY = "Solar,3.5,120\nWind,2.5,95\nBiogas,4,60\n"
ABOUT = {
    # What stands under the matrix, and what it is; "asked" where the name could be an alternative's.
    "Hướng tối ưu,Min,Max": "directions", "Tính chất,chi phí,lợi ích": "directions",
    "Tính chất,nghịch,thuận": "directions", "Cost/Benefit,C,B": "directions", "Goal,min,max": "directions",
    "Giá trị TB,3.33,91.67": "mean", "Trung vị,3.5,95": "mean", "Entropy weight,0.4,0.6": "weights",
    "Thang điểm,1-5,1-200": "kind", "Scale,0-5,0-200": "kind", "Type,quantitative,quantitative": "kind",
    "Nguồn: Sở KH&CN,,": "note", "Nguồn,Sở KHCN,Cục TK": "note", "* Ước tính,,": "note",
    "Best,4,120": "ideal", "Preference threshold,0.5,20": "thresholds", "Veto,5,200": "thresholds",
    "q,0.1,5": "asked", "p,0.5,20": "asked", "A+,4,120": "asked", "A-,2.5,60": "asked", "A*,4,120": "asked",
    "Q1,3,77": "asked", "P90,3.9,115": "asked", "25th percentile,3,77": "asked", "Best,3,100": "asked",
    "Năm số liệu,2023,2024": "asked", "Max points,5,200": "asked", "AHP,0.4,0.6": "asked",
}  # fmt: skip


@pytest.mark.parametrize("row", ABOUT)
def test_rows_about_the_criteria_are_told_or_asked(row, tmp_path):
    file = written(tmp_path, f"tech,a,b\n{BODY}{row}\n")
    if ABOUT[row] == "asked":
        with pytest.raises(tp.DataFileError) as caught:
            tp.read_score_table(file)
        (problem,) = caught.value.problems
        assert (problem.code, str(problem.place)) == ("T137", "line 5")
        role = str(problem.proposal).rpartition("'")[0].rpartition("'")[2]
        assert len(tp.read_score_table(file, layout={5: "data"}).scores) == 4
        assert len(tp.read_score_table(file, layout={5: role}).scores) == 3
        return
    table = tp.read_score_table(file)
    assert list(table.scores.index) == ["Solar", "Wind", "Biogas"]
    assert table.layout.left_out["role"].tolist() == [ABOUT[row]]


@pytest.mark.parametrize(
    ("names", "values"),
    [(("Best", "Good", "Worst"), ("3,4", "2,5", "1,2")), (("Solar", "Best", "Wind"), ("3,4", "2,5", "1,2")),
     (("Max", "Solar", "Min"), ("2,4", "3,5", "2.5,4.5")),
     (("Solar", "Bio", "Rank", "Wind", "Gas", "Oil"), ("3,4", "2,5", "1,2", "4,4", "3,3", "2,2"))],
)  # fmt: skip
def test_names_of_alternatives_that_are_words_for_rows_are_asked(names, values, tmp_path):
    rows = "".join(f"{name},{value}\n" for name, value in zip(names, values, strict=True))
    file = written(tmp_path, f"tech,a,b\n{rows}")
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(file)
    assert {problem.code for problem in caught.value.problems} == {"T137"}
    stated = dict.fromkeys(range(2, 2 + len(names)), "data")
    assert list(tp.read_score_table(file, layout=stated).scores.index) == list(names)


@pytest.mark.parametrize(
    "names",
    [("P1", "P2", "P3"), ("Q1", "Q2", "Q3"), ("A+", "B+", "C+"), ("p", "q", "r"), ("T1", "E1", "P1")],
)
def test_names_of_one_kind_stay_names(names, tmp_path):
    rows = "".join(f"{name},{n},{n + 1}\n" for n, name in enumerate(names))
    assert list(tp.read_score_table(written(tmp_path, f"tech,a,b\n{rows}")).scores.index) == list(names)


@pytest.mark.parametrize(
    ("heads", "weights", "directions", "units"),
    [
        ("a (0.4),b (0.6)", [.4, .6], [], []), ("a [w=0.4],b [w=0.6]", [.4, .6], [], []),
        ("a (40%),b (60%)", [40, 60], [], []), ("a (-),b (+)", [], ["minimize", "maximize"], []),
        ("a (min),b (max)", [], ["minimize", "maximize"], []), ("a (-),b (-)", [], [], ["-", "-"]),
        ("a (tỷ đồng),b (người)", [], [], ["tỷ đồng", "người"]),
    ],
)  # fmt: skip
def test_what_stands_in_the_brackets_of_headings(heads, weights, directions, units, tmp_path):
    table = tp.read_score_table(written(tmp_path, f"tech,{heads}\n{BODY}"))
    assert list(table.weights.values()) == weights
    assert list(table.directions.values()) == directions
    assert list(table.units.values()) == units


def test_two_rows_of_one_kind_are_asked_and_thresholds_are_kept_by_name(tmp_path):
    words = f"tech,a,b\n{BODY}Min,2.5,60\nYêu cầu tối thiểu,3,80\n"
    with pytest.raises(tp.DataFileError, match="two rows of minima"):
        tp.read_score_table(written(tmp_path, words))
    words = f"tech,a,b\n{BODY}Indifference threshold,0.1,5\nPreference threshold,0.5,20\n"
    about = tp.read_score_table(written(tmp_path, words)).about
    assert about.loc["Preference threshold"].tolist() == [0.5, 20]
    assert about.loc["Indifference threshold"].tolist() == [0.1, 5]


# --- numbers with their unit in the cell ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("3 tỷ", "5 tỷ", "2 tỷ"), "write tỷ into the heading"),
        (("$3.5", "$2", "$1"), "write $ into the heading"),
        (("TRL 5", "TRL 6", "TRL 7"), "write TRL into the heading"),
        (("12 tháng", "18 tháng", "24 tháng"), "write tháng into the heading"),
        (("3 tỷ", "500 triệu", "2 tỷ"), "in one unit, not tỷ, triệu"),
        (("$3", "2 EUR", "$1"), "in one unit, not $, EUR"),
        (("3.500.000đ", "2.500.000đ", "1.500.000đ"), "write đ into the heading"),
    ],
)  # fmt: skip
def test_a_unit_in_every_cell_is_one_finding(cells, said, tmp_path):
    rows = "".join(f"T{n},{cell},{n}\n" for n, cell in enumerate(cells, 1))
    with pytest.raises(tp.DataFileError) as caught:
        tp.read_score_table(written(tmp_path, f"id,a,b\n{rows}"))
    (problem,) = caught.value.problems
    assert (problem.code, said in problem.render("en")) == ("T110", True)


@pytest.mark.parametrize("cells", [("IV", "VII", "IX"), ("I", "II", "III"), ("Cao", "Thấp", "Vừa")])
def test_words_for_numbers_are_told(cells, tmp_path):
    rows = "".join(f"T{n},{cell},{n}\n" for n, cell in enumerate(cells, 1))
    table = tp.read_score_table(written(tmp_path, f"id,level,b\n{rows}"))
    assert any("scale= gives them points" in str(note) for note in table.notes)


@pytest.mark.parametrize(
    "cells", [("R01", "R02", "R03"), ("Sơn La", "Điện Biên", "Lào Cai"), ("mục 1", "phụ lục 2", "a 3")]
)
def test_codes_and_texts_are_no_amounts(cells, tmp_path):
    rows = "".join(f"T{n},{cell},{n}\n" for n, cell in enumerate(cells, 1))
    assert list(tp.read_score_table(written(tmp_path, f"id,ref,b\n{rows}")).scores) == ["b"]


def test_questions_below_their_codes_are_headings(tmp_path):
    """Exports without a column of ids: the second row of headings stands over numbers or times."""
    for first, cells in (("When", ("2024-01-02", "2024-01-03")), ("No. of the form", ("7", "9"))):
        words = f"Start,Q1,Q2\n{first},How important is cost?,How good?\n{cells[0]},3,4\n{cells[1]},2,5\n"
        found = tp.inputs.read_answers(written(tmp_path, words), scale=(1, 5), columns=["Q1", "Q2"])
        assert found.table.to_numpy().tolist() == [[3, 4], [2, 5]]


@pytest.mark.parametrize(
    ("reader", "words", "columns"),
    [
        (tp.inputs.read_prerequisites, "T1,\nT2,T1\nT3,T1;T2\n", ["technology", "requires"]),
        (tp.inputs.read_pairwise, "e1,cost,jobs,3\ne1,cost,air,2\n", ["expert", "a", "b", "value"]),
    ],
)  # fmt: skip
def test_a_table_without_headings_is_told_how_to_be_read(reader, words, columns, tmp_path):
    file = written(tmp_path, words)
    with pytest.raises(tp.DataFileError, match="header_rows=0"):
        reader(file)
    assert reader(file, header_rows=0, columns=columns)


# --- surveys, forms and lists as others export them ----------------------------------------------------


@pytest.mark.parametrize(
    "heads",
    ["ID,[A] vs [B],[A] vs [C],[B] vs [C]", "ID,[A] - [B],[A] - [C],[B] - [C]",
     "ID,Which? [A vs B],Which? [A vs C],Which? [B vs C]"],
)  # fmt: skip
def test_pairs_in_brackets(heads, tmp_path):
    found = tp.inputs.read_pairwise(written(tmp_path, f"{heads}\n1,3,2,1\n2,1/3,2,1\n"))
    assert found.matrices["1"].loc["A"].iloc[1:].tolist() == [3, 2]


@pytest.mark.parametrize("suffix", ["_degree", " (how much)", " - degree", ".1"])
def test_a_pair_and_its_degree_under_one_name(suffix, tmp_path):
    heads = ",".join(f"{pair},{pair}{suffix}" for pair in ("A_B", "A_C", "B_C"))
    found = tp.inputs.read_pairwise(written(tmp_path, f"id,{heads}\n1,A,3,C,2,B,1\n2,B,5,A,2,C,3\n"))
    assert found.matrices["1"].loc["A"].iloc[1:].tolist() == [3, 0.5]


@pytest.mark.parametrize("box", ["☐", "□", "○"])
def test_an_empty_box_is_no_tick(box, tmp_path):
    words = f"item,1,2,3\nA,{box},☑,{box}\nB,☑,{box},{box}\n"
    assert tp.inputs.read_ticks(written(tmp_path, words)).to_dict() == {"A": 2, "B": 1}


def test_numbers_beside_weights_are_listed_as_not_read(tmp_path):
    words = "criterion,weight,low,high\nA,0.4,0.3,0.5\nB,0.6,0.5,0.7\n"
    found = tp.inputs.read_weight_table(written(tmp_path, words))
    assert found == {"A": 0.4, "B": 0.6}
    assert found.layout.left_out["name"].tolist() == ["low", "high"]


@pytest.mark.parametrize("column", ["type,SS", "Relationship,start to start", "lag,2 months", "Quan hệ,FF"])
def test_relations_beside_predecessors_are_not_lost(column, tmp_path):
    heading, cell = column.split(",")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_prerequisites(written(tmp_path, f"id,requires,{heading}\nA,,\nB,A,{cell}\n"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.field) == ("T130", heading)
    plain = f"id,requires,{heading}\nA,,\nB,A,{'FS' if 'lag' not in column else 0}\n"
    assert len(tp.inputs.read_prerequisites(written(tmp_path, plain)).dependencies) == 1
