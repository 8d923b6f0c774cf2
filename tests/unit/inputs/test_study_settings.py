"""What a study says of itself is held against its criteria, at every door."""

import re
from dataclasses import replace

import openpyxl
import pytest

import techprio as tp
from techprio.inputs.study import examine_study

F1_TO_M6 = (
    "F1: 5, F2: 3, F3: 500, F6: 3, I1: 3, I2: 3, I3: 3, W1: 3, W3: 3, W4: 12, M1: 50, M2: 500, M3: 3, M6: 2"
)
WRONG = [
    ("{}", [("S325", "reference", "nothing")]),
    ("{values: {}}", [("S325", "reference.values", "nothing")]),
    ("{values: {F1: 5, XX: 3}}", [("S304", "reference.values.XX", "XX")]),
    ("{values: {" + F1_TO_M6.replace("F1: 5", "F1: 55") + "}}", [("S325", "reference.values.F1", "55")]),
    ("{values: {" + F1_TO_M6.replace("F1: 5, ", "") + "}}", [("S325", "reference.values", "none for F1")]),
    ("{values: {" + F1_TO_M6 + "}, veto: {Z9: 1}}", [("S304", "reference.veto.Z9", "Z9")]),
    (
        "{values: {" + F1_TO_M6 + "}, indifference: {F1: 3}, preference: {F1: 2}}",
        [("Y205", "reference.preference", "F1: 3 above 2")],
    ),
    ("{values: {" + F1_TO_M6 + "}, cut: 0.3}", [("Y207", "reference.cut", "0.3")]),
]


def written(copy_trimmed_study, folder, reference, rule="top"):
    study = copy_trimmed_study(folder)
    path = study / "study.yaml"
    words = re.sub(r"top: 4", f"top: 4, priority: {rule}", path.read_text(encoding="utf-8"))
    more = f"reference: {reference}\n" if reference else ""
    path.write_text(words + more, encoding="utf-8")
    return study


@pytest.mark.parametrize(("reference", "problems"), WRONG)
def test_a_reference_profile_that_cannot_be_used_is_told_at_its_line(
    copy_trimmed_study, tmp_path, reference, problems
):
    study = written(copy_trimmed_study, tmp_path, reference)
    found = tp.check_study(study)
    assert [(p.code, p.field, str(p.found)) for p in found] == problems
    last = len((study / "study.yaml").read_text(encoding="utf-8").splitlines())
    assert all(str(p.place).startswith(f"line {last}") for p in found)


def test_a_rule_without_its_profile_is_told(copy_trimmed_study, tmp_path):
    found = tp.check_study(written(copy_trimmed_study, tmp_path, "", "outranking"))
    assert [(p.code, p.field) for p in found] == [("S325", "ranking.priority")]


def test_a_profile_comes_back_from_folder_and_workbook(copy_trimmed_study, tmp_path):
    study = tp.read_study(written(copy_trimmed_study, tmp_path, "{values: {" + F1_TO_M6 + "}}", "score"))
    assert study.reference.values["F3"] == 500
    for name in ("again", "again.xlsx"):
        again = tp.read_study(study.save(tmp_path / name))
        assert (again.reference, again.ranking) == (study.reference, study.ranking)


#: What is stated in the settings, and the problem: key in the file, code, what was found.
SETTINGS = [
    ({"ranking/firm": 0.3, "ranking/firmly_not": 0.6}, "ranking.firmly_not", "Y205", "0.6 above 0.3"),
    ({"ranking/top": 7}, "ranking.top", "Y207", "7"),
    ({"ranking/top": 0}, "ranking.top", "Y207", "0"),
    ({"ranking/priority": "score"}, "ranking.priority", "S325", "no reference profile"),
    ({"reference/values": "F1: 5", "reference/veto": "Z9: 1"}, "reference.veto.Z9", "S304", "Z9"),
    (
        {"reference/values": F1_TO_M6, "reference/preference": "F1: 2", "reference/veto": "F1: 1"},
        "reference.veto",
        "Y205",
        "F1: 2 above 1",
    ),
    ({"reference/cut": 0.6}, "reference", "S325", "nothing"),
]


def _in_folder(study, stated):
    path = study / "study.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.startswith("ranking:")]
    ranking = {key.partition("/")[2]: value for key, value in stated.items() if key.startswith("ranking/")}
    own = "".join(f", {key}: {value}" for key, value in ranking.items())
    kept = re.sub(r", top: 4|top: 4, ", "", lines[place]) if "top" in ranking else lines[place]
    lines[place] = kept.replace("}", f"{own}}}")
    profile = {key.partition("/")[2]: value for key, value in stated.items() if key.startswith("reference/")}
    if profile:
        words = ", ".join(
            f"{key}: {{{value}}}" if isinstance(value, str) else f"{key}: {value}"
            for key, value in profile.items()
        )
        lines.append(f"reference: {{{words}}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return study


@pytest.fixture(scope="module")
def workbook(trimmed_study, tmp_path_factory):
    return trimmed_study.save(tmp_path_factory.mktemp("settings") / "study.xlsx")


def _in_workbook(workbook, place, stated):
    book = openpyxl.load_workbook(workbook)
    sheet = book["Study"]
    rows = {row[3].value: row for row in sheet.iter_rows()}
    for key, value in stated.items():
        by_criterion = str(value).replace(": ", "=").replace(", ", "; ")
        rows[key][1].value = by_criterion if key.startswith("reference/") else value
    book.save(place)
    return place


@pytest.mark.parametrize(("stated", "field", "code", "found"), SETTINGS)
def test_a_rule_of_priority_that_cannot_be_used_is_told_in_folder_and_workbook(
    copy_trimmed_study, workbook, tmp_path, stated, field, code, found
):
    for study in (
        _in_folder(copy_trimmed_study(tmp_path), stated),
        _in_workbook(workbook, tmp_path / "study.xlsx", stated),
    ):
        problems = tp.check_study(study)
        assert (code, field, found) in [(p.code, p.field.replace("/", "."), str(p.found)) for p in problems]
        assert all(p.place for p in problems)


@pytest.mark.parametrize("written", ["F1: 5; F2: 3", "F1: 5, F2: 3", "F1=5, F2=3", "F1:5"])
def test_pairs_of_a_cell_with_other_signs_get_a_proposal(workbook, tmp_path, written):
    book = openpyxl.load_workbook(workbook)
    row = next(row for row in book["Study"].iter_rows() if row[3].value == "reference/values")
    row[1].value = written
    book.save(tmp_path / "study.xlsx")
    found = tp.check_study(tmp_path / "study.xlsx")
    (problem,) = [one for one in found if (one.code, one.field) == ("Y205", "reference.values")]
    assert problem.place == f"Study!{row[1].coordinate}"
    assert "F1=5; F2=3" in str(problem.allowed)
    assert problem.proposal == ("F1=5" if written == "F1:5" else "F1=5; F2=3")


def test_a_text_in_place_of_pairs_gets_braces(copy_trimmed_study, tmp_path):
    study = _in_folder(copy_trimmed_study(tmp_path), {"ranking/priority": "score"})
    with (study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write('reference: {values: "F1: 5"}\n')
    assert "{F1: 5}" in [problem.proposal for problem in tp.check_study(study)]


def test_a_veto_on_an_unknown_criterion_is_told(copy_trimmed_study, tmp_path):
    study = copy_trimmed_study(tmp_path)
    path = study / "study.yaml"
    words = path.read_text(encoding="utf-8")
    gate = "  - {criterion: Z9, at_most: 3, keeps_from: firm}"
    path.write_text(re.sub(r"^gates:.*$", f"gates:\n{gate}", words, flags=re.M), encoding="utf-8")
    (problem,) = tp.check_study(study)
    assert (problem.code, str(problem.found)) == ("S304", "Z9")


def test_the_same_cannot_be_made_in_python(trimmed_study):
    settings, profile = tp.model.RankingSettings, tp.model.ReferenceProfile
    whole = dict.fromkeys(trimmed_study.criteria.by_id, 3.0)
    for make in (
        lambda: settings(firm=0.3, firmly_not=0.6),
        lambda: settings(top=0),
        lambda: replace(trimmed_study, ranking=settings(priority="score")),
        lambda: profile({}),
        lambda: replace(trimmed_study, reference=profile({**whole, "Z9": 1.0})),
        lambda: replace(trimmed_study, reference=profile({"F1": 5.0}, veto={"Z9": 1.0})),
        lambda: replace(trimmed_study, gates=(tp.model.Gate("Z9", at_most=3, keeps_from="firm"),)),
    ):
        with pytest.raises(tp.InputError):
            make()


def test_a_sector_that_is_all_among_the_first_is_noted(copy_trimmed_study, tmp_path):
    (note,) = examine_study(_in_folder(copy_trimmed_study(tmp_path), {"ranking/top": 5})).notes
    assert str(note) == "All technologies of LOG are among the first 5."
