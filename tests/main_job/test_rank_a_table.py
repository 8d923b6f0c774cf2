"""``techprio rank`` of a plain table: weights and directions beside it, in it, or on the command line."""

import shlex

import pandas as pd
import pytest

import techprio as tp

from ..commands import techprio

TABLE = "Mã,Tên,Chi phí (tỷ đồng),Lợi ích\nA,Điện,3,4\nB,Khí,5,6\nC,Pin,4,6\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scores.csv").write_text(TABLE, encoding="utf-8")
    inside = TABLE + "Trọng số,,0.4,0.6\nChiều,,min,max\n"
    (tmp_path / "full.csv").write_text(inside, encoding="utf-8")
    (tmp_path / "weights.csv").write_text(
        "Tiêu chí;Trọng số;Chiều\nChi phí;0,4;min\nLợi ích;0,6;max\n", encoding="utf-8"
    )
    return tmp_path


def test_weights_from_a_file_are_those_in_the_table(folder):
    inside = techprio("rank", "full.csv", "--lang", "en", "--csv", "a.csv", cwd=folder)
    beside = techprio("rank", "scores.csv", "--weights", "weights.csv", "--csv", "b.csv", cwd=folder)
    assert (inside.returncode, beside.returncode) == (0, 0)
    assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()
    assert "weights in line 5; directions in line 6" in inside.stdout


def test_explained_and_simulated(folder):
    why = techprio("rank", "full.csv", "--lang", "en", "--explain", "C", "A", cwd=folder)
    assert "ahead of" in why.stdout
    drawn = techprio("rank", "full.csv", "--lang", "en", "--draws", "200", "--seed", "1", cwd=folder)
    assert "Certainty of the ranks" in drawn.stdout


def test_what_is_missing_is_asked_for(folder):
    bare = techprio("rank", "scores.csv", "--lang", "vi", cwd=folder)
    assert bare.returncode != 0
    assert "--weights" in bare.stderr
    half = techprio(
        "rank", "scores.csv", "--weights", "Chi phí=1,Lợi ích=2", "--normalize", "--lang", "en", cwd=folder
    )
    assert "--directions" in half.stderr


def test_the_layout_is_overridden(folder):
    asked = (
        "--directions",
        "Chi phí=min,Lợi ích=max",
        "--weights",
        "Chi phí=0.5,Lợi ích=0.5",
        "--lang",
        "en",
    )
    done = techprio("rank", "scores.csv", *asked, "--skip-rows", "3", "--method", "weighted_sum", cwd=folder)
    assert done.returncode == 0
    assert "left out as asked in line 3" in done.stdout
    wrong = techprio("rank", "scores.csv", *asked, "--skip-rows", "three", cwd=folder)
    assert "--skip-rows" in wrong.stderr


def test_one_consistent_matrix_shows_its_ratio(tmp_path):
    (tmp_path / "matrix.csv").write_text(",a,b,c\na,1,2,4\nb,1/2,1,2\nc,1/4,1/2,1\n", encoding="utf-8")
    done = techprio("weights", "matrix.csv", "--lang", "en", cwd=tmp_path)
    assert "Consistency" in done.stdout
    assert "consistent" in done.stdout


def test_requirements_in_the_table_are_offered_and_used_when_asked(tmp_path):
    """The figures are those of a published question: only assets with a return of 2 and more are admitted."""
    rows = "PE,7,5,35\nJN,5,4,26\nAA,5,6,28\nMM,1,7,30\nFN,5,8,30\n"
    (tmp_path / "assets.csv").write_text(
        f"code,ROE,CAP,RI\n{rows}Tối thiểu,2,,\nweights,2,4,1\ntype,max,max,min\n", encoding="utf-8"
    )
    asked = ("--normalize", "--method", "weighted_sum", "--normalization", "minmax", "--lang", "en")
    offered = techprio("rank", "assets.csv", *asked, cwd=tmp_path)
    assert "ROE ≥ 2; --gates" in offered.stdout + offered.stderr
    done = techprio("rank", "assets.csv", *asked, "--gates", "--csv", "a.csv", "--draws", "50", cwd=tmp_path)
    scores = pd.read_csv(tmp_path / "a.csv", encoding="utf-8-sig").set_index("alternative")["score"]
    assert scores.round(6).to_dict() == {"FN": 0.650794, "PE": 0.428571, "AA": 0.396825, "JN": 0.142857}
    assert "MM: ROE is 1, at least 2 is needed" in done.stdout + done.stderr
    for row, gates in (("Min,1,4,26", 0), ("Yêu cầu,2,4,26", 3), ("Ngưỡng,,5,", 1), ("Max,,,30", 1)):
        (tmp_path / "b.csv").write_text(f"code,ROE,CAP,RI\n{rows}{row}\n", encoding="utf-8")
        assert len(tp.read_score_table(tmp_path / "b.csv").gates) == gates
    (tmp_path / "b.csv").write_text(f"code,ROE,CAP,RI\n{rows}Mục tiêu,4,,30\n", encoding="utf-8")
    assert tp.read_score_table(tmp_path / "b.csv").ideals == {"ROE": (4,), "RI": (30,)}


@pytest.mark.parametrize(
    ("about", "shown"),
    [("Trọng số;0,5;0,5", [1200, 900]), ("Đơn vị;đồng;người", None)],
    ids=["says it", "does not"],
)
def test_rows_about_the_columns_show_how_the_file_writes_its_numbers(about, shown, folder):
    (folder / "m.csv").write_text(
        f"Phương án;Chi phí;Việc làm\n{about}\nA;1.200;12\nB;900;8\n", encoding="utf-8"
    )
    if shown:
        assert tp.read_score_table(folder / "m.csv").scores["Chi phí"].tolist() == shown
    else:
        with pytest.raises(tp.DataFileError, match="one reading"):
            tp.read_score_table(folder / "m.csv")


def test_a_proposed_option_can_be_typed_as_it_is_shown(folder):
    (folder / "m.csv").write_text("id,Chi phí (tỷ đồng),jobs\nA,3,4\nB,5,6\n", encoding="utf-8")
    asked = techprio("rank", "m.csv", "--weights", "Chi phí=0.5,jobs=0.5", "--lang", "en", cwd=folder)
    assert asked.returncode == 1
    [option] = shlex.split(asked.stderr.partition("--directions ")[2])
    again = techprio("rank", "m.csv", "--weights", "Chi phí=0.5,jobs=0.5", "--directions", option, cwd=folder)
    assert again.returncode == 0, again.stderr
