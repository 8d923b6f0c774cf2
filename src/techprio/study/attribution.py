"""Attribute a change to the factors that changed, so that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError

Evaluate = Callable[[frozenset[str]], Any]


def shapley_parts(factors: Sequence[str], evaluate: Evaluate) -> dict[str, NDArray[np.float64]]:
    """Return the Shapley value of each factor in a change from old to new.

    The part of a factor is the mean, over all orders in which the factors could have changed, of
    what its change adds at its turn. The parts sum to ``evaluate(all) - evaluate(none)``, and a
    factor that never matters gets 0, whatever the order of the list.

    Parameters
    ----------
    factors : sequence of str
        What changed; 2 ** len(factors) cases are evaluated, each once.
    evaluate : callable
        Takes the set of factors that are new, all others being old; returns a number or an array of
        one shape for every set.

    Returns
    -------
    dict of str to ndarray

    Raises
    ------
    InputError
        A factor that stands twice, or a result that is not finite.

    References
    ----------
    L. S. Shapley, "A value for n-person games", Contributions to the Theory of Games II (1953), 307-317.

    Examples
    --------
    >>> price, amount = (2, 3), (10, 20)
    >>> cost = lambda new: price["price" in new] * amount["amount" in new]
    >>> {name: float(part) for name, part in shapley_parts(["price", "amount"], cost).items()}
    {'price': 15.0, 'amount': 25.0}
    """
    if len(set(factors)) != len(factors):
        raise InputError(f"factors must differ; got {', '.join(factors)}")
    values = {case: _value(evaluate, case) for case in _cases(factors)}
    count = len(factors)
    parts = {}
    for factor in factors:
        part = np.zeros_like(values[frozenset()])
        for case in _cases([other for other in factors if other != factor]):
            share = factorial(len(case)) * factorial(count - len(case) - 1) / factorial(count)
            part = part + share * (values[case | {factor}] - values[case])
        parts[factor] = part
    return parts


def _cases(factors: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset(chosen) for size in range(len(factors) + 1) for chosen in combinations(factors, size)]


def _value(evaluate: Evaluate, case: frozenset[str]) -> NDArray[np.float64]:
    value = np.asarray(evaluate(case), dtype=np.float64)
    if not np.isfinite(value).all():
        raise InputError(f"the case with {', '.join(sorted(case)) or 'nothing'} new has no finite result")
    return value
