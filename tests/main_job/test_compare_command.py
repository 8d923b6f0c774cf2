"""``techprio compare`` reads studies and result folders, says why ranks moved, and names older versions."""

import json
import shutil

import pandas as pd

from ..commands import techprio
from .conftest import keep_rows


def test_a_result_of_an_older_version_against_one_candidate_less(small_run, copy_trimmed_study, tmp_path):
    old = shutil.copytree(small_run, tmp_path / "old")
    record = json.loads((old / "run.json").read_text(encoding="utf-8"))
    (old / "run.json").write_text(json.dumps(record | {"version": "0.0.1"}), encoding="utf-8")
    new = copy_trimmed_study(tmp_path)
    ranks = pd.read_csv(old / "priorities.csv").set_index("id")["rank"]
    first = ranks[ranks.index.str.startswith("LOG") & (ranks == 1)].index[0]
    for name in ("technologies.csv", "scores.csv"):
        keep_rows(new / "logistics" / name, lambda row: first not in (row.get("id"), row.get("technology")))
    keep_rows(new / "dependencies.csv", lambda row: first not in (row["technology"], row["requires"]))
    done = techprio("compare", old, new, "--no-plan", "--lang", "en", "--out", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "was made by version 0.0.1" in done.stdout
    assert f"{first} " in done.stdout
    table = pd.read_csv(tmp_path / "out" / "difference.csv").set_index("technology")
    others = table[(table["sector"] == "LOG") & (table["change"] == "kept")]
    # By hand: the first leaves, so everyone behind it comes up one place, through the candidates alone.
    assert (others["rank_by_candidates"] == -1).all()
    assert (table[table["sector"] != "LOG"]["rank_change"] == 0).all()


def test_folder_that_is_neither_study_nor_result(tmp_path):
    (tmp_path / "empty").mkdir()
    done = techprio("compare", "lai-chau", "empty", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_wrong_renaming_is_wrong_use(tmp_path):
    done = techprio("compare", "lai-chau", "lai-chau", "--renamed", "AGR05", cwd=tmp_path)
    assert done.returncode == 2
