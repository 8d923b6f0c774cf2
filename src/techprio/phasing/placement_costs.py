r"""What another placement of a technology would cost, as an interval that is proved.

For technology i and option q (operational in a phase, or not placed) the least loss is
:math:`v^* - v^*_{iq}`, the best value less the best value with the option forced. It lies between
:math:`\underline v - \bar v_{iq}` and :math:`\bar v - \underline v_{iq}`: values of plans that are known from
below, continuous and branch-and-bound bounds from above. Bounds come first and cost little; then every plan
that turns up bounds all the options that it holds; forced searches settle the rest. A verdict rests on
these intervals alone, never on a search that stopped between the two. (Near-optimal alternatives: Brill,
Chang and Hopkins 1982, *Management Science* 28, 221-235.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, joined, text
from techprio.model.plan import Plan
from techprio.model.plan_certainty import ReplacementCosts
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.case import Case
from techprio.phasing.clashes import limit_name
from techprio.phasing.continuous import ContinuousPlans
from techprio.phasing.highs import solve_rows
from techprio.phasing.kept_plan import earlier_starts
from techprio.phasing.model import PhasingModel
from techprio.phasing.priority_plan import NOT_PLACED, phase_numbers, weighed_case
from techprio.phasing.rows import Rows
from techprio.phasing.source import Priorities, Source, find_basis

Array = NDArray[np.float64]
Starts = NDArray[np.int64]
TOLERANCE: float = 0.10
GAP: float = 0.0005
NODES: int = 20_000
SECONDS: float = 20.0
TOGETHER = 0.6  # correlation of the changes of phase from which technologies form a group
BATCH = 8  # forced searches that share what earlier batches found: results do not depend on the workers


@validated
def replacement_costs(
    source: Source,
    plan: Plan,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    priorities: Priorities | None = None,
    tolerance: float = TOLERANCE,
    gap: float = GAP,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
    jobs: int | None = 1,
) -> ReplacementCosts:
    """Find what each other placement would cost: for every technology each phase, and not placed.

    The least loss of a placement is an interval: continuous bounds from below, plans that were found from
    above. A technology is *firm* where every other placement costs more than the tolerated share of its
    own part in the plan, *free* where one costs no more, *open* where the searches did not settle it. No
    verdict rests on a search that stopped in between.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, priorities
        As for :func:`techprio.plan_phases`.
    plan : Plan
        The plan in question; it keeps all limits.
    tolerance : float
        Share of a technology's own part in the plan.
    gap, node_limit, time_limit
        Of the searches.
    jobs : int, optional
        Workers; the result does not depend on it.

    Returns
    -------
    ReplacementCosts

    Raises
    ------
    InputError
        A plan of other technologies or that breaks a limit, or a share out of range.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5.0, 8.0], "months": 6}, index=["A", "B"])
    >>> budgets = pd.DataFrame({"local": [6.0, 4.0]}, index=[2026, 2027])
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2027-12", phases={"all": (2026, 2027)}, objective="value"
    ... )
    >>> values = pd.Series({"A": 3.0, "B": 1.0})
    >>> plan = tp.plan_phases(table, limits, values)
    >>> replacement_costs(table, plan, limits, values).verdicts.to_dict()
    {'A': 'firm', 'B': 'firm'}
    """
    if not 0 < tolerance < 1:
        raise InputError.argument("tolerance", found=tolerance, allowed=text("above 0 and below 1"))
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies, priorities=priorities)
    case = weighed_case(basis, node_limit=node_limit, time_limit=time_limit)
    starts = earlier_starts(case.data, plan.placements)
    broken = case.model.violations(starts)
    if broken:
        limits = joined(limit_name(one, case.data) for one in dict.fromkeys(broken))
        raise InputError(text("the plan breaks limits of this study: {limits}", limits=limits))
    own = _own_part(case, starts)
    numbers = phase_numbers(case.data)
    names = [phase.id for phase in basis.resources.phases]
    found = option_costs(
        case.model,
        case.rows,
        numbers,
        len(names),
        [starts],
        tolerance * own,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        jobs=jobs,
    )
    current = _options(case, starts, numbers, len(names))
    verdicts = [_verdict(found, i, int(option), tolerance * own[i]) for i, option in enumerate(current)]
    table = pd.DataFrame(
        [
            (
                name,
                option,
                found.low[i, place],
                found.high[i, place],
                found.low[i, place] / own[i],
                verdicts[i],
            )
            for i, name in enumerate(case.data.ids)
            for place, option in enumerate([*names, NOT_PLACED])
        ],
        columns=["technology", "option", "loss_low", "loss_high", "share_of_own", "placement"],
    )
    return ReplacementCosts(
        table=table,
        groups=tuple(_groups(case, found, numbers, len(names))),
        tolerance=tolerance,
        best=found.best,
        bound=found.bound,
        planned=dict(zip(case.data.ids, ([*names, NOT_PLACED][option] for option in current), strict=True)),
        labels={name: basis.catalog.label(name) for name in case.data.ids},
        notes=tuple(_notes(found)),
        provenance=Provenance.of(
            f"replacement_costs(tolerance={tolerance}, gap={gap}, node_limit={node_limit})"
        ),
    )


def _own_part(case: Case, starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what each technology counts in the plan; one that is left out, what it could count at most."""
    most = case.model.gain.max(axis=1, initial=0.0)
    placed = starts >= 0
    own = np.where(placed, case.model.gain[np.arange(len(starts)), np.where(placed, starts, 0)], most)
    return np.maximum(own, 1e-9)


def _options(
    case: Case, starts: NDArray[np.int64], numbers: NDArray[np.int64], phases: int
) -> NDArray[np.int64]:
    placed = starts >= 0
    return np.where(placed, numbers[np.arange(len(starts)), np.where(placed, starts, 0)], phases)


def _verdict(found: OptionCosts, i: int, current: int, tolerated: float) -> str:
    others = [option for option in range(found.low.shape[1]) if option != current]
    if all(found.low[i, option] >= tolerated - 1e-9 for option in others):
        return "firm"
    return "free" if any(found.high[i, option] <= tolerated + 1e-9 for option in others) else "open"


def _groups(
    case: Case, found: OptionCosts, numbers: NDArray[np.int64], phases: int
) -> Iterator[tuple[str, ...]]:
    """Give technologies whose phases change together over the plans that were found."""
    options = np.array([_options(case, plan, numbers, phases) for plan in found.pool])
    changed = (options != options[0]).astype(float)
    moving = np.flatnonzero(changed.std(axis=0) > 0)
    graph: nx.Graph[str] = nx.Graph()
    if len(moving) > 1:
        together = np.corrcoef(changed[:, moving].T)
        for one, other in np.argwhere(np.triu(together > TOGETHER, k=1)):
            graph.add_edge(case.data.ids[moving[one]], case.data.ids[moving[other]])
    yield from sorted(tuple(sorted(part)) for part in nx.connected_components(graph))


def _notes(found: OptionCosts) -> Iterator[Text]:
    yield text("{count} different plans bound the losses from above", count=len(found.pool))
    if found.stopped:
        yield text("{count} searches stopped before they settled their question", count=found.stopped)


@dataclass(frozen=True)
class OptionCosts:
    """Intervals of the least loss, by technology and option.

    Parameters
    ----------
    low, high : array (technologies, options)
        Options are the phases in order, then not placed; infinite where the option has no plan.
    best, bound : float
        Value of the best plan that is known, and what no plan can pass.
    pool : array (plans, technologies)
        Starts of all plans that were found.
    stopped : int
        Searches that stopped before they settled their question.
    """

    low: Array
    high: Array
    best: float
    bound: float
    pool: Starts
    stopped: int


class _Search:
    """The state of the intervals while plans and bounds come in."""

    def __init__(self, model: PhasingModel, rows: Rows, phase_of: NDArray[np.int64], phases: int) -> None:
        self.model, self.rows, self.phase_of, self.phases = model, rows, phase_of, phases
        shape = (len(model.ids), phases + 1)
        self.ceiling = np.full(shape, np.inf)  # of the value with an option forced
        self.known = np.full(shape, -np.inf)  # best value of a plan that holds the option
        self.pool: list[Starts] = []
        self.best, self.bound, self.stopped = -np.inf, np.inf, 0

    def options_of(self, starts: Starts) -> NDArray[np.int64]:
        placed = starts >= 0
        phase = self.phase_of[np.arange(len(starts)), np.where(placed, starts, 0)]
        return np.where(placed, phase, self.phases)

    def add(self, starts: Starts) -> None:
        value = self.model.value(starts)
        place = (np.arange(len(starts)), self.options_of(starts))
        self.known[place] = np.maximum(self.known[place], value)
        self.best = max(self.best, value)
        if not any((starts == other).all() for other in self.pool):
            self.pool.append(starts)

    def column_bounds(self, i: int, option: int) -> tuple[Array, Array] | None:
        """Return the bounds of the columns that force an option; None where no start has it."""
        low, high = np.zeros(len(self.rows.cost)), np.ones(len(self.rows.cost))
        first, width = int(self.rows.first[i]), int(self.rows.width[i])
        columns = np.arange(first, first + width)
        if option == self.phases:
            high[columns] = 0
            return low, high
        window = self.phase_of[i, self.model.earliest[i] : self.model.earliest[i] + width]
        inside = np.flatnonzero(window == option)
        if not len(inside):
            return None
        high[columns[: inside[0]]] = 0
        low[columns[inside[-1] :]] = 1
        return low, high


def option_costs(
    model: PhasingModel,
    rows: Rows,
    phase_of: NDArray[np.int64],
    phases: int,
    known: Sequence[Starts],
    tolerance: Array,
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
    jobs: int | None = 1,
) -> OptionCosts:
    """Find the intervals of the least loss of every option.

    Parameters
    ----------
    model, rows
    phase_of : array (technologies, periods)
        Number of the phase in which a start becomes operational.
    phases : int
        Number of phases.
    known : sequence of array (technologies,)
        Plans that keep all limits; the first is the plan in question.
    tolerance : array (technologies,)
        Loss against which each technology is judged; a question is settled once its interval lies on one
        side of it.
    gap : float
        Relative gap of the search for the best value.
    node_limit, time_limit
        Of each search.
    jobs : int, optional
        Workers; the result does not depend on it.
    """
    search = _Search(model, rows, phase_of, phases)
    for starts in known:
        search.add(starts)
    best = solve_rows(
        rows, gap=gap, node_limit=node_limit, time_limit=time_limit, start=rows.solution(known[0])
    )
    if best.solution is not None:
        search.add(rows.starts(best.solution))
    search.bound = max(best.bound, search.best)
    _continuous_bounds(search)
    _settle(search, tolerance, node_limit=node_limit, time_limit=time_limit, jobs=jobs)
    with np.errstate(invalid="ignore"):
        low = np.maximum(search.best - search.ceiling, 0.0)
        high = np.maximum(search.bound - search.known, 0.0)
    return OptionCosts(low, high, search.best, search.bound, np.array(search.pool), search.stopped)


def _continuous_bounds(search: _Search) -> None:
    engine = ContinuousPlans(search.rows)
    engine.solve()
    for i in range(len(search.model.ids)):
        for option in range(search.phases + 1):
            bounds = search.column_bounds(i, option)
            value = -np.inf if bounds is None else engine.solve(column_bounds=bounds)[0]
            search.ceiling[i, option] = min(value, search.bound)


def _open_questions(
    search: _Search, tolerance: Array, asked: set[tuple[int, int, bool]]
) -> Iterator[tuple[int, int, bool]]:
    """Give the options that may cost less than is tolerated, no such plan known, cheapest first.

    The first question to an option is whether any plan with it costs no more than is tolerated against the
    best plan that is known: where there is none, the placement is firm. A plan that is found but may cost
    more against the bound leads to the second: whether one costs no more against the bound.
    """
    low = search.best - search.ceiling
    high = search.bound - search.known
    current = search.options_of(search.pool[0])
    for place in np.argsort(low, axis=None, kind="stable"):
        i, option = map(int, np.unravel_index(place, low.shape))
        if option == current[i] or not low[i, option] < tolerance[i] - 1e-9 < high[i, option]:
            continue
        strict = search.best - search.known[i, option] <= tolerance[i]
        if (i, option, strict) not in asked:
            yield i, option, strict


def _settle(
    search: _Search, tolerance: Array, *, node_limit: int, time_limit: float, jobs: int | None
) -> None:
    asked: set[tuple[int, int, bool]] = set()
    while batch := list(_open_questions(search, tolerance, asked))[:BATCH]:
        asked |= set(batch)
        tasks, floors = [], []
        for i, option, strict in batch:
            bounds = search.column_bounds(i, option)
            floors.append((search.bound if strict else search.best) - tolerance[i])
            if bounds is not None:  # one without a start has an infinite loss, so it is never asked
                tasks.append((search.rows, bounds, floors[-1], node_limit, time_limit))
        for (i, option, _), floor, (status, starts) in zip(batch, floors, _answers(tasks, jobs), strict=True):
            if starts is not None:
                search.add(starts)
            elif status == "infeasible":
                search.ceiling[i, option] = min(search.ceiling[i, option], floor)
            else:
                search.stopped += 1


def _answers(
    tasks: Sequence[tuple[Rows, tuple[Array, Array], float, int, float]], jobs: int | None
) -> list[tuple[str, Starts | None]]:
    if jobs == 1:
        return [_forced(*task) for task in tasks]
    from joblib import Parallel, delayed

    return list(Parallel(n_jobs=jobs)(delayed(_forced)(*task) for task in tasks))


def _forced(
    rows: Rows, bounds: tuple[Array, Array], floor: float, node_limit: int, time_limit: float
) -> tuple[str, Starts | None]:
    """Seek a plan with an option that is worth at least the floor; any one answers the question."""
    demanding = replace(
        rows,
        matrix=sparse.vstack([rows.matrix, sparse.csr_matrix(rows.cost[None, :])]).tocsr(),
        lower=np.append(rows.lower, floor),
        upper=np.append(rows.upper, np.inf),
        names=(*rows.names, ("value",)),
    )
    solved = solve_rows(
        demanding, column_bounds=bounds, gap=1.0, node_limit=node_limit, time_limit=time_limit
    )
    starts = None if solved.solution is None else rows.starts(solved.solution)
    return solved.status, starts
