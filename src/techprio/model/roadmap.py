"""The rows of the roadmap chart, from a plan and what is known beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from techprio.model.catalog import Catalog

if TYPE_CHECKING:
    from techprio.model.plan import Plan


def roadmap_frame(
    plan: Plan,
    *,
    catalog: Catalog | None = None,
    role: pd.Series | None = None,
    certainty: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the placed technologies as the roadmap chart reads them, sectors in the order of the study.

    Parameters
    ----------
    plan : Plan
    catalog : Catalog, optional
        Gives names and the order of the sectors; without it ids and codes stand there.
    role : Series, optional
        Role of each technology; without it all are drawn alike.
    certainty : Series, optional
        From 0 to 1, drawn at the right edge; without it nothing is.
    """
    placed = plan.placements[plan.placements["placed"].astype(bool)]
    sectors = {} if catalog is None else {sector.code: sector.label for sector in catalog.sectors}
    order = {code: number for number, code in enumerate(dict.fromkeys([*sectors, *placed["sector"]]))}
    placed = placed.sort_values("sector", key=lambda codes: codes.map(order), kind="stable")
    nothing = pd.Series(float("nan"), index=placed.index)
    return pd.DataFrame(
        {
            "name": [name if catalog is None else catalog.label(name) for name in placed.index],
            "sector": placed["sector"],
            "sector_name": [sectors.get(code, code) for code in placed["sector"]],
            "role": "" if role is None else role.reindex(placed.index),
            "start": placed["start"],
            "operational": placed["operational"],
            "certainty": nothing if certainty is None else certainty.reindex(placed.index),
        },
        index=placed.index,
    )
