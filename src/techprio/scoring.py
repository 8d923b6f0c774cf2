"""Scores of a whole study: weights of its criteria, rankings of its sectors, values of its technologies.

The value of a technology in roles and phasing is its score without some criteria: cost already binds in
the budget; were it in the value as well, it would count twice.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.language import Text
from techprio.model.judgments import Judgments
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Method
from techprio.model.ranking import Ranking
from techprio.model.reference import PROFILE, with_profile
from techprio.model.run import RunData, derived
from techprio.model.sectors import Sector
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.methods import make_method
from techprio.ranking.rank_table import rank
from techprio.ranking.worth import RawValues
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.given import given_weights

Matrices = Mapping[str, DecisionMatrix]


def study_method(study: Study) -> Method:
    """Return the ranking method of a study."""
    settings = study.ranking
    method = make_method(settings.method, settings.options)
    return method if settings.transforms else RawValues(method)


def study_weights(study: Study, *, judgments: Judgments | None = None) -> Weights:
    """Return the weights of a study: of its panel, or those that it gives as numbers.

    ``judgments`` stand in for those of the panel, under the same settings.
    """
    settings = study.weights
    judgments = judgments or study.judgments
    if judgments is None:
        return given_weights(settings.given, criteria=[leaf.id for leaf in study.criteria.leaves])
    return ahp(
        judgments,
        priorities=settings.priorities,
        aggregate=settings.aggregate,
        groups=settings.voices,
        random_index=settings.random_index,
    )


def sector_matrices(study: Study) -> Matrices:
    """Return the decision matrix of each sector, by its code, in the order of the study."""
    return {sector.code: study.catalog.decision_matrix(sector.code) for sector in study.catalog.sectors}


@derived
def run_matrices(run: RunData) -> Matrices:
    """Return the decision matrices of the study of a run, made once for all that follows from it."""
    return sector_matrices(run.study)


def rank_study(
    study: Study,
    weights: Weights,
    method: Method | None = None,
    *,
    sectors: tuple[str, ...] = (),
    matrices: Matrices | None = None,
) -> dict[str, Ranking]:
    """Rank each sector of a study, gates applied.

    Parameters
    ----------
    study : Study
    weights : Weights
    method : Method, optional
        Instead of the study's own.
    sectors : tuple of str
        Codes of the sectors to rank; empty means all.
    matrices : mapping of str to DecisionMatrix, optional
        Those of :func:`sector_matrices`, where they are made already.

    Returns
    -------
    dict of str to Ranking
        By sector code, in the order of the study.
    """
    chosen = method or study_method(study)
    wanted: tuple[Sector, ...] = (
        tuple(study.catalog.sector(code) for code in sectors) or study.catalog.sectors
    )
    return {
        sector.code: rank(_matrix(study, sector.code, matrices), weights, chosen, gates=study.gates)
        for sector in wanted
    }


def _matrix(study: Study, code: str, matrices: Matrices | None) -> DecisionMatrix:
    return study.catalog.decision_matrix(code) if matrices is None else matrices[code]


def screened_out(rankings: Mapping[str, Ranking]) -> dict[str, Text]:
    """Return what the gates kept out of all rankings, with the reasons."""
    return {name: reason for ranking in rankings.values() for name, reason in ranking.screened.items()}


def technology_values(
    study: Study,
    weights: Weights | None = None,
    method: Method | None = None,
    *,
    matrices: Matrices | None = None,
) -> pd.Series:
    """Return the value of every technology, in the order of the catalogue.

    Parameters
    ----------
    study : Study
    weights : Weights, optional
        Those of the study, where they are known already or are to be others.
    method : Method, optional
        Instead of the study's own.
    matrices : mapping of str to DecisionMatrix, optional
        Those of :func:`sector_matrices`, where they are made already.

    Raises
    ------
    InputError
        ``value.from`` names neither the score, nor a criterion, nor a column of numbers.
    """
    source = study.value.source
    if source == "score":
        return _scores(study, weights or study_weights(study), method or study_method(study), matrices)
    if source in study.criteria.by_id:
        return study.catalog.decision_matrix().values[source].rename("value")
    if source in study.catalog.technologies:
        return study.catalog.technologies[source].astype(float).rename("value")
    known = ["score", *study.criteria.by_id, *study.catalog.technologies.columns]
    proposal = did_you_mean(source, known)
    raise InputError.argument("value.from", found=source, allowed=known, proposal=proposal)


def _scores(study: Study, weights: Weights, method: Method, matrices: Matrices | None) -> pd.Series:
    values: dict[str, float] = {}
    for sector in study.catalog.sectors:
        matrix = _matrix(study, sector.code, matrices)
        ranking = rank(matrix, weights, method, leave_out=study.value.leave_out)
        values.update(ranking.scores.to_dict())
    return pd.Series(values, name="value").reindex(study.catalog.technologies.index)


def reference_values(
    study: Study,
    weights: Weights | None = None,
    method: Method | None = None,
    *,
    matrices: Matrices | None = None,
) -> pd.Series | None:
    """Return, by technology, the value that reaches the reference profile; None where none is to be reached.

    Where candidates move each other's scores, it is the technology's own value less its lead over the
    profile, both scored together.

    Parameters
    ----------
    study : Study
    weights, method, matrices
        As in :func:`technology_values`.
    """
    profile, source = study.reference, study.value.source
    technologies = study.catalog.technologies.index
    if profile is None:
        return None
    if source in profile.values:
        return pd.Series(float(profile.values[source]), index=technologies, name="reference")
    if source != "score":
        return None
    chosen, shares = method or study_method(study), weights or study_weights(study)
    own = _scores(study, shares, chosen, matrices)
    values: dict[str, float] = {}
    for sector in study.catalog.sectors:
        matrix = with_profile(_matrix(study, sector.code, matrices), profile)
        together = rank(matrix, shares, chosen, leave_out=study.value.leave_out).scores
        line = together.pop(PROFILE)
        values.update({name: own[name] - (score - line) for name, score in together.items()})
    return pd.Series(values, name="reference").reindex(technologies).clip(lower=0)
