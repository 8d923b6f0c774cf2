"""The layout of a layered drawing: the layer of each node, the order inside the layers by barycentres.

Every node stands in a layer; an edge over several layers gets a place in each one it crosses, so
that no line runs through a box. The order inside the layers is improved by sweeps that put each
node at the mean place of its neighbors (Sugiyama, Tagawa and Toda, 1981), the best order is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

Edge = tuple[str, str]
Layers = list[list[str]]
STAND_IN_ROW = 0.25


def layered(
    levels: Mapping[str, int], edges: Iterable[Edge], *, sweeps: int = 24
) -> tuple[Layers, dict[Edge, list[str]]]:
    """Return the ordered layers, stand-ins of long edges included, and the way of every edge.

    Parameters
    ----------
    levels : mapping of node to layer, 0 first
    edges : iterable of (from, to)
        An edge must lead from a lower to a higher layer.
    sweeps : int

    Returns
    -------
    layers : list of list of str
    ways : mapping of edge to the nodes and stand-ins that it passes, both ends included
    """
    ways = _ways(levels, edges)
    layers = _first_order(levels, ways)
    above, below = _neighbors(ways.values())
    best, fewest = [list(layer) for layer in layers], crossings(layers, below)
    for sweep in range(sweeps):
        down = sweep % 2 == 0
        order = range(1, len(layers)) if down else range(len(layers) - 2, -1, -1)
        for place in order:
            near = above if down else below
            fixed = layers[place - 1] if down else layers[place + 1]
            layers[place] = _by_barycentre(layers[place], fixed, near)
        count = crossings(layers, below)
        if count < fewest:
            best, fewest = [list(layer) for layer in layers], count
    return best, ways


def crossings(layers: Layers, below: Mapping[str, Sequence[str]]) -> int:
    """Count the pairs of lines that cross between neighboring layers."""
    total = 0
    for first, second in pairwise(layers):
        place = {name: k for k, name in enumerate(second)}
        ends = [place[b] for a in first for b in sorted(below.get(a, ()), key=place.__getitem__)]
        total += _inversions(ends)
    return total


def _inversions(ends: list[int]) -> int:
    if len(ends) < 2:
        return 0
    middle = len(ends) // 2
    left, right = ends[:middle], ends[middle:]
    count = _inversions(left) + _inversions(right)
    left, right = sorted(left), sorted(right)
    seen = 0
    for value in left:
        while seen < len(right) and right[seen] < value:
            seen += 1
        count += seen
    return count


def _forward(levels: Mapping[str, int], pairs: Iterable[Edge]) -> Iterable[Edge]:
    """Return the edges between layers, each once, from the lower layer to the higher."""
    return dict.fromkeys(
        (a, b) if levels[a] < levels[b] else (b, a) for a, b in pairs if levels[a] != levels[b]
    )


def _ways(levels: Mapping[str, int], edges: Iterable[Edge]) -> dict[Edge, list[str]]:
    return {
        (a, b): [a, *(f"{a}>{b}@{level}" for level in range(levels[a] + 1, levels[b])), b] for a, b in edges
    }


def _first_order(levels: Mapping[str, int], ways: Mapping[Edge, list[str]]) -> Layers:
    layers: Layers = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for name, level in levels.items():
        layers[level].append(name)
    for (a, _), way in ways.items():
        for step, name in enumerate(way[1:-1], start=1):
            layers[levels[a] + step].append(name)
    return layers


def _neighbors(ways: Iterable[list[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for way in ways:
        for a, b in pairwise(way):
            above.setdefault(b, []).append(a)
            below.setdefault(a, []).append(b)
    return above, below


def _by_barycentre(layer: list[str], fixed: list[str], near: Mapping[str, Sequence[str]]) -> list[str]:
    place = {name: k / max(len(fixed) - 1, 1) for k, name in enumerate(fixed)}
    own = {name: k / max(len(layer) - 1, 1) for k, name in enumerate(layer)}

    def centre(name: str) -> float:
        places = [place[other] for other in near.get(name, ()) if other in place]
        return sum(places) / len(places) if places else own[name]

    return sorted(layer, key=centre)


def layers_and_rows(names: list[str], edges: pd.DataFrame) -> tuple[int, float]:
    """Return how many layers a picture of these has, and how many rows its fullest layer.

    Neither depends on the order inside the layers.
    """
    levels = node_levels(names, edges)
    layers = _first_order(levels, _ways(levels, _forward(levels, _pairs(edges))))
    return len(layers), max((rows_of(layer, set(names)) for layer in layers), default=1)


def rows_of(layer: list[str], real: set[str]) -> float:
    """Return the rows that a layer takes; a stand-in of a long edge takes a part of one."""
    return sum(1 if name in real else STAND_IN_ROW for name in layer)


def layers_of(names: list[str], known: pd.DataFrame) -> tuple[list[list[str]], dict[Any, list[str]]]:
    """Return the ordered layers, and the way of every edge, also of those that lead back or stay in a layer.

    Examples
    --------
    >>> edges = pd.DataFrame(
    ...     {"technology": ["b", "c", "a"], "requires": ["a", "b", "c"], "kind": ["hard", "hard", "soft"]}
    ... )
    >>> layers_of(["a", "b", "c"], edges)[1]["c", "a"]
    ['c', 'a>c@1', 'a']
    """
    levels = node_levels(names, known)
    pairs = _pairs(known)
    layers, ways = layered(levels, _forward(levels, pairs))
    back = {(b, a): way[::-1] for (a, b), way in ways.items()}
    return layers, {pair: ways.get(pair) or back.get(pair) or list(pair) for pair in pairs}


def node_levels(names: list[str], edges: pd.DataFrame) -> dict[str, int]:
    """Return the layer of each node.

    The longest way over hard edges sets how many layers there are. Soft edges pull a node to the
    right of what it works better with, as far as the hard edges leave it room.

    Examples
    --------
    >>> edges = pd.DataFrame({"technology": ["b", "c"], "requires": ["a", "a"], "kind": ["hard", "soft"]})
    >>> node_levels(["a", "b", "c"], edges)
    {'a': 0, 'b': 1, 'c': 1}
    """
    hard = _pairs(edges[edges["kind"] == "hard"])
    earliest = _longest(names, [(a, b) for a, b in hard])
    deepest = max(earliest.values(), default=0)
    latest = {name: deepest - level for name, level in _longest(names, [(b, a) for a, b in hard]).items()}
    levels = dict(earliest)
    every = _pairs(edges)
    for _ in names:
        moved = dict(levels)
        for need, name in every:
            moved[name] = max(moved[name], min(moved[need] + 1, latest[name]))
        if moved == levels:
            break
        levels = moved
    return levels


def _pairs(edges: pd.DataFrame) -> list[tuple[str, str]]:
    return list(dict.fromkeys(zip(edges["requires"], edges["technology"], strict=True)))


def _longest(names: list[str], pairs: list[tuple[str, str]]) -> dict[str, int]:
    levels = dict.fromkeys(names, 0)
    for _ in names:
        deeper = dict(levels)
        for a, b in pairs:
            deeper[b] = max(deeper[b], deeper[a] + 1)
        if deeper == levels:
            break
        levels = deeper
    return levels
