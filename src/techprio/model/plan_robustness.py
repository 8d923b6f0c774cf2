"""How sure a plan is: in how many draws a technology stands in a phase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import Language, Text, text
from techprio.model.catalog import Catalog
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance

ALWAYS, NEVER = 0.95, 0.05
GROUPS = ("firm", "border", "never")
GROUP_WORDS: dict[str, Text] = {
    "firm": text("firm"),
    "border": text("border"),
    "never": text("never placed"),
}


@dataclass(frozen=True)
class PlanRobustness(Showable):
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

    def plot(
        self, ax: Any = None, *, catalog: Catalog | None = None, most: int = 24, language: Language = "vi"
    ) -> Any:
        """Draw the core index of the technologies that are least sure, the least sure on top.

        Parameters
        ----------
        ax : Axes, optional
        catalog : Catalog, optional
            Gives names.
        most : int
            How many are drawn.
        language : {"vi", "en"}

        Returns
        -------
        Axes
        """
        from techprio.charts.core_index import draw_core_index

        unsure = self.index.loc[self.index.max(axis=1).sort_values(kind="stable").index[:most]]
        labels = None if catalog is None else {name: catalog.label(name) for name in unsure.index}
        return draw_core_index(unsure, labels=labels, ax=ax, language=language)

    def to_frame(self) -> pd.DataFrame:
        """Return ``technology``, the index by phase, its standard error, ``group`` and ``phase_firm``."""
        frame = self.index.rename_axis("technology").reset_index()
        placed = self.placed
        frame["standard_error"] = ((placed * (1 - placed) / self.draws) ** 0.5).to_numpy()
        frame["group"] = self.group.to_numpy()
        frame["phase_firm"] = self.phase_firm.to_numpy()
        return frame

    def _view(self) -> View:
        frame = self.to_frame()
        frame["sure"] = [GROUP_WORDS[group] for group in frame["group"]]
        columns = (
            Column("technology", text("technology")),
            *(
                Column(name, text("not placed") if name == "not placed" else str(name), "bar", 1)
                for name in self.index.columns
            ),
            Column("sure", text("group")),
        )
        pool = text(
            "{draws} draws, best plan of a pool of {plans}",
            draws=str(self.draws),
            plans=len(self.pool),
        )
        counts = [
            text("{group}: {count}", group=GROUP_WORDS[name], count=int((self.group == name).sum()))
            for name in GROUPS
        ]
        return View(
            title=text("Certainty of the placement of {count} technologies", count=len(frame)),
            facts=(pool, *counts),
            tables=(Table(frame, columns),),
            notes=self.notes,
        )
