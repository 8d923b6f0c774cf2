"""``techprio rank``: lists, another method, why, and what is refused."""

from itertools import takewhile

import pandas as pd

from ..commands import techprio


def test_csv_holds_every_technology_of_the_sector_in_order(tmp_path):
    done = techprio("rank", "lai-chau", "--sector", "TOU", "--csv", "list.csv", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "list.csv", encoding="utf-8-sig")
    assert list(table["rank"]) == sorted(table["rank"])
    assert len(table) == 13
    assert table["score"].is_monotonic_decreasing
    assert "cannot" in done.stdout


def test_explain_says_who_is_ahead_and_the_parts_add_up(tmp_path):
    done = techprio("rank", "lai-chau", "--explain", "TOU01", "TOU05", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    sentence, _, heads, *rows = done.stdout.splitlines()
    assert sentence.index("TOU05") < sentence.index("TOU01")
    difference = float(sentence.split(" by ")[1].split(":")[0])
    parts = [float(row.split()[-1].replace("−", "-")) for row in takewhile(str.strip, rows[1:])]
    assert "Part of the difference" in heads
    assert abs(sum(parts) - difference) < len(parts) * 0.5e-4 + 1e-6


def test_another_method_says_that_candidates_count(tmp_path):
    done = techprio("rank", "lai-chau", "--sector", "LOG", "--method", "vikor", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0
    assert "can swap two others" in done.stdout


def test_refused_and_misspelt_methods_stop_with_a_reason(tmp_path):
    refused = techprio("rank", "lai-chau", "--method", "copras", "--lang", "en", cwd=tmp_path)
    misspelt = techprio("rank", "lai-chau", "--method", "topsiss", "--lang", "en", cwd=tmp_path)
    sector = techprio("rank", "lai-chau", "--sector", "AGRI", "--lang", "en", cwd=tmp_path)
    assert (refused.returncode, misspelt.returncode, sector.returncode) == (1, 1, 1)
    assert "refused" in refused.stderr
    assert "did you mean topsis?" in misspelt.stderr
    assert "did you mean AGR?" in sector.stderr
    assert not refused.stdout
