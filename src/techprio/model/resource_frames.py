"""Resources from tables: budgets by year, phases by name, people by year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from techprio.errors import InputError
from techprio.language import text
from techprio.model.checks import Checks, as_mapping, as_written, check_named_once, check_number, is_integer
from techprio.model.limits import Phase, Staff


def amounts_by_fund(checks: Checks, budgets: object) -> dict[str, dict[int, float]]:
    """Return the money of each fund by year, from a table with a column a fund."""
    if isinstance(budgets, pd.Series):
        budgets = budgets.to_frame("budget" if budgets.name is None else str(budgets.name))
    if not isinstance(budgets, pd.DataFrame) or budgets.empty:
        checks.add("budgets", as_written(budgets), text("a DataFrame with a row a year and a column a fund"))
        return {}
    table = budgets.set_index("year") if "year" in budgets else budgets
    years = [int(year) if is_integer(year) else year for year in table.index]
    for year in years:
        if not is_integer(year):
            checks.add("budgets", as_written(year), text("a year"))
    check_named_once(checks, "budgets", [str(name) for name in [*table.columns, *years]])
    if checks.problems:
        return {}
    amounts: dict[str, dict[int, float]] = {}
    for fund in table:
        for year, amount in zip(years, table[fund], strict=True):
            check_number(checks, text("budgets, {name}, {year}", name=str(fund), year=year), amount, 0)
        amounts[str(fund)] = {} if checks.problems else dict(zip(years, map(float, table[fund]), strict=True))
    return amounts


def by_fund(checks: Checks, name: str, value: Any, default: Any, funds: Iterable[str]) -> dict[str, Any]:
    """Return a setting of each fund: one for all, or its own; what is not named has the default."""
    own = as_mapping(value)
    if own is None:
        return dict.fromkeys(funds, value)
    for fund in own:
        if fund not in [*funds]:
            checks.unknown(name, fund, funds)
    return {fund: own.get(fund, default) for fund in funds}


def phases_of(checks: Checks, phases: Any) -> Sequence[Phase]:
    """Return phases, also from a first and a last year under each name."""
    named = as_mapping(phases)
    if named is None:
        return phases if isinstance(phases, Sequence) else (phases,)
    placed: list[Phase] = []
    for name, years in named.items():
        place = text("phases, {name}", name=str(name))
        if isinstance(years, str) or not isinstance(years, Sequence) or len(years) != 2:
            checks.add(place, as_written(years), text("a first and a last year"))
            continue
        try:
            placed.append(Phase(name, *years))
        except InputError as error:
            checks.take(error, place)
    return placed


def staff_of(checks: Checks, staff: Any) -> Staff | None:
    """Return the staff, also from people by year."""
    if isinstance(staff, Staff):
        return staff
    try:
        return Staff("", staff)
    except InputError as error:
        checks.take(error, text("staff"))
        return None
