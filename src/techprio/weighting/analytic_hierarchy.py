"""Weights from pairwise comparisons: trees, groups, gaps, consistency (Saaty's AHP)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.checks import Faults
from techprio.model.criteria import CriteriaTree
from techprio.model.provenance import Provenance
from techprio.model.weights import Weights
from techprio.weighting.answers import LARGEST_STRENGTH, PLAY, PanelRatios, check_weights, read_judgments
from techprio.weighting.consistency import RandomIndex, measure_consistency, random_index_of
from techprio.weighting.group import (
    AGGREGATES,
    Aggregate,
    ExpertPanel,
    Groups,
    Membership,
    NodeAnswers,
    membership,
    spread_down,
)
from techprio.weighting.matrices import JudgmentsLike, as_judgments
from techprio.weighting.priorities import PriorityMethod, fill_with, least_squares_weights, priority_method

Array = NDArray[np.float64]

#: Name under which the consistency table shows the pooled panel.
PANEL = "panel"
#: A group of fewer members understates the spread of opinion when it is drawn from.
SMALL_GROUP = 3
CONSISTENCY_COLUMNS = ["expert", "node", "n", "lambda_max", "ci", "cr", "gci", "complete", "kind", "verdict"]


def ahp(
    judgments: JudgmentsLike,
    *,
    priorities: PriorityMethod = "eigenvector",
    aggregate: Aggregate = "judgments",
    groups: Groups = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
    tolerance: float = PLAY,
    criteria: CriteriaTree | None = None,
) -> Weights:
    """Weigh criteria by pairwise comparisons.

    Parameters
    ----------
    judgments : Judgments, DataFrame, ndarray or mapping
        A panel's judgments; or a list of them, a DataFrame with the columns ``preferred, other,
        strength`` (``expert``, ``group``, ``node`` may be left out); or a square table of ratios, shape
        (n, n), row against column, rows and columns matched by name, NaN for a pair that was not
        compared, one half enough; or pairs ``{(a, b): ratio}``; or a tree ``{node: table or pairs}``.
    priorities : {"eigenvector", "geometric_mean", "normalized_columns"}
        How one matrix becomes weights. Incomplete sets always use logarithmic least squares.
    aggregate : {"judgments", "priorities", "priorities_arithmetic"}
        Geometric mean of the experts' ratios (AIJ), geometric or arithmetic mean of their
        priorities (AIP).
    groups : {"equal", "experts"} or mapping of str to float
        ``"equal"``: inside each stakeholder group first, then across groups with the weights of
        the judgments, equal when they name none. ``"experts"``: every expert counts the same,
        whatever the group. A mapping gives the weight of each group.
    random_index : str, float or mapping
        ``"saaty"`` (1980), ``"saaty2007"``, ``"alonso_lamata"``, a number, or a table by n.
    largest : float or None
        End of the scale of ratios; a ratio beyond it (19 for 9) is an error. None: no end.
    tolerance : float
        How far the two sides of a pair in a table may be from inverses.
    criteria : CriteriaTree, optional
        The tree that the judgments must fit: every node with two children or more needs comparisons, an
        only child gets the whole weight of its node, and a list may leave its column ``node`` out.

    Returns
    -------
    Weights
        ``overall``, ``local``, ``consistency``, ``by_expert``, ``by_group``, and ``panel`` where
        there are several experts.

    Raises
    ------
    InputError
        Every fault of the judgments at once, each with what is allowed and a proposal.

    References
    ----------
    Saaty 1980, *The Analytic Hierarchy Process*; Forman and Peniwati 1998, *EJOR* 108, 165-169.

    Examples
    --------
    >>> import pandas as pd
    >>> names = ["cost", "quality", "service"]
    >>> table = pd.DataFrame([[1, 2, 6], [1 / 2, 1, 3], [1 / 6, 1 / 3, 1]], index=names, columns=names)
    >>> ahp(table).overall.round(3).to_dict()
    {'cost': 0.6, 'quality': 0.3, 'service': 0.1}
    >>> ahp({("cost", "quality"): 2, ("quality", "service"): 3}).overall.round(3).to_dict()
    {'cost': 0.6, 'quality': 0.3, 'service': 0.1}
    >>> said = [("e1", "cost", "quality", 3), ("e2", "quality", "cost", 2)]
    >>> panel = ahp(pd.DataFrame(said, columns=["expert", "preferred", "other", "strength"]))
    >>> panel.by_expert.round(2).values.tolist()
    [[0.75, 0.25], [0.33, 0.67]]
    """
    kernel = priority_method(priorities)
    _check_options(aggregate, random_index)
    panel_judgments = as_judgments(judgments, criteria, tolerance=tolerance, largest=largest)
    answers = read_judgments(panel_judgments, largest=largest)
    nodes = {node: _node_answers(answers, node, kernel) for node in answers.hierarchy}
    members = _members(answers, groups)
    _check_voices(answers, nodes, members)
    panel = ExpertPanel(panel_judgments.leaves, answers.hierarchy, nodes, members, aggregate, priorities)

    everyone = np.ones(len(answers.experts))
    local = {node: panel.local(node, everyone) for node in nodes}
    by_group = _by_group(answers, panel)
    consistency = _consistency(answers, panel, random_index)
    options = f"priorities={priorities!r}, aggregate={aggregate!r}, groups={groups!r}"
    method = f"ahp({options}, random_index={random_index!r})"
    return Weights(
        overall=_leaf_series(panel_judgments.leaves, spread_down(answers.hierarchy, local)),
        local=_local_series(answers.hierarchy, local),
        consistency=consistency,
        by_expert=_by_expert(answers, nodes, panel_judgments.leaves),
        by_group=by_group,
        group_of=dict(zip(answers.experts, answers.groups, strict=True)),
        local_by_expert=_local_by_expert(answers, nodes),
        panel=panel if len(answers.experts) > 1 else None,
        method=method,
        hierarchy=answers.hierarchy,
        labels=answers.labels,
        notes=_notes(answers, panel_judgments.silent, consistency),
        provenance=Provenance.of(method),
    )


def _check_options(aggregate: str, random_index: RandomIndex) -> None:
    if aggregate not in AGGREGATES:
        near = did_you_mean(str(aggregate), AGGREGATES)
        raise InputError.argument("aggregate", found=aggregate, allowed=AGGREGATES, proposal=near)
    random_index_of(3, random_index)


def _node_answers(answers: PanelRatios, node: str, kernel: Any) -> NodeAnswers:
    ratios = answers.ratios[node]
    answered = answers.answered(node)
    n = ratios.shape[-1]
    whole = ~np.isnan(ratios).any(axis=(1, 2))
    local = np.full((len(ratios), n), 1.0 / n)
    completed = np.ones_like(ratios)
    local[whole], completed[whole] = kernel(ratios[whole]), ratios[whole]
    for expert in np.flatnonzero(answered & ~whole):
        local[expert] = least_squares_weights(ratios[expert])
        completed[expert] = fill_with(ratios[expert], local[expert])
    return NodeAnswers(answered, local, completed)


def _members(answers: PanelRatios, groups: Groups) -> Membership:
    names = tuple(dict.fromkeys(answers.groups))
    if isinstance(groups, Mapping):
        faults = Faults(text("the weights of the groups cannot be used"))
        check_weights(faults, "group", groups, names)
        faults.check()
        return membership(
            answers.experts, answers.groups, expert_weights=answers.expert_weights, group_weights=groups
        )
    if groups == "equal":
        return membership(
            answers.experts,
            answers.groups,
            expert_weights=answers.expert_weights,
            group_weights=answers.group_weights,
        )
    if groups == "experts":
        one = ("panel",) * len(answers.experts)
        return membership(answers.experts, one, expert_weights=answers.expert_weights, group_weights={})
    raise InputError.argument(
        "groups", found=groups, allowed=text("'equal', 'experts', or a weight for each group")
    )


def _check_voices(answers: PanelRatios, nodes: Mapping[str, NodeAnswers], members: Membership) -> None:
    voices = members.expert_weights * (members.group_weights @ members.member)
    mute = [node for node, said in nodes.items() if not (voices * said.answered).sum() > 0]
    if mute:
        raise InputError(
            text(
                "node {nodes}: all experts who answered have weight 0; give one a weight above 0",
                nodes=tuple(map(repr, mute)),
            )
        )


def _leaf_series(leaves: tuple[str, ...], weights: Array) -> pd.Series:
    return pd.Series(weights / weights.sum(), index=pd.Index(leaves, name="criterion"), name="overall")


def _local_series(hierarchy: Mapping[str, tuple[str, ...]], local: Mapping[str, Array]) -> pd.Series:
    values = np.concatenate([local[node] for node in hierarchy])
    return pd.Series(values, index=_local_index(hierarchy), name="local")


def _local_index(hierarchy: Mapping[str, tuple[str, ...]]) -> pd.MultiIndex:
    places = [(node, child) for node, children in hierarchy.items() for child in children]
    return pd.MultiIndex.from_tuples(places, names=["node", "criterion"])


def _by_expert(
    answers: PanelRatios, nodes: Mapping[str, NodeAnswers], leaves: tuple[str, ...]
) -> pd.DataFrame:
    weights = spread_down(answers.hierarchy, {node: said.local for node, said in nodes.items()})
    everywhere = np.logical_and.reduce([said.answered for said in nodes.values()])
    table = pd.DataFrame(weights, index=pd.Index(answers.experts, name="expert"), columns=list(leaves))
    return table[everywhere].rename_axis(columns="criterion")


def _local_by_expert(answers: PanelRatios, nodes: Mapping[str, NodeAnswers]) -> pd.DataFrame:
    said = [np.where(nodes[n].answered[:, None], nodes[n].local, np.nan) for n in answers.hierarchy]
    index = pd.Index(answers.experts, name="expert")
    return pd.DataFrame(np.hstack(said), index=index, columns=_local_index(answers.hierarchy))


def _by_group(answers: PanelRatios, panel: ExpertPanel) -> pd.DataFrame:
    names = tuple(dict.fromkeys(answers.groups))
    inside = membership(
        answers.experts, answers.groups, expert_weights=answers.expert_weights, group_weights={}
    )
    rows = {}
    for place, name in enumerate(names):
        votes = {node: inside.votes_of_group(place, said.answered) for node, said in panel.nodes.items()}
        if all(vote.sum() > 0 for vote in votes.values()):
            local = {n: panel.nodes[n].pool(votes[n], panel.aggregate, panel.method) for n in panel.nodes}
            rows[name] = spread_down(answers.hierarchy, local)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(panel.criteria))
    return table.rename_axis(index="group", columns="criterion")


def _consistency(answers: PanelRatios, panel: ExpertPanel, random_index: RandomIndex) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []

    def add(name: str, node: str, ratios: Array, kind: str) -> None:
        found = measure_consistency(ratios, random_index=random_index)
        figures = (found.n, found.lambda_max, found.ci, found.cr, found.gci, found.complete)
        rows.append((name, node, *figures, kind, found.verdict))

    for place, expert in enumerate(answers.experts):
        for node in answers.hierarchy:
            if panel.nodes[node].answered[place]:
                add(expert, node, answers.ratios[node][place], "expert")
    if len(answers.experts) > 1 and panel.aggregate == "judgments":
        everyone = np.ones(len(answers.experts))
        for node, said in panel.nodes.items():
            votes = panel.members.votes(said.answered, everyone)
            add(PANEL, node, said.pool_ratios(votes), "panel")
    return pd.DataFrame(rows, columns=CONSISTENCY_COLUMNS)


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
    with np.errstate(invalid="ignore"):
        over = ratios > 1
    loops = []
    for a, b, c in combinations(range(len(ratios)), 3):
        if over[a, b] and over[b, c] and over[c, a]:
            loops.append((a, b, c))
        elif over[a, c] and over[c, b] and over[b, a]:
            loops.append((a, c, b))
    return loops


def _notes(answers: PanelRatios, silent: tuple[str, ...], consistency: pd.DataFrame) -> tuple[Text, ...]:
    """Say who was silent, whose gaps were filled, which loops and high ratios there are."""
    notes = [text("expert {expert} answered nothing and is left out", expert=expert) for expert in silent]
    for node, children in answers.hierarchy.items():
        answered = answers.answered(node)
        for place, expert in enumerate(answers.experts):
            ratios = answers.ratios[node][place]
            if not answered[place]:
                notes.append(
                    text(
                        "expert {expert} said nothing at {node} and has no vote there",
                        expert=expert,
                        node=node,
                    )
                )
            elif np.isnan(ratios).any():
                notes.append(
                    text(
                        "expert {expert} left out {count} comparisons at {node}; "
                        "they are filled by logarithmic least squares",
                        expert=expert,
                        count=int(np.isnan(ratios).sum()) // 2,
                        node=node,
                    )
                )
            for loop in circular_triads(ratios):
                first, second, third = (children[i] for i in loop)
                notes.append(
                    text(
                        "expert {expert} has a cycle at {node}: {first} over {second}, "
                        "{second} over {third}, {third} over {first}",
                        expert=expert,
                        node=node,
                        first=first,
                        second=second,
                        third=third,
                    )
                )
    notes += _ratio_notes(consistency)
    return (*notes, *_group_notes(answers))


def _ratio_notes(consistency: pd.DataFrame) -> list[Text]:
    high = consistency[consistency["verdict"] == "look again"]
    return [
        text(
            "consistency ratio of {expert} at {node} is {ratio}, above 0.10",
            expert=e,
            node=n,
            ratio=round(float(r), 3),
        )
        for e, n, r in zip(high["expert"], high["node"], high["cr"], strict=True)
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
