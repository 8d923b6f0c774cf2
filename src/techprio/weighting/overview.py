"""All that is reported to a panel about its weights, as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.language import Label, Language, resolve_language
from techprio.model.judgments import Judgments
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.answers import LARGEST_STRENGTH
from techprio.weighting.consensus import panel_consensus
from techprio.weighting.consistency import RandomIndex
from techprio.weighting.revise import suggest_revisions


def overview_tables(
    judgments: Judgments,
    *,
    priorities: str = "eigenvector",
    aggregate: str = "judgments",
    groups: str | Mapping[str, float] = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
    language: Language | None = None,
) -> dict[str, pd.DataFrame]:
    """Return weights, consistency, what to revise, and who differs.

    Parameters
    ----------
    judgments : Judgments
    priorities, aggregate, groups, random_index, largest
        As in :func:`techprio.ahp`.
    language : {"vi", "en"}, optional
        Of the names and notes.

    Returns
    -------
    dict of str to DataFrame
        ``weights`` (``criterion, name, node, local, overall``, then one column a group), ``experts``
        (expert by criterion), ``consistency``, ``revise``, ``notes``, and for two experts or more
        ``consensus``, ``differences``, ``clusters``.

    Raises
    ------
    InputError
        The faults that :func:`techprio.ahp` finds.

    Examples
    --------
    >>> import techprio as tp
    >>> panel = tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 3}, "e2": {("a", "b"): 5}})
    >>> list(overview_tables(panel))
    ['weights', 'experts', 'consistency', 'revise', 'notes', 'consensus', 'differences', 'clusters']
    """
    language = resolve_language(language)
    weights = ahp(
        judgments,
        priorities=priorities,
        aggregate=aggregate,
        groups=groups,
        random_index=random_index,
        largest=largest,
    )
    revisions = suggest_revisions(judgments, random_index=random_index, largest=largest)
    table = weights.to_frame()
    table.insert(1, "name", [_name(c, weights.labels, language) for c in table["criterion"]])
    for group, shares in weights.by_group.iterrows():
        table[str(group)] = shares[table["criterion"]].to_numpy()
    notes = [note.render(language) for note in (*weights.notes, *revisions.notes)]
    tables = {
        "weights": table,
        "experts": weights.by_expert.reset_index(),
        "consistency": weights.consistency,
        "revise": revisions.to_frame(),
        "notes": pd.DataFrame({"note": notes}),
    }
    if len(weights.local_by_expert) > 1:
        found = panel_consensus(weights)
        tables["consensus"] = found.by_node
        tables["differences"] = found.differences
        clusters = found.clusters.rename_axis("expert").reset_index()
        clusters.insert(1, "group", clusters["expert"].map(weights.group_of))
        tables["clusters"] = clusters
    return tables


def _name(criterion: str, labels: Mapping[str, Label], language: Language) -> str:
    return labels[criterion].render(language) if criterion in labels else criterion
