"""Rank acceptability by Monte Carlo simulation: how certain a rank is when weights and scores are not.

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

from techprio.arguments import check_count, validated
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.matrix import Directions
from techprio.model.provenance import Provenance
from techprio.ranking.methods import MethodLike
from techprio.ranking.validation import Table, WeightsLike
from techprio.robustness.counting import Tally, count_block, empty_tally
from techprio.robustness.experiment import BLOCK, Experiment, Sorter, as_series, default_notes, prepare
from techprio.robustness.score_sampling import Quantile
from techprio.robustness.weight_sampling import Distribution, PanelBootstrap, WeightDistribution

#: Blocks of one piece of work; sums are made inside pieces, then over pieces, whoever makes them.
PIECE = 10
#: Above this many alternatives pairs cost more than half of the ranks and must be asked for.
PAIRWISE_LIMIT = 25
EXTRAS = ("pairwise", "central_weights", "confidence")
Extra = Literal["pairwise", "central_weights", "confidence"]
Progress = Callable[[int, int], None]
#: Score draws behind a confidence factor; its standard error is then at most 0.012.
CONFIDENCE_DRAWS = 2_000


@validated
def simulate(
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
    top: int = 4,
    jobs: int | None = 1,
    leave_out: Sequence[str] = (),
    collect: Collection[Extra] | None = None,
    standard_error: float | None = None,
    progress: Progress | None = None,
) -> RankAcceptability:
    """Run a Monte Carlo simulation: draw weights and scores many times and count the ranks.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
        A DataFrame needs ``directions``. Without a spread (``low``, ``high``) the scores do not vary.
    weights : Weights, Series, mapping or sequence, optional
        What the weight distribution starts from; ``"uniform"`` needs none.
    method : method, function or str, optional
        As in :func:`techprio.rank`.
    directions : mapping, sequence or CriteriaTree, optional
        Of a DataFrame, as in :func:`techprio.rank`.
    low, high : DataFrame, shape (m, n), optional
        Spread of each score of a DataFrame; a DecisionMatrix has its own.
    draws : int
        Number of draws, or the most of them when ``standard_error`` is given.
    seed : int
        0 is a seed. The same seed gives the same numbers for any number of workers.
    weight_distribution : str or distribution, optional
        Default: the panel where the weights have one, else ``Around(spread=0.25)``; the notes state it.
        ``"panel"`` (bootstrap of the experts), ``"bayesian"`` (posterior of the panel), ``"uniform"``,
        ``"uniform_by_node"``, ``"around"``, ``"fixed"``, ``Ordered(...)``, ``Around(...)``,
        ``Intervals(...)``, or any object with
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
        What to find besides the acceptability index; by default what costs next to nothing: the central
        weights, and pairs up to 25 alternatives.
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
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> ways = {"price": "min", "range": "max"}
    >>> robust = simulate(
    ...     cars, [0.6, 0.4], directions=ways, low=0.9 * cars, high=1.1 * cars, draws=1000, seed=1, top=1
    ... )
    >>> robust.p_top().round(1).to_dict()
    {'A': 0.6, 'B': 0.4, 'C': 0.0}
    >>> print(robust.notes[0])
    Each weight was drawn within 25% of its value: no distribution of the weights was stated.
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
    check_count("top", top, least=1)
    wanted = _wanted(collect, experiment)
    stop = _Stop(standard_error, min(int(top), experiment.values.shape[0]))
    tally = _run(experiment, wanted, jobs, stop, progress)
    notes = _notes(experiment, tally, by_default=weight_distribution is None)
    return _result(tally, experiment, wanted, int(top), notes)


def run_piece(
    experiment: Experiment,
    wanted: Sequence[str],
    piece: int,
    *,
    part_of: Tally | None = None,
    sorter: Sorter | None = None,
) -> Tally:
    """Make one piece of work: up to :data:`PIECE` blocks, summed in their order."""
    sorted_draws = experiment.sorter() if sorter is None else sorter
    tally = empty_tally(experiment.values.shape, wanted, part_of=part_of)
    blocks = range(piece * PIECE, min((piece + 1) * PIECE, experiment.blocks))
    for weights, runs in sorted_draws(blocks):
        count_block(tally, runs, weights)
    return tally


@dataclass(frozen=True)
class _Stop:
    """When enough has been drawn."""

    standard_error: float | None
    top: int

    def __post_init__(self) -> None:
        if self.standard_error is not None and not 0 < self.standard_error < 1:
            raise InputError.argument(
                "standard_error", found=self.standard_error, allowed=text("between 0 and 1, e.g. 0.005")
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
    for part in _parts(experiment, wanted, jobs, range(pieces), tally):
        tally.add(part)
        if progress is not None:
            progress(tally.draws, experiment.draws)
        if stop.reached(tally):
            break
    return tally


def _parts(
    experiment: Experiment, wanted: Sequence[str], jobs: int | None, pieces: Iterable[int], tally: Tally
) -> Iterator[Tally]:
    if jobs == 1:
        sorter = experiment.sorter()
        for piece in pieces:
            yield run_piece(experiment, wanted, piece, part_of=tally, sorter=sorter)
        return
    if jobs is not None and (not isinstance(jobs, int) or isinstance(jobs, bool) or jobs == 0):
        raise InputError.argument(
            "jobs",
            found=jobs,
            allowed=text("a number of workers, -1 for all cores, None for joblib's own"),
        )
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs, return_as="generator")(
        delayed(run_piece)(experiment, wanted, piece) for piece in pieces
    )


def _wanted(collect: Collection[Extra] | None, experiment: Experiment) -> tuple[str, ...]:
    if collect is None:
        small = experiment.values.shape[0] <= PAIRWISE_LIMIT
        return ("pairwise", "central_weights") if small else ("central_weights",)
    names = (collect,) if isinstance(collect, str) else tuple(collect)
    for name in names:
        if name not in EXTRAS:
            raise InputError.argument("collect", found=name, allowed=EXTRAS)
    if "confidence" in names and "central_weights" not in names:
        names = (*names, "central_weights")
    return names


def _result(
    tally: Tally, experiment: Experiment, wanted: Sequence[str], top: int, notes: tuple[Text, ...]
) -> RankAcceptability:
    matrix = experiment.matrix
    names = matrix.values.index
    places = np.arange(1, len(names) + 1)
    index = tally.index / tally.draws
    reached = np.cumsum(index, axis=1)
    central = _central(tally, experiment, names)
    confidence = (
        _confidence_factors(experiment, central, np.flatnonzero(tally.index[:, 0] > 0).tolist(), tally.draws)
        if "confidence" in wanted
        else pd.Series(dtype=float, name="confidence")
    )
    pairs = pd.DataFrame(tally.pairs / (2.0 * tally.draws))
    if tally.pairs.size:
        pairs.index = pairs.columns = names
    return RankAcceptability(
        index=pd.DataFrame(index, index=names, columns=pd.Index(places, name="rank")),
        expected_rank=as_series((index * places).sum(axis=1), matrix, "expected_rank"),
        rank_low=as_series(_quantile(reached, 0.05), matrix, "rank_low"),
        rank_high=as_series(_quantile(reached, 0.95), matrix, "rank_high"),
        pairwise=pairs,
        central_weights=central,
        confidence=confidence,
        draws=tally.draws,
        seed=experiment.seed,
        top=top,
        block=BLOCK,
        labels=matrix.labels,
        notes=notes,
        provenance=Provenance.of(
            f"{experiment.method!r}; {_stated(experiment)}; block={BLOCK}", seed=experiment.seed
        ),
    )


def _quantile(reached: np.ndarray, share: float) -> np.ndarray:
    return np.argmax(reached >= share - 1e-12, axis=1) + 1


def _central(tally: Tally, experiment: Experiment, names: pd.Index) -> pd.DataFrame:
    criteria = list(experiment.weights.criteria)
    if not tally.central.shape[1]:
        return pd.DataFrame(np.empty((0, len(criteria))), index=names[:0], columns=criteria)
    leads = tally.index[:, 0] > 0
    central = tally.central[leads] / tally.central[leads].sum(axis=1, keepdims=True)
    return pd.DataFrame(central, index=names[leads], columns=criteria)


def _notes(experiment: Experiment, tally: Tally, *, by_default: bool) -> tuple[Text, ...]:
    notes = default_notes(experiment) if by_default else []
    if experiment.values.shape[0] == 1:
        notes.append(text("There is one alternative: it has no rank to be certain of."))
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


def _stated(experiment: Experiment) -> str:
    kind, spread = experiment.distributions
    scores = getattr(spread, "__qualname__", spread)
    if isinstance(kind, str | PanelBootstrap):
        weights = kind if isinstance(kind, str) else "panel"
    else:
        weights = repr(kind) if isinstance(kind, WeightDistribution) else type(kind).__name__
    return f"weights={weights}; scores={scores}"


def _confidence_factors(
    experiment: Experiment, central: pd.DataFrame, rows: Sequence[int], draws: int
) -> pd.Series:
    """Return the share of score draws in which an alternative is first under its central weights.

    Parameters
    ----------
    experiment : Experiment
    central : DataFrame, shape (some of m, n)
        Central weights of the alternatives that are ever first.
    rows : sequence of int
        Their places in the matrix.
    draws : int
        Score draws to use, at most :data:`CONFIDENCE_DRAWS`; a shared first place counts as first.
    """
    shares = pd.Series(0.0, index=central.index, name="confidence")
    wanted = min(draws, CONFIDENCE_DRAWS) if experiment.scores is not None else 1
    hits, drawn = np.zeros(len(rows)), 0
    blocks = range(min(-(-wanted // BLOCK), experiment.blocks) if rows else 0)
    for block, values in zip(blocks, experiment.draw_values(blocks), strict=True):
        count = min(experiment.size(block), wanted - drawn)
        for place, row in enumerate(rows):
            hits[place] += _leads(experiment, values, central.to_numpy()[place], row, count)
        drawn += count
    return shares + hits / max(drawn, 1)


def _leads(experiment: Experiment, values: np.ndarray, weights: np.ndarray, row: int, count: int) -> int:
    repeated = np.tile(weights, (count, 1))
    scores = experiment.score(values[:count] if values.ndim == 3 else values, repeated)
    runs = experiment.sort(scores)
    return int(((runs.order == row) & (runs.starts == 0)).any(axis=1).sum())
