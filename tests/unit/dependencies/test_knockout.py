"""Knock-out and unlocked value on graphs small enough to count by hand."""

import itertools

import numpy as np
import pandas as pd
import pytest

from techprio.dependencies import knockout
from techprio.dependencies.graph import build_graph
from techprio.dependencies.knockout import knock_out_losses
from techprio.dependencies.shapley import shapley_values
from techprio.errors import InputError

# Graphs with values; carried value and knock-out counted by hand.
CHAIN = ([("b", "a", ""), ("c", "b", "")], {"a": 1, "b": 2, "c": 6}, [4, 3, 2], [9, 8, 6])
HUB = (
    [(leaf, "h", "") for leaf in "wxyz"],
    {"h": 0, "w": 1, "x": 1, "y": 1, "z": 1},
    [2, 0.5, 0.5, 0.5, 0.5],
    [4, 1, 1, 1, 1],
)
EITHER = (
    [("c", "a", "g"), ("c", "b", "g"), ("d", "c", "")],
    {"a": 1, "b": 1, "c": 3, "d": 6},
    [2, 2, 4.5, 2.5],
    [1, 1, 9, 6],
)
GRAPHS = {"chain": CHAIN, "hub": HUB, "either": EITHER}


def make(name):
    pairs, values, carried, lost = GRAPHS[name]
    table = pd.DataFrame(pairs, columns=["technology", "requires", "one_of"])
    return build_graph(table, list(values)), pd.Series(values, dtype=float), carried, lost


def runs(graph, values, present):
    """Worth of a set, by its definition: keep adding what can run."""
    running: set[str] = set()
    while True:
        more = {
            name
            for name in present - running
            if all(any(other in running for other in group) for group in graph.needs[name])
        }
        if not more:
            break
        running |= more
    return sum(
        values[name] * (1 - sum(share for other, share in graph.soft[name].items() if other not in running))
        for name in running
    )


def by_all_orders(graph, values):
    carried = dict.fromkeys(graph.technologies, 0.0)
    orders = list(itertools.permutations(graph.technologies))
    for order in orders:
        here: set[str] = set()
        for name in order:
            before = runs(graph, values, here)
            here = here | {name}
            carried[name] += (runs(graph, values, here) - before) / len(orders)
    return carried


@pytest.mark.parametrize("name", GRAPHS)
def test_carried_value_by_hand(name):
    graph, values, carried, _ = make(name)
    found, error = shapley_values(graph, values)
    assert found.tolist() == pytest.approx(carried)
    assert (error == 0).all()


@pytest.mark.parametrize("name", GRAPHS)
def test_knockout_by_hand(name):
    graph, values, _, lost = make(name)
    table = knock_out_losses(graph, values, dict.fromkeys(values.index, "s"))
    assert (table["s"] * values.sum()).tolist() == pytest.approx(lost)


def test_soft_edge_moves_its_share():
    """A diamond in which d benefits from c by a quarter."""
    table = pd.DataFrame(
        {
            "technology": ["b", "c", "d", "d"],
            "requires": ["a", "a", "b", "c"],
            "kind": ["hard", "hard", "hard", "soft"],
            "share": [None, None, None, 0.25],
        }
    )
    graph = build_graph(table, ["a", "b", "c", "d"])
    values = pd.Series({"a": 1.0, "b": 1.0, "c": 2.0, "d": 4.0})
    carried, _ = shapley_values(graph, values)
    assert carried.tolist() == pytest.approx([3.75, 1.75, 1.25, 1.25])
    assert (knock_out_losses(graph, values, dict.fromkeys("abcd", "s"))["s"] * 8).tolist() == pytest.approx(
        [8, 5, 3, 4]
    )


def random_graph(generator, size):
    rows = []
    for place in range(1, size):
        for before in range(place):
            if generator.random() < 0.35:
                kind = "soft" if generator.random() < 0.3 else "hard"
                group = "g" if kind == "hard" and generator.random() < 0.5 else ""
                rows.append((f"t{place}", f"t{before}", kind, group, generator.choice([0.1, 0.3, 0.5])))
    names = [f"t{place}" for place in range(size)]
    table = pd.DataFrame(rows, columns=["technology", "requires", "kind", "one_of", "share"])
    return build_graph(table, names), pd.Series(generator.random(size).round(2), index=names)


@pytest.mark.parametrize("seed", range(12))
def test_closed_form_equals_all_orders(seed):
    graph, values = random_graph(np.random.default_rng(seed), 6)
    carried, error = shapley_values(graph, values)
    assert carried.to_dict() == pytest.approx(by_all_orders(graph, values), abs=1e-9)
    assert (error == 0).all()


@pytest.mark.parametrize("seed", range(12))
def test_knockout_equals_forward_chaining(seed):
    graph, values = random_graph(np.random.default_rng(100 + seed), 12)
    everyone = set(graph.technologies)
    whole = runs(graph, values, everyone)
    table = knock_out_losses(graph, values, dict.fromkeys(everyone, "s"))
    for name in graph.technologies:
        assert table.loc[name, "s"] == pytest.approx(1 - runs(graph, values, everyone - {name}) / whole)


def test_sector_without_value_loses_nothing():
    graph = build_graph(pd.DataFrame({"technology": ["b"], "requires": ["a"]}), ["a", "b"])
    table = knock_out_losses(graph, pd.Series({"a": 1.0, "b": 0.0}), {"a": "s", "b": "t"})
    assert table.loc["a"].tolist() == [1.0, 0.0]


@pytest.mark.parametrize("values", [{"a": 1.0}, {"a": 1.0, "b": -1.0}, {"a": float("nan"), "b": 1.0}])
def test_values_that_cannot_be_used(values):
    graph = build_graph(pd.DataFrame({"technology": ["b"], "requires": ["a"]}), ["a", "b"])
    with pytest.raises(InputError):
        knock_out_losses(graph, pd.Series(values), {"a": "s", "b": "s"})


def test_a_long_chain_is_summed_by_parts(monkeypatch):
    """The last of a chain is lost with each before it; seven columns at a time give the same."""
    names = [f"t{place:02d}" for place in range(30)]
    graph = build_graph(pd.DataFrame({"technology": names[1:], "requires": names[:-1]}))
    monkeypatch.setattr(knockout, "_BLOCK", 7)
    lost = knock_out_losses(graph, pd.Series(1.0, index=names), dict.fromkeys(names, "s"))["s"]
    np.testing.assert_allclose(lost.reindex(names), np.arange(30, 0, -1) / 30)
    assert knockout.loss_matrix(graph).sum() == sum(range(1, 31))


def test_a_table_too_large_for_memory_is_refused_in_words(monkeypatch):
    names = [f"t{place:02d}" for place in range(30)]
    graph = build_graph(pd.DataFrame({"technology": names[1:], "requires": names[:-1]}))
    monkeypatch.setattr(knockout, "MOST_ENTRIES", 400)
    with pytest.raises(InputError, match="465 entries, 400 at most; classify the parts"):
        knockout.loss_matrix(graph)
