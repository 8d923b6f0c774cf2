"""The labelled plan of a solution: placements, money and people by time, used against available."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from techprio.errors import TechprioError
from techprio.language import Text, joined, text
from techprio.model.plan import PLACEMENT_COLUMNS, Plan
from techprio.model.provenance import Provenance
from techprio.phasing.case import Case
from techprio.phasing.data import PhasingData
from techprio.phasing.explain import MEAN, explain
from techprio.phasing.highs import Solved
from techprio.phasing.limits import fund_years, staff_years
from techprio.phasing.months import month_text
from techprio.phasing.rows import Rows
from techprio.phasing.verify import verify_plan

STOPPED = text("the search stopped on time, so another run may give another plan")


def make_plan(case: Case, starts: np.ndarray, solved: Solved, *, method: str, fits: Text = MEAN) -> Plan:
    """Make the labelled plan, checked once more by code that knows no solver.

    ``fits`` says why a technology starts later than it could.
    """
    data = case.data
    placements = placements_table(data, starts)
    broken = verify_plan(data, placements)
    if broken:
        raise TechprioError(
            text("the plan breaks its own rules, please report this: {rules}", rules=joined(broken))
        )
    value = case.model.value(starts)
    bound = max(solved.bound, value)
    budget_use = budget_use_table(data, starts)
    return Plan(
        placements=placements,
        reasons=explain(data, case.model, starts, case.refusals, case.ready, fits=fits),
        spending=spending_table(data, starts),
        staff=staff_table(data, starts),
        budget_use=budget_use,
        staff_use=staff_use_table(data, starts),
        value=value,
        bound=bound,
        gap=bound / value - 1 if value > 0 else (0.0 if bound <= 1e-9 else float("inf")),
        status=solved.status,
        stopped_on=solved.stopped_on,
        resources=data.resources,
        shadow=shadow_table(case.rows, case.relaxed),
        notes=_notes(data, budget_use, solved),
        provenance=Provenance.of(method),
        labels=data.labels,
        sectors=data.sectors,
        edges=data.graph.edges,
        bundles=data.graph.bundles,
        agencies=data.agencies,
    )


def _notes(data: PhasingData, budget_use: pd.DataFrame, solved: Solved) -> tuple[Text, ...]:
    found = []
    for row in budget_use[~budget_use["hard"]].itertuples():
        if row.cumulative_used > row.cumulative_limit * (1 + 1e-9):
            found.append(
                text(
                    "{fund} is exceeded by {amount} {currency} at the end of {year}; the limit is soft",
                    fund=data.fund_name(row.fund),
                    amount=round(row.cumulative_used - row.cumulative_limit, 2),
                    currency=data.resources.money,
                    year=row.year,
                )
            )
    found += _late_money(data, budget_use)
    return (*([STOPPED] if solved.stopped_on == "time" else []), *found, *_assumptions(data))


def _late_money(data: PhasingData, budget_use: pd.DataFrame) -> Iterator[Text]:
    """Say where money is spent later than the end of the year after that which brought it.

    Funds may state that it is good for a phase or for the horizon; public investment of a budget is not.
    """
    for fund in data.resources.funds:
        if fund.carry_over in ("none", "next year"):
            continue
        left, late, last = float(fund.per_year.get(data.years[0] - 1, 0.0)), 0.0, 0
        for row in budget_use[budget_use["fund"] == fund.id].itertuples():
            short = max(row.used - row.limit - left, 0.0)
            if short > 1e-9 * max(row.used, 1.0) and row.cumulative_used <= row.cumulative_limit * (1 + 1e-9):
                late, last = late + short, row.year
            left = max(row.limit - max(row.used - left, 0.0), 0.0)
        if last:
            yield text(
                "{amount} {currency} of {fund} are spent later than the year after that which brought them, "
                "the last in {year}; under carry_over: next year they are gone by then",
                amount=round(late, 2),
                currency=data.resources.money,
                fund=data.fund_name(fund.id),
                year=last,
            )


def with_notes(plan: Plan, notes: Iterable[Text]) -> tuple[Text, ...]:
    """Return notes before those of a plan; that its search stopped on time stays the first of all."""
    stopped = [note for note in plan.notes if note == STOPPED]
    return (*stopped, *notes, *(note for note in plan.notes if note != STOPPED))


def _assumptions(data: PhasingData) -> Iterator[Text]:
    """State what the plan rests on though nobody stated it."""
    spending = [place for place in range(len(data.resources.funds)) if (data.fund_share[:, place] > 0).any()]
    even = [place for place in spending if not data.outlays(place)]
    if even and len(even) == len(spending):
        yield text("no outlays by year are stated: costs are taken as spent evenly over the lead time")
    elif even:
        yield text(
            "no outlays by year are stated for {funds}: this part of the costs is taken as spent evenly over"
            " the lead time",
            funds=joined(data.fund_name(data.resources.funds[place].id) for place in even),
        )
    if data.single_costs and data.resources.funds:
        yield text(
            "a single cost, without a spread: {count} of {all} technologies",
            count=data.single_costs,
            all=len(data.ids),
        )


def placements_table(data: PhasingData, starts: np.ndarray) -> pd.DataFrame:
    """One row per technology, in the order of the catalogue."""
    rows = [_placement(data, i, int(start)) for i, start in enumerate(starts)]
    frame = pd.DataFrame(rows, columns=list(PLACEMENT_COLUMNS), index=pd.Index(data.ids, name="technology"))
    return frame.astype(
        {"lead_months": int, "straddles": bool, "placed": bool, "value": float, "cost": float}
    )


def _placement(data: PhasingData, i: int, start: int) -> tuple[object, ...]:
    common = (data.value[i], data.cost[i])
    if start < 0:
        return (data.sector[i], "", "", "", int(data.lead[i]), False, *common, False)
    begun = data.first_month + start * data.resources.period_months
    phase = data.phase_of(data.operational_number(i, start))
    straddles = data.phase_of(begun) != phase
    months = month_text(begun), data.operational_month(i, start)
    return (data.sector[i], phase, *months, int(data.lead[i]), straddles, *common, True)


def spending_table(data: PhasingData, starts: np.ndarray) -> pd.DataFrame:
    """Money by technology, period and source: columns ``technology, period, fund, amount``."""
    length = data.resources.period_months
    ends = length * np.arange(1, data.periods + 1.0)
    rows = []
    for i in map(int, np.flatnonzero(starts >= 0)):
        paying = [
            place
            for place in range(len(data.resources.funds))
            if data.fund_share[i, place] * data.cost[i] > 0
        ]
        shares = {place: data.spending_by(i, int(starts[i]), ends, place) for place in paying}
        for period in range(data.periods):
            for place in paying:
                if amount := shares[place][period] * data.fund_share[i, place] * data.cost[i]:
                    rows.append(
                        (data.ids[i], data.start_month(period), data.resources.funds[place].id, amount)
                    )
    return pd.DataFrame(rows, columns=["technology", "period", "fund", "amount"]).astype({"amount": float})


def staff_table(data: PhasingData, starts: np.ndarray) -> pd.DataFrame:
    """People needed from a period on: columns ``technology, period, people``."""
    rows = []
    for i in np.flatnonzero((starts >= 0) & (data.staff > 0)):
        month = data.need_number(int(i), int(starts[i]))
        period = (month - data.first_month) // data.resources.period_months
        rows.append((data.ids[i], data.start_month(period), data.staff[i]))
    return pd.DataFrame(rows, columns=["technology", "period", "people"]).astype({"people": float})


def budget_use_table(data: PhasingData, starts: np.ndarray) -> pd.DataFrame:
    """Money used against available, by source and year, also cumulated as the carry-over rule reads it.

    Money that is good until the end of the next year is used oldest first; what a year has at hand is its
    own and what the year before left.
    """
    rows = []
    for place, fund in enumerate(data.resources.funds):
        used = np.zeros(len(data.years))
        for i in map(int, np.flatnonzero((starts >= 0) & (data.fund_share[:, place] > 0))):
            amount = data.fund_share[i, place] * data.cost[i]
            used += amount * data.spending_by(i, int(starts[i]), data.year_ends, place)
        spent = dict(zip(data.years, map(float, used), strict=True))
        left = float(fund.per_year.get(data.years[0] - 1, 0.0))
        for year in data.years:
            together = fund_years(data, fund, year)
            limit, phase = float(fund.per_year.get(year, 0.0)), data.phase_of(year * 12)
            at_hand = sum(float(fund.per_year.get(one, 0.0)) for one in together)
            if fund.carry_over == "next year":
                at_hand, left = limit + left, limit - max(spent[year] - left, 0.0)
            together_used = sum(spent.get(one, 0.0) for one in together)
            rows.append((fund.id, phase, year, limit, spent[year], at_hand, together_used, fund.hard))
    columns = ["fund", "phase", "year", "limit", "used", "cumulative_limit", "cumulative_used", "hard"]
    return pd.DataFrame(rows, columns=columns)


def staff_use_table(data: PhasingData, starts: np.ndarray) -> pd.DataFrame:
    """People needed against trained, by year; cumulated where staff accumulates."""
    columns = ["year", "available", "needed"]
    staff = data.resources.staff
    if staff is None:
        return pd.DataFrame(
            {
                "year": pd.Series(dtype=int),
                "available": pd.Series(dtype=float),
                "needed": pd.Series(dtype=float),
            }
        )
    needed: dict[int, float] = defaultdict(float)
    for i in np.flatnonzero(starts >= 0):
        needed[data.need_number(int(i), int(starts[i])) // 12] += data.staff[i]
    rows = []
    for year in data.years:
        together = staff_years(data, year)
        available = sum(float(staff.per_year.get(one, 0.0)) for one in together)
        rows.append((year, available, sum(needed[one] for one in together)))
    return pd.DataFrame(rows, columns=columns)


def shadow_table(rows: Rows, relaxed: Solved) -> pd.DataFrame:
    """Prices of money and people, from the continuous relaxation.

    Parameters
    ----------
    rows : Rows
    relaxed : Solved
        The continuous relaxation.

    Returns
    -------
    DataFrame
        Columns ``limit, year, price``: value per unit of the limit. For a limit with carry-over it is
        the price of one more unit up to the end of that year. About, because technologies are
        placed whole.
    """
    found = []
    if relaxed.solution is not None and len(relaxed.row_prices) == len(rows.names):
        for name, price in zip(rows.names, relaxed.row_prices, strict=True):
            if name[0] in ("budget", "staff"):
                limit = "staff" if name[0] == "staff" else f"budget {name[1]}"
                found.append(
                    (
                        limit,
                        int(name[-1] if name[0] == "staff" else name[2]),
                        abs(float(price)) if abs(price) > 1e-12 else 0.0,
                    )
                )
    return pd.DataFrame(found, columns=["limit", "year", "price"]).astype({"year": int, "price": float})
