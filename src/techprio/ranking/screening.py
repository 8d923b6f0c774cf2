"""Screening before ranking: what fails a gate is listed with the reason, never dropped silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from techprio.errors import InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.matrix import DecisionMatrix
from techprio.model.study import Gate


def screen(matrix: DecisionMatrix, gates: Sequence[Gate]) -> tuple[DecisionMatrix, Mapping[str, Text]]:
    """Split a matrix into what may be ranked and what a gate keeps out.

    Parameters
    ----------
    matrix : DecisionMatrix
    gates : sequence of Gate
        ``at_least`` and ``at_most`` are in raw units; a value on the line passes.

    Returns
    -------
    matrix : DecisionMatrix
        Only the alternatives that pass.
    screened : mapping of str to Text
        The others, each with every gate that it fails.

    Raises
    ------
    InputError
        A gate on an unknown criterion or without a limit, or gates that leave nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> cars = DecisionMatrix(pd.DataFrame({"price": [20, 90]}, index=["A", "B"]), {"price": "minimize"})
    >>> passed, screened = screen(cars, [Gate("price", at_most=50)])
    >>> passed.alternatives, str(screened["B"])
    (('A',), 'price is 90, at most 50 is allowed')
    """
    for gate in gates:
        _check_gate(gate, matrix)
    screened: dict[str, Text] = {}
    for alternative in matrix.alternatives:
        reasons = [_failure(gate, matrix, alternative) for gate in gates]
        failed = [reason for reason in reasons if reason is not None]
        if failed:
            screened[alternative] = _join(failed)
    if screened and len(screened) == matrix.shape[0]:
        raise InputError(
            f"the gates leave nothing to rank: {'; '.join(f'{a}: {r}' for a, r in screened.items())}"
        )
    return (matrix.without(*screened) if screened else matrix), screened


def _check_gate(gate: Gate, matrix: DecisionMatrix) -> None:
    if gate.criterion not in matrix.criteria:
        hint = did_you_mean(gate.criterion, matrix.criteria)
        raise InputError(f"gate on unknown criterion {gate.criterion!r}; {hint}")
    if gate.at_least is None and gate.at_most is None:
        raise InputError(f"gate on {gate.criterion!r} has no limit; give at_least or at_most")


def _failure(gate: Gate, matrix: DecisionMatrix, alternative: str) -> Text | None:
    value = float(matrix.values.at[alternative, gate.criterion])
    name = matrix.labels.get(gate.criterion, gate.criterion)
    if gate.at_least is not None and value < gate.at_least:
        reason = text(
            "{criterion} is {value}, at least {limit} is needed",
            criterion=name,
            value=value,
            limit=float(gate.at_least),
        )
    elif gate.at_most is not None and value > gate.at_most:
        reason = text(
            "{criterion} is {value}, at most {limit} is allowed",
            criterion=name,
            value=value,
            limit=float(gate.at_most),
        )
    else:
        return None
    return text("{finding}: {reason}", finding=reason, reason=gate.reason) if any(gate.reason) else reason


def _join(reasons: Sequence[Text]) -> Text:
    joined = reasons[0]
    for reason in reasons[1:]:
        joined = text("{first}; {second}", first=joined, second=reason)
    return joined
