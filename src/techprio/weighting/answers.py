"""What a panel said, as one array of ratios per node of the tree, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import Label
from techprio.model.judgments import JUDGMENT_COLUMNS, Judgments
from techprio.weighting.incomplete import islands

Array = NDArray[np.float64]

#: Play of the ends of the scale and of the mirror test: 0.111 stands for 1/9.
PLAY = 0.01
#: The most that is expected on Saaty's scale.
LARGEST_STRENGTH = 9.0


@dataclass(frozen=True)
class Answers:
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

    def answered(self, node: str) -> NDArray[np.bool_]:
        """Return which experts compared anything at the node (all, where there is one child)."""
        n = len(self.hierarchy[node])
        gaps = np.isnan(self.ratios[node]).sum(axis=(1, 2))
        return np.asarray((gaps < n * (n - 1)) | (n == 1))


def read_judgments(judgments: Judgments, *, largest: float | None = LARGEST_STRENGTH) -> Answers:
    """Check the statements and put them into arrays.

    Raises
    ------
    InputError
        All faults at once: unknown nodes or criteria, an item against itself, a pair judged twice
        by one expert, a strength that is no number of at least 1 or is above ``largest``, an expert
        in two groups, a node that nobody answered, comparisons in islands, weights of unknown names.
    """
    faults = _table_faults(judgments) or [
        *_statement_faults(judgments, largest),
        *_panel_faults(judgments),
    ]
    if not faults:
        answers = _fill_arrays(judgments)
        faults = _gap_faults(answers)
    if faults:
        raise InputError("the judgments cannot be used:\n" + "\n".join(f"  {fault}" for fault in faults))
    return answers


def _table_faults(judgments: Judgments) -> list[str]:
    table = judgments.statements
    missing = [column for column in JUDGMENT_COLUMNS if column not in table.columns]
    faults = [f"column {column!r} is missing; columns: {', '.join(JUDGMENT_COLUMNS)}" for column in missing]
    if table.empty:
        faults.append("no statement was found; at least one comparison is needed")
    if not judgments.hierarchy:
        faults.append("hierarchy: found nothing; allowed: the children of each node, the root first")
    return faults or _tree_faults(judgments.hierarchy)


def _tree_faults(hierarchy: Mapping[str, tuple[str, ...]]) -> list[str]:
    root = next(iter(hierarchy))
    parents: dict[str, list[str]] = {}
    for node, children in hierarchy.items():
        for child in children:
            parents.setdefault(child, []).append(node)
    faults = [
        f"node {node!r} has no children; name at least one" for node in hierarchy if not hierarchy[node]
    ]
    faults += [
        f"{c!r} stands under {', '.join(p)}; allowed: one parent" for c, p in parents.items() if len(p) > 1
    ]
    if root in parents:
        faults.append(
            f"the root {root!r} stands under {parents[root][0]!r}; the root comes first and is no child"
        )
    loose = [node for node in hierarchy if node != root and node not in parents]
    faults += [f"node {node!r} hangs under no other node of the tree below {root!r}" for node in loose]
    return faults


def _statement_faults(judgments: Judgments, largest: float | None) -> list[str]:
    faults = []
    seen: dict[tuple[str, str, frozenset[str]], int] = {}
    columns = [judgments.statements[name] for name in JUDGMENT_COLUMNS]
    for number, (expert, _, node, preferred, other, strength) in enumerate(
        zip(*columns, strict=True), start=1
    ):
        place = f"statement {number} (expert {expert}, node {node}, {preferred} against {other})"
        children = judgments.hierarchy.get(node)
        if children is None:
            hint = did_you_mean(str(node), list(judgments.hierarchy))
            faults.append(f"{place}: unknown node {node!r}; {hint}")
            continue
        for name in dict.fromkeys((preferred, other)):
            if name not in children:
                allowed = f"allowed: {', '.join(children)}; {did_you_mean(str(name), children)}"
                faults.append(f"{place}: {name!r} is no child of {node!r}; {allowed}")
        if preferred == other:
            faults.append(f"{place}: found one item against itself; leave the row out")
        pair = (str(expert), str(node), frozenset((str(preferred), str(other))))
        if pair in seen and preferred != other:
            faults.append(
                f"{place}: the pair was already judged in statement {seen[pair]}; keep one of the two"
            )
        seen.setdefault(pair, number)
        fault = strength_fault(strength, largest)
        if fault:
            faults.append(f"{place}: {fault}")
    return faults


def strength_fault(strength: object, largest: float | None) -> str:
    """Tell what is wrong with a strength of at least 1; empty when nothing is."""
    try:
        number = float(strength)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = float("nan")
    if not np.isfinite(number):
        return f"strength: found {strength!r}; allowed: a number of 1 or more; no opinion is no row"
    if number <= 0:
        return f"strength: found {number:g}; allowed: a number of 1 or more; no opinion is no row, equal is 1"
    if number < 1:
        named = f"name the other as preferred, with {1 / number:g}"
        return f"strength: found {number:g}; allowed: 1 or more; {named}"
    if largest is not None and number > largest * (1 + PLAY):
        return (
            f"strength: found {number:g}; allowed: 1 to {largest:g}; a slip of the finger? "
            "Where it is meant, say largest=None"
        )
    return ""


def _panel_faults(judgments: Judgments) -> list[str]:
    faults = []
    groups_of: dict[str, dict[str, None]] = {}
    pairs = zip(judgments.statements["expert"], judgments.statements["group"], strict=True)
    for number, (expert, group) in enumerate(pairs, start=1):
        blank = [kind for kind, name in (("expert", expert), ("group", group)) if _is_blank(name)]
        faults += [f"statement {number}: the {kind} is blank; name it" for kind in blank]
        groups_of.setdefault(expert, {})[group] = None
    for expert, groups in groups_of.items():
        if len(groups) > 1:
            named = ", ".join(map(str, groups))
            faults.append(f"expert {expert} stands in groups {named}; allowed: one group")
    faults += weight_faults("expert", judgments.expert_weights, judgments.experts)
    faults += weight_faults("group", judgments.group_weights, tuple(judgments.groups))
    return faults


def _is_blank(name: object) -> bool:
    # NaN is the only value that differs from itself.
    return name is None or name != name or not str(name).strip()


def weight_faults(kind: str, weights: Mapping[str, float], names: tuple[str, ...]) -> list[str]:
    """Tell what is wrong with the weights of experts or groups; an empty mapping means equal."""
    faults = []
    for name, weight in weights.items():
        if name not in names:
            faults.append(f"weight of unknown {kind} {name!r}; {did_you_mean(str(name), names)}")
        if not (np.isfinite(weight) and weight >= 0):
            faults.append(f"weight of {kind} {name!r}: found {weight!r}; allowed: a number of 0 or more")
    if weights and not faults:
        faults += [
            f"{kind} {name!r} has no weight; give every {kind} one" for name in names if name not in weights
        ]
        if not sum(weights.values()) > 0:
            faults.append(f"the weights of all {kind}s are 0; at least one must be above 0")
    return faults


def _fill_arrays(judgments: Judgments) -> Answers:
    experts = judgments.experts
    group_of = {expert: group for group, members in judgments.groups.items() for expert in members}
    place_of_expert = {expert: place for place, expert in enumerate(experts)}
    place_of_child = {node: {c: i for i, c in enumerate(cs)} for node, cs in judgments.hierarchy.items()}
    ratios = {}
    for node, children in judgments.hierarchy.items():
        n = len(children)
        ratios[node] = np.full((len(experts), n, n), np.nan)
        ratios[node][:, range(n), range(n)] = 1.0
    table = judgments.statements
    columns = (table[name] for name in ("expert", "node", "preferred", "other", "strength"))
    for expert, node, preferred, other, strength in zip(*columns, strict=True):
        e, i, j = place_of_expert[expert], place_of_child[node][preferred], place_of_child[node][other]
        ratios[node][e, i, j] = float(strength)
        ratios[node][e, j, i] = 1.0 / float(strength)
    return Answers(
        experts=experts,
        groups=tuple(group_of[expert] for expert in experts),
        hierarchy=judgments.hierarchy,
        ratios=ratios,
        expert_weights=judgments.expert_weights,
        group_weights=judgments.group_weights,
        labels=judgments.labels,
    )


def _gap_faults(answers: Answers) -> list[str]:
    faults = []
    for node, children in answers.hierarchy.items():
        answered = answers.answered(node)
        if not answered.any():
            faults.append(f"node {node!r}: nobody compared {', '.join(children)}; at least one expert must")
        for place in np.flatnonzero(answered):
            parts = islands(answers.ratios[node][place])
            if len(parts) > 1:
                named = " | ".join(", ".join(children[i] for i in part) for part in parts)
                faults.append(
                    f"expert {answers.experts[place]}, node {node!r}: no comparison joins the islands "
                    f"{named}; ask for one judgment between them"
                )
    return faults
