"""Rank reversal tests: take one alternative away, or enter one twice, and see who changes places."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.model.matrix import DecisionMatrix
from techprio.model.ranking import Ranking
from techprio.ranking.order import rank_scores
from techprio.ranking.rank_table import score
from techprio.robustness.weight_change import check_ranking

COLUMNS = ["alternative", "swapped_pairs", "pairs", "leader_before", "leader_after", "example"]


@validated
def leave_one_out(ranking: Ranking) -> pd.DataFrame:
    """Rank without each alternative in turn and count the pairs of others that change places.

    Parameters
    ----------
    ranking : Ranking

    Returns
    -------
    DataFrame
        One row an alternative that is left out: ``alternative, swapped_pairs, pairs, leader_before,
        leader_after, example``; leaders are the first of the others, ``example`` is a swapped pair.
        A pair that was or becomes equal counts as swapped only if its order turns round.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> tp.robustness.leave_one_out(ranking)[["alternative", "swapped_pairs", "leader_after"]].values.tolist()
    [['A', 0, 'C'], ['B', 0, 'A'], ['C', 0, 'A']]
    """
    check_ranking(ranking)
    if ranking.matrix.shape[0] < 2:
        return pd.DataFrame(columns=COLUMNS)
    return _test(ranking, lambda matrix, name: matrix.without(name))


@validated
def clone_test(ranking: Ranking) -> pd.DataFrame:
    """Enter each alternative a second time in turn and count the pairs of others that change places.

    Parameters
    ----------
    ranking : Ranking

    Returns
    -------
    DataFrame
        As from :func:`leave_one_out`.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> tp.robustness.clone_test(ranking)["swapped_pairs"].tolist()
    [0, 0, 0]
    """
    check_ranking(ranking)
    return _test(ranking, _with_clone)


def _test(ranking: Ranking, change: Callable[[DecisionMatrix, str], DecisionMatrix]) -> pd.DataFrame:
    rows = []
    for name in ranking.matrix.alternatives:
        others = [other for other in ranking.matrix.alternatives if other != name]
        after = _rank(ranking, change(ranking.matrix, name))[others]
        before = ranking.ranks[others]
        swapped = _swapped(before, after)
        example = " / ".join(map(str, swapped[0])) if swapped else ""
        pairs = len(others) * (len(others) - 1) // 2
        rows.append((name, len(swapped), pairs, _leader(before), _leader(after), example))
    return pd.DataFrame(rows, columns=COLUMNS)


def _rank(ranking: Ranking, matrix: DecisionMatrix) -> pd.Series:
    scores = score(ranking.method, matrix, ranking.weights)
    return rank_scores(scores, bounded=ranking.method.bounded)


def _with_clone(matrix: DecisionMatrix, name: str) -> DecisionMatrix:
    def twice(table: pd.DataFrame | None) -> pd.DataFrame | None:
        if table is None:
            return None
        copy = table.loc[[name]].rename(index={name: f"{name} (copy)"})
        return pd.concat([table, copy])

    values = twice(matrix.values)
    assert values is not None
    return DecisionMatrix(
        values=values,
        directions=matrix.directions,
        units=matrix.units,
        scales=matrix.scales,
        labels=matrix.labels,
        name=matrix.name,
    )


def _swapped(before: pd.Series, after: pd.Series) -> list[tuple[object, object]]:
    was, now = before.to_numpy(), after.to_numpy()
    turned = np.sign(was[:, None] - was) * np.sign(now[:, None] - now) < 0
    rows, columns = np.nonzero(np.triu(turned))
    return [(before.index[a], before.index[b]) for a, b in zip(rows, columns, strict=True)]


def _leader(ranks: pd.Series) -> object:
    return min(ranks.index[ranks == ranks.min()], key=str)
