"""Ten faults planted in a copy of the shipped study: ten problems, each at its place.

Each fault is also planted alone: one fault is one problem, never a cascade.
"""

import shutil

import pytest

from techprio.errors import DataFileError
from techprio.inputs.shipped import shipped_folder
from techprio.inputs.study import check_study, read_study


def replace_line(path, number, old, new):
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert old in lines[number - 1], lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    path.write_text("".join(lines), encoding="utf-8")


def line_of(path, beginning):
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.strip().startswith(beginning))


def delete_line(path, beginning):
    number = line_of(path, beginning)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    del lines[number - 1]
    path.write_text("".join(lines), encoding="utf-8")
    return number - 1


def unknown_prerequisite(study):
    file = study / "dependencies.csv"
    line = line_of(file, "CRS02,CRS05")
    replace_line(file, line, "CRS05", "CRS0S")
    return "S303", "dependencies.csv", line, ["CRS0S", "CRS05"]


def circle(study):
    file = study / "dependencies.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "CRS01,CRS04,hard,FS,0,,planted\n", encoding="utf-8")
    return "S315", "dependencies.csv", line_of(file, "CRS02,CRS01"), ["CRS01 -> CRS04 -> CRS02 -> CRS01"]


def score_off_scale(study):
    file = study / "agriculture" / "scores.csv"
    line = line_of(file, "AGR03,F2,")
    replace_line(file, line, "AGR03,F2,3,", "AGR03,F2,9,")
    return "S309", "agriculture/scores.csv", line, ["9 on F2", "1 to 5"]


def missing_score(study):
    line = delete_line(study / "mining" / "scores.csv", "MIN03,W4,")
    last = line_of(study / "mining" / "scores.csv", "MIN04,") - 1
    assert line < last
    return "S307", "mining/scores.csv", last, ["MIN03", "W4"]


def doubled_id(study):
    file = study / "tourism" / "technologies.csv"
    line = line_of(file, "TOU05,")
    replace_line(file, line, "TOU05", "TOU04")
    return "S302", "tourism/technologies.csv", line, ["TOU04", "line 5"]


def text_in_a_number(study):
    file = study / "processing" / "technologies.csv"
    line = line_of(file, "PRO01,")
    replace_line(file, line, ",60,110,180,", ',60,"110,5",180,')
    return "T110", "processing/technologies.csv", line, ["110,5", "110.5"]


def unknown_weight_node(study):
    file = study.parents[1] / "criteria" / "lai-chau-judgments.csv"
    line = line_of(file, "e02,agencies,root,")
    replace_line(file, line, ",root,", ",rooot,")
    return "J401", "criteria/lai-chau-judgments.csv", line, ["rooot", "did you mean root?"]


def strength_below_one(study):
    file = study.parents[1] / "criteria" / "lai-chau-judgments.csv"
    line = line_of(file, "e01,agencies,root,F,I,2")
    replace_line(file, line, "F,I,2", "F,I,0.5")
    return "J403", "criteria/lai-chau-judgments.csv", line, ["0.5", "write I as preferred, with strength 2"]


def negative_budget(study):
    file = study / "resources.yaml"
    line = line_of(file, "per_year: {2027: 45")
    replace_line(file, line, "2029: 85", "2029: -85")
    return "R501", "resources.yaml", line, ["-85", "budgets.local.per_year.2029"]


def shares_above_one(study):
    file = study / "logistics" / "technologies.csv"
    line = line_of(file, "LOG01,")
    replace_line(file, line, ",0.25,0.55,0.2,0,", ",0.25,0.55,0.4,0,")
    return "S311", "logistics/technologies.csv", line, ["a sum of 1.2"]


FAULTS = [
    unknown_prerequisite,
    circle,
    score_off_scale,
    missing_score,
    doubled_id,
    text_in_a_number,
    unknown_weight_node,
    strength_below_one,
    negative_budget,
    shares_above_one,
]


@pytest.fixture
def study(tmp_path):
    for part in ("criteria", "catalogs"):
        shutil.copytree(shipped_folder() / part, tmp_path / part)
    return tmp_path / "catalogs" / "lai-chau"


def assert_told(problem, code, file, line, words):
    assert (problem.code, problem.file) == (code, file)
    assert f"line {line}" in str(problem.place)
    for word in words:
        assert word in problem.render("en")


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_one_fault_is_one_problem(study, plant):
    expected = plant(study)
    problems = check_study(study)
    assert len(problems) == 1, "\n".join(map(str, problems))
    assert_told(problems[0], *expected)


def test_ten_faults_are_ten_problems(study):
    expected = [plant(study) for plant in FAULTS]
    problems = check_study(study)
    assert len(problems) == 10, "\n".join(map(str, problems))
    by_code = {problem.code: problem for problem in problems}
    for code, file, line, words in expected:
        assert_told(by_code[code], code, file, line, words)
    assert [problem.file for problem in problems] == sorted(problem.file for problem in problems)


def test_reading_stops_with_all_of_them(study):
    for plant in FAULTS:
        plant(study)
    with pytest.raises(DataFileError) as caught:
        read_study(study)
    assert len(caught.value.problems) == 10
    assert "đề nghị" in caught.value.render("vi")
