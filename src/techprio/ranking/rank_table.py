"""Ranking a table of alternatives: the labelled face over the methods.

Screening comes first: what fails a gate is listed with the reason, never dropped silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError, Problem, did_you_mean
from techprio.language import Text, text
from techprio.model.gates import Gate
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.method import Method
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.ranking.methods import MethodLike, bind
from techprio.ranking.order import find_ties, rank_scores
from techprio.ranking.validation import (
    Table,
    WeightsLike,
    check_left_out,
    validate_table,
    weight_shares,
    without_criteria,
)


@validated
def rank(
    table: Table,
    weights: WeightsLike,
    method: MethodLike = None,
    *,
    directions: Directions | None = None,
    gates: Gate | Sequence[Gate] = (),
    leave_out: Sequence[str] = (),
    normalize: bool = False,
) -> Ranking:
    """Rank the alternatives of a table.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
        Raw scores, alternatives by criteria; a DataFrame needs ``directions``.
    weights : Weights, Series, mapping or sequence, shape (n,)
        Matched by name; plain numbers by position.
    method : method, function or str, optional
        An object such as ``Vikor()``, a name of :data:`METHODS`, or a function
        ``(values, weights, signs) -> scores``. Default :class:`Topsis` with the vector normalization.
    directions : mapping, sequence or CriteriaTree, optional
        ``"maximize"`` (``"max"``, 1) or ``"minimize"`` (``"min"``, -1) of each criterion; a tree brings
        its scales too.
    gates : Gate or sequence of Gate
        What fails them is listed in ``Ranking.screened`` and not ranked.
    leave_out : sequence of str
        Criteria not to be used; the weights of the others are scaled up.
    normalize : bool
        Take raw weights (2, 3, 5) and divide them by their sum.

    Returns
    -------
    Ranking

    Raises
    ------
    InputError
        Whatever cannot be used, named by alternative and criterion.

    Examples
    --------
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> rank(cars, [0.6, 0.4], directions=["min", "max"]).ranks.to_dict()
    {'A': 1, 'B': 2, 'C': 3}
    >>> rank(cars, {"price": 0.6, "range": 0.4}, "vikor", directions=["min", "max"]).scores.round(3).to_dict()
    {'A': 1.0, 'B': 0.067, 'C': 0.389}
    """
    whole = validate_table(table, directions)
    check_left_out(whole, leave_out)
    passed, screened = screen(whole, gates)
    used = without_criteria(passed, leave_out)
    shares, notes = weight_shares(weights, used.criteria, normalize=normalize, leave_out=leave_out)
    ready = bind(method, used)
    scores = score(ready, used, shares)
    ranks = rank_scores(scores, bounded=ready.bounded)
    return Ranking(
        scores=scores,
        ranks=ranks,
        ties=find_ties(ranks),
        matrix=used,
        weights=shares,
        method=ready,
        reversal_possible=ready.reversal_possible,
        screened=screened,
        notes=(*notes, *_method_notes(ready, used), *ready.notes(used, shares)),
        provenance=Provenance.of(repr(ready)),
    )


def score(method: Method, matrix: DecisionMatrix, weights: pd.Series) -> pd.Series:
    """Score a matrix with a bound method and check what comes back.

    Raises
    ------
    InputError
        Scores of a wrong shape or that are no finite numbers.
    """
    found = np.asarray(method(matrix.values.to_numpy(), weights.to_numpy(), matrix.signs), dtype=float)
    needed = (matrix.shape[0],)
    if found.shape != needed:
        raise InputError(
            text(
                "{method} returned scores of shape {found}; {needed} is needed",
                method=repr(method),
                found=str(found.shape),
                needed=str(needed),
            )
        )
    if not np.isfinite(found).all():
        bad = tuple(str(matrix.alternatives[i]) for i in np.flatnonzero(~np.isfinite(found)))
        raise InputError(
            text("{method} has no finite score for {alternatives}", method=repr(method), alternatives=bad)
        )
    return pd.Series(found, index=matrix.values.index, name="score")


def screen(matrix: DecisionMatrix, gates: Gate | Sequence[Gate]) -> tuple[DecisionMatrix, Mapping[str, Text]]:
    """Split a matrix into what may be ranked and what a gate keeps out.

    Parameters
    ----------
    matrix : DecisionMatrix
    gates : Gate or sequence of Gate
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
    >>> cars = DecisionMatrix(pd.DataFrame({"price": [20, 90]}, index=["A", "B"]), {"price": "minimize"})
    >>> passed, screened = screen(cars, Gate("price", at_most=50))
    >>> passed.alternatives, str(screened["B"])
    (('A',), 'price is 90, at most 50 is allowed')
    """
    rules = _checked_gates(gates, matrix)
    screened = {}
    for alternative in matrix.alternatives:
        failed = gate_failures(rules, matrix, alternative)
        if failed:
            screened[alternative] = joined(failed)
    if screened and len(screened) == matrix.shape[0]:
        problems = [
            Problem("", "", name, "", why, text("a value that passes")) for name, why in screened.items()
        ]
        raise InputError(text("the gates leave nothing to rank"), problems)
    return (matrix.without(*screened) if screened else matrix), screened


def gate_failures(
    gates: Sequence[Gate], matrix: DecisionMatrix, alternative: str, *, keeps_from: str = "ranking"
) -> list[Text]:
    """Return why an alternative fails the gates that keep from the ranking, or from being firm."""
    asked = [gate for gate in gates if gate.keeps_from == keeps_from]
    return [why for gate in asked if (why := _failure(gate, matrix, alternative)) is not None]


def _checked_gates(gates: Gate | Sequence[Gate], matrix: DecisionMatrix) -> tuple[Gate, ...]:
    given = (gates,) if isinstance(gates, Gate) else gates
    if isinstance(given, Mapping | str) or not isinstance(given, Sequence):
        raise _no_gate(given)
    problems = []
    for gate in given:
        if not isinstance(gate, Gate):
            raise _no_gate(gate)
        if gate.criterion not in matrix.criteria:
            found = text("gate on unknown criterion {criterion!r}", criterion=gate.criterion)
            known, near = ", ".join(matrix.criteria), did_you_mean(gate.criterion, matrix.criteria)
            problems.append(Problem("", "", "gates", "", found, known, near))
        if gate.at_least is None and gate.at_most is None:
            found = text("gate on {criterion!r} has no limit", criterion=gate.criterion)
            problems.append(Problem("", "", "gates", "", found, text("at_least or at_most")))
    if problems:
        raise InputError(text("the gates cannot be used"), problems)
    return tuple(given)


def _no_gate(found: object) -> InputError:
    return InputError.argument(
        "gates",
        found=found,
        allowed=text("a Gate, or a sequence of Gate"),
        proposal=text("for example Gate('cost', at_most=50)"),
    )


def _failure(gate: Gate, matrix: DecisionMatrix, alternative: str) -> Text | None:
    value = float(matrix.values.loc[alternative, gate.criterion])
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


def joined(reasons: Sequence[Text]) -> Text:
    """Return several reasons as one text."""
    joined = reasons[0]
    for reason in reasons[1:]:
        joined = text("{first}; {second}", first=joined, second=reason)
    return joined


def _method_notes(method: Method, matrix: DecisionMatrix) -> list[Text]:
    notes = [reversal_note(method)] if matrix.shape[0] > 1 else []
    if not method.reversal_possible:
        return notes
    for criterion in matrix.criteria:
        column = matrix.values[criterion].to_numpy()
        if len(column) > 1 and (column == column[0]).all():
            notes.append(
                text(
                    "All alternatives have {value} on {criterion}; "
                    "it separates nothing and keeps its weight.",
                    value=float(column[0]),
                    criterion=matrix.labels.get(criterion, criterion),
                )
            )
    return notes


def reversal_note(method: Method) -> Text:
    """Say which normalization was used and whether another candidate could swap two others."""
    if method.reversal_possible:
        return text(
            "Scores are relative to the candidates at hand ({name}), so adding or removing one can swap two "
            "others.",
            name=method.normalization,
        )
    return text(
        "Scores are on fixed scales: each depends on nothing but the alternative itself, so adding or "
        "removing a candidate cannot swap two others (ranks of the rest may still move up or down)."
    )
