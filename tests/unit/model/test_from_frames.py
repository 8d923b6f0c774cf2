"""A study from frames alone: what is left out is filled, and what was saved is read and runs again."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import techprio as tp
from techprio.model.direction import parse_direction

from ...profile_study import study_of

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "study-from-frames.md"
CRITERIA = pd.DataFrame({"criterion": ["ready", "cost"], "parent": "feasible", "direction": ["max", "min"]})
TECHNOLOGIES = pd.DataFrame(
    {"sector": ["A", "B", "B"], "cost": [2.0, 3, 4], "months": [6, 6, 12]}, index=list("xyz")
)
SCORES = pd.DataFrame({"ready": [5.0, 6, 7], "cost": [2.0, 3, 4]}, index=list("xyz"))
EDGES = pd.DataFrame({"technology": ["y"], "requires": ["x"]})
GIVEN = {"ready": 0.7, "cost": 0.3}


def catalog(**options):
    tree = tp.CriteriaTree.from_frame(CRITERIA)
    return tp.Catalog.from_frame(TECHNOLOGIES, SCORES, tree, EDGES, **options)


def test_the_page_of_the_documentation_runs_as_it_stands():
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    exec("\n".join(blocks), {})  # the page asserts that the saved study is equal and gives the same result


def test_words_stand_once_or_in_both_languages():
    edges = EDGES.assign(reason="heat", reason_en="heat")
    sources = pd.DataFrame({"id": ["S"], "citation": ["law"], "citation_vi": ["luật"]})
    tree = tp.CriteriaTree.from_frame(CRITERIA)
    with pytest.raises(tp.InputError) as caught:
        tp.Catalog.from_frame(TECHNOLOGIES, SCORES, tree, edges, sources=sources)
    assert [(one.place.render("en"), one.allowed.render("en")) for one in caught.value.problems] == [
        ("dependencies, y x, reason", "reason alone, or reason_vi and reason_en"),
        ("sources, S, citation", "citation alone, or citation_vi and citation_en"),
    ]


@pytest.mark.parametrize(
    ("word", "direction"),
    [
        *((word, "maximize") for word in ("maximize", "MAX", "benefit", "tăng", 1, 1.0, np.int64(1), max)),
        *((word, "minimize") for word in ("minimize", " min ", "cost", "giảm", -1, np.float64(-1), min)),
        *((word, None) for word in (True, False, np.True_, 0, 2, "up", "", None, sum, [1])),
    ],
)
def test_directions(word, direction):
    assert parse_direction(word) == direction


def test_what_technologies_leave_out_is_filled():
    row = catalog().technologies.loc["x"]
    assert row["name_vi"] == "x"
    assert (row["function"], row["status"], row["action"]) == ("production_or_application", "none", "")
    assert (row["capex_low"], row["capex_mode"], row["capex_high"]) == (2, 2, 2)
    assert (row["staff"], row["trl_local"], row["lead_agency"]) == (0, 0, "")


def test_what_dependencies_and_scores_leave_out_is_filled():
    filled = catalog()
    edge = filled.dependencies.iloc[0]
    assert (edge["kind"], edge["timing"], edge["lag_months"], edge["one_of"], edge["reason"]) == (
        "hard",
        "FS",
        0,
        "",
        "",
    )
    assert np.isnan(edge["confidence"])
    score = filled.scores.iloc[0]
    assert (score["low"], score["value"], score["high"], score["evidence"]) == (5, 5, 5, "D")


def test_long_scores_are_the_wide_ones():
    long = SCORES.rename_axis("technology").reset_index().melt("technology", var_name="criterion")
    tree = tp.CriteriaTree.from_frame(CRITERIA)
    other = tp.Catalog.from_frame(TECHNOLOGIES, long, tree, EDGES)
    assert other.decision_matrix() == catalog().decision_matrix()


def test_low_is_the_value_where_only_high_is_given():
    matrix = tp.DecisionMatrix(SCORES, {"ready": max, "cost": min}, high=SCORES + 1)
    pd.testing.assert_frame_equal(matrix.low, matrix.values)
    matrix.low.iloc[0, 0] = 0
    assert matrix.values.iloc[0, 0] == 5


def test_a_tree_brings_directions_and_scales():
    tree = tp.CriteriaTree.from_frame(CRITERIA.assign(worst=[1, 9], best=[9, 1], unit="u"))
    matrix = tp.DecisionMatrix(SCORES, tree)
    assert matrix.directions == {"ready": "maximize", "cost": "minimize"}
    assert matrix.scales["cost"].worst == 9
    assert tp.CriteriaTree.from_frame(tree.to_frame(), root="goal") == tree


def test_a_comparison_finds_its_node():
    tree = tp.CriteriaTree.from_frame(
        pd.concat([CRITERIA, pd.DataFrame([{"criterion": "jobs", "direction": 1}])])
    )
    frame = pd.DataFrame(
        {"expert": "e", "preferred": ["ready", "jobs"], "other": ["cost", "feasible"], "strength": [2, 3]}
    )
    panel = tp.Judgments.from_frame(frame, criteria=tree)
    assert panel.statements["node"].tolist() == ["feasible", "goal"]
    assert panel.groups == {"panel": ("e",)}


def test_one_fund_pays_and_weights_without_a_panel_are_drawn_around_their_values():
    limits = tp.Resources.from_frame(
        pd.Series({2026: 5.0, 2027: 5.0}), start="2026-01", end="2027-12", phases={"all": (2026, 2027)}
    )
    study = tp.Study(catalog(), weights=GIVEN, resources=limits)
    assert study.catalog.technologies["fund_budget"].tolist() == [1, 1, 1]
    assert study.robustness.weights == "around"
    result = tp.run(study, draws=50)
    assert any("within 25%" in str(warning) for warning in result.notes)


@pytest.mark.parametrize("name", ["study", "study.xlsx"])
def test_a_saved_study_is_read_as_it_was(tmp_path, name):
    study = tp.Study(
        catalog(sectors={"A": tp.Label("Một", "One"), "B": "Two"}, cross=["B"]),
        weights=GIVEN,
        ranking={"method": "weighted_sum", "top": 1},
        gates=tp.Gate("ready", at_least=5.5, reason="not ready"),
        value={"leave_out": ("cost",)},
        role_overrides={"x": ("core", "decided")},
        title="Short list",
    )
    assert tp.read_study(study.save(tmp_path / name)) == study
    frames = study.to_frames()
    assert frames["weights"]["weight"].tolist() == [0.7, 0.3]
    assert repr(study) == "Study('study': 3 technologies, 2 sectors, 2 criteria, 0 experts)"


def test_a_panel_that_calls_the_root_otherwise_is_saved_by_the_name_of_the_tree(tmp_path):
    given = study_of("top")
    assert given.judgments.root != given.criteria.root
    back = tp.read_study(given.save(tmp_path / "farm"))
    assert back.judgments.root == given.criteria.root
    weights = [tp.ahp(one.judgments).overall.to_dict() for one in (given, back)]
    assert weights[0] == weights[1]
