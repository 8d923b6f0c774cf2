r"""Earliest times and slack over the prerequisites: the critical path method.

Forward, a technology starts when it is ready and all it needs has run long enough,
:math:`s_i = \max(r_i, \max_j (s_j + d_{ij}))`, where the gap :math:`d_{ij}` follows from timing, lag and
lead times (:func:`techprio.model.prerequisites.start_gap`), and :math:`e_i = s_i + l_i`;
of alternatives the earliest counts. Backward, the slack is what a start may slip without moving
the last end (Kelley and Walker, 1959).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx
import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.graph import DependencyGraph
from techprio.language import text
from techprio.model.checks import Checks, to_numbers
from techprio.model.critical_chain import CriticalChain
from techprio.model.prerequisites import start_gap
from techprio.model.provenance import Provenance

Lags = Mapping[tuple[str, str], float]  # from the start of the prerequisite to that of the dependent
MONTHS = text("a number of months from 0 on")
Chosen = dict[tuple[str, tuple[str, ...]], str]  # (technology, group of alternatives) to the one taken


@validated
def find_critical_chain(
    graph: DependencyGraph, lead: pd.Series, *, ready: pd.Series | None = None
) -> CriticalChain:
    """Find the earliest start and end of every technology, its slack, and the longest chain.

    Money and staff are left aside: no plan can be faster, most are slower.

    Parameters
    ----------
    graph : DependencyGraph
        From :func:`techprio.dependencies.build_graph`.
    lead : Series
        Months from start to operation by technology, finite and not negative.
    ready : Series, optional
        Months before which work cannot begin by technology; 0 where none is given.

    Returns
    -------
    CriticalChain
        Soft edges carry no timing. Members of a bundle start together.

    Raises
    ------
    InputError
        A technology without a lead, or months that are negative or not finite.

    Examples
    --------
    >>> import techprio as tp
    >>> edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "B"], "lag_months": [0, 6]})
    >>> graph = tp.dependencies.build_graph(edges, ["A", "B", "C", "D"])
    >>> found = find_critical_chain(graph, pd.Series({"A": 12, "B": 6, "C": 3, "D": 6}))
    >>> found.chain, found.months
    (('A', 'B', 'C'), 27.0)
    >>> float(found.table.loc["D", "slack"])
    21.0
    """
    months = _months(lead, graph, "lead")
    waiting = _months(pd.Series(0.0, list(graph.technologies)) if ready is None else ready, graph, "ready")
    lags = _lags(graph, months)
    start, before, chosen = _forward(graph, waiting, lags)
    end = {name: start[name] + months[name] for name in graph.technologies}
    last = max(end.values(), default=0.0)
    latest = _backward(graph, {name: last - months[name] for name in end}, lags, chosen)
    table = pd.DataFrame(
        {
            "level": graph.levels,
            "lead": pd.Series(months),
            "earliest_start": pd.Series(start),
            "earliest_end": pd.Series(end),
            "slack": pd.Series({name: latest[name] - start[name] for name in end}).round(9) + 0.0,
            "waits_for": pd.Series({name: before.get(name, "") for name in end}, dtype=object),
        },
        index=pd.Index(graph.technologies, name="technology"),
    )
    longest = _longest(graph, end, before)
    return CriticalChain(table, longest, last, provenance=Provenance.of("find_critical_chain"))


@validated
def transitive_reduction(graph: DependencyGraph) -> pd.DataFrame:
    """Leave out the hard edges that others imply: for drawing only.

    What needs B, which needs A, need not show its own arrow to A. Soft edges, alternatives and edges
    inside a bundle stay. An edge that is left out may still carry a lag of its own, so nothing is
    computed from the result.

    Parameters
    ----------
    graph : DependencyGraph

    Returns
    -------
    DataFrame
        Rows of ``graph.edges``, as they stand there.

    Examples
    --------
    >>> import techprio as tp
    >>> edges = pd.DataFrame({"technology": ["B", "C", "C"], "requires": ["A", "B", "A"]})
    >>> transitive_reduction(tp.dependencies.build_graph(edges, ["A", "B", "C"]))["requires"].tolist()
    ['A', 'B']
    """
    plain = (graph.edges["kind"] == "hard") & (graph.edges["one_of"] == "")
    home = {name: unit[0] for unit in graph.units for name in unit}
    pairs = pd.DataFrame({end: graph.edges[end].map(home) for end in ("technology", "requires")})
    between = plain & (pairs["technology"] != pairs["requires"])
    whole: nx.DiGraph[str] = nx.DiGraph()
    whole.add_edges_from(pairs[between].itertuples(index=False, name=None))
    kept = set(nx.transitive_reduction(whole).edges)
    shown = [pair in kept for pair in pairs.itertuples(index=False, name=None)]
    return graph.edges[~between | np.array(shown, dtype=bool)]


def _months(given: pd.Series, graph: DependencyGraph, what: str) -> dict[str, float]:
    values = to_numbers(given.set_axis([str(name) for name in given.index]))
    checks = Checks(text("the months of the technologies cannot be used"))
    for name in graph.technologies:
        if name not in values.index:
            checks.add(text("{what} of {technology}", what=what, technology=name), text("nothing"), MONTHS)
    for name in values.index[values.index.duplicated()].unique():
        place = text("{what} of {technology}", what=what, technology=name)
        checks.add(place, text("several numbers"), MONTHS)
    for name in dict.fromkeys(values.index.difference(list(graph.technologies))):
        checks.unknown(what, name, graph.technologies)
    for name in values.index[~np.isfinite(values) | (values < 0)]:
        place = text("{what} of {technology}", what=what, technology=name)
        checks.add(place, repr(values[name]), MONTHS)
    checks.check()
    return {name: float(values[name]) for name in graph.technologies}


def _lags(graph: DependencyGraph, lead: Mapping[str, float]) -> Lags:
    hard = graph.edges[graph.edges["kind"] == "hard"]
    return {
        (row.technology, row.requires): start_gap(
            row.timing, float(row.lag_months), lead[row.requires], lead[row.technology]
        )
        for row in hard.itertuples()
    }


def _waits(graph: DependencyGraph, unit: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each member with the groups it waits for outside its bundle."""
    for name in unit:
        for group in graph.needs[name]:
            if not any(other in unit for other in group):
                yield name, group


def _forward(
    graph: DependencyGraph, ready: Mapping[str, float], lags: Lags
) -> tuple[dict[str, float], dict[str, str], Chosen]:
    """Return the earliest starts, what sets each of them, and the alternative taken of every group."""
    start: dict[str, float] = {}
    before: dict[str, str] = {}
    chosen: Chosen = {}
    for unit in graph.units:
        first, cause = max(ready[name] for name in unit), ""
        for name, group in _waits(graph, unit):
            begun, other = min((start[other] + lags[name, other], other) for other in group)
            chosen[name, group] = other
            if begun >= first and begun > 0:
                first, cause = begun, other
        for name in unit:
            start[name] = first
            if cause:
                before[name] = cause
    return start, before, chosen


def _backward(
    graph: DependencyGraph, latest: dict[str, float], lags: Lags, chosen: Chosen
) -> dict[str, float]:
    """Let every start be as late as what waits for it allows; an alternative not taken holds nobody up."""
    for unit in reversed(graph.units):
        together = min(latest[name] for name in unit)
        latest.update(dict.fromkeys(unit, together))
        for name, group in _waits(graph, unit):
            other = chosen[name, group]
            latest[other] = min(latest[other], together - lags[name, other])
    return latest


def _longest(graph: DependencyGraph, end: Mapping[str, float], before: Mapping[str, str]) -> tuple[str, ...]:
    if not end:
        return ()
    chain = [max(graph.order, key=end.__getitem__)]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return tuple(reversed(chain))
