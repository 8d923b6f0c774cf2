"""The parts of every change add up to it, whatever changed."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import techprio as tp
from techprio.model.study import WeightSettings
from techprio.study.counterfactual import shapley_parts

CRITERIA = tuple(leaf.id for leaf in tp.example("lai-chau").criteria.leaves)
shares = st.lists(st.integers(1, 9), min_size=len(CRITERIA), max_size=len(CRITERIA))


@cache
def small_study():
    """Return seven technologies of one sector, weighed by given numbers."""
    study = tp.example("lai-chau")
    names = [f"AGR0{number}" for number in range(1, 8)]
    equal = WeightSettings(method="given", given=dict.fromkeys(CRITERIA, 1 / len(CRITERIA)))
    return with_technologies(replace(study, judgments=None, resources=None, weights=equal), names)


def with_technologies(study, names):
    catalog = study.catalog
    edges = catalog.dependencies
    return replace(
        study,
        catalog=replace(
            catalog,
            sectors=tuple(sector for sector in catalog.sectors if sector.code == "AGR"),
            technologies=catalog.technologies.loc[list(names)],
            scores=catalog.scores[catalog.scores["technology"].isin(names)].reset_index(drop=True),
            dependencies=edges[edges["technology"].isin(names) & edges["requires"].isin(names)],
        ),
    )


def with_weights(study, numbers):
    given_shares = dict(zip(CRITERIA, (number / sum(numbers) for number in numbers), strict=True))
    return replace(study, weights=WeightSettings(method="given", given=given_shares))


@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_parts_of_rank_and_score_add_up(data):
    old = with_weights(small_study(), data.draw(shares))
    names = list(old.catalog.technologies.index)
    gone = data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 3))
    new = with_technologies(old, [name for name in names if name not in gone])
    new = with_weights(new, data.draw(shares))
    scores = new.catalog.scores.copy()
    row = data.draw(st.sampled_from(list(scores.index[scores["criterion"] == "F2"])))
    scores.loc[row, ["low", "value", "high"]] = float(data.draw(st.integers(1, 5)))
    ranking = replace(
        new.ranking, options={"normalization": data.draw(st.sampled_from(["reference", "vector", "minmax"]))}
    )
    new = replace(new, catalog=replace(new.catalog, scores=scores), ranking=ranking)
    difference = tp.compare_runs(old, new)
    ranks = difference.ranks.set_index("technology").loc[difference.rank_parts.index]
    assert len(ranks) == len(names) - len(gone)
    for parts, column in ((difference.rank_parts, "rank_change"), (difference.score_parts, "score_change")):
        change = ranks[column].to_numpy(dtype=float)
        np.testing.assert_allclose(parts.sum(axis=1).to_numpy(), change, rtol=0, atol=1e-9)


@given(st.integers(1, 5), st.data())
def test_parts_of_any_game_add_up_and_idle_factors_get_nothing(count, data):
    factors = [f"f{number}" for number in range(count)]
    worth = {}

    def evaluate(news):
        return worth.setdefault(news - {"idle"}, data.draw(st.floats(-1e3, 1e3)))

    parts = shapley_parts([*factors, "idle"], evaluate)
    whole = worth[frozenset(factors)] - worth[frozenset()]
    assert sum(float(part) for part in parts.values()) == pytest.approx(whole, abs=1e-9)
    assert float(parts["idle"]) == pytest.approx(0, abs=1e-9)
