"""What can be wrong with a table of dependencies: all of it, each with its row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import networkx as nx
import pandas as pd

from techprio.arguments import validated
from techprio.errors import Problem, did_you_mean
from techprio.language import Text, text
from techprio.model.cycles import cyclic_components
from techprio.model.prerequisites import LONGEST_LAG, Timing

FILE = "dependencies.csv"
KINDS = ("hard", "soft")
TIMINGS = get_args(Timing)
_DEFAULTS: Mapping[str, Any] = {
    "kind": "hard",
    "timing": "FS",
    "lag_months": 0,
    "share": float("nan"),
    "one_of": "",
    "confidence": float("nan"),
}


def clean_edges(dependencies: pd.DataFrame) -> pd.DataFrame:
    """Give the table its full set of columns, names as text, rows numbered from 0."""
    given = {name: dependencies[name].tolist() for name in dependencies}
    columns: dict[str, Any] = {
        name: [as_text(value) for value in given.get(name, [""] * len(dependencies))]
        for name in ("technology", "requires")
    }
    for name, default in _DEFAULTS.items():
        values = given.get(name, [default] * len(dependencies))
        columns[name] = [default if _empty(value) else value for value in values]
    for name in ("lag_months", "share", "confidence"):
        kind = None if columns[name] else float
        columns[name] = pd.to_numeric(pd.Series(columns[name], dtype=kind), errors="coerce")
    columns["one_of"] = pd.Series(columns["one_of"], dtype=object).astype(str)
    return pd.DataFrame(columns, index=range(len(dependencies)))


@validated
def check_graph(
    dependencies: pd.DataFrame, technologies: Sequence[str] | None = None, *, cycles: str = "error"
) -> list[Problem]:
    """List every problem of a table of dependencies.

    Parameters
    ----------
    dependencies : DataFrame
        Columns as in ``dependencies.csv``; row k of the table is line k + 2 of the file.
    technologies : sequence of str, optional
        All technologies; by default those of the edges.
    cycles : {"error", "bundle"}
        With ``"bundle"`` a cycle of hard edges without lag is no problem.

    Returns
    -------
    list of Problem
        Empty when all is well. A cycle is stated as a path, with each edge whose removal opens it.

    Examples
    --------
    >>> edges = pd.DataFrame({"technology": ["A", "B"], "requires": ["B", "A"]})
    >>> print(check_graph(edges)[0].found)
    A needs B, B needs A
    """
    names = [str(name) for name in (named(dependencies) if technologies is None else technologies)]
    missing = [column for column in ("technology", "requires") if column not in dependencies]
    if missing:
        found = ", ".join(map(str, dependencies.columns)) or "-"
        return [
            Problem("D201", FILE, "", column, found, column, _renamed(dependencies)) for column in missing
        ]
    twice = dependencies.columns[dependencies.columns.duplicated()].unique()
    if len(twice):
        same, once = text("several columns with this name"), text("each column once")
        return [Problem("D201", FILE, "", str(column), same, once) for column in twice]
    edges = clean_edges(dependencies)
    problems = [*_unknown_names(edges, names), *_wrong_cells(edges, dependencies), *_doubled(edges)]
    known = edges[edges["technology"].isin(set(names)) & edges["requires"].isin(set(names))]
    return problems + list(_cycles(known, names, cycles))


def named(dependencies: pd.DataFrame) -> list[str]:
    """Return the technologies of the edges, prerequisites first."""
    columns = [dependencies[column] for column in ("requires", "technology") if column in dependencies]
    return list(dict.fromkeys(as_text(name) for column in columns for name in column if as_text(name)))


def _renamed(dependencies: pd.DataFrame) -> Text | str:
    """Propose the right names for the columns of an edge list as graph libraries have them."""
    if {"from", "to"} <= set(dependencies.columns):
        return text("rename the columns: what is needed is `requires`, what needs it is `technology`")
    return ""


def hard_components(edges: pd.DataFrame, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return technologies that need each other: strongly connected components, in the order of the file."""
    place = {name: number for number, name in enumerate(names)}
    graph = _digraph(edges[edges["kind"] == "hard"])
    components = [sorted(part, key=place.__getitem__) for part in nx.strongly_connected_components(graph)]
    found = [tuple(part) for part in components if len(part) > 1]
    return tuple(sorted(found, key=lambda part: place[part[0]]))


def _digraph(edges: pd.DataFrame) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(zip(edges["technology"], edges["requires"], strict=True))
    return graph


def _place(row: int) -> str:
    return f"line {row + 2}"


def _unknown_names(edges: pd.DataFrame, names: Sequence[str]) -> Iterator[Problem]:
    known = set(names)
    for column in ("technology", "requires"):
        for row, name in edges.loc[~edges[column].isin(known), column].items():
            allowed = text("an id of technologies.csv")
            yield Problem("D202", FILE, _place(row), column, name, allowed, did_you_mean(name, names))


def _wrong_cells(edges: pd.DataFrame, given: pd.DataFrame) -> Iterator[Problem]:
    for column, words in (("kind", KINDS), ("timing", TIMINGS)):
        for row, word in edges.loc[~edges[column].isin(words), column].items():
            near = did_you_mean(str(word), words)
            yield Problem("D203", FILE, _place(row), column, str(word), ", ".join(words), near)
    for column, lowest, highest in (
        ("share", 0.0, 1.0),
        ("confidence", 0.0, 1.0),
        ("lag_months", -LONGEST_LAG, LONGEST_LAG),
    ):
        cells = list(given[column]) if column in given else [None] * len(given)
        for row, (cell, value) in enumerate(zip(cells, edges[column], strict=True)):
            if not _empty(cell) and not lowest <= value <= highest:
                allowed = text("a number from {lowest} to {highest}", lowest=lowest, highest=highest)
                yield Problem("D204", FILE, _place(row), column, str(cell), allowed)
    for row in edges.index[(edges["kind"] == "soft") & (edges["one_of"] != "")]:
        allowed = text("empty for a soft edge; only hard edges can be alternatives")
        yield Problem("D205", FILE, _place(row), "one_of", str(edges.loc[row, "one_of"]), allowed)


def _doubled(edges: pd.DataFrame) -> Iterator[Problem]:
    """Note pairs that stand twice; in several groups of alternatives a pair may stand, once in each."""
    first: dict[tuple[str, str], list[Any]] = {}
    for row in edges.itertuples():
        pair = (row.technology, row.requires)
        before = first.setdefault(pair, [])
        differs = any(
            not row.one_of
            or not other.one_of
            or row.one_of == other.one_of
            or (row.timing, row.lag_months, row.kind) != (other.timing, other.lag_months, other.kind)
            for other in before
        )
        if differs:
            found = text("{technology} needs {other}", technology=pair[0], other=pair[1])
            allowed = text("each pair once, or once in each group of alternatives, with one timing")
            proposal = text(
                "delete one of the two rows; the first stands on {place}", place=_place(before[0].Index)
            )
            same = list(map(str, row[1:])) == list(map(str, before[0][1:]))
            yield Problem(
                "D206", FILE, _place(row.Index), "requires", found, allowed, proposal if same else ""
            )
        before.append(row)


def _cycles(edges: pd.DataFrame, names: Sequence[str], cycles: str) -> Iterator[Problem]:
    looked_at = edges
    if cycles == "bundle":
        for bundle in hard_components(edges, names):
            yield from _lags_inside(edges, bundle)
        looked_at = edges[edges["technology"] == edges["requires"]]
    pairs = list(zip(looked_at["technology"], looked_at["requires"], strict=True))
    rows = dict(zip(reversed(pairs), reversed(looked_at.index), strict=True))
    for component in cyclic_components(pairs):
        lines = {edge: rows[edge] + 2 for edge in component.edges}
        allowed = text("no technology that needs itself, directly or through others")
        place = _place(min(rows[edge] for edge in component.edges))
        found = component.found(lambda a, b: text("{technology} needs {other}", technology=a, other=b))
        yield Problem("D207", FILE, place, "requires", found, allowed, component.proposal(lines))


def _lags_inside(edges: pd.DataFrame, bundle: Sequence[str]) -> Iterator[Problem]:
    inside = edges["technology"].isin(bundle) & edges["requires"].isin(bundle) & (edges["kind"] == "hard")
    for row in edges.index[inside & (edges["lag_months"] != 0)]:
        allowed = text("0 inside a bundle, because its members start together")
        yield Problem("D208", FILE, _place(row), "lag_months", str(edges.loc[row, "lag_months"]), allowed)


def _empty(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, float) and value != value)
        or (isinstance(value, str) and not value.strip())
    )


def as_text(value: Any) -> str:
    """Return a name as text without spaces at its ends; empty for an empty cell."""
    return "" if _empty(value) else str(value).strip()
