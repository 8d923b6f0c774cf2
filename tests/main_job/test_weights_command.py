"""``techprio weights`` names the experts, the judgments, and the priorities that would change."""

import pandas as pd

from ..commands import techprio


def test_shipped_study_names_two_experts_and_what_would_move(tmp_path):
    done = techprio(
        "weights", "lai-chau", "--lang", "en", "--csv", "tables", "--excel", "w.xlsx", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    consistency = pd.read_csv(tmp_path / "tables" / "consistency.csv", encoding="utf-8-sig")
    high = consistency[consistency["cr"] > 0.1]
    assert list(zip(high["expert"], high["node"], strict=True)) == [("e04", "root"), ("e11", "M")]
    revise = pd.read_csv(tmp_path / "tables" / "revise.csv", encoding="utf-8-sig", keep_default_na=False)
    assert set(revise["expert"]) == {"e04", "e11"}
    assert any("+" in change and "-" in change for change in revise["top_changes"])
    assert "ENE: +ENE01 -ENE08" in set(revise["top_changes"])  # files keep the codes
    moved = "Energy: +Extension and uprating of large hydropower plants -Smart distribution grid"
    assert moved in done.stdout
    assert "e07 left out 2 comparisons at “Impact”" in done.stdout
    assert set(pd.read_excel(tmp_path / "w.xlsx", sheet_name=None)) >= {"Weights", "Consistency"}


def test_vietnamese_screen_has_no_english_headings(tmp_path):
    shown = techprio("weights", "lai-chau", cwd=tmp_path).stdout
    for word in ("expert", "criterion", "look again", "True", "moderate"):
        assert word not in shown


def test_a_file_of_comparisons_is_weighed_and_a_bad_cell_named(tmp_path):
    file = tmp_path / "matrix.csv"
    file.write_text(",cost,value\ncost,1,1/3\nvalue,3,1\n", encoding="utf-8")
    done = techprio("weights", "matrix.csv", "--lang", "en", "--csv", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    weights = pd.read_csv(tmp_path / "out" / "weights.csv", encoding="utf-8-sig")
    assert dict(zip(weights["criterion"], weights["overall"].round(9), strict=True)) == {
        "cost": 0.25,
        "value": 0.75,
    }
    file.write_text(",cost,value\ncost,1,01-Mar\nvalue,3,1\n", encoding="utf-8")
    bad = techprio("weights", "matrix.csv", "--lang", "en", cwd=tmp_path)
    assert bad.returncode == 1
    assert "line 2: cost / value; found 01-Mar" in bad.stderr


def test_what_the_caller_states_of_the_file_holds(tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text(
        "Kết quả;;;\nMã;Câu A;Câu B;Câu C\ne1;2,5;5;2\ne2;2;4;2\nTB;2,2;4,5;2\n", encoding="utf-8"
    )
    stated = ("--columns", "Mã=expert,Câu A=cost vs jobs,Câu B=cost vs air,Câu C=jobs vs air")
    stated += ("--skip-rows", "5", "--locale", "vi", "--header-rows", "1")
    done = techprio("weights", "survey.csv", "--lang", "en", *stated, "--csv", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 experts, 3 pairs of cost, jobs, air" in done.stdout + done.stderr
    notes = pd.read_csv(tmp_path / "out" / "notes.csv", encoding="utf-8-sig")["note"]
    assert any("left out as asked in line 5" in note for note in notes)


def test_study_whose_numbers_no_table_decides(tmp_path):
    from techprio.inputs import new_study

    from ..unit.templates.filling import fill_folder

    folder = new_study(tmp_path / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(folder)
    file = next(folder.glob("*/technologies.csv"))
    head, row = file.read_text(encoding="utf-8-sig").splitlines()[:2]
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    cells |= dict.fromkeys(("capex_low", "capex_mode", "capex_high"), "12.500")
    file.write_text("\n".join([head, ",".join(cells.values()), ""]), encoding="utf-8")
    asked = techprio("check", folder, "--lang", "en", cwd=tmp_path).stdout
    assert "T110" in asked
    told = techprio("check", folder, "--lang", "en", "--locale", "vi", cwd=tmp_path).stdout
    assert "T110" not in told
    assert "found 12,500 on C2" in told
