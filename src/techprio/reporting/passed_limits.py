"""Which limits a plan passes, said in the same words wherever a document begins."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from techprio.language import Text, text
from techprio.model.resources import Resources
from techprio.reporting.products.wording import amount

_NOTHING = 0.005


def passed_limits(resources: Resources | None, budget: pd.DataFrame, people: pd.DataFrame) -> Iterator[Text]:
    """Say of each source of funds, and of the people, by how much the worst year passes its limit.

    Parameters
    ----------
    resources : Resources or None
    budget : DataFrame
        Columns ``fund, year, cumulative_limit, cumulative_used``: money as it binds.
    people : DataFrame
        Columns ``year, available, needed``: people as they bind.
    """
    if resources is None:
        return
    for fund in resources.funds:
        rows = budget[budget["fund"] == fund.id]
        worst = _worst(rows, rows["cumulative_used"] - rows["cumulative_limit"])
        if worst is not None:
            yield text(
                "{fund}: the need is {over} {unit} above the limit, counted to the end of {year}.",
                fund=fund.label, over=amount(worst[1]), unit=resources.money, year=worst[0],
            )  # fmt: skip
    worst = _worst(people, people["needed"] - people["available"])
    if worst is not None:
        yield text(
            "Trained people: the need is {over} above the limit at the end of {year}.",
            over=amount(worst[1]),
            year=worst[0],
        )


def _worst(rows: pd.DataFrame, over: pd.Series) -> tuple[int, float] | None:
    """Return the year that is passed by the most, and by how much; None where none is."""
    over = over.astype(float)
    if not len(over) or not over.max() > _NOTHING:
        return None
    return int(rows.loc[over.idxmax(), "year"]), float(over.max())
