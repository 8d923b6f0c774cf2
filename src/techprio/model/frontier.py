"""Value against money: the plan under every multiple of the budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import Language, Text, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Frontier(Showable):
    """What a plan is worth by budget.

    Parameters
    ----------
    table : DataFrame
        One row a factor: ``factor, budget`` (sum of the hard limits), ``value, bound, gap, placed``.
    money : Text or str
        The unit of the budgets.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> found = tp.phasing.plan_frontier(study, factors=[0.5, 1.0], gap=0.05)
    >>> found.to_frame()["value"].is_monotonic_increasing
    True
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

    def _view(self) -> View:
        columns = (
            Column("factor", text("multiple of the budgets"), "number", 2),
            Column("budget", text("budget, {money}", money=self.money), "number", 1),
            Column("value", text("value of the plan"), "level", 3),
            Column("bound", text("proven bound"), "number", 3),
            Column("gap", text("gap"), "share", 2),
            Column("placed", text("technologies placed"), "number", 0),
        )
        return View(title=text("Value against money"), tables=(Table(self.table, columns),))
