"""The panel as a source of weights: experts drawn with replacement inside their groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from techprio.weighting.group import Membership, NodeAnswers

Array = NDArray[np.float64]


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

    def draw(self, generator: np.random.Generator, count: int) -> Array:
        """Return ``count`` weight vectors, shape (count, n), each summing to 1."""
        return self.overall(self.draw_counts(generator, count))

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
        return said.pool(votes, self.aggregate, self.method)


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
