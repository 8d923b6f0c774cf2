"""The critical chain: which prerequisites set the earliest end of all the work."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import text


@dataclass(frozen=True)
class CriticalChain(Showable):
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

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``technology`` and ``critical`` (on the chain) as columns."""
        frame = self.table.assign(critical=self.table.index.isin(self.chain))
        return frame.rename_axis("technology").reset_index()

    def _view(self) -> View:
        frame = self.to_frame().sort_values(["slack", "earliest_start"], kind="stable")
        columns = (
            Column("technology", text("technology")),
            Column("level", text("level in the chain"), "number", 0),
            Column("lead", text("lead time, months"), "number", 0),
            Column("earliest_start", text("earliest start, month"), "number", 0),
            Column("earliest_end", text("earliest end, month"), "level", 0),
            Column("slack", text("slack, months"), "number", 0),
            Column("waits_for", text("waits for")),
            Column("critical", text("on the longest chain")),
        )
        longest = text(
            "longest chain: {chain}, {months} months", chain=" → ".join(self.chain), months=float(self.months)
        )
        return View(
            title=text("Earliest times of {count} technologies", count=len(frame)),
            facts=(longest, text("money and staff are left aside")),
            tables=(Table(frame, columns),),
        )
