"""The plan as numbers: what each technology spends, and whom it needs, in each period."""

from __future__ import annotations

import pandas as pd

from techprio.csv_text import frame_csv
from techprio.model.plan import Plan
from techprio.model.run import RunData


def plan_table(run: RunData) -> pd.DataFrame:
    """Return one row per placed technology and period in which it spends money or takes on people.

    Returns
    -------
    DataFrame
        ``technology, sector, phase, start, operational, period``, one ``spent_<fund>`` per source of
        funds (in the currency of the study), and ``people``: those needed from that period on, so
        that a running sum over the periods is the need. ``period`` is the first month ``YYYY-MM``
        of the period. Empty when nothing is phased.
    """
    if run.plan is None:
        return pd.DataFrame(
            columns=["technology", "sector", "phase", "start", "operational", "period", "people"]
        )
    plan = run.plan
    funds = [fund.id for fund in plan.resources.funds]
    spent = plan.spending.pivot_table(
        index=["technology", "period"], columns="fund", values="amount", aggfunc="sum", sort=False
    )
    spent = spent.reindex(columns=funds).add_prefix("spent_")
    people = plan.staff.groupby(["technology", "period"], sort=False)["people"].sum()
    frame = spent.join(people.rename("people"), how="outer").fillna(0.0).reset_index()
    return _with_placement(plan, frame, funds)


def _with_placement(plan: Plan, frame: pd.DataFrame, funds: list[str]) -> pd.DataFrame:
    order = {name: place for place, name in enumerate(plan.placements.index)}
    frame = frame.join(plan.placements[["sector", "phase", "start", "operational"]], on="technology")
    frame = frame.sort_values(
        ["technology", "period"], key=lambda c: c.map(order) if c.name == "technology" else c, kind="stable"
    )
    columns = ["technology", "sector", "phase", "start", "operational", "period"]
    return frame[[*columns, *(f"spent_{fund}" for fund in funds), "people"]].reset_index(drop=True)


def plan_csv(run: RunData) -> bytes:
    """Return ``plan.csv``, in the form of ``priorities.csv``."""
    return frame_csv(plan_table(run))
