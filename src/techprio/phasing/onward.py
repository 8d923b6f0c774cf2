"""The plan from here on: what is done or running stays, the rest is chosen again."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import pandas as pd

from techprio.arguments import validated
from techprio.model.catalog import Catalog
from techprio.model.monitoring import Monitoring
from techprio.model.plan import Plan
from techprio.model.resources import Resources
from techprio.model.study import Study
from techprio.phasing.months import month_number, month_text
from techprio.phasing.plan import plan_phases
from techprio.phasing.source import find_basis

BEGUN = ("done", "running")
EPSILON = 0.02  # of the bound: what a slip may cost before more than the least is changed


@validated
def plan_onward(study: Study, monitoring: Monitoring) -> Plan:
    """Plan again from the month of a report.

    What is done or running keeps its start and its expected month of operation, whatever the
    limits on readiness say; stopped technologies, and running ones that are blocked, are left out;
    all others start in the next period or later, and change as little of the plan as they can: fewest
    phases, then fewest starts, within 2 % of the bound. Money is taken as planned, not as spent: a
    begun technology has its whole cost, spread evenly up to its expected month of operation.

    Parameters
    ----------
    study : Study
        With resources.
    monitoring : Monitoring

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        A study without resources.
    InfeasibleError
        What has begun leaves no plan within the limits.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> import pandas as pd
    >>> status = pd.DataFrame(
    ...     [(2028, "CRS01", "running", "2028-01", "", 40.0)],
    ...     columns=["year", "technology", "status", "start", "operational", "spent_local"],
    ... )
    >>> onward = tp.phasing.plan_onward(study, tp.monitor_plan(plan, status))
    >>> onward.placements.loc["CRS01", "start"]
    '2028-01'
    """
    basis = find_basis(study)
    resources = basis.resources
    table = monitoring.technologies.set_index("technology")
    begun = table[table["status"].isin(BEGUN) & (table["operational_expected"] != "")]
    lost = table[
        (table["status"] == "stopped") | table["status"].eq("running") & table["operational_expected"].eq("")
    ]
    starts = {str(name): _on_grid(resources, month, -1) for name, month in begun["start_expected"].items()}
    after = month_text(month_number(monitoring.as_of) + 1)
    decisions = replace(
        resources.decisions,
        fixed_start={**resources.decisions.fixed_start, **starts},
        must_not=tuple(dict.fromkeys([*resources.decisions.must_not, *map(str, lost.index)])),
        must=tuple(name for name in resources.decisions.must if name not in lost.index),
        not_before={
            str(name): _on_grid(resources, after, 1)
            for name in table.index
            if name not in starts and name not in lost.index
        },
    )
    catalog = _as_begun(study.catalog, resources, begun, starts)
    # Values and gates are those of the study itself: readiness, say, may be a criterion.
    excluded = {name: reason for name, reason in basis.excluded.items() if name not in starts}
    return plan_phases(
        catalog,
        replace(resources, decisions=decisions),
        basis.values,
        excluded=excluded,
        priorities=basis.priorities,
        keep=_as_planned(resources, table, starts),
        epsilon=EPSILON,
    )


def _as_planned(resources: Resources, table: pd.DataFrame, starts: dict[str, str]) -> pd.DataFrame:
    """Return the placements of the monitored plan; what has begun stands where it began."""
    planned = table["start_planned"].map(lambda month: _on_grid(resources, month, -1) if month else "")
    kept = pd.DataFrame(
        {"start": planned, "phase": [_phase(resources, m) for m in table["operational_planned"]]}
    )
    kept.loc[list(starts), "start"] = pd.Series(starts)
    return kept


def _phase(resources: Resources, month: str) -> str:
    years = [
        one.id for one in resources.phases if month and one.first_year <= int(month[:4]) <= one.last_year
    ]
    return years[0] if years else ""


def _on_grid(resources: Resources, month: str, side: int) -> str:
    """Return the start of a period at or before (-1), or at or after (1), but not before the horizon."""
    first, length = month_number(resources.start), resources.period_months
    periods = side * ceil(side * (month_number(month) - first) / length)
    return month_text(first + length * max(periods, 0))


def _as_begun(catalog: Catalog, resources: Resources, begun: pd.DataFrame, starts: dict[str, str]) -> Catalog:
    """Give begun technologies the duration they turn out to have, and free them of what is past."""
    technologies = catalog.technologies.copy()
    for name, month in begun["operational_expected"].items():
        factor = resources.lead_factor.get(str(technologies.loc[name, "status"]), 1.0)
        lead = max(month_number(month) - month_number(starts[str(name)]) + 1, 1)
        known = [column for column in ("lead_low", "lead_mode", "lead_high") if column in technologies]
        technologies.loc[name, known] = lead / factor if factor else lead
    free = [level for level in range(10) if not resources.earliest_start_months.get(level)]
    technologies.loc[list(starts), "trl_local"] = max(free, default=0)
    edges = catalog.dependencies
    done = begun.index[begun["status"] == "done"]
    past = edges["technology"].isin(starts) & (
        edges["technology"].isin(done) | edges["requires"].isin(starts) | edges["timing"].str[1].eq("S")
    )
    return replace(catalog, technologies=technologies, dependencies=edges[~past].reset_index(drop=True))
