"""The critical chain: which prerequisites set the earliest end of all the work."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Text, text
from techprio.model.catalog import LEAD_MONTHS, TECHNOLOGY
from techprio.model.provenance import Provenance

LEVEL = Quantity(
    "level", text("Level in the chain"), text("0 needs nothing; others stand above all they need."), "integer"
)
EARLIEST_START = Quantity(
    "earliest_start",
    text("Earliest start"),
    text("Month of the horizon, from 0, before which the work cannot start."),
    "integer",
    unit=text("month"),
)
EARLIEST_END = Quantity(
    "earliest_end",
    text("Earliest operation"),
    text("Month of the horizon, from 0, before which it cannot be operational."),
    "integer",
    unit=text("month"),
)
SLACK = Quantity(
    "slack",
    text("Slack"),
    text("How far the start can slip before the last technology of all becomes operational later."),
    "integer",
    unit=text("months"),
)
WAITS_FOR = Quantity(
    "waits_for", text("Waits for"), text("The prerequisite that sets the earliest start."), "code"
)
CRITICAL = Quantity(
    "critical", text("On the longest chain"), text("Whether it is part of the longest chain.")
)


@dataclass(frozen=True)
class CriticalChain(Result):
    """Earliest times, slack and the longest chain, money and staff left aside.

    Parameters
    ----------
    table : DataFrame
        Index technology; columns ``level, lead, earliest_start, earliest_end, slack`` (months; starts
        and ends counted from the beginning of the horizon) and ``waits_for``, the prerequisite that
        sets the earliest start, "" where none does.
    chain : tuple of str
        From the first to the last technology of the longest chain.
    months : float
        When the last technology can be operational, in months from the beginning of the horizon.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> edges = pd.DataFrame({"technology": ["B", "C"], "requires": ["A", "B"]})
    >>> graph = tp.dependencies.build_graph(edges, ["A", "B", "C", "D"])
    >>> found = tp.dependencies.find_critical_chain(graph, pd.Series({"A": 12, "B": 6, "C": 3, "D": 6}))
    >>> found.chain, found.months
    (('A', 'B', 'C'), 21.0)
    >>> found.to_frame()["critical"].tolist()
    [True, True, True, False]
    """

    table: pd.DataFrame
    chain: tuple[str, ...]
    months: float
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``technology`` and ``critical`` (on the chain) as columns."""
        frame = self.table.assign(critical=self.table.index.isin(self.chain))
        return frame.rename_axis("technology").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return the table ``critical_chain``, the least slack first."""
        frame = self.to_frame().rename(columns={"lead": "lead_months"})
        frame = frame.sort_values(["slack", "earliest_start"], kind="stable")
        end = Column(EARLIEST_END, bar=True)
        columns = [TECHNOLOGY, LEVEL, LEAD_MONTHS, EARLIEST_START, end, SLACK, WAITS_FOR, CRITICAL]
        return tables_of(Table.from_frame("critical_chain", self._title(), columns, frame))

    def _summary(self) -> str:
        longest = f"longest chain {len(self.chain)}, {self.months:g} months"
        return f"{len(self.table)} technologies, {longest}: {' -> '.join(self.chain)}"

    def _title(self) -> Text:
        return text("Earliest times of {count} technologies", count=len(self.table))

    def _facts(self) -> tuple[Words, ...]:
        longest = text(
            "longest chain: {chain}, {months} months", chain=" → ".join(self.chain), months=float(self.months)
        )
        return longest, text("money and staff are left aside")
