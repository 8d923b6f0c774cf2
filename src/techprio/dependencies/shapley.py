r"""Unlocked value: what each technology carries, nothing counted twice.

The game "a set is worth what of it can run" is a sum of games "all of A must be there", whose
Shapley value shares equally over A (the conjunctive permission value). With A(u) the technology u
and all its prerequisites:

.. math:: \varphi_i = \sum_{u:\ i \in A(u)} v_u / |A(u)|

A soft edge moves its share of v_u to A(u) with A(b); alternatives enter by inclusion and exclusion
over the smallest sets with which u can run. The sum of all values is kept. Source: the permission
values of van den Brink and Gilles; the closed form is checked against all permutations in the tests.

Where the closed form would be too long, the Shapley value is sampled over permutations (Castro, Gomez and
Tejada, 2009, *Computers & Operations Research* 36, 1726-1730): the value goes to the technology that
completes what can run. Which one that is, is found by bisection: a technology that runs with some still
runs with more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from techprio.arguments import MOST_DRAWS, check_count, validated
from techprio.dependencies.graph import DependencyGraph
from techprio.dependencies.knockout import bit_places, check_values, indispensable

TERMS = 4096  # inclusion and exclusion beyond this many terms is sampled
SUPPORTS = 256  # smallest sets of one technology beyond which they are not listed but sampled

Family = list[int]  # smallest sets, each as the bits of an integer
Needs = tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]  # units with their outside groups


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
        Technologies whose value was shared by sampled permutations.
    """

    matrix: sparse.csr_matrix
    variance: sparse.csr_matrix
    sampled: tuple[str, ...]


@validated
def shapley_values(
    graph: DependencyGraph, values: pd.Series, *, samples: int = 2000, seed: int = 0
) -> tuple[pd.Series, pd.Series]:
    """Return the carried value of each technology, and its standard error.

    Parameters
    ----------
    graph : DependencyGraph
    values : Series
        Own value of each technology, finite and not negative.
    samples : int
        Random permutations for a technology with too many alternatives for the closed form.
    seed : int

    Returns
    -------
    carried, error : Series
        ``carried`` sums to the sum of the values; ``error`` is 0 where the closed form was used.

    Examples
    --------
    >>> from techprio.dependencies.graph import build_graph
    >>> edges = pd.DataFrame({"technology": ["b", "c"], "requires": ["a", "b"]})
    >>> carried, _ = shapley_values(build_graph(edges, ["a", "b", "c"]), pd.Series({"a": 1, "b": 2, "c": 6}))
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
    check_count("samples", samples, least=2, most=MOST_DRAWS)
    check_count("seed", seed, least=0)
    names = graph.technologies
    place = {name: number for number, name in enumerate(names)}
    supports = _supports(graph, place)
    width = len(names)
    entries, variances = _Entries(), _Entries()
    sampled: list[str] = []
    children = np.random.SeedSequence(seed).spawn(width)
    for number, name in enumerate(names):
        soft = graph.soft[name]
        games = [
            (1 - sum(soft.values()), (name,)),
            *((share, (name, other)) for other, share in soft.items()),
        ]
        families = [_together(supports, place, wanted) for _, wanted in games]
        exact = all(
            family is not None and _share_exactly(entries, number, part, family, width)
            for (part, _), family in zip(games, families, strict=True)
        )
        if not exact:
            sampled.append(name)
            entries.drop(number)
            generator = np.random.default_rng(children[number])
            rows, mean, variance = sample_permutations(graph, games, samples, generator)
            entries.add(number, rows, mean)
            variances.add(number, rows, variance)
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


def _supports(graph: DependencyGraph, place: Mapping[str, int]) -> list[Family | None]:
    """Return for each technology the smallest sets with which it can run; None where they are too many."""
    needed = indispensable(graph)
    found: list[Family | None] = [[bits] for bits in needed]
    if not any(len(group) > 1 for groups in graph.needs.values() for group in groups):
        return found
    for unit in graph.units:
        family: Family | None = [sum(1 << place[name] for name in unit)]
        for name in unit:
            for group in graph.needs[name]:
                if not any(other in unit for other in group):
                    family = _pairs(family, _either([found[place[other]] for other in group]))
        for name in unit:
            found[place[name]] = family
    return found


def _either(families: Sequence[Family | None]) -> Family | None:
    known = [bits for family in families if family is not None for bits in family]
    return None if None in families else smallest(known)


def _pairs(one: Family | None, two: Family | None) -> Family | None:
    if one is None or two is None or len(one) * len(two) > SUPPORTS**2:
        return None
    return smallest([first | second for first in one for second in two])


def _together(
    supports: Sequence[Family | None], place: Mapping[str, int], names: Sequence[str]
) -> Family | None:
    family: Family | None = [0]
    for name in names:
        family = _pairs(family, supports[place[name]])
    return family


def smallest(sets: Sequence[int]) -> Family | None:
    """Keep the sets that hold no other one; None when more than 256 are left.

    Examples
    --------
    >>> [bin(bits) for bits in smallest([0b011, 0b111, 0b100])]
    ['0b100', '0b11']
    """
    kept: list[int] = []
    for bits in sorted(set(sets), key=lambda bits: (bits.bit_count(), bits)):
        if not any(bits & small == small for small in kept):
            kept.append(bits)
            if len(kept) > SUPPORTS:
                return None
    return kept


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


def sample_permutations(
    graph: DependencyGraph,
    games: Sequence[tuple[float, tuple[str, ...]]],
    samples: int,
    generator: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Share parts of a value over all that may carry it, by a permutation-sampling Shapley value.

    Parameters
    ----------
    graph : DependencyGraph
    games : sequence of (part, technologies)
        The part is given once all of the technologies run.
    samples : int
    generator : numpy Generator

    Returns
    -------
    rows : array of int
        Places of the carriers in the order of the graph.
    mean, variance : array
        Share of each, and its squared standard error.
    """
    place = {name: number for number, name in enumerate(graph.technologies)}
    carriers = {name for _, wanted in games for name in wanted}
    carriers |= {other for name in tuple(carriers) for other in graph.prerequisites(name)}
    players = np.array(sorted(place[name] for name in carriers))
    needs = _needs(graph, carriers)
    totals, squares = np.zeros(len(place)), np.zeros(len(place))
    for _ in range(samples):
        names = [graph.technologies[number] for number in generator.permutation(players)]
        given = np.zeros(len(place))
        for part, wanted in games:
            given[place[names[_completing(needs, names, wanted)]]] += part
        totals += given
        squares += given**2
    mean = totals[players] / samples
    variance = np.maximum(squares[players] / samples - mean**2, 0) / (samples - 1)
    return players, mean, variance


def _needs(graph: DependencyGraph, carriers: Collection[str]) -> Needs:
    return tuple(
        (
            unit,
            tuple(
                group
                for name in unit
                for group in graph.needs[name]
                if not any(other in unit for other in group)
            ),
        )
        for unit in graph.units
        if unit[0] in carriers
    )


def _completing(needs: Needs, names: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the place in the permutation at which all of the wanted can run."""
    first, last = 0, len(names) - 1
    while first < last:
        middle = (first + last) // 2
        if _run(needs, set(names[: middle + 1]), wanted):
            last = middle
        else:
            first = middle + 1
    return first


def _run(needs: Needs, here: Collection[str], wanted: Sequence[str]) -> bool:
    running: set[str] = set()
    for unit, groups in needs:
        if all(name in here for name in unit) and all(not running.isdisjoint(group) for group in groups):
            running.update(unit)
    return running.issuperset(wanted)
