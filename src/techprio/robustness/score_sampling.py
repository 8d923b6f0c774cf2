"""Drawn scores: from uniform numbers, through the quantile function of a spread.

Each alternative has a random stream of its own, made from the seed and its name. So a
technology meets the same worlds in the matrix of its sector as in the matrix of all sectors,
and a candidate that comes or goes changes the draws of no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.matrix import DecisionMatrix

Array = NDArray[np.float64]
#: ``(uniforms, low, value, high) -> values``: the quantile function of a spread.
Quantile = Callable[[Array, Array, Array, Array], Array]
WEIGHT_STREAM, SCORE_STREAM = 0, 1
#: Alternatives that are drawn at once: few enough for the cache of a processor.
ROWS = 16


def triangular(uniforms: Array, low: Array, value: Array, high: Array) -> Array:
    """Return the quantiles of the triangular distribution with its mode at the value.

    Examples
    --------
    >>> one = np.ones(3)
    >>> triangular(np.array([0.0, 0.5, 1.0]), 0 * one, one, 2 * one).tolist()
    [0.0, 1.0, 2.0]
    """
    left, right = value - low, high - value
    beyond = uniforms * (high - low)
    beyond -= left
    # Both branches are added, each 0 where the other one holds: choosing by number is several times slower.
    below, above = np.minimum(beyond, 0.0), np.maximum(beyond, 0.0, out=beyond)
    np.sqrt(np.multiply(np.add(below, left, out=below), left, out=below), out=below)
    np.sqrt(np.multiply(np.subtract(right, above, out=above), right, out=above), out=above)
    below -= left
    below += value
    below += right
    return np.asarray(np.subtract(below, above, out=below), dtype=np.float64)


def uniform(uniforms: Array, low: Array, value: Array, high: Array) -> Array:
    """Return the quantiles of the uniform distribution between low and high."""
    drawn = uniforms * (high - low)
    return np.asarray(np.add(drawn, low, out=drawn), dtype=np.float64)


DISTRIBUTIONS: dict[str, Quantile | None] = {"triangular": triangular, "uniform": uniform, "fixed": None}


def quantile_function(distribution: str | Quantile) -> Quantile | None:
    """Return the quantile function of a name; None for scores that do not vary."""
    if callable(distribution):
        return distribution
    if distribution not in DISTRIBUTIONS:
        raise InputError.argument(
            "score_distribution",
            found=distribution,
            allowed=text(
                "{names}, or a quantile function (uniforms, low, value, high)", names=tuple(DISTRIBUTIONS)
            ),
            proposal=did_you_mean(str(distribution), list(DISTRIBUTIONS)),
        )
    return DISTRIBUTIONS[distribution]


@dataclass(frozen=True)
class ScoreSource:
    """What the scores of one matrix are drawn from.

    Parameters
    ----------
    value, low, high : array, shape (m, n)
    keys : tuple of int
        One per alternative, from its name.
    columns : array of int
        Criteria that are used; the others are drawn too, so that leaving one out moves nothing.
    quantile : callable
    """

    value: Array
    low: Array
    high: Array
    keys: tuple[int, ...]
    columns: NDArray[np.intp]
    quantile: Quantile

    def draw_blocks(
        self, seed: int, blocks: Sequence[int], count: int, *, reuse: bool = False
    ) -> Iterator[Array]:
        """Give the matrices of blocks that follow each other, shape (count, m, n_used) each.

        With ``reuse`` a matrix holds until the next one is asked for, which takes its memory.

        In memory the draws lie next to each other and a criterion is one piece, which is the quick way
        for every kernel.
        """
        alternatives, criteria = self.value.shape
        varying = [int(row) for row in np.flatnonzero((self.low < self.high).any(axis=1))]
        streams = {row: generator(seed, SCORE_STREAM, self.keys[row]) for row in varying}
        for stream in streams.values():
            # One number of a stream is one step of it, so any block can be reached at once.
            stream.bit_generator.advance(blocks[0] * criteria * count)  # type: ignore[attr-defined]
        drawn = None
        for _ in blocks:
            if drawn is None or not reuse:
                drawn = np.empty((len(self.columns), alternatives, count))
                drawn[:] = self.value.T[self.columns, :, None]
            for start in range(0, len(varying), ROWS):
                rows = varying[start : start + ROWS]
                drawn[:, rows] = self._spread(rows, streams, count).swapaxes(0, 1)
            yield drawn.T

    def _spread(self, rows: Sequence[int], streams: Mapping[int, np.random.Generator], count: int) -> Array:
        uniforms = np.empty((len(rows), self.value.shape[1], count))
        for place, row in enumerate(rows):
            streams[row].random(out=uniforms[place])
        if len(self.columns) < self.value.shape[1]:
            uniforms = uniforms[:, self.columns]
        low, value, high = (part[rows][:, self.columns, None] for part in (self.low, self.value, self.high))
        drawn = np.asarray(self.quantile(uniforms, low, value, high), dtype=np.float64)
        return np.minimum(np.maximum(drawn, low, out=drawn), high, out=drawn)


def generator(seed: int, *path: int) -> np.random.Generator:
    """Return the generator of one stream: a child of the seed, named by its path."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=path)))


def score_source(
    matrix: DecisionMatrix, leave_out: tuple[str, ...], distribution: str | Quantile
) -> ScoreSource | None:
    """Return the source of the scores of a matrix, or None when no score varies."""
    quantile = quantile_function(distribution)
    if quantile is None or (matrix.low is None and matrix.high is None):
        return None
    value = matrix.values.to_numpy(float)
    low = value if matrix.low is None else matrix.low.to_numpy(float)
    high = value if matrix.high is None else matrix.high.to_numpy(float)
    columns = np.array([i for i, name in enumerate(matrix.criteria) if name not in leave_out], dtype=np.intp)
    if not (low < high)[:, columns].any():
        return None
    return ScoreSource(value, low, high, tuple(map(name_key, matrix.alternatives)), columns, quantile)


def name_key(name: object) -> int:
    """Return a number for a name that is the same on every machine."""
    return int.from_bytes(hashlib.sha256(str(name).encode()).digest()[:8], "big")
