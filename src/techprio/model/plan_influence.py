"""What decides a plan: ranks, or windows alone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Text, joined, text
from techprio.model.provenance import Provenance

RANK_WORDS = {
    "equal": text("all ranks equal"),
    "reversed": text("ranks of each sector reversed"),
    "permuted": text("ranks of each sector permuted at random"),
}
RANKS_TAKEN = Quantity("ranks_taken", text("Ranks"), text("What the ranks of the study were replaced by."))
PHASES_CHANGED = Quantity(
    "phases_changed",
    text("Phases that change"),
    text("Technologies that stand in another phase, or are placed or left out instead."),
    "integer",
)
STARTS_CHANGED = Quantity(
    "starts_changed", text("Starts that change"), text("Technologies that start in another month."), "integer"
)


@dataclass(frozen=True)
class PlanInfluence(Result):
    """What decides a plan: how much of it changes when the ranks are others.

    Parameters
    ----------
    table : DataFrame
        Index ``equal, reversed, permuted``, without those for which no plan was found before the search
        stopped; columns ``phases, starts``: how many technologies stand in
        another phase, start in another month, in the canonical plan made for those ranks.
    placed, held : int
        Technologies that the plan places; of these the ones that readiness, lead times and prerequisites
        allow in no earlier phase, whatever their rank; None where that was not found.
    provenance : Provenance, optional

    Examples
    --------
    >>> table = pd.DataFrame({"phases": [9, 30, 18], "starts": [21, 52, 40]}, index=list(RANK_WORDS))
    >>> for sentence in PlanInfluence(table, 80, 25).sentences():
    ...     print(sentence)
    other ranks, other phases: all ranks equal 9; ranks of each sector reversed 30; ranks of each sector
    permuted at random 18
    25 of 80 placed technologies are held by readiness, lead times and prerequisites alone: no earlier phase
    is possible, whatever their rank
    """

    table: pd.DataFrame
    placed: int
    held: int | None
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return ``ranks, phases, starts``."""
        return self.table.rename_axis("ranks").reset_index()

    def sentences(self) -> tuple[Text, ...]:
        """State how many phases follow from the ranks, and how many technologies from windows alone."""
        changes = [
            text("{ranks} {count}", ranks=RANK_WORDS[str(name)], count=int(count))
            for name, count in self.table["phases"].items()
        ]
        missing = [words for name, words in RANK_WORDS.items() if name not in self.table.index]
        found = []
        if changes:
            found.append(text("other ranks, other phases: {changes}", changes=joined(changes)))
        if missing:
            found.append(
                text(
                    "what other ranks change is not stated ({ranks}): no plan was found before the search"
                    " stopped",
                    ranks=joined(missing),
                )
            )
        if self.held is not None:
            found.append(
                text(
                    "{held} of {placed} placed technologies are held by readiness, lead times and"
                    " prerequisites alone: no earlier phase is possible, whatever their rank",
                    held=self.held,
                    placed=self.placed,
                )
            )
        return tuple(found)

    def tables(self) -> dict[str, Table]:
        """Return the table ``influence``, where there is a row."""
        if self.table.empty:
            return {}
        rows = [(RANK_WORDS[str(name)], *found) for name, *found in self.table.itertuples(name=None)]
        columns = [Column(RANKS_TAKEN, 40), PHASES_CHANGED, STARTS_CHANGED]
        name = text("Influence of ranks")
        return tables_of(
            Table.of("influence", self._title(), columns, rows, notes=self.sentences(), name=name)
        )

    def _summary(self) -> str:
        counts = ", ".join(f"{name} {int(count)}" for name, count in self.table["phases"].items())
        return f"phases that change: {counts or 'not found'}; {self.held} of {self.placed} held by windows"

    def _title(self) -> Text:
        return text("What decides the plan")

    def _facts(self) -> list[Words]:
        return list(self.sentences())
