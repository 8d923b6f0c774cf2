"""One technology under several spellings in a study (case 064 of CASES.md, in the files of a study)."""

import unicodedata

import techprio as tp
from techprio.inputs.study import check_study

from ..unit.templates.filling import fill_folder


def test_name_that_looks_like_another(tmp_path):
    study = tp.inputs.new_study(tmp_path / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(study)
    path = next(study.rglob("technologies.csv"))
    words = path.read_text(encoding="utf-8")
    again = unicodedata.normalize("NFD", "Nhà  MÀNG")
    path.write_text(words.replace("Sấy lạnh", again), encoding="utf-8")
    (problem,) = check_study(study)
    assert (problem.code, problem.field) == ("T129", "name_vi")
    assert "AGR01" in str(problem.found)
    assert "cũng là tên của AGR01" in problem.render("vi")


# 104
def test_file_whose_name_came_from_a_mac(tmp_path):
    study = tp.inputs.new_study(tmp_path / "study", sectors="AGR=Nông nghiệp", id="x")
    fill_folder(study)
    main = study / "study.yaml"
    words = main.read_text(encoding="utf-8")
    assert "judgments: judgments.csv" in words
    main.write_text(words.replace("judgments: judgments.csv", "judgments: phiếu.csv"), encoding="utf-8")
    (study / "judgments.csv").rename(study / unicodedata.normalize("NFD", "phiếu.csv"))
    assert check_study(study) == []
