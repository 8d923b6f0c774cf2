"""Counting ranks: from drawn scores to acceptability sums, block by block.

Sums of blocks are added in a fixed order, so the totals are the same for any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.ranking.order import Runs, multiples

Array = NDArray[np.float64]
#: Comparisons held at once while pairs are counted.
PAIR_LIMIT = 4_000_000
#: Draws whose comparisons are added as bytes: eight in a number, no byte above 255.
LANES = 8 * 255


@dataclass
class Tally:
    """Sums over draws; grows by :meth:`add`.

    Attributes
    ----------
    counts : array of int, shape (m, m)
        Draws without ties in which a place (row) is taken by an alternative (column).
    pairs : array of int, shape (m, m)
        Twice the draws in which the row is ahead of the column, a tie counting one; 0 x 0 when
        not asked for.
    central : array, shape (m, n)
        Sum of the weights of the draws in which an alternative is first; n is 0 when not asked for.
    tied : array, shape (m, m), optional
        Draws with ties in which an alternative (row) takes a place (column), ties split; None: no such.
    draws : int
    """

    counts: NDArray[np.int64]
    pairs: NDArray[np.int64]
    central: Array
    tied: Array | None = None
    draws: int = 0

    @property
    def index(self) -> Array:
        """Draws in which an alternative (row) takes a place (column), ties split."""
        found = self.counts.T.astype(np.float64)
        return found if self.tied is None else found + self.tied

    def add(self, other: Tally) -> None:
        """Add the sums of another part of the draws."""
        if other.counts is not self.counts:
            self.counts += other.counts
            self.pairs += other.pairs
        self.central += other.central
        if other.tied is not None:
            self.tied = other.tied if self.tied is None else self.tied + other.tied
        self.draws += other.draws


def empty_tally(shape: tuple[int, ...], collect: Iterable[str], *, part_of: Tally | None = None) -> Tally:
    """Return sums of nothing for a matrix of this shape.

    A part of another tally counts whole numbers into the tables of that one. Fractions it adds up by itself:
    their last digit depends on the order of the sums, which is the same wherever the part is made.
    """
    alternatives, criteria = shape
    wanted = set(collect)
    central = np.zeros((alternatives, criteria if "central_weights" in wanted else 0))
    if part_of is not None:
        return Tally(part_of.counts, part_of.pairs, central)
    return Tally(
        counts=np.zeros((alternatives, alternatives), dtype=np.int64),
        pairs=np.zeros((alternatives, alternatives) if "pairwise" in wanted else (0, 0), dtype=np.int64),
        central=central,
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
    alternatives = len(tally.counts)
    any_tied = bool(runs.tied.any())
    plain = runs.order[~runs.tied] if any_tied else runs.order
    cells = plain + multiples(alternatives, *plain.shape)
    np.add.at(tally.counts.reshape(-1), cells.reshape(-1), 1)
    if any_tied:
        order, starts = runs.order[runs.tied], runs.starts[runs.tied]
        lengths = _run_lengths(starts)
        tied = np.zeros((alternatives, alternatives)) if tally.tied is None else tally.tied
        for offset in range(int(lengths.max())):
            reaches = offset < lengths
            cells = (order * alternatives + starts + offset)[reaches]
            np.add.at(tied.reshape(-1), cells, 1.0 / lengths[reaches])
        tally.tied = tied


def _run_lengths(starts: NDArray[np.intp]) -> NDArray[np.intp]:
    draws, alternatives = starts.shape
    rows = np.arange(draws)[:, None]
    sizes = np.bincount((rows * alternatives + starts).ravel(), minlength=starts.size)
    return sizes.reshape(starts.shape)[rows, starts]


def _add_central(central: Array, runs: Runs, weights: Array) -> None:
    leaders, theirs, criteria = runs.order[:, :1], weights, central.shape[1]
    if runs.tied.any():
        leaders, theirs = leaders[~runs.tied], weights[~runs.tied]
    cells = leaders * criteria + multiples(1, len(leaders), criteria)
    found = np.bincount(cells.ravel(), theirs.ravel(), central.size)
    central += found.reshape(central.shape)
    for draw in np.flatnonzero(runs.tied):
        leaders = runs.order[draw, runs.starts[draw] == 0]
        central[leaders] += weights[draw] / len(leaders)


def _count_pairs(runs: Runs) -> NDArray[np.int64]:
    """Return twice the draws in which the row is ahead of the column, a tie counting one."""
    draws, alternatives = runs.order.shape
    ahead = np.zeros((alternatives, alternatives), dtype=np.int64)
    for first in range(0, draws, LANES):
        ranks = _ranks_by_alternative(runs, slice(first, first + LANES))
        step = max(1, PAIR_LIMIT // ranks.size)
        for start in range(0, alternatives, step):
            rows = ranks[start : start + step, None, :]
            ahead[start : start + step] += _count_true(rows < ranks)
    return draws + ahead - ahead.T


def _ranks_by_alternative(runs: Runs, part: slice) -> NDArray[np.unsignedinteger]:
    """Return the ranks of some draws, shape (m, draws); columns up to a multiple of 8 are zero."""
    order, starts = runs.order[part], runs.starts[part]
    draws, alternatives = order.shape
    width = -(-draws // 8) * 8
    cells = order * width
    cells += np.arange(draws)[:, None]
    ranks = np.zeros((alternatives, width), dtype=np.min_scalar_type(alternatives))
    ranks.reshape(-1)[cells] = starts
    return ranks


def _count_true(table: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count along the last axis, of a multiple of 8 cells: eight are added as the bytes of one number."""
    # einsum adds short rows about twice as fast as sum.
    bytes_of_sums = np.einsum("...i->...", table.view(np.uint64))[..., None].view(np.uint8)
    return np.einsum("...i->...", bytes_of_sums, dtype=np.int64)
