"""Confidence factors: how often an alternative is first under its own central weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from techprio.robustness.experiment import BLOCK, Experiment

#: Score draws behind a confidence factor; its standard error is then at most 0.012.
CONFIDENCE_DRAWS = 2_000


def confidence_factors(
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
