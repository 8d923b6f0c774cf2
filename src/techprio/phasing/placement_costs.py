"""What another placement of each technology of a plan would cost: labelled, with a verdict that is proved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InputError
from techprio.language import Text, joined, text
from techprio.model.plan import Plan
from techprio.model.plan_certainty import ReplacementCosts
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.case import Case
from techprio.phasing.clashes import limit_name
from techprio.phasing.kept_plan import earlier_starts
from techprio.phasing.priority_plan import NOT_PLACED, phase_numbers, weighed_case
from techprio.phasing.replacement import OptionCosts, option_costs
from techprio.phasing.source import Priorities, Source, find_basis

TOLERANCE: float = 0.10
GAP: float = 0.0005
NODES: int = 20_000
SECONDS: float = 20.0
TOGETHER = 0.6  # correlation of the changes of phase from which technologies form a group


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
