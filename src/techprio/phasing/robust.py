"""Robustness of a plan over many draws of values.

The feasible set does not depend on the values, so a pool of plans made for a few draws serves all of
them: every draw takes its best plan of the pool by one matrix product. The core index follows Liesio,
Mild and Salo (2007, *EJOR* 181, 1488-1505), by share of draws and by phase; the regret of a plan
follows PROBE (Lourenco, Morton and Bana e Costa 2012).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from techprio.errors import InputError, Problem, TechprioError
from techprio.language import Text, text
from techprio.model.catalog import CyclePolicy
from techprio.model.plan_robustness import PlanRobustness
from techprio.model.provenance import Provenance
from techprio.model.resources import Resources
from techprio.model.study import Study
from techprio.phasing.case import Case, limit_name, make_case
from techprio.phasing.data import PhasingData
from techprio.phasing.highs import solve_rows
from techprio.phasing.lists import polish
from techprio.phasing.model import PhasingModel
from techprio.phasing.plan import solve_case
from techprio.phasing.plan_tables import make_plan
from techprio.phasing.rows import Rows, step_costs
from techprio.phasing.source import Source, by_value, find_basis
from techprio.robustness.value_draws import value_draws, with_draws
from techprio.scoring import study_method, study_weights

Array = NDArray[np.float64]
Proposal = Literal["best mean", "minimax regret", "nominal"]
PROPOSALS = ("best mean", "minimax regret", "nominal")
NOT_PLACED = "not placed"
BLOCK = 5_000  # draws looked up at once
BATCH = 8  # plans of one batch start from plans of earlier ones only: the pool does not depend on the workers


def plan_robustness(
    source: Source,
    resources: Resources | None = None,
    values: pd.Series | None = None,
    value_draws: pd.DataFrame | Array | None = None,
    *,
    dependencies: pd.DataFrame | None = None,
    excluded: Mapping[str, Text] | None = None,
    draws: int | None = None,
    seed: int | None = None,
    plans: int = 30,
    propose: Proposal = "best mean",
    tolerance: float = 0.005,
    gap: float = 0.001,
    node_limit: int = 500,
    time_limit: float = 60.0,
    jobs: int | None = 1,
    cycles: CyclePolicy | None = None,
) -> PlanRobustness:
    """Find how certain each placement is, and a plan that is near the best in most draws of values.

    Parameters
    ----------
    source, resources, values, dependencies, excluded, cycles
        As for :func:`techprio.plan_phases`.
    value_draws : DataFrame or array, shape (draws, m), optional
        Values drawn by a simulation: a column a technology, of an array in the order of the catalogue.
        A study draws its own; a catalogue or a table needs them.
    draws, seed : int, optional
        Instead of those of the study; 0 is a seed. The seed also chooses the draws that the pool is made
        for.
    plans : int
        Size of the pool.
    propose : {"best mean", "minimax regret", "nominal"}
        Which plan of the pool is proposed.
    tolerance : float
        Plans within this share of the best one count as near it, for the band of the index.
    gap, node_limit, time_limit
        When the search for one plan of the pool stops; time is a safety.
    jobs : int, optional
        Workers; 1 runs here, None leaves it to ``joblib.parallel_config``. The result does not depend on it.

    Returns
    -------
    PlanRobustness
        Core index per technology and phase with its band, the pool of plans with their regrets, and
        the plan that is proposed.

    Raises
    ------
    InputError
        No resources or values; draws of another shape, negative or not finite; options out of range;
        values of a study that are not scores and cannot be drawn.
    InfeasibleError
        Limits that no plan can keep.

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
    >>> drawn = pd.DataFrame({"Data": [1.0, 1.2, 0.8], "Dairy": [2.0, 1.5, 2.5]})
    >>> found = tp.phasing.plan_robustness(table, limits, values, drawn, dependencies=needs, plans=2)
    >>> len(found.pool), found.draws, float(found.placed["Dairy"])
    (2, 3, 1.0)
    """
    if isinstance(source, Study):
        source = with_draws(source, draws, seed)
        seed = source.robustness.seed
    basis = find_basis(
        source, by_value(source, resources), values, excluded, dependencies=dependencies
    )  # draws of values ask for the objective that sums values
    case = make_case(basis.catalog, basis.resources, basis.values, excluded=basis.excluded, cycles=cycles)
    drawn = _checked(_drawn(source) if value_draws is None else value_draws, case, plans, propose, tolerance)
    if not (case.data.value > 0).any():
        raise InputError(text("every value is 0; there is nothing to plan for"))
    solved = solve_case(case, gap=gap, node_limit=node_limit, time_limit=time_limit)
    nominal = case.starts_of(solved)
    discount = _discounts(case.model, case.data.value)
    size = min(plans - 1, len(drawn))
    chosen = np.sort(np.random.default_rng(seed or 0).choice(len(drawn), size=size, replace=False))
    pool, gaps = _make_pool(
        case.model,
        case.rows,
        discount,
        drawn[chosen],
        nominal,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        jobs=jobs,
    )
    _verify(case, pool)
    phases = _phases(case.data, pool)
    found = _look_up(drawn, _worth_of(pool, discount), phases, tolerance)
    first_gap = max(solved.bound, case.model.value(nominal)) / max(case.model.value(nominal), 1e-300) - 1
    table = _pool_table(
        found, [first_gap, *gaps], ["values of the study", *(f"draw {d + 1}" for d in chosen)]
    )
    proposed = _proposed(table, propose)
    names = [*(phase.id for phase in basis.resources.phases), NOT_PLACED]
    return PlanRobustness(
        index=_labelled(found.share @ _one_hot(phases), case, names),
        lower=_labelled(found.lower, case, names),
        upper=_labelled(found.upper, case, names),
        pool=table,
        starts=_start_months(case, pool),
        proposed=proposed,
        plan=make_plan(
            case, pool[proposed], solved, method=f"plan_robustness(propose={propose!r}, plans={plans})"
        ),
        draws=len(drawn),
        tolerance=tolerance,
        notes=_notes(table, proposed, len(drawn)),
        provenance=_provenance(propose, plans, tolerance, gap, node_limit, seed or 0),
    )


def _drawn(source: Source) -> pd.DataFrame:
    if not isinstance(source, Study):
        raise InputError(text("without a study the draws of the values must be given: value_draws"))
    drawn = value_draws(source, study_weights(source), study_method(source))
    if drawn is None:
        raise InputError(
            text("value.from is {source}; only values from scores can be drawn", source=source.value.source)
        )
    return drawn


def _discounts(model: PhasingModel, values: Array) -> Array:
    """Return what one unit of value is worth from each start: (technologies, periods)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = model.gain / values[:, None]
    return np.where(values[:, None] > 0, shares, 0.0)


def _worth_of(starts: NDArray[np.int64], discount: Array) -> Array:
    """Return the discount of each technology in each plan, 0 where not placed: (plans, technologies)."""
    placed = starts >= 0
    taken = discount[np.arange(starts.shape[1]), np.where(placed, starts, 0)]
    return np.where(placed, taken, 0.0)


def _make_pool(
    model: PhasingModel,
    rows: Rows,
    discount: Array,
    wanted: Array,
    first: NDArray[np.int64],
    *,
    gap: float,
    node_limit: int,
    time_limit: float,
    jobs: int | None,
) -> tuple[NDArray[np.int64], Array]:
    """Solve for each row of the wanted values; return the plans, the first one before them, and the gaps."""
    pool = [first]
    gaps: list[float] = []
    for begin in range(0, len(wanted), BATCH):
        batch = wanted[begin : begin + BATCH]
        worth = _worth_of(np.array(pool), discount)
        starts = [pool[int((worth @ values).argmax())] for values in batch]
        tasks = [
            (replace(model, gain=values[:, None] * discount), rows, start, gap, node_limit, time_limit)
            for values, start in zip(batch, starts, strict=True)
        ]
        for plan, found in _solved(tasks, jobs):
            pool.append(plan)
            gaps.append(found)
    return np.array(pool), np.array(gaps)


def _solved(
    tasks: Sequence[tuple[PhasingModel, Rows, NDArray[np.int64], float, int, float]], jobs: int | None
) -> Iterator[tuple[NDArray[np.int64], float]]:
    if jobs == 1:
        yield from (_solve_for(*task) for task in tasks)
        return
    from joblib import Parallel, delayed

    yield from Parallel(n_jobs=jobs)(delayed(_solve_for)(*task) for task in tasks)


def _solve_for(
    model: PhasingModel,
    rows: Rows,
    start: NDArray[np.int64],
    gap: float,
    node_limit: int,
    time_limit: float,
) -> tuple[NDArray[np.int64], float]:
    """Solve for the values of a model, from a plan that is known; return the plan and its gap."""
    solved = solve_rows(
        rows,
        gap=gap,
        node_limit=node_limit,
        time_limit=time_limit,
        start=rows.solution(start),
        cost=step_costs(model),
    )
    found = start if solved.solution is None else rows.starts(solved.solution)
    plan = polish(model, found)
    value = model.value(plan)
    return plan, max(solved.bound, value) / value - 1 if value > 0 else 0.0


@dataclass(frozen=True)
class _Found:
    share: Array  # (plans,) share of draws in which a plan is the best
    mean_regret: Array
    worst_regret: Array
    lower: Array  # (technologies * phases,) flattened
    upper: Array


def _look_up(drawn: Array, worth: Array, phases: NDArray[np.int64], tolerance: float) -> _Found:
    """Give every draw its best plan; sums run over blocks in order, so they are the same on every run."""
    plans = len(worth)
    here = _one_hot(phases)
    best_in, regret, worst = np.zeros(plans), np.zeros(plans), np.zeros(plans)
    lower, upper = np.zeros(here.shape[1]), np.zeros(here.shape[1])
    for begin in range(0, len(drawn), BLOCK):
        value = drawn[begin : begin + BLOCK] @ worth.T
        best = value.max(axis=1, keepdims=True)
        best_in += np.bincount(value.argmax(axis=1), minlength=plans)
        lost = np.divide(best - value, best, out=np.zeros_like(value), where=best > 0)
        regret += lost.sum(axis=0)
        worst = np.maximum(worst, lost.max(axis=0))
        near = (lost <= tolerance).astype(float)
        upper += (near @ here > 0).sum(axis=0)
        lower += (near @ (1 - here) == 0).sum(axis=0)
    count = len(drawn)
    return _Found(best_in / count, regret / count, worst, lower / count, upper / count)


def _phases(data: PhasingData, pool: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of the phase of each technology in each plan; the last number means not placed."""
    number = {phase.id: place for place, phase in enumerate(data.resources.phases)}
    phases = np.full(pool.shape, len(number))
    for (plan, technology), start in np.ndenumerate(pool):
        if start >= 0:
            phases[plan, technology] = number[data.phase_of(data.operational_number(technology, int(start)))]
    return phases


def _one_hot(phases: NDArray[np.int64]) -> Array:
    """Return (plans, technologies * phases): 1 where the plan has the technology in the phase."""
    count = int(phases.max()) + 1 if phases.size else 1
    hot = np.eye(count)[phases]
    return np.asarray(hot.reshape(len(phases), -1))


def _labelled(flat: Array, case: Case, names: list[str]) -> pd.DataFrame:
    table = flat.reshape(len(case.data.ids), -1)
    padded = np.zeros((len(case.data.ids), len(names)))
    padded[:, : table.shape[1]] = table
    return pd.DataFrame(padded, index=pd.Index(case.data.ids, name="technology"), columns=names)


def _pool_table(found: _Found, gaps: list[float], made_for: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "made_for": made_for,
            "gap": gaps,
            "best_in": found.share,
            "mean_regret": found.mean_regret,
            "worst_regret": found.worst_regret,
        }
    )


def _proposed(table: pd.DataFrame, propose: Proposal) -> int:
    if propose == "nominal":
        return 0
    column = {"best mean": "mean_regret", "minimax regret": "worst_regret"}[propose]
    return int(table[column].to_numpy().argmin())


def _start_months(case: Case, pool: NDArray[np.int64]) -> pd.DataFrame:
    months = [["" if start < 0 else case.data.start_month(int(start)) for start in plan] for plan in pool]
    return pd.DataFrame(months, columns=list(case.data.ids))


def _verify(case: Case, pool: NDArray[np.int64]) -> None:
    for plan in pool:
        broken = case.model.violations(plan)
        if broken:
            raise TechprioError(
                text("a plan of the pool breaks {limit}, please report this", limit=limit_name(broken[0]))
            )


def _checked(
    value_draws: pd.DataFrame | Array, case: Case, plans: int, propose: str, tolerance: float
) -> Array:
    if isinstance(value_draws, pd.DataFrame):
        value_draws = value_draws.reindex(columns=list(case.data.ids))
    drawn = np.asarray(value_draws, dtype=np.float64)
    problems = []
    if drawn.ndim != 2 or drawn.shape[1] != len(case.data.ids) or not len(drawn):
        found = text("shape {shape}", shape=str(drawn.shape))
        problems.append(Problem("", "", "", "value_draws", found, f"(draws, {len(case.data.ids)})"))
    elif not (np.isfinite(drawn).all() and (drawn >= 0).all()):
        found = text("values that are missing, negative or not finite")
        allowed = text("a score that starts at 0")
        problems.append(Problem("", "", "", "value_draws", found, allowed))
    if not plans >= 1:
        problems.append(Problem("", "", "", "plans", repr(plans), text("1 or more")))
    if propose not in PROPOSALS:
        problems.append(Problem("", "", "", "propose", repr(propose), ", ".join(PROPOSALS)))
    if not 0 <= tolerance < 1:
        problems.append(Problem("", "", "", "tolerance", repr(tolerance), text("from 0 to below 1")))
    if problems:
        raise InputError(text("the robustness of a plan cannot be found"), problems)
    return drawn


def _notes(table: pd.DataFrame, proposed: int, draws: int) -> tuple[Text, ...]:
    return (
        text(
            "{draws} draws looked up in a pool of {plans} plans, {best} of them ever the best; "
            "mean proven gap of the pool {gap}",
            draws=draws,
            plans=len(table),
            best=int((table["best_in"] > 0).sum()),
            gap=round(float(table["gap"].mean()), 5),
        ),
        text(
            "the proposed plan is behind the best plan of a draw by {mean} of its value on average, "
            "{worst} at most",
            mean=round(float(table.loc[proposed, "mean_regret"]), 5),
            worst=round(float(table.loc[proposed, "worst_regret"]), 5),
        ),
    )


def _provenance(
    propose: str, plans: int, tolerance: float, gap: float, node_limit: int, seed: int
) -> Provenance:
    options = f"propose={propose!r}, plans={plans}, tolerance={tolerance}, gap={gap}, node_limit={node_limit}"
    return Provenance.of(f"plan_robustness({options})", seed=seed)
