"""Tables as a notebook and a terminal show them: figures, bars, arrows and ties, in either language."""

import re

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.display.quantities import Column, Quantity, Table, write
from techprio.display.show import View
from techprio.language import Label, text

SHARE = Quantity("a", "Share", "A share.", "share")
CHANGE = Quantity("b", "Change", "A change.", "change")
SCORE = Quantity("a", "Score", "A score.", "number", decimals=1)
MONTH = Quantity("m", text("Start"), "A month.", "month")


def _html(table, language="en"):
    return View("title", tables=[table]).html(language)


def test_ties_directions_and_method_are_stated():
    cars = pd.DataFrame({"price": [20.0, 20.0, 30.0], "range": [400.0, 400.0, 420.0]}, index=["A", "B", "C"])
    matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    html = tp.rank(matrix, {"price": 0.9, "range": 0.1}, tp.Topsis())._repr_html_()
    assert html.count(">1 =<") == 2
    assert "price ↓" in html
    assert "range ↑" in html
    assert "Topsis(normalization=" in html
    assert "can swap two others" in html
    assert 'title="1 is best' in html  # what a column means, where the pointer rests on its heading


def test_a_long_text_has_room_and_a_wide_table_scrolls():
    frame = pd.DataFrame({"m": ["AGR01", "Cold store with a controlled atmosphere"], "a": [1.0, 2.0]})
    words = Quantity("m", text("Name"), "A name.")
    html = _html(Table.from_frame("t", "t", [words, SCORE], frame))
    cells = re.findall(r"<td style=\"([^\"]*)\">([^<]*)<", html)
    assert ["min-width" in style for style, _ in cells] == [False, False, True, False]
    assert html.index("overflow-x:auto") < html.index("<table")


def test_bars_are_as_long_as_their_figures():
    frame = pd.DataFrame({"a": [0.5, 1.0], "b": [-2.0, 4.0]})
    html = _html(Table.from_frame("t", "t", [Column(SHARE, bar=True), Column(CHANGE, bar=True)], frame))
    lengths = [float(n) for n in re.findall(r"\) ([\d.]+)%,transparent", html)]
    assert lengths == [50.0, 50.0, 100.0, 100.0]
    assert "+4" in html
    assert "−2" in html


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, pd.NaT, ""])
def test_nothing_is_a_dash_on_the_screen_and_empty_on_paper(nothing):
    table = Table.of("t", "t", [SCORE], [(nothing,)])
    assert ">–<" in _html(table)
    assert table.printed("en") == [[""]]


def test_names_are_escaped():
    values = pd.DataFrame({"x": [1.0, 2.0]}, index=["<script>alert(1)</script>", "B"])
    matrix = tp.DecisionMatrix(values, {"x": "maximize"})
    html = tp.rank(matrix, {"x": 1.0}, tp.WeightedSum("minmax"))._repr_html_()
    assert "<script>" not in html


def test_numbers_are_written_by_language():
    table = Table.from_frame("t", "t", [SCORE, MONTH], pd.DataFrame({"a": [1234.5], "m": ["2028-07"]}))
    assert table.printed("vi") == [["1.234,5", "7/2028"]]
    assert table.printed("en") == [["1,234.5", "2028-07"]]
    assert "1.234,5" in _html(table, "vi")


@pytest.mark.parametrize(
    ("value", "format", "english", "vietnamese"),
    [
        (0.61349, "share", "61%", "61%"),
        (1234.56, "money", "1,234.6", "1.234,6"),
        (12, "integer", "12", "12"),
        (0.12345, "score", "0.123", "0,123"),
        (0.12345, "weight", "0.1235", "0,1235"),
        (0.5, "number", "0.5", "0,5"),
        (-1.2, "change", "−1", "−1"),
        ("red", "light", "red", "chậm nhiều"),
        (True, "text", "yes", "có"),
        (False, "mark", "no", "không"),
        ("1 =", "integer", "1 =", "1 ="),
        (Label("Giá", "Price"), "text", "Price", "Giá"),
        (text("yes"), "text", "yes", "có"),
    ],
)
def test_a_value_is_written_by_the_format_of_its_quantity(value, format, english, vietnamese):
    quantity = Quantity("q", "Q", "A quantity.", format)
    assert (write(value, quantity, "en"), write(value, quantity, "vi")) == (english, vietnamese)


def test_long_tables_state_how_much_is_left():
    table = Table.from_frame("t", "t", [SCORE], pd.DataFrame({"a": range(50)}))
    assert "10 more rows" in _html(table)
    assert "10 more rows" in View("title", tables=[table]).text("en")


def test_the_plain_text_is_laid_out_in_columns():
    table = Table.of("t", "Cars", [Quantity("n", "Name", "A name."), SCORE], [("A", 1.0), ("Bee", 12.0)])
    lines = View("Title", ["a fact"], [table], ["a note"]).text("en").splitlines()
    assert lines[:4] == ["Title", "a fact", "", "Cars"]
    head, first, second = (line for line in lines[4:] if line.strip(" ─-") and "note" not in line)
    assert head.split() == ["Name", "Score"]
    assert (first.split(), second.split()) == (["A", "1.0"], ["Bee", "12.0"])
    assert first.index("1.0") + len("1.0") == second.index("12.0") + len("12.0")  # numbers to the right
    assert lines[-1] == "- a note"


def test_a_family_is_the_same_quantity_for_each_member():
    scores = [SCORE.each("score"), SCORE.each("rank", text("Rank"))]
    table = Table.of("t", "t", scores, [(1.0, 2.0)])
    assert table.to_frame().columns.tolist() == ["a:score", "a:rank"]
    assert table.heads("vi") == ["score", "Hạng"]
    assert table.printed("en") == [["1.0", "2.0"]]


def test_places_and_units_of_a_heading_are_filled():
    quantity = Quantity(
        "p", text("Probability of the first {k}"), "A share.", "share", short=text("First {k}")
    )
    assert quantity.fill(k=4).head("vi") == "Khả năng thuộc 4 hạng đầu"
    assert quantity.fill(k=4).head("en", short=True) == "First 4"
    assert quantity.per(text("billion VND")).fill(k=1).head("vi") == "Khả năng thuộc 1 hạng đầu (tỷ đồng)"
