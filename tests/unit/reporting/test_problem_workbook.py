import openpyxl
import pytest

from techprio.errors import DataFileError, Problem, did_you_mean
from techprio.language import text
from techprio.problems import SCREENFUL, find_causes
from techprio.reporting.problem_workbook import write_problems


def missing(row, column, file="scores.csv"):
    place = text("line {line}", line=row)
    return Problem("T114", file, place, column, text("nothing"), text("a number"))


def test_thousands_of_problems_of_one_cause_are_one_finding():
    problems = [missing(row, "cost") for row in range(2, 9750)]
    said = DataFileError(problems).render("en")
    assert said.startswith("[T114] scores.csv: cost; 9748 times: line 2, line 3, line 4, …")
    assert len(said) < 200


def test_many_columns_and_files_still_fit_on_a_screen():
    problems = [missing(row, f"c{n}", f"f{n % 40}.csv") for n in range(200) for row in range(2, 8)]
    said = DataFileError(problems).render("en")
    assert len(said.splitlines()) <= SCREENFUL + 1
    assert "1200 times" in said


def test_all_kinds_are_counted_where_there_are_more_than_a_screenful():
    problems = [Problem(f"X{n}", "f.csv", "", "", "a", "b") for n in range(30)]
    said = DataFileError(problems).render("en").splitlines()
    assert len(said) == SCREENFUL + 1
    assert said[-1] == "and 10 other problems"


def test_different_proposals_are_an_example_not_the_change():
    problems = [
        Problem("S303", "d.csv", f"line {n}", "requires", f"T-{n}", "ids", did_you_mean(f"T-{n}", [f"T{n}"]))
        for n in range(1, 7)
    ]
    (finding,) = find_causes(problems)
    assert "proposals such as: did you mean T1?" in finding.render("en")
    assert finding.render("vi") != finding.render("en")


def test_few_problems_are_shown_one_by_one():
    problems = [missing(row, "cost") for row in (2, 3, 4)]
    assert DataFileError(problems).render("en").splitlines() == [one.render("en") for one in problems]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scores.csv").write_text("id,cost,note\nT1,,=1+1\nT2,3,a\n", encoding="utf-8")
    return tmp_path


def test_cells_are_marked_in_a_copy(folder):
    before = (folder / "scores.csv").read_bytes()
    path = write_problems([missing(2, "cost")], folder, folder / "problems.xlsx", language="en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["Problems", "Problems one by one"]
    (copy,) = [book[name] for name in book.sheetnames[2:]]
    assert copy["B2"].fill.start_color.rgb == "FFFFC7CE"
    assert "T114" in copy["B2"].comment.text
    assert copy["B3"].value == "3"
    assert copy["C2"].data_type == "s"
    assert (folder / "scores.csv").read_bytes() == before


def test_workbook_of_a_study_is_copied_with_its_marks(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Điểm"
    book.active.append(["id", "cost"])
    book.active.append(["T1", "x"])
    book.save(tmp_path / "study.xlsx")
    problem = Problem("T110", "study.xlsx", "Điểm!B2", "cost", "x", text("a number"))
    path = write_problems([problem], tmp_path / "study.xlsx", tmp_path / "problems.xlsx", language="vi")
    sheet = openpyxl.load_workbook(path)["Điểm"]
    assert sheet["B2"].fill.start_color.rgb == "FFFFC7CE"
    assert sheet["A2"].comment is None
