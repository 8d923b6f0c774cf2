"""``techprio weights`` names the experts, the judgments, and the priorities that would change."""

import pandas as pd

from .conftest import techprio


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
    for change in revise["top_changes"]:
        assert change in done.stdout
    assert "e07 left out 2 comparisons at M" in done.stdout
    assert set(pd.read_excel(tmp_path / "w.xlsx", sheet_name=None)) >= {"weights", "consistency", "revise"}


def test_vietnamese_screen_has_no_english_headings(tmp_path):
    shown = techprio("weights", "lai-chau", cwd=tmp_path).stdout
    for word in ("expert", "criterion", "look again", "True", "moderate"):
        assert word not in shown
