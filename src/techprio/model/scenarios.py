"""The same study under other limits or decisions, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import text
from techprio.model.plan import Plan

_FIGURES = ("value", "bound", "gap", "cost")


@dataclass(frozen=True)
class ScenarioComparison(Showable):
    """Plans of several scenarios.

    Parameters
    ----------
    plans : mapping of str to Plan
        By scenario, the one that the others are compared with first.
    infeasible : mapping of str to str
        Scenarios that no plan can keep, with the limits that clash.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> found = tp.compare_scenarios(study, ["budget=0.8"], gap=0.05)
    >>> list(found.plans)
    ['as stated', 'budget=0.8']
    >>> found.summary["value"].is_monotonic_decreasing
    True
    """

    plans: Mapping[str, Plan]
    infeasible: Mapping[str, str]

    @property
    def summary(self) -> pd.DataFrame:
        """One row a scenario: value, bound, gap, cost of what is placed, technologies by phase."""
        return pd.DataFrame([_row(name, plan) for name, plan in self.plans.items()])

    def to_frame(self) -> pd.DataFrame:
        """Return one row per technology: the operational month in each scenario, and whether any differ."""
        columns = {name: plan.placements["operational"] for name, plan in self.plans.items()}
        frame = pd.DataFrame(columns)
        frame["differs"] = frame.ne(frame.iloc[:, 0], axis=0).any(axis=1)
        return frame.rename_axis("technology").reset_index()

    def _view(self) -> View:
        summary = self.summary
        phases = [c for c in summary.columns if c not in (*_FIGURES, "scenario", "not placed")]
        columns = (
            Column("scenario", text("scenario")),
            Column("value", text("value"), "level", 3),
            Column("gap", text("gap"), "share", 2),
            Column("cost", text("cost of what is placed"), "number", 1),
            *(Column(phase, phase, "number", 0) for phase in phases),
            Column("not placed", text("not placed"), "number", 0),
        )
        months = self.to_frame()
        months = months[months["differs"]]
        moved = [
            Column("technology", text("technology")),
            *(Column(name, name, "month") for name in self.plans),
        ]
        return View(
            title=text("{count} scenarios", count=len(self.plans) + len(self.infeasible)),
            tables=(
                Table(summary, columns),
                Table(months, moved, title=text("operational month, where scenarios differ")),
            ),
            notes=[
                text("{scenario}: no plan keeps all limits; {why}", scenario=s, why=w)
                for s, w in self.infeasible.items()
            ],
        )


def _row(name: str, plan: Plan) -> dict[str, object]:
    placed = plan.placements[plan.placements["placed"]]
    counts = placed["phase"].value_counts()
    return {
        "scenario": name,
        "value": plan.value,
        "bound": plan.bound,
        "gap": plan.gap,
        "cost": float(placed["cost"].sum()),
        **{phase.id: int(counts.get(phase.id, 0)) for phase in plan.resources.phases},
        "not placed": len(plan.unplaced),
    }
