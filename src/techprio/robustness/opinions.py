"""Dissent in a panel: the few opinions in it, each with its own lists, and what they agree on.

Experts who weigh alike are one opinion (complete linkage on the Shannon similarity of their weights); its
weights are the mean of its members'. Leaving out one expert at a time shows what hangs on one voice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Text, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.judgments import GROUP
from techprio.model.known_names import group_name
from techprio.model.provenance import Provenance
from techprio.model.ranking import Ranking
from techprio.model.study import Study
from techprio.model.weights import Weights
from techprio.ranking.rank_table import rank
from techprio.scoring import rank_study, study_weights
from techprio.weighting.consensus import EXPERTS, panel_consensus

#: Panels up to this size have each expert left out in turn.
MOST_EXPERTS = 60
OPINION_RANK = Quantity(
    "opinion",
    text("Rank by opinion"),
    text("Rank by the mean weights of the experts of this opinion."),
    "integer",
)
WHOEVER = Quantity(
    "whoever", text("Whoever decides"), text("Whether every opinion has it among the first."), "mark"
)
CAME_IN = Quantity("came_in", text("Comes in"), text("What would be among the first without the expert."))
_LEFT_OUT = ["group", "sector", "came_in", "left", "experts"]
LEFT = Quantity("left", text("Leaves"), text("What would no longer be among the first without the expert."))


@dataclass(frozen=True)
class Dissent(Result):
    """The opinions in a panel, their lists, and what hangs on one expert.

    Parameters
    ----------
    table : DataFrame
        ``sector, technology``, the rank by each opinion (columns ``1``, ``2`` ...), and ``whoever``: whether
        it is among the first k by every opinion; technologies that are by none are left out.
    members : DataFrame
        ``opinion, group, experts``: how many experts of which group hold it.
    left_out : DataFrame
        ``group, sector, came_in, left, experts``: lists that would change without one expert, by the
        expert's group, and for how many of its experts.
    top : int
    experts : int
    labels : mapping of str to Label
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> found = tp.robustness.panel_dissent(tp.example("lai-chau"))
    >>> int(found.table["whoever"].sum()), int(found.members["experts"].sum())
    (13, 12)
    """

    table: pd.DataFrame
    members: pd.DataFrame
    left_out: pd.DataFrame
    top: int
    experts: int
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def tables(self) -> dict[str, Table]:
        """Return ``opinions``, the lists of each opinion, and ``left_out``."""
        numbers = [name for name in self.table.columns if name not in ("sector", "technology", "whoever")]
        shown = self.table.assign(
            name=[self.labels.get(name, "") for name in self.table["technology"]],
            whoever=["✓" if whoever else "" for whoever in self.table["whoever"]],
            **{OPINION_RANK.each(number).key: self.table[number] for number in numbers},
        )
        headed = [OPINION_RANK.each(number, text("Opinion {number}", number=number)) for number in numbers]
        columns = [
            Column(SECTOR, 7), Column(TECHNOLOGY, 9), Column(TECHNOLOGY_NAME, 40),
            *(Column(quantity, 9) for quantity in headed), Column(WHOEVER, 10),
        ]  # fmt: skip
        left = self.left_out.assign(
            group=list(map(group_name, self.left_out["group"])),
            **{
                key: [text("{names}", names=names) if names else "" for names in self.left_out[key]]
                for key in ("came_in", "left")
            },
        )
        title = text("Lists that would change without one expert, by the expert's group")
        return tables_of(
            Table.from_frame("opinions", self._title(), columns, shown, notes=(*self._facts(), *self.notes)),
            Table.from_frame("left_out", title, [GROUP, SECTOR, CAME_IN, LEFT, EXPERTS], left),
        )

    def _summary(self) -> str:
        count = self.members["opinion"].nunique()
        return f"{self.experts} experts, {count} opinions, {int(self.table['whoever'].sum())} agreed by all"

    def _title(self) -> Words:
        return text("Opinions in the panel, and what they agree on")

    def _facts(self) -> tuple[Words, ...]:
        agreed = text(
            "{count} technologies are among the first {k} of their sector whoever decides.",
            count=int(self.table["whoever"].sum()), k=self.top,
        )  # fmt: skip
        return (agreed, *(_held_by(opinion, rows) for opinion, rows in self.members.groupby("opinion")))


def _held_by(opinion: object, rows: pd.DataFrame) -> Text:
    groups = tuple(
        text("{group}: {count}", group=group_name(str(row.group)), count=int(row.experts))
        for row in rows.itertuples()
    )
    return text("Opinion {number}: {groups}.", number=str(opinion), groups=groups)


@validated
def panel_dissent(
    study: Study, *, weights: Weights | None = None, opinions: int = 3, leave_out: bool = True
) -> Dissent:
    """Find the opinions in the panel of a study, each with its lists, and what hangs on one expert.

    Parameters
    ----------
    study : Study
    weights : Weights, optional
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
    rankings = rank_study(study, known)
    table = _lists(rankings, known, held, study.ranking.top)
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
        left_out = _without_one(study, rankings, group_of)
    elif leave_out:
        notes = (text("Experts are left out one by one only in panels of up to {most}.", most=MOST_EXPERTS),)
    labels = {name: study.catalog.label(name) for name in study.catalog.technologies.index}
    provenance = Provenance.of(f"panel_dissent(opinions={opinions})", inputs=study.inputs)
    return Dissent(table, members, left_out, study.ranking.top, len(held), labels, notes, provenance)


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


def _lists(rankings: Mapping[str, Ranking], weights: Weights, held: pd.Series, top: int) -> pd.DataFrame:
    means = weights.by_expert.loc[held.index].groupby(held).mean()
    rows = []
    for code, ranking in rankings.items():
        by_opinion = {
            str(number): rank(ranking.matrix, row / row.sum(), ranking.method).ranks
            for number, row in means.iterrows()
        }
        for name in ranking.to_frame()["alternative"]:
            places = {number: int(ranks[name]) for number, ranks in by_opinion.items()}
            if min(places.values()) <= top:
                rows.append(
                    {"sector": code, "technology": name, **places, "whoever": max(places.values()) <= top}
                )
    return pd.DataFrame(rows, columns=["sector", "technology", *map(str, means.index), "whoever"])


def _without_one(study: Study, rankings: Mapping[str, Ranking], group_of: Mapping[str, str]) -> pd.DataFrame:
    assert study.judgments is not None
    first = {code: _first(ranking, study.ranking.top) for code, ranking in rankings.items()}
    rows = []
    panel = study.judgments
    for expert, group in group_of.items():
        statements = panel.statements[panel.statements["expert"] != expert]
        counted = {name: weight for name, weight in panel.expert_weights.items() if name != expert}
        try:
            others = replace(panel, statements=statements, expert_weights=counted)
            weights = study_weights(study, judgments=others)
        except InputError:
            continue  # a comparison that nobody else made: the panel cannot do without
        for code, ranking in rank_study(study, weights).items():
            now = _first(ranking, study.ranking.top)
            if now != first[code]:
                rows.append(
                    (str(group), code, tuple(sorted(now - first[code])), tuple(sorted(first[code] - now)))
                )
    frame = pd.DataFrame(rows, columns=_LEFT_OUT[:-1])
    counted = frame.groupby(_LEFT_OUT[:-1], sort=True).size().rename("experts")
    return counted.reset_index()


def _first(ranking: Ranking, top: int) -> frozenset[str]:
    return frozenset(map(str, ranking.ranks.index[ranking.ranks <= top]))
