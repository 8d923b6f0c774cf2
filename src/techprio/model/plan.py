"""The plan: which technology starts when, in which phase, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from techprio.language import Language, Text
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources

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
class Plan:
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

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Technologies that the plan leaves out."""
        return tuple(self.placements.index[~self.placements["placed"]])
