"""Value against money: the plan under every multiple of the budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from techprio.language import Language, Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Frontier:
    """What a plan is worth by budget.

    Parameters
    ----------
    table : DataFrame
        One row a factor: ``factor, budget`` (sum of the hard limits), ``value, bound, gap, placed``.
    money : Text or str
        The unit of the budgets.
    """

    table: pd.DataFrame
    money: Text | str = ""

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    def plot(self, ax: Axes | None = None, *, language: Language = "vi") -> Axes:
        """Draw value by budget, with the proven bound."""
        from techprio.charts.frontier import draw_frontier

        return draw_frontier(self.table, currency=self.money, ax=ax, language=language)
