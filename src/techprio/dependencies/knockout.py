r"""What is out of reach when one technology alone is missing.

A technology is lost when it is missing itself, or when of one of its groups of prerequisites all
alternatives are lost. So the technologies without which u cannot run are

.. math:: D(u) = \{u\} \cup \bigcup_{g \in needs(u)} \bigcap_{j \in g} D(j)

and the share of the value of u that is lost without i is

.. math:: K_{iu} = 1 \text{ if } i \in D(u), \text{ else } \sum_{b \in soft(u),\, i \in D(b)} \theta_{bu}.

The share of a sector is :math:`\Delta_{is} = \sum_{u \in s} K_{iu} v_u / \sum_{u \in s} v_u`.
K does not depend on the values, so many draws of values cost one matrix product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from techprio.arguments import validated
from techprio.dependencies.graph import DependencyGraph
from techprio.errors import InputError
from techprio.language import text
from techprio.model.checks import to_numbers

#: Entries of the table K that are not 0: half a GiB.
MOST_ENTRIES = 30_000_000
_BLOCK = 500  # columns of the table that are made at once


@validated
def knock_out_losses(
    graph: DependencyGraph, values: pd.Series, sectors: Mapping[str, str] | pd.Series
) -> pd.DataFrame:
    """Share of each sector's value that is out of reach when one technology alone is missing.

    Parameters
    ----------
    graph : DependencyGraph
    values : Series
        Value of each technology, finite and not negative.
    sectors : mapping or Series of str
        Sector of each technology.

    Returns
    -------
    DataFrame
        Technologies in rows, sectors in columns (in order of appearance), shares 0..1. Never add
        them over technologies: what two of them open is counted in both.

    Examples
    --------
    >>> from techprio.dependencies.graph import build_graph
    >>> graph = build_graph(pd.DataFrame({"technology": ["B"], "requires": ["A"]}))
    >>> knock_out_losses(graph, pd.Series({"A": 1.0, "B": 3.0}), {"A": "s", "B": "s"})["s"].tolist()
    [1.0, 0.75]
    """
    worth = check_values(graph, values)
    member, codes = sector_members(graph, sectors)
    totals = worth @ member
    weighed = worth[:, None] * member
    lost = np.zeros_like(weighed)
    for columns, table in _loss_columns(graph, indispensable(graph)):
        lost += table @ weighed[columns]
    shares = np.divide(lost, totals, out=np.zeros_like(lost), where=totals > 0)
    return pd.DataFrame(shares, index=pd.Index(graph.technologies, name="technology"), columns=codes)


def check_values(graph: DependencyGraph, values: pd.Series) -> np.ndarray:
    """Return the values in the order of the graph; all problems at once."""
    series = pd.Series(values)
    twice = [str(name) for name in series.index[series.index.duplicated()].unique()]
    if twice:
        raise InputError(text("several values for {names}; give one value for each technology", names=twice))
    missing = [name for name in graph.technologies if name not in series.index]
    if missing:
        raise InputError(
            text("no value for {names}; give one value for each technology", names=tuple(missing))
        )
    worth = to_numbers(series.reindex(list(graph.technologies)))
    bad = worth.index[~np.isfinite(worth) | (worth < 0)]
    if len(bad):
        raise InputError(
            text(
                "values must be finite and not negative; found {values}; use a score that starts at 0",
                values=tuple(f"{name} = {worth[name]}" for name in bad),
            )
        )
    return worth.to_numpy()


def sector_members(
    graph: DependencyGraph, sectors: Mapping[str, str] | pd.Series
) -> tuple[np.ndarray, list[str]]:
    """Return the 0/1 table technology x sector, and the sectors in order of appearance."""
    missing = [name for name in graph.technologies if name not in sectors]
    if missing:
        raise InputError(text("no sector for {names}", names=tuple(missing)))
    homes = [str(sectors[name]) for name in graph.technologies]
    codes = list(dict.fromkeys(homes))
    return (np.array(homes)[:, None] == np.array(codes)[None, :]).astype(float), codes


def loss_matrix(graph: DependencyGraph) -> sparse.csr_matrix:
    """Return K: the share of the value of a technology (column) that is lost without another (row).

    Raises
    ------
    InputError
        More than :data:`MOST_ENTRIES` would not be 0, as in a chain of ten thousand technologies.
    """
    needed = indispensable(graph)
    entries = sum(map(int.bit_count, needed))
    if entries > MOST_ENTRIES:
        raise InputError(
            text(
                "who cannot run without whom would be a table of {found} entries, {most} at most; classify"
                " the parts of the catalogue one by one, or take out requirements that others imply",
                found=entries,
                most=MOST_ENTRIES,
            )
        )
    return sparse.hstack([table for _, table in _loss_columns(graph, needed)], format="csr")


def _loss_columns(graph: DependencyGraph, needed: Sequence[int]) -> Iterator[tuple[slice, sparse.csc_matrix]]:
    """Give the table K a block of columns after the other, so that no more than a block is in memory."""
    names = graph.technologies
    width = len(names)
    place = {name: number for number, name in enumerate(names)}
    for first in range(0, max(width, 1), _BLOCK):
        rows: list[np.ndarray] = []
        columns: list[np.ndarray] = []
        shares: list[np.ndarray] = []
        block = names[first : first + _BLOCK]
        for column, name in enumerate(block):
            own = needed[first + column]
            parts = [(own, 1.0)]
            parts += [(needed[place[other]] & ~own, share) for other, share in graph.soft[name].items()]
            for bits, share in parts:
                found = bit_places(bits, width)
                rows.append(found)
                columns.append(np.full(len(found), column, dtype=np.int32))
                shares.append(np.full(len(found), share))
        flat = (np.concatenate(shares or [np.zeros(0)]), (_joined(rows), _joined(columns)))
        yield slice(first, first + len(block)), sparse.coo_matrix(flat, shape=(width, len(block))).tocsc()


def indispensable(graph: DependencyGraph) -> list[int]:
    """Return for each technology the set D, as bits of an integer in the order of the graph."""
    place = {name: number for number, name in enumerate(graph.technologies)}
    found = [0] * len(place)
    for unit in graph.units:
        bits = sum(1 << place[name] for name in unit)
        for group in _outside_groups(graph, unit):
            common = found[place[group[0]]]
            for name in group[1:]:
                common &= found[place[name]]
            bits |= common
        for name in unit:
            found[place[name]] = bits
    return found


def _outside_groups(graph: DependencyGraph, unit: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the groups of prerequisites of a unit that no member of it meets itself."""
    for name in unit:
        for group in graph.needs[name]:
            if not any(other in unit for other in group):
                yield group


def bit_places(bits: int, width: int) -> np.ndarray:
    """Return the positions of the bits that are set."""
    raw = np.frombuffer(bits.to_bytes((width + 7) // 8, "little"), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(raw, bitorder="little")).astype(np.int32)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)
