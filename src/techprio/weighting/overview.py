"""All that is reported to a panel about its weights, as tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Quantity, Table, Words
from techprio.language import Label, Language, Text, resolve_language, text
from techprio.model.dissent import EXPERTS
from techprio.model.judgments import EXPERT, GROUP, OTHER, PREFERRED, STRENGTH, Judgments
from techprio.model.known_names import group_name
from techprio.model.scale import CRITERION, CRITERION_NAME, NODE
from techprio.model.weights import (
    CONSISTENCY_INDEX,
    CONSISTENCY_RATIO,
    ITEMS,
    LAMBDA_MAX,
    LOCAL_WEIGHT,
    OVERALL_WEIGHT,
    WEIGHT,
)
from techprio.weighting.analytic_hierarchy import Unconnected, ahp
from techprio.weighting.answers import LARGEST_STRENGTH
from techprio.weighting.consensus import (
    BAND,
    CONSENSUS,
    EXPERT_WEIGHT,
    GROUP_DISTANCE,
    KENDALL_W,
    P_VALUE,
    PANEL_WEIGHT,
    SIMILARITY,
    panel_consensus,
)
from techprio.weighting.consistency import RandomIndex
from techprio.weighting.group import Aggregate, Groups, pooled_comparisons
from techprio.weighting.priorities import PriorityMethod
from techprio.weighting.revise import (
    CLEARS,
    IMPLIED,
    PROPOSED_OTHER,
    PROPOSED_PREFERRED,
    PROPOSED_STRENGTH,
    RATIO_AFTER,
    suggest_revisions,
)

TITLES: Mapping[str, Text] = {
    "weights": text("Weights"),
    "experts": text("Weights by expert"),
    "consistency": text("Consistency"),
    "revise": text("Judgments to look at again"),
    "differences": text("Who differs most"),
    "consensus": text("Consensus"),
    "pooled": text("Comparisons of the panel"),
    "clusters": text("Clusters of opinion"),
}
WORDS: Mapping[str, Text] = {
    "consistent": text("consistent"),
    "look again": text("look again"),
    "trivial": text("trivial"),
    "not defined": text("not defined"),
    "very low": text("very low"),
    "low": text("low"),
    "moderate": text("moderate"),
    "high": text("high"),
    "very high": text("very high"),
    "expert": text("expert"),
    "panel": text("panel"),
    "root": text("all criteria"),
    "overall": text("overall"),
}
GEOMETRIC_INDEX = Quantity(
    "gci",
    text("GCI"),
    text("Geometric consistency index: the spread of the comparisons about the weights."),
    "weight",
)
ALL_ANSWERED = Quantity("complete", text("All answered"), text("Whether every comparison was made."))
EXPERT_OR_PANEL = Quantity(
    "expert_or_panel", text("Expert or panel"), text("Whether it is one expert or the whole panel.")
)
VERDICT = Quantity("verdict", text("Verdict"), text("What the consistency ratio means."))
DEPARTURE = Quantity(
    "error",
    text("Departure"),
    text("Factor by which the comparison departs from the weights of the whole set; 1 is none."),
    "number",
    decimals=2,
)
TOP_CHANGES = Quantity(
    "top_changes",
    text("Change among the first"),
    text("Technologies that would come into (+) and leave (-) the first of each sector."),
)
POOLED = Quantity(
    "pooled",
    text("Ratio of the panel"),
    text("How many times the first outweighs the second, pooled."),
    "weight",
)
AGAINST = Quantity("against", text("Against"), text("The other of the two compared criteria."), "code")
CLUSTER = Quantity("cluster", text("Cluster of opinion"), text("Experts of one cluster think alike."), "code")
QUANTITIES: Mapping[str, Quantity] = {
    "name": CRITERION_NAME,
    "kind": EXPERT_OR_PANEL,
    **{
        quantity.key: quantity
        for quantity in (
            *(CRITERION, NODE, LOCAL_WEIGHT, OVERALL_WEIGHT, EXPERT, GROUP, ITEMS, LAMBDA_MAX),
            *(CONSISTENCY_INDEX, CONSISTENCY_RATIO, GEOMETRIC_INDEX, ALL_ANSWERED, VERDICT),
            *(PREFERRED, OTHER, STRENGTH, DEPARTURE, IMPLIED, PROPOSED_PREFERRED, PROPOSED_OTHER),
            *(PROPOSED_STRENGTH, RATIO_AFTER, CLEARS, TOP_CHANGES, SIMILARITY, EXPERT_WEIGHT, PANEL_WEIGHT),
            *(EXPERTS, CONSENSUS, BAND, KENDALL_W, P_VALUE, GROUP_DISTANCE, CLUSTER, AGAINST, POOLED),
        )
    },
}


@validated
def overview_tables(
    judgments: Judgments,
    *,
    priorities: PriorityMethod = "eigenvector",
    aggregate: Aggregate = "judgments",
    groups: Groups = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
    unconnected: Unconnected = "pool",
    language: Language | None = None,
) -> dict[str, pd.DataFrame]:
    """Return weights, consistency, what to revise, and who differs.

    Parameters
    ----------
    judgments : Judgments
    priorities, aggregate, groups, random_index, largest, unconnected
        As in :func:`techprio.ahp`.
    language : {"vi", "en"}, optional
        Of the names and notes.

    Returns
    -------
    dict of str to DataFrame
        ``weights`` (``criterion, name, node, local, overall``, then one column a group), ``experts``
        (expert by criterion), ``consistency``, ``revise``, ``notes``, and for two experts or more ``pooled``
        (the comparisons of the panel), ``consensus``, ``differences``, ``clusters``.

    Raises
    ------
    InputError
        The problems that :func:`techprio.ahp` finds.

    Examples
    --------
    >>> import techprio as tp
    >>> panel = tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 3}, "e2": {("a", "b"): 5}})
    >>> list(overview_tables(panel))
    ['weights', 'experts', 'consistency', 'revise', 'notes', 'pooled', 'consensus', 'differences', 'clusters']
    """
    language = resolve_language(language)
    weights = ahp(
        judgments,
        priorities=priorities,
        aggregate=aggregate,
        groups=groups,
        random_index=random_index,
        largest=largest,
        unconnected=unconnected,
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
        tables["pooled"] = _long(pooled_comparisons(weights))
        found = panel_consensus(weights)
        tables["consensus"] = found.by_node
        tables["differences"] = found.differences
        clusters = found.clusters.rename_axis("expert").reset_index()
        clusters.insert(1, "group", clusters["expert"].map(weights.group_of))
        tables["clusters"] = clusters
    return tables


def _long(pooled: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = [
        (node, str(one), str(other), float(table.loc[one, other]))
        for node, table in pooled.items()
        for place, one in enumerate(table.index)
        for other in table.columns[place + 1 :]
    ]
    return pd.DataFrame(rows, columns=["node", "criterion", "against", "pooled"])


def _name(criterion: str, labels: Mapping[str, Label], language: Language) -> str:
    return labels[criterion].render(language) if criterion in labels else criterion


def declared_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, Table]:
    """Return frames of :func:`overview_tables` as tables of declared quantities.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        All of them or some, also with fewer rows; a column that is not declared holds the weights of
        the group or criterion that it is named after.

    Returns
    -------
    dict of str to Table
    """
    return {
        name: Table.of(name, title, _quantities(tables[name]), _worded(tables[name]))
        for name, title in TITLES.items()
        if name in tables
    }


def _quantities(table: pd.DataFrame) -> list[Quantity]:
    return [
        QUANTITIES[name] if name in QUANTITIES else WEIGHT.each(str(name), group_name(str(name)))
        for name in table.columns
    ]


def _worded(table: pd.DataFrame) -> list[tuple[Words, ...]]:
    worded = table.assign(
        **{
            name: [WORDS.get(word, word) for word in table[name]]
            for name in ("expert", "node", "verdict", "band", "kind")
            if name in table
        }
    )
    return list(worded.itertuples(index=False, name=None))
