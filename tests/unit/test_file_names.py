"""Names of files that are written: whatever a study, a sector or an expert is called, Windows takes them."""

import re

import pandas as pd
import pytest

import techprio as tp
from techprio.file_names import portable_name

REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
ODD = [
    "a:b",
    "a_b",
    "con",
    "CON.x",
    "lpt1",
    "x.",
    "x",
    "x ",
    "a/b",
    "a\\b",
    "a" * 300,
    "ộ" * 120,
    "",
    "a\nb",
    "…",
    "2026",
]


@pytest.mark.parametrize("words", ODD)
def test_name_is_taken_everywhere(words):
    name = portable_name(words)
    assert name
    assert not REFUSED.search(name)
    assert len(name.encode()) <= 180


def test_two_names_stay_two():
    assert len({portable_name(words).casefold() for words in ODD}) == len(ODD)


def test_result_and_forms_of_odd_names_have_names_that_windows_takes(tmp_path):
    codes = ["a:b", "a_b", "con", "x."]
    about = pd.DataFrame({"sector": codes, "cost": 1.0, "months": 6}, index=["T1", "T2", "T3", "T4"])
    scores = pd.DataFrame({"v": [1.0, 2, 3, 4], "w": [4.0, 3, 2, 1]}, index=about.index)
    catalog = tp.Catalog.from_frame(about, scores, {"v": "max", "w": "max"})
    study = tp.Study(catalog, weights={"v": 0.5, "w": 0.5}, id="aux: một")
    tp.run(study, draws=20).save(tmp_path / "results", outputs=())
    experts = [tp.forms.Expert(code, code, "agencies", ("con",)) for code in ("x", "x.", "nul")]
    tp.forms.make_forms(study, experts, tmp_path / "sent")
    written = [path.name for path in tmp_path.rglob("*")]
    assert not [name for name in written if REFUSED.search(name)]
    assert len(list((tmp_path / "sent").glob("*.xlsx"))) == 3
    assert len(list((tmp_path / "results" / "inputs").glob("*/scores.csv"))) == 4
    assert tp.run(tp.read_study(tmp_path / "results" / "inputs"), draws=20).rankings.keys() == set(codes)


FRAMES = {
    "a sector by its name": ("Nông nghiệp", ["T1", "T2"], "v"),
    "technologies by their names": ("s", ["Cold chain", "Dữ liệu dùng chung"], "v"),
    "criteria by their names": ("s", ["T1", "T2"], "chi phí (tỷ)"),
    "blanks and slashes": ("a b", ["T 1", "T/2"], "v x"),
    "numbers": ("1", ["1", "2"], "v"),
}


@pytest.mark.parametrize("names", FRAMES)
def test_study_from_frames_is_read_again_as_it_was_saved(tmp_path, names):
    sector, technologies, criterion = FRAMES[names]
    about = pd.DataFrame({"sector": sector, "cost": [1.0, 2.0], "months": 6}, index=technologies)
    scores = pd.DataFrame({criterion: [1.0, 2.0], "w": [2.0, 1.0]}, index=technologies)
    catalog = tp.Catalog.from_frame(about, scores, {criterion: "max", "w": "min"})
    result = tp.run(tp.Study(catalog, weights={criterion: 0.5, "w": 0.5}, id="x"), draws=20)
    result.save(tmp_path / "results", outputs=())
    assert tp.run(tp.read_study(tmp_path / "results" / "inputs"), draws=20) == result
    result.study.save(tmp_path / "study.xlsx")
    assert list(tp.read_study(tmp_path / "study.xlsx").catalog.technologies.index) == technologies
