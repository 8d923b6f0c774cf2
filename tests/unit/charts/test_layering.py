import itertools

import pytest

from techprio.charts.layering import crossings, layered


def test_crossings_are_counted_between_neighbors():
    assert crossings([["a", "b"], ["c", "d"]], {"a": ["d"], "b": ["c"]}) == 1
    assert crossings([["a", "b"], ["c", "d"]], {"a": ["c", "d"], "b": ["c", "d"]}) == 1


def test_a_drawing_without_crossings_is_found():
    levels = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    layers, ways = layered(levels, [("a", "z"), ("b", "x"), ("c", "y")])
    below = {a: [b] for a, b in ways}
    assert crossings(layers, below) == 0


def test_complete_bipartite_has_the_known_number():
    levels = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    _, ways = layered(levels, itertools.product("abc", "xyz"))
    assert crossings([list("abc"), list("xyz")], {a: list("xyz") for a in "abc"}) == 9
    assert len(ways) == 9


@pytest.mark.parametrize("span", [1, 3])
def test_long_edges_get_a_stand_in_in_every_layer_they_cross(span):
    levels = {f"n{k}": k for k in range(span + 1)}
    layers, ways = layered(levels, [("n0", f"n{span}")])
    assert len(ways["n0", f"n{span}"]) == span + 1
    assert [len(layer) for layer in layers] == [1, *[2] * (span - 1), 1]
