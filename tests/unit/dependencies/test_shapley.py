"""Unlocked value by sampled permutations, where the smallest sets are too many to list."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

from techprio.dependencies.graph import build_graph
from techprio.dependencies.shapley import carrying_shares, sample_permutations, shapley_values
from techprio.errors import InputError

GROUPS = 9


def either_of_two(groups):
    """u needs one of two technologies in each of the groups: 2 to the power of groups smallest sets."""
    rows = [("u", f"{side}{k}", f"g{k}") for k in range(groups) for side in "ab"]
    table = pd.DataFrame(rows, columns=["technology", "requires", "one_of"])
    return build_graph(table, ["u", *table["requires"]])


def own_share(groups):
    """u arrives at a time uniform in 0..1, and gets all when one of each two was there before."""
    return quad(lambda time: (1 - (1 - time) ** 2) ** groups, 0, 1)[0]


def test_many_alternatives_are_sampled_within_their_stated_error():
    graph = either_of_two(GROUPS)
    values = pd.Series({name: 10.0 if name == "u" else 0.0 for name in graph.technologies})
    carried, error = shapley_values(graph, values, samples=4000)
    exact = pd.Series(10 * (1 - own_share(GROUPS)) / (2 * GROUPS), index=values.index)
    exact["u"] = 10 * own_share(GROUPS)
    assert carrying_shares(graph).sampled == ("u",)
    assert (error > 0).all()
    assert error["u"] < 0.1
    assert (((carried - exact) / error).abs() < 4).all()
    assert carried.sum() == pytest.approx(10.0)


def test_few_alternatives_are_exact():
    graph = either_of_two(3)
    values = pd.Series({name: 1.0 if name == "u" else 0.0 for name in graph.technologies})
    carried, error = shapley_values(graph, values)
    assert carried["u"] == pytest.approx(own_share(3))
    assert (error == 0).all()


def test_sampling_agrees_with_the_closed_form_with_soft_edges_and_a_bundle():
    table = pd.DataFrame(
        [
            ("B", "A", "hard", ""), ("C", "B", "hard", ""), ("B", "C", "hard", ""), ("D", "C", "hard", "g"),
            ("D", "A", "hard", "g"), ("D", "E", "soft", ""),
        ],
        columns=["technology", "requires", "kind", "one_of"],
    )  # fmt: skip
    graph = build_graph(table, list("ABCDE"), cycles="bundle")
    exact = carrying_shares(graph).matrix.toarray()[:, 3]
    games = [(0.7, ("D",)), (0.3, ("D", "E"))]
    rows, mean, variance = sample_permutations(graph, games, 4000, np.random.default_rng(5))
    found = np.zeros(5)
    found[rows] = mean
    assert found.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(found, exact, atol=4 * np.sqrt(variance.max()))


def test_the_same_seed_gives_the_same_shares():
    graph = either_of_two(GROUPS)
    one, two, other = (carrying_shares(graph, samples=50, seed=seed).matrix.toarray() for seed in (1, 1, 2))
    assert (one == two).all()
    assert (one != other).any()


def test_one_sample_has_no_error_and_is_refused():
    with pytest.raises(InputError, match="from 2 to 100,000,000"):
        carrying_shares(either_of_two(1), samples=1)
