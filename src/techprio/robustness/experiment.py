"""One simulation as plain, picklable data: what is drawn and how it is scored, block by block.

Block ``b`` of a seed has a weight stream that depends on (seed, block) alone, and its own stretch of
a score stream for each alternative that depends on (seed, its name). So draw r has the same weights
in every sector, and any worker can make any block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import MOST_DRAWS, check_count, validated
from techprio.errors import InputError
from techprio.language import Percent, Text, text
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.method import Method
from techprio.ranking.methods import MethodLike, bind
from techprio.ranking.order import Runs, sort_bounded_runs, sort_place_keys, sort_runs
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
Sorter = Callable[[Sequence[int]], Iterator[tuple[Array, Runs]]]
#: Draws of a block: a mask, or all of them.
Rows = NDArray[np.bool_] | slice
#: Draws of one block; a constant, because it is part of what a seed means.
BLOCK = 200
#: Scores that are made and sorted at once: larger arrays leave the cache and are given new memory, which
#: takes longer than the sums in them; smaller ones are mostly calls.
AT_ONCE, LEAST_AT_ONCE = 20_000, 16


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

    def draw_weights(self, blocks: Sequence[int]) -> Array:
        """Return the weights of blocks, shape (draws, n); always whole blocks are drawn, then cut."""
        drawn = self.weights.draw([generator(self.seed, block, WEIGHT_STREAM) for block in blocks], BLOCK)
        return drawn[: sum(map(self.size, blocks))]

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
                weights = self.draw_weights([block])
                yield weights, self._checked(by_weights(weights), len(weights))
            return
        for block, values in zip(blocks, self.draw_values(blocks), strict=True):
            weights = self.draw_weights([block])
            yield weights, self.score(values, weights)

    def sorter(self) -> Sorter:
        """Return what gives the weights (draws, n) and the sorted draws of blocks that follow each other.

        Whatever all draws share is made ready here, once for as many blocks as are asked for.
        """
        if self.scores is not None:
            return self._sorted_with_values
        keys = self.method.place_keys(self.values, self.signs)
        # Keys that tell all draws apart need no scores.
        scores = cache(lambda: self.method.prepared(self.values, self.signs))
        size = BLOCK if keys is None else max(LEAST_AT_ONCE, AT_ONCE // len(self.values))

        def sorted_draws(blocks: Sequence[int]) -> Iterator[tuple[Array, Runs]]:
            drawn = self.draw_weights(blocks)
            for start in range(0, len(drawn), size):
                weights = drawn[start : start + size]
                yield weights, self._runs(weights, keys, _of_rows(scores, weights))

        return sorted_draws

    def _sorted_with_values(self, blocks: Sequence[int]) -> Iterator[tuple[Array, Runs]]:
        assert self.scores is not None
        drawn = self.scores.draw_blocks(self.seed, blocks, BLOCK, reuse=True)
        for block, whole in zip(blocks, drawn, strict=True):
            weights = self.draw_weights([block])
            values = whole[: len(weights)]
            keys = self.method.place_keys(values, self.signs)
            yield weights, self._runs(weights, keys, self._scores_of(values, weights))

    def _runs(
        self,
        weights: Array,
        keys: Callable[[Array], Array | None] | None,
        scores: Callable[[Rows], Array],
    ) -> Runs:
        def checked(rows: Rows) -> Array:
            return self._checked(scores(rows), len(weights[rows]))

        return self.sort(checked(slice(None))) if keys is None else sort_place_keys(keys(weights), checked)

    def _scores_of(self, values: Array, weights: Array) -> Callable[[Rows], Array]:
        return lambda rows: self.method(values[rows], weights[rows], self.signs)

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


def _of_rows(scores: Callable[[], Callable[[Array], Array]], weights: Array) -> Callable[[Rows], Array]:
    return lambda rows: scores()(weights[rows])


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
    check_count("draws", draws, least=1, most=MOST_DRAWS)
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
