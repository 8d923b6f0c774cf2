"""Priority with its certainty: firmly priority, contested, firmly not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Chance, Label, Percent, Text, text
from techprio.model.acceptability import (
    CLASS_WORDS,
    PRIORITY_CLASS,
    PRIORITY_CLASSES,
    STANDARD_ERROR,
    chance_of,
)
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.provenance import Provenance
from techprio.model.ranking import RANK

SETTLED = Quantity(
    "settled",
    text("Settled by the draws"),
    text("Whether the probability is more than two standard errors away from both bounds."),
    "mark",
    short=text("Settled"),
)
IN_FAVOR = Quantity(
    "in_favor", text("Priority for"), text("Groups of experts by whose weights alone it is priority.")
)
KEPT_OUT = Quantity("kept_out", text("Kept from firm by"), text("The stated veto that it does not pass."))


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
    rule : {"top", "score", "outranking"}
        What priority is: among the first k, a score that reaches the reference profile, outranking it.
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
    rule: str = "top"
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

    @property
    def chance(self) -> Quantity:
        """The quantity of ``p_top`` under the rule of priority."""
        return chance_of(self.rule, self.top)

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
                text("{name} ({share})", name=name, share=Chance(chance, 0))
                for name, chance in zip(contested["technology"], contested["p_top"], strict=True)
            )
            places = {"sector": str(sector), "firm": firm, "names": names}
            if self.rule == "top":
                top = min(self.top, len(rows))
                found.append(
                    text("{sector}: {firm} of {top} places are firm; contested: {names}.", top=top, **places)
                )
            else:
                found.append(
                    text("{sector}: {firm} firmly reach the reference profile; contested: {names}.", **places)
                )
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
            Column(RANK, 7), Column(PRIORITY_CLASS, 15), Column(self.chance, 8, bar=True),
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
        bounds = {"firm": Percent(self.firm), "not_": Percent(self.firmly_not)}
        stated = (
            text(
                "Firm: among the first {k} of its sector in at least {firm} of the draws; firmly not: in at "
                "most {not_}; contested: between.",
                k=self.top,
                **bounds,
            )
            if self.rule == "top"
            else text(
                "Firm: reaches the reference profile in at least {firm} of the draws; firmly not: in at most "
                "{not_}; contested: between.",
                **bounds,
            )
        )
        return (
            stated,
            text(
                "Firm: {firm}, contested: {contested}, firmly not: {not_}.",
                firm=int(total["firm"]), contested=int(total["contested"]), not_=int(total["firmly_not"]),
            ),
        )  # fmt: skip

    def _remarks(self) -> list[Words]:
        return [*self.notes]
