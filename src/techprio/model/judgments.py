"""Pairwise judgments of a panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Quantity
from techprio.language import Label, text

JUDGMENT_COLUMNS = ("expert", "group", "node", "preferred", "other", "strength")

EXPERT = Quantity("expert", text("Expert"), text("Code of the expert who judged; names stay out."), "code")
GROUP = Quantity("group", text("Group"), text("Stakeholder group of the expert."))
PREFERRED = Quantity(
    "preferred", text("Preferred"), text("The side of the comparison that the expert prefers."), "code"
)
OTHER = Quantity("other", text("Other"), text("The other side of the comparison."), "code")
STRENGTH = Quantity(
    "strength",
    text("Strength"),
    text("How many times the preferred side counts more, from 1 (equal) to the end of the scale."),
    "number",
    decimals=1,
)


@dataclass(frozen=True)
class Judgments:
    """Statements "this expert prefers that to the other, so many times".

    Parameters
    ----------
    statements : DataFrame
        Columns ``expert, group, node, preferred, other, strength`` (and ``note``); strength >= 1.
        One row a statement; a pair that an expert left out is simply not there.
    hierarchy : mapping of str to tuple of str
        The children of each node of the criteria tree, the root first; the order of the names
        is the order of every result.
    labels : mapping of str to Label
        Names of nodes and criteria in both languages.
    expert_weights, group_weights : mapping of str to float
        Importance of experts inside their group and of groups; empty means equal.
    silent : tuple of str
        Experts who returned their form without any answer; they have no vote and are named.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> study.judgments.experts[:3]
    ('e01', 'e02', 'e03')
    >>> tp.ahp(study.judgments).local["root"].round(3).to_dict()
    {'F': 0.297, 'I': 0.242, 'W': 0.189, 'M': 0.272}
    """

    statements: pd.DataFrame
    hierarchy: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Label] = field(default_factory=dict)
    expert_weights: Mapping[str, float] = field(default_factory=dict)
    group_weights: Mapping[str, float] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """Name of the top node."""
        return next(iter(self.hierarchy))

    @property
    def experts(self) -> tuple[str, ...]:
        """Experts in the order of their first statement."""
        return tuple(dict.fromkeys(self.statements["expert"]))

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Experts of each stakeholder group, in the order of first statement."""
        members: dict[str, dict[str, None]] = {}
        for expert, group in zip(self.statements["expert"], self.statements["group"], strict=True):
            members.setdefault(group, {})[expert] = None
        return {group: tuple(names) for group, names in members.items()}

    @property
    def leaves(self) -> tuple[str, ...]:
        """Criteria that have no children, in the order of the tree."""
        return tuple(_leaves_below(self.root, self.hierarchy))


def _leaves_below(node: str, hierarchy: Mapping[str, tuple[str, ...]]) -> list[str]:
    if node not in hierarchy:
        return [node]
    return [leaf for child in hierarchy[node] for leaf in _leaves_below(child, hierarchy)]
