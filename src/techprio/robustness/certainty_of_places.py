"""Priority with its certainty: firmly priority, contested, firmly not.

The first k of a list are a cut; the probability of being among them, over the draws of weights and scores,
says which of them stand whatever is not known and which are one question with those behind the cut. Where
priority is to reach the reference profile, the line is that profile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.acceptability import RankAcceptability
from techprio.model.gates import Gate
from techprio.model.priority_classes import PriorityClasses
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.reference import ReferenceProfile
from techprio.model.run import RunData, derived
from techprio.model.sorting import CategoryAcceptability
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.rank_table import gate_failures, joined
from techprio.robustness.priority_rule import PriorityRule, Rule

#: Standard errors within which a probability may lie on the other side of a bound.
NEAR = 2.0
_COLUMNS = [
    "sector", "technology", "rank", "in_first", "p_top", "standard_error", "priority_class", "settled",
    "in_favor", "kept_out",
]  # fmt: skip


@validated
def priority_classes(
    rankings: Mapping[str, Ranking],
    acceptability: Mapping[str, RankAcceptability],
    *,
    weights: Weights | None = None,
    top: int | None = None,
    firm: float = 0.8,
    firmly_not: float = 0.2,
    gates: Sequence[Gate] = (),
    profile: ReferenceProfile | None = None,
    rule: Rule = "score",
    reached: Mapping[str, CategoryAcceptability] | None = None,
) -> PriorityClasses:
    """Sort the alternatives of each list by how certain it is that they are priority.

    Parameters
    ----------
    rankings : mapping of str to Ranking
    acceptability : mapping of str to RankAcceptability
        Of the same lists.
    weights : Weights, optional
        Of a panel with groups; then each list says by whose weights alone an alternative is priority.
    top : int, optional
        The k; by default that of the simulation.
    firm, firmly_not : float
        From which probability on an alternative is firm, and up to which firmly not.
    gates : sequence of Gate
        Those with ``keeps_from="firm"`` are vetoes: what fails them is contested at most.
    profile : ReferenceProfile, optional
        Then priority is to reach it, not to be among the first k.
    rule : {"score", "outranking"}
        How it is reached, see :func:`techprio.robustness.reach_profile`.
    reached : mapping of str to CategoryAcceptability, optional
        What :func:`techprio.robustness.reach_profile` found for each list; needed with a profile.

    Returns
    -------
    PriorityClasses

    Raises
    ------
    InputError
        Bounds that cross or lie outside 0 to 1, lists of different names, a k above the number of
        candidates of every list, a veto on an unknown criterion, a profile without what reaches it.

    Examples
    --------
    >>> import techprio as tp
    >>> cars = pd.DataFrame({"price": [20.0, 25.0, 21.0]}, index=["A", "B", "C"])
    >>> matrix = tp.DecisionMatrix(cars, ["min"], low=cars - 2, high=cars + 2)
    >>> ranking = tp.rank(matrix, [1.0])
    >>> sure = tp.simulate(matrix, [1.0], draws=1000, top=1, weight_distribution="fixed")
    >>> classes = priority_classes({"cars": ranking}, {"cars": sure})
    >>> {name: classes.of(name) for name in "ABC"}
    {'A': 'contested', 'B': 'firmly_not', 'C': 'contested'}
    """
    if not 0 <= firmly_not < firm <= 1:
        found = text("firm {firm}, firmly_not {not_}", firm=float(firm), not_=float(firmly_not))
        raise InputError.argument("firm, firmly_not", found=found, allowed="0 <= firmly_not < firm <= 1")
    needed = [("acceptability", acceptability), *([("reached", reached or {})] if profile else [])]
    for argument, given in needed:
        if set(rankings) != set(given):
            raise InputError.argument(argument, found=list(given), allowed=list(rankings))
    k = max((drawn.top for drawn in acceptability.values()), default=1) if top is None else top
    most = max((len(ranking.scores) for ranking in rankings.values()), default=k)
    if top is not None and not 1 <= top <= most:
        allowed = text("a whole number from 1 to {most}, the longest list", most=most)
        raise InputError.argument("top", found=top, allowed=allowed)
    vetoes = [gate for gate in gates if gate.keeps_from == "firm"]
    for ranking in rankings.values():
        for gate in vetoes:
            if gate.criterion not in ranking.matrix.criteria:
                known = list(ranking.matrix.criteria)
                raise InputError.argument("gates", found=gate.criterion, allowed=known)
    line = PriorityRule(k, profile, rule)
    frames = []
    for code, ranking in rankings.items():
        standing = _Standing.of(ranking, acceptability[code], k, None if not reached else reached[code])
        in_favor = _groups_in_favor(ranking, weights, line)
        frames.append(_of_list(code, ranking, standing, in_favor, (firm, firmly_not), vetoes))
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS)
    labels = {name: label for ranking in rankings.values() for name, label in ranking.matrix.labels.items()}
    seeds = {drawn.seed for drawn in acceptability.values()}
    provenance = Provenance.of("priority_classes", seed=min(seeds, default=None))
    classes = PriorityClasses(table, k, firm, firmly_not, line.name, labels, provenance=provenance)
    notes: list[Text] = []
    for note in (note for found in (reached or {}).values() for note in found.notes):
        notes += [] if note in notes else [note]
    whole = tuple(code for code, ranking in rankings.items() if 1 < len(ranking.ranks) <= k)
    if whole and profile is None:
        notes.append(
            text(
                "All technologies of {sectors} are among the first {k}; firm says nothing there.",
                sectors=whole, k=k,
            )
        )  # fmt: skip
    return replace(classes, notes=(*classes.questions(), *notes))


@derived
def run_classes(run: RunData) -> PriorityClasses:
    """Return the classes of all lists of a run, by the rule, bounds and vetoes of its study."""
    study = run.study
    known = {code: ranking for code, ranking in run.rankings.items() if code in run.acceptability}
    reached = {code: run.reached[code] for code in known if code in run.reached}
    return classes_of_study(study, known, run.acceptability, reached, run.weights)


def classes_of_study(
    study: Study,
    rankings: Mapping[str, Ranking],
    acceptability: Mapping[str, RankAcceptability],
    reached: Mapping[str, CategoryAcceptability],
    weights: Weights,
) -> PriorityClasses:
    """Return the classes of some lists of a study, by its rule, bounds and vetoes."""
    settings = study.ranking
    by_profile = settings.priority != "top" and bool(reached)
    return priority_classes(
        rankings,
        acceptability,
        weights=weights,
        firm=settings.firm,
        firmly_not=settings.firmly_not,
        gates=study.gates,
        profile=study.reference if by_profile else None,
        rule="outranking" if settings.priority == "outranking" else "score",
        reached=reached if by_profile else None,
    )


@dataclass(frozen=True)
class _Standing:
    """By alternative: the probability of priority, its standard error, whether it is so as stated."""

    chance: pd.Series
    error: pd.Series
    inside: pd.Series

    @classmethod
    def of(
        cls, ranking: Ranking, drawn: RankAcceptability, k: int, reached: CategoryAcceptability | None
    ) -> _Standing:
        if reached is None:
            return cls(drawn.p_top(k), drawn.standard_error(k), ranking.ranks <= k)
        error = reached.standard_error()[reached.best]
        return cls(reached.p_best(), error, reached.stated == reached.best)


def _of_list(
    code: str,
    ranking: Ranking,
    standing: _Standing,
    in_favor: Mapping[str, tuple[str, ...]],
    bounds: tuple[float, float],
    vetoes: Sequence[Gate],
) -> pd.DataFrame:
    firm, firmly_not = bounds
    chance, error = standing.chance, standing.error
    # Sums of shares: a bound that is met is met.
    words = np.where(
        chance >= firm - 1e-9, "firm", np.where(chance <= firmly_not + 1e-9, "firmly_not", "contested")
    )
    nearest = np.minimum((chance - firm).abs(), (chance - firmly_not).abs())
    rows = []
    for name, word, distance in zip(chance.index, words, nearest, strict=True):
        failed = gate_failures(vetoes, ranking.matrix, name, keeps_from="firm")
        kept_out = joined(failed) if word == "firm" and failed else ""
        rows.append(
            (
                code, name, int(ranking.ranks[name]), bool(standing.inside[name]), float(chance[name]),
                float(error[name]), "contested" if kept_out else str(word),
                bool(distance > NEAR * error[name]), in_favor.get(name, ()), kept_out,
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table.sort_values(["p_top", "rank"], ascending=[False, True], kind="stable")


def _groups_in_favor(
    ranking: Ranking, weights: Weights | None, rule: PriorityRule
) -> dict[str, tuple[str, ...]]:
    groups = None if weights is None else weights.by_group
    if groups is None or not len(groups):
        return {}
    shares = groups.reindex(columns=list(ranking.matrix.criteria)).to_numpy(dtype=float)
    inside = rule.under(ranking, shares / shares.sum(axis=1, keepdims=True))
    names = list(map(str, groups.index))
    return {
        str(name): tuple(group for group, is_in in zip(names, column, strict=True) if is_in)
        for name, column in zip(ranking.matrix.alternatives, inside.T, strict=True)
    }
