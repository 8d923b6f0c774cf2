"""A table of declared quantities on terminals of any width, and as whole lines for a pipe."""

import re

import pandas as pd
import pytest

from techprio.display.quantities import Column, Quantity, Table
from techprio.display.screen import shorten, table_lines

COLUMNS = [
    Quantity("id", "Id", "Id.", "code"),
    Quantity("name", "Name of the technology", "Name."),
    Column(Quantity("score", "Score", "From 0 to 1.", "score"), bar=True),
    Quantity("cost", "Cost", "What it costs.", "money"),
    Quantity("light", "Light", "Green, yellow or red.", "light"),
    Quantity("reason", "Reason", "Why."),
]
NAME = "Nông nghiệp chính xác dùng cảm biến, trạm khí tượng và châm phân tự động theo nhu cầu của cây"
REASON = "waits for the shared platform, which cannot be operational before the end of the first phase " * 2
FRAME = pd.DataFrame(
    [
        ("A1", NAME, 1.0, 1234.5, "green", REASON),
        ("A2", "Tưới tiết kiệm", 0.25, None, "red", ""),
    ],
    columns=["id", "name", "score", "cost", "light", "reason"],
)
TABLE = Table.from_frame("list", "List", COLUMNS, FRAME)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 132, 200, 400])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(width, language):
    lines = table_lines(TABLE, language, width=width)
    assert max(map(len, lines)) <= width
    shown = " ".join(" ".join(lines).split())
    cost = {"vi": "1.234,5", "en": "1,234.5"}[language]
    for whole in ("A1", "A2", cost, {"vi": "1,000", "en": "1.000"}[language]):
        assert whole in shown


def test_a_pipe_gets_whole_rows_without_colour_or_padding():
    lines = table_lines(TABLE, "en")
    assert len(lines) == 4
    assert NAME in lines[2]
    assert " ".join(REASON.split()) in lines[2]
    assert not any(re.search(r"\x1b|\s$", line) for line in lines)
    assert max(map(len, (lines[0], lines[1], lines[3]))) < len(lines[2])


def test_numbers_stand_to_the_right_of_each_other():
    lines = table_lines(TABLE, "en")
    assert lines[2].index("1.000") == lines[3].index("0.250")


def test_bars_and_colours_are_for_terminals():
    wide = table_lines(TABLE, "en", width=500)
    assert [line.count("█") for line in wide[2:]] == [8, 2]
    coloured = table_lines(TABLE, "en", width=500, color=True)
    assert "\x1b[32mgreen" in coloured[2]
    assert [re.sub(r"\x1b\[[\d;]*m", "", line).rstrip() for line in coloured] == wide


def test_rows_that_are_left_out_are_counted():
    short = Table.from_frame("list", "List", COLUMNS, FRAME, most=1, notes=("by the rule",))
    assert table_lines(short, "en")[-2:] == ["1 more rows", "by the rule"]


def test_words_are_cut_at_a_word():
    assert shorten("a short name", 40) == "a short name"
    assert shorten("drip (and sprinkler irrigation)", 12) == "drip (and…"
    assert shorten("Donaudampfschifffahrt", 8) == "Donauda…"
