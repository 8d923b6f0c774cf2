import itertools
import random

import networkx as nx
import pytest

from techprio.model.cycles import EXACT_UP_TO, cyclic_components


def drawn(nodes, share, seed):
    chance = random.Random(seed)
    pairs = itertools.permutations([f"T{number}" for number in range(nodes)], 2)
    return [pair for pair in pairs if chance.random() < share]


def fewest(edges):
    """Return the size of the smallest set that opens a graph, by trying all orders of its nodes."""
    nodes = sorted({node for edge in edges for node in edge})
    places = [dict(zip(order, range(len(order)), strict=True)) for order in itertools.permutations(nodes)]
    return min(sum(place[one] > place[other] for one, other in edges) for place in places)


@pytest.mark.parametrize("seed", range(8))
def test_smallest_set_is_that_of_all_orders(seed):
    edges = drawn(6, 0.4, seed)
    found = list(cyclic_components(edges))
    assert sum(len(component.opening) for component in found) == fewest(edges)
    assert all(component.bound == len(component.opening) for component in found)


@pytest.mark.parametrize(("nodes", "share"), [(20, 0.2), (40, 0.2), (200, 0.02)])
def test_without_the_set_there_is_no_cycle(nodes, share):
    edges = drawn(nodes, share, 1)
    graph = nx.DiGraph(edges)
    cyclic = [part for part in nx.strongly_connected_components(graph) if len(part) > 1]
    found = list(cyclic_components(edges))
    assert sorted(sorted(component.nodes) for component in found) == sorted(map(sorted, cyclic))
    for component in found:
        assert 1 <= component.bound <= len(component.opening)
        assert len(component.edges) > EXACT_UP_TO or component.bound == len(component.opening)
        graph.remove_edges_from(component.opening)
        path = list(zip(component.cycle, (*component.cycle[1:], component.cycle[0]), strict=True))
        assert set(path) <= set(component.edges)
    assert nx.is_directed_acyclic_graph(graph)


def test_complete_graph_needs_half_of_its_edges():
    """In a complete digraph each of the n(n-1)/2 pairs is a cycle of its own."""
    (component,) = cyclic_components(itertools.permutations("ABCDEFG", 2))
    assert (len(component.opening), component.bound) == (21, 21)


def test_all_components_are_told_at_once():
    """Three cycles that share nothing, and what only hangs on one of them."""
    edges = [("A", "B"), ("B", "A"), ("C", "D"), ("D", "E"), ("E", "C"), ("F", "F"), ("G", "A")]
    assert [component.nodes for component in cyclic_components(edges)] == [
        ("A", "B"),
        ("C", "D", "E"),
        ("F",),
    ]
    lines = {edge: number for number, edge in enumerate(edges, 2)}
    said = [component.proposal(lines).render("en") for component in cyclic_components(edges)]
    assert "C -> D (4), D -> E (5), E -> C (6); if they start together" in said[1]
    assert all("cycles: bundle" in words for words in said)
