"""What a technology is to the others: platform, core or encouraged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.display.shown import Showable, View
from techprio.display.tables import Column, Table
from techprio.language import Language, Text, text
from techprio.model.catalog import Catalog
from techprio.model.provenance import Provenance
from techprio.model.study import RoleSettings

ROLES = ("platform", "core", "encouraged")


@dataclass(frozen=True)
class Roles(Showable):
    """Roles of all technologies with the figures that say so.

    Parameters
    ----------
    table : DataFrame
        Index technology; columns ``sector, role, scope, breadth, breadth_margin, own_loss,
        own_loss_margin, depth, depth_margin, certainty, own_value, carried, difference, kept_value,
        role_final, role_reason``. ``scope`` is ``"cross-sector"``, ``"own sector"`` or ``""``;
        a margin of 1 is on the line; ``certainty`` is the share of draws in which the role holds
        (NaN-free: 1.0 without draws). ``carried`` is the Shapley value, ``difference`` carried minus own.
    knockout : DataFrame
        Share of each sector's value (column) out of reach when the technology (row) alone is missing.
    settings : RoleSettings
    notes : tuple of Text
    provenance : Provenance, optional
    draws : int
        Draws behind ``certainty``; 0 when nothing was drawn.
    seed : int, optional
    levels : Series of int
        Level of each technology in the graph, prerequisites first; 0 needs nothing.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> roles = tp.classify_roles(study.catalog, plan.placements["value"])
    >>> len(roles.of("platform")), "CRS01" in roles.of("platform")
    (11, True)
    >>> roles.table.loc["CRS01", ["role", "scope"]].tolist()
    ['platform', 'cross-sector']
    >>> round(float(roles.knockout.loc["CRS01", "AGR"]), 2)
    0.32
    """

    table: pd.DataFrame
    knockout: pd.DataFrame
    settings: RoleSettings
    notes: tuple[Text, ...] = ()
    provenance: Provenance | None = None
    draws: int = 0
    seed: int | None = None
    levels: pd.Series = field(default_factory=lambda: pd.Series(dtype=int))

    def to_frame(self) -> pd.DataFrame:
        """Return the table with ``technology`` as a column."""
        return self.table.rename_axis("technology").reset_index()

    def plot(
        self,
        catalog: Catalog,
        ax: Any = None,
        *,
        edges: pd.DataFrame | None = None,
        language: Language = "vi",
    ) -> Any:
        """Draw technologies in layers, prerequisites first, in the colors of their roles.

        Parameters
        ----------
        catalog : Catalog
            Gives names and dependencies.
        ax : Axes, optional
        edges : DataFrame, optional
            In place of the dependencies of the catalogue, for example
            :func:`techprio.dependencies.transitive_reduction`.
        language : {"vi", "en"}

        Returns
        -------
        Axes
        """
        from techprio.charts.dependency_layers import draw_dependency_layers

        nodes = pd.DataFrame(
            {
                "name": [catalog.label(name) for name in self.table.index],
                "sector": self.table["sector"],
                "role": self.table["role_final"],
            },
            index=self.table.index,
        )
        shown = catalog.dependencies if edges is None else edges
        return draw_dependency_layers(
            nodes, shown, title=_title(nodes, catalog, shown), ax=ax, language=language
        )

    def of(self, role: str) -> tuple[str, ...]:
        """Return the technologies of a role, human decisions included."""
        return tuple(self.table.index[self.table["role_final"] == role])

    def _view(self) -> View:
        order = pd.Series(range(len(ROLES)), index=ROLES)
        frame = self.to_frame().assign(place=self.table["role_final"].map(order).to_numpy())
        frame = frame.sort_values(["place", "carried"], ascending=[True, False], kind="stable")
        frame["role"] = [ROLE_WORDS.get(role, role) for role in frame["role_final"]]
        columns = (
            Column("technology", text("technology")),
            Column("sector", text("sector")),
            Column("role", text("role")),
            Column("breadth_margin", text("margin of breadth"), "number", 2),
            Column("own_loss_margin", text("margin in its own sector"), "number", 2),
            Column("depth_margin", text("margin of depth"), "number", 2),
            Column("certainty", text("certainty"), "bar", 0),
            Column("carried", text("carried value"), "level", 2),
            Column("role_reason", text("decided otherwise because")),
        )
        counts = [text("{role}: {count}", role=ROLE_WORDS[role], count=len(self.of(role))) for role in ROLES]
        line = text("a margin of 1 is on the line of the rule")
        return View(
            title=text("Roles of {count} technologies", count=len(frame)),
            facts=(*counts, line),
            tables=(Table(frame, columns),),
            notes=self.notes,
        )


ROLE_WORDS: dict[str, Text] = {
    "platform": text("platform"),
    "core": text("core"),
    "encouraged": text("encouraged"),
}


def _title(nodes: pd.DataFrame, catalog: Catalog, shown: pd.DataFrame) -> Text:
    return text(
        "What needs what: {count} technologies, {edges} dependencies ({implied} implied ones not drawn)",
        count=len(nodes),
        edges=len(catalog.dependencies),
        implied=len(catalog.dependencies) - len(shown),
    )
