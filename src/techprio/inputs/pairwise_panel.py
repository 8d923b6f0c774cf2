"""What is held against the experts of a file together: the tree, components, copies, names spelled twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from techprio.inputs.diagnostics import Diagnostics, Location, listed
from techprio.inputs.judgments import connected_components
from techprio.language import text

_GOAL = "goal"
_NAMED = 5  # experts that a note names before it counts the others


def whole_tree(
    given: Mapping[str, Sequence[str]], matrices: Mapping[str, pd.DataFrame]
) -> dict[str, tuple[str, ...]]:
    """Return the tree with what stands under no node below the goal, the root first."""
    names = list(dict.fromkeys(name for table in matrices.values() for name in table.index))
    below = {child for children in given.values() for child in children}
    rest = [name for name in names if name not in below]
    if not rest:
        roots = [node for node in given if node not in below]
        return {node: tuple(given[node]) for node in [*roots, *(node for node in given if node in below)]}
    heads = [node for node in given if node not in below and node not in rest]
    return {_GOAL: (*rest, *heads), **{node: tuple(children) for node, children in given.items()}}


def check_tree(
    matrices: Mapping[str, pd.DataFrame],
    tree: Mapping[str, tuple[str, ...]],
    location: Location,
    diagnostics: Diagnostics,
) -> None:
    """Note pairs across nodes, and nodes whose items no comparison of anybody joins."""
    node_of = {child: node for node, children in tree.items() for child in children}
    pairs_of = {expert: _pairs(table) for expert, table in matrices.items()}
    every = list(dict.fromkeys(pair for pairs in pairs_of.values() for pair in pairs))
    for one, other in every:
        if node_of.get(one) != node_of.get(other):
            allowed = text("two criteria of one node")
            diagnostics.add("J402", location, found=f"{one} / {other}", allowed=allowed)
    for node, children in tree.items():
        inside = [pair for pair in every if node_of[pair[0]] == node]
        parts = connected_components(children, inside)
        if inside and len(parts) > 1:
            diagnostics.add(
                "J406",
                location,
                found=" | ".join(", ".join(part) for part in parts),
                allowed=text("comparisons that link all criteria of the node"),
                proposal=text(
                    "compare {first} with {second}; or, where they stand under different nodes, name the "
                    "criteria of each node (tree=, --node)",
                    first=parts[0][0],
                    second=parts[1][0],
                ),
            )
            continue
        for expert, pairs in pairs_of.items() if len(matrices) > 1 else ():
            own = [pair for pair in pairs if node_of[pair[0]] == node]
            parts = connected_components(children, own)
            if own and len(parts) > 1:
                diagnostics.note(
                    text(
                        "expert {expert} at {node}: no comparison joins {parts}",
                        expert=expert,
                        node=node,
                        parts=" | ".join(", ".join(part) for part in parts),
                    )
                )


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    names, known = list(table.index), table.notna().to_numpy()
    places = np.argwhere(np.triu(known | known.T, 1))
    return [(names[i], names[j]) for i, j in places]


def note_experts(matrices: Mapping[str, pd.DataFrame], diagnostics: Diagnostics) -> None:
    """State who gave the same answers to everything, and whose names differ by blanks or case only."""
    alike: dict[bytes, list[str]] = {}
    spelled: dict[str, list[str]] = {}
    for expert, table in matrices.items():
        spelled.setdefault(" ".join(expert.casefold().split()), []).append(expert)
        if len(_pairs(table)) > 1:
            answers = np.round(table.to_numpy(dtype=float), 9)
            alike.setdefault(answers.tobytes() + repr(list(table.index)).encode(), []).append(expert)
    for experts in (names for names in spelled.values() if len(names) > 1):
        diagnostics.note(
            text(
                "experts {names}: the names differ by blanks or case only; one person?", names=listed(experts)
            )
        )
    same = [names for names in alike.values() if len(names) > 1]
    for experts in same[:_NAMED]:
        shown_names = listed(experts[:_NAMED])
        diagnostics.note(
            text(
                "{count} experts gave the same answers to every pair ({names}); are they copies?",
                count=len(experts),
                names=text("{names} and others", names=shown_names) if len(experts) > _NAMED else shown_names,
            )
        )
    if len(same) > _NAMED:
        diagnostics.note(
            text("{count} more groups of experts with the same answers", count=len(same) - _NAMED)
        )
