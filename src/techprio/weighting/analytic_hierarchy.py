"""Weights from pairwise comparisons: trees, groups, gaps, consistency (Saaty's AHP)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError, did_you_mean
from techprio.language import text
from techprio.model.checks import Checks
from techprio.model.criteria import CriteriaTree
from techprio.model.judgments import PLAY
from techprio.model.provenance import Provenance
from techprio.model.weights import Weights
from techprio.weighting.answers import LARGEST_STRENGTH, PanelRatios, check_weights, parts_named
from techprio.weighting.consistency import Consistency, RandomIndex, measure_each, random_index_of
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
from techprio.weighting.matrices import JudgmentsLike, read_panel
from techprio.weighting.panel_notes import panel_notes, parts_of
from techprio.weighting.priorities import (
    PriorityMethod,
    connected_components,
    fill_inside,
    fill_with,
    least_squares_weights,
    priority_method,
)

Array = NDArray[np.float64]

#: Name under which the consistency table shows the pooled panel.
PANEL = "panel"
#: What an expert counts for whose comparisons at a node do not join all items.
Unconnected = Literal["pool", "leave_out", "error"]
CONSISTENCY_COLUMNS = ["expert", "node", "n", "lambda_max", "ci", "cr", "gci", "complete", "kind", "verdict"]


@validated
def ahp(
    judgments: JudgmentsLike,
    *,
    priorities: PriorityMethod = "eigenvector",
    aggregate: Aggregate = "judgments",
    groups: Groups = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
    tolerance: float = PLAY,
    unconnected: Unconnected = "pool",
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
    aggregate : {"judgments", "pairs", "priorities", "priorities_arithmetic"}
        Geometric mean of the experts' ratios (AIJ), what an expert left out filled from the expert's
        other answers; the same without filling, each pair from those who compared it; geometric or
        arithmetic mean of their priorities (AIP).
    groups : {"equal", "experts"} or mapping of str to float
        ``"equal"``: inside each stakeholder group first, then across groups with the weights of
        the judgments, equal when they name none. ``"experts"``: every expert counts the same,
        whatever the group. A mapping gives the weight of each group.
    random_index : str, float or mapping
        ``"saaty"`` (1980), ``"saaty2007"``, ``"alonso_lamata"``, a number, or a table by n.
    largest : float or None
        End of the scale of ratios; a ratio beyond it (19 for 9) is an error. None: no end.
    tolerance : float
        How far the product of the two sides of a pair in a table may be from 1; an inverse rounded to two
        decimals or more, such as 0.14 beside 7, is taken beyond it. 0 takes exact inverses only.
    unconnected : {"pool", "leave_out", "error"}
        An expert of a panel whose comparisons at a node fall into several connected components counts
        there in the pairs that they join (judgments and pairs; left out where priorities are aggregated),
        or is left out there, or is an error. The notes name the expert and the components.
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
        Every problem of the judgments at once, each with what is allowed and a proposal.

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
    _check_options(aggregate, random_index, unconnected)
    answers = read_panel(judgments, criteria, tolerance=tolerance, largest=largest)
    leaves = answers.leaves
    nodes = {node: _node_answers(answers, node, kernel, aggregate, unconnected) for node in answers.hierarchy}
    members = _members(answers, groups)
    _check_voices(answers, nodes, members)
    panel = ExpertPanel(leaves, answers.hierarchy, nodes, members, aggregate, priorities)

    everyone = np.ones(len(answers.experts))
    alone = len(answers.experts) == 1
    local = {node: said.local[0] if alone else panel.local(node, everyone) for node, said in nodes.items()}
    consistency = _consistency(answers, panel, random_index)
    options = f"priorities={priorities!r}, aggregate={aggregate!r}, groups={groups!r}"
    options += "" if unconnected == "pool" else f", unconnected={unconnected!r}"
    method = f"ahp({options}, random_index={random_index!r})"
    return Weights(
        overall=_leaf_series(leaves, spread_down(answers.hierarchy, local)),
        local=_local_series(answers.hierarchy, local),
        consistency=consistency,
        by_expert=_by_expert(answers, nodes, leaves),
        by_group=_by_group(answers, panel),
        group_of=dict(zip(answers.experts, answers.groups, strict=True)),
        local_by_expert=_local_by_expert(answers, nodes),
        panel=panel if len(answers.experts) > 1 else None,
        method=method,
        hierarchy=answers.hierarchy,
        labels=answers.labels,
        notes=panel_notes(answers, nodes, consistency, groups),
        provenance=Provenance.of(method),
    )


def _check_options(aggregate: str, random_index: RandomIndex, unconnected: str) -> None:
    if aggregate not in AGGREGATES:
        near = did_you_mean(str(aggregate), AGGREGATES)
        raise InputError.argument("aggregate", found=aggregate, allowed=AGGREGATES, proposal=near)
    if unconnected not in get_args(Unconnected):
        raise InputError.argument("unconnected", found=unconnected, allowed=get_args(Unconnected))
    random_index_of(3, random_index)


def _node_answers(
    answers: PanelRatios, node: str, kernel: Any, aggregate: Aggregate, unconnected: Unconnected
) -> NodeAnswers:
    ratios = answers.ratios[node]
    answered = answers.answered(node)
    n = ratios.shape[-1]
    whole = ~np.isnan(ratios).any(axis=(1, 2))
    joined = answered.copy()
    for expert in np.flatnonzero(answered & ~whole):
        joined[expert] = len(connected_components(ratios[expert])) == 1
    apart = answered & ~joined
    if apart.any() and (unconnected == "error" or not joined.any()):
        _refuse_unconnected(answers, node, apart, unconnected, aggregate)
    local = np.full((len(ratios), n), 1.0 / n)
    completed = np.ones_like(ratios)
    local[whole], completed[whole] = kernel(ratios[whole]), ratios[whole]
    gaps = joined & ~whole
    if gaps.any():
        local[gaps] = least_squares_weights(ratios[gaps])
        completed[gaps] = fill_with(ratios[gaps], local[gaps])
    if unconnected == "leave_out" or aggregate.startswith("priorities"):
        answered = joined
    else:
        for expert in np.flatnonzero(apart):
            completed[expert] = fill_inside(ratios[expert])
    if aggregate == "pairs":
        completed = np.where(answered[:, None, None], ratios, 1.0)
    return NodeAnswers(answered, joined, local, completed)


def _refuse_unconnected(
    answers: PanelRatios, node: str, apart: NDArray[np.bool_], unconnected: str, aggregate: str
) -> None:
    """Raise what cannot be weighed; nothing where the pairs of the panel can be pooled."""
    if unconnected == "pool" and not aggregate.startswith("priorities"):
        return
    checks = Checks(text("the judgments cannot be used"))
    for place in np.flatnonzero(apart):
        checks.add(
            text("expert {expert}, node {node!r}", expert=answers.experts[place], node=node),
            text(
                "no comparison joins the connected components {parts}",
                parts=parts_of(answers, node, int(place)),
            ),
            text("comparisons that join all items"),
            text("ask for one judgment between them"),
        )
    checks.check()


def _members(answers: PanelRatios, groups: Groups) -> Membership:
    names = tuple(dict.fromkeys(answers.groups))
    if isinstance(groups, Mapping):
        checks = Checks(text("the weights of the groups cannot be used"))
        check_weights(checks, "group", groups, names)
        checks.check()
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
    heard = {node: said.answered & (voices > 0) for node, said in nodes.items()}
    mute = [node for node, speaks in heard.items() if not speaks.any()]
    if mute:
        raise InputError(
            text(
                "node {nodes}: all experts who answered have weight 0; give one a weight above 0",
                nodes=tuple(map(repr, mute)),
            )
        )
    checks = Checks(text("the judgments cannot be used"))
    for node, said in nodes.items():
        if not _joins_all(said, heard[node]):
            known = np.isfinite(said.completed[heard[node]]).any(axis=0)
            parts = connected_components(np.where(known, 1.0, np.nan))
            checks.add(
                text("node {node!r}", node=node),
                text(
                    "no comparison joins the connected components {parts}",
                    parts=parts_named(parts, answers.hierarchy[node]),
                ),
                text("comparisons that join all items, of experts with a weight above 0"),
            )
    checks.check()


def _joins_all(said: NodeAnswers, heard: NDArray[np.bool_]) -> bool:
    """Return whether what some experts compared, taken together, joins all items."""
    if (said.joined & heard).any():
        return True
    known = np.isfinite(said.completed[heard]).any(axis=0)
    return bool(heard.any()) and len(connected_components(np.where(known, 1.0, np.nan))) == 1


def _leaf_series(leaves: tuple[str, ...], weights: Array) -> pd.Series:
    return pd.Series(weights / weights.sum(), index=pd.Index(leaves, name="criterion"), name="overall")


def _local_series(hierarchy: Mapping[str, tuple[str, ...]], local: Mapping[str, Array]) -> pd.Series:
    values = np.concatenate([local[node] for node in hierarchy])
    return pd.Series(values, index=_local_index(hierarchy), name="local")


def _local_index(hierarchy: Mapping[str, tuple[str, ...]]) -> pd.MultiIndex:
    children = [child for names in hierarchy.values() for child in names]
    numbers = np.repeat(np.arange(len(hierarchy)), [len(names) for names in hierarchy.values()])
    levels = [pd.Index(list(hierarchy)), pd.Index(children)]
    return pd.MultiIndex(
        levels, [numbers, np.arange(len(children))], names=["node", "criterion"], verify_integrity=False
    )


def _by_expert(
    answers: PanelRatios, nodes: Mapping[str, NodeAnswers], leaves: tuple[str, ...]
) -> pd.DataFrame:
    weights = spread_down(answers.hierarchy, {node: said.local for node, said in nodes.items()})
    everywhere = np.logical_and.reduce([said.joined for said in nodes.values()])
    names = pd.Index(answers.experts, name="expert")[everywhere]
    return pd.DataFrame(weights[everywhere], index=names, columns=pd.Index(leaves, name="criterion"))


def _local_by_expert(answers: PanelRatios, nodes: Mapping[str, NodeAnswers]) -> pd.DataFrame:
    said = [np.where(nodes[n].joined[:, None], nodes[n].local, np.nan) for n in answers.hierarchy]
    index = pd.Index(answers.experts, name="expert")
    return pd.DataFrame(np.hstack(said), index=index, columns=_local_index(answers.hierarchy))


def _by_group(answers: PanelRatios, panel: ExpertPanel) -> pd.DataFrame:
    names = tuple(dict.fromkeys(answers.groups))
    inside = membership(
        answers.experts, answers.groups, expert_weights=answers.expert_weights, group_weights={}
    )
    rows: dict[str, Array] = {}
    for place, name in enumerate(names):
        votes = {node: inside.votes_of_group(place, said.answered) for node, said in panel.nodes.items()}
        if all(_joins_all(panel.nodes[node], vote > 0) for node, vote in votes.items()):
            local = {n: panel.nodes[n].pool(votes[n], panel.aggregate, panel.method) for n in panel.nodes}
            rows[name] = spread_down(answers.hierarchy, local)
    return pd.DataFrame(
        np.array(list(rows.values())).reshape(len(rows), len(panel.criteria)),
        index=pd.Index(list(rows), name="group"),
        columns=pd.Index(panel.criteria, name="criterion"),
    )


def _consistency(answers: PanelRatios, panel: ExpertPanel, random_index: RandomIndex) -> pd.DataFrame:
    places = {node: np.flatnonzero(said.joined) for node, said in panel.nodes.items()}
    found = {
        (answers.experts[place], node): figures
        for node, joined in places.items()
        if len(joined)
        for place, figures in zip(
            joined, measure_each(answers.ratios[node][joined], random_index=random_index), strict=True
        )
    }
    rows = [
        _consistency_row(expert, node, found[expert, node], "expert")
        for expert in answers.experts
        for node in answers.hierarchy
        if (expert, node) in found
    ]
    if len(answers.experts) > 1 and panel.aggregate in ("judgments", "pairs"):
        everyone = np.ones(len(answers.experts))
        for node, said in panel.nodes.items():
            pooled = said.pool_ratios(panel.members.votes(said.answered, everyone))
            (figures,) = measure_each(pooled[None], random_index=random_index)
            rows.append(_consistency_row(PANEL, node, figures, "panel"))
    return pd.DataFrame(rows, columns=CONSISTENCY_COLUMNS)


def _consistency_row(name: str, node: str, found: Consistency, kind: str) -> tuple[Any, ...]:
    figures = (found.n, found.lambda_max, found.ci, found.cr, found.gci, found.complete)
    return (name, node, *figures, kind, found.verdict)
