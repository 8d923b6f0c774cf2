"""Every result shows itself in a notebook: figures, bars, arrows and ties, in either language."""

import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.display.cells import cell
from techprio.display.shown import Showable
from techprio.display.tables import Column, Table
from techprio.language import text


class _Balanced(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def study():
    return tp.read_study("lai-chau")


@pytest.fixture(scope="module")
def result(study):
    return tp.run(study, draws=200)


@pytest.fixture(scope="module")
def shown(study, result, tmp_path_factory):
    """One of every public class that has a table."""
    ranking = result.rankings["AGR"]
    status = pd.DataFrame(
        [(2028, "CRS01", "running", "2028-01", "", 40.0)],
        columns=["year", "technology", "status", "start", "operational", "spent_local"],
    )
    folder = tmp_path_factory.mktemp("forms")
    experts = (tp.forms.Expert("e1", "An", "agencies", ("AGR",)),)
    tp.forms.make_forms(study, experts, folder / "sent")
    changed = tp.compare_runs(study, tp.read_study("lai-chau"), plan=False)
    return {
        "study": study,
        "result": result,
        "matrix": ranking.matrix,
        "weights": result.weights,
        "ranking": ranking,
        "acceptability": result.acceptability["AGR"],
        "explanation": ranking.explain(*ranking.to_frame()["alternative"].head(2)),
        "roles": result.roles,
        "plan": result.plan,
        "chain": result.chain,
        "assessment": result.assessment,
        "monitoring": tp.monitor_plan(result.plan, status, study.catalog),
        "methods": tp.compare_methods(ranking.matrix, result.weights),
        "walk": tp.weight_sensitivity(ranking, "F1"),
        "tornado": tp.robustness.score_sensitivity(ranking, ranking.matrix.alternatives[0]),
        "revisions": tp.weighting.suggest_revisions(study.judgments),
        "consensus": tp.weighting.panel_consensus(result.weights),
        "scenarios": tp.compare_scenarios(study, ["budget=0.8"], gap=0.05),
        "frontier": tp.phasing.plan_frontier(study, factors=[1.0], gap=0.05),
        "robust": tp.phasing.plan_robustness(study, draws=100, plans=2, gap=0.05),
        "difference": changed,
        "what_if": tp.what_if(result, plan=False),
        "forms": tp.forms.collect_forms(study, experts, folder / "sent", folder / "sent"),
    }


def test_every_class_with_a_table_is_among_them(shown):
    classes = {getattr(tp, name) for name in tp.__all__ if isinstance(getattr(tp, name), type)}
    with_table = {c for c in classes if hasattr(c, "to_frame")}
    assert with_table
    assert {c for c in with_table if not issubclass(c, Showable)} == set()
    assert with_table <= {type(one) for one in shown.values()}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_shown_is_whole(shown, language):
    for name, one in shown.items():
        html = one.show(language)._repr_html_()
        parser = _Balanced()
        parser.feed(html)
        assert parser.open == [], name
        assert "<table" in html, name
        assert not re.search(r">\s*(nan|None|NaT|<NA>|inf)\s*<", html), name


def test_vietnamese_has_no_english_heading(shown):
    for name, one in shown.items():
        english, vietnamese = (one._view().tables for _ in range(2))
        for a, b in zip(english, vietnamese, strict=True):
            for column, same in zip(a.columns, b.columns, strict=True):
                if isinstance(column.heading, str):
                    continue
                assert column.heading.render("en") != same.heading.render("vi"), (name, column.key)


def test_ties_directions_and_method_are_told():
    cars = pd.DataFrame({"price": [20.0, 20.0, 30.0], "range": [400.0, 400.0, 420.0]}, index=["A", "B", "C"])
    matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    html = tp.rank(matrix, {"price": 0.9, "range": 0.1}, tp.Topsis())._repr_html_()
    assert html.count(">1 =<") == 2
    assert "price ↓" in html
    assert "range ↑" in html
    assert "Topsis(normalization=" in html
    assert "can swap two others" in html


def test_bars_are_as_long_as_their_figures():
    frame = pd.DataFrame({"a": [0.5, 1.0], "b": [-2.0, 4.0]})
    html = Table(
        frame, [Column("a", text("score"), "bar", 0), Column("b", text("change"), "change", 0)]
    ).html("en")
    lengths = [float(n) for n in re.findall(r"\) ([\d.]+)%,transparent", html)]
    assert lengths == [50.0, 50.0, 100.0, 100.0]
    assert "+4" in html
    assert "−2" in html


@pytest.mark.parametrize("nothing", [None, np.nan, pd.NA, ""])
def test_nothing_is_a_dash(nothing):
    assert "–" in cell(nothing, "number", 2, 0.0, "en")


def test_names_are_escaped():
    values = pd.DataFrame({"x": [1.0, 2.0]}, index=["<script>alert(1)</script>", "B"])
    matrix = tp.DecisionMatrix(values, {"x": "maximize"})
    html = tp.rank(matrix, {"x": 1.0}, tp.WeightedSum("minmax"))._repr_html_()
    assert "<script>" not in html


def test_numbers_are_written_by_language():
    frame = pd.DataFrame({"a": [1234.5], "m": ["2028-07"]})
    table = Table(frame, [Column("a", text("score"), "number", 1), Column("m", text("start"), "month")])
    assert "1.234,5" in table.html("vi")
    assert "07/2028" in table.html("vi")
    assert "1,234.5" in table.html("en")


def test_long_tables_say_how_much_is_left():
    frame = pd.DataFrame({"a": range(50)})
    assert "10 more rows" in Table(frame, [Column("a", text("score"), "number", 0)]).html("en")


def test_an_unknown_language_is_an_error(result):
    with pytest.raises(ValueError, match="vi, en"):
        result.show("fr")
