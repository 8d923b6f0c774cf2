"""Values of technologies under the weights and scores that a study draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.model.method import Method
from techprio.model.reference import PROFILE, with_profile
from techprio.model.run import RunData, derived, keep_derived
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.robustness.experiment import draw_scores
from techprio.scoring import Matrices, run_matrices, sector_matrices, study_method

#: Draws of values that a run keeps at most: a probability is then known to less than a hundredth.
KEPT_DRAWS = 4_000
#: Values in them at most: 16 MB.
KEPT_VALUES = 2_000_000


def value_draws(
    study: Study, weights: Weights, method: Method, *, matrices: Matrices | None = None
) -> pd.DataFrame | None:
    """Draw values with the weights and scores of the simulation.

    Parameters
    ----------
    study : Study
    weights : Weights
    method : Method
    matrices : mapping of str to DecisionMatrix, optional
        Those of :func:`techprio.scoring.sector_matrices`, where they are made already.

    Returns
    -------
    DataFrame or None
        A row a draw, a column a technology, in the order of the catalogue; None where the value is not
        the score.
    """
    if study.value.source != "score":
        return None
    return _drawn(study, weights, method, sector_matrices(study) if matrices is None else matrices)


def keep_value_draws(run: RunData, drawn: pd.DataFrame | None) -> None:
    """Let a run keep the first draws of its values, where they are few enough; else they are drawn again."""
    if drawn is None or KEPT_DRAWS * drawn.shape[1] <= KEPT_VALUES:
        keep_derived(run, run_value_draws, None if drawn is None else drawn.head(KEPT_DRAWS).copy())


@derived
def run_value_draws(run: RunData) -> pd.DataFrame | None:
    """Return the first draws of the values of a run, :data:`KEPT_DRAWS` at most."""
    study = with_draws(run.study, min(run.study.robustness.draws, KEPT_DRAWS), None)
    return value_draws(study, run.weights, study_method(study), matrices=run_matrices(run))


def reference_draws(
    study: Study,
    weights: Weights,
    method: Method,
    drawn: pd.DataFrame | None,
    *,
    matrices: Matrices | None = None,
) -> pd.DataFrame | None:
    """Draw the value that reaches the reference profile, in the draws of :func:`value_draws`.

    Parameters
    ----------
    study, weights, method, matrices
        As in :func:`value_draws`.
    drawn : DataFrame or None
        What that gave.

    Returns
    -------
    DataFrame or None
        In the form of ``drawn``; None where there is no profile, or the value is not the score.
    """
    profile = study.reference
    if profile is None or drawn is None:
        return None
    given = sector_matrices(study) if matrices is None else matrices
    lines: dict[str, NDArray[np.float64]] = {}
    for matrix in given.values():
        own = _drawn(study, weights, method, {"": with_profile(matrix, profile)})
        for name in matrix.alternatives:
            lines[name] = drawn[name].to_numpy() - (own[name] - own[PROFILE]).to_numpy()
    return pd.DataFrame(lines)[list(drawn.columns)]


def _drawn(study: Study, weights: Weights, method: Method, matrices: Matrices) -> pd.DataFrame:
    settings = study.robustness
    columns: dict[str, NDArray[np.float64]] = {}
    for matrix in matrices.values():
        found = draw_scores(
            matrix,
            weights,
            method,
            draws=settings.draws,
            seed=settings.seed,
            weight_distribution=settings.weights,
            score_distribution=settings.scores,
            leave_out=study.value.leave_out,
        )
        columns.update(zip(matrix.alternatives, found.T, strict=True))
    known = [name for name in study.catalog.technologies.index if name in columns]
    names = [*known, *(name for name in columns if name == PROFILE)]
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
