"""Counting ranks: from drawn scores to acceptability sums, block by block.

Sums of blocks are added in a fixed order, so the totals are the same for any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from techprio.ranking.order import Runs

Array = NDArray[np.float64]
#: Comparisons held at once while pairs are counted.
PAIR_LIMIT = 4_000_000
#: Cells of the table of ranks that are counted in one go: they stay in the cache.
CELLS = 10_000
#: Draws that wait at most until they are counted.
WAITING = 2_000


@dataclass
class Tally:
    """Sums over draws; grows by :meth:`add`.

    Attributes
    ----------
    taken : array, shape (m, m)
        Draws in which an alternative (row) takes a place (column), ties split, without those that wait;
        ``index`` has them all.
    central : array, shape (m, n)
        Sum of the weights of those draws; n is 0 when not asked for.
    pairs : array, shape (m, m)
        Twice the draws in which the row is ahead of the column, a tie counting one; 0 x 0 when
        not asked for.
    draws : int
    counts : array of int, shape (m, m)
        Draws without ties in which a place (row) is taken by an alternative (column), not yet in ``taken``.
    waiting : list of array
        Orders without ties that are not counted yet: few draws of many alternatives take longer to add
        to the table than to find.
    """

    taken: Array
    central: Array
    pairs: NDArray[np.int64]
    counts: NDArray[np.int64]
    draws: int = 0
    waiting: list[NDArray[np.unsignedinteger]] = field(default_factory=list)

    @property
    def index(self) -> Array:
        """Draws in which an alternative (row) takes a place (column), ties split."""
        self.settle()
        return self.taken

    def settle(self) -> None:
        """Count the orders that wait."""
        if self.waiting:
            _count(self.counts, np.concatenate(self.waiting))
            self.waiting.clear()
        self.taken += self.counts.T
        self.counts[:] = 0

    def add(self, other: Tally) -> None:
        """Add the sums of another part of the draws."""
        self.taken += other.index
        self.central += other.central
        self.pairs += other.pairs
        self.draws += other.draws


def empty_tally(shape: tuple[int, ...], collect: Iterable[str]) -> Tally:
    """Return sums of nothing for a matrix of this shape."""
    alternatives, criteria = shape
    wanted = set(collect)
    return Tally(
        taken=np.zeros((alternatives, alternatives)),
        counts=np.zeros((alternatives, alternatives), dtype=np.int64),
        central=np.zeros((alternatives, criteria if "central_weights" in wanted else 0)),
        pairs=np.zeros((alternatives, alternatives) if "pairwise" in wanted else (0, 0), dtype=np.int64),
    )


def count_block(tally: Tally, runs: Runs, weights: Array) -> None:
    """Add the ranks of one block of draws to the sums.

    Parameters
    ----------
    tally : Tally
    runs : Runs
        Of ``draws`` sorted draws.
    weights : array, shape (draws, n)
    """
    draws = runs.order.shape[0]
    _count_places(tally, runs)
    if tally.central.shape[1]:
        _add_central(tally.central, runs, weights)
    if tally.pairs.size:
        tally.pairs += _count_pairs(runs)
    tally.draws += draws


def _count_places(tally: Tally, runs: Runs) -> None:
    alternatives = len(tally.taken)
    plain = runs.order if not runs.tied.any() else runs.order[~runs.tied]
    if alternatives <= len(plain):
        _count(tally.counts, plain)
    elif len(plain):
        kind = np.uint16 if alternatives < 65_536 else np.uint32
        tally.waiting.append(plain.astype(kind))
        if sum(map(len, tally.waiting)) >= min(2 * alternatives, WAITING):
            _count(tally.counts, np.concatenate(tally.waiting))
            tally.waiting.clear()
    if runs.tied.any():
        order, starts = runs.order[runs.tied], runs.starts[runs.tied]
        lengths = _run_lengths(starts)
        for offset in range(int(lengths.max())):
            reaches = offset < lengths
            cells = (order * alternatives + starts + offset)[reaches]
            parts = np.bincount(cells, 1.0 / lengths[reaches], alternatives**2)
            tally.taken += parts.reshape(tally.taken.shape)


def _count(counts: NDArray[np.int64], order: NDArray[np.integer]) -> None:
    """Add orders without ties, a few places after the other: their part of the table stays in the cache."""
    alternatives = len(counts)
    step = max(1, CELLS // max(alternatives, len(order)))
    for start in range(0, alternatives, step):
        width = min(step, alternatives - start)
        cells = order[:, start : start + width] + _offsets(width, alternatives)
        found = np.bincount(cells.ravel(), minlength=width * alternatives)
        counts[start : start + width] += found.reshape(width, alternatives)


@lru_cache(maxsize=32)
def _offsets(places: int, alternatives: int) -> NDArray[np.intp]:
    """Return where each place begins in a table of places x alternatives, to be read only."""
    return np.arange(places, dtype=np.intp) * alternatives


def _run_lengths(starts: NDArray[np.intp]) -> NDArray[np.intp]:
    draws, alternatives = starts.shape
    rows = np.arange(draws)[:, None]
    sizes = np.bincount((rows * alternatives + starts).ravel(), minlength=starts.size)
    return sizes.reshape(starts.shape)[rows, starts]


def _add_central(central: Array, runs: Runs, weights: Array) -> None:
    plain = ~runs.tied
    np.add.at(central, runs.order[plain, 0], weights[plain])
    for draw in np.flatnonzero(runs.tied):
        leaders = runs.order[draw, runs.starts[draw] == 0]
        central[leaders] += weights[draw] / len(leaders)


def _count_pairs(runs: Runs) -> NDArray[np.int64]:
    draws, alternatives = runs.order.shape
    kind = np.min_scalar_type(alternatives)
    ranks = np.empty(runs.order.shape, dtype=kind)
    np.put_along_axis(ranks, runs.order, runs.starts.astype(kind), axis=1)
    ranks = np.ascontiguousarray(ranks.T)
    pairs = np.empty((alternatives, alternatives), dtype=np.int64)
    step = max(1, PAIR_LIMIT // (draws * alternatives))
    for start in range(0, alternatives, step):
        rows = ranks[start : start + step, None, :]
        ahead = np.count_nonzero(rows < ranks, axis=-1)
        if runs.tied.any():
            behind = np.count_nonzero(rows > ranks, axis=-1)
            pairs[start : start + step] = draws + ahead - behind
        else:
            pairs[start : start + step] = 2 * ahead
    if not runs.tied.any():
        np.fill_diagonal(pairs, draws)
    return pairs
