"""The critical chain: which prerequisites set the earliest end of all the work."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CriticalChain:
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
    """

    table: pd.DataFrame
    chain: tuple[str, ...]
    months: float

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``technology`` and ``critical`` (on the chain) as columns."""
        frame = self.table.assign(critical=self.table.index.isin(self.chain))
        return frame.rename_axis("technology").reset_index()
