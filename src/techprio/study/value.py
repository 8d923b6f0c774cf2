"""The value of a technology in roles and phasing: its score without some criteria.

Cost already binds in the budget; were it in the value as well, it would count twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.methods import rank
from techprio.ranking.protocol import Method
from techprio.robustness.experiment import draw_scores


def technology_values(study: Study, weights: Weights, method: Method) -> pd.Series:
    """Return the value of every technology.

    Parameters
    ----------
    study : Study
    weights : Weights
    method : ranking method

    Returns
    -------
    Series
        By technology, in the order of the catalogue.

    Raises
    ------
    InputError
        ``value.from`` names neither the score, nor a criterion, nor a column of numbers.
    """
    source = study.value.source
    if source == "score":
        return _by_sector(study, lambda code: _scores(study, weights, method, code))
    if source in study.criteria.by_id:
        return study.catalog.decision_matrix().values[source].rename("value")
    if source in study.catalog.technologies:
        return study.catalog.technologies[source].astype(float).rename("value")
    known = ["score", *study.criteria.by_id, *study.catalog.technologies.columns]
    raise InputError(f"value.from: found {source!r}; {did_you_mean(source, known)}")


def value_draws(study: Study, weights: Weights, method: Method) -> NDArray[np.float64] | None:
    """Draw values with the weights and scores of the simulation.

    Returns
    -------
    array, shape (draws, m), or None
        Columns in the order of the catalogue; None where the value is not the score.
    """
    if study.value.source != "score":
        return None
    settings = study.robustness
    columns: dict[str, NDArray[np.float64]] = {}
    for sector in study.catalog.sectors:
        matrix = study.catalog.decision_matrix(sector.code)
        drawn = draw_scores(
            matrix,
            weights,
            method,
            draws=settings.draws,
            seed=settings.seed,
            weight_distribution=settings.weights,
            score_distribution=settings.scores,
            leave_out=study.value.leave_out,
        )
        columns.update(zip(matrix.alternatives, drawn.T, strict=True))
    return np.column_stack([columns[name] for name in study.catalog.technologies.index])


def value_note(study: Study) -> Text:
    """Say in one sentence what the value is."""
    left_out = ", ".join(study.value.leave_out)
    if study.value.source != "score":
        return text("Value in roles and phasing: {source}", source=study.value.source)
    if not left_out:
        return text("Value in roles and phasing: the ranking score")
    return text("Value in roles and phasing: the ranking score without {criteria}", criteria=left_out)


def _scores(study: Study, weights: Weights, method: Method, code: str) -> Mapping[str, float]:
    matrix = study.catalog.decision_matrix(code)
    return rank(matrix, weights, method, leave_out=study.value.leave_out).scores.to_dict()


def _by_sector(study: Study, scores_of: Callable[[str], Mapping[str, float]]) -> pd.Series:
    values: dict[str, float] = {}
    for sector in study.catalog.sectors:
        values.update(scores_of(sector.code))
    return pd.Series(values, name="value").reindex(study.catalog.technologies.index)
