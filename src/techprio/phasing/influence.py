"""What decides a plan: the same limits with other ranks, and what windows alone hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import validated
from techprio.errors import InfeasibleError, InputError
from techprio.language import Text, text
from techprio.model.plan import Plan
from techprio.model.plan_influence import PlanInfluence
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.case import Case
from techprio.phasing.kept_plan import earlier_starts
from techprio.phasing.priority_plan import canonical_starts, phase_numbers, weighed, weighed_case
from techprio.phasing.source import Priorities, Source, find_basis

NODES: int = 20_000
SECONDS: float = 60.0
#: Sobol points of the mean with other ranks, a power of two; the plan itself stands on 128. Of the shipped
#: study the counts of phases are the same with both, those of starts within one; the plan's own ranks with 32
#: points change no phase and four starts.
SAMPLES = 32


@validated
def plan_influence(
    source: Source,
    plan: Plan,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    priorities: Priorities | None = None,
    seed: int = 0,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
) -> PlanInfluence:
    """Find how much of a plan follows from the ranks, and how much from windows alone.

    The canonical plan is made again with the ranks of every sector equal, reversed and permuted; the
    weights stay those of the sector, only their order changes. Limits and prerequisites stay. The mean of
    each is over the first 32 of the Sobol points of the plan.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, priorities
        As for :func:`techprio.plan_phases`.
    plan : Plan
        The plan in question, made for rank classes.
    seed : int
        Of the permutation; 0 is a seed.
    node_limit, time_limit
        Of each search.

    Returns
    -------
    PlanInfluence

    Raises
    ------
    InputError
        A plan of other technologies, or an objective that does not go by ranks.

    Examples
    --------
    >>> import techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5.0, 5.0], "months": 12}, index=["A", "B"])
    >>> budgets = pd.DataFrame({"local": [5.0, 5.0]}, index=[2026, 2027])
    >>> limits = tp.Resources.from_frame(
    ...     budgets,
    ...     start="2026-01",
    ...     end="2027-12",
    ...     phases={"first": (2026, 2026), "second": (2027, 2027)},
    ...     objective="priority",
    ...     rank_classes=[{"up_to": 1, "weight": 8}, {"weight": 1}],
    ... )
    >>> values = pd.Series({"A": 3.0, "B": 1.0})
    >>> plan = tp.plan_phases(table, limits, values)
    >>> plan_influence(table, plan, limits, values).table.loc["reversed", "phases"]
    np.int64(2)
    """
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies, priorities=priorities)
    known = basis.priorities
    if known is None:
        raise InputError(text("the objective of this plan does not go by ranks, so ranks cannot decide it"))
    try:
        case = weighed_case(basis, node_limit=node_limit, time_limit=time_limit)
    except InfeasibleError:
        return PlanInfluence(_table({}), placed=int((plan.placements["start"] != "").sum()), held=None)
    numbers = phase_numbers(case.data)
    planned = earlier_starts(case.data, plan.placements)
    rows = {}
    for name, other in _other_ranks(known, np.array(case.data.sector), case.data.ids, seed):
        again = weighed(case, other.weights.to_numpy(dtype=float))
        try:
            starts, _ = canonical_starts(
                again, other, node_limit=node_limit, time_limit=time_limit, samples=SAMPLES
            )
        except InfeasibleError:  # the plan shows that there are some: the search was stopped before one
            continue
        phases = int((_phases(numbers, starts) != _phases(numbers, planned)).sum())
        rows[name] = (phases, int((starts != planned).sum()))
    return PlanInfluence(
        table=_table(rows),
        placed=int((planned >= 0).sum()),
        held=_held(case, numbers, planned),
        provenance=Provenance.of("plan_influence()", seed=seed),
    )


def _table(rows: Mapping[str, tuple[int, int]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(rows, orient="index", columns=["phases", "starts"])


def _phases(numbers: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    phase = numbers[np.arange(len(starts)), np.where(starts >= 0, starts, 0)]
    return np.where(starts >= 0, phase, -1)


def _other_ranks(
    known: Priorities, sectors: NDArray[np.str_], ids: tuple[str, ...], seed: int
) -> Iterator[tuple[str, Priorities]]:
    """Give the weights and ranks of each sector in another order among its ranked members."""
    weights = known.weights.reindex(list(ids)).astype(float)
    ranks = known.ranks.reindex(list(ids))
    generator = np.random.default_rng(seed)
    flat = pd.Series(float(weights.mean()), weights.index)
    yield "equal", replace(known, weights=flat, ranks=ranks.where(ranks.isna(), 1.0), drawn=None)
    for name in ("reversed", "permuted"):
        moved, placed = weights.copy(), ranks.copy()
        for sector in dict.fromkeys(sectors):
            members = ranks[sectors == sector].dropna().sort_values(kind="stable").index
            order = members[::-1] if name == "reversed" else generator.permutation(members)
            moved.loc[members], placed.loc[members] = weights[order].to_numpy(), ranks[order].to_numpy()
        yield name, replace(known, weights=moved, ranks=placed, drawn=None)


def _held(case: Case, numbers: NDArray[np.int64], planned: NDArray[np.int64]) -> int:
    """Count the placed technologies that no start inside their windows puts into an earlier phase."""
    placed = np.flatnonzero(planned >= 0)
    phase = numbers[placed, planned[placed]]
    first = numbers[placed, case.model.earliest[placed]]
    return int(((phase > 0) & (first == phase)).sum())
