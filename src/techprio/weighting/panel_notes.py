"""What the analyst should know of a panel: gaps, cycles, high ratios, small groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.language import LANGUAGES, Label, Text, format_number, text
from techprio.weighting.answers import PanelRatios, parts_named
from techprio.weighting.group import Groups, NodeAnswers
from techprio.weighting.priorities import connected_components

Array = NDArray[np.float64]
Words = Text | Label | str
#: A group of fewer members understates the spread of opinion when it is drawn from.
SMALL_GROUP = 3
#: So many pairs stand in a note; the others are counted.
_NAMED = 5


def parts_of(answers: PanelRatios, node: str, place: int) -> str:
    """Return the connected components of what an expert compared at a node, by their names."""
    return parts_named(connected_components(answers.ratios[node][place]), answers.hierarchy[node])


def node_words(node: str, hierarchy: Mapping[str, tuple[str, ...]], labels: Mapping[str, Label]) -> Words:
    """Return a node of the tree as a sentence names it: by its name, the root by what it stands for.

    Examples
    --------
    >>> tree = {"root": ("F", "J"), "F": ("F1", "F2")}
    >>> [str(node_words(node, tree, {"F": Label("Khả thi", "Feasibility")})) for node in tree]
    ['heads of criteria', '“Feasibility”']
    """
    root = next(iter(hierarchy), node)
    if node == root and (labels or node == "root"):
        return text("heads of criteria") if len(hierarchy) > 1 else text("all criteria")
    return text("“{group}”", group=labels[node]) if any(labels.get(node, "")) else node


def item_words(item: str, labels: Mapping[str, Label]) -> Label:
    """Return a criterion by its name; by its id where it has none."""
    return Label(*(labels[item].render(one) for one in LANGUAGES)) if item in labels else Label(item, item)


def _rows_of(rows: Iterable[Sequence[str]], labels: Mapping[str, Label], inside: str, between: str) -> Label:
    """Return rows of criteria by their names, in each language."""
    named = [[item_words(item, labels) for item in row] for row in rows]
    vi, en = (
        between.join(inside.join(getattr(one, language) or one.vi for one in row) for row in named)
        for language in LANGUAGES
    )
    return Label(vi, en)


def circular_triads(ratios: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """Return every loop of three strict preferences, each read "first over second over third over first".

    Parameters
    ----------
    ratios : ndarray, shape (n, n)
        Ratios, row against column; NaN where a pair was not compared.

    Returns
    -------
    list of tuple of int
        Places of the three items; the first has the lowest place.

    References
    ----------
    Kendall and Babington Smith 1940, *Biometrika* 31, 324-345.

    Examples
    --------
    >>> circular_triads(np.array([[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]]))
    [(0, 1, 2)]
    """
    over = ratios > 1
    back = over.T
    if not (over & (over.astype(np.intp) @ over.astype(np.intp)).T.astype(bool)).any():
        return []
    loops = over[:, :, None] & over[None, :, :] & back[:, None, :]
    return sorted(
        ((int(a), int(b), int(c)) for a, b, c in np.argwhere(loops) if a == min(a, b, c)), key=sorted
    )


def panel_notes(
    answers: PanelRatios,
    nodes: Mapping[str, NodeAnswers],
    consistency: pd.DataFrame,
    groups: Groups,
) -> tuple[Text, ...]:
    """State who was silent, whose gaps were filled, which loops and high ratios there are."""
    notes = [
        text("expert {expert} answered nothing and is left out", expert=expert) for expert in answers.silent
    ]
    tree, labels = answers.hierarchy, answers.labels
    for node, children in tree.items():
        said, answered, named = nodes[node], answers.answered(node), node_words(node, tree, labels)
        gaps = np.isnan(answers.ratios[node])
        for place, expert in enumerate(answers.experts):
            ratios = answers.ratios[node][place]
            if not answered[place]:
                notes.append(
                    text(
                        "expert {expert} said nothing at {node} and has no vote there",
                        expert=expert,
                        node=named,
                    )
                )
            elif not said.joined[place]:
                notes.append(_unconnected_note(answers, node, place, counts=bool(said.answered[place])))
            elif gaps[place].any():
                pairs = [(children[i], children[j]) for i, j in np.argwhere(np.triu(gaps[place], 1))]
                notes.append(_gaps_note(expert, named, pairs, labels, filled=said.completed[place]))
            notes += [
                text(
                    "expert {expert} has a cycle at {node}: {first} over {second}, "
                    "{second} over {third}, {third} over {first}",
                    expert=expert,
                    node=named,
                    first=item_words(children[a], labels),
                    second=item_words(children[b], labels),
                    third=item_words(children[c], labels),
                )
                for a, b, c in circular_triads(ratios)
            ]
    notes += _ratio_notes(answers, consistency)
    notes += _vote_notes(answers, groups)
    return (*notes, *_group_notes(answers))


def _vote_notes(answers: PanelRatios, groups: Groups) -> list[Text]:
    """State where weights of experts count inside their groups only."""
    if groups != "equal" or answers.group_weights or len(set(answers.groups)) < 2:
        return []
    if len(set(answers.expert_weights.values())) < 2:
        return []
    return [
        text(
            "the weights of the experts divide the vote inside their groups, and the groups count the same; "
            "with groups='experts' they count over all"
        )
    ]


def _unconnected_note(answers: PanelRatios, node: str, place: int, *, counts: bool) -> Text:
    children = answers.hierarchy[node]
    parts = connected_components(answers.ratios[node][place])
    joined = _rows_of([[children[i] for i in part] for part in parts], answers.labels, ", ", " | ")
    named = node_words(node, answers.hierarchy, answers.labels)
    return (
        text(
            "expert {expert} at {node}: no comparison joins {parts}; the expert counts in the pairs that are "
            "joined",
            expert=answers.experts[place],
            node=named,
            parts=joined,
        )
        if counts
        else text(
            "expert {expert} at {node}: no comparison joins {parts}; the expert is left out there",
            expert=answers.experts[place],
            node=named,
            parts=joined,
        )
    )


def _gaps_note(
    expert: str, node: Words, pairs: Sequence[Sequence[str]], labels: Mapping[str, Label], *, filled: Array
) -> Text:
    named = _rows_of(pairs[:_NAMED], labels, " / ", "; ")
    if len(pairs) > _NAMED:
        named = Label(f"{named.vi} …", f"{named.en} …")
    if np.isnan(filled).any():
        return text(
            "expert {expert} left out {count} comparisons at {node} ({pairs}) and does not count in them",
            expert=expert,
            count=len(pairs),
            node=node,
            pairs=named,
        )
    return text(
        "expert {expert} left out {count} comparisons at {node} ({pairs}); "
        "they are filled by logarithmic least squares",
        expert=expert,
        count=len(pairs),
        node=node,
        pairs=named,
    )


def _ratio_notes(answers: PanelRatios, consistency: pd.DataFrame) -> list[Text]:
    columns = (consistency[name] for name in ("expert", "node", "cr", "verdict"))
    return [
        text(
            "consistency ratio of expert {expert} at {node} is {ratio}, above 0.10",
            expert=e,
            node=node_words(n, answers.hierarchy, answers.labels),
            ratio=Label(*(format_number(float(r), one, 3) for one in LANGUAGES)),
        )
        for e, n, r, verdict in zip(*columns, strict=True)
        if verdict == "look again"
    ]


def _group_notes(answers: PanelRatios) -> list[Text]:
    if len(answers.experts) < 2:
        return []
    sizes = pd.Series(answers.groups).value_counts(sort=False)
    return [
        text(
            "group {group} has {count} members only; drawing from it understates the spread of opinion",
            group=group,
            count=int(size),
        )
        for group, size in sizes.items()
        if size < SMALL_GROUP
    ]
