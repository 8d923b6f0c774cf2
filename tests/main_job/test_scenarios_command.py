"""``techprio run --scenario``: side by side on disk, and nothing written for words that cannot be read."""

import pandas as pd

from ..commands import techprio


def test_scenarios_are_written_side_by_side(trimmed_folder, tmp_path):
    done = techprio(
        "run",
        trimmed_folder,
        "--files",
        "workbook",
        "--draws",
        200,
        "--scenario",
        "budget=0.8",
        "--out",
        "out",
        "--lang",
        "en",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    summary = pd.read_csv(tmp_path / "out" / "scenario-summary.csv", encoding="utf-8-sig").set_index(
        "scenario"
    )
    assert summary.loc["budget=0.8", "value"] < summary.loc["as stated", "value"]
    table = pd.read_csv(tmp_path / "out" / "scenarios.csv", encoding="utf-8-sig")
    assert len(table) == 17
    assert "Scenarios" in pd.read_excel(tmp_path / "out" / "analysis.xlsx", sheet_name=None)


def test_bad_words_stop_before_anything_is_written(trimmed_folder, tmp_path):
    for words in ("budgt=0.8", "must=AGR99", "start:AGR01=soon"):
        done = techprio(
            "run",
            trimmed_folder,
            "--files",
            "workbook",
            "--draws",
            50,
            "--scenario",
            words,
            "--out",
            "out",
            cwd=tmp_path,
        )
        assert done.returncode == 1, words
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
