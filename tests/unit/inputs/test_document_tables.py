"""Letterhead, legal basis and workstreams: what is read, and what is said of each wrong value."""

import shutil

import pytest

import techprio as tp

HEAD = "order,kind,number,date,issuer,title,used_in,checked\n"
STREAMS = "clause,status,date,product,note\n"


def with_files(trimmed_folder, tmp_path, **files):
    study = shutil.copytree(trimmed_folder.parents[1], tmp_path / "tree") / "catalogs" / "lai-chau"
    for name, words in files.items():
        (study / name.replace("__", ".").replace("_", "-")).write_text(words, encoding="utf-8")
    return study


def test_the_shipped_study_says_who_issues_and_what_is_cited(trimmed_study):
    material = trimmed_study.material
    assert material.letterhead.parent == "UBND TỈNH LAI CHÂU"
    assert material.letterhead.signer.office == "GIÁM ĐỐC"
    assert material.letterhead.province_signer.powers == "TM. ỦY BAN NHÂN DÂN"
    legal = material.table("legal")
    assert legal["order"].tolist() == [1, 2, 3, 4]
    assert legal.loc[0, "used_in"] == ("quyet-dinh", "to-trinh", "hoan-thien")


@pytest.mark.parametrize(
    ("file", "words", "code", "found", "proposal"),
    [
        ("legal__csv", f"{HEAD}1,Luật,,16/6/2025,,Tổ chức,,\n", "T141", "16/6/2025",
         "did you mean 2025-06-16?"),
        ("legal__csv", f"{HEAD}1,Luật,,2025-02-30,,Tổ chức,,\n", "T141", "2025-02-30", ""),
        ("legal__csv", f"{HEAD}1,Luật,,,,A,,\n1,Luật,,,,B,,\n", "T129", "1, also in legal.csv, line 2", ""),
        ("legal__csv", f"{HEAD}1,Luật,,,,A,quyet-dịnh,\n", "T113", "quyet-dịnh", "did you mean quyet-dinh?"),
        ("legal__csv", f"{HEAD}0,Luật,,,,A,,\n", "T112", "0", ""),
        ("workstreams__csv", f"{STREAMS}III.7,done,,,\n", "T113", "III.7", ""),
        ("workstreams__csv", f"{STREAMS}III.1,ready,,,\n", "T113", "ready", ""),
        ("workstreams__csv", f"{STREAMS}III.1,done,soon,,\n", "T141", "soon", ""),
        ("letterhead__yaml", "provnce: tỉnh Lai Châu\n", "Y203", "provnce", "did you mean province?"),
        ("letterhead__yaml", "authority: mayor\n", "Y208", "mayor", ""),
        ("letterhead__yaml", "receivers_decision: {a: b}\n", "Y205", None, ""),
        ("letterhead__yaml", "signer: {ofice: X}\n", "Y203", "ofice", "did you mean office?"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_with_its_place(trimmed_folder, tmp_path, file, words, code, found, proposal):
    problems = tp.check_study(with_files(trimmed_folder, tmp_path, **{file: words}))
    assert [problem.code for problem in problems] == [code]
    (problem,) = problems
    assert file.partition("__")[0] in problem.file
    assert found is None or str(problem.found) == found
    assert (problem.proposal.render("en") if problem.proposal else "") == proposal


def test_tasks_and_policies_are_tied_to_technologies_that_are_there(trimmed_folder, tmp_path):
    tasks = "task,lead,deadline,technologies\nA,B,2028,AGR01;AGR99\n"
    policies = "policy,technologies\nA,CRS01;CRS0l\n"
    study = with_files(trimmed_folder, tmp_path, tasks__csv=tasks, policies__csv=policies)
    problems = tp.check_study(study)
    assert [(p.code, p.found) for p in problems] == [("S303", "CRS0l"), ("S303", "AGR99")]


def test_a_short_name_is_short(trimmed_folder, tmp_path):
    study = with_files(trimmed_folder, tmp_path)
    file = study / "agriculture" / "technologies.csv"
    head, first, *rest = file.read_text(encoding="utf-8").splitlines()
    lines = [f"{head},short_vi", f"{first},{'x' * 41}", *(f"{line},{'x' * 40}" for line in rest)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = tp.check_study(study)
    assert (problem.code, problem.found.render("vi")) == ("T140", "41 chữ")


def test_the_inputs_of_documents_survive_a_workbook(trimmed_folder, tmp_path):
    tasks = "task,lead,deadline,technologies\nA,B,2028,AGR01;CRS01\n"
    streams = f"{STREAMS}III.1,done,2026-03-01,Ban Chỉ đạo,\n"
    study = with_files(trimmed_folder, tmp_path, tasks__csv=tasks, workstreams__csv=streams)
    book = tp.inputs.convert_study(study, tmp_path / "study.xlsx")
    before, after = tp.read_study(study).material, tp.read_study(book).material
    assert after.letterhead == before.letterhead
    for name in ("legal", "workstreams", "tasks"):
        assert after.table(name).to_dict("list") == before.table(name).to_dict("list")
    again = tp.inputs.convert_study(book, tmp_path / "folder")
    assert tp.read_study(again).material.letterhead == before.letterhead


def test_a_table_of_its_own_is_read(tmp_path):
    file = tmp_path / "legal.csv"
    file.write_text(f"{HEAD}2,Luật,,,,B,,\n1,Kế hoạch,,,,A,decision,\n", encoding="utf-8")
    assert tp.inputs.read_legal(file)[["kind", "used_in"]].values.tolist() == [
        ["Kế hoạch", ("quyet-dinh",)],
        ["Luật", ()],
    ]
    with pytest.raises(tp.DataFileError):
        tp.inputs.read_legal(tmp_path / "none.csv")
