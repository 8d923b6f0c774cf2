"""Indicators against the straight line from baseline to target."""

import pandas as pd
import pytest

import techprio as tp
from techprio.errors import InputError

HEAD = "indicator,name_vi,name_en,unit,kind,year,value\n"
ROWS = (
    "R1,Tỷ lệ,Share,%,baseline,2026,10\nR1,,,,target,2030,30\nR1,,,,target,2035,50\n"
    "K1,Mức tiêu hao,Use,t,baseline,2026,100\nK1,,,,target,2030,60\n"
)


def _read(tmp_path, rows):
    path = tmp_path / "indicators.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return tp.inputs.read_indicators(path)


@pytest.mark.parametrize(
    ("value", "state"), [(19.9, "behind"), (20, "on track"), (29.9, "on track"), (30, "reached")]
)
def test_a_rising_indicator_half_way(tmp_path, value, state):
    table = tp.phasing.judge_indicators(_read(tmp_path, f"{ROWS}R1,,,,measured,2028,{value}\n"), year=2028)
    row = table.set_index("indicator").loc["R1"]
    assert row["expected"] == 20
    assert (row["next_target"], row["last_target"]) == (30, 50)
    assert row["state"] == state
    assert table.set_index("indicator").loc["K1", "state"] == "not measured"


@pytest.mark.parametrize(
    ("value", "state"), [(81, "behind"), (80, "on track"), (60, "reached"), (40, "reached")]
)
def test_a_falling_indicator_half_way(tmp_path, value, state):
    table = tp.phasing.judge_indicators(_read(tmp_path, f"{ROWS}K1,,,,measured,2028,{value}\n"), year=2028)
    assert table.set_index("indicator").loc["K1", "state"] == state


def test_after_a_target_the_next_one_counts_and_the_future_does_not(tmp_path):
    rows = f"{ROWS}R1,,,,measured,2031,34\nR1,,,,measured,2033,99\n"
    row = tp.phasing.judge_indicators(_read(tmp_path, rows), year=2031).set_index("indicator").loc["R1"]
    assert (row["measured"], row["expected"], row["next_target"]) == (34, 34, 50)
    assert row["state"] == "on track"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("R1,,,,target,2030,30\n", "0 baselines"),
        ("R1,,,,baseline,2026,1\nR1,,,,baseline,2027,1\nR1,,,,target,2030,30\n", "2 baselines"),
        ("R1,,,,baseline,2026,1\n", "no target"),
        ("R1,,,,baseline,2026,1\nR1,,,,target,2025,30\n", "after the baseline of 2026"),
        ("R1,,,,baseline,2026,30\nR1,,,,target,2030,30\n", "direction"),
        ("R1,,,,baseline,2026,1\nR1,,,,target,2030,3\nR1,,,,target,2030,4\n", "each figure once"),
        ("R1,,,,goal,2026,1\n", "baseline, target, measured"),
        ("R1,,,,baseline,2026,many\n", "line 2"),
    ],
)
def test_bad_tables_are_named(tmp_path, rows, said):
    with pytest.raises(tp.DataFileError, match=said):
        _read(tmp_path, rows)


def test_missing_columns_are_named():
    with pytest.raises(InputError, match="value"):
        tp.phasing.judge_indicators(
            pd.DataFrame({"indicator": ["R1"], "kind": ["baseline"], "year": [2026]}), year=2030
        )
