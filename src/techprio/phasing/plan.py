"""Which technology starts when, under budgets, staff and prerequisites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from techprio.arguments import validated
from techprio.errors import InputError, Problem
from techprio.language import Text, text
from techprio.model.catalog import CyclePolicy
from techprio.model.plan import Plan
from techprio.model.resources import Resources
from techprio.phasing.case import make_case
from techprio.phasing.keep import EPSILON
from techprio.phasing.kept_plan import kept_plan
from techprio.phasing.plan_tables import make_plan
from techprio.phasing.priority_plan import canonical_plan
from techprio.phasing.search import search_plan
from techprio.phasing.source import Basis, Priorities, Source, find_basis

GAP: float = 0.005
NODES: int = 20_000
SECONDS: float = 60.0


@validated
def plan_phases(
    source: Source,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    gap: float = GAP,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
    cycles: CyclePolicy | None = None,
    priorities: Priorities | None = None,
    keep: Plan | pd.DataFrame | None = None,
    epsilon: float = EPSILON,
) -> Plan:
    """Choose for every technology a start, or none.

    With ``objective: priority`` in the resources, the canonical plan: the whole plan closest to the mean
    of continuous plans under limits drawn around the stated ones, made for the rank classes of the
    technologies; see :mod:`techprio.phasing.canonical`. With ``objective: value`` it maximises the sum of
    own values, discounted from the month of operation. Both keep budgets by source, staff,
    prerequisites, readiness, sector minima and decisions already taken: mixed-integer linear programmes
    (MILP), solved with a proven gap.

    Parameters
    ----------
    source : Study, Catalog or DataFrame
        Of a study, resources, values and what its gates keep out are its own unless given. A table has
        the technologies as index and the columns ``sector, cost, months`` (or those of
        ``technologies.csv``); one source of funds pays for all of them.
    resources : Resources, optional
        Needed with a catalogue or a table.
    values : Series, optional
        Value of each technology, finite and not negative; needed with a catalogue or a table.
    dependencies : DataFrame, optional
        Of a table: ``technology, requires`` and the other columns of ``dependencies.csv``.
    excluded : mapping of str to Text, optional
        Technologies that are not to be placed, with the reason; what needs them is not placed either.
    gap : float
        Relative gap to the proven bound at which the search stops.
    node_limit : int
        Nodes of the search tree; like the gap it gives the same plan on every run.
    time_limit : float
        Seconds, as a safety; a plan that stopped on time has a note on it.
    cycles : {"error", "bundle"}, optional
        Whether technologies that need each other are an error, or start together; by default what the
        catalogue states.
    priorities : Priorities, optional
        Rank classes, where they are known already; by default those of the study's ranking, or of the
        values.
    keep : Plan or DataFrame, optional
        An earlier plan, or its placements (index technology, columns ``phase, start``), which changes as
        little as it can: it stays where it is feasible and gives up no more than ``epsilon`` of the bound;
        otherwise phases, then starts change as seldom as possible. A missing start (NaN) is free.
    epsilon : float
        Share of the bound that keeping may cost.

    Returns
    -------
    Plan

    Raises
    ------
    InputError, DataFileError
        No resources or values; values, limits, costs, decisions or dependencies that cannot be used: all
        problems at once.
    InfeasibleError
        Limits that no plan can keep, with an irreducible infeasible subset of them.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> table = pd.DataFrame({"sector": "s", "cost": [5, 10], "months": [6, 12]}, index=["Data", "Dairy"])
    >>> needs = pd.DataFrame({"technology": ["Dairy"], "requires": ["Data"]})
    >>> budgets = pd.DataFrame({"local": 5}, index=range(2026, 2031))
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2030-12", phases={"2026-2030": (2026, 2030)}
    ... )
    >>> values = pd.Series({"Data": 1.0, "Dairy": 2.0})
    >>> plan = tp.plan_phases(table, limits, values, dependencies=needs)
    >>> plan.placements["start"].to_dict()
    {'Data': '2026-01', 'Dairy': '2027-07'}
    >>> print(plan.explain("Dairy"))
    Dairy: start 2027-07, operational 2028-06, phase 2026-2030;
    budget local 2027: a start in 2027-01 lacks 5 billion VND
    """
    check_search(gap, node_limit, time_limit)
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies, priorities=priorities)
    return solve_plan(
        basis,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        cycles=cycles,
        keep=keep,
        epsilon=epsilon,
    )


def solve_plan(
    basis: Basis,
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
    cycles: CyclePolicy | None,
    keep: Plan | pd.DataFrame | None = None,
    epsilon: float = EPSILON,
) -> Plan:
    """Make the plan of a basis."""
    if not 0 <= epsilon < 1:
        raise InputError.argument("epsilon", found=epsilon, allowed=text("from 0 to below 1"))
    priority = basis.priorities is not None
    case = make_case(
        basis.catalog, basis.resources, basis.values, excluded=basis.excluded, cycles=cycles, soft=priority
    )
    if keep is not None:
        earlier = keep.placements if isinstance(keep, Plan) else keep
        return kept_plan(
            case, earlier, basis.priorities, epsilon=epsilon, node_limit=node_limit, time_limit=time_limit
        )
    if basis.priorities is not None:
        method = (
            f"plan_phases(objective={basis.resources.objective!r}, cycles={cycles or basis.catalog.cycles!r})"
        )
        return canonical_plan(
            case, basis.priorities, node_limit=node_limit, time_limit=time_limit, method=method
        )
    solved = search_plan(
        case.model, case.rows, case.relaxed, gap=gap, node_limit=node_limit, time_limit=time_limit
    )
    method = f"plan_phases(gap={gap}, node_limit={node_limit}, cycles={cycles or basis.catalog.cycles!r})"
    return make_plan(case, case.starts_of(solved), solved, method=method)


def check_search(gap: float, node_limit: int, time_limit: float) -> None:
    """Refuse limits of the search that mean nothing.

    Raises
    ------
    InputError
        All of them at once.
    """
    problems = list(_search_problems(gap, node_limit, time_limit))
    if problems:
        raise InputError(text("the search for a plan cannot be set up"), problems)


def _search_problems(gap: float, node_limit: int, time_limit: float) -> Iterator[Problem]:
    if not 0 <= gap < 1:
        yield Problem("", "", "", "gap", repr(gap), text("from 0 to below 1"))
    if not node_limit >= 1:
        yield Problem("", "", "", "node_limit", repr(node_limit), text("1 or more"))
    if not time_limit > 0:
        yield Problem("", "", "", "time_limit", repr(time_limit), text("more than 0 seconds"))
