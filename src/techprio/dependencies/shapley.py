r"""Unlocked value: what each technology carries, nothing counted twice.

The game "a set is worth what of it can run" is a sum of games "all of A must be there", whose
Shapley value shares equally over A (the conjunctive permission value). With A(u) the technology u
and all its prerequisites:

.. math:: \varphi_i = \sum_{u:\ i \in A(u)} v_u / |A(u)|

A soft edge moves its share of v_u to A(u) with A(b); alternatives enter by inclusion and exclusion
over the smallest sets with which u can run. The sum of all values is kept. Source: the permission
values of van den Brink and Gilles; the closed form is checked against all orders in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import bit_places, check_values, indispensable
from techprio.errors import InputError

TERMS = 4096  # inclusion and exclusion beyond this many terms is sampled
SUPPORTS = 256


@dataclass(frozen=True)
class Shares:
    """How the value of each technology (column) is shared over those that carry it (row).

    Parameters
    ----------
    matrix : sparse matrix
        Columns sum to 1.
    variance : sparse matrix
        Squared standard error of each sampled share; empty where all is exact.
    sampled : tuple of str
        Technologies whose value was shared by sampled orders.
    """

    matrix: sparse.csr_matrix
    variance: sparse.csr_matrix
    sampled: tuple[str, ...]


def shapley(
    graph: DependencyGraph, values: pd.Series, *, samples: int = 2000, seed: int = 0
) -> tuple[pd.Series, pd.Series]:
    """Return the carried value of each technology, and its standard error.

    Parameters
    ----------
    graph : DependencyGraph
    values : Series
        Own value of each technology, finite and not negative.
    samples : int
        Random orders for a technology with too many alternatives for the closed form.
    seed : int

    Returns
    -------
    carried, error : Series
        ``carried`` sums to the sum of the values; ``error`` is 0 where the closed form was used.

    Examples
    --------
    >>> from techprio.dependencies.graph import build_graph
    >>> edges = pd.DataFrame({"technology": ["b", "c"], "requires": ["a", "b"]})
    >>> carried, _ = shapley(build_graph(edges, ["a", "b", "c"]), pd.Series({"a": 1, "b": 2, "c": 6}))
    >>> carried.tolist()
    [4.0, 3.0, 2.0]
    """
    worth = check_values(graph, values)
    shares = carrying_shares(graph, samples=samples, seed=seed)
    index = pd.Index(graph.technologies, name="technology")
    error = np.sqrt(shares.variance @ worth**2)
    return pd.Series(shares.matrix @ worth, index=index), pd.Series(error, index=index)


def carrying_shares(graph: DependencyGraph, *, samples: int = 2000, seed: int = 0) -> Shares:
    """Return the table of shares, which does not depend on the values."""
    if samples < 2:
        raise InputError(f"samples must be at least 2; got {samples}")
    names = graph.technologies
    place = {name: number for number, name in enumerate(names)}
    supports = _supports(graph, place)
    width = len(names)
    entries, variances = _Entries(), _Entries()
    sampled: list[str] = []
    children = np.random.SeedSequence(seed).spawn(width)
    for number, name in enumerate(names):
        soft = graph.soft[name]
        games = [(1 - sum(soft.values()), supports[number])]
        games += [(share, _pairs(supports[number], supports[place[other]])) for other, share in soft.items()]
        exact = all(_share_exactly(entries, number, part, family, width) for part, family in games)
        if not exact:
            sampled.append(name)
            entries.drop(number)
            generator = np.random.default_rng(children[number])
            _share_by_orders(entries, variances, number, games, width, samples, generator)
    return Shares(entries.matrix(width), variances.matrix(width), tuple(sampled))


class _Entries:
    """Entries of a sparse matrix while it is filled."""

    def __init__(self) -> None:
        self.parts: list[tuple[int, np.ndarray, np.ndarray]] = []

    def add(self, column: int, rows: np.ndarray, amounts: np.ndarray) -> None:
        self.parts.append((column, rows, amounts))

    def drop(self, column: int) -> None:
        while self.parts and self.parts[-1][0] == column:
            self.parts.pop()

    def matrix(self, width: int) -> sparse.csr_matrix:
        if not self.parts:
            return sparse.csr_matrix((width, width))
        rows = np.concatenate([rows for _, rows, _ in self.parts])
        columns = np.repeat([column for column, _, _ in self.parts], [len(rows) for _, rows, _ in self.parts])
        amounts = np.concatenate([amounts for _, _, amounts in self.parts])
        return sparse.coo_matrix((amounts, (rows, columns)), shape=(width, width)).tocsr()


def _supports(graph: DependencyGraph, place: dict[str, int]) -> list[list[int]]:
    """Return for each technology the smallest sets with which it can run, itself in them."""
    needed = indispensable(graph)
    found: list[list[int]] = [[bits] for bits in needed]
    if not any(len(group) > 1 for groups in graph.needs.values() for group in groups):
        return found
    for unit in graph.units:
        family = [sum(1 << place[name] for name in unit)]
        for name in unit:
            for group in graph.needs[name]:
                if any(other in unit for other in group):
                    continue
                options = smallest([bits for other in group for bits in found[place[other]]])
                family = smallest([one | two for one in family for two in options])
        for name in unit:
            found[place[name]] = family
    return found


def smallest(sets: Sequence[int]) -> list[int]:
    """Keep the sets that hold no other one; the first 256, so that nested alternatives end."""
    kept: list[int] = []
    for bits in sorted(set(sets), key=lambda bits: (bits.bit_count(), bits)):
        if not any(bits & small == small for small in kept):
            kept.append(bits)
    return kept[:SUPPORTS]


def _pairs(one: Sequence[int], two: Sequence[int]) -> list[int]:
    return smallest([first | second for first in one for second in two])


def _share_exactly(entries: _Entries, column: int, part: float, family: Sequence[int], width: int) -> bool:
    terms = _terms(family)
    if terms is None:
        return False
    for bits, sign in terms.items():
        rows = bit_places(bits, width)
        entries.add(column, rows, np.full(len(rows), part * sign / len(rows)))
    return True


def _terms(family: Sequence[int]) -> dict[int, int] | None:
    """Inclusion and exclusion: each union of the sets with its sign, equal unions merged."""
    terms: dict[int, int] = {}
    for bits in family:
        fresh = dict(terms)
        fresh[bits] = fresh.get(bits, 0) + 1
        for union, sign in terms.items():
            fresh[union | bits] = fresh.get(union | bits, 0) - sign
        terms = {union: sign for union, sign in fresh.items() if sign}
        if len(terms) > TERMS:
            return None
    return terms


def _share_by_orders(
    entries: _Entries,
    variances: _Entries,
    column: int,
    games: Sequence[tuple[float, Sequence[int]]],
    width: int,
    samples: int,
    generator: np.random.Generator,
) -> None:
    """Give the value to the one that completes the first set, over random orders of arrival."""
    players = bit_places(_union(bits for _, family in games for bits in family), width)
    totals, squares = np.zeros(width), np.zeros(width)
    for _ in range(samples):
        order = generator.permutation(players)
        given = np.zeros(width)
        for part, family in games:
            given[_completer(order, family)] += part
        totals += given
        squares += given**2
    mean = totals[players] / samples
    spread = np.maximum(squares[players] / samples - mean**2, 0) / (samples - 1)
    entries.add(column, players, mean)
    variances.add(column, players, spread)


def _union(sets: Iterator[int]) -> int:
    union = 0
    for bits in sets:
        union |= bits
    return union


def _completer(order: np.ndarray, family: Sequence[int]) -> int:
    here = 0
    for player in order:
        here |= 1 << int(player)
        if any(bits & ~here == 0 for bits in family):
            return int(player)
    return int(order[-1])
