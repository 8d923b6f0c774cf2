"""Judgments and data together."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.weights import Weights
from techprio.weighting.given import make_weights

Rule = Literal["product", "linear"]
RULES: tuple[Rule, ...] = get_args(Rule)


def combine_weights(
    subjective: Weights, objective: Weights, *, rule: Rule = "product", share: float = 0.5
) -> Weights:
    """Combine two sets of weights of the same criteria, matched by name.

    Parameters
    ----------
    subjective, objective : Weights
    rule : {"product", "linear"}
        ``"product"``: w proportional to subjective^(2 share) objective^(2 (1 - share)), the plain product for
        share 0.5. A criterion of weight 0 in one of them keeps 0. ``"linear"``: share subjective +
        (1 - share) objective.
    share : float
        From 0 (objective only) to 1 (subjective only).

    Raises
    ------
    InputError
        Different criteria, an unknown rule, a share outside 0..1, no criterion above 0 in both.

    References
    ----------
    Hwang and Yoon 1981, *Multiple Attribute Decision Making*, section 2.2.

    Examples
    --------
    >>> import techprio as tp
    >>> said = tp.given_weights({"a": 0.5, "b": 0.5})
    >>> seen = tp.given_weights({"b": 0.2, "a": 0.8})
    >>> combine_weights(said, seen).overall.round(3).to_dict()
    {'a': 0.8, 'b': 0.2}
    """
    if rule not in RULES:
        raise InputError.argument("rule", found=rule, allowed=RULES, proposal=did_you_mean(str(rule), RULES))
    if not (np.isfinite(share) and 0 <= share <= 1):
        raise InputError.argument("share", found=share, allowed=text("a number from 0 to 1"))
    names = list(subjective.overall.index)
    said, seen = subjective.overall.to_numpy(), objective.aligned(names)
    if rule == "linear":
        mixed = share * said + (1 - share) * seen
    else:
        mixed = said ** (2 * share) * seen ** (2 * (1 - share))
    if mixed.sum() == 0:
        raise InputError(text("no criterion has a weight above 0 in both; use rule='linear'"))
    return make_weights(
        pd.Series(mixed / mixed.sum(), index=names),
        f"combine_weights({subjective.method}, {objective.method}, rule={rule!r}, share={share!r})",
        notes=(
            *subjective.notes,
            *objective.notes,
            text("the weights combine {one} and {other}", one=subjective.method, other=objective.method),
        ),
    )
