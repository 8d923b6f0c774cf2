"""Forms out, filled, and back: exactly what was filled in, or the cell that cannot be taken."""

import io
import os
import random
import shutil
import subprocess
import unicodedata
from dataclasses import replace

import docx
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

import techprio as tp
from techprio.cli import main
from techprio.errors import InputError
from techprio.forms.folder import read_forms
from techprio.forms.questions import Score, levels_of, pairs_of, scores_of
from techprio.forms.rounds import delphi_changes
from techprio.forms.workbook import FIRST_ROW, IDS_FROM, LISTS_FROM, form_bytes

EXPERTS = (
    tp.forms.Expert("e1", "Nguyễn Văn An", "agencies", ("LOG",)),
    tp.forms.Expert("e2", "Trần Thị Bình", "research"),
    tp.forms.Expert("e3", "Lê Chi", "enterprises"),
)


@pytest.fixture(scope="module")
def study():
    return tp.example("lai-chau")


def fill(content, path, *, sides=None, seed=0, scores=True):
    """Fill a form from its own lists; return what was chosen, by ids."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    chosen = {}
    stream = random.Random(seed)
    for sheet in book.worksheets:
        for row in range(FIRST_ROW + 1, sheet.max_row + 1):
            ids = tuple(sheet.cell(row, IDS_FROM + 1 + place).value for place in range(3))
            if not all(ids):
                continue
            lists = [sheet.cell(row, LISTS_FROM + 1 + place).value for place in range(16)]
            if lists[4] and lists[4].startswith("2 - "):
                place = stream.choice([0, 1, 2]) if sides is None else sides
                sheet.cell(row, 4).value = lists[place]
                degree = stream.randint(2, 9)
                if place != 1:
                    sheet.cell(row, 5).value = lists[4 + degree - 2]
                chosen[ids] = (ids[1 + (place == 2)], float(degree) if place != 1 else 1.0)
            elif scores:
                levels = [word for word in lists if word][:-1]
                word = stream.choice(levels) if levels else "12"
                sheet.cell(row, 4).value = word
                chosen[ids] = float(word.split(" - ")[0])
    book.save(path)
    return chosen


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("seed", range(3))
def test_what_was_filled_in_comes_back(study, tmp_path, language, seed):
    chosen = fill(form_bytes(study, EXPERTS[0], language=language), tmp_path / "phiếu An.xlsx", seed=seed)
    found = read_forms(study, EXPERTS, tmp_path)
    assert found.problems == ()
    judged = {
        (row.node, *sorted((row.preferred, row.other))): (row.preferred, row.strength)
        for row in found.judgments.itertuples()
    }
    scored = {(row.sector, row.technology, row.criterion): row.value for row in found.answers.itertuples()}
    for ids, answer in chosen.items():
        if isinstance(answer, tuple):
            got = judged[(ids[0], *sorted(ids[1:]))]
            assert got[1] == answer[1]
            assert answer[1] == 1.0 or got[0] == answer[0]
        else:
            assert scored[ids] == answer
    assert len(chosen) == len(pairs_of(study)) + len(scores_of(study, EXPERTS[0]))
    assert found.progress.set_index("expert")["state"].to_dict() == {
        "e1": "complete", "e2": "missing", "e3": "missing"
    }  # fmt: skip


def cell_of(path, change):
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet.cell(FIRST_ROW + 1, IDS_FROM + 1).value)
    change(sheet)
    book.save(path)


def set_cell(column, value, row=FIRST_ROW + 2):
    return lambda sheet: setattr(sheet.cell(row, column), "value", value)


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (set_cell(4, "the first one"), "F603", "D"),
        (set_cell(5, "12 - more"), "F603", "E"),
        (set_cell(5, None), "F604", "E"),
        (set_cell(4, None), "F604", "D"),
    ],
)
def test_an_answer_that_cannot_be_taken_names_its_cell(study, tmp_path, change, code, column):
    path = tmp_path / "e2.xlsx"
    fill(form_bytes(study, EXPERTS[1], language="vi"), path, sides=0)
    cell_of(path, change)
    found = read_forms(study, EXPERTS, tmp_path)
    (problem,) = found.problems
    assert (problem.code, str(problem.place)) == (code, f"So sánh cặp!{column}{FIRST_ROW + 2}")
    assert found.judgments.empty
    assert found.progress.set_index("expert").loc["e2", "state"] == "refused"


def test_equal_beside_a_degree_is_a_contradiction(study, tmp_path):
    fill(form_bytes(study, EXPERTS[1], language="vi"), tmp_path / "e2.xlsx", sides=1)
    cell_of(tmp_path / "e2.xlsx", set_cell(5, "5 - rõ"))
    (problem,) = read_forms(study, EXPERTS, tmp_path).problems
    assert problem.code == "F604"


def test_unknown_counts_as_an_answer_and_a_blank_does_not(study, tmp_path):
    path = tmp_path / "e2.xlsx"
    fill(form_bytes(study, EXPERTS[1], language="vi"), path, sides=0)

    def change(sheet):
        for column in (4, 5):
            sheet.cell(FIRST_ROW + 1, column).value = None
            sheet.cell(FIRST_ROW + 2, column).value = None
        sheet.cell(FIRST_ROW + 2, 4).value = "Không biết"

    cell_of(path, change)
    row = read_forms(study, EXPERTS, tmp_path).progress.set_index("expert").loc["e2"]
    assert (row["unknown"], row["pairs_answered"], row["state"]) == (1, row["pairs"] - 2, "incomplete")


def test_forms_of_another_round_study_or_tree_are_refused(study, tmp_path):
    fill(form_bytes(study, EXPERTS[1], round=2, language="vi"), tmp_path / "a.xlsx")
    fill(form_bytes(replace(study, id="other"), EXPERTS[2], language="vi"), tmp_path / "b.xlsx")
    found = read_forms(study, EXPERTS, tmp_path)
    assert [(problem.code, problem.file, problem.field) for problem in found.problems] == [
        ("F602", "a.xlsx", "round"), ("F602", "b.xlsx", "study")
    ]  # fmt: skip


def test_two_forms_of_one_expert_are_not_chosen_between(study, tmp_path):
    for name, sides in (("one.xlsx", 0), ("two.xlsx", 2)):
        fill(form_bytes(study, EXPERTS[1], language="vi"), tmp_path / name, sides=sides)
    found = read_forms(study, EXPERTS, tmp_path)
    (problem,) = found.problems
    assert problem.code == "F606"
    assert "--prefer e2=one.xlsx" in problem.render("en")
    assert found.judgments.empty
    settled = read_forms(study, EXPERTS, tmp_path, prefer={"e2": "two.xlsx"})
    assert settled.problems == ()
    assert len(settled.judgments) == len(pairs_of(study))
    with pytest.raises(InputError, match="prefer: found 'e9'"):
        read_forms(study, EXPERTS, tmp_path, prefer={"e9": "two.xlsx"})


# Cases 103 and 104: lock files and shadows beside the forms; file names in decomposed letters.
def test_lock_files_and_decomposed_names(study, tmp_path):
    name = unicodedata.normalize("NFD", "Phiếu của Bình.xlsx")
    fill(form_bytes(study, EXPERTS[1], language="vi"), tmp_path / name)
    (tmp_path / "~$Phiếu.xlsx").write_bytes(b"lock")
    (tmp_path / "._Phiếu.xlsx").write_bytes(b"shadow")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    found = read_forms(study, EXPERTS, tmp_path)
    assert found.problems == ()
    assert [str(note) for note in found.notes] == [
        "Phiếu.xlsx is open in Excel; answers that are not saved yet are not in it"
    ]
    assert found.progress.set_index("expert").loc["e2", "state"] == "complete"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 broken", "Mã;Điểm\n".encode(), b"\xd0\xcf\x11\xe0 old"]
)
def test_files_that_are_no_forms(study, tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    found = read_forms(study, EXPERTS, tmp_path)
    assert len(found.problems) == 1
    assert found.judgments.empty


def test_a_workbook_that_is_no_form(study, tmp_path):
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    (problem,) = read_forms(study, EXPERTS, tmp_path).problems
    assert problem.code in ("F601", "T103")


def test_doubtful_answers_are_named(study, tmp_path):
    fill(form_bytes(study, EXPERTS[1], language="vi"), tmp_path / "e2.xlsx", sides=1)
    found = read_forms(study, EXPERTS, tmp_path)
    assert [str(what) for what in found.doubtful["what"]] == ["every pair is equally important"]


def test_an_inconsistent_expert_is_named(study, tmp_path):
    fill(form_bytes(study, EXPERTS[1], language="vi"), tmp_path / "e2.xlsx", seed=3)
    found = read_forms(study, EXPERTS, tmp_path)
    weights = tp.ahp(tp.Judgments(found.judgments, study.criteria.hierarchy, {}))
    wrong = weights.consistency.query("expert == 'e2' and cr > 0.1")["node"]
    assert set(found.doubtful["node"]) == set(wrong)


def answers(**values):
    rows = [(e, "g", "S", "T1", "F2", v) for e, v in values.items()]
    return pd.DataFrame(rows, columns=["expert", "group", "sector", "technology", "criterion", "value"])


def test_movement_between_rounds():
    rule = tp.forms.ConsensusRule(share=0.75, within=1, least=3)
    table = delphi_changes(answers(a=1.0, b=3.0, c=5.0, d=3.0), answers(a=3.0, b=3.0, c=4.0), rule=rule)
    row = table.iloc[0]
    assert (row["median_before"], row["median_after"], row["experts"]) == (3.0, 3.0, 3)
    assert (row["moved"], row["mean_move"]) == (2, pytest.approx(1 / 3))
    assert (row["agreed_before"], row["agreed_after"]) == (False, True)
    assert row["spread_after"] < row["spread_before"]


@pytest.mark.parametrize("rule", [{"share": 0.4}, {"within": -1}, {"least": 1}])
def test_a_rule_that_means_nothing(rule, study, tmp_path):
    with pytest.raises(InputError, match="rule of consensus"):
        tp.forms.make_forms(study, EXPERTS, tmp_path / "r1", rule=tp.forms.ConsensusRule(**rule))


EXPERTS_CSV = "ma,ho_ten,group,sectors\ne1,Nguyễn Văn An,agencies,LOG\ne2,Trần Thị Bình,research,\n"


def run(*arguments):
    return CliRunner().invoke(main, ["forms", *(str(argument) for argument in arguments)])


def test_two_rounds_on_the_command_line(tmp_path):
    (tmp_path / "experts.csv").write_text(EXPERTS_CSV, encoding="utf-8")
    common = ["--experts", tmp_path / "experts.csv", "--lang", "en"]
    made = run("make", "lai-chau", "--out", tmp_path / "r1", "--consensus", "share=0.8,within=1", *common)
    assert made.exit_code == 0, made.output
    back = tmp_path / "back"
    back.mkdir()
    fill((tmp_path / "r1" / "lai-chau-e1.xlsx").read_bytes(), back / "an.xlsx", seed=1)
    read = run("read", "lai-chau", back, "--sent", tmp_path / "r1", "--out", tmp_path / "res1", *common)
    assert read.exit_code == 0, read.output
    assert "1 of 2 forms are in" in read.output
    assert "not in yet: e2" in read.output
    scores = pd.read_csv(tmp_path / "res1" / "logistics" / "scores.csv")
    assert set(scores["evidence"]) == {"D"}
    page = docx.Document(tmp_path / "res1" / "pages" / "e1.docx")
    assert "Nguyễn Văn An" in page.paragraphs[0].text

    again = run("make", "lai-chau", "--out", tmp_path / "r2", "--before", tmp_path / "res1", *common)
    assert again.exit_code == 0, again.output
    content = (tmp_path / "r2" / "lai-chau-e1.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Scores LOG"]
    assert sheet.cell(FIRST_ROW + 1, 7).value.startswith("median ")
    fill(content, back / "an.xlsx", seed=2)
    second = run("read", "lai-chau", back, "--sent", tmp_path / "r2", "--out", tmp_path / "res2", "--before",
                 tmp_path / "res1", *common)  # fmt: skip
    assert second.exit_code == 0, second.output
    moved = pd.read_csv(tmp_path / "res2" / "movement.csv")
    assert moved["moved"].sum() > 0
    refused = run("make", "lai-chau", "--out", tmp_path / "r3", "--before", tmp_path / "res1", "--consensus",
                  "share=0.9", *common)  # fmt: skip
    assert refused.exit_code != 0
    assert "fixed before the first round" in refused.output


def test_a_folder_of_a_round_is_not_written_over(study, tmp_path):
    tp.forms.make_forms(study, EXPERTS[:1], tmp_path / "r1")
    with pytest.raises(InputError, match="new folder"):
        tp.forms.make_forms(study, EXPERTS[:1], tmp_path / "r1")


def test_faults_of_the_list_of_experts(tmp_path):
    (tmp_path / "e.csv").write_text("expert,name,group,sectors\na,A,g,LOGG\na,B,g,\n", encoding="utf-8")
    with pytest.raises(tp.DataFileError) as caught:
        tp.inputs.read_experts(tmp_path / "e.csv", sectors=["LOG"])
    assert [problem.code for problem in caught.value.problems] == ["S306", "S302"]


def test_forms_lock_everything_but_the_answers(study):
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(study, EXPERTS[0], language="vi")))
    assert book["techprio"].sheet_state == "veryHidden"
    sheet = book["So sánh cặp"]
    assert sheet.protection.sheet
    assert not sheet.cell(FIRST_ROW + 1, 4).protection.locked
    assert sheet.cell(FIRST_ROW + 1, 2).protection.locked
    assert len(sheet.data_validations.dataValidation) == 2 * len(pairs_of(study))
    assert sheet.freeze_panes == f"A{FIRST_ROW + 1}"
    assert sheet.page_setup.paperSize == 9


def test_same_form_same_bytes(study):
    one, two = (form_bytes(study, EXPERTS[0], language="vi") for _ in range(2))
    assert one == two


@pytest.mark.parametrize(("criterion", "levels"), [("F2", 5), ("M1", 0)])
def test_levels_come_from_the_scale(study, criterion, levels):
    assert len(levels_of(study.criteria.by_id[criterion])) == levels


def test_scores_are_asked_for_the_sectors_of_the_expert_only(study):
    asked = scores_of(study, EXPERTS[0])
    assert {score.sector for score in asked} == {"LOG"}
    assert Score("LOG", "LOG01", "F2") in asked
    assert not any(score.criterion in ("F1", "F3") for score in asked)  # read from the catalogue


@pytest.mark.office
def test_a_form_saved_by_libreoffice_reads_the_same(study, tmp_path):
    program = shutil.which("soffice")
    if program is None:
        assert not os.environ.get("TECHPRIO_CI"), "LibreOffice is not installed"
        pytest.skip("LibreOffice is not installed")  # it writes the file of this test
    (tmp_path / "in").mkdir()
    fill(form_bytes(study, EXPERTS[0], language="vi"), tmp_path / "in" / "an.xlsx", seed=5)
    ours = read_forms(study, EXPERTS, tmp_path / "in")
    profile = (tmp_path / "profile").as_uri()
    for kind in ("ods", "xlsx:Calc MS Excel 2007 XML"):
        out = tmp_path / kind[:4]
        asked = ["--headless", "--convert-to", kind, "--outdir", str(out), str(tmp_path / "in" / "an.xlsx")]
        command_line = [program, f"-env:UserInstallation={profile}", *asked]
        subprocess.run(command_line, check=True, capture_output=True, timeout=240)
        theirs = read_forms(study, EXPERTS, out)
        assert theirs.problems == (), kind
        pd.testing.assert_frame_equal(theirs.judgments, ours.judgments)
        pd.testing.assert_frame_equal(theirs.answers, ours.answers)
