"""What technologies must state before they are phased under given resources."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from techprio.errors import did_you_mean
from techprio.language import Text, text
from techprio.model.catalog import Catalog
from techprio.model.checks import Checks
from techprio.model.funds import Fund
from techprio.model.resources import Resources


def check_plan_inputs(checks: Checks, catalog: Catalog, resources: Resources) -> None:
    """Note decisions on unknown technologies, costs and lead times that are not stated, and wrong shares.

    Parameters
    ----------
    checks : Checks
        Takes what is wrong.
    catalog : Catalog
        With its costs on the only fund, where there is one; see :meth:`Catalog.paid_by`.
    resources : Resources
    """
    technologies = catalog.technologies
    _check_decisions(checks, technologies, resources)
    _check_stated(checks, technologies, "lead_mode", text("the months of each technology"))
    if resources.funds:
        _check_stated(checks, technologies, "capex_mode", text("the cost of each technology"))
        _check_funds(checks, technologies, resources)
    words = list(resources.lead_factor)
    status = technologies["status"]
    for name, word in status[~status.isin(words)].items() if words else ():
        place = text("status of {technology}", technology=name)
        checks.add(place, repr(word), text("one with a lead_factor: {words}", words=tuple(words)))


def _check_decisions(checks: Checks, technologies: pd.DataFrame, resources: Resources) -> None:
    decisions = resources.decisions
    named: list[tuple[str, Iterable[str]]] = [
        ("fixed_start", decisions.fixed_start),
        ("must", decisions.must),
        ("must_not", decisions.must_not),
        ("not_before", decisions.not_before),
        *(("exclusive", group) for group in decisions.exclusive),
    ]
    for key, names in named:
        for name in names:
            if name not in technologies.index:
                checks.unknown(key, name, technologies.index)


def _check_stated(checks: Checks, technologies: pd.DataFrame, column: str, allowed: Text) -> None:
    empty = technologies.index[technologies[column].isna()]
    if len(empty) == len(technologies):
        checks.add("technologies", text("no column {column}", column=column), allowed)
        return
    for name in empty:
        place = text("{what} of {technology}", what=column, technology=name)
        checks.add(place, text("nothing"), text("a finite number, not negative"))


def _check_funds(checks: Checks, technologies: pd.DataFrame, resources: Resources) -> None:
    known = [f"fund_{fund.id}" for fund in resources.funds]
    columns = [str(name) for name in technologies if str(name).startswith("fund_")]
    for column in columns:
        users = technologies.index[technologies[column] > 0]
        if column not in known and len(users):
            found = text("money of {technology} from a source without a budget", technology=users[0])
            checks.add(column, found, sorted(known), did_you_mean(column, sorted(known)))
    for column in sorted(set(known) - set(columns)):
        found = text("technologies without the column {column}", column=column)
        place = text("budget {fund}", fund=column[5:])
        checks.add(place, found, text("a share of each technology"), did_you_mean(column, columns))
    for fund in resources.funds:
        if fund.only_for and f"fund_{fund.id}" in columns:
            _check_grant(checks, technologies, fund)
    stated = [column for column in columns if column in known]
    totals = technologies[stated].sum(axis=1)
    wrong = ((totals - 1).abs() > 1e-6) & (technologies["capex_mode"] > 0)
    for name in technologies.index[wrong] if stated else ():
        found = text("shares of the sources that add up to {sum}", sum=f"{totals[name]:.6g}")
        checks.add(str(name), found, "1")


def _check_grant(checks: Checks, technologies: pd.DataFrame, fund: Fund) -> None:
    """Note what a grant is tied to that is not known, and who else would use it."""
    sectors = technologies["sector"].astype(str)
    known = [*technologies.index, *dict.fromkeys(sectors)]
    place = text("only_for of {fund}", fund=fund.id)
    for name in fund.only_for:
        if name not in known:
            checks.unknown(place, name, known)
    tied = technologies.index.isin(fund.only_for) | sectors.isin(fund.only_for)
    for name in technologies.index[(technologies[f"fund_{fund.id}"] > 0) & ~tied]:
        found = text("money of {fund} for {technology}", fund=fund.id, technology=name)
        checks.add(place, found, text("only {names}", names=fund.only_for))
