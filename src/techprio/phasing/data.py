"""What the phasing reads from a study, checked once: arrays in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from techprio.dependencies.graph import DependencyGraph, catalog_graph
from techprio.dependencies.knockout import check_values
from techprio.language import Label, Text, text
from techprio.model.catalog import Catalog, CyclePolicy
from techprio.model.checks import Checks
from techprio.model.limits import CostBasis
from techprio.model.plan_inputs import check_plan_inputs
from techprio.model.resources import Resources
from techprio.phasing.dates import triangular_quantile
from techprio.phasing.months import month_number, month_text, operational_offset, spent_share, whole_months


@dataclass(frozen=True)
class PhasingData:
    """Technologies and limits as arrays.

    Parameters
    ----------
    ids : tuple of str
    graph : DependencyGraph
    resources : Resources
    value : array (n,)
        Own value, not discounted.
    sector : tuple of str
    plan_sectors : tuple of str
        Sectors that sector minima hold for.
    lead : array of int (n,)
        Months from start to operation that are still to go.
    cost : array (n,)
    fund_share : array (n, funds)
    staff : array (n,)
    ready : array of int (n,)
        Months after the start of the horizon before which work cannot begin.
    level : array of int (n,)
        Local readiness level; 0 where none is given.
    single_costs : int
        Technologies whose cost is one figure, without a spread.
    excluded : mapping of str to Text
    labels, sectors : mapping of str to Label
        Names of the technologies, names of the sectors in the order of the study.
    agencies : mapping of str to str
        Lead agency of each technology that has one.
    """

    ids: tuple[str, ...]
    graph: DependencyGraph
    resources: Resources
    value: np.ndarray
    sector: tuple[str, ...]
    plan_sectors: tuple[str, ...]
    lead: np.ndarray
    cost: np.ndarray
    fund_share: np.ndarray
    staff: np.ndarray
    ready: np.ndarray
    level: np.ndarray
    single_costs: int = 0
    excluded: Mapping[str, Text] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    sectors: Mapping[str, Label] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Position of each technology."""
        return {name: number for number, name in enumerate(self.ids)}

    @cached_property
    def first_month(self) -> int:
        """Number of the first month of the horizon."""
        return month_number(self.resources.start)

    @cached_property
    def months(self) -> int:
        """Length of the horizon in months."""
        return month_number(self.resources.end) - self.first_month + 1

    @cached_property
    def periods(self) -> int:
        """Number of periods in which something can start."""
        return -(-self.months // self.resources.period_months)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Calendar years of the horizon."""
        return tuple(range(self.first_month // 12, (self.first_month + self.months - 1) // 12 + 1))

    def fund_name(self, fund: str) -> Label:
        """Name a source in sentences: by its label, or by its id where it has none."""
        label = self.resources.fund(fund).label
        return Label(vi=label.vi or fund, en=f"budget {fund}" if label.en in ("", fund) else label.en)

    def start_month(self, period: int) -> str:
        """Return the first month of a period."""
        return month_text(self.first_month + period * self.resources.period_months)

    def operational_number(self, technology: int, period: int) -> int:
        """Return the number of the month in which a technology becomes operational."""
        start = self.first_month + period * self.resources.period_months
        return start + operational_offset(int(self.lead[technology]))

    def operational_month(self, technology: int, period: int) -> str:
        """Return the month in which a technology becomes operational."""
        return month_text(self.operational_number(technology, period))

    def phase_of(self, month: int) -> str:
        """Return the phase that holds a month."""
        year = month // 12
        return next(p.id for p in self.resources.phases if p.first_year <= year <= p.last_year)

    def outlays(self, fund: int) -> tuple[float, ...]:
        """Return the shares of a cost by year of the project that a fund pays; empty: evenly."""
        return tuple(self.resources.funds[fund].outlays or self.resources.outlays)

    def spending_by(self, technology: int, period: int, ends: np.ndarray, fund: int) -> np.ndarray:
        """Return the share of a cost that a fund pays up to each of some months, less that up to the last."""
        start = period * self.resources.period_months
        lead = np.array(float(self.lead[technology]))
        return np.diff(spent_share(np.maximum(ends - start, 0.0), lead, self.outlays(fund)), prepend=0.0)

    @cached_property
    def year_ends(self) -> np.ndarray:
        """Months from the start of the horizon to the end of each year."""
        return np.array([12.0 * (year + 1) - self.first_month for year in self.years])

    def need_number(self, technology: int, period: int) -> int:
        """Return the number of the month from which a technology needs its people."""
        if self.resources.staff_needed == "from_start":
            return self.first_month + period * self.resources.period_months
        return self.operational_number(technology, period)


def read_data(
    catalog: Catalog,
    resources: Resources,
    values: pd.Series,
    *,
    excluded: Mapping[str, Text],
    cycles: CyclePolicy | None = None,
) -> PhasingData:
    """Check everything that the phasing uses and lay it out as arrays.

    Raises
    ------
    InputError
        With every problem of resources, decisions, costs and leads at once.
    DataFileError
        Problems of the dependencies.
    """
    catalog = catalog.paid_by(resources)
    technologies = catalog.technologies
    ids = tuple(str(name) for name in technologies.index)
    checks = Checks(text("a plan cannot be made of these limits and technologies"))
    check_plan_inputs(checks, catalog, resources)
    for name in excluded:
        if name not in set(ids):
            checks.unknown("excluded", name, ids)
    checks.check()
    graph = catalog_graph(catalog, cycles=cycles)
    shares = [_numbers(technologies, f"fund_{fund.id}") for fund in resources.funds]
    return PhasingData(
        ids=ids,
        graph=graph,
        resources=resources,
        value=check_values(graph, values),
        sector=tuple(str(code) for code in technologies["sector"]),
        plan_sectors=tuple(sector.code for sector in catalog.sectors if not sector.cross),
        lead=lead_months(technologies, resources).to_numpy(),
        cost=stated_costs(technologies, resources.cost_basis),
        fund_share=np.column_stack(shares) if shares else np.zeros((len(ids), 0)),
        staff=_numbers(technologies, "staff"),
        ready=ready_months(technologies, resources).to_numpy(),
        level=_numbers(technologies, "trl_local").astype(int),
        single_costs=int(_is_single(technologies).sum()),
        excluded=dict(excluded),
        labels={name: catalog.label(name) for name in ids},
        sectors={sector.code: sector.label for sector in catalog.sectors},
        agencies=_agencies(technologies),
    )


def cost_spread(technologies: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the low, most likely and high costs; what is not stated is the most likely one, or 0."""
    mode = np.nan_to_num(_numbers(technologies, "capex_mode"))
    sides = (
        pd.to_numeric(technologies[name]).to_numpy(dtype=float) if name in technologies else mode
        for name in ("capex_low", "capex_high")
    )
    low, high = (np.where(np.isnan(side), mode, side) for side in sides)
    return low, mode, high


def stated_costs(technologies: pd.DataFrame, basis: CostBasis) -> np.ndarray:
    """Return the costs that a plan is made with."""
    low, mode, high = cost_spread(technologies)
    if basis == "mean":
        return np.asarray((low + mode + high) / 3)
    return triangular_quantile(low, mode, high, 0.8) if basis == "P80" else mode


def _is_single(technologies: pd.DataFrame) -> np.ndarray:
    low, mode, high = cost_spread(technologies)
    return (low == high) & (mode > 0)


def _agencies(technologies: pd.DataFrame) -> dict[str, str]:
    named = technologies.get("lead_agency", pd.Series(dtype=object))
    return {str(name): agency for name, agency in named.items() if isinstance(agency, str) and agency}


def lead_months(technologies: pd.DataFrame, resources: Resources) -> pd.Series:
    """Return the months from start to operation that are still to go, by technology."""
    factor = [resources.lead_factor.get(str(word), 1.0) for word in technologies["status"]]
    months = _numbers(technologies, "lead_mode") * np.array(factor)
    return pd.Series([whole_months(lead) for lead in months], technologies.index, dtype=int)


def ready_months(technologies: pd.DataFrame, resources: Resources) -> pd.Series:
    """Return the months after the start of the horizon before which work cannot begin, by technology."""
    levels = _numbers(technologies, "trl_local")
    months = [
        max(resources.earliest_start_months.get(int(level), 0), _not_before(resources, str(name)))
        for name, level in zip(technologies.index, levels, strict=True)
    ]
    return pd.Series(months, technologies.index, dtype=int)


def _not_before(resources: Resources, name: str) -> int:
    month = resources.decisions.not_before.get(name)
    return 0 if month is None else month_number(month) - month_number(resources.start)


def _numbers(table: pd.DataFrame, column: str) -> np.ndarray:
    return table[column].to_numpy(dtype=float)
