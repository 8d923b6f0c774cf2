"""What to check first in a study: places of the figures, roles that they move, what the command writes."""

import pandas as pd
import pytest

import techprio as tp
from techprio.study.advice import advise, places_of_scores


@pytest.fixture(scope="module")
def advice(trimmed_study):
    return advise(trimmed_study, draws=500)


def test_every_score_stands_where_it_is_said_to(trimmed_study, trimmed_folder, advice):
    places = places_of_scores(trimmed_study)
    assert set(advice.table["stands_in"]) <= set(places.values())
    for row in advice.table.head(30).itertuples():
        file, _, line = row.stands_in.rpartition(":")
        words = (trimmed_folder / file).read_text(encoding="utf-8-sig").splitlines()[int(line) - 1]
        assert words.startswith(f"{row.technology},")
        if file.endswith("scores.csv"):
            assert words.split(",")[1] == row.criterion


def test_lists_are_those_of_the_run_and_gains_fall(advice):
    assert advice.table["gain"].is_monotonic_decreasing
    assert (advice.table["gain"] >= 0).all()
    assert advice.first()["p_change"].gt(0).any()
    tables = advice.tables()
    assert list(tables) == ["check_first", "settle_first"]
    assert len(tables["check_first"].rows) <= 10


def test_roles_that_a_figure_moves_are_those_of_the_rule(trimmed_study, advice):
    from dataclasses import replace

    from techprio.scoring import technology_values

    stated = technology_values(trimmed_study)
    roles = tp.dependencies.roles_under(trimmed_study, pd.DataFrame([stated, stated * 2]))
    known = tp.classify_roles(trimmed_study).table["role"]
    assert roles.iloc[0].to_dict() == known.to_dict() == roles.iloc[1].to_dict()
    moved = advice.table[advice.table["roles"].map(bool)]
    for row in moved.head(3).itertuples():
        changed = []
        for end in (row.low, row.high):
            scores = trimmed_study.catalog.scores.copy()
            cell = (scores["technology"] == row.technology) & (scores["criterion"] == row.criterion)
            if not cell.any():
                continue
            scores.loc[cell, ["value", "low", "high"]] = end
            study = replace(trimmed_study, catalog=replace(trimmed_study.catalog, scores=scores))
            found = tp.classify_roles(study).table["role"]
            changed += list(found.index[found != known])
        assert not changed or set(changed) == set(row.roles)


@pytest.mark.parametrize("bounds", [{"firm": 0.1, "firmly_not": 0.4}, {"firm": 1.5}])
def test_bounds_that_cross_are_refused(trimmed_study, bounds):
    matrix = trimmed_study.catalog.decision_matrix("AGR")
    with pytest.raises(tp.InputError, match="firmly_not < firm"):
        tp.robustness.value_of_information(matrix, tp.ahp(trimmed_study.judgments), draws=10, **bounds)


def test_without_spreads_there_is_nothing_to_look_up(small_study):
    advice = advise(small_study, draws=50)
    assert not len(advice.table)
    assert advice.tables()["check_first"].rows in ([], ())
