"""Counting ranks: from drawn scores to acceptability sums, block by block.

Sums of blocks are added in a fixed order, so the totals are the same for any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.ranking.order import Runs

Array = NDArray[np.float64]
#: Comparisons held at once while pairs are counted.
PAIR_LIMIT = 4_000_000


@dataclass
class Tally:
    """Sums over draws; grows by :meth:`add`.

    Attributes
    ----------
    index : array, shape (m, m)
        Draws in which an alternative (row) takes a place (column), ties split.
    first : array, shape (m,)
        Draws in which an alternative is first, ties split.
    central : array, shape (m, n)
        Sum of the weights of those draws; n is 0 when not asked for.
    pairs : array, shape (m, m)
        Twice the draws in which the row is ahead of the column, a tie counting one; 0 x 0 when
        not asked for.
    draws : int
    """

    index: Array
    central: Array
    pairs: NDArray[np.int64]
    draws: int = 0

    def add(self, other: Tally) -> None:
        """Add the sums of another part of the draws."""
        self.index += other.index
        self.central += other.central
        self.pairs += other.pairs
        self.draws += other.draws


def empty_tally(shape: tuple[int, ...], collect: Iterable[str]) -> Tally:
    """Return sums of nothing for a matrix of this shape."""
    alternatives, criteria = shape
    wanted = set(collect)
    return Tally(
        index=np.zeros((alternatives, alternatives)),
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
    _count_places(tally.index, runs)
    if tally.central.shape[1]:
        _add_central(tally.central, runs, weights)
    if tally.pairs.size:
        tally.pairs += _count_pairs(runs)
    tally.draws += draws


def _count_places(index: Array, runs: Runs) -> None:
    alternatives = index.shape[0]
    places = np.arange(alternatives)
    plain = runs.order if not runs.tied.any() else runs.order[~runs.tied]
    _count(index, (plain * alternatives + places).ravel())
    if runs.tied.any():
        order, starts = runs.order[runs.tied], runs.starts[runs.tied]
        lengths = _run_lengths(starts)
        for offset in range(int(lengths.max())):
            reaches = offset < lengths
            cells = (order * alternatives + starts + offset)[reaches]
            index += np.bincount(cells, 1.0 / lengths[reaches], alternatives**2).reshape(index.shape)


def _count(index: Array, cells: NDArray[np.intp]) -> None:
    if index.size > 4 * cells.size:
        np.add.at(index.reshape(-1), cells, 1.0)
    else:
        index += np.bincount(cells, minlength=index.size).reshape(index.shape)


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
    kind = np.uint16 if alternatives < 65_536 else np.uint32
    ranks = np.empty(runs.order.shape, dtype=kind)
    np.put_along_axis(ranks, runs.order, runs.starts.astype(kind), axis=1)
    ranks = np.ascontiguousarray(ranks.T)
    pairs = np.empty((alternatives, alternatives), dtype=np.int64)
    step = max(1, PAIR_LIMIT // (draws * alternatives))
    for start in range(0, alternatives, step):
        rows = ranks[start : start + step, None, :]
        ahead = np.count_nonzero(rows < ranks, axis=-1)
        behind = np.count_nonzero(rows > ranks, axis=-1)
        pairs[start : start + step] = draws + ahead - behind
    return pairs
