"""How much a criterion or head really counts: TOPSIS squares the weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.criteria import CriteriaTree
from techprio.model.weights import Weights


@validated
def effective_shares(
    weights: Weights | pd.Series | Mapping[str, float],
    heads: CriteriaTree | Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Return the share of each head (or criterion) in the weights and in their squares.

    Distances square the weights: a criterion with twice the weight counts four times. A head
    that splits its weight over many criteria counts for less than its weight says.

    Parameters
    ----------
    weights : Weights, Series or mapping
        Weight of each criterion by its name.
    heads : CriteriaTree or mapping of head to its criteria, optional
        Without it every criterion stands for itself.

    Returns
    -------
    DataFrame
        Index ``head``; columns ``weight`` and ``effective`` (share of w squared), each summing to 1.

    Examples
    --------
    >>> effective_shares(pd.Series({"a": 0.4, "b": 0.3, "c": 0.3}), {"A": ["a"], "B": ["b", "c"]})
          weight  effective
    head
    A        0.4   0.470588
    B        0.6   0.529412
    """
    weights = weights.overall if isinstance(weights, Weights) else pd.Series(weights, dtype=float)
    owner = {name: name for name in weights.index} if heads is None else _owners(weights, heads)
    if homeless := [str(name) for name in weights.index if name not in owner]:
        found = text("none for {names}", names=", ".join(homeless))
        raise InputError.argument("heads", found=found, allowed=text("a head for each criterion"))
    squares = weights**2
    table = pd.DataFrame({"weight": weights / weights.sum(), "effective": squares / squares.sum()})
    return table.groupby(pd.Index([owner[name] for name in weights.index], name="head"), sort=False).sum()


def _owners(weights: pd.Series, heads: CriteriaTree | Mapping[str, Sequence[str]]) -> dict[str, str]:
    if isinstance(heads, CriteriaTree):
        return {name: heads.head_of(name) for name in weights.index}
    return {name: head for head, names in heads.items() for name in names}
