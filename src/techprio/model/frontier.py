"""Value against money: the plan under every multiple of the budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table
from techprio.display.results import Result, tables_of
from techprio.language import Language, Text, resolve_language, text
from techprio.model.provenance import Provenance

BUDGET_FACTOR = Quantity(
    "factor",
    text("Multiple of the budgets"),
    text("By what all budgets are multiplied."),
    "number",
    decimals=2,
)
BUDGET = Quantity("budget", text("Budget"), text("Sum of the hard limits of all years."), "money")
PLAN_VALUE = Quantity("value", text("Value"), text("Discounted value of all that the plan places."), "score")
BOUND = Quantity("bound", text("Proven bound"), text("No plan can have a higher value than this."), "score")
GAP = Quantity(
    "gap",
    text("Gap"),
    text("By how much a better plan could exceed the value, at most."),
    "share",
    decimals=2,
)
PLACED = Quantity(
    "placed", text("Technologies placed"), text("How many technologies the plan places."), "integer"
)


@dataclass(frozen=True)
class Frontier(Result):
    """What a plan is worth by budget.

    Parameters
    ----------
    table : DataFrame
        One row a factor: ``factor, budget`` (sum of the hard limits), ``value, bound, gap, placed``.
    money : Text or str
        The unit of the budgets.
    notes : tuple of Text
    provenance : Provenance, optional

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
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table

    def plot(self, ax: Any = None, *, language: Language | None = None) -> Any:
        """Draw value by budget, with the proven bound."""
        from techprio.charts.frontier import draw_frontier

        return draw_frontier(self.table, currency=self.money, ax=ax, language=resolve_language(language))

    def tables(self) -> dict[str, Table]:
        """Return the table ``frontier``."""
        columns = [BUDGET_FACTOR, BUDGET.per(self.money), Column(PLAN_VALUE, bar=True), BOUND, GAP, PLACED]
        return tables_of(Table.from_frame("frontier", self._title(), columns, self.table))

    def _summary(self) -> str:
        factors = self.table["factor"].astype(float)
        return f"{len(factors)} budgets, {factors.min():g} to {factors.max():g} times the stated ones"

    def _title(self) -> Text:
        return text("Value against money")
