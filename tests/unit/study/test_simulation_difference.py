"""Two runs that differ only in seed, draws or version say so, and what moved by it."""

import json
from dataclasses import replace

import openpyxl
import pytest

import techprio as tp
from techprio.cli.compare import _lines
from techprio.study.difference import simulation_difference


@pytest.fixture(scope="module")
def other_seed(trimmed_study):
    return tp.run(trimmed_study, draws=100, seed=7)


def test_seed_and_draws_are_named_with_what_moved(trimmed_result, other_seed):
    difference = tp.compare_runs(trimmed_result, other_seed, plan=False)
    said = [str(words) for words in difference.settings]
    assert any(words.startswith("draws: 200, now 100") for words in said)
    assert any("seed" in words and words.endswith("now 7") for words in said)
    moved = (difference.certainty["p_top_old"] - difference.certainty["p_top_new"]).abs()
    assert moved.max() > 0
    assert str(difference.certainty_notes[0]).startswith(f"{int((moved > 1e-5).sum())} probabilities")
    lines = "\n".join(_lines(difference, "en"))
    assert "seed" in lines.splitlines()[0]
    assert "–" not in lines.splitlines()[0]
    classes = difference.certainty
    changed = classes[classes["class_old"] != classes["class_new"]]
    for name in changed["technology"].head(3):
        assert f"{name}: " in lines


def test_files_of_a_comparison_carry_settings_and_certainty(trimmed_result, other_seed, tmp_path):
    from techprio.reporting.difference import write_difference

    difference = tp.compare_runs(trimmed_result, other_seed, plan=False)
    assert "the study is the same" in str(difference.certainty_notes[1])
    shown = " ".join(str(difference.show(language="en")).split())
    assert all(str(note) in shown for note in (*difference.settings, *difference.certainty_notes))
    write_difference(difference, tmp_path / "out", language="en")
    record = json.loads((tmp_path / "out" / "difference.json").read_text(encoding="utf-8"))
    assert any("seed" in words for words in record["settings"])
    assert record["certainty"] == [str(note) for note in difference.certainty_notes]
    table = (tmp_path / "out" / "difference.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert {"p_top_old", "p_top_new", "class_old", "class_new"} <= set(table.split(","))
    book = openpyxl.load_workbook(tmp_path / "out" / "difference.xlsx")
    words = [str(cell.value) for row in book["Certainty"].iter_rows() for cell in row if cell.value]
    assert any("seed" in one for one in words)
    assert "seed" in repr(difference)


def test_nothing_differs_says_nothing(trimmed_study):
    lines = list(_lines(tp.compare_runs(trimmed_study, trimmed_study, plan=False), "en"))
    assert lines[0].endswith("nothing")
    other = replace(trimmed_study, robustness=replace(trimmed_study.robustness, seed=5))
    difference = tp.compare_runs(trimmed_study, other, plan=False)
    assert ["2026, now 5" in str(words) or "2,026" in str(words) for words in difference.settings] == [True]
    assert difference.certainty.empty


def test_a_folder_states_its_own_version(trimmed_study, other_seed, tmp_path):
    folder = tmp_path / "result"
    other_seed.save(folder, outputs=())
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    record["version"] = "0.0.9"
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    found = simulation_difference(folder, other_seed, (trimmed_study, other_seed.study), {})
    assert [str(words) for words in found.settings] == [f"version of techprio: 0.0.9, now {tp.__version__}"]
    assert len(found.table) == len(trimmed_study.catalog.technologies)
    assert found.notes == ()
