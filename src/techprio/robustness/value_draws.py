"""Values of technologies under the weights and scores that a study draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.model.method import Method
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.robustness.experiment import draw_scores


def value_draws(study: Study, weights: Weights, method: Method) -> pd.DataFrame | None:
    """Draw values with the weights and scores of the simulation.

    Returns
    -------
    DataFrame or None
        A row a draw, a column a technology, in the order of the catalogue; None where the value is not
        the score.
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
    names = study.catalog.technologies.index
    return pd.DataFrame(np.column_stack([columns[name] for name in names]), columns=names)


def with_draws(study: Study, draws: int | None, seed: int | None) -> Study:
    """Return a study with another number of draws, or another seed; 0 is a seed."""
    settings = study.robustness
    chosen = replace(
        settings,
        draws=settings.draws if draws is None else draws,
        seed=settings.seed if seed is None else seed,
    )
    return replace(study, robustness=chosen)
