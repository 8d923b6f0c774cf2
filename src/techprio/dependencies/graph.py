"""The graph of prerequisites: who cannot run, or runs less well, without whom.

An edge is *hard* (cannot run without) or *soft* (a share of the value is lost without it).
Hard edges of one technology that carry the same ``one_of`` name are alternatives: one of them is
enough. Technologies that need each other, a strongly connected component of the hard edges, are an
error, or, where that is stated, a bundle.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from techprio.arguments import validated
from techprio.dependencies.check import check_graph, clean_edges, hard_components, named
from techprio.display.quantities import Quantity, Table
from techprio.display.results import Result, tables_of
from techprio.errors import DataFileError, InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.catalog import REQUIRES, TECHNOLOGY, Catalog, CyclePolicy

KIND_WORDS = {"hard": text("hard"), "soft": text("soft")}
KIND = Quantity("kind", text("Kind"), text("Hard: cannot run without; soft: loses a share of its value."))
TIMING = Quantity(
    "timing",
    text("Timing"),
    text(
        "FS: starts after what it needs is operational; SS: starts after that starts; "
        "FF: is operational after that is; SF: is operational after that starts."
    ),
)
LAG = Quantity(
    "lag_months",
    text("Lag (months)"),
    text("Months between the two ends that the timing names; negative: the two may overlap."),
    "number",
)
ALTERNATIVES = Quantity(
    "one_of", text("One of"), text("Edges of a technology with the same name here are alternatives.")
)
SOFT_SHARE = 0.3  # of the value, where the row gives none
SOFT_LIMIT = 0.6  # all soft edges of one technology together


@dataclass(frozen=True)
class DependencyGraph(Result):
    """Prerequisites of a set of technologies, checked.

    Parameters
    ----------
    technologies : tuple of str
        In the order of the file.
    edges : DataFrame
        Columns ``technology, requires, kind, timing, lag_months, share, one_of, confidence``;
        soft shares are filled in and scaled to 0.6 in all.
    bundles : tuple of tuple of str
        Technologies that can only start together.

    Examples
    --------
    >>> edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "B"]})
    >>> build_graph(edges)
    DependencyGraph(3 technologies, 2 hard and 0 soft edges)
    """

    technologies: tuple[str, ...]
    edges: pd.DataFrame
    bundles: tuple[tuple[str, ...], ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return the edges, one row each."""
        return self.edges.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``dependencies``: what needs what."""
        columns = [TECHNOLOGY, REQUIRES, KIND, TIMING, LAG, ALTERNATIVES]
        frame = self.edges.assign(kind=[KIND_WORDS.get(kind, kind) for kind in self.edges["kind"]])
        return tables_of(Table.from_frame("dependencies", text("What needs what"), columns, frame))

    def _summary(self) -> str:
        hard = int((self.edges["kind"] == "hard").sum())
        counts = f"{len(self.technologies)} technologies, {hard} hard and {len(self.edges) - hard} soft edges"
        return counts + (f", {len(self.bundles)} bundles" if self.bundles else "")

    def _title(self) -> Text:
        return text(
            "{count} technologies, {edges} dependencies", count=len(self.technologies), edges=len(self.edges)
        )

    @cached_property
    def needs(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """Hard prerequisites by technology: of every group one is needed."""
        groups: dict[str, dict[Any, list[str]]] = {name: {} for name in self.technologies}
        for row in self.edges[self.edges["kind"] == "hard"].itertuples():
            key = ("one of", row.one_of) if row.one_of else ("all", row.requires)
            groups[row.technology].setdefault(key, []).append(row.requires)
        return {name: tuple(tuple(group) for group in found.values()) for name, found in groups.items()}

    @cached_property
    def soft(self) -> Mapping[str, Mapping[str, float]]:
        """Soft prerequisites by technology, with the share of the value that is lost without them."""
        shares: dict[str, dict[str, float]] = {name: {} for name in self.technologies}
        for row in self.edges[self.edges["kind"] == "soft"].itertuples():
            shares[row.technology][row.requires] = float(row.share)
        return shares

    @cached_property
    def units(self) -> tuple[tuple[str, ...], ...]:
        """What starts as one: bundles, and every other technology by itself, prerequisites first.

        Among those whose prerequisites are all taken the first of the file comes next, so the
        order is the same on every run.
        """
        return tuple(_ordered_units(self))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All technologies, prerequisites before what needs them."""
        return tuple(name for unit in self.units for name in unit)

    @cached_property
    def levels(self) -> pd.Series:
        """Level of each technology: 0 without prerequisites, else one above the highest of them."""
        levels: dict[str, int] = {}
        prerequisites = _all_prerequisites(self)
        for unit in self.units:
            before = [levels[j] for name in unit for j in prerequisites[name] if j in levels]
            levels.update(dict.fromkeys(unit, max(before, default=-1) + 1))
        return pd.Series(levels, dtype=int).reindex(list(self.technologies)).rename_axis("technology")

    def prerequisites(self, technology: str) -> frozenset[str]:
        """All technologies that one needs or has as an alternative, itself left out."""
        if technology not in self.needs:
            raise InputError.argument(
                "technology",
                found=technology,
                allowed=text("an id of technologies.csv"),
                proposal=did_you_mean(technology, self.technologies),
            )
        found: set[str] = set()
        ahead = [technology]
        while ahead:
            for group in self.needs[ahead.pop()]:
                ahead += [name for name in group if name not in found]
                found.update(group)
        return frozenset(found - {technology})

    def without(self, positions: Iterable[int]) -> DependencyGraph:
        """Return the graph with some edges (by position in ``edges``) left out."""
        return DependencyGraph(
            self.technologies, self.edges.drop(self.edges.index[list(positions)]), self.bundles
        )


@validated
def build_graph(
    dependencies: pd.DataFrame,
    technologies: Sequence[str] | None = None,
    *,
    cycles: CyclePolicy = "error",
) -> DependencyGraph:
    """Build the graph of prerequisites, or list everything that is wrong with it.

    Parameters
    ----------
    dependencies : DataFrame
        One row an edge: ``technology, requires`` and, all optional, ``kind`` (hard, soft),
        ``timing`` (FS, SS, FF, SF), ``lag_months`` (negative: the two may overlap), ``share``, ``one_of``,
        ``confidence``.
    technologies : sequence of str, optional
        All technologies, in the order of the file; by default those of the edges.
    cycles : {"error", "bundle"}
        Whether technologies that need each other are an error, or start together as a bundle.

    Returns
    -------
    DependencyGraph

    Raises
    ------
    DataFileError
        With every problem: unknown technologies, doubled edges, shares out of range, and each
        cycle as a path with the edges that open it.
    InputError
        No table, or another word for ``cycles``.

    Examples
    --------
    >>> edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "B"]})
    >>> build_graph(edges).order
    ('A', 'B', 'C')
    """
    if not isinstance(dependencies, pd.DataFrame):
        allowed = text("a DataFrame with the columns technology, requires")
        raise InputError.argument("dependencies", found=dependencies, allowed=allowed)
    if cycles not in ("error", "bundle"):
        raise InputError.argument("cycles", found=cycles, allowed=("error", "bundle"))
    names = tuple(str(name) for name in (named(dependencies) if technologies is None else technologies))
    problems = check_graph(dependencies, names, cycles=cycles)
    if problems:
        raise DataFileError(problems)
    edges = _with_shares(clean_edges(dependencies))
    bundles = hard_components(edges, names) if cycles == "bundle" else ()
    return DependencyGraph(names, edges, bundles)


def catalog_graph(catalog: Catalog, *, cycles: CyclePolicy | None = None) -> DependencyGraph:
    """Build the graph of a catalogue; ``cycles`` replaces what the catalogue states of cycles.

    Raises
    ------
    DataFileError
        As :func:`build_graph`.
    """
    return build_graph(
        catalog.dependencies, list(catalog.technologies.index), cycles=cycles or catalog.cycles
    )


def _with_shares(edges: pd.DataFrame) -> pd.DataFrame:
    soft = edges["kind"] == "soft"
    share = edges["share"].where(edges["share"].notna(), SOFT_SHARE).where(soft, 0.0)
    total = share.groupby(edges["technology"]).transform("sum")
    return edges.assign(share=share * (SOFT_LIMIT / total.clip(lower=SOFT_LIMIT)))


def _all_prerequisites(graph: DependencyGraph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in graph.technologies}
    kept = graph.edges if not graph.bundles else graph.edges[graph.edges["kind"] == "hard"]
    for technology, required in zip(kept["technology"], kept["requires"], strict=True):
        found[technology].append(required)
    return found


def _ordered_units(graph: DependencyGraph) -> Iterable[tuple[str, ...]]:
    home = {name: bundle for bundle in graph.bundles for name in bundle}
    units = list(dict.fromkeys(home.get(name, (name,)) for name in graph.technologies))
    number = {name: place for place, unit in enumerate(units) for name in unit}
    waiting = [0] * len(units)
    opens: list[list[int]] = [[] for _ in units]
    for technology, required in _all_prerequisites(graph).items():
        for before in required:
            if number[before] != number[technology]:
                waiting[number[technology]] += 1
                opens[number[before]].append(number[technology])
    ready = [place for place, count in enumerate(waiting) if count == 0]
    while ready:
        place = heapq.heappop(ready)
        yield units[place]
        for after in opens[place]:
            waiting[after] -= 1
            if waiting[after] == 0:
                heapq.heappush(ready, after)
