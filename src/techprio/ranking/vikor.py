"""VIKOR: the compromise between the good of the many and the regret of the worst-served.

S is the weighted sum of the shortfalls from the best, R the largest of them, and Q mixes the two;
a term whose range over the candidates is 0 adds nothing.

References
----------
Opricovic S., Tzeng G.H. (2004) Compromise solution by MCDM methods: a comparative analysis of VIKOR
and TOPSIS. European Journal of Operational Research 156(2), 445-455.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.language import Text, text
from techprio.model.fields import Field
from techprio.model.matrix import DecisionMatrix
from techprio.model.method import MethodBase, Step
from techprio.ranking.normalization import normalize
from techprio.ranking.options import check_options

Array = NDArray[np.float64]
_EDGE = 1e-12


@dataclass(frozen=True)
class Compromise:
    """What VIKOR proposes: one alternative, or a set that is as good as the first.

    Parameters
    ----------
    members : tuple of str
        Best first.
    acceptable_advantage : bool
        The first is ahead of the second by at least 1 / (m - 1).
    acceptable_stability : bool
        The first by Q is also first by S or by R.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> cars = pd.DataFrame({"price": [20, 25, 22], "range": [400, 520, 380]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, {"price": "minimize", "range": "maximize"})
    >>> weights = tp.given_weights({"price": 0.6, "range": 0.4}).overall
    >>> tp.ranking.Vikor().compromise(matrix, weights).members
    ('A',)
    """

    members: tuple[str, ...]
    acceptable_advantage: bool
    acceptable_stability: bool


@dataclass(frozen=True)
class Vikor(MethodBase):
    """VIKOR; the score is 1 - Q, so that higher is better here too.

    Parameters
    ----------
    v : float
        Weight of S (the majority) against R (the largest regret), 0 to 1.

    Examples
    --------
    >>> values = np.array([[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]])
    >>> Vikor()(values, np.array([0.5, 0.5]), np.array([-1.0, 1.0])).tolist()
    [0.0, 1.0, 0.0]
    """

    v: Annotated[
        float,
        Field(
            "Trọng số của đa số (v)",
            "Weight of the majority (v)",
            ("vikor: S so với R, từ 0 đến 1", "vikor: S against R, 0 to 1"),
            least=0,
            most=1,
        ),
    ] = 0.5
    bounded = True
    reversal_possible = True
    normalization = "minmax"

    def __post_init__(self) -> None:
        """Check the weight of the majority."""
        check_options(self)

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return 1 - Q, shape (..., m)."""
        total, regret = _measures(_shortfalls(values, signs), weights)
        return 1.0 - self._mix(_stretched(total, total), _stretched(regret, regret))

    def _mix(self, total: Array, regret: Array) -> Array:
        return self.v * total + (1.0 - self.v) * regret

    @validated
    def steps(self, values: Array, weights: Array, signs: Array) -> Mapping[str, Step]:
        """Return the tables of the paper: shortfall (weighted), S, R, Q."""
        short = _shortfalls(values, signs)
        total, regret = _measures(short, weights)
        return {
            "shortfall": Step(short * weights),
            "S": Step(total, ("alternative",)),
            "R": Step(regret, ("alternative",)),
            "Q": Step(1.0 - self(values, weights, signs), ("alternative",)),
        }

    @validated
    def row_score(
        self, values: Array, weights: Array, signs: Array
    ) -> tuple[Array, Callable[[Array], Array]]:
        """Return the gains and the score of any row of gains, the ranges of S and R held still."""
        short = _shortfalls(values, signs)
        total, regret = _measures(short, weights)

        def own(rows: Array) -> Array:
            row_total, row_regret = _measures(1.0 - rows, weights)
            return 1.0 - self._mix(_stretched(row_total, total), _stretched(row_regret, regret))

        return 1.0 - short, own

    @validated
    def compromise(self, matrix: DecisionMatrix, weights: pd.Series) -> Compromise:
        """Return the compromise with the two conditions of the paper.

        Parameters
        ----------
        matrix : DecisionMatrix
        weights : Series
            Aligned with the criteria.
        """
        return find_compromise(self.steps(matrix.values.to_numpy(), weights.to_numpy(), matrix.signs), matrix)

    @validated
    def notes(self, matrix: DecisionMatrix, weights: pd.Series) -> Sequence[Text]:
        """Say what the compromise is."""
        if matrix.shape[0] < 2:
            return []
        found = self.compromise(matrix, weights)
        members = tuple(matrix.labels.get(name, name) for name in found.members)
        if len(found.members) == 1:
            return [text("VIKOR proposes {members}: both of its conditions hold.", members=members)]
        if not found.acceptable_advantage:
            return [
                text(
                    "VIKOR proposes a compromise of {members}: the first is not far enough ahead.",
                    members=members,
                )
            ]
        return [
            text(
                "VIKOR proposes a compromise of {members}: the first is first neither by S nor by R.",
                members=members,
            )
        ]


def find_compromise(steps: Mapping[str, Step], matrix: DecisionMatrix) -> Compromise:
    """Apply the two conditions of the paper to S, R and Q."""
    total, regret, mixed = (steps[name].values for name in "SRQ")
    names = np.array(matrix.alternatives, dtype=object)
    order = np.argsort(mixed, kind="stable")
    if len(order) < 2:
        return Compromise(tuple(names), True, True)
    first, second = order[0], order[1]
    needed = 1.0 / (len(order) - 1)
    advantage = bool(mixed[second] - mixed[first] >= needed - _EDGE)
    stability = any(bool(measure[first] <= measure.min() + _EDGE) for measure in (total, regret))
    if advantage:
        members = order[:1] if stability else order[:2]
    else:
        members = order[mixed[order] - mixed[first] < needed - _EDGE]
    return Compromise(tuple(names[members]), advantage, stability)


def _shortfalls(values: Array, signs: Array) -> Array:
    gains = normalize(values, signs, "minmax")
    return np.asarray(gains.max(axis=-2, keepdims=True) - gains, dtype=np.float64)


def _measures(shortfalls: Array, weights: Array) -> tuple[Array, Array]:
    weighted = shortfalls * weights[..., None, :]
    return weighted.sum(axis=-1), weighted.max(axis=-1)


def _stretched(measure: Array, over: Array) -> Array:
    lowest = over.min(axis=-1, keepdims=True)
    span = over.max(axis=-1, keepdims=True) - lowest
    # A range of rounding noise is no range.
    return np.where(span > _EDGE, (measure - lowest) / np.where(span > _EDGE, span, 1.0), 0.0)
