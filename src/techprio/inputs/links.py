"""Dependencies between technologies: known ends, no doubled edge, no circle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from techprio.inputs.diagnostics import Diagnostics, Location
from techprio.inputs.grid import Grid
from techprio.inputs.rows import DependencyRow
from techprio.inputs.tables import Table, read_table
from techprio.inputs.unknown import UnknownNames
from techprio.language import text
from techprio.model.catalog import CyclePolicy

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str]


def read_dependencies(
    data: bytes | Grid,
    file: str,
    technologies: UnknownNames,
    diagnostics: Diagnostics,
    *,
    cycles: CyclePolicy = "error",
) -> Table:
    """Read what technologies require, and check the graph.

    Parameters
    ----------
    data : bytes or Grid
    file : str
        Name for the problems.
    technologies : UnknownNames
        The technologies that are known.
    findings : Diagnostics
        Takes the problems.
    cycles : {"error", "bundle"}
        With ``"bundle"`` a circle is no fault, as long as no lag lies inside it.
    """
    table = read_table(data, file, DependencyRow, diagnostics)
    edges: dict[Edge, Location] = {}
    for line in table:
        ends = [line.get(name) for name in ("technology", "requires")]
        known = [
            technologies.is_known(end, line.location, name)
            for end, name in zip(ends, ("technology", "requires"), strict=True)
        ]
        if line.get("share") is not None and line.get("kind") == "hard":
            diagnostics.add(
                "S316",
                line.location,
                field="share",
                found=f"{line['share']:g}",
                allowed=text("empty when the kind is hard"),
            )
        if all(known):
            _take(ends[0], ends[1], line.location, edges, diagnostics)
    technologies.report(diagnostics)
    if cycles == "error":
        _check_circles(edges, diagnostics)
    else:
        _check_lags_of_bundles(table, edges, diagnostics)
    return table


def _take(
    technology: str, requires: str, location: Location, edges: dict[Edge, Location], diagnostics: Diagnostics
) -> None:
    edge = (technology, requires)
    if technology == requires:
        diagnostics.add(
            "S313", location, field="requires", found=requires, allowed=text("another technology")
        )
    elif edge in edges:
        found = text("{edge}, also in {location}", edge=" -> ".join(edge), location=edges[edge].words)
        diagnostics.add("S314", location, field="requires", found=found, allowed=text("each pair once"))
    else:
        edges[edge] = location


def _check_circles(edges: dict[Edge, Location], diagnostics: Diagnostics) -> None:
    import networkx as nx

    graph = nx.DiGraph(list(edges))
    for knot in nx.strongly_connected_components(graph):
        if len(knot) > 1:
            _report_knot(graph.subgraph(knot), edges, diagnostics)


def _check_lags_of_bundles(table: Table, edges: dict[Edge, Location], diagnostics: Diagnostics) -> None:
    import networkx as nx

    hard = [line for line in table if line.get("kind") == "hard"]
    pairs = {(line.get("technology"), line.get("requires")): line for line in hard}
    graph = nx.DiGraph([pair for pair in pairs if pair in edges])
    home = {
        name: place for place, knot in enumerate(nx.strongly_connected_components(graph)) for name in knot
    }
    for pair, line in pairs.items():
        inside = pair in edges and home[pair[0]] == home[pair[1]]
        if inside and (line.get("lag_months") or 0) > 0:
            diagnostics.add(
                "S327",
                line.location,
                field="lag_months",
                found=f"{line['lag_months']:g}",
                allowed=text("0 inside a bundle, because its members start together"),
            )


def _report_knot(knot: nx.DiGraph[str], edges: dict[Edge, Location], diagnostics: Diagnostics) -> None:
    circle = shortest_circle(knot)
    path = " -> ".join([*circle, circle[0]])
    around = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    opening = [edge for edge in around if _opens(knot, edge)]
    shown = ", ".join(f"{one} -> {other} ({edges[one, other].line})" for one, other in opening or around)
    if opening:
        proposal = text("take out one of these (line): {edges}", edges=shown)
    else:
        proposal = text("several circles meet here; begin with one of these (line): {edges}", edges=shown)
    location = min((edges[edge] for edge in around), key=lambda place: place.line)
    diagnostics.add(
        "S315", location, field="requires", found=path, allowed=text("no circle"), proposal=proposal
    )


def shortest_circle(knot: nx.DiGraph[str]) -> list[str]:
    """Return the nodes of a shortest circle, each technology before what it requires.

    Among equally short ones it is that of the first name in order, so that the answer repeats.

    Examples
    --------
    >>> import networkx as nx
    >>> shortest_circle(nx.DiGraph([("A", "B"), ("B", "C"), ("C", "A"), ("C", "B")]))
    ['B', 'C']
    """
    best: list[str] = []
    for start in sorted(knot):
        found = _circle_through(knot, start, limit=len(best) or len(knot) + 1)
        if found:
            best = found
    return best


def _circle_through(knot: nx.DiGraph[str], start: str, *, limit: int) -> list[str]:
    """Return the shortest circle through a node when it is shorter than the limit."""
    before: dict[str, str] = {}
    layer = [start]
    for _ in range(limit - 1):
        layer = list(_next_layer(knot, layer, before))
        if start in before:
            path = [start]
            while before[path[-1]] != start:
                path.append(before[path[-1]])
            return [start, *reversed(path[1:])]
    return []


def _next_layer(knot: nx.DiGraph[str], layer: Iterable[str], before: dict[str, str]) -> Iterable[str]:
    for node in layer:
        for successor in sorted(knot.successors(node)):
            if successor not in before:
                before[successor] = node
                yield successor


def _opens(knot: nx.DiGraph[str], edge: Edge) -> bool:
    import networkx as nx

    rest = nx.DiGraph(knot)
    rest.remove_edge(*edge)
    return bool(nx.is_directed_acyclic_graph(rest))
