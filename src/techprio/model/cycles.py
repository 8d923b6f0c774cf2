"""Cycles of a directed graph: the components that hold them, and the fewest edges that open them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from techprio.language import Text, joined, text

Edge = tuple[str, str]
Successors = Mapping[str, Iterable[str]]
EXACT_UP_TO = 150
"""Edges of a component up to which the smallest set is proven."""
_SHOWN = 12


@dataclass(frozen=True)
class CyclicComponent:
    """Technologies that need each other, directly or through others.

    Parameters
    ----------
    nodes : tuple of str
    edges : tuple of (str, str)
        All edges between them.
    cycle : tuple of str
        A shortest cycle, each needing the next and the last the first.
    opening : tuple of (str, str)
        Edges whose removal leaves no cycle.
    bound : int
        No set of fewer edges does that.
    """

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    cycle: tuple[str, ...]
    opening: tuple[Edge, ...]
    bound: int

    def found(self, say: Callable[[str, str], Text] | None = None) -> Text | str:
        """Return the cycle, each step in the words given for it, with the size of the component when larger.

        Of a long cycle the first steps are shown.
        """
        steps = list(zip(self.cycle, (*self.cycle[1:], self.cycle[0]), strict=True))[:_SHOWN]
        path: Text | str
        if say is None:
            path = " -> ".join([steps[0][0], *(other for _, other in steps)])
        else:
            path = joined([say(one, other) for one, other in steps], ", ")
        if len(self.cycle) > _SHOWN:
            path = text("a cycle of {count}: {path}, …", count=len(self.cycle), path=path)
        if len(self.nodes) == len(self.cycle) == len(self.edges):
            return path
        return text(
            "{nodes} technologies that need each other by {edges} dependencies; a shortest cycle: {path}",
            nodes=len(self.nodes),
            edges=len(self.edges),
            path=path,
        )

    def proposal(self, lines: Mapping[Edge, int]) -> Text:
        """Return which edges to look at, with their lines, and the other reading: they start together."""
        single = [edge for edge in self.edges if self.bound == 1 and _is_open(self.edges, {edge})]
        shown = single or self.opening
        edges = ", ".join(f"{one} -> {other} ({lines[one, other]})" for one, other in shown[:_SHOWN])
        if len(shown) > _SHOWN:
            edges += ", …"
        if single:
            words = text("without any one of these (line) there is no cycle: {edges}", edges=edges)
        elif self.bound == len(self.opening):
            words = text(
                "without these {count} (line) there is no cycle, and with fewer there is one: {edges}",
                count=len(self.opening),
                edges=edges,
            )
        else:
            words = text(
                "without these {count} (line) there is no cycle, and at least {bound} are needed: {edges}",
                count=len(self.opening),
                bound=self.bound,
                edges=edges,
            )
        bundle = text("if they start together as one, set cycles: bundle")
        return joined([words, bundle])


def cyclic_components(edges: Iterable[Edge]) -> Iterator[CyclicComponent]:
    """Give the strongly connected components that hold a cycle, in the order of the edges.

    The smallest set of edges is found as a set cover of cycles that grows until no cycle is left [1]_. It is
    exact up to ``EXACT_UP_TO`` edges; beyond, the edges against a greedy order [2]_ are given, with the
    number of cycles that share no edge as the bound.

    References
    ----------
    .. [1] Baharev, Schichl, Neumaier, Achterberg (2021), An exact method for the minimum feedback arc set
       problem, ACM J. Exp. Algorithmics 26.
    .. [2] Eades, Lin, Smyth (1993), A fast and effective heuristic for the feedback arc set problem,
       Information Processing Letters 47.

    Examples
    --------
    >>> (one,) = cyclic_components([("A", "B"), ("B", "C"), ("C", "A"), ("C", "B"), ("C", "D")])
    >>> one.nodes, one.cycle, one.opening, one.bound
    (('A', 'B', 'C'), ('B', 'C'), (('B', 'C'),), 1)
    """
    edges = tuple(dict.fromkeys(edges))
    for part in _parts(edges):
        opening, bound = _opening(part)
        nodes = tuple(dict.fromkeys(node for edge in part for node in edge))
        yield CyclicComponent(nodes, part, tuple(_shortest_cycle(part)), opening, bound)


def _parts(edges: Sequence[Edge]) -> list[tuple[Edge, ...]]:
    """Return the edges of each cyclic component; a loop is one too."""
    import networkx as nx

    home: dict[str, int] = {}
    for number, component in enumerate(nx.strongly_connected_components(nx.DiGraph(list(edges)))):
        home |= dict.fromkeys(component, number)
    parts: dict[int, list[Edge]] = {}
    for one, other in edges:
        if home[one] == home[other]:
            parts.setdefault(home[one], []).append((one, other))
    return [tuple(part) for part in parts.values()]


def _opening(part: tuple[Edge, ...]) -> tuple[tuple[Edge, ...], int]:
    """Return edges whose removal opens a component, and how many are needed at least."""
    if len(part) > EXACT_UP_TO:
        return _ordered(part), _disjoint_cycles(part)
    cycles: dict[frozenset[Edge], None] = {}
    removed: set[Edge] = set()
    while new := [
        frozenset(cycle)
        for rest in _parts([edge for edge in part if edge not in removed])
        for cycle in _cycles(rest)
    ]:
        cycles |= dict.fromkeys(new)
        removed = _cover(part, list(cycles))
    return tuple(edge for edge in part if edge in removed), len(removed)


def _ordered(part: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return the edges that run against an order of the nodes, by the greedy rule of Eades, Lin and Smyth."""
    after, before = _successors(part), _successors([(other, one) for one, other in part])
    surplus = {node: len(after.get(node, ())) - len(before.get(node, ())) for node in before}
    place: dict[str, int] = {}
    while surplus:
        node = max(surplus, key=surplus.__getitem__)
        place[node] = len(place)
        del surplus[node]
        for other in after.get(node, ()):
            if other in surplus:
                surplus[other] += 1
        for other in before.get(node, ()):
            if other in surplus:
                surplus[other] -= 1
    against = tuple((one, other) for one, other in part if place[one] >= place[other])
    return against if len(against) * 2 <= len(part) else tuple(edge for edge in part if edge not in against)


def _disjoint_cycles(part: Sequence[Edge], most: int = 300) -> int:
    """Return a number of cycles that share no edge: each of them needs an edge of its own to be opened."""
    free = {one: set(others) for one, others in _successors(part).items()}
    count = 0
    for one, other in part[:most]:
        path = _path(free, other, one) if other in free[one] else []
        if path:
            count += 1
            for start, end in zip([one, *path[:-1]], path, strict=True):
                free[start].discard(end)
    return count


def _cover(part: Sequence[Edge], cycles: Sequence[frozenset[Edge]]) -> set[Edge]:
    """Return a smallest set of edges that meets every cycle."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    place = {edge: number for number, edge in enumerate(part)}
    entries = [(row, place[edge]) for row, cycle in enumerate(cycles) for edge in sorted(cycle)]
    rows, columns = np.array(entries, dtype=np.int32).T  # HiGHS inside scipy 1.11 takes no wider indices
    matrix = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(cycles), len(part)))
    every = np.ones(len(part))
    limits = LinearConstraint(matrix, lb=1)
    found = milp(every, integrality=every, bounds=Bounds(0, 1), constraints=limits)
    return {edge for edge, share in zip(part, found.x, strict=True) if share > 0.5}


def _cycles(part: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Give a shortest cycle through each edge of a component."""
    successors = _successors(part)
    for one, other in part:
        path = _path(successors, other, one)
        yield list(zip([one, *path[:-1]], path, strict=True))


def _shortest_cycle(part: Sequence[Edge]) -> list[str]:
    successors = _successors(part)
    best: list[str] = []
    for one, other in sorted(part):
        path = _path(successors, other, one, len(best) - 1 if best else None)
        if path:
            best = [one, *path[:-1]]
    return best


def _successors(part: Sequence[Edge]) -> dict[str, list[str]]:
    successors: dict[str, list[str]] = {}
    for one, other in sorted(part):
        successors.setdefault(one, []).append(other)
    return successors


def _path(successors: Successors, start: str, end: str, most: int | None = None) -> list[str]:
    """Return a shortest path of at most so many nodes; empty when there is none."""
    before: dict[str, str | None] = {start: None}
    layer, length = [start], 1
    while layer and (most is None or length <= most):
        if end in before:
            path = [end]
            while (previous := before[path[-1]]) is not None:
                path.append(previous)
            return path[::-1]
        found = [(after, node) for node in layer for after in successors.get(node, ()) if after not in before]
        layer = []
        for after, node in found:
            if after not in before:
                before[after] = node
                layer.append(after)
        length += 1
    return []


def _is_open(part: Sequence[Edge], removed: set[Edge]) -> bool:
    return not _parts([edge for edge in part if edge not in removed])
