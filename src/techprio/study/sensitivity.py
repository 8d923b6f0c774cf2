"""How far each weight may move before the list of a sector changes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.robustness.walk import stability_intervals

COLUMNS = ["sector", "node", "weight", "leader_low", "leader_high", "top_low", "top_high"]


def stability_of_sectors(study: Study, rankings: Mapping[str, Ranking], weights: Weights) -> pd.DataFrame:
    """Return the stability intervals of heads and criteria in every sector.

    Returns
    -------
    DataFrame
        Columns ``sector, node, weight, leader_low, leader_high, top_low, top_high``.
    """
    frames = []
    for code, ranking in rankings.items():
        if len(ranking.scores) < 2:
            continue
        heads = [head.id for head in study.criteria.heads if not head.is_leaf]
        table = stability_intervals(
            ranking,
            nodes=[*heads, *ranking.matrix.criteria],
            hierarchy=study.criteria,
            top=study.ranking.top,
        )
        frames.append(table.assign(sector=code))
    return pd.concat(frames, ignore_index=True)[COLUMNS] if frames else pd.DataFrame(columns=COLUMNS)
