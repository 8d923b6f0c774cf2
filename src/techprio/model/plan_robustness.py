"""Robustness of a plan: in how many draws a technology stands in a phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from techprio.display.quantities import Column, Quantity, Table, Words
from techprio.display.results import Result, tables_of
from techprio.language import Language, Text, resolve_language, text
from techprio.model.catalog import TECHNOLOGY, TECHNOLOGY_NAME
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance

ALWAYS, NEVER = 0.95, 0.05
GROUPS = ("firm", "border", "never")
GROUP_WORDS: dict[str, Text] = {
    "firm": text("firm placement"),
    "border": text("border"),
    "never": text("never placed"),
}


PLACED_IN = Quantity(
    "placed_in",
    text("Share of the draws placed in a phase"),
    text("Share of the draws whose best plan places the technology in the phase of the column."),
    "share",
)
PLACEMENT_GROUP = Quantity(
    "placement_group",
    text("Certainty of the placement"),
    text("Firm: placed in 95% of the draws or more; never: in 5% or less; else border."),
)
PHASE_FIRM = Quantity(
    "phase_firm", text("Phase is firm"), text("Whether one phase, or none, has at least 95% of the draws.")
)


@dataclass(frozen=True)
class PlanRobustness(Result):
    """Core index of every technology and phase over many draws of values.

    Parameters
    ----------
    index : DataFrame
        Technologies in rows; one column a phase and ``not placed``; the share of the draws whose best
        plan of the pool places the technology so. Rows sum to 1.
    lower, upper : DataFrame
        The band of the index, same shape: the share of the draws in which every, or some, plan
        within ``tolerance`` of the best one places the technology so.
    pool : DataFrame
        One row a plan: ``made_for, gap, best_in, mean_regret, worst_regret``; regrets are shares of the
        value of the best plan of each draw.
    starts : DataFrame
        Plans in rows, technologies in columns, the month ``YYYY-MM`` of the start or "".
    proposed : int
        Row of the pool that is proposed.
    plan : Plan
        That plan, under the values of the study.
    draws : int
    tolerance : float
    notes : tuple of Text
    provenance : Provenance, optional

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> sure = tp.phasing.plan_robustness(study, draws=200, plans=2, gap=0.05)
    >>> sure.index.sum(axis=1).round(9).unique().tolist()
    [1.0]
    >>> sure.group["CRS01"], bool(sure.phase_firm["CRS01"])
    ('firm', True)
    """

    index: pd.DataFrame
    lower: pd.DataFrame
    upper: pd.DataFrame
    pool: pd.DataFrame
    starts: pd.DataFrame
    proposed: int
    plan: Plan
    draws: int
    tolerance: float
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None

    @property
    def placed(self) -> pd.Series:
        """Share of the draws in which each technology is placed at all."""
        return 1.0 - self.index["not placed"]

    @property
    def group(self) -> pd.Series:
        """``firm`` from 95 % of the draws on, ``never`` up to 5 %, else ``border``."""
        placed = self.placed
        return pd.Series(
            np.where(placed >= ALWAYS, GROUPS[0], np.where(placed <= NEVER, GROUPS[2], GROUPS[1])),
            index=placed.index,
        )

    @property
    def phase_firm(self) -> pd.Series:
        """Whether one phase, or staying out, has at least 95 % of the draws."""
        return self.index.max(axis=1) >= ALWAYS

    def plot(self, ax: Any = None, *, most: int = 24, language: Language | None = None) -> Any:
        """Draw the core index of the technologies whose placement is least certain, those on top.

        Parameters
        ----------
        ax : Axes, optional
        most : int
            How many are drawn.
        language : {"vi", "en"}, optional

        Returns
        -------
        Axes
        """
        from techprio.charts.core_index import draw_core_index

        least = self.index.loc[self.index.max(axis=1).sort_values(kind="stable").index[:most]]
        return draw_core_index(least, labels=self.plan.labels, ax=ax, language=resolve_language(language))

    def to_frame(self) -> pd.DataFrame:
        """Return ``technology``, the index by phase, its standard error, ``group`` and ``phase_firm``."""
        frame = self.index.rename_axis("technology").reset_index()
        placed = self.placed
        frame["standard_error"] = ((placed * (1 - placed) / self.draws) ** 0.5).to_numpy()
        frame["group"] = self.group.to_numpy()
        frame["phase_firm"] = self.phase_firm.to_numpy()
        return frame

    def tables(self) -> dict[str, Table]:
        """Return the table ``placements``."""
        groups, firm = self.group, self.phase_firm
        labels = self.plan.labels
        rows = [
            (
                name,
                *([labels.get(str(name), "")] if labels else []),
                *shares,
                GROUP_WORDS[groups[name]],
                firm[name],
            )
            for name, shares in zip(self.index.index, self.index.to_numpy().tolist(), strict=True)
        ]
        phases = [
            PLACED_IN.each(str(name), text("not placed") if name == "not placed" else str(name))
            for name in self.index.columns
        ]
        columns = [
            TECHNOLOGY,
            *([TECHNOLOGY_NAME] if labels else []),
            *(Column(phase, bar=True) for phase in phases),
            PLACEMENT_GROUP,
            PHASE_FIRM,
        ]
        return tables_of(Table.of("placements", self._title(), columns, rows))

    def _summary(self) -> str:
        counts = ", ".join(f"{int((self.group == name).sum())} {name}" for name in GROUPS)
        return f"{len(self.index)} technologies: {counts}, {self.draws} draws, {len(self.pool)} plans"

    def _title(self) -> Text:
        return text("Certainty of the placement of {count} technologies", count=len(self.index))

    def _facts(self) -> list[Words]:
        pool = text(
            "{draws} draws, best plan of a pool of {plans}",
            draws=str(self.draws),
            plans=len(self.pool),
        )
        counts = [
            text("{group}: {count}", group=GROUP_WORDS[name], count=int((self.group == name).sum()))
            for name in GROUPS
        ]
        return [pool, *counts]
