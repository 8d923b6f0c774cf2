"""The criteria tree: heads, criteria, directions and fixed scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from techprio.language import NO_LABEL, Label

Direction = Literal["maximize", "minimize"]
ScaleType = Literal["ordinal", "interval", "ratio"]
Transform = Literal["log10"]


@dataclass(frozen=True)
class Scale:
    """The declared, fixed scale of a criterion.

    Parameters
    ----------
    type : {"ordinal", "interval", "ratio"}
    worst, best : float
        Fixed reference points in raw units. They do not move when an alternative comes or goes.
    transform : {"log10"}, optional
        Applied to the value and to both points before they are compared.

    Examples
    --------
    >>> Scale("ratio", worst=10, best=1000, transform="log10").share([10, 100, 1000]).tolist()
    [0.0, 0.5, 1.0]
    """

    type: ScaleType
    worst: float
    best: float
    transform: Transform | None = None

    @property
    def lowest(self) -> float:
        """Smallest raw value on the scale."""
        return min(self.worst, self.best)

    @property
    def highest(self) -> float:
        """Largest raw value on the scale."""
        return max(self.worst, self.best)

    def share(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return (x - worst) / (best - worst) after the transform: 0 is worst, 1 is best."""
        x = self.transformed(values)
        worst, best = self.transformed([self.worst, self.best])
        return np.asarray((x - worst) / (best - worst), dtype=np.float64)

    def transformed(self, values: ArrayLike) -> NDArray[np.float64]:
        """Return the values after the declared transform."""
        x = np.asarray(values, dtype=np.float64)
        return np.log10(x) if self.transform == "log10" else x


@dataclass(frozen=True)
class Criterion:
    """A head (with children) or a leaf (with direction and scale) of the tree.

    Parameters
    ----------
    id : str
    label : Label
    children : tuple of Criterion
        Empty for a leaf.
    direction : {"maximize", "minimize"}, optional
        Of a leaf.
    unit : str
    scale : Scale, optional
    definition : Label
    anchors : mapping of float to Label
        What a score means.
    field : str
        Column of ``technologies.csv`` that holds the value, or ``"survey"``; empty when the score
        stands in ``scores.csv``.
    field_low, field_high : str
        Columns that hold the spread of ``field``.
    plan_clause : str

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> cost = study.criteria.by_id["F3"]
    >>> cost.label.en, cost.direction, cost.unit
    ('Capital cost', 'minimize', 'billion VND')
    >>> cost.scale.worst, cost.scale.best, cost.scale.transform
    (25000.0, 2.0, 'log10')
    """

    id: str
    label: Label
    children: tuple[Criterion, ...] = ()
    direction: Direction | None = None
    unit: str = ""
    scale: Scale | None = None
    definition: Label = NO_LABEL
    anchors: Mapping[float, Label] = field(default_factory=dict)
    field: str = ""
    field_low: str = ""
    field_high: str = ""
    plan_clause: str = ""

    @property
    def is_leaf(self) -> bool:
        """Whether alternatives are scored on it."""
        return not self.children

    def walk(self) -> Iterator[Criterion]:
        """Give this criterion and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class CriteriaTree:
    """Criteria in a tree of any depth, leaves at any level.

    Parameters
    ----------
    id : str
    root : str
        Name of the node that compares the heads.
    heads : tuple of Criterion
    version : str
    label : Label

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> study.criteria.root
    'root'
    >>> [leaf.id for leaf in study.criteria.leaves][:4]
    ['F1', 'F2', 'F3', 'F6']
    >>> study.criteria.hierarchy["W"]
    ('W1', 'W3', 'W4')
    """

    id: str
    root: str
    heads: tuple[Criterion, ...]
    version: str = ""
    label: Label = NO_LABEL

    @cached_property
    def by_id(self) -> dict[str, Criterion]:
        """Every criterion by its id, parents first."""
        return {criterion.id: criterion for head in self.heads for criterion in head.walk()}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The criteria on which alternatives are scored, in the order of the file."""
        return tuple(criterion for criterion in self.by_id.values() if criterion.is_leaf)

    @cached_property
    def hierarchy(self) -> dict[str, tuple[str, ...]]:
        """The children of each node, the root first."""
        nodes = {self.root: tuple(head.id for head in self.heads)}
        for criterion in self.by_id.values():
            if criterion.children:
                nodes[criterion.id] = tuple(child.id for child in criterion.children)
        return nodes

    def head_of(self, criterion: str) -> str:
        """Return the id of the head above a criterion (itself, when it is a head)."""
        return next(head.id for head in self.heads if any(below.id == criterion for below in head.walk()))
