"""From the experts to their group: one linear step on logarithms or on priorities.

Aggregating judgments (AIJ) takes the weighted geometric mean of the ratios and then the priorities of
that matrix: ``judgments`` fills what an expert left out from the others of that expert first, ``pairs``
takes for each pair those who compared it. Aggregating priorities (AIP) takes the weighted geometric or
arithmetic mean of the experts' priorities (Forman and Peniwati 1998, *EJOR* 108, 165-169). Groups first
and then across is the same mean with each expert's weight divided inside the group: a vote.

The panel is also a source of weights: experts are drawn with replacement inside their groups.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import text
from techprio.model.weights import Weights, WeightSource
from techprio.weighting.priorities import least_squares_weights, priority_method

Array = NDArray[np.float64]

Aggregate = Literal["judgments", "pairs", "priorities", "priorities_arithmetic"]
#: How the stakeholder groups count: each the same, by their experts, or by a weight each.
Groups: TypeAlias = Literal["equal", "experts"] | Mapping[str, float]
_KEPT_DRAWS = 500
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)


@dataclass(frozen=True)
class NodeAnswers:
    """What the experts said at one node, ready to be pooled.

    Parameters
    ----------
    answered : ndarray of bool, shape (E,)
        Who has a vote.
    joined : ndarray of bool, shape (E,)
        Whose comparisons join all items, so that there are priorities.
    local : ndarray, shape (E, n)
        Priorities of each expert; 1 / n where there are none.
    completed : ndarray, shape (E, n, n)
        Ratios with the gaps filled by the expert's own least squares weights; NaN between items that the
        expert's comparisons do not join, and in all gaps when pairs are aggregated.
    """

    answered: NDArray[np.bool_]
    joined: NDArray[np.bool_]
    local: Array
    completed: Array

    def pool(self, votes: Array, aggregate: str, method: str, usual: Array | None = None) -> Array:
        """Return the priorities of the panel for each row of votes, shape (..., E) to (..., n)."""
        if aggregate in ("judgments", "pairs"):
            ratios = self.pool_ratios(votes, usual)
            return (
                least_squares_weights(ratios) if np.isnan(ratios).any() else priority_method(method)(ratios)
            )
        if aggregate == "priorities":
            return _share(np.exp(votes @ np.log(self.local)))
        return _share(votes @ self.local)

    def pool_ratios(self, votes: Array, usual: Array | None = None) -> Array:
        """Return the geometric mean of the ratios for each row of votes, shape (..., n, n).

        Each pair is the mean over those who compared it or joined it through others. A pair that nobody
        with a vote joins is that of the ``usual`` votes, shape (E,), so that no draw loses it by chance;
        NaN where nobody joins it at all.
        """
        experts, n, _ = self.completed.shape
        logs = np.log(self.completed).reshape(experts, n * n)
        shape = (*votes.shape[:-1], n, n)
        known = ~np.isnan(logs)
        if known.all():
            return np.exp(votes @ logs).reshape(shape)
        said = np.where(known, logs, 0.0)
        mass = votes @ known
        pooled = np.exp(np.divide(votes @ said, mass, out=np.full_like(mass, np.nan), where=mass > 0))
        if usual is not None:
            pooled = np.where(np.isnan(pooled), self.pool_ratios(usual).reshape(n * n), pooled)
        return pooled.reshape(shape)


@dataclass(frozen=True)
class Membership:
    """Who is in which group, and how much experts and groups count.

    Parameters
    ----------
    member : ndarray of bool, shape (G, E)
    expert_weights : ndarray, shape (E,)
    group_weights : ndarray, shape (G,)
    """

    member: NDArray[np.bool_]
    expert_weights: Array
    group_weights: Array

    def votes(self, answered: NDArray[np.bool_], counts: Array) -> Array:
        """Return the vote of every expert, shape (..., E); the votes of a row sum to 1.

        ``counts`` says how often each expert was drawn; one each is the panel itself. A group whose
        drawn members are silent at the node is heard through all its members, so that no draw loses
        a group by chance; a group that is silent altogether has no vote.
        """
        weight = self.expert_weights * answered
        drawn = counts * weight
        group_sums = drawn @ self.member.T
        silent = (group_sums == 0) @ self.member
        drawn = np.where(silent, weight, drawn)
        group_sums = drawn @ self.member.T
        group_shares = self.group_weights * (group_sums > 0)
        group_shares = group_shares / group_shares.sum(axis=-1, keepdims=True)
        factors = np.divide(group_shares, group_sums, out=np.zeros_like(group_sums), where=group_sums > 0)
        return np.asarray(drawn * (factors @ self.member))

    def votes_of_group(self, group: int, answered: NDArray[np.bool_]) -> Array:
        """Return the votes inside one group; all 0 when nobody there answered."""
        weight = self.expert_weights * answered * self.member[group]
        return np.asarray(weight / weight.sum()) if weight.sum() > 0 else weight


def membership(
    experts: tuple[str, ...],
    groups: tuple[str, ...],
    *,
    expert_weights: Mapping[str, float],
    group_weights: Mapping[str, float],
) -> Membership:
    """Build the membership; an empty mapping means equal."""
    names = tuple(dict.fromkeys(groups))
    return Membership(
        member=np.array([[group == name for group in groups] for name in names]),
        expert_weights=np.array([expert_weights.get(e, 0.0) if expert_weights else 1.0 for e in experts]),
        group_weights=np.array([group_weights.get(g, 0.0) if group_weights else 1.0 for g in names]),
    )


def _share(points: Array) -> Array:
    return np.asarray(points / points.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class ExpertPanel:
    """Bootstrap of the experts of a panel, pooled like the point estimate.

    Each draw takes, in every stakeholder group, as many experts as the group has, with replacement
    (Efron 1979, *Annals of Statistics* 7, 1-26). Small groups understate the spread of opinion:
    a group of one never varies.

    Parameters
    ----------
    criteria : tuple of str
        The leaves, in the order of the columns of a draw.
    hierarchy : mapping of str to tuple of str
    nodes : mapping of str to NodeAnswers
    members : Membership
    aggregate, method : str
    """

    criteria: tuple[str, ...]
    hierarchy: Mapping[str, tuple[str, ...]]
    nodes: Mapping[str, NodeAnswers]
    members: Membership
    aggregate: str
    method: str
    _drawn: dict[Any, tuple[Array, Any]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return ``count`` weight vectors, shape (count, n), each summing to 1.

        Draws from a state of the generator that was met before, as in the next sector of a study, are
        looked up.
        """
        met = pickle.dumps((generator.bit_generator.state, count))
        known = self._drawn.get(met)
        if known is None:
            known = self.overall(self.draw_counts(generator, count)), generator.bit_generator.state
            if len(self._drawn) < _KEPT_DRAWS:
                self._drawn[met] = known
        generator.bit_generator.state = known[1]
        return known[0].copy()

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_drawn": {}}

    @cached_property
    def posterior(self) -> WeightSource:
        """What the panel thinks by the Bayesian group, found once."""
        from techprio.weighting.bayesian import panel_posterior

        return panel_posterior(self)

    def draw_counts(self, generator: np.random.Generator, count: int) -> Array:
        """Return how often each expert was drawn, shape (count, E)."""
        counts = np.zeros((count, self.members.member.shape[1]))
        for member in self.members.member:
            size = int(member.sum())
            counts[:, member] = generator.multinomial(size, np.full(size, 1 / size), size=count)
        return counts

    def overall(self, counts: Array) -> Array:
        """Return the overall weights for each row of counts, shape (..., E) to (..., n)."""
        return spread_down(self.hierarchy, {node: self.local(node, counts) for node in self.nodes})

    def local(self, node: str, counts: Array) -> Array:
        """Return the local weights at one node for each row of counts."""
        said = self.nodes[node]
        votes = self.members.votes(said.answered, counts)
        usual = self.members.votes(said.answered, np.ones(counts.shape[-1]))
        return said.pool(votes, self.aggregate, self.method, usual)


def spread_down(hierarchy: Mapping[str, tuple[str, ...]], local: Mapping[str, Array]) -> Array:
    """Multiply local weights down the tree to the leaves, shape (..., number of leaves)."""
    root = next(iter(hierarchy))
    columns: list[Array] = []

    def descend(node: str, above: Array) -> None:
        for place, child in enumerate(hierarchy[node]):
            weight = above * local[node][..., place]
            if child in hierarchy:
                descend(child, weight)
            else:
                columns.append(weight)

    descend(root, np.ones(local[root].shape[:-1]))
    return np.stack(columns, axis=-1)


@validated
def pooled_comparisons(weights: Weights) -> dict[str, pd.DataFrame]:
    """Return the comparisons of the panel at each node: ratios of the rows to the columns.

    They are the weighted geometric means of the experts' ratios, of which the weights of the panel are made
    where judgments are aggregated; where priorities are, they are what the panel would state by its weights.

    Parameters
    ----------
    weights : Weights
        From :func:`techprio.ahp` on a panel.

    Returns
    -------
    dict of str to DataFrame
        A square table a node; NaN between two that nobody compared, directly or through others.

    Raises
    ------
    InputError
        Weights that no panel stands behind.

    Examples
    --------
    >>> import techprio as tp
    >>> said = {"e1": {("a", "b"): 2}, "e2": {("a", "b"): 8}}
    >>> weights = tp.ahp(tp.weighting.judgments_from_matrices(said))
    >>> float(pooled_comparisons(weights)["goal"].loc["a", "b"].round(6))
    4.0
    """
    panel = weights.panel
    if not isinstance(panel, ExpertPanel):
        raise InputError(
            text("pooled comparisons need weights made from the judgments of two experts or more")
        )
    everyone = np.ones(panel.members.member.shape[1])
    tables = {}
    for node, said in panel.nodes.items():
        if panel.aggregate in ("judgments", "pairs"):
            ratios = said.pool_ratios(panel.members.votes(said.answered, everyone))
        else:
            local = panel.local(node, everyone)
            ratios = local[:, None] / local[None, :]
        names = list(panel.hierarchy[node])
        tables[node] = pd.DataFrame(ratios, index=names, columns=names)
    return tables
