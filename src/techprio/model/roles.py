"""What a technology is to the others: platform, core or encouraged."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from techprio.language import Text
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

    def of(self, role: str) -> tuple[str, ...]:
        """Return the technologies of a role, human decisions included."""
        return tuple(self.table.index[self.table["role_final"] == role])
