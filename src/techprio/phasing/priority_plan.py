"""The canonical plan of a case: from rank classes to a labelled plan with its proofs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InfeasibleError
from techprio.language import Text, text
from techprio.model.catalog import CyclePolicy
from techprio.model.limits import RankClass
from techprio.model.plan import Plan
from techprio.model.plan_priorities import COUNT_COLUMNS, OVERRUN_COLUMNS, PlanPriorities
from techprio.phasing.canonical import (
    SAMPLES,
    MeanPlan,
    filled,
    limit_factors,
    mean_plan,
    nearest_plan,
    priority_bound,
)
from techprio.phasing.case import Case, make_case
from techprio.phasing.clashes import infeasible
from techprio.phasing.data import PhasingData
from techprio.phasing.explain import MEAN
from techprio.phasing.highs import NO_PLAN_YET, Solved
from techprio.phasing.limits import discount_factors, fund_windows
from techprio.phasing.model import Name
from techprio.phasing.months import month_number
from techprio.phasing.overrun import cap_soft_limits
from techprio.phasing.plan_tables import make_plan, with_notes
from techprio.phasing.priority import class_of_ranks, count_class, with_most
from techprio.phasing.rows import step_costs
from techprio.phasing.source import Basis, Priorities

Array = NDArray[np.float64]
Starts = NDArray[np.int64]
NOT_PLACED = "not placed"


def capped_case(case: Case, *, node_limit: int, time_limit: float) -> tuple[Case, pd.DataFrame]:
    """Return the case with its soft limits capped at the least overrun, and that overrun.

    Raises
    ------
    InfeasibleError
        The hard limits alone allow no plan, or none was found before the search stopped.
    """
    found = cap_soft_limits(
        case.model, case.rows, _soft_groups(case.data), node_limit=node_limit, time_limit=time_limit
    )
    if found is None:
        raise infeasible(case.data, case.hard)
    rows = [
        ("staff" if group[0] == "staff" else str(group[1]), int(group[-1]), amount, found.is_proved)
        for group, amount in found.amounts.items()
    ]
    table = pd.DataFrame(rows, columns=list(OVERRUN_COLUMNS))
    return replace(case, model=found.model, rows=found.rows), table


def weighed_case(
    basis: Basis, *, node_limit: int, time_limit: float, cycles: CyclePolicy | None = None
) -> Case:
    """Return the case of a basis; where it goes by ranks, soft limits are capped and gains are weights."""
    by_ranks = basis.priorities is not None
    case = make_case(
        basis.catalog, basis.resources, basis.values, excluded=basis.excluded, cycles=cycles, soft=by_ranks
    )
    if basis.priorities is None:
        return case
    case, _ = capped_case(case, node_limit=node_limit, time_limit=time_limit)
    return weighed(case, basis.priorities.weights.reindex(list(case.data.ids)).to_numpy(dtype=float))


def _soft_groups(data: PhasingData) -> dict[Name, Name]:
    """Return what is passed together: years of a fund whose money counts together, and the staff."""
    groups: dict[Name, Name] = {}
    for fund in data.resources.funds:
        if not fund.hard:
            for name, first, _, _ in fund_windows(data, fund):
                begin = data.years[0] if fund.carry_over == "next year" else max(first, data.years[0])
                groups[name] = ("budget", fund.id, begin)
    staff = data.resources.staff
    if staff is not None and not staff.hard:
        for year in data.years:
            groups["staff", year] = ("staff", data.years[0] if staff.accumulates else year)
    return groups


def canonical_plan(
    case: Case, priorities: Priorities, *, node_limit: int, time_limit: float, method: str
) -> Plan:
    """Make the canonical plan of a case whose soft limits are rows.

    Raises
    ------
    InfeasibleError
        Limits that no plan can keep.
    """
    case, overrun = capped_case(case, node_limit=node_limit, time_limit=time_limit)
    case = weighed(case, priorities.weights.reindex(list(case.data.ids)).to_numpy(dtype=float))
    starts, solved = canonical_starts(case, priorities, node_limit=node_limit, time_limit=time_limit)
    return priority_plan(
        case, priorities, starts, solved, overrun, node_limit=node_limit, time_limit=time_limit, method=method
    )


def canonical_starts(
    case: Case, priorities: Priorities, *, node_limit: int, time_limit: float, samples: int = SAMPLES
) -> tuple[Starts, Solved]:
    """Return the starts of the canonical plan of a capped and weighed case, and the search for them.

    The mean is over the first ``samples`` of the Sobol points.

    Raises
    ------
    InfeasibleError
        No plan was found.
    """
    weights = priorities.weights.reindex(list(case.data.ids)).to_numpy(dtype=float)
    mean = mean_plan(case.rows, limit_factors(case.rows.names, samples=samples))
    rows = case.rows
    if case.data.resources.objective == "counts":
        groups = [(members, last) for *_, members, last in _classes_by_phase(case, priorities)]
        rows = with_most(case.model, rows, groups, node_limit=node_limit, time_limit=time_limit)
    solved = nearest_plan(
        case.model, rows, mean.solution, weights, node_limit=node_limit, time_limit=time_limit
    )
    if solved.status == "infeasible":
        raise infeasible(case.data, case.model)
    if solved.solution is None:
        raise InfeasibleError(NO_PLAN_YET)
    order = sorted(range(len(weights)), key=lambda i: (priorities.ranks[case.data.ids[i]], case.data.ids[i]))
    return filled(case.model, case.rows.starts(solved.solution), order), solved


def priority_plan(
    case: Case,
    priorities: Priorities,
    starts: Starts,
    solved: Solved,
    overrun: pd.DataFrame,
    *,
    node_limit: int,
    time_limit: float,
    method: str,
    fits: Text = MEAN,
) -> Plan:
    """Label a plan of a weighed case, with counts against proven maxima and steadiness of placements."""
    bound = priority_bound(case.rows)
    value = case.model.value(starts)
    mean = mean_plan(case.rows, limit_factors(case.rows.names), _drawn_costs(case, priorities))
    proofs = PlanPriorities(
        weights=priorities.weights,
        counts=_counts(case, priorities, starts, node_limit=node_limit, time_limit=time_limit),
        shares=phase_shares(case, mean),
        overrun=overrun,
        samples=mean.used,
        loss=0.0 if bound <= 0 else 1 - value / bound,
        warnings=tuple(_overrun_notes(case, overrun)),
    )
    plan = make_plan(case, starts, replace(solved, objective=value, bound=bound), method=method, fits=fits)
    return replace(plan, priorities=proofs, notes=with_notes(plan, [*proofs.warnings, *proofs.sentences()]))


def _overrun_notes(case: Case, overrun: pd.DataFrame) -> Iterator[Text]:
    resources = case.data.resources
    for row in overrun.itertuples():
        people = row.limit == "staff"
        places = {
            "limit": text("staff") if people else case.data.fund_name(str(row.limit)),
            "amount": round(float(row.amount), 2),
            "unit": text("people") if people else resources.money,
            "year": int(row.year),
        }
        if row.proved:
            yield text(
                "soft limit {limit} must be passed by {amount} {unit} from {year} on: no plan keeps it",
                **places,
            )
        else:
            yield text(
                "soft limit {limit} is passed by {amount} {unit} from {year} on; the search stopped before it"
                " proved that no plan passes it by less or keeps it",
                **places,
            )


def weighed(case: Case, weights: Array) -> Case:
    """Return the case whose gains are weights, discounted from the month of operation."""
    model = replace(case.model, gain=weights[:, None] * discount_factors(case.data))
    return replace(case, model=model, rows=replace(case.rows, cost=step_costs(model)))


def _drawn_costs(case: Case, priorities: Priorities) -> Array:
    """Return the column costs of every Sobol point, each with the rank classes of a draw of its own."""
    if priorities.drawn is None:
        return np.tile(case.rows.cost, (SAMPLES, 1))
    drawn = priorities.drawn.reindex(columns=list(case.data.ids)).to_numpy(dtype=float)
    discount = discount_factors(case.data)
    return np.array(
        [step_costs(replace(case.model, gain=weights[:, None] * discount)) for weights in drawn[:SAMPLES]]
    )


def phase_numbers(data: PhasingData) -> NDArray[np.int64]:
    """Return the number of the phase in which each start becomes operational: (technologies, periods)."""
    ends = [phase.last_year for phase in data.resources.phases]
    last = data.first_month + data.months - 1
    years = np.array(
        [
            [min(data.operational_number(i, period), last) // 12 for period in range(data.periods)]
            for i in range(len(data.ids))
        ]
    ).reshape(len(data.ids), data.periods)
    return np.searchsorted(ends, years)


def phase_shares(case: Case, mean: MeanPlan) -> pd.DataFrame:
    """Return in which share of the continuous plans each technology is in each phase, or not placed."""
    names = [phase.id for phase in case.data.resources.phases]
    numbers = phase_numbers(case.data)
    shares = np.zeros((len(case.data.ids), len(names) + 1))
    for i in np.flatnonzero(case.rows.width):
        first, width = int(case.rows.first[i]), int(case.rows.width[i])
        begun = np.diff(mean.solution[first : first + width], prepend=0.0)
        window = numbers[i, case.model.earliest[i] : case.model.earliest[i] + width]
        np.add.at(shares[i], window, begun)
    shares = shares.clip(0.0, 1.0).round(6)
    shares[:, -1] = (1 - shares[:, :-1].sum(axis=1)).clip(0.0, 1.0).round(6)
    index = pd.Index(case.data.ids, name="technology")
    return pd.DataFrame(shares, index=index, columns=[*names, NOT_PLACED])


def _counts(
    case: Case, priorities: Priorities, starts: Starts, *, node_limit: int, time_limit: float
) -> pd.DataFrame:
    rows = list(_class_rows(case, priorities, starts, node_limit=node_limit, time_limit=time_limit))
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))


def _class_rows(
    case: Case, priorities: Priorities, starts: Starts, *, node_limit: int, time_limit: float
) -> Iterator[tuple[object, ...]]:
    for one, first, phase, members, last in _classes_by_phase(case, priorities):
        found = count_class(
            case.model, case.rows, starts, members, last, node_limit=node_limit, time_limit=time_limit
        )
        yield (
            first, np.nan if one.up_to is None else one.up_to, one.weight, phase, found.members,
            found.by_windows, found.reached, found.most, found.is_proved,
        )  # fmt: skip


def _classes_by_phase(
    case: Case, priorities: Priorities
) -> Iterator[tuple[RankClass, int, str, list[int], NDArray[np.int64]]]:
    """Give each class and phase: first rank, members, last starts that are operational by its end."""
    data = case.data
    ranks = priorities.ranks.reindex(list(data.ids))
    of_class, known = class_of_ranks(ranks.to_numpy(), priorities.classes), ranks.notna().to_numpy()
    firsts = first_ranks(priorities.classes)
    for number, (one, first) in enumerate(zip(priorities.classes, firsts, strict=True)):
        members = [int(i) for i in np.flatnonzero((of_class == number) & known)]
        for phase in data.resources.phases:
            yield one, first, phase.id, members, _last_starts(data, phase.last_year)


def first_ranks(classes: tuple[RankClass, ...]) -> list[int]:
    """Return the first rank of each class."""
    return [1, *(int(one.up_to or 0) + 1 for one in classes[:-1])]


def _last_starts(data: PhasingData, year: int) -> NDArray[np.int64]:
    """Return the last period whose start is operational by the end of a year; -1 for none."""
    end = min(month_number(f"{year}-12"), data.first_month + data.months - 1)
    return np.array(
        [
            max((t for t in range(data.periods) if data.operational_number(i, t) <= end), default=-1)
            for i in range(len(data.ids))
        ]
    )
