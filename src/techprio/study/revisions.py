"""What taking up a proposed revision of a judgment would do to the priorities."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.errors import InputError
from techprio.language import text
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.robustness.priority_rule import PriorityRule
from techprio.scoring import Matrices, rank_study, sector_matrices, study_weights
from techprio.weighting.revise import Revisions, suggest_revisions


def revision_effects(
    study: Study, weights: Weights | None = None, *, matrices: Matrices | None = None
) -> pd.DataFrame:
    """List the judgments to look at again, with what each revision would move.

    Parameters
    ----------
    study : Study
        With a panel.
    weights : Weights, optional
        Those of the study, when they are known already.
    matrices : mapping of str to DecisionMatrix, optional
        Those of :func:`techprio.scoring.sector_matrices`, where they are made already.

    Returns
    -------
    DataFrame
        The columns of :func:`techprio.weighting.suggest_revisions`, then ``top_changes``: per sector the
        technologies that would become priority (+) and no longer are (-), as
        ``"AGR: +AGR12 -AGR15; LOG: ..."``; empty where the priorities of every sector stay.

    Raises
    ------
    InputError
        The study gives its weights as numbers.

    Examples
    --------
    >>> import techprio as tp
    >>> table = revision_effects(tp.example("lai-chau"))
    >>> sorted(set(table["expert"]))
    ['e04', 'e11']
    """
    if study.judgments is None:
        raise InputError(
            text("the study gives its weights as numbers; there are no judgments to look at again")
        )
    settings = study.weights
    revisions = suggest_revisions(study.judgments, random_index=settings.random_index)
    tables = sector_matrices(study) if matrices is None else matrices
    before = _first_of_each(study, weights or study_weights(study), tables)
    changes = [
        _changes(before, _first_of_each(study, after, tables)) for after in _weights_after(study, revisions)
    ]
    return revisions.to_frame().assign(top_changes=changes)


def _weights_after(study: Study, revisions: Revisions) -> list[Weights]:
    return [
        study_weights(study, judgments=revisions.judgments_after(row)) for row in range(len(revisions.table))
    ]


def _first_of_each(study: Study, weights: Weights, matrices: Matrices) -> dict[str, frozenset[str]]:
    rule = PriorityRule.of(study)
    rankings = rank_study(study, weights, matrices=matrices)
    return {code: rule.stated(ranking) for code, ranking in rankings.items()}


def _changes(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> str:
    parts = []
    for code, names in before.items():
        moved = [f"+{name}" for name in sorted(after[code] - names)]
        moved += [f"-{name}" for name in sorted(names - after[code])]
        if moved:
            parts.append(f"{code}: {' '.join(moved)}")
    return "; ".join(parts)
