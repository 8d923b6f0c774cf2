"""Dates of a plan with their probability: labelled, from draws of lead times and costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.arguments import check_count, validated
from techprio.language import Percent, Text, text
from techprio.model.plan import Plan
from techprio.model.plan_certainty import DateCertainty
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.phasing.data import PhasingData, read_data
from techprio.phasing.dates import Course, Need, Purse, fund_use, operational_months, triangular
from techprio.phasing.kept_plan import earlier_starts
from techprio.phasing.limits import fund_windows
from techprio.phasing.months import month_text, operational_offset
from techprio.phasing.source import Basis, Source, by_value, find_basis

Array = NDArray[np.float64]
#: Draws times technologies: each of a few tables of them takes 0.8 GB.
MOST_DATES = 100_000_000
OFTEN_PASSED = 0.5


@validated
def date_certainty(
    source: Source,
    plan: Plan,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    draws: int = 10_000,
    seed: int = 0,
    money: bool = True,
) -> DateCertainty:
    """Draw lead times and costs and carry them through a plan (Monte Carlo simulation).

    Each draw takes a lead time and a cost of every technology from the triangular spread of the catalogue
    (``lead_low, lead_mode, lead_high`` and ``capex_low, capex_mode, capex_high``). A technology starts at
    its planned period, or in the first later one at which its prerequisites are met and, with ``money``,
    its outlays fit the hard funds beside what has begun before it. A technology has no probability where
    neither its lead time nor one that it waits for has a spread and drawn costs do not move its date.

    Parameters
    ----------
    source, resources, values, dependencies, excluded
        As for :func:`techprio.plan_phases`.
    plan : Plan
    draws : int
    seed : int
        0 is a seed.
    money : bool
        Whether a start waits for money, too.

    Returns
    -------
    DateCertainty

    Raises
    ------
    InputError
        A plan of other technologies, or no draws.

    Examples
    --------
    >>> import techprio as tp
    >>> study = tp.example("lai-chau")
    >>> plan = tp.plan_phases(study, gap=0.05)
    >>> found = tp.phasing.date_certainty(study, plan, draws=500, seed=1)
    >>> found.technologies.columns.tolist()
    ['technology', 'phase', 'planned_month', 'p_in_phase', 'p50', 'p80']
    """
    drawn = draw_dates(
        source, plan, resources, values, dependencies=dependencies, excluded=excluded, draws=draws, seed=seed,
        money=money,
    )  # fmt: skip
    basis, data, starts, course, lead, cost, done = drawn
    technologies = basis.catalog.technologies
    own = _lead_spread(technologies)
    spread = _with_spread(course, own)
    dates = pd.DataFrame(
        list(_date_rows(data, plan, starts, done, spread)),
        columns=["technology", "phase", "planned_month", "p_in_phase", "p50", "p80"],
    )
    funds = pd.DataFrame(list(_fund_rows(data, course, lead, cost)), columns=["fund", "year", "p_holds"])
    return DateCertainty(
        technologies=dates,
        funds=funds,
        expected_in_phase=float(dates["p_in_phase"].sum()),
        draws=draws,
        labels={name: basis.catalog.label(name) for name in data.ids},
        fund_names={fund.id: fund.label for fund in basis.resources.funds},
        notes=tuple(_notes(data, funds, dates, draws, set(technologies.index[own]))),
        provenance=Provenance.of(f"date_certainty(draws={draws}, money={money})", seed=seed),
    )


class DrawnDates(NamedTuple):
    """Lead times, costs and months of operation in each draw, (draws, technologies), and what they are of."""

    basis: Basis
    data: PhasingData
    starts: NDArray[np.int64]
    course: Course
    lead: Array
    cost: Array
    done: Array


def draw_dates(
    source: Source,
    plan: Plan,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    draws: int = 10_000,
    seed: int = 0,
    money: bool = True,
) -> DrawnDates:
    """Draw lead times and costs and carry them through a plan; arguments of :func:`date_certainty`."""
    check_count("draws", draws, least=1)
    check_count("seed", seed, least=0)
    limits = by_value(source, resources)
    basis = find_basis(source, limits, values, excluded, dependencies=dependencies)
    data = read_data(basis.catalog, basis.resources, basis.values, excluded=basis.excluded)
    starts = earlier_starts(data, plan.placements)
    course = _course(data, starts)
    technologies = basis.catalog.technologies
    check_count("draws", draws, least=1, most=max(1, MOST_DATES // max(1, len(technologies))))
    generator = np.random.default_rng(seed)
    factor = _lead_factors(technologies, basis.resources)
    lead = factor * _drawn(technologies, ("lead_low", "lead_mode", "lead_high"), generator, draws)
    cost = _drawn(technologies, ("capex_low", "capex_mode", "capex_high"), generator, draws)
    done = operational_months(course, lead, cost, money=money)
    return DrawnDates(basis, data, starts, course, lead, cost, done)


def _drawn(
    technologies: pd.DataFrame, columns: tuple[str, str, str], generator: np.random.Generator, draws: int
) -> Array:
    mode = pd.to_numeric(technologies[columns[1]]).fillna(0.0).to_numpy(dtype=float)
    low, high = (
        pd.to_numeric(technologies[name]).fillna(pd.Series(mode, technologies.index)).to_numpy(dtype=float)
        if name in technologies
        else mode
        for name in (columns[0], columns[2])
    )
    return triangular(low, mode, high, generator.random((draws, len(mode))))


def _lead_factors(technologies: pd.DataFrame, resources: Resources) -> Array:
    if "status" not in technologies:
        return np.full(len(technologies), resources.lead_factor.get("none", 1.0))
    return np.array([resources.lead_factor.get(str(word), 1.0) for word in technologies["status"]])


def _course(data: PhasingData, starts: NDArray[np.int64]) -> Course:
    months = np.where(starts >= 0, starts * float(data.resources.period_months), np.nan)
    return Course(
        order=tuple(_turns(data, starts)),
        start=months,
        needs=_needs(data),
        purses=tuple(_purse(data, place) for place, fund in enumerate(data.resources.funds) if fund.hard),
        year_ends=data.year_ends,
        period=data.resources.period_months,
        months=data.months,
    )


def _turns(data: PhasingData, starts: NDArray[np.int64]) -> Iterator[int]:
    """Give the placed technologies in the order in which they draw on the money.

    What is planned to begin earlier comes first, at the same start what counts more; prerequisites stand
    before what needs them. The order of the file decides nothing but ties.
    """
    import networkx as nx

    units = data.graph.units
    unit_of = {name: place for place, unit in enumerate(units) for name in unit}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(units)))
    hard = data.graph.edges[data.graph.edges["kind"] == "hard"]
    pairs = ((unit_of[str(row.requires)], unit_of[str(row.technology)]) for row in hard.itertuples())
    graph.add_edges_from((one, other) for one, other in pairs if one != other)

    def turn(place: int) -> tuple[float, float]:
        members = [data.place[name] for name in units[place]]
        planned = [float(starts[i]) for i in members if starts[i] >= 0]
        return min(planned, default=np.inf), -sum(float(data.value[i]) for i in members)

    for place in nx.lexicographical_topological_sort(graph, key=turn):
        yield from (data.place[name] for name in units[place] if starts[data.place[name]] >= 0)


def _needs(data: PhasingData) -> tuple[tuple[Need, ...], ...]:
    """Return the hard prerequisites of each technology, without those that it begins together with."""
    together = {name: unit for unit in data.graph.units for name in unit}
    groups: dict[str, dict[str, list[tuple[int, str, float]]]] = {name: {} for name in data.ids}
    edges = data.graph.edges
    for row in edges[edges["kind"] == "hard"].itertuples():
        if row.requires not in together.get(row.technology, (row.technology,)):
            key = str(row.one_of or f" {row.requires}")
            groups[row.technology].setdefault(key, []).append(
                (data.place[str(row.requires)], str(row.timing), float(row.lag_months))
            )
    return tuple(tuple(Need(tuple(options)) for options in own.values()) for own in groups.values())


def _purse(data: PhasingData, place: int) -> Purse:
    fund = data.resources.funds[place]
    first, final = data.years[0], data.years[-1]
    spans = [
        (max(begin, first) - first, min(end, final) - first, money)
        for _, begin, end, money in fund_windows(data, fund)
        if begin <= final and end >= first
    ]
    return Purse(
        share=data.fund_share[:, place],
        first=np.array([span[0] for span in spans], dtype=int),
        last=np.array([span[1] for span in spans], dtype=int),
        limit=np.array([span[2] for span in spans]),
        outlays=data.outlays(place),
    )


def _with_spread(course: Course, spread: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whose lead time, or one of those that it waits for, has a spread."""
    found = spread & np.isfinite(course.start)
    for i in course.order:
        found[i] |= any(found[j] for need in course.needs[i] for j, *_ in need.options)
    return found


def _date_rows(
    data: PhasingData, plan: Plan, starts: NDArray[np.int64], done: Array, spread: NDArray[np.bool_]
) -> Iterator[tuple[object, ...]]:
    ends = {phase.id: 12 * (phase.last_year + 1) - data.first_month for phase in data.resources.phases}
    for i in map(int, np.flatnonzero(starts >= 0)):
        row = plan.placements.loc[data.ids[i]]
        in_order = np.sort(done[:, i])
        drawn: tuple[object, ...] = (np.nan, "", "")
        if spread[i] or _month(data, in_order, 1.0) != row["operational"]:
            in_time = float((in_order <= ends[str(row["phase"])] + 1e-9).mean())
            drawn = (in_time, *(_month(data, in_order, share) for share in (0.5, 0.8)))
        yield (data.ids[i], row["phase"], row["operational"], *drawn)


def _month(data: PhasingData, done: Array, share: float) -> str:
    reached = done[min(int(np.ceil(share * len(done))) - 1, len(done) - 1)]
    if not np.isfinite(reached):
        return ""
    return month_text(data.first_month + operational_offset(int(np.ceil(reached - 1e-9))))


def _fund_rows(
    data: PhasingData, course: Course, lead: Array, cost: Array
) -> Iterator[tuple[str, int, float]]:
    hard = [fund for fund in data.resources.funds if fund.hard]
    for fund, purse in zip(hard, course.purses, strict=True):
        for number, over in fund_use(course, purse, course.start, lead, cost):
            yield fund.id, data.years[number], float((over <= 1e-9).mean())


def _lead_spread(technologies: pd.DataFrame) -> NDArray[np.bool_]:
    """Return whose lead time is stated with a spread."""
    mode = pd.to_numeric(technologies["lead_mode"])
    low, high = (
        pd.to_numeric(technologies[name]).fillna(mode) if name in technologies else mode
        for name in ("lead_low", "lead_high")
    )
    return (low != high).to_numpy(dtype=bool)


def _notes(
    data: PhasingData, funds: pd.DataFrame, dates: pd.DataFrame, draws: int, with_spread: set[str]
) -> Iterator[Text]:
    if dates.empty:
        return
    drawn = dates[dates["p_in_phase"].notna()]
    if len(drawn):
        yield text(
            "{count} of {placed} technologies are expected to be operational inside their planned phase",
            count=round(float(drawn["p_in_phase"].sum()), 1),
            placed=len(drawn),
        )
    if len(drawn) < len(dates):
        yield text(
            "no probability of a date for {count} of {placed} technologies: no lead time has a spread,"
            " neither their own nor one that they wait for, and drawn costs do not move them",
            count=len(dates) - len(drawn),
            placed=len(dates),
        )
    single = sum(name not in with_spread for name in drawn["technology"])
    if single:
        yield text(
            "a single lead time is drawn as if it were certain: {count} of {placed} technologies",
            count=single,
            placed=len(drawn),
        )
    often = funds[1 - funds["p_holds"] > OFTEN_PASSED]
    for fund, rows in often.groupby("fund", sort=False):
        least, most = (Percent(float(1 - p), 0) for p in (rows["p_holds"].max(), rows["p_holds"].min()))
        places = {
            "fund": data.fund_name(str(fund)),
            "draws": float(draws),
            "years": tuple(map(int, rows["year"])),
        }
        if least.render() == most.render():
            yield text(
                "with drawn costs {fund} is exceeded in {most} of {draws} draws by the end of {years}",
                most=most,
                **places,
            )
        else:
            yield text(
                "with drawn costs {fund} is exceeded in {least} to {most} of {draws} draws by the end of"
                " {years}",
                least=least,
                most=most,
                **places,
            )
