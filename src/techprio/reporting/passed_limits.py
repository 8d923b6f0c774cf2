"""Which limits a plan passes, and whether any plan keeps them: the same words wherever a document begins."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Text, text
from techprio.model.plan import Plan
from techprio.reporting.products.wording import amount

_NOTHING = 0.005


def passed_limits(plan: Plan | None) -> Iterator[Text]:
    """Say of each source of funds, and of the people, by how much the worst year passes its limit.

    Where soft limits were held as limits, it is said as well whether that is proved to be the least.

    Parameters
    ----------
    plan : Plan or None
    """
    if plan is None:
        return
    budget, people = plan.budget_use, plan.staff_use
    for fund in plan.resources.funds:
        rows = budget[budget["fund"] == fund.id]
        worst = _worst(rows, rows["cumulative_used"] - rows["cumulative_limit"])
        if worst is not None:
            yield text(
                "{fund}: the need is {over} {unit} above the limit, counted to the end of {year}.",
                fund=fund.label, over=amount(worst[1]), unit=plan.resources.money, year=worst[0],
            )  # fmt: skip
            yield from _proof(plan, fund.id)
    worst = _worst(people, people["needed"] - people["available"])
    if worst is not None:
        yield text(
            "Trained people: the need is {over} above the limit at the end of {year}.",
            over=amount(worst[1]),
            year=worst[0],
        )
        yield from _proof(plan, "staff")


def _proof(plan: Plan, limit: str) -> Iterator[Text]:
    if plan.priorities is None or plan.priorities.overrun.empty:
        return
    overrun = plan.priorities.overrun
    proved = overrun.loc[overrun["limit"] == limit, "proved"]
    if len(proved) and proved.all():
        yield text("It is proved that no plan keeps this limit.")
    elif len(proved):
        yield text("It is not proved that no plan keeps this limit: the search stopped before.")


def _worst(rows: pd.DataFrame, over: pd.Series) -> tuple[int, float] | None:
    """Return the year that is passed by the most, and by how much; None where none is."""
    over = over.astype(float)
    if not len(over) or not over.max() > _NOTHING:
        return None
    return int(rows.loc[over.idxmax(), "year"]), float(over.max())
