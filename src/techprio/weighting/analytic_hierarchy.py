"""Weights from pairwise comparisons: trees, groups, gaps, consistency (Saaty's AHP)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, did_you_mean
from techprio.model.judgments import Judgments
from techprio.model.provenance import Provenance
from techprio.model.weights import Weights
from techprio.weighting.answers import LARGEST_STRENGTH, PLAY, Answers, read_judgments, weight_faults
from techprio.weighting.consistency import RandomIndex, measure_consistency, random_index_of
from techprio.weighting.group import AGGREGATES, Membership, NodeAnswers, membership
from techprio.weighting.incomplete import fill_with, least_squares_weights
from techprio.weighting.matrices import judgments_from_matrices
from techprio.weighting.notes import ahp_notes
from techprio.weighting.panel import Panel, spread_down
from techprio.weighting.priorities import priority_method

Array = NDArray[np.float64]

#: Names under which the consistency table shows the pooled panel and a lone matrix.
PANEL, MATRIX = "panel", "matrix"
CONSISTENCY_COLUMNS = ["expert", "node", "n", "lambda_max", "ci", "cr", "gci", "complete", "kind", "verdict"]


def ahp(
    judgments: Judgments | pd.DataFrame | Array | Mapping[Any, Any],
    *,
    priorities: str = "eigenvector",
    aggregate: str = "judgments",
    groups: str | Mapping[str, float] = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
    tolerance: float = PLAY,
) -> Weights:
    """Weigh criteria by pairwise comparisons.

    Parameters
    ----------
    judgments : Judgments, DataFrame, ndarray or mapping
        A panel's judgments; or a square table of ratios, row against column, rows and columns
        matched by name, NaN for a pair that was not compared, one half enough; or pairs
        ``{(a, b): ratio}``; or a tree ``{node: table or pairs}``.
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
    """
    kernel = priority_method(priorities)
    _check_options(aggregate, random_index)
    if not isinstance(judgments, Judgments):
        judgments = judgments_from_matrices({MATRIX: judgments}, tolerance=tolerance, largest=largest)
    answers = read_judgments(judgments, largest=largest)
    nodes = {node: _node_answers(answers, node, kernel) for node in answers.hierarchy}
    members = _members(answers, groups)
    _check_voices(answers, nodes, members)
    panel = Panel(judgments.leaves, answers.hierarchy, nodes, members, aggregate, priorities)

    everyone = np.ones(len(answers.experts))
    local = {node: panel.local(node, everyone) for node in nodes}
    by_group = _by_group(answers, panel)
    consistency = _consistency(answers, panel, random_index)
    options = f"priorities={priorities!r}, aggregate={aggregate!r}, groups={groups!r}"
    method = f"ahp({options}, random_index={random_index!r})"
    return Weights(
        overall=_leaf_series(judgments.leaves, spread_down(answers.hierarchy, local)),
        local=_local_series(answers.hierarchy, local),
        consistency=consistency,
        by_expert=_by_expert(answers, nodes, judgments.leaves),
        by_group=by_group,
        group_of=dict(zip(answers.experts, answers.groups, strict=True)),
        local_by_expert=_local_by_expert(answers, nodes),
        panel=panel if len(answers.experts) > 1 else None,
        method=method,
        hierarchy=answers.hierarchy,
        labels=answers.labels,
        notes=ahp_notes(answers, judgments.silent, consistency),
        provenance=Provenance(version=_version(), method=method),
    )


def _check_options(aggregate: str, random_index: RandomIndex) -> None:
    if aggregate not in AGGREGATES:
        hint = did_you_mean(str(aggregate), AGGREGATES)
        raise InputError(f"aggregate: found {aggregate!r}; allowed: {', '.join(AGGREGATES)}; {hint}")
    random_index_of(3, random_index)


def _node_answers(answers: Answers, node: str, kernel: Any) -> NodeAnswers:
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


def _members(answers: Answers, groups: str | Mapping[str, float]) -> Membership:
    names = tuple(dict.fromkeys(answers.groups))
    if isinstance(groups, Mapping):
        faults = weight_faults("group", groups, names)
        if faults:
            raise InputError("groups: " + "; ".join(faults))
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
    raise InputError(f"groups: found {groups!r}; allowed: 'equal', 'experts', or a weight for each group")


def _check_voices(answers: Answers, nodes: Mapping[str, NodeAnswers], members: Membership) -> None:
    voices = members.expert_weights * (members.group_weights @ members.member)
    mute = [node for node, said in nodes.items() if not (voices * said.answered).sum() > 0]
    if mute:
        named = ", ".join(repr(node) for node in mute)
        raise InputError(f"node {named}: all experts who answered have weight 0; give one a weight above 0")


def _leaf_series(leaves: tuple[str, ...], weights: Array) -> pd.Series:
    return pd.Series(weights / weights.sum(), index=pd.Index(leaves, name="criterion"), name="overall")


def _local_series(hierarchy: Mapping[str, tuple[str, ...]], local: Mapping[str, Array]) -> pd.Series:
    values = np.concatenate([local[node] for node in hierarchy])
    return pd.Series(values, index=_local_index(hierarchy), name="local")


def _local_index(hierarchy: Mapping[str, tuple[str, ...]]) -> pd.MultiIndex:
    places = [(node, child) for node, children in hierarchy.items() for child in children]
    return pd.MultiIndex.from_tuples(places, names=["node", "criterion"])


def _by_expert(answers: Answers, nodes: Mapping[str, NodeAnswers], leaves: tuple[str, ...]) -> pd.DataFrame:
    weights = spread_down(answers.hierarchy, {node: said.local for node, said in nodes.items()})
    everywhere = np.logical_and.reduce([said.answered for said in nodes.values()])
    table = pd.DataFrame(weights, index=pd.Index(answers.experts, name="expert"), columns=list(leaves))
    return table[everywhere].rename_axis(columns="criterion")


def _local_by_expert(answers: Answers, nodes: Mapping[str, NodeAnswers]) -> pd.DataFrame:
    said = [np.where(nodes[n].answered[:, None], nodes[n].local, np.nan) for n in answers.hierarchy]
    index = pd.Index(answers.experts, name="expert")
    return pd.DataFrame(np.hstack(said), index=index, columns=_local_index(answers.hierarchy))


def _by_group(answers: Answers, panel: Panel) -> pd.DataFrame:
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


def _consistency(answers: Answers, panel: Panel, random_index: RandomIndex) -> pd.DataFrame:
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


def _version() -> str:
    from techprio import __version__

    return __version__
