"""Rank acceptability by simulation: how sure a rank is when weights and scores are not.

References
----------
Lahdelma R., Salminen P. (2001) SMAA-2: stochastic multicriteria acceptability analysis for group
decision making. Operations Research 49(3), 444-454.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from techprio import __version__
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.matrix import DecisionMatrix
from techprio.model.provenance import Provenance
from techprio.model.weights import WeightSource
from techprio.ranking.methods import MethodLike
from techprio.ranking.topsis import Topsis
from techprio.ranking.validation import WeightsLike
from techprio.robustness.confidence import confidence_factors
from techprio.robustness.counting import Tally, count_block, empty_tally
from techprio.robustness.experiment import BLOCK, Experiment, as_series, check_count, prepare
from techprio.robustness.score_sampling import Quantile
from techprio.robustness.weight_sampling import WeightDistribution

#: Blocks of one piece of work; sums are made inside pieces, then over pieces, whoever makes them.
PIECE = 10
#: Above this many alternatives pairs are counted only when they are asked for.
PAIRWISE_LIMIT = 300
EXTRAS = ("pairwise", "central_weights", "confidence")
Extra = Literal["pairwise", "central_weights", "confidence"]
Progress = Callable[[int, int], None]


def simulate(
    matrix: DecisionMatrix,
    weights: WeightsLike | None = None,
    method: MethodLike = None,
    *,
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: str | WeightDistribution | WeightSource = "panel",
    score_distribution: str | Quantile = "triangular",
    top: int = 4,
    jobs: int | None = 1,
    leave_out: Sequence[str] = (),
    collect: Collection[Extra] | None = None,
    standard_error: float | None = None,
    progress: Progress | None = None,
) -> RankAcceptability:
    """Draw weights and scores many times and count the ranks.

    Parameters
    ----------
    matrix : DecisionMatrix, shape (m, n)
        Its ``low`` and ``high`` are the spread of the scores; without them scores do not vary.
    weights : Weights, Series, mapping or array, optional
        What the weight distribution starts from; ``"uniform"`` needs none.
    method : callable, optional
        Default :class:`~techprio.Topsis` with the vector normalization.
    draws : int
        Number of draws, or the most of them when ``standard_error`` is given.
    seed : int
        0 is a seed. The same seed gives the same numbers for any number of workers.
    weight_distribution : str or distribution
        ``"panel"`` (bootstrap of the experts), ``"uniform"``, ``"uniform_by_node"``, ``"around"``,
        ``"fixed"``, ``Ordered(...)``, ``Around(...)``, ``Intervals(...)``, or any object with
        ``criteria`` and ``draw(generator, count)``.
    score_distribution : str or callable
        ``"triangular"``, ``"uniform"``, ``"fixed"``, or a quantile function
        ``(uniforms, low, value, high) -> values``.
    top : int
        The k of P(top k).
    jobs : int, optional
        Workers; 1 runs here. None leaves it to ``joblib.parallel_config``, for example a dask cluster.
    leave_out : sequence of str
        Criteria not to be used; the weights of the others are scaled up.
    collect : collection of {"pairwise", "central_weights", "confidence"}, optional
        What to find besides the acceptability index; default all three (pairs only up to 300
        alternatives).
    standard_error : float, optional
        Stop when the standard error of every P(top k) is at most this.
    progress : callable, optional
        Called as ``progress(draws done, draws in all)``.

    Returns
    -------
    RankAcceptability

    Raises
    ------
    InputError
        Whatever cannot be used.

    Examples
    --------
    >>> table = pd.DataFrame({"a": [0.0, 1.0], "b": [1.0, 0.0]}, index=["A", "B"])
    >>> cars = DecisionMatrix(table, dict.fromkeys("ab", "maximize"))
    >>> sure = simulate(cars, weight_distribution="uniform", draws=2000, seed=1, top=1)
    >>> bool(abs(sure.p_top(1)["A"] - 0.5) < 0.05)
    True
    """
    method = Topsis() if method is None else method
    experiment = prepare(
        matrix,
        weights,
        method,
        draws=draws,
        seed=seed,
        weight_distribution=weight_distribution,
        score_distribution=score_distribution,
        leave_out=leave_out,
    )
    check_count("top", top, least=1)
    wanted = _wanted(collect, experiment)
    stop = _Stop(standard_error, min(int(top), matrix.shape[0]))
    tally = _run(experiment, wanted, jobs, stop, progress)
    return _result(
        tally, experiment, matrix, wanted, int(top), _told(weight_distribution, score_distribution)
    )


def run_piece(experiment: Experiment, wanted: Sequence[str], piece: int) -> Tally:
    """Make one piece of work: up to :data:`PIECE` blocks, summed in their order."""
    tally = empty_tally(experiment.values.shape, wanted)
    blocks = range(piece * PIECE, min((piece + 1) * PIECE, experiment.blocks))
    for weights, scores in experiment.scored(blocks):
        count_block(tally, experiment.sort(scores), weights)
    return tally


@dataclass(frozen=True)
class _Stop:
    """When enough has been drawn."""

    standard_error: float | None
    top: int

    def __post_init__(self) -> None:
        if self.standard_error is not None and not 0 < self.standard_error < 1:
            raise InputError(
                f"standard_error: found {self.standard_error!r}; allowed: between 0 and 1, e.g. 0.005"
            )

    def reached(self, tally: Tally) -> bool:
        """Whether the largest standard error of P(top k) is small enough."""
        if self.standard_error is None:
            return False
        p = np.clip(tally.index[:, : self.top].sum(axis=1) / tally.draws, 0.0, 1.0)
        # One draw of each kind is added, so that an early 0 or 1 does not pass for certainty.
        p = (p * tally.draws + 1) / (tally.draws + 2)
        return bool(np.sqrt(p * (1 - p) / tally.draws).max() <= self.standard_error)


def _run(
    experiment: Experiment, wanted: Sequence[str], jobs: int | None, stop: _Stop, progress: Progress | None
) -> Tally:
    pieces = -(-experiment.blocks // PIECE)
    tally = empty_tally(experiment.values.shape, wanted)
    for part in _parts(experiment, wanted, jobs, range(pieces)):
        tally.add(part)
        if progress is not None:
            progress(tally.draws, experiment.draws)
        if stop.reached(tally):
            break
    return tally


def _parts(
    experiment: Experiment, wanted: Sequence[str], jobs: int | None, pieces: Iterable[int]
) -> Iterator[Tally]:
    if jobs == 1:
        for piece in pieces:
            yield run_piece(experiment, wanted, piece)
        return
    if jobs is not None and (not isinstance(jobs, int) or isinstance(jobs, bool) or jobs == 0):
        raise InputError(
            f"jobs: found {jobs!r}; allowed: a number of workers, -1 for all cores, None for joblib's own"
        )
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(
        delayed(run_piece)(experiment, wanted, piece) for piece in pieces
    )


def _wanted(collect: Collection[Extra] | None, experiment: Experiment) -> tuple[str, ...]:
    if collect is None:
        small = experiment.values.shape[0] <= PAIRWISE_LIMIT
        return EXTRAS if small else tuple(name for name in EXTRAS if name != "pairwise")
    names = (collect,) if isinstance(collect, str) else tuple(collect)
    for name in names:
        if name not in EXTRAS:
            raise InputError(f"collect: unknown {name!r}; known: {', '.join(EXTRAS)}")
    if "confidence" in names and "central_weights" not in names:
        names = (*names, "central_weights")
    return names


def _result(
    tally: Tally,
    experiment: Experiment,
    matrix: DecisionMatrix,
    wanted: Sequence[str],
    top: int,
    told: str,
) -> RankAcceptability:
    names = matrix.values.index
    places = np.arange(1, len(names) + 1)
    index = tally.index / tally.draws
    reached = np.cumsum(index, axis=1)
    central = _central(tally, experiment, names)
    confidence = (
        confidence_factors(experiment, central, np.flatnonzero(tally.index[:, 0] > 0).tolist(), tally.draws)
        if "confidence" in wanted
        else pd.Series(dtype=float, name="confidence")
    )
    pairs = tally.pairs / (2.0 * tally.draws)
    return RankAcceptability(
        index=pd.DataFrame(index, index=names, columns=pd.Index(places, name="rank")),
        expected_rank=as_series((index * places).sum(axis=1), matrix, "expected_rank"),
        rank_low=as_series(_quantile(reached, 0.05), matrix, "rank_low"),
        rank_high=as_series(_quantile(reached, 0.95), matrix, "rank_high"),
        pairwise=pd.DataFrame(pairs, index=names, columns=names) if tally.pairs.size else pd.DataFrame(),
        central_weights=central,
        confidence=confidence,
        draws=tally.draws,
        seed=experiment.seed,
        top=top,
        block=BLOCK,
        labels=matrix.labels,
        notes=_notes(experiment, tally),
        provenance=Provenance(
            version=__version__,
            method=f"{experiment.method!r}; {told}; block={BLOCK}",
            seed=experiment.seed,
        ),
    )


def _quantile(reached: np.ndarray, share: float) -> np.ndarray:
    return np.argmax(reached >= share - 1e-12, axis=1) + 1


def _central(tally: Tally, experiment: Experiment, names: pd.Index) -> pd.DataFrame:
    criteria = list(experiment.weights.criteria)
    if not tally.central.shape[1]:
        return pd.DataFrame(columns=criteria, dtype=float)
    first = tally.index[:, 0]
    leads = first > 0
    central = tally.central[leads] / tally.central[leads].sum(axis=1, keepdims=True)
    return pd.DataFrame(central, index=names[leads], columns=criteria)


def _notes(experiment: Experiment, tally: Tally) -> tuple[Text, ...]:
    notes = []
    if experiment.scores is None:
        notes.append(
            text("Scores did not vary in the simulation, only weights; confidence factors are then 0 or 1.")
        )
    if tally.draws < experiment.draws:
        notes.append(
            text(
                "Stopped after {draws} draws: the standard error asked for was reached.",
                draws=tally.draws,
            )
        )
    return tuple(notes)


def _told(weight_distribution: object, score_distribution: object) -> str:
    scores = getattr(score_distribution, "__qualname__", score_distribution)
    kind = weight_distribution
    weights = (
        kind
        if isinstance(kind, str)
        else (repr(kind) if isinstance(kind, WeightDistribution) else type(kind).__name__)
    )
    return f"weights={weights}; scores={scores}"
