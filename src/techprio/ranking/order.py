"""From scores to ranks: 1 is best, equals share the lower number, noise is not a difference.

Two scores are equal when they lie within the tolerance of the first of their run in sorted
order; the tolerance is 1e-9, absolute for scores in 0..1 and relative to the range for others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from techprio.arguments import validated
from techprio.errors import InputError, Problem
from techprio.language import text
from techprio.model.checks import to_numbers

Array = NDArray[np.float64]
TOLERANCE = 1e-9
_PLACE_BITS, _MIDDLE, _REACH = 13, 6.0, 2.0
#: Floats in 4..8 are evenly spaced by this and sort like their bits.
_SPACING = 2.0**-50
#: Rows from this length on, and tables of more rows than this, are not kept (:func:`multiples`).
_LONG_ROW, _ROWS = 64, 2_000
#: Place keys that differ by more belong to scores that differ by more than the tolerance.
KEY_TOLERANCE = 2.1 * TOLERANCE


class Runs(NamedTuple):
    """Sorted alternatives of many draws, with the run of equals that each one belongs to.

    Attributes
    ----------
    order : array of int, shape (draws, m)
        Alternatives, best first.
    starts : array of int, shape (draws, m)
        At each place, the place where its run of equals begins (0 is the first).
    tied : array of bool, shape (draws,)
        Whether the draw has any tie.
    """

    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    tied: NDArray[np.bool_]


def ranks_of_draws(scores: Array, *, bounded: bool | None) -> NDArray[np.intp]:
    """Return the ranks of many draws, shape (draws, m); 1 is best, equals share the lower number."""
    runs = sort_runs(scores, bounded=bounded)
    ranks = np.empty_like(runs.order)
    np.put_along_axis(ranks, runs.order, runs.starts + 1, axis=1)
    return ranks


@validated
def rank_scores(scores: pd.Series | ArrayLike, *, bounded: bool | None = None) -> pd.Series:
    """Rank scores, higher is better; equal scores share the lower number (1, 2, 2, 4).

    Parameters
    ----------
    scores : Series or array, shape (m,)
    bounded : bool, optional
        Whether the scores are made on a scale of 0..1; without it the numbers say so.

    Returns
    -------
    Series of int
        With the index of the scores.

    Raises
    ------
    InputError
        A score that is not a finite number.

    Examples
    --------
    >>> rank_scores([0.3, 0.1 + 0.2, 0.9]).tolist()
    [2, 2, 1]
    """
    if isinstance(scores, pd.DataFrame) or np.ndim(scores) != 1 or not np.size(scores):
        shape = text("the shape {shape}", shape=str(np.shape(scores)))
        raise InputError.argument("scores", found=shape, allowed=text("one score or more, in a row"))
    series = to_numbers(pd.Series(scores))
    values = series.to_numpy()
    if not np.isfinite(values).all():
        problems = [
            Problem("", "", text("score of {name!r}", name=name), "", repr(score), text("a finite number"))
            for name, score in series[~np.isfinite(values)].items()
        ]
        raise InputError(text("the scores cannot be ranked"), problems)
    runs = sort_runs(values[None, :], bounded=bounded)
    ranks = np.empty(len(series), dtype=np.int64)
    ranks[runs.order[0]] = runs.starts[0] + 1
    return pd.Series(ranks, index=series.index, name="rank")


def find_ties(ranks: pd.Series) -> tuple[tuple[str, ...], ...]:
    """Return the groups of alternatives that share a rank, best first, names in order.

    Examples
    --------
    >>> find_ties(pd.Series({"A": 2, "B": 1, "C": 2}))
    (('A', 'C'),)
    >>> find_ties(pd.Series({10: 1, 9: 1})), find_ties(pd.Series({"A": 1, 2.5: 1}))
    (((9, 10),), ((2.5, 'A'),))
    """
    groups = (group.index for _, group in ranks.groupby(ranks, sort=True) if len(group) > 1)
    return tuple(tuple(in_order(group)) for group in groups)


def in_order(names: Iterable[Any]) -> list[Any]:
    """Return names in order; those of several kinds, as numbers among words, in that of their words."""
    try:
        return sorted(names)
    except TypeError:
        return sorted(names, key=str)


def sort_runs(scores: Array, *, bounded: bool | None = None) -> Runs:
    """Sort each draw and find the runs of equal scores.

    Parameters
    ----------
    scores : array, shape (draws, m)
        Finite; higher is better.
    bounded : bool, optional
        As in :func:`rank_scores`.
    """
    falling = -scores
    order = np.argsort(falling, axis=-1)
    keys = np.take_along_axis(falling, order, axis=-1)
    return _runs(order, keys, _tolerance(keys, bounded))


def sort_bounded_runs(scores: Array) -> Runs:
    """Sort scores made on a scale of 0..1 (or -1..1) and find the runs, several times as fast.

    The place of an alternative is written into the last bits of its score, so that one sort of whole
    numbers gives the order and the scores. That cuts scores below 1e-11 at most, far below the tolerance.

    Examples
    --------
    >>> sort_bounded_runs(np.array([[0.2, 0.7, 0.2]])).order[0, 0]
    np.int64(1)
    """
    bits = _place_bits(scores)
    if bits > _PLACE_BITS or not -_REACH < scores.min() <= scores.max() < _REACH:
        return sort_runs(scores, bounded=True)
    packed = _sort_packed(np.subtract(_MIDDLE, scores, order="C"), bits)
    near, order = _near(packed, TOLERANCE), packed & ((1 << bits) - 1)
    if near is None:
        return _no_ties(order)
    packed &= -1 << bits
    return _runs(order, packed.view(np.float64), np.full((len(scores), 1), TOLERANCE))


def sort_place_keys(keys: Array | None, scores: Callable[[NDArray[np.bool_] | slice], Array]) -> Runs:
    """Sort place keys (:meth:`Method.place_keys`) and find the runs of equal scores.

    Parameters
    ----------
    keys : array, shape (draws, m), or None
        In 4..8, rising from the best to the worst; the memory is taken.
    scores : callable
        The scores of the draws that it is given a mask or a slice of. They decide where two keys are so
        near that the scores may be equal, and everywhere when there are no keys.

    Examples
    --------
    >>> scores = np.array([[0.2, 0.7, 0.7]])
    >>> runs = sort_place_keys(6.0 - scores, lambda rows: scores[rows])
    >>> runs.order.tolist(), runs.starts.tolist(), runs.tied.tolist()
    ([[1, 2, 0]], [[0, 0, 2]], [True])
    """
    if keys is None or _place_bits(keys) > _PLACE_BITS:
        return sort_bounded_runs(scores(slice(None)))
    bits = _place_bits(keys)
    packed = _sort_packed(np.ascontiguousarray(keys), bits)
    near = _near(packed, KEY_TOLERANCE)
    packed &= (1 << bits) - 1
    found = _no_ties(packed)
    if near is None:
        return found
    exact = sort_bounded_runs(scores(near))
    packed[near], starts, tied = exact.order, found.starts.copy(), near.copy()
    starts[near], tied[near] = exact.starts, exact.tied
    return Runs(packed, starts, tied)


def _place_bits(scores: Array) -> int:
    return max(scores.shape[-1] - 1, 1).bit_length()


def _sort_packed(keys: Array, bits: int) -> NDArray[np.int64]:
    """Write the place into the last bits of keys in 4..8 and sort them, in the same memory."""
    packed = keys.view(np.int64)
    packed &= -1 << bits
    packed |= multiples(1, *keys.shape)
    packed.sort(axis=-1)
    return packed


def _near(packed: NDArray[np.int64], tolerance: float) -> NDArray[np.bool_] | None:
    """Tell in which draws two neighbors may lie within the tolerance; None: in none."""
    reach = int(tolerance / _SPACING) + (1 << _PLACE_BITS)
    row = packed.reshape(-1)
    # Across the end of a draw the step is mostly negative, which is a large number without a sign.
    if row.size < 2 or np.subtract(row[1:], row[:-1]).view(np.uint64).min() > reach:
        return None
    near = np.asarray((packed[:, 1:] - packed[:, :-1] <= reach).any(axis=-1), dtype=np.bool_)
    return near if near.any() else None


def _no_ties(order: NDArray[np.intp]) -> Runs:
    return Runs(order, _places(*order.shape), np.zeros(len(order), dtype=np.bool_))


def multiples(step: int, draws: int, alternatives: int) -> NDArray[np.intp]:
    """Return 0, step, 2 step .. for each draw, to be read only, shape (draws, m) or what spreads to it.

    Short rows are there as often as there are draws: adding one row to each of many takes several times as
    long as adding a table.

    Examples
    --------
    >>> multiples(3, 2, 4).tolist()
    [[0, 3, 6, 9], [0, 3, 6, 9]]
    """
    if alternatives >= _LONG_ROW or draws > _ROWS:
        return np.arange(alternatives)[None, :] * step
    return _repeated(step, alternatives)[:draws]


@lru_cache(maxsize=64)
def _repeated(step: int, alternatives: int) -> NDArray[np.intp]:
    return np.tile(np.arange(alternatives) * step, (_ROWS, 1))


@lru_cache(maxsize=32)
def _places(draws: int, alternatives: int) -> NDArray[np.intp]:
    """Return the places of each draw, to be read only."""
    return np.broadcast_to(np.arange(alternatives), (draws, alternatives))


def _runs(order: NDArray[np.intp], keys: Array, tolerance: Array) -> Runs:
    """Find the runs; keys rise from the best to the worst."""
    steps = keys[:, 1:] - keys[:, :-1]
    tied = np.asarray(steps.min(axis=-1, initial=np.inf) <= tolerance[:, 0], dtype=np.bool_)
    starts = _places(*order.shape)
    if tied.any():
        starts = starts.copy()
        starts[tied] = _run_starts(keys[tied], tolerance[tied])
    return Runs(order, starts, tied)


def _tolerance(keys: Array, bounded: bool | None) -> Array:
    highest, lowest = -keys[:, :1], -keys[:, -1:]
    if bounded:
        return np.full_like(highest, TOLERANCE)
    # The floor keeps rounding noise between equal numbers from counting as a range of its own.
    noise = 8 * np.finfo(float).eps * np.maximum(np.abs(highest), np.abs(lowest))
    relative = np.maximum(TOLERANCE * (highest - lowest), noise)
    if bounded is False:
        return relative
    unit = (lowest >= -TOLERANCE) & (highest <= 1 + TOLERANCE)
    return np.where(unit, TOLERANCE, relative)


def _run_starts(keys: Array, tolerance: Array) -> NDArray[np.intp]:
    """Return where the run of each place begins: it holds what lies within the tolerance of its first."""
    starts = np.zeros(keys.shape, dtype=np.intp)
    starts[:, 1:] = np.where(keys[:, 1:] - keys[:, :-1] > tolerance, np.arange(1, keys.shape[1]), 0)
    np.maximum.accumulate(starts, axis=1, out=starts)
    # Neighbors within the tolerance are one run unless they reach further together.
    long = (keys - np.take_along_axis(keys, starts, axis=1) > tolerance).any(axis=1)
    if long.any():
        starts[long] = _starts_in_turn(keys[long], tolerance[long])
    return starts


def _starts_in_turn(keys: Array, tolerance: Array) -> NDArray[np.intp]:
    starts = np.zeros(keys.shape, dtype=np.intp)
    first = keys[:, 0].copy()
    for place in range(1, keys.shape[1]):
        apart = keys[:, place] - first > tolerance[:, 0]
        first = np.where(apart, keys[:, place], first)
        starts[:, place] = np.where(apart, place, starts[:, place - 1])
    return starts
