"""What a technology is to the others: platform, core or encouraged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from techprio.language import Language, Text, text
from techprio.model.catalog import Catalog
from techprio.model.provenance import Provenance
from techprio.model.study import RoleSettings

ROLES = ("platform", "core", "encouraged")


@dataclass(frozen=True)
class Roles:
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
            :func:`techprio.drawn_edges`.
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


def _title(nodes: pd.DataFrame, catalog: Catalog, shown: pd.DataFrame) -> Text:
    return text(
        "What needs what: {count} technologies, {edges} dependencies ({implied} implied ones not drawn)",
        count=len(nodes),
        edges=len(catalog.dependencies),
        implied=len(catalog.dependencies) - len(shown),
    )
