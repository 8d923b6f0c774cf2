"""Dissent in a panel: the few opinions in it, each with its lists, and what hangs on one voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Label, Text, text
from techprio.model.catalog import SECTOR, TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.judgments import GROUP
from techprio.model.known_names import group_name
from techprio.model.provenance import Provenance

EXPERTS = Quantity("experts", text("Number of experts"), text("How many experts answered."), "integer")
OPINION_RANK = Quantity(
    "opinion",
    text("Rank by opinion"),
    text("Rank by the mean weights of the experts of this opinion."),
    "integer",
)
WHOEVER = Quantity(
    "whoever", text("Whoever decides"), text("Whether every opinion makes it priority."), "mark"
)
CAME_IN = Quantity("came_in", text("Comes in"), text("What would be priority without the expert."))
LEFT = Quantity("left", text("Leaves"), text("What would no longer be priority without the expert."))


@dataclass(frozen=True)
class Dissent(Result):
    """The opinions in a panel, their lists, and what hangs on one expert.

    Parameters
    ----------
    table : DataFrame
        ``sector, technology``, the rank by each opinion (columns ``1``, ``2`` ...), and ``whoever``: whether
        it is priority by every opinion; technologies that are by none are left out.
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
    rule : {"top", "score", "outranking"}
        What priority is.

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
    rule: str = "top"

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
        count = int(self.table["whoever"].sum())
        agreed = text(
            "{count} technologies are among the first {k} of their sector whoever decides.",
            count=count, k=self.top,
        )  # fmt: skip
        if self.rule != "top":
            agreed = text("{count} technologies reach the reference profile whoever decides.", count=count)
        return (agreed, *(_held_by(opinion, rows) for opinion, rows in self.members.groupby("opinion")))


def _held_by(opinion: object, rows: pd.DataFrame) -> Text:
    groups = tuple(
        text("{group}: {count}", group=group_name(str(row.group)), count=int(row.experts))
        for row in rows.itertuples()
    )
    return text("Opinion {number}: {groups}.", number=str(opinion), groups=groups)
