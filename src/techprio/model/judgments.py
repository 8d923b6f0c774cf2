"""Pairwise judgments of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, text
from techprio.model.checks import Checks, as_written, check_label, check_number, check_type, set_field
from techprio.model.criteria import CriteriaTree
from techprio.model.rows import read_rows

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


#: Play of the ends of the scale and of the mirror test: 0.111 stands for 1/9.
PLAY = 0.01


def are_inverse(one: float, other: float, tolerance: float = PLAY) -> bool:
    """Return whether two ratios are inverses: to the tolerance, or rounded or cut off where they were typed.

    From two decimals on each ratio of Saaty's scale has an inverse of its own (0.14 is that of 7 only), so
    a number that is one of 1 / x to the decimals typed stands for it. A tolerance of 0 takes no rounding.

    Examples
    --------
    >>> are_inverse(7, 0.14), are_inverse(6, 0.17), are_inverse(6, 0.2)
    (True, True, False)
    """
    if abs(one * other - 1) <= tolerance + 1e-9:
        return True
    large, small = max(one, other), min(one, other)
    decimals = len(repr(float(small)).partition(".")[2])
    if not tolerance or decimals < 2 or "e" in repr(float(small)):
        return False
    off, unit = 1 / large - small, 10.0**-decimals
    return -unit / 2 - 1e-12 <= off < unit - 1e-12


@dataclass(frozen=True)
class Judgments(Result):
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

    if TYPE_CHECKING:

        def __init__(
            self,
            statements: pd.DataFrame,
            hierarchy: Mapping[str, Sequence[str]],
            labels: Mapping[str, Label] | Mapping[str, str] = ...,
            expert_weights: Mapping[str, float] = ...,
            group_weights: Mapping[str, float] = ...,
            silent: Sequence[str] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Check columns, tree and weights; what the statements say is checked when they are weighed."""
        checks = Checks(text("the judgments cannot be used"))
        for name in ("labels", "expert_weights", "group_weights"):
            if not isinstance(getattr(self, name), Mapping):
                checks.add(name, as_written(getattr(self, name)), text("a mapping by name"))
        if isinstance(self.silent, str) or not isinstance(self.silent, Iterable):
            checks.add("silent", as_written(self.silent), text("a sequence of experts"))
        _check_statements(checks, self.statements)
        set_field(self, "hierarchy", checked_hierarchy(checks, self.hierarchy))
        checks.check()
        for name in ("expert_weights", "group_weights"):
            for one, weight in getattr(self, name).items():
                check_number(checks, text("{what} of {name}", what=name, name=str(one)), weight, 0)
        labels = {
            name: check_label(checks, text("labels, {name}", name=repr(name)), words)
            for name, words in self.labels.items()
        }
        checks.check()
        set_field(self, "statements", self.statements.copy())
        set_field(self, "labels", labels)
        set_field(self, "silent", tuple(self.silent))

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        criteria: CriteriaTree | None = None,
        groups: Mapping[str, str] | None = None,
    ) -> Judgments:
        """Build judgments from a table with one row a comparison.

        Parameters
        ----------
        frame : DataFrame
            ``expert, preferred, other, strength``; ``node`` may be left out (the parent of the two
            criteria, or the root where no tree is given), ``group`` too (``panel``), ``note`` (empty).
        criteria : CriteriaTree, optional
            Without it the tree is that of the nodes and criteria which the table names.
        groups : mapping of expert to group, optional
            In place of a column ``group``.

        Raises
        ------
        InputError
            With every problem at once.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({
        ...     "expert": ["e1", "e1", "e2", "e2"],
        ...     "preferred": ["cost", "cost", "jobs", "cost"],
        ...     "other": ["jobs", "risk", "cost", "risk"],
        ...     "strength": [2, 4, 3, 5],
        ... })
        >>> panel = Judgments.from_frame(frame, groups={"e1": "agencies", "e2": "firms"})
        >>> panel.hierarchy, panel.groups
        ({'goal': ('cost', 'jobs', 'risk')}, {'agencies': ('e1',), 'firms': ('e2',)})
        """
        checks = Checks(text("the table of judgments cannot be used"))
        if criteria is not None and not check_type(checks, "criteria", criteria, CriteriaTree):
            criteria = None
        known = (*JUDGMENT_COLUMNS, "note")
        rows = read_rows(checks, frame, known, key="expert", needed=("preferred", "other", "strength"))
        checks.check()
        parent = {} if criteria is None else _parents(criteria.hierarchy)
        root = "goal" if criteria is None else criteria.root
        for row in rows:
            above = parent.get(row["preferred"], root)
            row["node"] = row["node"] or (above if above == parent.get(row["other"], root) else root)
            row["group"] = row["group"] or (groups or {}).get(row["expert"], "panel")
            row["note"] = row["note"] or ""
        statements = pd.DataFrame(rows, columns=list(known))
        labels: dict[str, Label] = {}
        if criteria is not None:
            labels = {criteria.root: criteria.label}
            labels |= {name: one.label for name, one in criteria.by_id.items()}
        tree = _tree_of(rows) if criteria is None else criteria.hierarchy
        return cls(statements, tree, labels)

    def tables(self) -> dict[str, Table]:
        """Return ``statements``: one row a comparison."""
        columns = [EXPERT, GROUP, PREFERRED, OTHER, STRENGTH]
        rows = self.statements[["expert", "group", "preferred", "other", "strength"]].itertuples(index=False)
        return tables_of(Table.of("statements", text("Judgments"), columns, [tuple(row) for row in rows]))

    def _summary(self) -> str:
        counts = f"{len(self.experts)} experts, {len(self.groups)} groups, {len(self.statements)} comparisons"
        return f"{counts}, {len(self.leaves)} criteria"

    def _title(self) -> Words:
        return text("Judgments of {count} experts", count=len(self.experts))

    @property
    def weighted_statements(self) -> pd.DataFrame:
        """The statements as files hold them: with the weight of the expert where weights are given."""
        if not self.expert_weights:
            return self.statements
        return self.statements.assign(weight=self.statements["expert"].map(dict(self.expert_weights)))

    @property
    def root(self) -> str:
        """Name of the top node."""
        return next(iter(self.hierarchy))

    @property
    def experts(self) -> tuple[str, ...]:
        """Experts in the order of their first statement."""
        return tuple(dict.fromkeys(self.statements["expert"].to_numpy(dtype=object)))

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Experts of each stakeholder group, in the order of first statement."""
        members: dict[str, dict[str, None]] = {}
        experts, groups = (self.statements[name].to_numpy(dtype=object) for name in ("expert", "group"))
        for expert, group in zip(experts, groups, strict=True):
            members.setdefault(group, {})[expert] = None
        return {group: tuple(names) for group, names in members.items()}

    @property
    def leaves(self) -> tuple[str, ...]:
        """Criteria that have no children, in the order of the tree."""
        return tuple(leaves_below(self.root, self.hierarchy))


def leaves_below(node: str, hierarchy: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the criteria under a node, in the order of the tree."""
    if node not in hierarchy:
        return [node]
    return [leaf for child in hierarchy[node] for leaf in leaves_below(child, hierarchy)]


def _check_statements(checks: Checks, table: object) -> None:
    if not isinstance(table, pd.DataFrame):
        checks.add(text("statements"), as_written(table), text("a DataFrame"))
        return
    for column in JUDGMENT_COLUMNS:
        if column not in table.columns:
            found = text("column {column!r} is missing", column=column)
            checks.add(text("statements"), found, JUDGMENT_COLUMNS)


def checked_hierarchy(checks: Checks, given: object) -> dict[str, tuple[str, ...]]:
    """Return the children of each node as tuples, every problem of the tree noted."""
    allowed = text("the children of each node, the root first")
    if not isinstance(given, Mapping) or not given:
        empty = given is None or isinstance(given, Mapping)
        checks.add("hierarchy", text("nothing") if empty else as_written(given), allowed)
        return {}
    for node, children in given.items():
        if isinstance(children, str) or not isinstance(children, Sequence):
            checks.add(text("node {node!r}", node=node), as_written(children), allowed)
            return {}
    hierarchy = {node: tuple(children) for node, children in given.items()}
    _check_tree(checks, hierarchy)
    return hierarchy


def _check_tree(checks: Checks, hierarchy: Mapping[str, tuple[str, ...]]) -> None:
    root = next(iter(hierarchy))
    parents: dict[str, list[str]] = {}
    for node, children in hierarchy.items():
        if not children:
            checks.add(text("node {node!r}", node=node), text("no children"), text("at least one"))
        for child in children:
            parents.setdefault(child, []).append(node)
    for child, above in parents.items():
        if len(above) > 1:
            found = text("stands under {nodes}", nodes=tuple(above))
            checks.add(text("node {node!r}", node=child), found, text("one parent"))
    if root in parents:
        found = text("stands under {node!r}", node=parents[root][0])
        checks.add(text("root {node!r}", node=root), found, text("the root comes first and is no child"))
    for node in hierarchy:
        if node != root and node not in parents:
            found = text("hangs under no other node")
            checks.add(text("node {node!r}", node=node), found, text("a place below {root!r}", root=root))


def _parents(hierarchy: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {child: node for node, children in hierarchy.items() for child in children}


def _tree_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return the tree of the nodes and criteria that comparisons name, its root first."""
    children: dict[str, list[str]] = {}
    for row in rows:
        children.setdefault(row["node"], []).extend([row["preferred"], row["other"]])
    tree = {node: tuple(dict.fromkeys(names)) for node, names in children.items()}
    below = {name for names in tree.values() for name in names}
    return dict(sorted(tree.items(), key=lambda entry: entry[0] in below))
