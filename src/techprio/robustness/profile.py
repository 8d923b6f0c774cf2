"""Whether candidates reach the reference profile: by their scores, or by outranking it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Method
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.reference import PROFILE, ReferenceProfile, with_profile
from techprio.model.sorting import CategoryAcceptability
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.methods import MethodLike
from techprio.ranking.rank_table import rank
from techprio.ranking.validation import WeightsLike
from techprio.robustness.experiment import prepare
from techprio.robustness.priority_rule import EQUAL, Rule
from techprio.robustness.score_sampling import Quantile
from techprio.robustness.sorting import smaa_tri
from techprio.robustness.weight_sampling import Distribution

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
        notes=_notes(share),
        provenance=Provenance.of(f"reach_profile({rule!r}, {experiment.method!r})", seed=experiment.seed),
    )


def _notes(share: np.ndarray) -> tuple[Text, ...]:
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
