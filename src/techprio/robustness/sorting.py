"""Sorting that is uncertain: categories of ELECTRE TRI-B (SMAA-TRI), and who reaches the reference profile.

References
----------
Tervonen T., Figueira J.R., Lahdelma R., Almeida Dias J., Salminen P. (2009) A stochastic method for
robustness analysis in sorting problems. European Journal of Operational Research 192(1), 236-242.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.method import Method
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.reference import PROFILE, ReferenceProfile, with_profile
from techprio.model.sorting import CategoryAcceptability
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.electre_tri import Procedure, assigned, prepare_sorting
from techprio.ranking.methods import MethodLike
from techprio.ranking.rank_table import rank
from techprio.ranking.validation import Table, WeightsLike, validate_table, weight_shares
from techprio.ranking.weighted_sum import WeightedSum
from techprio.robustness.experiment import Experiment, default_notes, prepare
from techprio.robustness.priority_rule import EQUAL, Rule
from techprio.robustness.score_sampling import Quantile, generator
from techprio.robustness.weight_sampling import Distribution

#: The stream of the cutting level beside those of weights and scores.
CUT_STREAM = 2


@validated
def smaa_tri(
    table: Table,
    weights: WeightsLike | None,
    profiles: pd.DataFrame,
    *,
    directions: Directions | None = None,
    low: pd.DataFrame | None = None,
    high: pd.DataFrame | None = None,
    categories: Sequence[str] | None = None,
    indifference: Mapping[str, float] | None = None,
    preference: Mapping[str, float] | None = None,
    veto: Mapping[str, float] | None = None,
    cut: float | tuple[float, float] = 0.75,
    procedure: Procedure = "pessimistic",
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: Distribution | None = None,
    score_distribution: str | Quantile = "triangular",
) -> CategoryAcceptability:
    """Find in which share of the draws each alternative is assigned to each category.

    Parameters
    ----------
    table, weights, directions, low, high, draws, seed, weight_distribution, score_distribution
        As in :func:`techprio.simulate`; the draws of weights and values are the same.
    profiles, categories, indifference, preference, veto, procedure
        As in :func:`techprio.ranking.electre_tri_b`.
    cut : float or (float, float)
        Cutting level; two numbers are the ends between which it is drawn.

    Returns
    -------
    CategoryAcceptability

    Raises
    ------
    InputError
        Whatever sorting or simulation cannot use.

    Notes
    -----
    ``stated`` is the category under the given weights (the mean of the drawn ones where none are given),
    the values as they stand and the middle of the cutting levels.

    Examples
    --------
    >>> bids = pd.DataFrame({"cost": [75, 28], "skill": [67, 80]}, index=["a1", "a2"])
    >>> bound = pd.DataFrame({"cost": [50], "skill": [60]}, index=["b"])
    >>> found = smaa_tri(
    ...     bids, None, bound, directions=["max", "max"], cut=(0.5, 1.0), weight_distribution="uniform",
    ...     draws=10_000, seed=1,
    ... )
    >>> found.index["C2"].round(2).to_dict()  # the weight of skill reaches the cut in a quarter
    {'a1': 1.0, 'a2': 0.25}
    """
    ends = tuple(cut) if isinstance(cut, tuple | list) else (cut, cut)
    if len(ends) != 2:
        raise InputError.argument("cut", found=cut, allowed=text("a number, or the two ends of a range"))
    matrix = validate_table(table, directions, low=low, high=high)
    sorter = prepare_sorting(
        matrix, profiles, categories, (indifference, preference, veto), (float(ends[0]), float(ends[1]))
    )
    experiment = prepare(
        sorter.matrix, weights, WeightedSum("none"), draws=draws, seed=seed,
        weight_distribution=weight_distribution, score_distribution=score_distribution,
    )  # fmt: skip
    counts = np.zeros((len(matrix.alternatives), len(sorter.names)))
    total = np.zeros(len(matrix.criteria))
    blocks = range(experiment.blocks)
    for block, values in zip(blocks, experiment.draw_values(blocks), strict=True):
        drawn = experiment.draw_weights([block])
        total += drawn.sum(axis=0)
        stacked = values if values.ndim == 3 else np.broadcast_to(values, (len(drawn), *values.shape))
        up, down = sorter.profiles.credibility(stacked, drawn)
        places = assigned(up, down, _cuts(experiment, block, ends), procedure)
        for place in range(len(sorter.names)):
            counts[:, place] += (places == place).sum(axis=0)
    given = total / total.sum()
    if weights is not None:
        given = weight_shares(weights, matrix.criteria)[0].to_numpy(float)
    up, down = sorter.profiles.credibility(experiment.values, given)
    stated = assigned(up, down, float(np.mean(ends)), procedure)
    index = matrix.values.index
    return CategoryAcceptability(
        index=pd.DataFrame(counts / experiment.draws, index=index, columns=list(sorter.names)),
        stated=pd.Series([sorter.names[place] for place in stated], index=index, name="category"),
        draws=experiment.draws,
        seed=experiment.seed,
        labels=matrix.labels,
        notes=tuple(default_notes(experiment)) if weight_distribution is None else (),
        provenance=Provenance.of(f"smaa_tri(cut={cut}, procedure={procedure!r})", seed=experiment.seed),
    )


def _cuts(experiment: Experiment, block: int, ends: tuple[float, float]) -> np.ndarray:
    count = experiment.size(block)
    if ends[0] == ends[1]:
        return np.full(count, ends[0])
    return generator(experiment.seed, block, CUT_STREAM).uniform(*ends, size=count)


#: The two categories, the worse first.
BELOW, REACHES = "below", "reaches"


@validated
def reach_profile(
    matrix: DecisionMatrix,
    weights: WeightsLike,
    method: MethodLike,
    profile: ReferenceProfile,
    *,
    rule: Rule = "score",
    draws: int = 10_000,
    seed: int = 0,
    weight_distribution: Distribution | None = None,
    score_distribution: str | Quantile = "triangular",
) -> CategoryAcceptability:
    """Find in which share of the draws each alternative reaches a reference profile.

    Parameters
    ----------
    matrix : DecisionMatrix
    weights, method, draws, seed, weight_distribution, score_distribution
        As in :func:`techprio.simulate`.
    profile : ReferenceProfile
        With a value on each criterion of the matrix.
    rule : {"score", "outranking"}
        Its score is at least that of the profile, which stands in the matrix as one more alternative; or it
        outranks the profile as in the pessimistic procedure of ELECTRE TRI-B, with the thresholds and the
        cutting level of the profile (SMAA-TRI).

    Returns
    -------
    CategoryAcceptability
        With the categories ``below`` and ``reaches``.

    Raises
    ------
    InputError
        Whatever a simulation cannot use, or a profile without a value on a criterion.

    Examples
    --------
    >>> cars = pd.DataFrame({"price": [20.0, 25.0]}, index=["A", "B"])
    >>> matrix = DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> found = reach_profile(
    ...     matrix, [1.0], "weighted_sum", ReferenceProfile({"price": 20}), weight_distribution="fixed"
    ... )
    >>> found.p_best().round(1).to_dict(), found.stated.to_dict()
    ({'A': 0.5, 'B': 0.0}, {'A': 'reaches', 'B': 'below'})
    """
    names, categories = list(matrix.criteria), (BELOW, REACHES)
    if rule == "outranking":
        bound = pd.DataFrame([[profile.values[c] for c in names]], [PROFILE], names)
        limits = profile.thresholds(names)
        return smaa_tri(
            matrix, weights, bound, categories=categories, cut=profile.cut,
            indifference=limits["indifference"], preference=limits["preference"], veto=limits["veto"],
            draws=draws, seed=seed, weight_distribution=weight_distribution,
            score_distribution=score_distribution,
        )  # fmt: skip
    experiment = prepare(
        with_profile(matrix, profile), weights, method, draws=draws, seed=seed,
        weight_distribution=weight_distribution, score_distribution=score_distribution,
    )  # fmt: skip
    reached = np.zeros(len(matrix.alternatives))
    for scores in experiment.block_scores():
        reached += (scores[:, :-1] >= scores[:, -1:] - EQUAL).sum(axis=0)
    share = reached / experiment.draws
    stated = rank(experiment.matrix, weights, method).scores
    above = stated.iloc[:-1] >= stated.iloc[-1] - EQUAL
    index = matrix.values.index
    return CategoryAcceptability(
        index=pd.DataFrame({BELOW: 1 - share, REACHES: share}, index=index),
        stated=pd.Series(np.where(above, REACHES, BELOW), index=index, name="category"),
        draws=experiment.draws,
        seed=experiment.seed,
        labels=matrix.labels,
        notes=_profile_notes(share),
        provenance=Provenance.of(f"reach_profile({rule!r}, {experiment.method!r})", seed=experiment.seed),
    )


def _profile_notes(share: np.ndarray) -> tuple[Text, ...]:
    if not share.any():
        return (text("No alternative reaches the reference profile in any draw: the class has no members."),)
    if (share == 1).all():
        return (text("Every alternative reaches the reference profile in every draw."),)
    return ()


def reached_in_study(
    study: Study, rankings: Mapping[str, Ranking], weights: Weights, method: Method
) -> dict[str, CategoryAcceptability]:
    """Return, by sector, what reaches the reference profile of a study; empty where its rule needs none."""
    settings, profile = study.robustness, study.reference
    rule = study.ranking.priority
    if profile is None or rule == "top":
        return {}
    return {
        code: reach_profile(
            ranking.matrix, weights, method, profile, rule=rule, draws=settings.draws, seed=settings.seed,
            weight_distribution=settings.weights, score_distribution=settings.scores,
        )
        for code, ranking in rankings.items()
    }  # fmt: skip
