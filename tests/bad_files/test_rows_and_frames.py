"""Rows about columns under names of their own, words that frame pairs, and tables of other kinds."""

import csv
import io

import openpyxl
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli.main import main

MATRIX = "Name,Cost,Gain\nA,100,5\nB,120,8\nC,90,4\n"


@pytest.fixture(params=["csv", "xlsx"])
def written(request, tmp_path):
    """Write a table as text or as a workbook with numbers in its cells."""

    def write(words):
        file = tmp_path / f"table.{request.param}"
        if request.param == "csv":
            file.write_text(words, encoding="utf-8")
            return file
        book = openpyxl.Workbook()
        for row in csv.reader(io.StringIO(words)):
            book.active.append([_value(cell) for cell in row])
        book.save(file)
        return file

    return write


def _value(cell):
    try:
        return float(cell) if cell else None
    except ValueError:
        return cell


def problems(read, *given, **options):
    with pytest.raises(tp.DataFileError) as refused:
        read(*given, **options)
    return refused.value.problems


@pytest.mark.parametrize(
    ("row", "role"),
    [
        ("Relative importance,2,3", "weights"),
        ("Mức quan trọng,2,3", "weights"),
        ("Bộ trọng số,2,3", "weights"),
        ("Policy target,90,8", "target"),
        ("Electric total,10,3", "total"),
        ("National average,70,3", "mean"),
        ("Kỳ vọng,nhỏ,lớn", "directions"),
        ("Row,low,high", "directions"),
        ("Ghi nhận,thấp,cao", "directions"),
    ],
)
@pytest.mark.parametrize("first", [False, True])
def test_a_row_that_may_speak_about_columns_is_asked_for(row, role, first, written):
    head, data = MATRIX.split("\n", 1)
    file = written(f"{head}\n{row}\n{data}" if first else f"{MATRIX}{row}\n")
    (problem,) = problems(tp.read_score_table, file)
    assert (problem.code, problem.field) == ("T137", row.split(",")[0])
    line = 2 if first else 5
    read = tp.read_score_table(file, layout={line: role})
    assert list(read.scores.index) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("row", "weights", "directions"),
    [
        ("Global weight,0.4,0.6", {"Cost": 0.4, "Gain": 0.6}, {}),
        ("+/-,-,+", {}, {"Cost": "minimize", "Gain": "maximize"}),
        ("Preferred direction,low,high", {}, {"Cost": "minimize", "Gain": "maximize"}),
        ("Chiều mong muốn,thấp,cao", {}, {"Cost": "minimize", "Gain": "maximize"}),
        ("Sample mean,103.33,5.67", {}, {}),
    ],
)
def test_a_row_that_can_be_nothing_else_is_kept_apart(row, weights, directions, written):
    read = tp.read_score_table(written(f"{MATRIX}{row}\n"))
    assert list(read.scores.index) == ["A", "B", "C"]
    assert (read.weights, read.directions) == (weights, directions)


@pytest.mark.parametrize(
    "words",
    [
        "Name,Cost,Gain\nWind average,100,5\nSolar average,120,8\nHydro average,90,4\n",
        "Code,Name,Cost,Gain\nT1,Wind average,100,5\nT2,Solar,120,8\nT3,Hydro total,90,4\n",
        "Name,Cost,Gain\nTổng công ty Điện lực,100,5\nB,120,8\nC,90,4\n",
    ],
)
def test_alternatives_whose_names_end_like_sums_stay(words, written):
    assert len(tp.read_score_table(written(words)).scores) == 3


PAIRS = [("econ", "soc"), ("econ", "env"), ("soc", "env")]
FRAMES = [
    "Side: {} - {}",
    "Bên nào: {} hay {}",
    "{} vs. {} (1-9)",
    "Which is more important: {} or {}?",
    "How important is {} compared to {}?",
    "So sánh {} so với {} (thang 1-9)",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_words_that_frame_every_pair_are_no_part_of_the_names(frame, written):
    heads = ",".join(frame.format(*pair) for pair in PAIRS)
    found = tp.inputs.read_pairwise(written(f"id,{heads}\n1,3,5,2\n2,2,4,2\n"))
    assert set(tp.ahp(found.judgments).overall.index) == {"econ", "soc", "env"}


@pytest.mark.parametrize("frame", FRAMES[:4])
def test_frames_beside_a_column_of_degrees(frame, written):
    heads = ",".join(f"{frame.format(*pair)},degree" for pair in PAIRS)
    found = tp.inputs.read_pairwise(written(f"id,{heads}\n1,1,3,1,5,2,2\n2,2,3,1,5,1,2\n"))
    weights = tp.ahp(found.judgments).overall
    assert weights.round(3).to_dict() == {"econ": 0.519, "soc": 0.304, "env": 0.177}


@pytest.mark.parametrize(
    "names", [("Cost A", "Cost B", "Cost C"), ("C1", "C2", "C3"), ("a (x)", "b (x)", "c (x)")]
)
def test_words_that_all_names_share_stay(names, written):
    first, second, third = names
    heads = f"{first} vs {second},{first} vs {third},{second} vs {third}"
    found = tp.inputs.read_pairwise(written(f"id,{heads}\n1,3,5,2\n2,2,4,2\n"))
    assert tuple(tp.ahp(found.judgments).overall.index) == names


@pytest.mark.parametrize(
    "words",
    [
        "Alt,C1,C2,C3\nA,10,3,5\nB,20,2,4\nC,15,9,1\n",
        "expert,node,c,b,value\nA,root,C1,C2,3\nA,root,C1,C3,5\nB,root,C2,C3,2\nB,root,C1,C2,2\n",
        "Chuyên gia,Nút,Tiêu chí thứ nhất,Tiêu chí thứ hai\nA,gốc,C1,C2\nB,gốc,C1,C3\nC,gốc,C2,C3\n",
    ],
)
def test_a_table_of_another_kind_is_called_so_once(words, written):
    (problem,) = problems(tp.inputs.read_pairwise, written(words))
    assert problem.code == "T130"
    assert words.split(",")[1] in str(problem.found)


@pytest.mark.parametrize(
    "words",
    [
        ",a,b,c\na,1,3,5\nb,0.333,1,2\nc,0.2,0.5,1\n",
        ",Giá,Lợi ích\nGiá,1,2\nLợi ích,0.5,1\n",
        "Name,x,y\ny,0.25,1\nx,1,4\n",
    ],
)
def test_comparisons_are_no_scores(words, written):
    file = written(words)
    (problem,) = problems(tp.read_score_table, file)
    assert (problem.code, "read_pairwise" in str(problem.proposal)) == ("T130", True)
    names = words.split("\n")[0].split(",")[1:]
    assert list(tp.read_score_table(file, columns=names).scores) == names


@pytest.mark.parametrize("heading", ["Successors", "Công việc sau", "Required by"])
def test_successors_are_read_and_not_left_out(heading, written):
    found = tp.inputs.read_prerequisites(written(f"id,{heading}\nT1,T2\nT2,\n"))
    assert found.dependencies[["technology", "requires"]].values.tolist() == [["T2", "T1"]]


def test_successors_by_other_ids_are_refused(written):
    (problem,) = problems(tp.inputs.read_prerequisites, written("id,Unique ID Successors\nT1,T2\nT2,\n"))
    assert problem.code == "T107"
    assert problem.edit is None or "needed_by" in problem.edit.by


@pytest.mark.parametrize(
    "heading", ["Cần có trước", "Công nghệ cần trước", "Predecessor Details", "Phụ thuộc vào", "Tiên quyết"]
)
def test_headings_over_what_is_needed(heading, written):
    found = tp.inputs.read_prerequisites(written(f"id,{heading}\nT1,\nT2,T1\n"))
    assert found.dependencies[["technology", "requires"]].values.tolist() == [["T2", "T1"]]


def test_a_heading_with_x_is_named_where_it_is_the_only_one(written):
    (problem,) = problems(tp.inputs.read_prerequisites, written("id,x_Predecessors\nT1,\nT2,T1\n"))
    assert (problem.code, problem.edit.by) == ("T105", ("Predecessors",))


def test_a_name_with_a_number_is_no_spoiled_date(written):
    found = problems(
        tp.inputs.read_pairwise, written("id,econ vs soc,econ vs env\n1,econ 3,econ 5\n2,soc 3,env 2\n")
    )
    assert {problem.code for problem in found} == {"J408"}


def test_the_command_line_leaves_out_what_is_empty(written):
    file = written("Name,Cost,Gain,Jobs\nA,100,5,\nB,,,\nC,90,4,\n")
    options = ["--weights", "Cost=0.5,Gain=0.5", "--directions", "Cost=min,Gain=max", "--lang", "en"]
    refused = CliRunner().invoke(main, ["rank", str(file), *options])
    taken = CliRunner().invoke(main, ["rank", str(file), "--leave-out", "empty", *options])
    assert (refused.exit_code, taken.exit_code) == (1, 0)
    assert "Ranking of 2 alternatives" in taken.output
