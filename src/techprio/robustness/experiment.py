"""One simulation as plain, picklable data: what is drawn, how it is scored and counted, block by block.

Block ``b`` of a seed has a weight stream that depends on (seed, block) alone, and its own stretch of
a score stream for each alternative that depends on (seed, its name). So draw r has the same weights
in every sector, and any worker can make any block. Sums of blocks are added in a fixed order, so the
totals are the same for any number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import check_count, validated
from techprio.errors import InputError
from techprio.language import Percent, Text, text
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.method import Method
from techprio.ranking.methods import MethodLike, bind
from techprio.ranking.order import Runs, sort_bounded_runs, sort_runs
from techprio.ranking.validation import (
    Table,
    WeightsLike,
    check_left_out,
    validate_table,
    without_criteria,
)
from techprio.robustness.score_sampling import (
    WEIGHT_STREAM,
    Quantile,
    ScoreSource,
    generator,
    score_source,
)
from techprio.robustness.weight_sampling import Around, Distribution, default_distribution, weight_source
from techprio.robustness.weight_sources import Selected, select

Array = NDArray[np.float64]
#: Draws of one block; a constant, because it is part of what a seed means.
BLOCK = 200
#: Comparisons held at once while pairs are counted.
PAIR_LIMIT = 4_000_000


@dataclass(frozen=True)
class Experiment:
    """Everything that a worker needs to make any block.

    Parameters
    ----------
    matrix : DecisionMatrix
        With the criteria that are used.
    distributions : tuple
        Where the weights and the scores are drawn from, as stated.
    method : Method
        Bound to the matrix.
    values : array, shape (m, n)
    signs : array, shape (n,)
    weights : Selected
    scores : ScoreSource, optional
        None when the scores do not vary.
    seed : int
    draws : int
    """

    matrix: DecisionMatrix
    distributions: tuple[Distribution, str | Quantile]
    method: Method
    values: Array
    signs: Array
    weights: Selected
    scores: ScoreSource | None
    seed: int
    draws: int

    @property
    def blocks(self) -> int:
        """Number of blocks; the last one may be short."""
        return -(-self.draws // BLOCK)

    def size(self, block: int) -> int:
        """Draws of a block."""
        return min(BLOCK, self.draws - block * BLOCK)

    def draw_weights(self, block: int) -> Array:
        """Return the weights of a block, shape (draws, n); always whole blocks are drawn, then cut."""
        drawn = self.weights.draw(generator(self.seed, block, WEIGHT_STREAM), BLOCK)
        return drawn[: self.size(block)]

    def draw_values(self, blocks: Sequence[int]) -> Iterator[Array]:
        """Give the values of blocks in a row: (draws, m, n), or (m, n) where they do not vary."""
        if self.scores is None:
            yield from (self.values for _ in blocks)
            return
        drawn = self.scores.draw_blocks(self.seed, blocks, BLOCK)
        yield from (values[: self.size(block)] for block, values in zip(blocks, drawn, strict=True))

    def scored(self, blocks: Sequence[int]) -> Iterator[tuple[Array, Array]]:
        """Give the weights (draws, n) and the scores (draws, m) of blocks that follow each other."""
        if self.scores is None:
            by_weights = self.method.prepared(self.values, self.signs)
            for block in blocks:
                weights = self.draw_weights(block)
                yield weights, self._checked(by_weights(weights), len(weights))
            return
        for block, values in zip(blocks, self.draw_values(blocks), strict=True):
            weights = self.draw_weights(block)
            yield weights, self.score(values, weights)

    def score(self, values: Array, weights: Array) -> Array:
        """Score values under weights, shape (draws, m)."""
        return self._checked(self.method(values, weights, self.signs), len(weights))

    def _checked(self, scores: Array, draws: int) -> Array:
        found = np.asarray(scores, dtype=np.float64)
        wanted = (draws, self.values.shape[0])
        if found.shape != wanted:
            raise InputError(
                text(
                    "{method} returned shape {found} for a block of draws; {needed} is needed: a method "
                    "takes arrays (..., m, n), (..., n), (n,); OneByOne(...) makes it of a function for one",
                    method=repr(self.method),
                    found=str(found.shape),
                    needed=str(wanted),
                )
            )
        # The extremes are quick to find and not finite when any score is not.
        if not (np.isfinite(found.min()) and np.isfinite(found.max())):
            raise InputError(
                text(
                    "{method} returned scores that are not finite in the simulation", method=repr(self.method)
                )
            )
        return found

    def sort(self, scores: Array) -> Runs:
        """Sort the scores of a block and find the runs of equals."""
        bounded = self.method.bounded
        return sort_bounded_runs(scores) if bounded else sort_runs(scores, bounded=bounded)

    def block_scores(self) -> Iterator[Array]:
        """Give the scores of one block after the other."""
        for _, scores in self.scored(range(self.blocks)):
            yield scores


def prepare(
    table: Table,
    weights: WeightsLike | None,
    method: MethodLike,
    *,
    draws: int,
    seed: int,
    weight_distribution: Distribution | None,
    score_distribution: str | Quantile,
    leave_out: Sequence[str] = (),
    directions: Directions | None = None,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
) -> Experiment:
    """Check all arguments of a simulation and make it ready to run."""
    check_count("draws", draws, least=1)
    check_count("seed", seed, least=0)
    matrix = validate_table(table, directions, low=low, high=high)
    check_left_out(matrix, leave_out)
    used = without_criteria(matrix, leave_out)
    drawn_from = default_distribution(weights) if weight_distribution is None else weight_distribution
    source = weight_source(drawn_from, weights, [*used.criteria, *leave_out])
    return Experiment(
        matrix=used,
        distributions=(drawn_from, score_distribution),
        method=bind(method, used),
        values=used.values.to_numpy(float),
        signs=used.signs,
        weights=select(source, used.criteria, leave_out),
        scores=score_source(matrix, tuple(leave_out), score_distribution),
        seed=int(seed),
        draws=int(draws),
    )


def default_notes(experiment: Experiment) -> list[Text]:
    """Note where the weights were drawn from, when nobody stated it."""
    weights = experiment.distributions[0]
    if not isinstance(weights, Around):
        return []
    return [
        text(
            "Each weight was drawn within {spread} of its value: no distribution of the weights was stated.",
            spread=Percent(weights.spread),
        )
    ]


@validated
def draw_scores(
    table: Table,
    weights: WeightsLike | None = None,
    method: MethodLike = None,
    *,
    directions: Directions | None = None,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: Distribution | None = None,
    score_distribution: str | Quantile = "triangular",
    leave_out: Sequence[str] = (),
) -> Array:
    """Return drawn scores, for what comes after the ranking (roles, robust phasing).

    Parameters
    ----------
    table, weights, method, directions, low, high, draws, seed
        As in :func:`techprio.simulate`.
    weight_distribution, score_distribution, leave_out
        As in :func:`techprio.simulate`.

    Returns
    -------
    array, shape (draws, m)
        Columns in the order of the matrix, rounded to 12 decimals so that they are the same on
        every machine. Draw r has the same weights in every matrix of the same criteria.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 1.0]})
    >>> draw_scores(table, [0.5, 0.5], directions=["max", "max"], draws=3, seed=0).shape
    (3, 2)
    """
    experiment = prepare(
        table,
        weights,
        method,
        draws=draws,
        seed=seed,
        weight_distribution=weight_distribution,
        score_distribution=score_distribution,
        leave_out=leave_out,
        directions=directions,
        low=low,
        high=high,
    )
    return np.round(np.concatenate(list(experiment.block_scores())), 12)


def as_series(values: Array, matrix: DecisionMatrix, name: str) -> pd.Series:
    """Label one number per alternative."""
    return pd.Series(values, index=matrix.values.index, name=name)


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
