"""Pairwise comparisons as people bring them: the right weights, or an error at its cell."""

import numpy as np
import openpyxl
import pytest

import techprio as tp

NAMES = ["Kinh tế", "Xã hội", "Môi trường", "Khả thi"]
FOUR = [["1", "3", "5", "2"], ["1/3", "1", "2", "1/2"], ["1/5", "1/2", "1", "1/3"], ["1/2", "2", "3", "1"]]
# Worked out once with an independent program: principal eigenvector of the four above.
FOUR_WEIGHTS = [0.4828856166, 0.1569898608, 0.0881500614, 0.2719744613]


def _workbook(tmp_path, sheets, name="matrix.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def _square(cells, names=NAMES):
    return [["Tiêu chí", *names], *([name, *row] for name, row in zip(names, cells, strict=True))]


def _csv(tmp_path, words, name="matrix.csv"):
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    return path


def _weights(path, **options):
    (table,) = tp.inputs.read_pairwise(path, **options).matrices.values()
    return tp.ahp(table)


def _problems(path, **options):
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_pairwise(path, **options)
    return caught.value.problems


def _is_four(weights):
    return weights.overall[NAMES].tolist() == pytest.approx(FOUR_WEIGHTS, abs=1e-8)


def test_fractions_typed_as_text(tmp_path):
    typed = [
        [1, 3, "5 ", "2"],
        ["1/3", 1, "2", "1 / 2"],
        [" 1/5", "1/2", 1, "\u2153"],
        ["1/2", "2", "3.0", 1],
    ]
    assert _is_four(_weights(_workbook(tmp_path, {"AHP": _square(typed)}), sheet="AHP"))


def test_decimal_commas_and_semicolons(tmp_path):
    words = (
        "Tiêu chí;Kinh tế;Xã hội;Môi trường;Khả thi\nKinh tế;1;3;5;2\nXã hội;0,333;1;2;0,5\n"
        "Môi trường;0,2;0,5;1;0,333\nKhả thi;0,5;2;3;1\n"
    )
    assert _is_four(_weights(_csv(tmp_path, words), locale="vi"))


def test_upper_half_alone(tmp_path):
    upper = [
        [None if column <= row else cell for column, cell in enumerate(cells)]
        for row, cells in enumerate(FOUR)
    ]
    assert _is_four(_weights(_workbook(tmp_path, {"AHP": _square(upper)})))


def test_names_are_matched_not_places(tmp_path):
    words = (
        ",Môi trường,Kinh tế,Khả thi,Xã hội\nKinh tế,5,1,2,3\nXã hội,2,1/3,1/2,1\n"
        "Môi trường,1,1/5,1/3,1/2\nKhả thi,3,1/2,1,2\n"
    )
    assert _is_four(_weights(_csv(tmp_path, words)))


def test_title_rows_above_and_notes_below(tmp_path):
    rows = [["PHIẾU SO SÁNH CẶP"], ["Ngày 01/02/2026"], *_square(FOUR), ["Ghi chú: thang 1-9"]]
    assert _is_four(_weights(_workbook(tmp_path, {"AHP": rows})))


def test_rows_are_what_columns_are_compared_with(tmp_path):
    """Saaty's choice of a city, as printed in the vignette of the R package ahpsurvey."""
    words = (
        ",Culture,Family,Housing,Job,Transportation\nCulture,1,1/5,3,1/2,5\nFamily,5,1,7,1,7\n"
        "Housing,1/3,1/7,1,1/4,3\nJob,2,1,4,1,7\nTransportation,1/5,1/7,1/3,1/7,1\n"
    )
    found = _weights(_csv(tmp_path, words)).overall
    assert found.round(3).tolist() == [0.152, 0.433, 0.072, 0.305, 0.038]


def test_one_ninth_rounded_down(tmp_path):
    found = _weights(_csv(tmp_path, "x;Kinh tế;Xã hội\nKinh tế;1;9\nXã hội;0,111;1\n"), locale="vi")
    assert found.overall.tolist() == pytest.approx([0.9, 0.1], abs=1e-9)


@pytest.mark.parametrize("spoiled", ["01-Mar", "1-May", "Feb-01", "01/02/2026", "1-Thg3"])
def test_fraction_that_became_a_date(tmp_path, spoiled):
    words = f",Kinh tế,Xã hội\nKinh tế,1,3\nXã hội,{spoiled},1\n"
    (problem,) = _problems(_csv(tmp_path, words))
    assert problem.code == "T121"
    assert spoiled in str(problem)
    assert "Xã hội" in str(problem)


@pytest.mark.parametrize(
    ("row", "column", "typed", "address", "code"),
    [
        (0, 0, 9, "B2", "J410"),
        (0, 1, 0, "C2", "J409"),
        (0, 1, 19, "C2", "J409"),
        (0, 1, -3, "C2", "J409"),
        (2, 3, "nhiều", "E4", "J408"),
        (1, 0, 3, "C2", "J411"),
        (3, 2, "#DIV/0!", "D5", "T119"),
    ],
)
def test_bad_cell_is_named(tmp_path, row, column, typed, address, code):
    cells = [list(cells) for cells in FOUR]
    cells[row][column] = typed
    problems = _problems(_workbook(tmp_path, {"AHP": _square(cells)}))
    assert [problem.code for problem in problems] == [code]
    assert f"AHP!{address}" in str(problems[0])
    if typed == 19:
        assert "write 9" in str(problems[0])


def test_two_islands_are_named(tmp_path):
    cells = [[1, 3, None, None], [None, 1, None, None], [None, None, 1, 2], [None, None, None, 1]]
    (problem,) = _problems(_workbook(tmp_path, {"AHP": _square(cells)}))
    assert "Kinh tế, Xã hội | Môi trường, Khả thi" in str(problem)


def test_misspelt_name_gets_the_near_one(tmp_path):
    words = ",cost,value,risk\ncost,1,2,3\nvalue,1/2,1,2\nrisc,1/3,1/2,1\n"
    problems = _problems(_csv(tmp_path, words))
    assert {problem.code for problem in problems} == {"J412"}
    assert "did you mean risk?" in str(problems[-1])


def test_one_sheet_an_expert_and_one_left_blank(tmp_path):
    names = NAMES[:3]
    sheets = {
        "Chuyên gia A": _square([["1", "3", "5"], ["1/3", "1", "2"], ["1/5", "1/2", "1"]], names),
        "Chuyên gia B": _square([["1", "1/3", "2"], ["3", "1", "4"], ["1/2", "1/4", "1"]], names),
        "Chuyên gia C": _square([[None] * 3] * 3, names),
    }
    matrices = tp.inputs.read_pairwise(_workbook(tmp_path, sheets)).matrices
    weights = tp.ahp(tp.weighting.judgments_from_matrices(matrices))
    assert weights.overall.tolist() == pytest.approx([0.4363568366, 0.4204265324, 0.1432166311], abs=1e-8)
    assert "Chuyên gia C" in " ".join(str(note) for note in weights.notes)


FORM = [
    ["STT", "Tiêu chí A", "Tiêu chí B", "A hay B quan trọng hơn?", "Mức độ (1-9)"],
    [1, "Kinh tế", "Xã hội", "A", 3],
    [2, "Kinh tế", "Môi trường", "a", 5],
    [3, "Kinh tế", "Khả thi", "A ", 2],
    [4, "Xã hội", "Môi trường", "A", "2"],
    [5, "Xã hội", "Khả thi", "B", 2],
    [6, "Môi trường", "Khả thi", "B", 3],
]


def test_form_with_a_side_and_a_degree(tmp_path):
    assert _is_four(_weights(_workbook(tmp_path, {"Phiếu": FORM})))


def test_degree_needs_a_side_unless_it_is_one(tmp_path):
    rows = [list(row) for row in FORM]
    rows[2][3] = None
    rows[5][3:] = [None, 1]
    (problem,) = _problems(_workbook(tmp_path, {"Phiếu": rows}))
    assert "Phiếu!D3" in str(problem)


SIGNED = "ma_chuyen_gia,KT_XH,KT_MT,XH_MT\nE01,-3,-5,-2\nE02,3,-2,-4\n"


def test_signed_survey_with_its_meaning(tmp_path):
    matrices = tp.inputs.read_pairwise(_csv(tmp_path, SIGNED), minus_means="left").matrices
    by_expert = tp.ahp(tp.weighting.judgments_from_matrices(matrices)).by_expert
    assert by_expert.loc["E01"].tolist() == pytest.approx(
        [0.6483290138, 0.2296507941, 0.1220201921], abs=1e-8
    )
    assert by_expert.loc["E02"].tolist() == pytest.approx([0.2384871227, 0.6250130743, 0.136499803], abs=1e-8)


def test_meaning_of_minus_is_asked_for_never_guessed(tmp_path):
    (problem,) = _problems(_csv(tmp_path, SIGNED))
    assert problem.code == "J414"
    (zero,) = _problems(_csv(tmp_path, SIGNED.replace("-5", "0")), minus_means="left")
    assert "E01: KT / MT" in str(zero)


def test_missing_empty_and_other_files(tmp_path):
    assert _problems(tmp_path / "none.csv")[0].code == "T101"
    assert _problems(_csv(tmp_path, ""))[0].code == "T103"
    assert _problems(_csv(tmp_path, "name\nA\nB\n"))[0].code == "T130"


def test_weights_in_percent_normalized_and_said(tmp_path):
    table = tp.inputs.read_weight_table(
        _csv(tmp_path, "tieu_chi;trong_so\nKinh tế;33,3\nXã hội;33,5\nMôi trường;33,6\n"), locale="vi"
    )
    weights = tp.given_weights(table)
    assert weights.overall.tolist() == pytest.approx([0.3316733068, 0.3336653386, 0.3346613546], abs=1e-9)
    assert "100.4" in " ".join(str(note) for note in weights.notes)


def test_weight_without_a_unit_among_percents(tmp_path):
    rows = [
        ["Tiêu chí", "Trọng số"],
        ["Kinh tế", 0.3],
        ["Xã hội", "25%"],
        ["Môi trường", 25],
        ["Khả thi", 0.2],
    ]
    path = _workbook(tmp_path, {"TrongSo": rows})
    book = openpyxl.load_workbook(path)
    for cell in ("B2", "B5"):
        book["TrongSo"][cell].number_format = "0%"
    book.save(path)
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_weight_table(path)
    (problem,) = caught.value.problems
    assert "TrongSo!B4" in str(problem)
    assert "write 25%" in str(problem)


def test_negative_weight(tmp_path):
    path = _csv(tmp_path, "tieu_chi,trong_so\nKinh tế,1.2\nChi phí,-0.2\n")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_weight_table(path)
    assert "Chi phí" in str(caught.value)
    assert "-0.2" in str(caught.value)


def test_decomposed_names_meet_composed_ones(tmp_path):
    import unicodedata

    decomposed = unicodedata.normalize("NFD", "Môi trường")
    words = f",{decomposed},Kinh tế \nMôi trường,1,2\nKinh tế,1/2,1\n"
    assert _weights(_csv(tmp_path, words)).overall.index.tolist() == ["Môi trường", "Kinh tế"]
    table = tp.inputs.read_weight_table(
        _csv(tmp_path, f"name,weight\n{decomposed},0.6\nKinh tế ,0.4\n", "w.csv")
    )
    assert list(table) == ["Môi trường", "Kinh tế"]


# A column a pair: however the two names are joined, numbered or asked, it is the same survey.
ASKED = [
    "{} vs {}", "{} vs. {}", "{}_{}", "{} - {}", "{} / {}", "{} so với {}", "{} hay {}", "{} or {}",
    "Which matters more? [{} vs {}]", "{}-{}", "{}|{}", "{} : {}",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_a_column_a_pair_however_it_is_headed(tmp_path, asked):
    pairs = [("cost", "air_quality"), ("cost", "new jobs"), ("air_quality", "new jobs")]
    heads = [f"{number}. {asked.format(*pair)}" for number, pair in enumerate(pairs, 1)]
    for numbered in (heads, [asked.format(*pair) for pair in pairs]):
        words = ",sex,started_at," + ",".join(f'"{head}"' for head in numbered)
        rows = "e1,f,2026-01-02 10:00,3,0.33,0.14\ne2,m,2026-01-03 11:00,1/3,5,2\n"
        found = tp.inputs.read_pairwise(_csv(tmp_path, f"{words}\n{rows}"))
        assert found.tree == {"goal": ("cost", "air_quality", "new jobs")}
        assert found.matrices["e1"].loc["cost"].tolist()[1:] == [3, 0.33]
        assert found.attributes["sex"].to_dict() == {"e1": "f", "e2": "m"}
        assert list(found.attributes) == ["sex", "started_at"]


@pytest.mark.parametrize(
    ("answers", "options", "ratios"),
    [
        (["3", "1/5", "1"], {}, [3, 0.2, 1]),
        (["3", "-5", "1"], {"minus_means": "right"}, [3, 0.2, 1]),
        (["-3", "5", "1"], {"minus_means": "left"}, [3, 0.2, 1]),
        (["7", "13", "9"], {}, [3, 0.2, 1]),
        (["7", "9", "8"], {"scale": "positions"}, [3, 1, 2]),
        (["A;3", "B;5", ";1"], {}, [3, 0.2, 1]),
        (["1;3", "2;5", "1;1"], {}, [3, 0.2, 1]),
        (["cost;3", "risk;5", "cost;1"], {}, [3, 0.2, 1]),
        (["left;3", "right;5", "left;1"], {}, [3, 0.2, 1]),
    ],
)
def test_answers_of_every_kind_mean_the_same(tmp_path, answers, options, ratios):
    pairs = ["cost_jobs", "cost_risk", "jobs_risk"]
    sided = ";" in answers[0]
    heads = ";".join(f"{pair};how much {n}" if sided else pair for n, pair in enumerate(pairs))
    if sided:
        answers = [answers[0], answers[1], answers[2].replace("cost", "jobs")]
    path = _csv(tmp_path, f"id;{heads}\n7;{';'.join(answers)}\n")
    table = tp.inputs.read_pairwise(path, **options).matrices["7"]
    found = [table.loc["cost", "jobs"], table.loc["cost", "risk"], table.loc["jobs", "risk"]]
    assert found == pytest.approx(ratios)


# Case 202: side and degree, four criteria and below one of them three more, in one row an expert.
def test_two_nodes_side_by_side_need_their_tree(tmp_path):
    words = (
        "REG,1_a_b,1_resp,2_a_c,2_resp,3_b_c,3_resp,4_b1_b2,4_resp\n45,1,5,1,3,2,2,1,3\n56,2,9,2,9,1,1,2,4\n"
    )
    (problem,) = _problems(_csv(tmp_path, words))
    assert problem.code == "J406"
    assert "a, b, c | b1, b2" in str(problem)
    found = tp.inputs.read_pairwise(_csv(tmp_path, words), tree={"b": ["b1", "b2"]})
    assert found.tree == {"goal": ("a", "b", "c"), "b": ("b1", "b2")}
    weights = tp.ahp(found.judgments)
    assert weights.local["b"].to_dict() == pytest.approx({"b1": 0.4641016151, "b2": 0.5358983849})
    assert list(weights.overall.index) == ["a", "b1", "b2", "c"]


@pytest.mark.parametrize("heads", ["start_time,end_time,age_group", "ho_ten,so_dien_thoai,ngay_sinh"])
def test_an_underscore_does_not_make_a_pair(tmp_path, heads):
    (problem,) = _problems(_csv(tmp_path, f"id,{heads}\n1,8,9,2\n2,7,9,3\n"))
    assert problem.code == "T130"
    assert "A vs B, A - B, A_B" in str(problem)
    assert heads.split(",")[0] in str(problem.found)


@pytest.mark.parametrize(
    "words",
    ["Mã,Điểm\nCN01,4\nCN03-cũ,1\nCN03,3\n", "Ghi chú: thang 1-5,\nCN01,3\n", "a_b\n"],
)
def test_a_row_of_data_is_no_heading_of_pairs(tmp_path, words):
    assert {problem.code for problem in _problems(_csv(tmp_path, words))} == {"T130"}


def test_minus_is_asked_only_where_one_occurs(tmp_path):
    plain = "id,a_b,a_c,b_c\n1,3,5,2\n2,2,2,1\n"
    assert tp.inputs.read_pairwise(_csv(tmp_path, plain)).matrices["1"].loc["a", "b"] == 3
    (problem,) = _problems(_csv(tmp_path, plain.replace("5", "-5")))
    assert problem.code == "J414"


@pytest.mark.parametrize(
    ("large", "small"), [(3, 0.33), (7, 0.14), (9, 0.11), (6, 0.17), (6, 0.16), (8, 0.13), (8, 0.12)]
)
def test_reciprocals_rounded_to_the_decimals_typed(tmp_path, large, small):
    words = f",a,b\na,1,{large}\nb,{small},1\n"
    assert _weights(_csv(tmp_path, words)).overall["a"] == pytest.approx(large / (large + 1))
    assert tp.ahp([[1, large], [small, 1]]).overall.tolist()[0] == pytest.approx(large / (large + 1))
    for strict in (
        lambda: tp.inputs.read_pairwise(_csv(tmp_path, words), tolerance=0),
        lambda: tp.ahp([[1, large], [small, 1]], tolerance=0),
    ):
        with pytest.raises(tp.TechprioError):
            strict()


@pytest.mark.parametrize(("large", "small"), [(6, 0.2), (7, 0.2), (3, 0.4), (9, 0.12), (5, 0.25), (7, 0.13)])
def test_another_ratio_is_no_rounding(tmp_path, large, small):
    (problem,) = _problems(_csv(tmp_path, f",a,b\na,1,{large}\nb,{small},1\n"))
    assert problem.code == "J411"
    with pytest.raises(tp.InputError):
        tp.ahp([[1, large], [small, 1]])


def test_votes_groups_and_copies_of_a_survey(tmp_path):
    words = "expert,group,vote,a vs b,b vs c,a vs c\nP1,x,0.4,4,4,9\nP2,y,0.4,1/4,1/5,1/9\np1 ,x,0.2,4,4,9\n"
    found = tp.inputs.read_pairwise(_csv(tmp_path, words))
    assert found.votes == {"P1": 0.4, "P2": 0.4, "p1": 0.2}
    assert found.groups == {"P1": "x", "P2": "y", "p1": "x"}
    told = " ".join(map(str, found.notes))
    assert "P1, p1: the names differ by blanks or case only" in told
    assert "2 experts gave the same answers to every pair (P1, p1)" in told


# Case 212: a list of statements, with the weight of each expert in a column or by name.
def test_statements_with_votes(tmp_path):
    rows = [
        "P1,Costs,Fun,4", "P1,Costs,Spa,9", "P1,Fun,Spa,4", "P2,Fun,Costs,4", "P2,Spa,Costs,9",
        "P2,Spa,Fun,5", "P3,Fun,Costs,9", "P3,Costs,Spa,1", "P3,Fun,Spa,9",
    ]  # fmt: skip
    votes = {"P1": 0.4, "P2": 0.4, "P3": 0.2}
    own = [f"{row},{row[:2]}" for row in rows]  # each expert is written as a group of its own
    plain = _csv(tmp_path, "expert,preferred,other,strength,group\n" + "\n".join(own))
    weighed = _csv(
        tmp_path,
        "expert,preferred,other,strength,weight\n" + "\n".join(f"{row},{votes[row[:2]]}" for row in rows),
        "votes.csv",
    )
    for found in (tp.inputs.read_pairwise(plain, votes=votes), tp.inputs.read_pairwise(weighed)):
        assert tp.ahp(found.judgments).overall.to_dict() == pytest.approx(
            {"Costs": 0.282761, "Fun": 0.425938, "Spa": 0.2913}, abs=1e-6
        )


# Case 208: e3 compared A with B and C with D only; the panel of three is weighed all the same.
ISLAND = (
    "expert,node,preferred,other,strength\n"
    "e1,root,A,B,2\ne1,root,A,C,3\ne1,root,A,D,4\ne1,root,B,C,2\ne1,root,B,D,2\ne1,root,C,D,1\n"
    "e2,root,A,B,3\ne2,root,A,C,3\ne2,root,A,D,5\ne2,root,B,C,1\ne2,root,B,D,2\ne2,root,C,D,2\n"
    "e3,root,A,B,3\ne3,root,C,D,2\n"
)


def test_one_island_does_not_stop_the_panel(tmp_path):
    judgments = tp.inputs.read_pairwise(_csv(tmp_path, ISLAND)).judgments
    pooled = tp.ahp(judgments)
    assert "expert e3 at all criteria: no comparison joins A, B | C, D; the expert counts" in " ".join(
        map(str, pooled.notes)
    )
    by_pair = {
        ("A", "B"): 18 ** (1 / 3), ("A", "C"): 3, ("A", "D"): 20**0.5, ("B", "C"): 2**0.5, ("B", "D"): 2,
        ("C", "D"): 4 ** (1 / 3),
    }  # fmt: skip
    assert pooled.overall.to_dict() == pytest.approx(tp.ahp(by_pair).overall.to_dict())
    for options in ({"unconnected": "leave_out"}, {"aggregate": "priorities"}):
        left_out = tp.ahp(judgments, **options)
        assert "e3 at all criteria: no comparison joins A, B | C, D; the expert is left out" in " ".join(
            map(str, left_out.notes)
        )
        assert list(left_out.by_expert.index) == ["e1", "e2"]
    with pytest.raises(tp.InputError, match="e3"):
        tp.ahp(judgments, unconnected="error")
    assert pooled.panel.draw(np.random.default_rng(1), 50).sum(axis=1) == pytest.approx(1)


def test_two_islands_that_only_the_panel_joins(tmp_path):
    words = "expert,preferred,other,strength\ne1,A,B,2\ne1,C,D,2\ne2,B,C,2\ne2,A,D,8\n"
    weights = tp.ahp(tp.inputs.read_pairwise(_csv(tmp_path, words)).judgments)
    assert weights.overall.tolist() == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])
    (problem,) = _problems(_csv(tmp_path, words.replace("e2,B,C,2", "e2,A,B,2").replace("e2,A,D", "e2,C,D")))
    assert "A, B | C, D" in str(problem)


# A list with two items and a number a row: ratios, degrees with a sign, places on the line.
@pytest.mark.parametrize(
    ("heads", "cells", "options"),
    [
        ("expert,weight,node,a,b,value", ["e1,0.6,root,cost,jobs,3", "e1,0.6,root,cost,air,1/2"], {}),
        ("Chuyên gia,Tiêu chí 1,Tiêu chí 2,Giá trị", ["e1,cost,jobs,3", "e1,cost,air,0.5"], {}),
        ("respondent,item_1,item_2,ratio", ["e1,jobs,cost,1/3", "e1,cost,air,1/2"], {}),
        ("expert,left,right,rating", ["e1,cost,jobs,-3", "e1,cost,air,2"], {"minus_means": "left"}),
        ("criterion_a,criterion_b,score", ["cost,jobs,3", "air,cost,2"], {}),
        ("expert,item_a,item_b,judgment", ["e1,cost,jobs,7", "e1,cost,air,10"], {"scale": "positions"}),
    ],
)  # fmt: skip
def test_a_list_with_two_items_and_a_number(tmp_path, heads, cells, options):
    path = tmp_path / "panel.csv"
    path.write_text("\n".join([heads, *cells]) + "\n", encoding="utf-8")
    found = tp.inputs.read_pairwise(path, **options)
    (table,) = found.matrices.values()
    assert table.loc["cost", "jobs"] == pytest.approx(3)
    assert table.loc["cost", "air"] == pytest.approx(0.5)
    assert table.loc["air", "cost"] == pytest.approx(2)
    assert "two items and a number" in str(found.layout)
    assert found.votes == ({"e1": 0.6} if "weight" in heads else {})


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-3", "J414"), ("0", "J409"), ("19", "J409"), ("many", "J408"), ("2026-03-01", "T121")],
)
def test_what_a_list_of_pairs_leaves_open_is_asked(tmp_path, cell, code):
    path = tmp_path / "panel.csv"
    path.write_text(f"expert,a,b,value\ne1,x,y,2\ne1,x,z,{cell}\n", encoding="utf-8")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_pairwise(path)
    assert [problem.code for problem in caught.value.problems] == [code]
