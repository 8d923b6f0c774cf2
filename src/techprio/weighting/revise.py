"""Help with inconsistency: which judgments to look at, and what would clear the consistency ratio.

Nobody is corrected: the table goes back to the expert.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from techprio.annotations import as_written
from techprio.arguments import check_count, validated
from techprio.display.quantities import Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Text, text
from techprio.model.checks import is_number, numbers_between
from techprio.model.judgments import EXPERT, OTHER, PREFERRED, STRENGTH, Judgments
from techprio.model.provenance import Provenance
from techprio.model.scale import NODE
from techprio.model.weights import CONSISTENCY_RATIO, Weights
from techprio.weighting.analytic_hierarchy import ahp
from techprio.weighting.answers import LARGEST_STRENGTH, read_judgments
from techprio.weighting.consistency import (
    ACCEPTED_RATIO,
    Departure,
    RandomIndex,
    find_departures,
    measure_consistency,
)
from techprio.weighting.group import Aggregate, Groups
from techprio.weighting.panel_notes import node_words
from techprio.weighting.priorities import PriorityMethod, connected_components

REVISION_COLUMNS = [
    *("expert", "node", "cr", "preferred", "other", "strength", "error", "implied"),
    *("proposed_preferred", "proposed_other", "proposed_strength", "cr_after", "clears"),
]
IMPLIED = Quantity(
    "implied",
    text("Implied by the others"),
    text("Ratio of preferred to other that the other comparisons imply."),
    "number",
    decimals=2,
)
PROPOSED_PREFERRED = Quantity(
    "proposed_preferred", text("Preferred (proposal)"), text("The preferred side of the proposal."), "code"
)
PROPOSED_OTHER = Quantity(
    "proposed_other", text("Other (proposal)"), text("The other side of the proposal."), "code"
)
PROPOSED_STRENGTH = Quantity(
    "proposed_strength",
    text("Strength (proposal)"),
    text("The nearest value of the scale that would clear the ratio, or the best single one."),
    "number",
    decimals=1,
)
RATIO_AFTER = Quantity(
    "cr_after", text("CR after"), text("Consistency ratio if the proposal were taken up."), "weight"
)
CLEARS = Quantity("clears", text("Clears 0.10"), text("Whether the ratio is then accepted."))


@dataclass(frozen=True)
class Revisions(Result):
    """Judgments to look at again.

    Parameters
    ----------
    table : DataFrame
        One row a judgment, the furthest from consistent first; ``error`` is the factor by which it departs
        (1 is none), ``implied`` the ratio of preferred to other that the other comparisons imply,
        ``proposed_*`` the nearest value on the scale that would clear the ratio, or the best single
        value where none does, ``cr_after`` the ratio with it, ``clears`` whether that is accepted.
    judgments : Judgments
        What was looked at.
    options : mapping
        Options of :func:`techprio.ahp` that were used.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> pairs = {("a", "b"): 3, ("b", "c"): 3, ("a", "c"): 1}
    >>> found = tp.weighting.suggest_revisions(tp.weighting.judgments_from_matrices({"e1": pairs}))
    >>> found.table.loc[0, ["expert", "preferred", "other"]].tolist()
    ['e1', 'a', 'c']
    >>> found.weights_after(0).overall.round(2).to_dict()
    {'a': 0.61, 'b': 0.27, 'c': 0.12}
    """

    table: pd.DataFrame
    judgments: Judgments
    options: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def tables(self) -> dict[str, Table]:
        """Return the table ``revisions``, the furthest from consistent first."""
        columns = [
            *(EXPERT, NODE, CONSISTENCY_RATIO, PREFERRED, OTHER, STRENGTH, IMPLIED),
            *(PROPOSED_PREFERRED, PROPOSED_OTHER, PROPOSED_STRENGTH, RATIO_AFTER, CLEARS),
        ]
        return tables_of(Table.from_frame("revisions", self._title(), columns, self.table))

    def _summary(self) -> str:
        clears = int(self.table["clears"].astype(bool).sum())
        experts = self.table["expert"].nunique()
        return f"{len(self.table)} judgments of {experts} experts, {clears} proposals clear the ratio"

    def _title(self) -> Words:
        return text("Judgments to look at again: {count}", count=len(self.table))

    def judgments_after(self, row: int) -> Judgments:
        """Return the judgments with the proposal of one row of the table taken up."""
        said = self.table.iloc[row]
        return revise_judgment(
            self.judgments,
            str(said["expert"]),
            str(said["node"]),
            preferred=str(said["proposed_preferred"]),
            other=str(said["proposed_other"]),
            strength=float(said["proposed_strength"]),
        )

    def weights_after(self, row: int) -> Weights:
        """Return the weights with the proposal of one row of the table taken up."""
        return ahp(self.judgments_after(row), **self.options)


@validated
def suggest_revisions(
    judgments: Judgments,
    *,
    limit: float = ACCEPTED_RATIO,
    most: int = 3,
    priorities: PriorityMethod = "eigenvector",
    aggregate: Aggregate = "judgments",
    groups: Groups = "equal",
    random_index: RandomIndex = "saaty",
    largest: float | None = LARGEST_STRENGTH,
) -> Revisions:
    """Find the judgments that make experts inconsistent, and the value that would clear each.

    Parameters
    ----------
    judgments : Judgments
    limit : float
        Consistency ratio that is accepted.
    most : int
        How many judgments to name per expert and node.
    priorities, aggregate, groups
        As in :func:`techprio.ahp`, for :meth:`Revisions.weights_after`.
    random_index : str, float or mapping
        As in :func:`techprio.ahp`.
    largest : float or None
        End of the scale; proposals stay on it (on 1 to 9 where there is no end).

    Returns
    -------
    Revisions

    Raises
    ------
    InputError
        The problems that :func:`techprio.ahp` finds, or a limit that is not above 0.

    Examples
    --------
    >>> import techprio as tp
    >>> pairs = {("a", "b"): 3, ("b", "c"): 3, ("a", "c"): 1}
    >>> found = tp.weighting.suggest_revisions(tp.weighting.judgments_from_matrices({"e1": pairs}))
    >>> found.table[["preferred", "other", "proposed_strength", "clears"]].values.tolist()[0]
    ['a', 'c', 4.0, True]
    """
    if not (np.isfinite(limit) and limit > 0):
        raise InputError.argument(
            "limit", found=limit, allowed=text("a consistency ratio above 0, usually 0.10")
        )
    check_count("most", most, least=1)
    answers = read_judgments(judgments, largest=largest)
    rows: list[dict[str, Any]] = []
    notes: list[Text] = []
    for place, expert in enumerate(answers.experts):
        for node, children in answers.hierarchy.items():
            ratios = answers.ratios[node][place]
            if not answers.answered(node)[place] or len(children) < 3:
                continue
            if np.isnan(ratios).any() and len(connected_components(ratios)) > 1:
                continue  # nothing can contradict across components; ahp() names the expert
            found = measure_consistency(ratios, random_index=random_index).cr
            if not found > limit:
                continue
            pairs = find_departures(ratios, limit, random_index, largest or LARGEST_STRENGTH)
            rows += [
                {"expert": expert, "node": node, "cr": found, **_named(pair, children)}
                for pair in _first(pairs, most)
            ]
            if not any(pair.clears for pair in pairs):
                named = node_words(node, answers.hierarchy, answers.labels)
                notes.append(text("no single change clears {expert} at {node}", expert=expert, node=named))
    return Revisions(
        table=pd.DataFrame(rows, columns=REVISION_COLUMNS),
        judgments=judgments,
        options={
            "priorities": priorities,
            "aggregate": aggregate,
            "groups": groups,
            "random_index": random_index,
            "largest": largest,
        },
        notes=tuple(notes),
        provenance=Provenance.of(f"suggest_revisions(most={most}, limit={limit})"),
    )


def best_single_revision(judgments: Judgments, *, limit: float = ACCEPTED_RATIO) -> dict[str, Any]:
    """Return the one judgment of an expert at a node whose change alone can lower CR most.

    Proposals are not taken up together: reversing all three sides of a cycle leaves a cycle.

    Parameters
    ----------
    judgments : Judgments
        Of one expert and one node, all pairs compared.
    limit : float

    Returns
    -------
    dict
        A row of :func:`suggest_revisions`.

    Examples
    --------
    >>> import techprio as tp
    >>> pairs = {("a", "b"): 3, ("b", "c"): 3, ("a", "c"): 1}
    >>> row = best_single_revision(tp.weighting.judgments_from_matrices({"e1": pairs}))
    >>> row["preferred"], row["other"], row["proposed_strength"]
    ('a', 'c', 4.0)
    """
    answers = read_judgments(judgments)
    (expert,), ((node, children),) = answers.experts, answers.hierarchy.items()
    ratios = answers.ratios[node][0]
    pairs = find_departures(ratios, limit, "saaty", LARGEST_STRENGTH)
    best = min(pairs, key=lambda pair: (round(pair.least, 9), pair.change))
    ratio = measure_consistency(ratios).cr
    return {"expert": expert, "node": node, "cr": ratio, **_named(best, children)}


@validated
def revise_judgment(
    judgments: Judgments, expert: str, node: str, *, preferred: str, other: str, strength: float
) -> Judgments:
    """Return the judgments with one statement replaced.

    Parameters
    ----------
    judgments : Judgments
    expert, node : str
        Whose judgment, at which node.
    preferred, other : str
        The pair as it is to stand; either may have been preferred before.
    strength : float
        From 1 on.

    Returns
    -------
    Judgments

    Raises
    ------
    InputError
        When the expert never compared the pair at the node, or a strength below 1.

    Examples
    --------
    >>> import techprio as tp
    >>> judgments = tp.weighting.judgments_from_matrices({"e1": {("a", "b"): 3}})
    >>> revised = tp.weighting.revise_judgment(judgments, "e1", "goal", preferred="b", other="a", strength=4)
    >>> [round(float(tp.ahp(one).overall["a"]), 2) for one in (judgments, revised)]
    [0.75, 0.2]
    """
    if not (is_number(strength) and strength >= 1):
        raise InputError.argument("strength", found=strength, allowed=numbers_between(1, None))
    table = judgments.statements
    pair = table["preferred"].isin([preferred, other]) & table["other"].isin([preferred, other])
    rows = np.flatnonzero((table["expert"] == expert) & (table["node"] == node) & pair)
    if len(rows) != 1:
        raise InputError(
            text(
                "expert {expert} has {count} judgments of {preferred} and {other} at {node}",
                expert=as_written(expert),
                count=len(rows),
                preferred=as_written(preferred),
                other=as_written(other),
                node=as_written(node),
            )
        )
    after = table.copy()
    after["strength"] = after["strength"].astype(float)
    for column, value in (("preferred", preferred), ("other", other), ("strength", float(strength))):
        after.iloc[rows[0], after.columns.get_loc(column)] = value
    return replace(judgments, statements=after)


def _first(pairs: list[Departure], most: int) -> list[Departure]:
    """Return the first pairs, and behind them one that clears when none of them does."""
    shown = pairs[:most]
    if any(pair.clears for pair in shown):
        return shown
    return [*shown, *[pair for pair in pairs[most:] if pair.clears][:1]]


def _named(pair: Departure, children: tuple[str, ...]) -> dict[str, Any]:
    one, other = children[pair.preferred], children[pair.other]
    first, second = (one, other) if pair.proposed >= 1 else (other, one)
    return {
        "preferred": one,
        "other": other,
        "strength": pair.strength,
        "error": pair.error,
        "implied": pair.implied,
        "proposed_preferred": first,
        "proposed_other": second,
        "proposed_strength": round(max(pair.proposed, 1 / pair.proposed), 6),
        "cr_after": pair.cr_after,
        "clears": pair.clears,
    }
