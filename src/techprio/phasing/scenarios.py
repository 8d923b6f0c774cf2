"""Other budgets, other decisions: the same study planned again and laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from techprio.errors import InfeasibleError, InputError, did_you_mean
from techprio.language import Text
from techprio.model.catalog import Catalog
from techprio.model.frontier import Frontier
from techprio.model.resources import Fund, Resources
from techprio.model.scenarios import ScenarioComparison
from techprio.phasing.plan import phase

AS_STATED = "as stated"


def compare_scenarios(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    scenarios: Mapping[str, Resources],
    *,
    excluded: Mapping[str, Text] | None = None,
    **options: Any,
) -> ScenarioComparison:
    """Plan under the limits as stated and under those of each scenario.

    Parameters
    ----------
    catalog, resources, values, excluded
        As for :func:`techprio.phasing.plan.phase`.
    scenarios : mapping of str to Resources
        Limits and decisions of each scenario; :func:`scenario_resources` makes them from words.
    **options
        Of :func:`techprio.phasing.plan.phase`.

    Returns
    -------
    ScenarioComparison
        The plan under the limits as stated comes first. A scenario that no plan can keep is listed
        with the limits that clash.

    Raises
    ------
    InputError, InfeasibleError
        Where the study itself cannot be planned.
    """
    if AS_STATED in scenarios:
        raise InputError(f"{AS_STATED!r} names the study itself; give the scenario another name")
    plans = {AS_STATED: phase(catalog, resources, values, excluded=excluded, **options)}
    infeasible: dict[str, str] = {}
    for name, limits in scenarios.items():
        try:
            plans[name] = phase(catalog, limits, values, excluded=excluded, **options)
        except InfeasibleError as error:
            infeasible[name] = str(error)
    return ScenarioComparison(plans, infeasible)


def frontier(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    *,
    factors: Sequence[float] = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0),
    excluded: Mapping[str, Text] | None = None,
    **options: Any,
) -> Frontier:
    """Trace value against money: the plan under every multiple of the hard budgets.

    Parameters
    ----------
    catalog, resources, values, excluded, **options
        As for :func:`techprio.phasing.plan.phase`.
    factors : sequence of float
        Multiples of the hard budgets.

    Returns
    -------
    Frontier
        Where no plan keeps the sector minima or decisions, the value of the row is empty.
    """
    rows: list[tuple[float | None, ...]] = []
    for factor in factors:
        limits = scaled(resources, factor)
        budget = sum(sum(fund.per_year.values()) for fund in limits.funds if fund.hard)
        try:
            plan = phase(catalog, limits, values, excluded=excluded, **options)
        except InfeasibleError:
            rows.append((factor, budget, None, None, None, None))
            continue
        placed = int(plan.placements["placed"].sum())
        rows.append((factor, budget, plan.value, plan.bound, plan.gap, placed))
    table = pd.DataFrame(rows, columns=["factor", "budget", "value", "bound", "gap", "placed"])
    return Frontier(table, resources.money)


def scaled(resources: Resources, factor: float, funds: Sequence[str] | None = None) -> Resources:
    """Multiply the hard budgets, or those of the named funds.

    Raises
    ------
    InputError
        A factor that is negative or no number, or an unknown fund.
    """
    if not 0 <= factor < float("inf"):
        raise InputError(f"budget factor: found {factor}; allowed: a number from 0 on")
    known = [fund.id for fund in resources.funds]
    for name in funds or ():
        if name not in known:
            raise InputError(f"unknown fund {name!r}; known: {', '.join(known)}; {did_you_mean(name, known)}")
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
    >>> import techprio as tp
    >>> limits = tp.example("lai-chau").resources
    >>> scenario_resources(limits, "local=0.5, must=AGR03").fund("local").per_year[2028]
    42.5
    """
    for change in (part.strip() for part in words.split(",")):
        resources = _changed(resources, change)
    return resources


def _changed(resources: Resources, change: str) -> Resources:
    key, sign, value = (part.strip() for part in change.partition("="))
    funds = [fund.id for fund in resources.funds]
    if not sign or not value:
        raise InputError(f"scenario: found {change!r}; allowed: {_allowed(funds)}")
    decisions = resources.decisions
    if key == "must":
        return replace(resources, decisions=replace(decisions, must=(*decisions.must, value)))
    if key == "must_not":
        return replace(resources, decisions=replace(decisions, must_not=(*decisions.must_not, value)))
    if key.startswith("start:"):
        fixed = {**decisions.fixed_start, key.removeprefix("start:"): value}
        return replace(resources, decisions=replace(decisions, fixed_start=fixed))
    if key not in ("budget", "staff", *funds):
        raise InputError(f"scenario: found {change!r}; allowed: {_allowed(funds)}")
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
        raise InputError(f"scenario: found {change!r}; allowed: a factor from 0 on, with decimal point")
    return factor


def _with_staff(resources: Resources, factor: float) -> Resources:
    if resources.staff is None:
        raise InputError("scenario: the study states no staff; leave staff out")
    people = {year: factor * count for year, count in resources.staff.per_year.items()}
    return replace(resources, staff=replace(resources.staff, per_year=people))


def _times(fund: Fund, factor: float) -> Fund:
    return replace(fund, per_year={year: factor * amount for year, amount in fund.per_year.items()})


def _allowed(funds: Sequence[str]) -> str:
    named = ", ".join(f"{fund}=FACTOR" for fund in funds)
    return f"budget=FACTOR, {named}, staff=FACTOR, must=ID, must_not=ID, start:ID=YYYY-MM"
