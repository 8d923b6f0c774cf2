"""The plan: which technology starts when, in which phase, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import Label, Language, Text, format_percent, text
from techprio.model.catalog import Catalog
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.model.roadmap import roadmap_frame
from techprio.model.roles import Roles

PLACEMENT_COLUMNS = (
    "sector",
    "phase",
    "start",
    "operational",
    "lead_months",
    "straddles",
    "value",
    "cost",
    "placed",
)


@dataclass(frozen=True)
class Plan(Showable):
    """Placement of every technology, or the reason why it has none.

    Parameters
    ----------
    placements : DataFrame
        Index technology, all of them; columns ``sector, phase, start, operational, lead_months,
        straddles, value, cost, placed``. Months are texts ``YYYY-MM``, empty where not placed;
        ``phase`` is that of the operational month.
    reasons : mapping of str to Text
        Why it stands where it stands, or the least change that would place it.
    spending : DataFrame
        Columns ``technology, period, fund, amount``; period is the first month ``YYYY-MM`` of the
        half-year in which the money is spent.
    staff : DataFrame
        Columns ``technology, period, people``: people needed from that period on.
    budget_use : DataFrame
        Columns ``fund, phase, year, limit, used, cumulative_limit, cumulative_used, hard``, cumulative
        as the carry-over rule reads it.
    staff_use : DataFrame
        Columns ``year, available, needed``, both cumulative where staff accumulates.
    value, bound : float
        Discounted value of the plan, and the proven upper bound.
    gap : float
        bound / value - 1: no plan is better by more than this share.
    status : str
        ``"optimal"`` or ``"stopped"``.
    stopped_on : str
        ``"gap"``, ``"nodes"``, ``"time"``.
    resources : Resources
    shadow : DataFrame
        Columns ``limit, year, price``: value per unit of a limit, about, from the LP relaxation.
    warnings : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> plan.gap <= 0.05, plan.status
    (True, 'optimal')
    >>> plan.placements.loc["CRS01", ["start", "operational", "phase"]].tolist()
    ['2027-07', '2028-06', '2026-2030']
    >>> print(plan.reasons["CRS01"])
    as early as possible
    >>> sum(plan.placements["placed"]) + len(plan.unplaced)
    90
    """

    placements: pd.DataFrame
    reasons: Mapping[str, Text]
    spending: pd.DataFrame
    staff: pd.DataFrame
    budget_use: pd.DataFrame
    staff_use: pd.DataFrame
    value: float
    bound: float
    gap: float
    status: str
    stopped_on: str
    resources: Resources
    shadow: pd.DataFrame = field(default_factory=pd.DataFrame)
    warnings: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    def to_frame(self, language: Language = "en") -> pd.DataFrame:
        """Return one row per technology: ``technology``, the placement columns and ``reason``."""
        frame = self.placements.rename_axis("technology").reset_index()
        frame["reason"] = [self.reasons[name].render(language) for name in frame["technology"]]
        return frame

    def quality(self) -> Text:
        """Say how far the plan can be from the best one."""
        return text(
            "value {value}, proven bound {bound}: no plan is better by more than {gap}",
            value=round(self.value, 3),
            bound=round(self.bound, 3),
            gap=Label(format_percent(self.gap, "vi", 3), format_percent(self.gap, "en", 3)),
        )

    def plot(
        self,
        ax: Any = None,
        *,
        catalog: Catalog | None = None,
        roles: Roles | None = None,
        language: Language = "vi",
    ) -> Any:
        """Draw the roadmap: lanes of sectors, budgets below.

        Parameters
        ----------
        ax : Axes, optional
        catalog : Catalog, optional
            Gives names; without it ids stand there.
        roles : Roles, optional
            Gives colors and, at the right edge, how sure each role is.
        language : {"vi", "en"}

        Returns
        -------
        Axes
        """
        from techprio.charts.roadmap import draw_roadmap

        table = roadmap_frame(
            self,
            catalog=catalog,
            role=None if roles is None else roles.table["role_final"],
            certainty=None if roles is None else roles.table["certainty"],
        )
        return draw_roadmap(
            table,
            phases=self.phase_years,
            budget=self.named_budget,
            title=self.title,
            ax=ax,
            language=language,
        )

    @property
    def title(self) -> Text:
        """How many technologies of all are placed."""
        return text(
            "Roadmap: {placed} of {all} technologies placed; budgets in {currency}",
            placed=int(self.placements["placed"].sum()),
            all=len(self.placements),
            currency=self.resources.money,
        )

    @property
    def phase_years(self) -> list[tuple[str, int, int]]:
        """The phases with their first and last year."""
        return [(phase.id, phase.first_year, phase.last_year) for phase in self.resources.phases]

    @property
    def named_budget(self) -> pd.DataFrame:
        """Use of the budgets with the name of each fund."""
        labels = {fund.id: fund.label for fund in self.resources.funds}
        return self.budget_use.assign(fund_name=self.budget_use["fund"].map(labels))

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Technologies that the plan leaves out."""
        return tuple(self.placements.index[~self.placements["placed"]])

    def _view(self) -> View:
        frame = self.placements.rename_axis("technology").reset_index()
        frame["reason"] = [self.reasons.get(name, "") for name in frame["technology"]]
        frame = frame.sort_values(["placed", "operational"], ascending=[False, True], kind="stable")
        columns = (
            Column("technology", text("technology")),
            Column("sector", text("sector")),
            Column("phase", text("phase")),
            Column("start", text("start"), "month"),
            Column("operational", text("operational"), "month"),
            Column("value", text("value"), "level", 3),
            Column("cost", text("cost"), "level", 1),
            Column("reason", text("reason")),
        )
        by_phase = frame.loc[frame["placed"], "phase"].value_counts()
        counts = [
            text("{phase}: {count} technologies", phase=phase.id, count=int(by_phase.get(phase.id, 0)))
            for phase in self.resources.phases
        ]
        out = text("not placed: {count}", count=len(self.unplaced))
        return View(
            title=text("Plan of {count} technologies", count=len(frame)),
            facts=(self.quality(), *counts, out),
            tables=(Table(frame, columns),),
            notes=self.warnings,
        )
