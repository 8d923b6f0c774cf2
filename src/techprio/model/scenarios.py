"""The same study under other limits, budgets or decisions, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Language, Percent, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY
from techprio.model.plan import OPERATIONAL, Plan
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
BELOW_GAP = Quantity(
    "below_gap",
    text("Below the gap"),
    text(
        "The difference is smaller than the proven gaps: the best plans may be worth the same, so it shows"
        " nothing."
    ),
)
IS_BELOW = text("below the gap")


def is_below_gap(value: float, bound: float, other_value: float, other_bound: float) -> bool:
    """Whether the best values behind two plans, each between value and bound, may be the same.

    Examples
    --------
    >>> is_below_gap(10.0, 10.2, 10.1, 10.3), is_below_gap(10.0, 10.2, 10.3, 10.4)
    (True, False)
    """
    return value <= other_bound and other_value <= bound


@dataclass(frozen=True)
class Frontier(Result):
    """What a plan is worth by budget.

    Parameters
    ----------
    table : DataFrame
        One row a factor: ``factor, budget`` (sum of the hard limits), ``value, bound, gap, placed,
        below_gap``: whether the difference to the row before that has a value is below the gap. Where no
        plan keeps the limits, there is no value.
    money : Text or str
        The unit of the budgets.
    infeasible : mapping of float to Text
        Factors whose limits no plan can keep, with those that clash.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5, 10], "months": [6, 12]}, index=["Data", "Dairy"])
    >>> budgets = pd.DataFrame({"local": 5}, index=range(2026, 2031))
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2030-12", phases={"2026-2030": (2026, 2030)}
    ... )
    >>> values = pd.Series({"Data": 1.0, "Dairy": 2.0})
    >>> found = tp.phasing.plan_frontier(table, limits, values, factors=[0.5, 1.0])
    >>> found.to_frame()["value"].is_monotonic_increasing
    True
    """

    table: pd.DataFrame
    money: Text | str = ""
    infeasible: Mapping[float, Words] = field(default_factory=dict)
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
        columns = [
            *(BUDGET_FACTOR, BUDGET.per(self.money), Column(PLAN_VALUE, bar=True), BOUND, GAP, PLACED),
            Column(BELOW_GAP, 14),
        ]
        frame = self.table.assign(below_gap=[IS_BELOW if below else "" for below in self.table["below_gap"]])
        note = text("Below the gap: against the row before, neither plan is shown to be worth more.")
        notes = [note] if self.table["below_gap"].any() else []
        title = self._title()
        return tables_of(
            Table.from_frame("frontier", title, columns, frame, notes=(*notes, *self._remarks()))
        )

    def _summary(self) -> str:
        factors = self.table["factor"].astype(float)
        return f"{len(factors)} budgets, {factors.min():g} to {factors.max():g} times the stated ones"

    def _title(self) -> Text:
        return text("Value against money")

    def _remarks(self) -> list[Words]:
        broken = [
            text("{factor} of the budgets: {why}", factor=Percent(factor), why=why)
            for factor, why in self.infeasible.items()
        ]
        return [*broken, *self.notes]


SCENARIO = Quantity("scenario", text("Scenario"), text("What was changed against the study as stated."))
PLACED_COST = Quantity(
    "cost_placed",
    text("Cost of what is placed"),
    text("Cost of all technologies that the plan places."),
    "money",
)
PLACED_BY_PHASE = Quantity(
    "placed_by_phase",
    text("Technologies by phase"),
    text("How many the plan places in the phase."),
    "integer",
)
NOT_PLACED = Quantity(
    "not_placed", text("Not placed"), text("How many technologies the plan leaves out."), "integer"
)

VALUE_CHANGE = Quantity(
    "value_change",
    text("Value against the plan as stated"),
    text("By which share the value differs from that of the plan as stated."),
    "share",
    decimals=2,
)
DIFFERS = Quantity("differs", text("Differs"), text("Whether a scenario places it otherwise than stated."))


@dataclass(frozen=True)
class ScenarioComparison(Result):
    """Plans of several scenarios.

    Parameters
    ----------
    plans : mapping of str to Plan
        By scenario, the one that the others are compared with first.
    infeasible : mapping of str to Text
        Scenarios that no plan can keep, with the limits that clash.
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5, 10], "months": [6, 12]}, index=["Data", "Dairy"])
    >>> budgets = pd.DataFrame({"local": 5}, index=range(2026, 2031))
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2030-12", phases={"2026-2030": (2026, 2030)}
    ... )
    >>> values = pd.Series({"Data": 1.0, "Dairy": 2.0})
    >>> found = tp.compare_scenarios(table, ["budget=0.5"], limits, values)
    >>> list(found.plans)
    ['as stated', 'budget=0.5']
    >>> found.summary["value"].is_monotonic_decreasing
    True
    """

    plans: Mapping[str, Plan]
    infeasible: Mapping[str, Words]
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def summary(self) -> pd.DataFrame:
        """One row a scenario: value, bound, gap, cost of what is placed, technologies by phase.

        ``value_change`` is the share by which the value differs from that of the first plan, ``below_gap``
        whether the proven gaps leave open that the best plans are worth the same. Both are empty where the
        scenario counts otherwise (another objective, other rank classes, another discount rate).
        """
        first = next(iter(self.plans.values()), None)
        return pd.DataFrame([_row(name, plan, first or plan) for name, plan in self.plans.items()])

    def to_frame(self) -> pd.DataFrame:
        """Return one row per technology: the operational month in each scenario, and whether any differ."""
        columns = {name: plan.placements["operational"] for name, plan in self.plans.items()}
        frame = pd.DataFrame(columns)
        frame["differs"] = frame.ne(frame.iloc[:, 0], axis=0).any(axis=1)
        return frame.rename_axis("technology").reset_index()

    def tables(self) -> dict[str, Table]:
        """Return ``scenarios``, one row each, and ``months``, the technologies whose month differs."""
        first = next(iter(self.plans.values()), None)
        phases = [] if first is None else [phase.id for phase in first.resources.phases]
        columns = [
            SCENARIO,
            Column(PLAN_VALUE, bar=True),
            *(GAP, VALUE_CHANGE, Column(BELOW_GAP, 14)),
            PLACED_COST if first is None else PLACED_COST.per(first.resources.money),
            *(PLACED_BY_PHASE.each(phase) for phase in phases),
            NOT_PLACED,
        ]
        names: list[Words] = [text("as stated") if name == "as stated" else name for name in self.plans]
        summary = self.summary
        if len(summary):
            summary["scenario"] = names
            summary["below_gap"] = [IS_BELOW if below is True else "" for below in summary["below_gap"]]
        shown = ["scenario", "value", "gap", "value_change", "below_gap", "cost", *phases, "not placed"]
        moved = self.to_frame()
        moved = moved.loc[moved["differs"], ["technology", *self.plans]] if len(moved) else moved
        each = (OPERATIONAL.each(name, head) for name, head in zip(self.plans, names, strict=True))
        months = [TECHNOLOGY, *each]
        title = text("operational month, where scenarios differ")
        return tables_of(
            Table.of(
                "scenarios",
                self._title(),
                columns,
                summary[shown].to_numpy(object).tolist() if phases else [],
            ),
            Table.of("months", title, months, moved.to_numpy(object).tolist()),
        )

    def _summary(self) -> str:
        return f"{len(self.plans)} plans: {', '.join(self.plans)}; {len(self.infeasible)} infeasible"

    def _title(self) -> Text:
        return text("{count} scenarios", count=len(self.plans) + len(self.infeasible))

    def _remarks(self) -> list[Words]:
        broken = [
            text("{scenario}: no plan keeps all limits; {why}", scenario=s, why=w)
            for s, w in self.infeasible.items()
        ]
        return [*broken, *self.notes]


def _row(name: str, plan: Plan, first: Plan) -> dict[str, object]:
    counted = [(one.resources.objective, one.resources.rank_classes, one.resources.discount_rate)
               for one in (plan, first)]  # fmt: skip
    is_alike = plan is not first and counted[0] == counted[1]
    placed = plan.placements[plan.placements["placed"]]
    counts = placed["phase"].value_counts()
    return {
        "scenario": name,
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "value_change": plan.value / first.value - 1 if is_alike and first.value > 0 else float("nan"),
        "below_gap": is_below_gap(plan.value, plan.bound, first.value, first.bound) if is_alike else None,
        "cost": float(placed["cost"].sum()),
        **{phase.id: int(counts.get(phase.id, 0)) for phase in plan.resources.phases},
        "not placed": len(plan.unplaced),
    }
