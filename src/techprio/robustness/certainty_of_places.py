"""Priority with its certainty: firmly among the first k, contested, firmly not.

The first k of a list are a cut; the probability of being among them, over the draws of weights and scores,
says which of them stand whatever is not known and which are one question with those behind the cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.errors import InputError
from techprio.language import Label, Percent, Text, text
from techprio.model.acceptability import (
    CLASS_WORDS,
    P_TOP,
    PRIORITY_CLASS,
    PRIORITY_CLASSES,
    STANDARD_ERROR,
    RankAcceptability,
)
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.gates import Gate
from techprio.model.provenance import Provenance
from techprio.model.ranking import RANK, Ranking
from techprio.model.run import RunData, derived
from techprio.model.weights import Weights
from techprio.ranking.order import rank_scores
from techprio.ranking.rank_table import gate_failures, joined

#: Standard errors within which a probability may lie on the other side of a bound.
NEAR = 2.0
SETTLED = Quantity(
    "settled",
    text("Settled by the draws"),
    text("Whether the probability is more than two standard errors away from both bounds."),
    "mark",
    short=text("Settled"),
)
IN_FAVOR = Quantity(
    "in_favor", text("In the first k for"), text("Groups of experts by whose weights alone it is among them.")
)
KEPT_OUT = Quantity("kept_out", text("Kept from firm by"), text("The stated veto that it does not pass."))
_COLUMNS = [
    "sector", "technology", "rank", "in_first", "p_top", "standard_error", "priority_class", "settled",
    "in_favor", "kept_out",
]  # fmt: skip


@dataclass(frozen=True)
class PriorityClasses(Result):
    """Which alternatives are firmly priority, contested, firmly not, list by list.

    Parameters
    ----------
    table : DataFrame
        A row an alternative, lists in order, inside a list by probability: ``sector, technology, rank,
        in_first`` (whether it stands above the cut), ``p_top, standard_error, priority_class`` (``firm``,
        ``contested``, ``firmly_not``), ``settled`` (whether more draws could not change the class),
        ``in_favor`` (groups by whose weights alone it is among the first k), ``kept_out`` (the veto).
    top : int
    firm, firmly_not : float
        Bounds of the probability, both included.
    labels : mapping of str to Label
    notes : tuple of Text
        The question of each list with contested ones.
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> weights = tp.ahp(study.judgments)
    >>> matrix = study.catalog.decision_matrix("ENE")
    >>> ranking = tp.rank(matrix, weights)
    >>> drawn = tp.simulate(matrix, weights, draws=1000, seed=2026, weight_distribution="panel")
    >>> classes = tp.robustness.priority_classes({"ENE": ranking}, {"ENE": drawn})
    >>> classes.counts.loc["ENE"].to_dict()
    {'firm': 2, 'contested': 4, 'firmly_not': 8}
    """

    table: pd.DataFrame
    top: int
    firm: float = 0.8
    firmly_not: float = 0.2
    labels: Mapping[str, Label] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def counts(self) -> pd.DataFrame:
        """Number of each class in each list."""
        counted = pd.crosstab(self.table["sector"], self.table["priority_class"])
        whole = counted.reindex(list(dict.fromkeys(self.table["sector"])), columns=list(PRIORITY_CLASSES))
        return whole.fillna(0).astype(int)

    def of(self, technology: str) -> str:
        """Return the class of a technology; empty for what is not ranked."""
        found = self.table.loc[self.table["technology"] == technology, "priority_class"]
        return str(found.iloc[0]) if len(found) else ""

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def questions(self) -> list[Text]:
        """Return, for each list with contested ones, the one question that they are."""
        found = []
        for sector, rows in self.table.groupby("sector", sort=False):
            contested = rows[rows["priority_class"] == "contested"]
            if not len(contested):
                continue
            firm = int((rows["priority_class"] == "firm").sum())
            names = tuple(
                text("{name} ({share})", name=row.technology, share=Percent(row.p_top, 0))
                for row in contested.itertuples()
            )
            found.append(
                text(
                    "{sector}: {firm} of {top} places are firm; contested: {names}.",
                    sector=str(sector), firm=firm, top=min(self.top, len(rows)), names=names,
                )
            )  # fmt: skip
        return found

    def tables(self) -> dict[str, Table]:
        """Return ``classes``: what is firm, and what is contested on both sides of the cut."""
        shown = self.table[self.table["priority_class"] != "firmly_not"]
        frame = shown.assign(
            name=[self.labels.get(name, "") for name in shown["technology"]],
            priority_class=[CLASS_WORDS[word] for word in shown["priority_class"]],
            settled=["✓" if settled else "" for settled in shown["settled"]],
            in_favor=[text("{names}", names=tuple(names)) if names else "" for names in shown["in_favor"]],
        )
        columns = [
            Column(SECTOR, 7), Column(TECHNOLOGY, 9), *([Column(TECHNOLOGY_NAME, 36)] if self.labels else []),
            Column(RANK, 7), Column(PRIORITY_CLASS, 15), Column(P_TOP.fill(k=self.top), 8, bar=True),
            Column(STANDARD_ERROR, 8), Column(SETTLED, 9), Column(IN_FAVOR, 24),
            *([Column(KEPT_OUT, 26)] if any(map(bool, shown["kept_out"])) else []),
        ]  # fmt: skip
        return tables_of(Table.from_frame("classes", self._title(), columns, frame, notes=self._facts()))

    def _summary(self) -> str:
        total = self.counts.sum()
        return ", ".join(f"{int(total[name])} {name}" for name in PRIORITY_CLASSES)

    def _title(self) -> Words:
        return text("Firm and contested priorities")

    def _facts(self) -> tuple[Words, ...]:
        total = self.counts.sum()
        return (
            text(
                "Firm: among the first {k} of its sector in at least {firm} of the draws; firmly not: in at "
                "most {not_}; contested: between.",
                k=self.top, firm=Percent(self.firm), not_=Percent(self.firmly_not),
            ),
            text(
                "Firm: {firm}, contested: {contested}, firmly not: {not_}.",
                firm=int(total["firm"]), contested=int(total["contested"]), not_=int(total["firmly_not"]),
            ),
        )  # fmt: skip

    def _remarks(self) -> list[Words]:
        return [*self.notes]


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
) -> PriorityClasses:
    """Sort the alternatives of each list by how certain it is that they are among the first k.

    Parameters
    ----------
    rankings : mapping of str to Ranking
    acceptability : mapping of str to RankAcceptability
        Of the same lists.
    weights : Weights, optional
        Of a panel with groups; then each list says by whose weights alone an alternative is among the first.
    top : int, optional
        The k; by default that of the simulation.
    firm, firmly_not : float
        From which probability of the first k on an alternative is firm, and up to which firmly not.
    gates : sequence of Gate
        Those with ``keeps_from="firm"`` are vetoes: what fails them is contested at most.

    Returns
    -------
    PriorityClasses

    Raises
    ------
    InputError
        Bounds that cross or lie outside 0 to 1, lists of different names, a k above the number of
        candidates of every list, a veto on an unknown criterion.

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
    if set(rankings) != set(acceptability):
        raise InputError.argument("acceptability", found=list(acceptability), allowed=list(rankings))
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
    frames = [
        _of_list(code, ranking, acceptability[code], weights, k, (firm, firmly_not), vetoes)
        for code, ranking in rankings.items()
    ]
    table = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_COLUMNS)
    labels = {name: label for ranking in rankings.values() for name, label in ranking.matrix.labels.items()}
    seeds = {drawn.seed for drawn in acceptability.values()}
    provenance = Provenance.of("priority_classes", seed=min(seeds, default=None))
    classes = PriorityClasses(table, k, firm, firmly_not, labels, provenance=provenance)
    return replace(classes, notes=tuple(classes.questions()))


@derived
def run_classes(run: RunData) -> PriorityClasses:
    """Return the classes of all lists of a run, by the bounds and vetoes of its study."""
    settings = run.study.ranking
    return priority_classes(
        {code: ranking for code, ranking in run.rankings.items() if code in run.acceptability},
        run.acceptability,
        weights=run.weights,
        firm=settings.firm,
        firmly_not=settings.firmly_not,
        gates=run.study.gates,
    )


def _of_list(
    code: str,
    ranking: Ranking,
    drawn: RankAcceptability,
    weights: Weights | None,
    k: int,
    bounds: tuple[float, float],
    vetoes: Sequence[Gate],
) -> pd.DataFrame:
    firm, firmly_not = bounds
    chance, error = drawn.p_top(k), drawn.standard_error(k)
    # Sums of shares: a bound that is met is met.
    words = np.where(
        chance >= firm - 1e-9, "firm", np.where(chance <= firmly_not + 1e-9, "firmly_not", "contested")
    )
    nearest = np.minimum((chance - firm).abs(), (chance - firmly_not).abs())
    in_favor = _groups_in_favor(ranking, weights, k)
    rows = []
    for name, word, distance in zip(chance.index, words, nearest, strict=True):
        failed = gate_failures(vetoes, ranking.matrix, name, keeps_from="firm")
        kept_out = joined(failed) if word == "firm" and failed else ""
        rows.append(
            (
                code, name, int(ranking.ranks[name]), bool(ranking.ranks[name] <= k), float(chance[name]),
                float(error[name]), "contested" if kept_out else str(word),
                bool(distance > NEAR * error[name]), in_favor.get(name, ()), kept_out,
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return table.sort_values(["p_top", "rank"], ascending=[False, True], kind="stable")


def _groups_in_favor(ranking: Ranking, weights: Weights | None, k: int) -> dict[str, tuple[str, ...]]:
    groups = None if weights is None else weights.by_group
    if groups is None or not len(groups):
        return {}
    method, matrix = ranking.method, ranking.matrix
    found: dict[str, list[str]] = {}
    for group, row in groups.iterrows():
        own = row.reindex(list(matrix.criteria)).to_numpy(dtype=float)
        scores = method(matrix.values.to_numpy(), own / own.sum(), matrix.signs)
        ranks = rank_scores(pd.Series(scores, index=matrix.values.index), bounded=method.bounded)
        for name in ranks.index[ranks <= k]:
            found.setdefault(str(name), []).append(str(group))
    return {name: tuple(names) for name, names in found.items()}
