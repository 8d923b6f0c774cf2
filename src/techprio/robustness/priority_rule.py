"""What is priority under the rule of a study: the first k of a list, or what reaches the reference profile.

Whoever asks which technologies are priority, under other weights, scores or judgments, asks here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.model.matrix import DecisionMatrix
from techprio.model.method import Method, MethodBase
from techprio.model.ranking import Ranking
from techprio.model.reference import PROFILE, ReferenceProfile
from techprio.model.study import Study
from techprio.ranking.electre_tri import Profiles, Sorter, prepare_sorting
from techprio.ranking.order import ranks_of_draws
from techprio.ranking.worth import OnWorth

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rule = Literal["score", "outranking"]
#: Scores that differ by less are the same.
EQUAL = 1e-9


@dataclass(frozen=True)
class PriorityRule:
    """What priority is.

    Parameters
    ----------
    top : int
        The k of the first k.
    profile : ReferenceProfile, optional
        Then priority is to reach it, not to be among the first k.
    rule : {"score", "outranking"}
        How it is reached.
    """

    top: int
    profile: ReferenceProfile | None = None
    rule: Rule = "score"

    @classmethod
    def of(cls, study: Study) -> PriorityRule:
        """Return the rule of a study."""
        settings = study.ranking
        if settings.priority == "top" or study.reference is None:
            return cls(settings.top)
        return cls(settings.top, study.reference, settings.priority)

    @property
    def name(self) -> Literal["top", "score", "outranking"]:
        """The name that settings give it."""
        return "top" if self.profile is None else self.rule

    def method(self, method: Method, matrix: DecisionMatrix) -> Method:
        """Return a method whose scores say what is priority: its own, or margins over the profile.

        Parameters
        ----------
        method : Method
            Bound to the matrix.
        matrix : DecisionMatrix
        """
        if self.profile is None:
            return method
        if self.rule == "score":
            row = np.array([float(self.profile.values[name]) for name in matrix.criteria])
            return OverProfile(method, row)
        sorter = profile_sorter(matrix, self.profile)
        places = {name: place for place, name in enumerate(matrix.criteria)}
        shaped = tuple((places[name], matrix.scales[name]) for name in sorter.by_worth)
        found = Outranking(sorter.profiles, self.profile.cut)
        return OnWorth(found, shaped) if shaped else found

    def inside(self, scores: Array, *, bounded: bool | None = None) -> Flags:
        """Return what is priority by the scores of :meth:`method`, shape (draws, m)."""
        if self.profile is not None:
            return np.asarray(scores >= -EQUAL)
        return np.asarray(ranks_of_draws(scores, bounded=bounded) <= self.top)

    def under(self, ranking: Ranking, weights: Array) -> Flags:
        """Return what of a list is priority under other weights, (draws, n) to (draws, m)."""
        method = self.method(ranking.method, ranking.matrix)
        scores = method.prepared(ranking.matrix.values.to_numpy(dtype=float), ranking.matrix.signs)(weights)
        return self.inside(np.asarray(scores), bounded=ranking.method.bounded)

    def with_values(self, ranking: Ranking, values: Array) -> Flags:
        """Return what of a list is priority with other values, (draws, m, n) to (draws, m)."""
        method = self.method(ranking.method, ranking.matrix)
        weights = np.tile(ranking.weights.to_numpy(dtype=float), (len(values), 1))
        scores = np.asarray(method(values, weights, ranking.matrix.signs))
        return self.inside(scores, bounded=ranking.method.bounded)

    def stated(self, ranking: Ranking) -> frozenset[str]:
        """Return what of a list is priority as it stands."""
        if self.profile is None:
            return frozenset(map(str, ranking.ranks.index[ranking.ranks <= self.top]))
        inside = self.under(ranking, ranking.weights.to_numpy(dtype=float)[None])[0]
        return frozenset(map(str, ranking.matrix.values.index[inside]))


@dataclass(frozen=True)
class OverProfile(MethodBase):
    """A method whose score is how far an alternative is above the reference profile, which it ranks too.

    Parameters
    ----------
    method : Method
    row : array, shape (n,)
        The profile.
    """

    method: Any
    row: Array

    @property
    def bounded(self) -> bool | None:
        """As the inner method."""
        found: bool | None = self.method.bounded
        return found

    @property
    def reversal_possible(self) -> bool:
        """Whether another alternative can change a margin."""
        return bool(self.method.reversal_possible)

    def bind(self, matrix: DecisionMatrix) -> OverProfile:
        """Return it as it is: its method is bound already."""
        return self

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the margins, shape (..., m)."""
        return _margins(np.asarray(self.method(self._beside(values), weights, signs)))

    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the margins as a function of the weights."""
        scores = self.method.prepared(self._beside(values), signs)
        return lambda weights: _margins(np.asarray(scores(weights)))

    def _beside(self, values: Array) -> Array:
        row = np.broadcast_to(self.row, (*values.shape[:-2], 1, values.shape[-1]))
        return np.concatenate([values, row], axis=-2)


@dataclass(frozen=True)
class Outranking(MethodBase):
    """A method whose score is the credibility of outranking the reference profile less the cutting level.

    Parameters
    ----------
    profiles : Profiles
    cut : float
    """

    profiles: Profiles
    cut: float

    @property
    def bounded(self) -> bool:
        """Credibilities lie in 0..1."""
        return True

    @property
    def reversal_possible(self) -> bool:
        """No other alternative changes what outranks the profile."""
        return False

    def __call__(self, values: Array, weights: Array, signs: Array) -> Array:
        """Return the margins, shape (..., m)."""
        return self.profiles.credibility(values, weights)[0][..., 0] - self.cut

    def prepared(self, values: Array, signs: Array) -> Callable[[Array], Array]:
        """Return the margins as a function of the weights."""
        return lambda weights: self(np.broadcast_to(values, (len(weights), *values.shape)), weights, signs)


def profile_sorter(matrix: DecisionMatrix, profile: ReferenceProfile) -> Sorter:
    """Return what is compared with what where priority is to outrank the reference profile."""
    names = list(matrix.criteria)
    bound = pd.DataFrame([[profile.values[c] for c in names]], [PROFILE], names)
    limits = profile.thresholds(names)
    thresholds = (limits["indifference"], limits["preference"], limits["veto"])
    return prepare_sorting(matrix, bound, None, thresholds, (profile.cut, profile.cut))


def _margins(scores: Array) -> Array:
    return scores[..., :-1] - scores[..., -1:]
