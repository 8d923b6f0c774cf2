"""Dissent in a panel: the few opinions in it, each with its own lists, and what they agree on.

Experts who weigh alike are one opinion (complete linkage on the Shannon similarity of their weights); its
weights are the mean of its members'. Leaving out one expert at a time shows what hangs on one voice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.dissent import Dissent
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.order import ranks_of_draws
from techprio.robustness.priority_rule import PriorityRule
from techprio.robustness.rank_lists import RankAggregation, rank_aggregation
from techprio.scoring import rank_study, study_weights
from techprio.weighting.consensus import panel_consensus

#: Panels up to this size have each expert left out in turn.
MOST_EXPERTS = 60
_LEFT_OUT = ["group", "sector", "came_in", "left", "experts"]


@validated
def panel_dissent(
    study: Study,
    *,
    weights: Weights | None = None,
    rankings: Mapping[str, Ranking] | None = None,
    opinions: int = 3,
    leave_out: bool = True,
) -> Dissent:
    """Find the opinions in the panel of a study, each with its lists, and what hangs on one expert.

    Parameters
    ----------
    study : Study
    weights, rankings : Weights and mapping of str to Ranking, optional
        Those of the study, where they are known already.
    opinions : int
        At most so many.
    leave_out : bool
        Whether to leave out each expert in turn.

    Returns
    -------
    Dissent

    Raises
    ------
    InputError
        A study without a panel of at least two experts who answered all, or ``opinions`` below 1.

    Examples
    --------
    >>> import techprio as tp
    >>> panel_dissent(tp.example("lai-chau"), opinions=2).members["opinion"].nunique()
    2
    """
    known = study_weights(study) if weights is None else weights
    if study.judgments is None or known.by_expert is None or len(known.by_expert) < 2:
        raise InputError(text("opinions need a panel: judgments of at least two experts who answered all"))
    if opinions < 1:
        raise InputError.argument("opinions", found=opinions, allowed=text("a whole number, 1 or more"))
    held = _opinions(known, opinions)
    rankings = rank_study(study, known) if rankings is None else rankings
    rule = PriorityRule.of(study)
    table = _lists(rankings, known, held, rule)
    by_group = study.judgments.groups.items()
    group_of = {str(expert): str(group) for group, names in by_group for expert in names}
    members = (
        pd.DataFrame({"opinion": held, "group": [group_of.get(str(name), "") for name in held.index]})
        .groupby(["opinion", "group"], sort=True)
        .size()
        .rename("experts")
        .reset_index()
    )
    notes: tuple[Text, ...] = ()
    left_out = pd.DataFrame(columns=_LEFT_OUT)
    if leave_out and len(group_of) <= MOST_EXPERTS:
        left_out = _without_one(study, rankings, group_of, rule)
    elif leave_out:
        notes = (text("Experts are left out one by one only in panels of up to {most}.", most=MOST_EXPERTS),)
    labels = {name: study.catalog.label(name) for name in study.catalog.technologies.index}
    provenance = Provenance.of(f"panel_dissent(opinions={opinions})", inputs=study.inputs)
    return Dissent(table, members, left_out, rule.top, len(held), labels, notes, provenance, rule.name)


@validated
def panel_rankings(
    study: Study, *, weights: Weights | None = None, votes: Mapping[str, float] | None = None
) -> dict[str, RankAggregation]:
    """Make one order of each sector from the lists of the experts: Borda, Copeland, Kemeny.

    Each expert ranks the technologies by weights of the expert's own; no mean of weights is taken.

    Parameters
    ----------
    study : Study
    weights : Weights, optional
        Those of the study, where they are known already.
    votes : mapping of str to float, optional
        Weight of each expert; by default those that the judgments state, else equal.

    Returns
    -------
    dict of str to RankAggregation
        By sector code.

    Raises
    ------
    InputError
        A study without a panel; votes of other experts.

    Examples
    --------
    >>> import techprio as tp
    >>> orders = panel_rankings(tp.example("lai-chau"))
    >>> orders["AGR"].table["borda_rank"].nsmallest(2).index.tolist()
    ['AGR01', 'AGR07']
    """
    known = study_weights(study) if weights is None else weights
    experts = known.by_expert
    if study.judgments is None or experts is None or not len(experts):
        raise InputError(text("lists of experts need a panel: judgments of experts who answered all"))
    stated = study.judgments.expert_weights or None
    if votes is None and stated is not None:
        votes = {str(name): float(stated.get(name, 0.0)) for name in experts.index}
    return {
        code: rank_aggregation(_ranks(ranking, experts), votes=votes)
        for code, ranking in rank_study(study, known).items()
        if len(ranking.scores) > 1
    }


def opinions_of(study: Study, weights: Weights, rankings: Mapping[str, Ranking]) -> Dissent | None:
    """Return the dissent in the panel of a study; None where there is no panel of two."""
    experts = weights.by_expert
    if study.judgments is None or experts is None or len(experts) < 2:
        return None
    return panel_dissent(study, weights=weights, rankings=rankings)


def _opinions(weights: Weights, most: int) -> pd.Series:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    similarity = panel_consensus(weights).similarity
    if most == 1 or len(similarity) < 2:
        return pd.Series(1, index=similarity.index)
    apart = squareform(1.0 - similarity.to_numpy(float), checks=False)
    found = fcluster(linkage(apart, "complete"), t=most, criterion="maxclust")
    counts = pd.Series(found).value_counts(sort=False)
    # The opinion of most experts is the first; equals in the order of the experts.
    first_seen = {number: place for place, number in reversed(list(enumerate(found)))}
    order = sorted(counts.index, key=lambda number: (-counts[number], first_seen[number]))
    places = {number: place for place, number in enumerate(order, start=1)}
    return pd.Series([places[number] for number in found], index=similarity.index)


def _lists(
    rankings: Mapping[str, Ranking], weights: Weights, held: pd.Series, rule: PriorityRule
) -> pd.DataFrame:
    means = weights.by_expert.loc[held.index].groupby(held).mean()
    rows = []
    for code, ranking in rankings.items():
        ranks = _ranks(ranking, means).set_axis(list(map(str, means.index)), axis=1)
        inside = pd.DataFrame(rule.under(ranking, _shares(ranking, means)).T, index=ranks.index)
        for name in ranking.to_frame()["alternative"]:
            places = {number: int(place) for number, place in ranks.loc[name].items()}
            if inside.loc[name].any():
                whoever = bool(inside.loc[name].all())
                rows.append({"sector": code, "technology": name, **places, "whoever": whoever})
    return pd.DataFrame(rows, columns=["sector", "technology", *map(str, means.index), "whoever"])


def _without_one(
    study: Study, rankings: Mapping[str, Ranking], group_of: Mapping[str, str], rule: PriorityRule
) -> pd.DataFrame:
    assert study.judgments is not None
    panel, weights = study.judgments, {}
    for expert in group_of:
        statements = panel.statements[panel.statements["expert"] != expert]
        counted = {name: weight for name, weight in panel.expert_weights.items() if name != expert}
        try:
            others = replace(panel, statements=statements, expert_weights=counted)
            weights[expert] = study_weights(study, judgments=others).overall
        except InputError:
            continue  # a comparison that nobody else made: the panel cannot do without
    rows = []
    for code, ranking in rankings.items():
        first = rule.stated(ranking)
        names = np.array(list(map(str, ranking.matrix.alternatives)), dtype=object)
        inside = rule.under(ranking, _shares(ranking, pd.DataFrame(weights).T)) if weights else ()
        for expert, flags in zip(weights, inside, strict=True):
            now = frozenset(names[flags])
            if now != first:
                came_in, left = (tuple(sorted(map(str, names))) for names in (now - first, first - now))
                rows.append((group_of[str(expert)], code, came_in, left))
    frame = pd.DataFrame(rows, columns=_LEFT_OUT[:-1])
    counted = frame.groupby(_LEFT_OUT[:-1], sort=True).size().rename("experts")
    return counted.reset_index()


def _ranks(ranking: Ranking, weights: pd.DataFrame) -> pd.DataFrame:
    """Return the ranks under each row of weights: alternatives by row."""
    matrix, method = ranking.matrix, ranking.method
    scores = method.prepared(matrix.values.to_numpy(dtype=float), matrix.signs)(_shares(ranking, weights))
    ranks = ranks_of_draws(np.asarray(scores), bounded=method.bounded)
    return pd.DataFrame(ranks.T, index=matrix.values.index, columns=weights.index)


def _shares(ranking: Ranking, weights: pd.DataFrame) -> np.ndarray:
    """Return rows of weights over the criteria of a list, each with the sum 1."""
    shares = weights.reindex(columns=list(ranking.matrix.criteria)).to_numpy(dtype=float)
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
