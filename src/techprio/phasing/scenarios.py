"""Other budgets, other decisions: the same study planned again and laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from techprio.arguments import validated
from techprio.display.quantities import Words
from techprio.errors import InfeasibleError, InputError, did_you_mean
from techprio.language import Text, text
from techprio.model.catalog import CyclePolicy
from techprio.model.funds import Fund
from techprio.model.plan import Plan
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.model.scenarios import Frontier, ScenarioComparison, is_below_gap
from techprio.phasing.canonical import priority_bound
from techprio.phasing.plan import GAP, NODES, SECONDS, check_search, solve_plan
from techprio.phasing.priority_plan import canonical_starts, weighed_case
from techprio.phasing.source import Basis, Priorities, Source, find_basis

AS_STATED = "as stated"


@validated
def compare_scenarios(
    source: Source,
    scenarios: Sequence[str] | Mapping[str, Resources],
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    stated: Plan | None = None,
    gap: float = GAP,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
    cycles: CyclePolicy | None = None,
    priorities: Priorities | None = None,
) -> ScenarioComparison:
    """Plan under the limits as stated and under those of each scenario, side by side.

    Each scenario keeps the placements of the plan as stated where it can, within 1 % of its own bound, so
    that a difference is that of the scenario and not of the search.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, gap, node_limit, time_limit, cycles
        As for :func:`techprio.plan_phases`.
    scenarios : sequence of str, or mapping of str to Resources
        One scenario each: limits and decisions of its own under its name, or changes in words, such as
        ``"budget=0.8"`` or ``"local=1.2, must=AGR03"``; see
        :func:`techprio.phasing.scenarios.scenario_resources`.
    stated : Plan, optional
        The plan under the limits as stated, where it is known already.
    priorities : Priorities, optional
        As for :func:`techprio.plan_phases`.

    Returns
    -------
    ScenarioComparison
        The plan under the limits as stated comes first. A scenario that no plan can keep is listed
        with the limits that clash.

    Raises
    ------
    InputError
        A change that cannot be read, an unknown fund or technology.
    InfeasibleError
        Where the study itself cannot be planned.

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
    >>> found = tp.compare_scenarios(table, ["budget=0.5"], limits, values, dependencies=needs)
    >>> found.summary["not placed"].tolist()
    [0, 1]
    """
    check_search(gap, node_limit, time_limit)
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies, priorities=priorities)
    if isinstance(scenarios, str):
        allowed = text("a sequence of scenarios, or a mapping of names to limits")
        raise InputError.argument("scenarios", found=scenarios, allowed=allowed)
    wanted = (
        scenarios
        if isinstance(scenarios, Mapping)
        else {words: scenario_resources(basis.resources, words) for words in scenarios}
    )
    if AS_STATED in wanted:
        raise InputError(
            text("{name} names the study itself; give the scenario another name", name=repr(AS_STATED))
        )
    solve = partial(solve_plan, gap=gap, node_limit=node_limit, time_limit=time_limit, cycles=cycles)
    plans = {AS_STATED: stated or solve(basis)}
    infeasible: dict[str, Words] = {}
    for name, limits in wanted.items():
        try:
            under = replace(basis, resources=limits)
            if _counts_otherwise(limits, basis.resources):
                under = find_basis(source, limits, basis.values, basis.excluded, dependencies=dependencies)
            plans[name] = solve(under, keep=plans[AS_STATED])
        except InfeasibleError as error:
            infeasible[name] = error.message
    provenance = Provenance.of(f"compare_scenarios(gap={gap})")
    return ScenarioComparison(plans, infeasible, provenance=provenance)


def _counts_otherwise(limits: Resources, stated: Resources) -> bool:
    return (limits.objective, limits.rank_classes) != (stated.objective, stated.rank_classes)


@validated
def plan_frontier(
    source: Source,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    factors: Sequence[float] = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0),
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    gap: float = GAP,
    node_limit: int = NODES,
    time_limit: float = SECONDS,
    cycles: CyclePolicy | None = None,
) -> Frontier:
    """Trace value against money: the plan under every multiple of the hard budgets, each made anew.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, gap, node_limit, time_limit, cycles
        As for :func:`techprio.plan_phases`.
    factors : sequence of float
        Multiples of the hard budgets.

    Returns
    -------
    Frontier
        Where no plan keeps the limits, the value of the row is empty and ``infeasible`` has what clashes.

    Raises
    ------
    InputError
        As :func:`techprio.plan_phases`; no factors, or one that is negative or no number.

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
    >>> found = tp.phasing.plan_frontier(table, limits, values, dependencies=needs, factors=[0.5, 1.0])
    >>> found.table["placed"].tolist()
    [1, 2]
    """
    check_search(gap, node_limit, time_limit)
    basis = find_basis(source, resources, values, excluded, dependencies=dependencies)
    if not len(factors):
        raise InputError.argument("factors", found=factors, allowed=text("one number from 0 on, or more"))
    wanted = [(factor, scaled(basis.resources, factor)) for factor in factors]
    rows: list[tuple[float, float, float, float, float, float, bool]] = []
    infeasible: dict[float, Words] = {}
    before: tuple[float, float] | None = None
    for factor, limits in wanted:
        budget = sum(sum(fund.per_year.values()) for fund in limits.funds if fund.hard)
        try:
            value, bound, placed = _worth(
                replace(basis, resources=limits),
                gap=gap,
                node_limit=node_limit,
                time_limit=time_limit,
                cycles=cycles,
            )
        except InfeasibleError as error:
            infeasible[factor] = error.message
            rows.append((factor, budget, *4 * (float("nan"),), False))
            continue
        below = before is not None and is_below_gap(value, bound, *before)
        share = bound / value - 1 if value > 0 else (0.0 if bound <= 1e-9 else float("inf"))
        rows.append((factor, budget, value, bound, share, placed, below))
        before = value, bound
    columns = ["factor", "budget", "value", "bound", "gap", "placed", "below_gap"]
    table = pd.DataFrame(rows, columns=columns).astype({"placed": "Int64"})
    provenance = Provenance.of(f"plan_frontier(gap={gap})")
    return Frontier(table, basis.resources.money, infeasible, provenance=provenance)


def _worth(
    basis: Basis, *, gap: float, node_limit: int, time_limit: float, cycles: CyclePolicy | None
) -> tuple[float, float, float]:
    """Return value and bound of the plan of a basis, and how many technologies it places.

    Of the canonical plan the starts alone: its proofs would cost as much again for each budget.
    """
    if basis.priorities is None:
        plan = solve_plan(basis, gap=gap, node_limit=node_limit, time_limit=time_limit, cycles=cycles)
        return plan.value, plan.bound, float(plan.placements["placed"].sum())
    case = weighed_case(basis, node_limit=node_limit, time_limit=time_limit, cycles=cycles)
    starts, _ = canonical_starts(case, basis.priorities, node_limit=node_limit, time_limit=time_limit)
    value = case.model.value(starts)
    return value, max(priority_bound(case.rows), value), float((starts >= 0).sum())


def scaled(resources: Resources, factor: float, funds: Sequence[str] | None = None) -> Resources:
    """Multiply the hard budgets, or those of the named funds.

    Raises
    ------
    InputError
        A factor that is negative or no number, or an unknown fund.
    """
    if not 0 <= factor < float("inf"):
        raise InputError.argument("factor", found=factor, allowed=text("a number from 0 on"))
    known = [fund.id for fund in resources.funds]
    for name in funds or ():
        if name not in known:
            proposal = did_you_mean(name, known)
            raise InputError.argument("fund", found=name, allowed=known, proposal=proposal)
    chosen = [fund.id for fund in resources.funds if fund.hard] if funds is None else list(funds)
    return replace(
        resources,
        funds=tuple(_times(fund, factor) if fund.id in chosen else fund for fund in resources.funds),
    )


def scenario_resources(resources: Resources, words: str) -> Resources:
    """Make the limits of a scenario from words.

    Parameters
    ----------
    resources : Resources
    words : str
        Changes with commas between them: ``budget=0.8`` (all hard budgets), ``local=1.2`` (one
        fund), ``staff=0.5``, ``must=AGR03``, ``must_not=ENE14``, ``start:AGR01=2029-01``.

    Returns
    -------
    Resources

    Raises
    ------
    InputError
        A change that cannot be read; the message shows all that can be written.

    Examples
    --------
    >>> import pandas as pd, techprio as tp
    >>> budgets = pd.DataFrame({"local": 5}, index=[2026])
    >>> limits = tp.Resources.from_frame(
    ...     budgets, start="2026-01", end="2026-12", phases={"2026": (2026, 2026)}
    ... )
    >>> scenario_resources(limits, "local=0.5, must=Dairy").fund("local").per_year[2026]
    2.5
    """
    for change in (part.strip() for part in words.split(",")):
        resources = _changed(resources, change)
    return resources


def _changed(resources: Resources, change: str) -> Resources:
    key, sign, value = (part.strip() for part in change.partition("="))
    funds = [fund.id for fund in resources.funds]
    if not sign or not value:
        raise InputError.argument("scenario", found=change, allowed=_allowed(funds))
    decisions = resources.decisions
    if key == "must":
        return replace(resources, decisions=replace(decisions, must=(*decisions.must, value)))
    if key == "must_not":
        return replace(resources, decisions=replace(decisions, must_not=(*decisions.must_not, value)))
    if key.startswith("start:"):
        fixed = {**decisions.fixed_start, key.removeprefix("start:"): value}
        return replace(resources, decisions=replace(decisions, fixed_start=fixed))
    if key not in ("budget", "staff", *funds):
        raise InputError.argument("scenario", found=change, allowed=_allowed(funds))
    factor = _factor(change, value)
    if key == "staff":
        return _with_staff(resources, factor)
    return scaled(resources, factor, None if key == "budget" else [key])


def _factor(change: str, value: str) -> float:
    try:
        factor = float(value)
    except ValueError:
        factor = -1.0
    if not 0 <= factor < float("inf"):
        allowed = text("a factor from 0 on, with decimal point")
        raise InputError.argument("scenario", found=change, allowed=allowed)
    return factor


def _with_staff(resources: Resources, factor: float) -> Resources:
    if resources.staff is None:
        raise InputError(text("scenario: the study states no staff; leave staff out"))
    people = {year: factor * count for year, count in resources.staff.per_year.items()}
    return replace(resources, staff=replace(resources.staff, per_year=people))


def _times(fund: Fund, factor: float) -> Fund:
    return replace(fund, per_year={year: factor * amount for year, amount in fund.per_year.items()})


def _allowed(funds: Sequence[str]) -> str:
    named = ", ".join(f"{fund}=FACTOR" for fund in funds)
    return f"budget=FACTOR, {named}, staff=FACTOR, must=ID, must_not=ID, start:ID=YYYY-MM"
