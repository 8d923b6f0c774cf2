r"""ELECTRE TRI-B: alternatives are sorted into ordered categories by comparing them with profiles.

Profile :math:`b_h` is the lower bound of the category above it. With :math:`\delta = g_j(b) - g_j(a)`,
turned so that more is better, criterion j agrees that a is at least as good as b by

.. math:: c_j(a, b) = 1 \text{ for } \delta \le q_j, \quad 0 \text{ for } \delta \ge p_j, \quad
          (p_j - \delta) / (p_j - q_j) \text{ between}

and objects by :math:`d_j`, 0 up to :math:`p_j`, 1 from the veto :math:`v_j` on, straight between. With
:math:`C = \sum_j w_j c_j` the credibility is
:math:`\sigma(a, b) = C \prod_{j: d_j > C} (1 - d_j) / (1 - C)`, and a outranks b (a S b) where it reaches the
cutting level. The pessimistic procedure puts a above the best profile that it outranks; the optimistic one
below the worst profile b that is preferred to it (b S a, not a S b).

References
----------
Yu W. (1992) ELECTRE TRI: aspects méthodologiques et manuel d'utilisation. Document du LAMSADE 74.
Mousseau V., Slowinski R., Zielniewicz P. (1999) ELECTRE TRI 2.0a: methodological guide and user's manual.
Document du LAMSADE 111.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.language import text
from techprio.model.checks import Checks, to_numbers
from techprio.model.matrix import DecisionMatrix, Directions
from techprio.model.provenance import Provenance
from techprio.model.reference import threshold_problems
from techprio.model.sorting import Sorting
from techprio.ranking.validation import Table, WeightsLike, validate_table, weight_shares

Array = NDArray[np.float64]
Procedure = Literal["pessimistic", "optimistic"]
#: Differences and credibilities within this, relative to their size, of a threshold are on it.
ON_LINE = 1e-12


@dataclass(frozen=True)
class Profiles:
    """Profiles with their thresholds as arrays, values turned so that more is better.

    Parameters
    ----------
    bounds : array, shape (p, n)
        The worst profile first.
    indifference, preference, veto : array, shape (n,)
        ``veto`` is infinite where there is none.
    signs : array, shape (n,)
    """

    bounds: Array
    indifference: Array
    preference: Array
    veto: Array
    signs: Array

    def credibility(self, values: Array, weights: Array) -> tuple[Array, Array]:
        """Return the credibility that alternatives outrank profiles, and that profiles outrank them.

        Parameters
        ----------
        values : array, shape (..., m, n)
            Raw values.
        weights : array, shape (..., n)

        Returns
        -------
        array, array of shape (..., m, p)
        """
        turned = values * self.signs
        both: tuple[list[Array], list[Array]] = ([], [])
        for bound in self.bounds:
            short = bound - turned
            size = ON_LINE * (np.abs(bound) + np.abs(turned))
            for found, delta in zip(both, (short, -short), strict=True):
                found.append(self._credible(delta, size, weights))
        return np.stack(both[0], axis=-1), np.stack(both[1], axis=-1)

    def _credible(self, short: Array, size: Array, weights: Array) -> Array:
        q, p, v = self.indifference, self.preference, self.veto
        width = np.where(p > q, p - q, 1.0)
        agrees = np.where(short <= q + size, 1.0, np.where(short >= p - size, 0.0, (p - short) / width))
        concordance = np.einsum("...mn,...n->...m", agrees, weights)
        if not np.isfinite(v).any():
            return concordance
        room = np.where(np.isfinite(v) & (v > p), v - p, 1.0)
        objects = np.where(short <= p + size, 0.0, np.where(short >= v - size, 1.0, (short - p) / room))
        weakened = np.where(
            objects > concordance[..., None],
            (1 - objects) / np.maximum(1 - concordance[..., None], ON_LINE),
            1.0,
        )
        return concordance * weakened.prod(axis=-1)


def assigned(up: Array, down: Array, cut: Array | float, procedure: Procedure) -> NDArray[np.intp]:
    """Return the place of the category of each alternative, 0 the worst, shape (..., m).

    ``up`` and ``down`` are the credibilities of :meth:`Profiles.credibility`, ``cut`` a number or one a draw.
    """
    line = np.asarray(cut, dtype=float)[..., None, None] * (1 - ON_LINE)
    outranks = up >= line
    places = np.arange(1, up.shape[-1] + 1)
    if procedure == "pessimistic":
        return np.where(outranks, places, 0).max(axis=-1)
    preferred = (down >= line) & ~outranks
    return np.where(preferred, places - 1, up.shape[-1]).min(axis=-1)


@validated
def electre_tri_b(
    table: Table,
    weights: WeightsLike,
    profiles: pd.DataFrame,
    *,
    directions: Directions | None = None,
    categories: Sequence[str] | None = None,
    indifference: Mapping[str, float] | None = None,
    preference: Mapping[str, float] | None = None,
    veto: Mapping[str, float] | None = None,
    cut: float = 0.75,
    procedure: Procedure = "pessimistic",
) -> Sorting:
    """Sort the alternatives of a table into ordered categories by ELECTRE TRI-B.

    Parameters
    ----------
    table : DecisionMatrix or DataFrame, shape (m, n)
        Raw scores, alternatives by criteria; a DataFrame needs ``directions``.
    weights : Weights, Series, mapping or sequence, shape (n,)
    profiles : DataFrame, shape (p, n)
        Bounds between the categories, the worst profile first; columns are the criteria.
    directions : mapping, sequence or CriteriaTree, optional
        Of a DataFrame, as in :func:`techprio.rank`.
    categories : sequence of str, optional
        Names of the p + 1 categories, the worst first; ``C1, C2, ...`` without it.
    indifference, preference, veto : mapping of str to float, optional
        Thresholds by criterion, in its unit; of a criterion with an ideal or points of worth, in worth.
        Without them 0, the indifference, and no veto.
    cut : float
        Cutting level, 0.5 to 1.
    procedure : {"pessimistic", "optimistic"}

    Returns
    -------
    Sorting

    Raises
    ------
    InputError
        Profiles that cross or are the same (a category without members), thresholds that cross or stand on
        an unknown criterion, whatever a ranking cannot use.

    Examples
    --------
    >>> bids = pd.DataFrame({"cost": [75, 28, 45], "skill": [67, 35, 60]}, index=["a1", "a2", "a3"])
    >>> bounds = pd.DataFrame({"cost": [50, 70], "skill": [48, 75]}, index=["b1", "b2"])
    >>> found = electre_tri_b(bids, [0.5, 0.5], bounds, directions=["max", "max"])
    >>> found.categories.to_dict()
    {'a1': 'C2', 'a2': 'C1', 'a3': 'C1'}
    """
    matrix = validate_table(table, directions)
    shares, notes = weight_shares(weights, matrix.criteria)
    sorter = prepare_sorting(matrix, profiles, categories, (indifference, preference, veto), (cut, cut))
    up, down = sorter.profiles.credibility(sorter.matrix.values.to_numpy(float), shares.to_numpy(float))
    places = assigned(up, down, cut, procedure)
    index, columns = matrix.values.index, list(profiles.index)
    return Sorting(
        categories=pd.Series([sorter.names[place] for place in places], index=index, name="category"),
        names=sorter.names,
        credibility=pd.DataFrame(up, index=index, columns=columns),
        credibility_of_profiles=pd.DataFrame(down, index=index, columns=columns),
        cut=float(cut),
        procedure=procedure,
        labels=matrix.labels,
        notes=notes,
        provenance=Provenance.of(f"electre_tri_b(cut={cut}, procedure={procedure!r})"),
    )


@dataclass(frozen=True)
class Sorter:
    """What is compared with what: the matrix as it is compared, the profiles, the names of the categories.

    ``by_worth`` are the criteria that the matrix has by their worth.
    """

    matrix: DecisionMatrix
    profiles: Profiles
    names: tuple[str, ...]
    by_worth: tuple[str, ...] = ()


Thresholds = tuple[Mapping[str, float] | None, Mapping[str, float] | None, Mapping[str, float] | None]


@dataclass(frozen=True)
class _Stated:
    indifference: Mapping[str, float]
    preference: Mapping[str, float]
    veto: Mapping[str, float]


def prepare_sorting(
    matrix: DecisionMatrix,
    profiles: pd.DataFrame,
    categories: Sequence[str] | None,
    thresholds: Thresholds,
    cut: tuple[float, float],
) -> Sorter:
    """Check profiles, thresholds, categories and cut, and bring values and profiles into one measure."""
    checks = Checks(text("the alternatives cannot be sorted"))
    criteria = list(matrix.criteria)
    stated = _Stated(*(dict(given or {}) for given in thresholds))
    for key in ("indifference", "preference", "veto"):
        for name, number in getattr(stated, key).items():
            if name not in criteria:
                checks.unknown(key, str(name), criteria)
            elif not (isinstance(number, int | float) and np.isfinite(number) and number >= 0):
                checks.add(text("{key} of {name}", key=key, name=name), repr(number), text("0 or more"))
    if not checks.problems:
        for key, found, allowed in threshold_problems(stated):
            checks.add(key, found, allowed)
    if not 0.5 <= cut[0] <= cut[1] <= 1:
        shown = f"{cut[0]:g}" if cut[0] == cut[1] else text("{low} to {high}", low=cut[0], high=cut[1])
        checks.add("cut", shown, text("a number from {least} to {most}", least=0.5, most=1.0))
    names = tuple(categories) if categories is not None else _numbered(len(profiles) + 1)
    if len(names) != len(profiles) + 1 or len(set(names)) != len(names):
        allowed = text("{count} different names, one more than profiles", count=len(profiles) + 1)
        checks.add("categories", ", ".join(map(str, names)), allowed)
    bounds = _bounds(checks, profiles, criteria)
    checks.check()
    by_worth = [c for c in criteria if c in matrix.scales and _is_bent(matrix.scales[c])]
    scales = {c: s if c in by_worth else s.straight() for c, s in matrix.scales.items()}
    seen = replace(matrix, scales=scales).by_worth() if scales else matrix
    for name in by_worth:
        column = criteria.index(name)
        bounds[:, column] = matrix.scales[name].share(bounds[:, column])
    bounds = bounds * seen.signs
    _check_order(checks, bounds, list(map(str, profiles.index)), criteria, names)
    checks.check()
    low = np.array([stated.indifference.get(c, 0.0) for c in criteria], dtype=float)
    middle = np.array([stated.preference.get(c, q) for c, q in zip(criteria, low, strict=True)], dtype=float)
    high = np.array([stated.veto.get(c, np.inf) for c in criteria], dtype=float)
    return Sorter(seen, Profiles(bounds, low, middle, high, seen.signs), names, tuple(by_worth))


def _is_bent(scale: object) -> bool:
    return bool(getattr(scale, "ideal", ())) or bool(getattr(scale, "points", {}))


def _numbered(count: int) -> tuple[str, ...]:
    return tuple(f"C{place}" for place in range(1, count + 1))


def _bounds(checks: Checks, profiles: pd.DataFrame, criteria: Sequence[str]) -> Array:
    if not len(profiles):
        checks.add("profiles", text("nothing"), text("a row a profile, a column a criterion"))
        return np.empty((0, len(criteria)))
    for name in profiles.columns:
        if name not in criteria:
            checks.unknown("profiles", str(name), criteria)
    lacking = [name for name in criteria if name not in profiles]
    if lacking:
        none = text("none for {names}", names=", ".join(lacking))
        checks.add("profiles", none, text("a value on each criterion"))
        return np.empty((len(profiles), len(criteria)))
    table = np.column_stack([to_numbers(profiles[name]) for name in criteria]).astype(float)
    for row, column in np.argwhere(~np.isfinite(table)):
        place = text("profile {name}, criterion {criterion}", name=str(profiles.index[row]),
                     criterion=criteria[column])  # fmt: skip
        checks.add(place, repr(profiles[criteria[column]].iloc[row]), text("a finite number"))
    return table


def _check_order(
    checks: Checks, bounds: Array, labels: Sequence[str], criteria: Sequence[str], names: Sequence[str]
) -> None:
    for place in range(1, len(bounds)):
        step = bounds[place] - bounds[place - 1]
        lower, upper = labels[place - 1], labels[place]
        if (step < 0).any():
            worse = criteria[int(np.flatnonzero(step < 0)[0])]
            found = text("{upper} is worse than {lower} on {criterion}", upper=upper, lower=lower,
                         criterion=worse)  # fmt: skip
            checks.add("profiles", found, text("each profile at least as good as the one before it"))
        elif not (step > 0).any():
            found = text("{lower} and {upper} are the same: {category} has no members", lower=lower,
                         upper=upper, category=str(names[place]))  # fmt: skip
            checks.add("profiles", found, text("profiles that differ"))
