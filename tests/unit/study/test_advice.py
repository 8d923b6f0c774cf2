"""What to check first in a study: every kind of figure, its place, what it moves, what the command writes."""

from dataclasses import replace

import pandas as pd
import pytest

import techprio as tp
from techprio.inputs.places import places_of_figures
from techprio.study.advice import advise


@pytest.fixture(scope="module")
def advice(trimmed_study):
    return advise(trimmed_study, draws=500)


def of_kind(advice, *kinds):
    return advice.table[advice.table["kind"].isin(kinds)]


def test_every_figure_stands_where_it_is_said_to(trimmed_study, trimmed_folder, advice):
    places = places_of_figures(trimmed_study)
    asked = of_kind(advice, "score", "judgment", "cost", "lead", "staff")
    assert set(asked["stands_in"]) <= set(places.values())
    for kind in ("score", "judgment", "lead", "staff"):
        for row in of_kind(advice, kind).head(8).itertuples():
            file, _, line = row.stands_in.rpartition(":")
            there = trimmed_folder if (trimmed_folder / file).exists() else trimmed_folder.parents[1]
            words = (there / file).read_text(encoding="utf-8-sig").splitlines()[int(line) - 1].split(",")
            named = {row.expert, row.criterion, row.against} if kind == "judgment" else {row.technology}
            assert named <= set(words)
            assert kind != "score" or not file.endswith("scores.csv") or words[1] == row.criterion


def test_figures_of_a_workbook_stand_in_a_row_of_a_sheet(trimmed_study, tmp_path):
    trimmed_study.save(tmp_path / "study.xlsx")
    again = tp.read_study(tmp_path / "study.xlsx")
    known = places_of_figures(again)
    kinds = {key[0] for key in known}
    assert {"score", "technology", "dependency", "judgment"} <= kinds
    assert len(known) == len(places_of_figures(trimmed_study))
    assert all("!" in place for place in known.values())


def test_the_most_telling_come_first_and_all_kinds_are_asked(advice):
    assert advice.table["misplaced"].is_monotonic_decreasing
    assert (advice.table[["gain", "misplaced", "p_change"]] >= 0).all().all()
    assert (advice.table[["p_list", "p_role", "p_phase"]].max(axis=1) == advice.table["p_change"]).all()
    assert {"score", "judgment", "lead", "staff", "weight", "comparison"} <= set(advice.table["kind"])
    tables = advice.tables()
    assert list(tables) == ["check_first", "settle_first"]
    assert 0 < len(tables["check_first"].rows) <= 10
    assert of_kind(advice, "lead", "cost")["p_phase"].gt(0).any()


def test_roles_that_a_score_moves_are_those_of_the_rule(trimmed_study, advice):
    known = tp.classify_roles(trimmed_study).table["role"]
    scores = of_kind(advice, "score")
    moved = scores[scores["roles"].map(bool) & (scores["criterion"] != "F3")]
    for row in moved.head(3).itertuples():
        changed = []
        for end in (row.low, row.high):
            table = trimmed_study.catalog.scores.copy()
            cell = (table["technology"] == row.technology) & (table["criterion"] == row.criterion)
            table.loc[cell, ["value", "low", "high"]] = end
            study = replace(trimmed_study, catalog=replace(trimmed_study.catalog, scores=table))
            found = tp.classify_roles(study).table["role"]
            changed += list(found.index[found != known])
        assert set(changed) <= set(row.roles)


def test_a_judgment_moves_lists_as_the_panel_does_with_it(trimmed_study, advice):
    """At the end of its range the weights are those of the panel with that one judgment changed."""
    judgments = of_kind(advice, "judgment")
    assert len(judgments) == len(trimmed_study.judgments.statements)
    row = judgments.iloc[0]
    table = trimmed_study.judgments.statements.copy()
    cell = (
        (table["expert"] == row["expert"])
        & (table["preferred"] == row["criterion"])
        & (table["other"] == row["against"])
    )
    assert cell.sum() == 1
    assert row["value"] == float(table.loc[cell, "strength"].iloc[0])
    table.loc[cell, "strength"] = row["high"]
    other = tp.ahp(replace(trimmed_study.judgments, statements=table)).overall
    from techprio.weighting.responses import judgment_responses

    found = judgment_responses(tp.ahp(trimmed_study.judgments), trimmed_study.judgments)
    place = found.table.index[
        (
            found.table[["expert", "preferred", "other"]] == row[["expert", "criterion", "against"]].tolist()
        ).all(axis=1)
    ]
    assert found.weights[place[0], -1] == pytest.approx(other.to_numpy(), abs=1e-12)


def test_a_dependency_in_doubt_is_worth_what_it_changes(trimmed_study):
    edges = trimmed_study.catalog.dependencies.copy()
    edges["confidence"] = 1.0
    edges.loc[edges["requires"] == "CRS01", "confidence"] = 0.6
    study = replace(trimmed_study, resources=None, catalog=replace(trimmed_study.catalog, dependencies=edges))
    found = of_kind(advise(study, draws=100), "dependency")
    assert len(found) == (edges["confidence"] < 1).sum() > 0
    for row in found.itertuples():
        without = edges[(edges["technology"] != row.technology) | (edges["requires"] != row.against)]
        other = replace(study, catalog=replace(study.catalog, dependencies=without))
        certain = replace(study, catalog=replace(study.catalog, dependencies=edges.assign(confidence=1.0)))
        roles = tp.classify_roles(certain).table["role"]
        moved = roles.index[roles != tp.classify_roles(other).table["role"]]
        assert tuple(moved) == row.roles
        assert row.p_role == pytest.approx(0.4 if len(moved) else 0.0)


@pytest.mark.parametrize("bounds", [{"firm": 0.1, "firmly_not": 0.4}, {"firm": 1.5}])
def test_bounds_that_cross_are_refused(trimmed_study, bounds):
    matrix = trimmed_study.catalog.decision_matrix("AGR")
    with pytest.raises(tp.InputError, match="firmly_not < firm"):
        tp.robustness.value_of_information(matrix, tp.ahp(trimmed_study.judgments), draws=10, **bounds)


@pytest.mark.parametrize(
    "outcomes", [{"color": pd.DataFrame({"a": [1] * 10})}, {"role": pd.DataFrame({"a": [1, 2]})}]
)
def test_outcomes_of_another_kind_or_length_are_refused(trimmed_study, outcomes):
    matrix = trimmed_study.catalog.decision_matrix("AGR")
    with pytest.raises(tp.InputError, match="outcomes"):
        tp.robustness.value_of_information(
            matrix, tp.ahp(trimmed_study.judgments), draws=10, outcomes=outcomes
        )


def test_scores_without_a_spread_count_only_where_their_grade_is_the_lowest(small_study):
    advice = advise(small_study, draws=50)
    scores = of_kind(advice, "score")
    assert len(scores) == 25  # all are graded D where nothing is stated
    assert not scores[["p_change", "misplaced", "gain"]].to_numpy().any()
    assert set(advice.first()["technology"]) <= set(scores.loc[scores["alone"], "technology"])
    table = small_study.catalog.scores.assign(evidence="B")
    better = replace(small_study, catalog=replace(small_study.catalog, scores=table))
    assert not len(of_kind(advise(better, draws=50), "score"))
