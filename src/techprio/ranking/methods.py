"""The table of methods, and the labelled face over them: :func:`rank`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from techprio import __version__
from techprio.errors import InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.fields import Field, fields_of
from techprio.model.matrix import DecisionMatrix
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.study import Gate
from techprio.ranking.order import find_ties, rank_scores
from techprio.ranking.promethee import Promethee2
from techprio.ranking.protocol import Method, bind
from techprio.ranking.pymcdm_methods import ALLOWED, REFUSED, from_pymcdm
from techprio.ranking.screening import screen
from techprio.ranking.topsis import Topsis
from techprio.ranking.validation import WeightsLike, usable_matrix, usable_weights
from techprio.ranking.vikor import Vikor
from techprio.ranking.weighted_product import WeightedProduct
from techprio.ranking.weighted_sum import WeightedSum

#: The methods with a kernel of our own, by the name that a study uses.
METHODS: dict[str, type] = {
    "topsis": Topsis,
    "weighted_sum": WeightedSum,
    "weighted_product": WeightedProduct,
    "vikor": Vikor,
    "promethee2": Promethee2,
}


def option_fields(name: str) -> tuple[Field, ...]:
    """Return the options of a method as fields of a file; none of a name that is unknown.

    Examples
    --------
    >>> [field.name for field in option_fields("vikor")], [field.name for field in option_fields("waspas")]
    (['v'], ['l'])
    """
    if name in METHODS:
        return fields_of(METHODS[name])
    return ALLOWED[name].options if name in ALLOWED else ()


def make_method(name: str, **options: Any) -> Method:
    """Make a method from its name and options, as a study or a command line gives them.

    Parameters
    ----------
    name : str
        One of :data:`METHODS`, or a pymcdm method on the allow-list.
    **options
        Fields of the method, for example ``normalization="reference"``.

    Raises
    ------
    InputError
        An unknown name or option; it says which ones there are.

    Examples
    --------
    >>> make_method("topsis", normalization="reference")
    Topsis(normalization='reference')
    """
    if name in ALLOWED or name in REFUSED:
        return from_pymcdm(name, **options)
    if name not in METHODS:
        known = [*METHODS, *ALLOWED]
        hint = did_you_mean(str(name), known)
        raise InputError(f"unknown ranking method {name!r}; known: {', '.join(known)}; {hint}")
    kind = METHODS[name]
    fields = [field.attribute for field in option_fields(name)]
    for option in options:
        if option not in fields:
            raise InputError(
                f"method {name!r} has no option {option!r}; it has: {', '.join(fields) or 'none'}"
            )
    method: Method = kind(**options)
    return method


def rank(
    matrix: DecisionMatrix | pd.DataFrame,
    weights: WeightsLike,
    method: Method | None = None,
    *,
    gates: Sequence[Gate] = (),
    directions: Mapping[str, str] | Sequence[str] | None = None,
    leave_out: Sequence[str] = (),
    normalize: bool = False,
    inputs: Mapping[str, str] | None = None,
) -> Ranking:
    """Rank the alternatives of a matrix.

    Parameters
    ----------
    matrix : DecisionMatrix or DataFrame, shape (m, n)
        A plain table needs ``directions``.
    weights : Weights, Series, mapping or array, shape (n,)
        Matched by name; plain numbers by position.
    method : callable, optional
        Default :class:`Topsis` with the vector normalization; any callable of the shape of
        :class:`~techprio.ranking.protocol.Method` will do.
    gates : sequence of Gate
        What fails them is listed in ``Ranking.screened`` and not ranked.
    directions : mapping or sequence of {"maximize", "minimize"}, optional
    leave_out : sequence of str
        Criteria not to be used; the weights of the others are scaled up.
    normalize : bool
        Take raw weights (2, 3, 5) and divide them by their sum.
    inputs : mapping of str to str, optional
        SHA-256 of the files behind the data, for the provenance.

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
    >>> ranking = rank(cars, [0.6, 0.4], directions=["minimize", "maximize"])
    >>> ranking.ranks.to_dict()
    {'A': 1, 'B': 2, 'C': 3}
    """
    method = Topsis() if method is None else method
    whole = usable_matrix(matrix, directions)
    check_left_out(whole, leave_out)
    passed, screened = screen(whole, gates)
    used = without_criteria(passed, leave_out)
    shares, notes = usable_weights(weights, used.criteria, normalize=normalize, leave_out=leave_out)
    ready = bind(method, used)
    scores = score(ready, used, shares)
    ranks = rank_scores(scores, bounded=getattr(ready, "bounded", None))
    reversal = bool(getattr(ready, "reversal_possible", True))
    return Ranking(
        scores=scores,
        ranks=ranks,
        ties=find_ties(ranks),
        matrix=used,
        weights=shares,
        method=ready,
        reversal_possible=reversal,
        screened=screened,
        notes=(*notes, *_method_notes(ready, used, reversal), *_own_notes(ready, used, shares)),
        provenance=Provenance(version=__version__, method=repr(ready), inputs=dict(inputs or {})),
    )


def score(method: Method, matrix: DecisionMatrix, weights: pd.Series) -> pd.Series:
    """Score a matrix with a bound method and check what comes back.

    Raises
    ------
    InputError
        Scores of a wrong shape or that are no finite numbers.
    """
    found = np.asarray(method(matrix.values.to_numpy(), weights.to_numpy(), matrix.signs), dtype=float)
    if found.shape != (matrix.shape[0],):
        raise InputError(f"{method!r} returned scores of shape {found.shape}; {(matrix.shape[0],)} is needed")
    if not np.isfinite(found).all():
        bad = [matrix.alternatives[i] for i in np.flatnonzero(~np.isfinite(found))]
        raise InputError(f"{method!r} has no finite score for {', '.join(map(str, bad))}")
    return pd.Series(found, index=matrix.values.index, name="score")


def check_left_out(matrix: DecisionMatrix, leave_out: Sequence[str]) -> None:
    """Refuse to leave out a criterion that is not there, or all of them."""
    if isinstance(leave_out, str):
        raise InputError(
            f"leave_out: found {leave_out!r}; allowed: a sequence of criteria such as [{leave_out!r}]"
        )
    for name in leave_out:
        if name not in matrix.criteria:
            hint = did_you_mean(str(name), matrix.criteria)
            raise InputError(f"leave_out names unknown criterion {name!r}; {hint}")
    if len(set(leave_out)) == matrix.shape[1]:
        raise InputError("leave_out names every criterion; at least one must stay")


def without_criteria(matrix: DecisionMatrix, leave_out: Sequence[str]) -> DecisionMatrix:
    """Return the matrix without some criteria."""
    if not leave_out:
        return matrix
    return matrix.select(criteria=[c for c in matrix.criteria if c not in leave_out])


def _method_notes(method: Method, matrix: DecisionMatrix, reversal: bool) -> list[Text]:
    notes = [reversal_note(method, reversal)]
    if not reversal:
        return notes
    values = matrix.values
    for criterion in matrix.criteria:
        column = values[criterion].to_numpy()
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


def _own_notes(method: Method, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
    notes: Sequence[Text] = method.notes(matrix, weights) if hasattr(method, "notes") else ()
    return notes


def reversal_note(method: Method, reversal: bool) -> Text:
    """Say which normalization was used and whether another candidate could swap two others."""
    name = str(getattr(method, "normalization", "none"))
    if reversal:
        return text(
            "Normalization {name}: scores are relative to the candidates at hand, so adding or removing one "
            "can swap two others.",
            name=name,
        )
    return text(
        "Normalization {name}: the score of an alternative depends on nothing but itself, so adding or "
        "removing a candidate cannot swap two others (ranks of the rest may still move up or down).",
        name=name,
    )
