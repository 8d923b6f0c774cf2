"""Free tables as people have them: the layout is recognised or refused, and nothing is lost silently."""

import pytest

import techprio as tp

from .files_of_cases import notes, problems, read, workbook

MATRIX = "Ai,C1,C2,C3,C4\nA1,45,3600,45,0.9\nA2,25,3800,60,0.8\nA3,23,3100,35,0.9\nA4,14,3400,50,0.7\n"
SIX = MATRIX + "A5,15,3300,40,0.8\nA6,28,3000,30,0.6\n"


def answers(tmp_path, words, **options):
    path = tmp_path / "answers.csv"
    path.write_text(words, encoding="utf-8")
    return tp.inputs.read_answers(path, **options)


def weights(tmp_path, words, **options):
    path = tmp_path / "weights.csv"
    path.write_text(words, encoding="utf-8")
    return tp.inputs.read_weight_table(path, **options)


def refused(call):
    with pytest.raises(tp.DataFileError) as caught:
        call()
    return caught.value.problems


# --- rows that speak about the columns (204) ----------------------------------------------------------


def test_weights_and_types_under_a_matrix(tmp_path):
    """TOPSIS of the six by numpy, in the case of the file of pyrepo-mcda."""
    table = read(tmp_path, SIX + "weights,0.2857,0.3036,0.2321,0.1786\ntype,1,-1,1,1\n", "data.csv")
    assert list(table.scores.index) == ["A1", "A2", "A3", "A4", "A5", "A6"]
    ranking = tp.rank(table.decision_matrix(), table.weights, tp.Topsis())
    assert ranking.scores.to_dict() == pytest.approx(
        {"A1": .783461, "A2": .471562, "A3": .336315, "A4": .250826, "A5": .198368, "A6": .398963}, abs=1e-6
    )  # fmt: skip
    assert any("line 8" in note for note in notes(table))
    assert any("line 9" in note for note in notes(table))


ABOUT_THE_COLUMNS = [
    ("Trọng số,.1,.2,.3,.4", "weights"), ("Weight (%),10,20,30,40", "weights"),
    ("w,0.1,0.2,0.3,0.4", "weights"), ("Trọng số AHP,0.1,0.2,0.3,0.4", "weights"),
    ("Chiều,max,min,max,max", "directions"), (",Lợi ích,Chi phí,Lợi ích,Lợi ích", "directions"),
    ("Cost/Benefit,+,-,+,+", "directions"), ("Loại,max,min,max,max", "directions"),
    ("Đơn vị,điểm,tỷ đồng,%,người", "units"), ("Unit,points,bn VND,%,people", "units"),
    ("Trung bình,27,3475,47,0.8", "mean"), ("Average,26.75,3475,47.5,0.825", "mean"),
    ("Tổng cộng:,107,13900,190,3.3", "total"), (",107,13900,190,3.3", "total"),
    ("Lớn nhất,45,3800,60,0.9", "maximum"), ("MIN,14,3100,35,0.7", "minimum"),
    ("Ideal,45,3100,60,0.9", "ideal"), ("Mục tiêu,40,3000,60,1", "target"),
    ("Toàn tỉnh,107,13900,190,3.3", "total"), ("Độ lệch chuẩn,12,300,10,0.1", "spread"),
]  # fmt: skip
ONLY_BELOW = (",107", "Toàn tỉnh")
"""Sums without a name for one: only the rows above them show what they are."""


@pytest.mark.parametrize(
    ("row", "role", "above"),
    [
        (row, role, above)
        for row, role in ABOUT_THE_COLUMNS
        for above in (False, True)
        if not (above and row.startswith(ONLY_BELOW))
    ],
)
def test_rows_about_the_columns_are_no_alternatives(tmp_path, row, role, above):
    head, *rows = MATRIX.splitlines()
    lines = [head, row, *rows] if above else [head, *rows, row]
    table = read(tmp_path, "\n".join(lines) + "\n", "data.csv")
    assert list(table.scores.index) == ["A1", "A2", "A3", "A4"]
    (place,) = table.layout.parts.query("role == @role")["place"]
    assert place == ("2" if above else "6")
    assert any(f"line {place}" in note for note in notes(table))


def test_weights_above_the_headings_and_directions_as_signs(tmp_path):
    table = read(tmp_path, "Weights,0.4,0.6\nid,cost,jobs\nA,3,4\nB,5,6\nMục tiêu,min,max\n", "data.csv")
    assert table.weights == {"cost": 0.4, "jobs": 0.6}
    assert table.directions == {"cost": "minimize", "jobs": "maximize"}


def test_other_rows_about_the_criteria_are_offered(tmp_path):
    table = read(tmp_path, MATRIX + "Tối thiểu,10,3000,30,0.5\nIdeal,45,3000,60,1\n", "data.csv")
    assert table.about.loc["minimum"].to_dict() == {"C1": 10, "C2": 3000, "C3": 30, "C4": 0.5}
    assert table.about.loc["ideal", "C4"] == 1


def test_an_alternative_may_be_called_total_or_max(tmp_path):
    """Ids like those of the others, or words of the caller, make it an alternative; a doubt is a problem."""
    words = "id,name,a,b\nT1,Shell,3,4\nT2,Total,5,6\nT3,Max,7,8\n"
    assert list(read(tmp_path, words, "data.csv").scores.index) == ["T1", "T2", "T3"]
    words = "company,a,b\nShell,3,4\nTotal,5,6\nStatoil,7,8\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert (problem.code, str(problem.place)) == ("T137", "line 3")
    kept = read(tmp_path, words, "data.csv", layout={3: "data"})
    assert list(kept.scores.index) == ["Shell", "Total", "Statoil"]
    assert list(read(tmp_path, words, "data.csv", layout={3: "total"}).scores.index) == ["Shell", "Statoil"]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [("N,30,29", "count"), ("n =,12,12", "count"), ("N (người),12,12", "count"), ("Sample size,9,8", "count"),
     ("N,1,2", "asked"), ("N,1.5,2", "data")],
)  # fmt: skip
@pytest.mark.parametrize("above", [False, True])
def test_a_row_of_counts(tmp_path, row, outcome, above):
    head, *rows = "tech,a,b\nSolar,3.5,4\nWind,2.5,5\nBio,1,2\n".splitlines()
    words = "\n".join([head, row, *rows] if above else [head, *rows, row]) + "\n"
    if outcome == "asked":
        (problem,) = problems(tmp_path, words, "data.csv").values()
        assert (problem.code, "'count'" in str(problem.proposal)) == ("T137", True)
        return
    table = read(tmp_path, words, "data.csv")
    assert len(table.scores) == 3 + (outcome == "data")
    assert (outcome == "data") == table.layout.left_out.empty


def test_a_name_of_one_letter_among_others_counts_nothing(tmp_path):
    assert len(read(tmp_path, "id,a,b\nL,3,4\nM,2,5\nN,30,29\n", "data.csv").scores) == 3


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [("5-9|6|3-4", [5, 6, 3], [9, 6, 4]), ("5 đến 9|6|3–4", [5, 6, 3], [9, 6, 4]),
     ("3,5-4,5|6|1-2", [3.5, 6, 1], [4.5, 6, 2]), ("5-9||3-4", [5, None, 3], [9, None, 4])],
)  # fmt: skip
def test_numbers_among_ranges_are_ranges_without_width(tmp_path, cells, low, high):
    rows = "".join(f"T{n};{n};{cell}\n" for n, cell in enumerate(cells.split("|"), 1))
    table = read(tmp_path, f"id;cost;TRL\n{rows}", "data.csv")
    assert list(table.scores) == ["cost"]
    for ends, wanted in ((table.low, low), (table.high, high)):
        assert [None if end != end else end for end in ends["TRL"]] == wanted
    assert any("TRL holds ranges" in note for note in notes(table))


def test_a_triple_among_numbers_keeps_their_values(tmp_path):
    table = read(tmp_path, "id;cost;a\nT1;1;(1,2,3)\nT2;2;4\nT3;3;(2,3,4)\n", "data.csv")
    assert table.scores["a"].tolist() == [2, 4, 3]
    assert table.low["a"].tolist() == [1, 4, 2]


def test_few_ranges_among_numbers_are_one_finding(tmp_path):
    rows = "".join(f"T{n},{cell}\n" for n, cell in enumerate(["5-9", 6, "3-4", 7, 8, 9, 2], 1))
    (problem,) = problems(tmp_path, f"id,a\n{rows}", "data.csv").values()
    assert "2 of 7 cells" in str(problem.found)


@pytest.mark.parametrize("heads", ["source,target,weight", "From,To,km", "Predecessor,Successor,Lag"])
def test_a_list_of_links_is_no_table_of_scores_or_weights(tmp_path, heads):
    words = f"{heads}\nA,B,1\nB,C,2\nC,D,3\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert (problem.code, "read_prerequisites" in str(problem.proposal)) == ("T130", True)
    assert refused(lambda: weights(tmp_path, words))[0].code == "T130"


def test_means_below_answers_and_totals_below_weights(tmp_path):
    for row in ("Trung bình,3.5,3.5", "Mean,3.5,3.5", "Tổng,7,7", "Số phiếu,2,2"):
        found = answers(tmp_path, f"expert,T1,T2\ne1,4,5\ne2,3,2\n{row}\n", scale=(1, 5))
        assert list(found.table.index) == ["e1", "e2"]
    for row in ("Tổng cộng,1", "Total,1.0", ",1"):
        assert weights(tmp_path, f"criterion,weight\nkinh tế,0.3\nxã hội,0.7\n{row}\n") == {
            "kinh tế": 0.3, "xã hội": 0.7
        }  # fmt: skip


# --- headings: none, several, years; rows and columns exchanged ---------------------------------------


@pytest.mark.parametrize(
    "words", [SIX.partition("\n")[2], "CN01,3.5,4\nCN02,2,5\n", "CN01,Cao,Thấp,4\nCN02,Thấp,Cao,5\n"]
)
def test_headerless_tables_are_read_and_told(tmp_path, words):
    table = read(tmp_path, words, "data.csv", scale={"Thấp": 1, "Cao": 3})
    assert len(table.scores) == words.count("\n")
    assert table.scores.columns[-1] == "BCDE"[table.scores.shape[1] - 1]
    assert any("first row looks like data" in note for note in notes(table))


@pytest.mark.parametrize(
    "words", ["Solar,45,3600\nWind,25,3800\nBio,23,3100\n", "A1,1,2,3\nA2,2,5,6\nA3,4,1,2\n"]
)
def test_two_possible_layouts_show_both_readings(tmp_path, words):
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert problem.code == "T137"
    first, second = words.splitlines()[:2]
    for row in (first, second):
        assert row.replace(",", " | ") in str(problem.found)
    assert len(read(tmp_path, words, "data.csv", header_rows=0).scores) == 3
    assert len(read(tmp_path, words, "data.csv", header_rows=1).scores) == 2


def test_columns_of_a_headerless_table_are_named(tmp_path):
    words = "Solar,45,3600\nWind,25,3800\n"
    for names in (["jobs", "cost"], ["plant", "jobs", "cost"]):
        table = read(tmp_path, words, "data.csv", header_rows=0, columns=names)
        assert table.scores.loc["Wind"].to_dict() == {"jobs": 25, "cost": 3800}


@pytest.mark.parametrize("head", ["Mã,2020,2025", "id,1,2", ",C1,2025"])
def test_years_and_numbers_as_headings(tmp_path, head):
    table = read(tmp_path, f"{head}\nA2,2,5.5\nA3,4,1\n", "data.csv")
    assert list(table.scores) == head.split(",")[1:]


def test_several_heading_rows_of_a_survey_export(tmp_path):
    technical = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in "abc")
    words = f"ResponseId,Q1,Q2\nResponse ID,How important is cost?,How good?\n{technical}\nR1,3,4\nR2,5,1\n"
    found = answers(tmp_path, words, scale=(1, 5))
    assert found.table.to_numpy().tolist() == [[3, 4], [5, 1]]
    assert answers(tmp_path, words, scale=(1, 5), columns=["Q2"]).table.iloc[:, 0].tolist() == [4, 1]


@pytest.mark.parametrize("line", ["A,B,1,2", "(1),(2),(3),(4)"])
def test_line_of_column_numbers(tmp_path, line):
    table = read(tmp_path, f"Mã,Tên,Chi phí,Lợi ích\n{line}\nCN01,Điện,3,4\nCN02,Khí,5,6\n", "data.csv")
    assert list(table.scores.index) == ["CN01", "CN02"]


def test_criteria_in_rows(tmp_path):
    words = "Tiêu chí,Trọng số,Loại,A,B\nChi phí,0.4,min,3,4\nViệc làm,0.6,max,7,8\n"
    table = read(tmp_path, words, "data.csv")
    assert table.scores.loc["B"].to_dict() == {"Chi phí": 4, "Việc làm": 8}
    assert (table.weights["Chi phí"], table.directions["Chi phí"]) == (0.4, "minimize")
    doubtful = "Criterion,A,B,C\ncost,3,4,5\njobs,7,8,9\n"
    (problem,) = problems(tmp_path, doubtful, "data.csv").values()
    assert problem.code == "T137"
    assert list(read(tmp_path, doubtful, "data.csv", layout="columns").scores) == ["cost", "jobs"]
    assert list(read(tmp_path, doubtful, "data.csv", layout="rows").scores) == ["A", "B", "C"]


def test_a_fault_of_a_turned_table_stands_in_its_cell(tmp_path):
    words = "Tiêu chí,Trọng số,A,B\nChi phí,0.4,3,x\nViệc làm,0.6,7,8\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert str(problem.place) == "line 2, column 4"


# --- columns ------------------------------------------------------------------------------------------


def test_row_numbers_totals_and_ranks_are_no_criteria(tmp_path):
    words = "STT,Mã,Chi phí,Lợi ích,Tổng,Xếp hạng,Ghi chú\n1,A,3,4,7,2,\n2,B,5,4,9,1,tốt\n"
    table = read(tmp_path, words, "data.csv")
    assert list(table.scores) == ["Chi phí", "Lợi ích"]
    assert {"Tổng", "Xếp hạng", "Ghi chú"} <= set(table.texts)
    assert sum("no criterion" in note for note in notes(table)) == 2


@pytest.mark.parametrize("heading", ["Rank", "Total", "Điểm trung bình"])
def test_a_criterion_that_is_called_like_a_sum_is_asked_for(tmp_path, heading):
    words = f"id,cost,{heading}\nA,3,70\nB,5,20\n"
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert problem.code == "T137"
    assert list(read(tmp_path, words, "data.csv", columns={heading: "criterion"}).scores) == ["cost", heading]
    assert list(read(tmp_path, words, "data.csv", columns={heading: "left out"}).scores) == ["cost"]


@pytest.mark.parametrize("heading", ["Thời gian", "No", "Index", "Notes"])
def test_a_criterion_that_is_called_like_an_aside_stays_one(tmp_path, heading):
    assert heading in read(tmp_path, f"id,{heading},cost\nA,3.5,7\nB,5,2\n", "data.csv").scores


def test_a_first_column_of_values_is_no_column_of_ids(tmp_path):
    table = read(tmp_path, "C1,C2\n45.5,3\n3,4\n", "data.csv")
    assert table.scores.to_numpy().tolist() == [[45.5, 3], [3, 4]]
    (problem,) = problems(tmp_path, "C1,C2\n45,3\n3,4\n", "data.csv").values()
    assert (problem.code, problem.field) == ("T137", "C1")
    assert read(tmp_path, "C1,C2\n45,3\n3,4\n", "data.csv", code="C1").scores.to_dict() == {
        "C2": {"45": 3, "3": 4}
    }
    assert read(tmp_path, "C1,C2\n45,3\n3,4\n", "data.csv", columns={"C1": "criterion"}).scores.shape == (
        2,
        2,
    )


def test_words_triples_and_ranges_are_told(tmp_path):
    words = (
        'id,cost,level,range,fuzzy\nA,3,Cao,5-9,"(1,2,3)"\nB,4,Thấp,4-6,"(2,3,4)"\nC,5,Cao,1-2,"(2;3;4)"\n'
    )
    words += 'D,5,Cao,1 đến 2,"(2,3,4)"\n'
    table = read(tmp_path, words, "data.csv")
    assert list(table.scores) == ["cost", "fuzzy"]
    assert (table.low.loc["A", "range"], table.high.loc["A", "range"]) == (5, 9)
    assert table.scores.loc["A", "fuzzy"] == 2
    assert any("level holds the words Cao, Thấp" in note for note in notes(table))
    assert any("range holds ranges" in note for note in notes(table))
    assert read(tmp_path, words, "data.csv", scale={"Thấp": 1, "Cao": 3}).scores["level"].tolist() == [
        3,
        1,
        3,
        3,
    ]
    assert table.decision_matrix(dict.fromkeys(table.scores, "max")).high.loc["A", "fuzzy"] == 3


def test_one_technology_left_out_by_its_line(tmp_path):
    table = read(tmp_path, SIX, "data.csv", skip_rows=[3])
    assert "A2" not in table.scores.index
    assert table.layout.left_out["role"].tolist() == ["skipped"]


# --- what is empty, and what is no table of scores (206, 301, 302) -------------------------------------


def test_an_empty_row_and_an_empty_column_are_one_finding_each(tmp_path):
    words = "Province,S1,S2,S3\nP1,1.5,,2\nP2,2.5,,3\nP3,,,\nP4,3,,1\nP5,,,\n"
    found = problems(tmp_path, words, "data.csv")
    assert {place: (p.code, p.field) for place, p in found.items()} == {
        "line 1": ("T138", "S2"), "line 4": ("T138", "P3"), "line 6": ("T138", "P5")
    }  # fmt: skip
    table = read(tmp_path, words, "data.csv", leave_out="empty")
    assert table.scores.to_dict("index") == {
        "P1": {"S1": 1.5, "S3": 2}, "P2": {"S1": 2.5, "S3": 3}, "P4": {"S1": 3, "S3": 1}
    }  # fmt: skip
    assert table.layout.left_out["name"].tolist() == ["P3", "P5", "S2"]


INDEX = [
    ["INDEX"], ["140 Pit store", None, "Version:", 9],
    ["141 Large tank", None, "All cost data is in", 2020, "EURO"],
    ["142 Small tank", None, "Licence:"], ["160 Pumped hydro", None, "CC BY 4.0"], ["161 Compressed air"],
]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        INDEX, [["Sheet", "Content"], ["1", "Costs"], ["2", "Jobs"]],
        [["", "A", "B"], ["A", None, "X"], ["B", "X", None]],
    ],
)  # fmt: skip
def test_a_sheet_without_numbers_is_no_table_of_scores(tmp_path, rows):
    found = problems(tmp_path, workbook(rows, sheet="Index"))
    assert [p.code for p in found.values()] == ["T130"]
    assert "Index" in next(iter(found))


def test_a_long_table_is_one_finding(tmp_path):
    rows = [["ws", "par", "year", "val"]]
    rows += [[f"T{n}", par, year, n] for n in range(4) for par in ("cost", "life") for year in (2020, 2030)]
    (problem,) = problems(tmp_path, workbook(rows)).values()
    assert problem.code == "T130"
    for name in ("ws", "par", "year", "val"):
        assert name in problem.render("en")


def test_forms_and_answers_without_anything_are_refused(tmp_path):
    (problem,) = refused(lambda: answers(tmp_path, "expert,T1\ne1,\ne2,\n", scale=(1, 5)))
    assert problem.code == "T130"
    path = tmp_path / "ticks.csv"
    path.write_text("item,low,high\nT1,x,\n", encoding="utf-8")
    assert refused(lambda: tp.inputs.read_ticks(path))[0].code == "T130"
    assert tp.inputs.read_ticks(path, scale={"low": 1, "high": 5}).to_dict() == {"T1": 1}
    assert refused(lambda: weights(tmp_path, "criterion,weight\n"))[0].code == "T130"


# --- answers of online forms (307) ---------------------------------------------------------------------

FORM = (
    "Timestamp,Q1,Q2,Q3\n2022/06/22 11:00:10 AM,4,1 - Nothing yet,Transport;Food\n"
    "2022/06/22 11:00:14 AM,5 - Very important,4,Food\n2022/06/22 11:01:18 AM,1 - Not important,2,Food\n"
    "2022/06/22 11:01:22 AM,2,3,Food\n"
)


@pytest.mark.parametrize(
    "scale",
    [
        (1, 5), tp.Scale("ordinal", worst=1, best=5), {1: "Not important", 5: "Very important"},
        {"Q1": {"Not important": 1, "Very important": 5}, "Q2": (1, 5)},
    ],
)  # fmt: skip
def test_scales_with_words_at_their_ends(tmp_path, scale):
    found = answers(tmp_path, FORM, scale=scale, columns=["Q1", "Q2"])
    assert found.mean.to_dict() == {"Q1": 3, "Q2": 2.5}
    assert found.counted.to_dict() == {"Q1": 4, "Q2": 4}
    assert found.layout.parts.set_index("name").loc["Timestamp", "role"] == "time stamp"


def test_time_stamps_are_no_experts_and_other_questions_are_told(tmp_path):
    found = refused(lambda: answers(tmp_path, FORM, scale=(1, 5)))
    assert [(p.code, p.field) for p in found] == [("T113", "Q3")]
    with_name = FORM.replace("Timestamp,", "Timestamp,Họ tên,").replace(" AM,", " AM,e,").split("\n")
    named = [line.replace(",e,", f",e{n},") for n, line in enumerate(with_name)]
    found = answers(tmp_path, "\n".join(named), scale=(1, 5), columns=["Q1"])
    assert list(found.table.index) == ["e1", "e2", "e3", "e4"]


@pytest.mark.parametrize(
    "cell", ["5 = Rất cao", "5: Rất cao", "(5) Rất cao", "Rất cao (5)", "Rất cao - 5", "5. rất cao"]
)
def test_numbers_with_their_words(tmp_path, cell):
    scale = {"Thấp": 1, "Vừa": 3, "Rất cao": 5}
    assert answers(tmp_path, f"ai,T1\ne1,{cell}\n", scale=scale).table.loc["e1", "T1"] == 5
    (problem,) = refused(lambda: answers(tmp_path, f"ai,T1\ne1,{cell.replace('5', '3')}\n", scale=scale))
    assert problem.code == "T113"


@pytest.mark.parametrize("cell", ["5+", "3-4", "2-3", "4/5", "3 hoặc 4"])
def test_no_number_of_a_scale(tmp_path, cell):
    assert refused(lambda: answers(tmp_path, f"ai,T1\ne1,{cell}\ne2,3\n", scale=(1, 5)))


# --- numbers, with their column and their file ---------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ma,a\nT1,17.811\nT2,0.8\nT3,3.25\n", 17.811), ("ma;a\nT1;12.500\nT2;3,5\n", 12500),
        ("ma;a;b\nT1;12.500;0,8\nT2;8.000;0,5\n", 12500), ("ma;a\nT1;12.500\nT2;1.250.000\n", 12500),
        ('ma,a\nT1,"1,250"\nT2,0.5\n', 1250),
    ],
)  # fmt: skip
def test_a_number_is_judged_with_its_column_and_file(tmp_path, words, value):
    assert read(tmp_path, words, "data.csv").scores.loc["T1", "a"] == value


@pytest.mark.parametrize("rows", [("12.500", "8.000"), ("12.500", "8.000", "0.5", "3,5")])
def test_a_column_that_cannot_decide_is_one_problem(tmp_path, rows):
    words = "ma;a\n" + "".join(f"T{n};{row}\n" for n, row in enumerate(rows))
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert (problem.code, problem.field) == ("T110", "a")
    assert "locale=vi reads 12.500 as 12500, locale=en as 12.5" in str(problem.proposal)
    assert "locale=vi đọc 12.500 là 12500" in problem.render("vi")


def test_many_faults_of_a_column_are_one(tmp_path):
    words = "ma,a\n" + "".join(f"T{n},{'none' if n % 2 else n}\n" for n in range(2, 30))
    (problem,) = problems(tmp_path, words, "data.csv").values()
    assert "14 of 28 cells" in str(problem.found)


def test_units_of_headings_and_of_a_row(tmp_path):
    words = "ma,Chi phí (tỷ đồng),Thời gian,Lao động\n,,năm,người\nT1,12,3,5\nT2,8,5,6\n"
    assert read(tmp_path, words, "data.csv").units == {
        "Chi phí (tỷ đồng)": "tỷ đồng", "Thời gian": "năm", "Lao động": "người"
    }  # fmt: skip


# --- the layout itself ---------------------------------------------------------------------------------


def test_the_layout_is_said_in_both_languages(tmp_path):
    layout = read(tmp_path, SIX + "Trọng số,0.2,0.3,0.2,0.3\n", "data.csv").layout
    assert layout.sentence.render("en") == (
        "data.csv: cells parted by commas; decimal points; headings in line 1; 6 rows of data in line 2-7; "
        "weights in line 8; columns: A ids, B-E numbers"
    )
    assert "trọng số" in layout.sentence.render("vi")
    assert layout.left_out["reason"].map(str).tolist() == ["speaks about the columns"]
    assert "Trọng số" in str(layout.show("vi"))
    assert list(layout.to_frame()) == ["part", "place", "name", "role", "reason"]


@pytest.mark.parametrize(
    "options",
    [{"layout": "diagonal"}, {"layout": {2: "nonsense"}}, {"header_rows": -1}, {"columns": {"C1": "no"}},
     {"columns": "C1"}, {"scale": {"Cao": "much"}}, {"scale": (5, 1)}],
)  # fmt: skip
def test_words_of_the_caller_are_checked(tmp_path, options):
    with pytest.raises(tp.errors.InputError) as caught:
        read(tmp_path, SIX, "data.csv", **options)
    assert caught.value.render("vi") != caught.value.render("en")
