"""Changing the weight of one criterion or head, the others giving way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.criteria import CriteriaTree
from techprio.model.ranking import Ranking
from techprio.model.weights import Weights
from techprio.ranking.order import rank_scores

Array = NDArray[np.float64]
Hierarchy = Weights | CriteriaTree | Mapping[str, Sequence[str]]


def check_ranking(ranking: object) -> None:
    """Refuse what is no ranking, and name the call that makes one."""
    if not isinstance(ranking, Ranking):
        raise InputError.argument(
            "ranking",
            found=text("an object of type {type}", type=type(ranking).__name__),
            allowed=text("a Ranking"),
            proposal=text("rank first: tp.rank(table, weights, method)"),
        )


def members_of(node: str, criteria: Sequence[str], hierarchy: Hierarchy | None = None) -> list[str]:
    """Return the criteria under a node of the tree; a criterion is its own.

    Raises
    ------
    InputError
        A name that is neither a criterion nor a node, or the root (its weight is always 1).

    Examples
    --------
    >>> members_of("A", ["a", "b", "c"], {"root": ["A", "c"], "A": ["a", "b"]})
    ['a', 'b']
    """
    if node in criteria:
        return [node]
    tree = hierarchy.hierarchy if isinstance(hierarchy, Weights | CriteriaTree) else hierarchy or {}
    if node not in tree:
        known = list(dict.fromkeys([*criteria, *tree]))
        raise InputError.argument(
            "criterion",
            found=text("unknown criterion or head {name!r}", name=str(node)),
            allowed=tuple(map(str, known)),
            proposal=did_you_mean(str(node), known),
        )
    below = [leaf for child in tree[node] for leaf in _leaves(child, tree)]
    members = [name for name in below if name in criteria]
    if not members or len(members) == len(criteria):
        raise InputError(
            text(
                "the weight of {name!r} cannot change: it holds {count} of {all} criteria",
                name=node,
                count=len(members),
                all=len(criteria),
            )
        )
    return members


def _leaves(node: str, tree: Mapping[str, Sequence[str]]) -> list[str]:
    if node not in tree:
        return [node]
    return [leaf for child in tree[node] for leaf in _leaves(child, tree)]


def changed_weights(
    weights: pd.Series,
    members: Sequence[str],
    new: float | Sequence[float] | Array,
    *,
    others: Literal["in_proportion", "equally"] = "in_proportion",
) -> Array:
    """Return the weights with the members together at a new weight.

    Parameters
    ----------
    weights : Series, shape (n,)
        Sums to 1.
    members : sequence of str
        They keep their proportions among themselves.
    new : float or array, shape (k,)
        Weight of the members together.
    others : {"in_proportion", "equally"}
        How the other criteria give way; ``"equally"`` takes the same amount from each and needs
        them to be large enough.

    Returns
    -------
    array, shape (n,) or (k, n)
        Each sums to 1.

    Examples
    --------
    >>> changed_weights(pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}), ["a"], 0.0).tolist()
    [0.0, 0.6, 0.4]
    """
    at = np.atleast_1d(np.asarray(new, dtype=float))
    if not ((at >= 0) & (at <= 1)).all():
        raise InputError.argument("new", found=new, allowed=text("a weight, 0 to 1"))
    inside = weights.index.isin(members)
    base = weights.to_numpy(float)
    changed = np.empty((len(at), len(base)))
    changed[:, inside] = at[:, None] * _proportions(base[inside])
    if others == "in_proportion":
        changed[:, ~inside] = (1.0 - at[:, None]) * _proportions(base[~inside])
    elif others == "equally":
        changed[:, ~inside] = base[~inside] - (at[:, None] - base[inside].sum()) / (~inside).sum()
        if (changed < -1e-12).any():
            raise InputError(
                text(
                    "new weight {new}: taken equally from the others, it leaves one of them below 0",
                    new=repr(new),
                )
            )
        changed = np.clip(changed, 0.0, None)
    else:
        raise InputError.argument("others", found=others, allowed=("in_proportion", "equally"))
    return changed[0] if np.ndim(new) == 0 else changed


def _proportions(part: Array) -> Array:
    total = part.sum()
    return part / total if total > 0 else np.full(len(part), 1.0 / max(len(part), 1))


@validated
def change_weights(
    ranking: Ranking,
    criterion: str,
    changes: Sequence[float],
    *,
    hierarchy: Hierarchy | None = None,
    others: Literal["in_proportion", "equally"] = "in_proportion",
) -> pd.DataFrame:
    """Return the ranks after relative changes of one weight.

    Parameters
    ----------
    ranking : Ranking
    criterion : str
        A criterion, or a head when ``hierarchy`` is given.
    changes : sequence of float
        0.25 is a quarter more, -0.25 a quarter less; the weight never leaves 0..1.
    hierarchy : Weights, CriteriaTree or mapping, optional
    others : {"in_proportion", "equally"}

    Returns
    -------
    DataFrame of int, shape (m, len(changes))

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> ranking = tp.rank(matrix, {"price": 0.6, "range": 0.4}, tp.Topsis("minmax"))
    >>> tp.robustness.change_weights(ranking, "price", [-0.5, 0.0, 0.5]).loc["B"].tolist()
    [1, 3, 3]
    """
    check_ranking(ranking)
    members = members_of(criterion, ranking.matrix.criteria, hierarchy)
    now = float(ranking.weights[members].sum())
    if not len(changes):
        raise InputError.argument("changes", found=text("nothing"), allowed=text("a sequence of numbers"))
    at = np.clip([now * (1.0 + change) for change in changes], 0.0, 1.0)
    scores = scores_at(ranking, changed_weights(ranking.weights, members, at, others=others))
    return pd.DataFrame(
        {change: _ranks(ranking, row) for change, row in zip(changes, scores, strict=True)},
        index=ranking.scores.index,
    )


def scores_at(ranking: Ranking, weights: Array) -> Array:
    """Score the matrix of a ranking under other weights, shape (k, m)."""
    found = ranking.method(ranking.matrix.values.to_numpy(), weights, ranking.matrix.signs)
    return np.asarray(found, dtype=np.float64)


def _ranks(ranking: Ranking, scores: Array) -> Array:
    return rank_scores(scores, bounded=ranking.method.bounded).to_numpy()
