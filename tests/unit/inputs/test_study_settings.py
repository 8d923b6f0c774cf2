"""What a study says of itself is held against its criteria, at every door."""

import re

import pytest

import techprio as tp

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
