"""What a panel said, as one array of ratios per node of the tree, checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from techprio.errors import did_you_mean
from techprio.language import Label, Text, text
from techprio.model.checks import Checks, check_named_once, is_number
from techprio.model.judgments import JUDGMENT_COLUMNS, PLAY, Judgments, leaves_below
from techprio.weighting.priorities import connected_components

Array = NDArray[np.float64]

#: The most that is expected on Saaty's scale.
LARGEST_STRENGTH = 9.0
SLIP = text("a slip of the finger? Where it is meant, give largest=None")


@dataclass(frozen=True)
class PanelRatios:
    """Judgments of a panel in arrays.

    Parameters
    ----------
    experts, groups : tuple of str, length E
        Every expert and the group of that expert.
    hierarchy : mapping of str to tuple of str
        The children of each node, the root first.
    ratios : mapping of str to ndarray, shape (E, n, n)
        Per node: how many times the row outweighs the column; NaN where nothing was said.
    """

    experts: tuple[str, ...]
    groups: tuple[str, ...]
    hierarchy: Mapping[str, tuple[str, ...]]
    ratios: Mapping[str, Array]
    expert_weights: Mapping[str, float] = field(default_factory=dict)
    group_weights: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def leaves(self) -> tuple[str, ...]:
        """Criteria that have no children, in the order of the tree."""
        return tuple(leaves_below(next(iter(self.hierarchy)), self.hierarchy))

    def answered(self, node: str) -> NDArray[np.bool_]:
        """Return which experts compared anything at the node (all, where there is one child)."""
        n = len(self.hierarchy[node])
        gaps = np.isnan(self.ratios[node]).sum(axis=(1, 2))
        return np.asarray((gaps < n * (n - 1)) | (n == 1))


def read_judgments(judgments: Judgments, *, largest: float | None = LARGEST_STRENGTH) -> PanelRatios:
    """Check the statements and put them into arrays.

    Raises
    ------
    InputError
        All problems at once: unknown nodes or criteria, an item against itself, a pair judged twice
        by one expert, a strength that is no number of at least 1 or is above ``largest``, an expert
        in two groups, a node that nobody answered, comparisons that do not join all items even when
        those of all experts are taken together (several connected components), weights of unknown names.
    """
    checks = Checks(text("the judgments cannot be used"))
    _check_table(checks, judgments)
    checks.check()
    _check_statements(checks, judgments, largest)
    _check_panel(checks, judgments)
    checks.check()
    answers = _fill_arrays(judgments)
    check_gaps(checks, answers)
    checks.check()
    return answers


def _check_table(checks: Checks, judgments: Judgments) -> None:
    table = judgments.statements
    if table.empty:
        checks.add(text("statements"), text("no statement"), text("at least one comparison"))
    check_named_once(checks, text("statements"), [name for name in table if name in JUDGMENT_COLUMNS])


def _check_statements(checks: Checks, judgments: Judgments, largest: float | None) -> None:
    seen: dict[tuple[str, str, frozenset[str]], int] = {}
    columns = _columns(judgments, JUDGMENT_COLUMNS)
    rows = enumerate(zip(*columns, strict=True), start=1)
    for number, (expert, _, node, preferred, other, strength) in rows:
        row = (number, str(expert), str(node), str(preferred), str(other))
        children = judgments.hierarchy.get(node)
        if children is None:
            known = list(judgments.hierarchy)
            near = did_you_mean(str(node), known)
            checks.add(_place(row), text("unknown node {node!r}", node=str(node)), known, near)
            continue
        for name in dict.fromkeys((preferred, other)):
            if name not in children:
                found = text("{name!r} is no child of {node!r}", name=str(name), node=str(node))
                checks.add(_place(row), found, children, did_you_mean(str(name), children))
        if preferred == other:
            same = text("one item against itself")
            checks.add(_place(row), same, text("two different items"), text("ask who filled in the form"))
        pair = (str(expert), str(node), frozenset((str(preferred), str(other))))
        if pair in seen and preferred != other:
            found = text("already judged in statement {number}", number=seen[pair])
            checks.add(_place(row), found, text("each pair once"), text("ask who filled in the form"))
        seen.setdefault(pair, number)
        _check_strength(checks, row, strength, largest)


def _columns(judgments: Judgments, names: Sequence[str]) -> list[list[Any]]:
    """Return columns of the statements as plain lists, which are much quicker to go through."""
    return [judgments.statements[name].to_numpy(dtype=object).tolist() for name in names]


def _place(row: tuple[int, str, str, str, str]) -> Text:
    number, expert, node, preferred, other = row
    return text(
        "statement {number} (expert {expert}, node {node}, {preferred} against {other})",
        number=number,
        expert=expert,
        node=node,
        preferred=preferred,
        other=other,
    )


def _check_strength(
    checks: Checks, row: tuple[int, str, str, str, str], strength: object, largest: float | None
) -> None:
    try:
        number = float("nan") if isinstance(strength, bool) else float(strength)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if 1 <= number <= (np.inf if largest is None else largest * (1 + PLAY)) and number < np.inf:
        return
    where = text("{place}, strength", place=_place(row))
    allowed = text("a number of 1 or more; no opinion is no row, equal is 1")
    if not np.isfinite(number):
        checks.add(where, repr(strength), allowed)
        return
    if number <= 0:
        checks.add(where, f"{number:g}", allowed)
    elif number < 1:
        named = text("name the other as preferred, with {strength}", strength=f"{1 / number:g}")
        checks.add(where, f"{number:g}", text("1 or more"), named)
    elif largest is not None:
        end = text("1 to {largest}", largest=f"{largest:g}")
        checks.add(where, f"{number:g}", end, SLIP)


def _check_panel(checks: Checks, judgments: Judgments) -> None:
    groups_of: dict[str, dict[str, None]] = {}
    pairs = zip(*_columns(judgments, ("expert", "group")), strict=True)
    for number, (expert, group) in enumerate(pairs, start=1):
        for named, name in ((text("the expert is blank"), expert), (text("the group is blank"), group)):
            if _is_blank(name):
                checks.add(text("statement {number}", number=number), named, text("a name"))
        groups_of.setdefault(expert, {})[group] = None
    for expert, groups in groups_of.items():
        if len(groups) > 1:
            found = text("{expert} stands in groups {groups}", expert=expert, groups=tuple(map(str, groups)))
            checks.add(text("expert {expert}", expert=expert), found, text("one group"))
    check_weights(checks, "expert", judgments.expert_weights, judgments.experts)
    check_weights(checks, "group", judgments.group_weights, tuple(judgments.groups))


def _is_blank(name: object) -> bool:
    # NaN is the only value that differs from itself.
    return name is None or name != name or not str(name).strip()


def check_weights(
    checks: Checks, kind: Literal["expert", "group"], weights: Mapping[str, float], names: tuple[str, ...]
) -> None:
    """Note what is wrong with the weights of experts or groups; an empty mapping means equal."""
    place = _WEIGHTS_OF[kind]
    before = len(checks.problems)
    for name, weight in weights.items():
        if name not in names:
            checks.add(place, _UNKNOWN[kind](name), names, did_you_mean(str(name), names))
        if not (is_number(weight) and weight >= 0):
            checks.add(
                text("{place}, {name!r}", place=place, name=name), repr(weight), text("a number of 0 or more")
            )
    if not weights or len(checks.problems) > before:
        return
    for name in names:
        if name not in weights:
            checks.add(place, _WITHOUT[kind](name), text("a weight for each"))
    if not sum(weights.values()) > 0:
        checks.add(place, _ALL_ZERO[kind], text("at least one above 0"))


_WEIGHTS_OF = {"expert": text("weights of the experts"), "group": text("weights of the groups")}
_UNKNOWN: Mapping[str, Callable[[object], Text]] = {
    "expert": lambda name: text("weight of unknown expert {name!r}", name=str(name)),
    "group": lambda name: text("weight of unknown group {name!r}", name=str(name)),
}
_WITHOUT: Mapping[str, Callable[[str], Text]] = {
    "expert": lambda name: text("expert {name!r} has no weight", name=name),
    "group": lambda name: text("group {name!r} has no weight", name=name),
}
_ALL_ZERO = {
    "expert": text("the weights of all experts are 0"),
    "group": text("the weights of all groups are 0"),
}


def _fill_arrays(judgments: Judgments) -> PanelRatios:
    experts = judgments.experts
    group_of = {expert: group for group, members in judgments.groups.items() for expert in members}
    place_of_expert = {expert: place for place, expert in enumerate(experts)}
    place_of_child = {node: {c: i for i, c in enumerate(cs)} for node, cs in judgments.hierarchy.items()}
    ratios = {}
    for node, children in judgments.hierarchy.items():
        n = len(children)
        ratios[node] = np.full((len(experts), n, n), np.nan)
        ratios[node][:, range(n), range(n)] = 1.0
    columns = _columns(judgments, ("expert", "node", "preferred", "other", "strength"))
    for expert, node, preferred, other, strength in zip(*columns, strict=True):
        e, i, j = place_of_expert[expert], place_of_child[node][preferred], place_of_child[node][other]
        ratios[node][e, i, j] = float(strength)
        ratios[node][e, j, i] = 1.0 / float(strength)
    return PanelRatios(
        experts=experts,
        groups=tuple(group_of[expert] for expert in experts),
        hierarchy=judgments.hierarchy,
        ratios=ratios,
        expert_weights=judgments.expert_weights,
        group_weights=judgments.group_weights,
        labels=judgments.labels,
        silent=judgments.silent,
    )


def check_gaps(checks: Checks, answers: PanelRatios) -> None:
    """Note each node that nobody answered, or whose items no chain of comparisons of the panel joins."""
    for node, children in answers.hierarchy.items():
        answered = answers.answered(node)
        if not answered.any():
            nobody = text("nobody compared {criteria}", criteria=children)
            checks.add(text("node {node!r}", node=node), nobody, text("a comparison by one expert at least"))
            continue
        ratios = answers.ratios[node][answered]
        parts = connected_components(np.where(np.isnan(ratios).all(axis=0), np.nan, 1.0))
        if len(parts) > 1:
            speakers = [answers.experts[place] for place in np.flatnonzero(answered)]
            checks.add(
                text("expert {expert}, node {node!r}", expert=", ".join(speakers[:5]), node=node),
                text(
                    "no comparison joins the connected components {parts}", parts=parts_named(parts, children)
                ),
                text("comparisons that join all items"),
                text("ask for one judgment between them"),
            )


def parts_named(parts: list[list[int]], children: tuple[str, ...]) -> str:
    """Return connected components by the names of their items: ``A, B | C``.

    Examples
    --------
    >>> parts_named([[0, 1], [2]], ("A", "B", "C"))
    'A, B | C'
    """
    return " | ".join(", ".join(children[i] for i in part) for part in parts)
